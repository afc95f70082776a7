//! Where the pages about the rules are, so that an editor can open them: beside the program, in an installed
//! tree, in a checkout.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use crate::locale::Locale;
use crate::rules::{RULES, page};

/// The folder with the pages, where there is one.
pub fn found() -> Option<PathBuf> {
    places()?.into_iter().find(|place| place.is_dir())
}

/// Writes the pages into `folder`, or into the one that belongs to an installed program. Gives its name.
pub fn write(folder: Option<&Path>, locale: Locale) -> io::Result<PathBuf> {
    let own = || places().map(|[_, installed, _]| installed).ok_or(io::ErrorKind::NotFound);
    let folder = folder.map_or_else(own, |folder| Ok(folder.to_owned()))?;
    fs::create_dir_all(&folder)?;
    for rule in RULES {
        fs::write(folder.join(format!("{}.md", rule.code)), page::alone(rule, locale))?;
    }
    Ok(folder)
}

fn places() -> Option<[PathBuf; 3]> {
    let program = env::current_exe().ok()?;
    let folder = program.parent()?;
    let above = folder.parent()?;
    let checkout = above.parent().unwrap_or(above);
    Some([folder.join("docs/rules"), above.join("share/doc/jianggao/rules"), checkout.join("docs/rules")])
}
