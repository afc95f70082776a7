//! `jianggao text`: what the program reads of a draft.

use std::io;

use super::arguments;
use super::files::{self, Collected};
use super::output::{Output, print_error};

pub(super) fn run(arguments: &arguments::Text, output: &mut Output) -> io::Result<u8> {
    let Collected { sources, complaints, .. } =
        files::collect(&arguments.paths, arguments.stdin_filename.as_deref(), arguments.convert, output);
    let mut failed = !complaints.is_empty();
    complaints.iter().for_each(|message| print_error(output.locale, message));
    for source in &sources {
        let read = files::read(source, arguments.convert, output.locale);
        match source.decode(&read, output.locale) {
            Ok(decoded) => output.text(&decoded.text)?,
            Err(message) => {
                failed = true;
                print_error(output.locale, &message);
            }
        }
    }
    Ok(if failed { super::EXIT_ERROR } else { 0 })
}
