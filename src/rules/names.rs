//! Where the name of a person begins and ends.

use crate::lexicon::dictionary::is_word;
use crate::lexicon::{AFTER_NAME, SURNAME};
use crate::text::chars::{after, before, is_han};

/// What stands before a post or a name.
pub(crate) const LEADS: [char; 12] = ['请', '由', '向', '和', '与', '同', '让', '是', '有', '的', '在', '对'];

/// The name that clearly begins and ends at byte `end`, and where it begins.
pub(crate) fn name_before(line: &str, end: usize) -> Option<(&str, usize)> {
    let head = line.get(..end)?;
    [3, 2].into_iter().find_map(|n| {
        let (at, _) = head.char_indices().rev().nth(n - 1)?;
        let name = &head[at..];
        let free = before(line, at).is_none_or(|c| !is_han(c) || LEADS.contains(&c));
        (free && is_name(name)).then_some((name, at))
    })
}

pub(crate) fn is_name(name: &str) -> bool {
    SURNAME.stands_at(name, 0) && name.chars().all(is_han) && !is_word(name)
}

/// The name that begins at byte `at` and clearly ends.
pub(crate) fn name_at(line: &str, at: usize) -> Option<&str> {
    let rest = line.get(at..)?;
    if !SURNAME.stands_at(rest, 0) {
        return None;
    }
    [3, 2].into_iter().find_map(|n| {
        let len: usize = rest.chars().take_while(|c| is_han(*c)).take(n).map(char::len_utf8).sum();
        let name = &rest[..len];
        let end = at + len;
        let ends = after(line, end).is_none_or(|c| !is_han(c)) || AFTER_NAME.stands_at(line, end);
        (name.chars().count() == n && ends && is_name(name)).then_some(name)
    })
}
