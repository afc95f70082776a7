//! The findings that have been accepted: they are not reported again.
//!
//! A finding is known by its rule, the line it stands in and the text it is about, not by the number
//! of the line: it stays accepted when the draft changes above it.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::fix::{self, Unwritable};
use crate::locale::Locale;
use crate::rules::Diagnostic;
use crate::text::Lines;
use crate::workspace::reading::{self, LONGEST_BASELINE};

#[derive(Default, Serialize, Deserialize)]
pub(super) struct Baseline {
    version: u32,
    files: BTreeMap<String, Vec<Accepted>>,
    /// Where the paths in it start.
    #[serde(skip)]
    folder: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Accepted {
    rule: String,
    /// A fingerprint of the line.
    line: String,
    /// The beginning of the text that the finding is about.
    text: String,
    /// How many such findings there are.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    count: u32,
}

fn one() -> u32 {
    1
}

fn is_one(count: &u32) -> bool {
    *count == 1
}

const VERSION: u32 = 1;
/// How many characters of the text are kept.
const KEPT: usize = 24;

impl Baseline {
    /// A baseline without findings, to be written to `path`.
    pub fn empty(path: &Path) -> Self {
        let folder = std::path::absolute(path).ok().and_then(|path| Some(path.parent()?.to_owned()));
        Self { version: VERSION, files: BTreeMap::new(), folder: folder.unwrap_or_default() }
    }

    /// The baseline in the file; the error says what is wrong with it.
    pub fn read(path: &Path, locale: Locale) -> Result<Self, String> {
        let bytes = reading::read(path, LONGEST_BASELINE).map_err(|reason| reason.message(locale))?;
        // Where it is wrong, not what stands there: it may be any file.
        let read: Self = serde_json::from_slice(&bytes).map_err(|error| {
            let line = error.line();
            locale.pick(
                format!("不是 --write-baseline 写的文件，第 {line} 行读不懂"),
                format!("不是 --write-baseline 寫的檔案，第 {line} 行讀不懂"),
                format!("not a file that --write-baseline has written; line {line} makes no sense"),
            )
        })?;
        if read.version != VERSION {
            let version = read.version;
            return Err(locale.pick(
                format!("是版本 {version} 的文件，这里用版本 {VERSION}；请用 --write-baseline 重写"),
                format!("是版本 {version} 的檔案，這裡用版本 {VERSION}；請用 --write-baseline 重寫"),
                format!("version {version} instead of {VERSION}; write it again with --write-baseline"),
            ));
        }
        Ok(Self { folder: Self::empty(path).folder, ..read })
    }

    /// Whether a baseline may stand there: in the place of an older one, of whatever version, and of nothing else.
    pub fn may_stand_at(path: &Path) -> bool {
        match reading::read(path, LONGEST_BASELINE) {
            Ok(bytes) => bytes.is_empty() || serde_json::from_slice::<Self>(&bytes).is_ok_and(|old| old.version > 0),
            Err(_) => !path.exists(),
        }
    }

    pub fn write(&self, path: &Path) -> Result<(), Unwritable> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| Unwritable::Io(error.into()))?;
        bytes.push(b'\n');
        fix::replace(path, &bytes, None)
    }

    /// How many findings are accepted.
    pub fn count(&self) -> usize {
        self.files.values().flatten().map(|accepted| accepted.count as usize).sum()
    }

    /// Drops the findings of a draft that are accepted.
    pub fn filter(&self, draft: &str, lines: &dyn Lines, found: &mut Vec<Diagnostic>) {
        self.part(draft, lines, found);
    }

    /// Takes the findings of a draft that are accepted out of `found`; says what they are.
    fn part(&self, draft: &str, lines: &dyn Lines, found: &mut Vec<Diagnostic>) -> Vec<Accepted> {
        let mut out = Vec::new();
        let Some(accepted) = self.files.get(&self.key(draft)) else { return out };
        let mut left: BTreeMap<Accepted, u32> = BTreeMap::new();
        for a in accepted {
            *left.entry(Accepted { count: 1, ..a.clone() }).or_default() += a.count;
        }
        found.retain(|diagnostic| {
            let this = of(diagnostic, lines);
            match left.get_mut(&this) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    out.push(this);
                    false
                }
                _ => true,
            }
        });
        out
    }

    /// Drops the accepted findings of a draft that is being fixed, again after each round. A fix makes
    /// its line another one: what is accepted there is then known by its text alone.
    pub fn sparing<'a>(&'a self, draft: &'a str) -> impl Fn(&mut Vec<Diagnostic>, &dyn Lines) + 'a {
        let spared = RefCell::new(Vec::new());
        move |found, lines| {
            let accepted = self.part(draft, lines, found);
            let mut spared = spared.borrow_mut();
            found.retain(|diagnostic| {
                let this = of(diagnostic, lines);
                !spared.iter().any(|s: &Accepted| s.rule == this.rule && s.text == this.text)
            });
            spared.extend(accepted);
        }
    }

    /// Accepts what was found in a draft.
    pub fn accept(&mut self, draft: &str, mut found: Vec<Accepted>) {
        found.sort();
        let mut merged: Vec<Accepted> = Vec::with_capacity(found.len());
        for next in found {
            match merged.last_mut() {
                Some(last) if last.rule == next.rule && last.line == next.line && last.text == next.text => {
                    last.count += next.count;
                }
                _ => merged.push(next),
            }
        }
        if !merged.is_empty() {
            self.files.insert(self.key(draft), merged);
        }
    }

    /// How a draft is called in the file: from its folder, where it lies below.
    fn key(&self, draft: &str) -> String {
        let absolute = std::path::absolute(draft).unwrap_or_else(|_| PathBuf::from(draft));
        let path = absolute.strip_prefix(&self.folder).unwrap_or(&absolute);
        path.display().to_string().replace('\\', "/")
    }
}

/// How a finding is known again.
pub(super) fn of(diagnostic: &Diagnostic, lines: &dyn Lines) -> Accepted {
    let line = lines.line(diagnostic.span.start.line as usize);
    let text: String = lines.text(diagnostic.span).chars().take(KEPT).collect();
    Accepted {
        rule: diagnostic.rule.code.to_owned(),
        line: format!("{:016x}", fingerprint(line.trim())),
        text,
        count: 1,
    }
}

/// A name for the finding that stays when the draft changes elsewhere; two that are alike have one name.
pub(super) fn known_as(draft: &str, diagnostic: &Diagnostic, lines: &dyn Lines) -> String {
    let Accepted { rule, line, text, .. } = of(diagnostic, lines);
    format!("{:016x}", fingerprint(&[draft, &rule, &line, &text].join("\n")))
}

/// FNV-1a: the same on every machine and in every version.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3))
}
