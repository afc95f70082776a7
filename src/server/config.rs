//! The settings that are in force for a draft, and where the pages about the rules are.

use std::path::{Path, PathBuf};

use tower_lsp::ls_types as lsp;

use super::capabilities::{Session, path};
use crate::workspace::{self, Loaded};

/// Reads the settings for the draft at `uri`: one that is not a file has those of the first folder.
pub fn settings_of(uri: &lsp::Uri, session: &Session) -> Loaded {
    let place = path(uri).or_else(|| session.folders().first().cloned());
    match place {
        Some(place) => workspace::settings_for(&place),
        None => workspace::user_settings(),
    }
}

/// The URI of the folder with a page about each rule, where one comes with the program.
pub fn rule_pages() -> Option<String> {
    let program = std::env::current_exe().ok()?;
    let folder = rule_pages_near(program.parent()?)?;
    Some(lsp::Uri::from_file_path(folder)?.as_str().to_owned())
}

/// Beside the program, in an installed tree, in a checkout.
fn rule_pages_near(folder: &Path) -> Option<PathBuf> {
    let places = [
        Some(folder.join("docs/rules")),
        folder.parent().map(|p| p.join("share/doc/jianggao/rules")),
        folder.parent().and_then(Path::parent).map(|p| p.join("docs/rules")),
    ];
    places.into_iter().flatten().find(|place| place.is_dir())
}
