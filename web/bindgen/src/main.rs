//! The tools of the build that are made of Rust.
//!
//! `jianggao-bindgen glue ENGINE.wasm FOLDER`: writes `engine.js`, `engine.d.ts` and `engine_bg.wasm` into FOLDER.
//! `jianggao-bindgen pack FILE PACKED`: packs a file by LZMA.

use std::env::args;
use std::error::Error;
use std::fs::{self, File};
use std::io::Write as _;

use lzma_rust2::{LzmaOptions, LzmaWriter};
use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["glue", engine, folder] => {
            Bindgen::new().input_path(engine).out_name("engine").web(true)?.typescript(true).generate(folder)?;
        }
        ["pack", file, packed] => {
            let bytes = fs::read(file)?;
            let options = LzmaOptions::with_preset(9);
            let mut writer = LzmaWriter::new_use_header(File::create(packed)?, &options, Some(bytes.len() as u64))?;
            writer.write_all(&bytes)?;
            writer.finish()?;
        }
        _ => return Err("usage: jianggao-bindgen glue ENGINE.wasm FOLDER | pack FILE PACKED".into()),
    }
    Ok(())
}
