//! `jianggao export`: a draft laid out as a Word document, or as a page to be printed.

use std::path::Path;

use super::arguments;
use super::files::{self, cannot_read};
use super::input;
use super::output::{Output, print_error};
use super::word::{Failed, create};
use crate::analysis::Analysis;
use crate::features::{laid_out, print};
use crate::text::Flat;
use crate::word::{self, Manner};

pub(super) fn run(arguments: &arguments::Export, output: &mut Output) -> u8 {
    let locale = output.locale;
    let (stdin_filename, config) = (arguments.stdin_filename.as_deref(), arguments.config.as_deref());
    let meant = files::one(&arguments.path, stdin_filename, config, arguments.convert, output);
    let Ok((source, settings)) = meant else { return super::EXIT_ERROR };
    let read = files::read(&source, arguments.convert, locale);
    let decoded = match source.decode(&read, locale) {
        Ok(decoded) => decoded,
        Err(message) => {
            print_error(locale, &message);
            return super::EXIT_ERROR;
        }
    };
    let template = match arguments.template.as_deref().map(|path| input::read(path, false)).transpose() {
        Ok(template) => template,
        Err(error) => {
            let path = arguments.template.as_deref().unwrap_or(Path::new("")).display().to_string();
            print_error(locale, &cannot_read(&path, &error.message(locale), locale));
            return super::EXIT_ERROR;
        }
    };
    let lines = Flat::new(&decoded.text);
    let analysis = Analysis::new(&lines, source.markup(&decoded), &settings);
    let is_page = arguments
        .to
        .extension()
        .is_some_and(|extension| ["html", "htm"].iter().any(|name| extension.eq_ignore_ascii_case(name)));
    let manner = Manner {
        is_for_reading: arguments.reading,
        template: template.as_ref().map(|template| template.bytes.as_slice()),
    };
    // The draft itself can always be laid out.
    let refused = |reason| {
        let template = arguments.template.as_ref().map_or_else(|| source.shown(), |path| path.display().to_string());
        Failed::Refused(template, reason)
    };
    let made = match is_page {
        true if arguments.template.is_some() => Err(Failed::PageOfTemplate),
        true => Ok(print::page(&analysis, &lines, &settings, locale, arguments.reading).into_bytes()),
        false => word::export(&analysis, &lines, manner).map_err(refused),
    };
    match made.and_then(|bytes| create(&arguments.to, &bytes, &source)) {
        Ok(()) => {
            let left_out = laid_out::left_out(&analysis, &lines);
            if left_out > 0 {
                let message = locale.pick(
                    format!("有 {left_out} 行是代码、注释、时长和给程序看的标记，没有写进去"),
                    format!("有 {left_out} 行是程式碼、註解、時長和給程式看的標記，沒有寫進去"),
                    format!("left out: {left_out} lines of code, comments, length and notes to the program"),
                );
                print_error(locale, &message);
            }
            0
        }
        Err(error) => {
            print_error(locale, &error.message(locale));
            super::EXIT_ERROR
        }
    }
}
