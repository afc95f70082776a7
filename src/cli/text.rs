//! `jianggao text`: what the program reads of a draft.

use std::io;

use super::files::{self, Collected};
use super::output::{Output, print_error};
use super::{arguments, input};

pub(super) fn run(arguments: &arguments::Text, output: &mut Output) -> io::Result<u8> {
    let Collected { sources, complaints, .. } =
        files::collect(&arguments.paths, arguments.stdin_filename.as_deref(), output);
    let mut failed = !complaints.is_empty();
    complaints.iter().for_each(|message| print_error(output.locale, message));
    for source in &sources {
        let read = source.read();
        let decoded = read.as_deref().map_err(|error| error.message(output.locale));
        let decoded = decoded.and_then(|bytes| input::decode(bytes).map_err(|error| error.message(output.locale)));
        match decoded {
            Ok(decoded) => output.text(&decoded.text)?,
            Err(reason) => {
                failed = true;
                print_error(output.locale, &files::cannot_read(&source.shown(), &reason, output.locale));
            }
        }
    }
    Ok(if failed { super::EXIT_ERROR } else { 0 })
}
