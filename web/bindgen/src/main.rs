//! `jianggao-bindgen ENGINE.wasm FOLDER`: writes `engine.js`, `engine.d.ts` and `engine_bg.wasm` into FOLDER.

use std::env::args;
use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = args().skip(1);
    let (Some(engine), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: jianggao-bindgen ENGINE.wasm FOLDER".into());
    };
    Bindgen::new().input_path(engine).out_name("engine").web(true)?.typescript(true).generate(folder)?;
    Ok(())
}
