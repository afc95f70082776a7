//! `check --watch`: checks again whenever a draft or a settings file is saved.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{Event, RecursiveMode, Watcher as _};

use super::output::{Output, print_error};
use super::passed::is_draft;
use super::{EXIT_ERROR, arguments, check, save};
use crate::workspace::FILE_NAME;

/// One save is several events.
const SETTLED: Duration = Duration::from_millis(100);

pub(super) fn run(arguments: &arguments::Check, output: &mut Output) -> io::Result<u8> {
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
    let (sender, events) = mpsc::channel();
    let begun = notify::recommended_watcher(sender).and_then(|mut watcher| {
        for path in paths {
            match path.is_dir() {
                true => watcher.watch(path, RecursiveMode::Recursive)?,
                // Not the file itself: programs save by putting another one in its place.
                false => watcher.watch(save::folder(path), RecursiveMode::NonRecursive)?,
            }
        }
        Ok(watcher)
    });
    // It watches for as long as it lives.
    let _watcher = match begun {
        Ok(watcher) => watcher,
        Err(error) => {
            let what = output.locale.pick("看不了改动：", "看不了改動：", "cannot watch: ");
            print_error(output.locale, &format!("{what}{error}"));
            return Ok(EXIT_ERROR);
        }
    };
    loop {
        let code = check::run(arguments, output)?;
        output.finish()?;
        let waits = output.locale.pick(
            "改了稿件再查；按 Ctrl-C 结束",
            "改了稿件再查；按 Ctrl-C 結束",
            "checked again when a draft changes; Ctrl-C ends it",
        );
        print_error(output.locale, waits);
        if !has_changed(&events, |path| is_meant(path, paths)) {
            return Ok(code);
        }
    }
}

/// Waits until a file that is meant has changed, and for what belongs to the same save; false when nothing more will.
fn has_changed(events: &Receiver<notify::Result<Event>>, is_meant: impl Fn(&Path) -> bool) -> bool {
    // Reading is an event, too, and what was read was read here. After an error some may be lost.
    let counts = |event: notify::Result<Event>| match event {
        Ok(event) => !event.kind.is_access() && event.paths.iter().any(|path| is_meant(path)),
        Err(_) => true,
    };
    while let Ok(event) = events.recv() {
        if counts(event) {
            while events.recv_timeout(SETTLED).is_ok() {}
            return true;
        }
    }
    false
}

/// Whether what is checked may have changed with this file.
fn is_meant(changed: &Path, paths: &[PathBuf]) -> bool {
    let name = changed.file_name();
    name.is_some_and(|name| name == FILE_NAME)
        || paths.iter().any(|path| match path.is_dir() {
            true => is_draft(changed),
            false => path.file_name() == name,
        })
}
