//! `check --watch`: checks again whenever a draft or a settings file is saved.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::{Event, EventHandler, RecommendedWatcher, RecursiveMode, Watcher as _};

use super::output::{Output, print_error};
use super::passed::is_draft;
use super::{EXIT_ERROR, arguments, check, save};
use crate::locale::Locale;
use crate::workspace::FILE_NAME;
use crate::workspace::reading::io_message;

/// One save is several events.
const SETTLED: Duration = Duration::from_millis(100);

pub(super) fn run(arguments: &arguments::Check, output: &mut Output) -> io::Result<u8> {
    let here = [PathBuf::from(".")];
    let paths = if arguments.paths.is_empty() { &here } else { arguments.paths.as_slice() };
    let (sender, events) = mpsc::channel();
    // It watches for as long as it lives.
    let _watcher = match begun(paths, sender) {
        Ok(watcher) => watcher,
        Err(error) => {
            print_error(output.locale, &refused(&error, output.locale));
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

fn begun(paths: &[PathBuf], events: impl EventHandler) -> notify::Result<RecommendedWatcher> {
    let mut watcher = notify::recommended_watcher(events)?;
    for path in paths {
        if !path.exists() {
            return Err(notify::Error::path_not_found().add_path(path.clone()));
        }
        match path.is_dir() {
            true => watcher.watch(path, RecursiveMode::Recursive)?,
            // Not the file itself: programs save by putting another one in its place.
            false => watcher.watch(save::folder(path), RecursiveMode::NonRecursive)?,
        }
    }
    Ok(watcher)
}

fn refused(error: &notify::Error, locale: Locale) -> String {
    let reason = match &error.kind {
        notify::ErrorKind::Io(error) => io_message(error, locale),
        notify::ErrorKind::PathNotFound => io_message(&io::ErrorKind::NotFound.into(), locale),
        _ => error.to_string(),
    };
    let path = error.paths.first().map_or(String::new(), |path| path.display().to_string());
    locale.pick(
        format!("看不了改动：{path}：{reason}"),
        format!("看不了改動：{path}：{reason}"),
        format!("cannot watch {path}: {reason}"),
    )
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
