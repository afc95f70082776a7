//! What of a text an assistant says to the one who asked.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::lexicon::{
    ASSISTANT_ADDRESS, ASSISTANT_ASKED, ASSISTANT_AUDIENCE, ASSISTANT_CHANGE, ASSISTANT_DRAFT, ASSISTANT_START,
    ASSISTANT_WORK, Class,
};
use crate::text::chars::is_space;

/// What a remark is worth near the edge of the draft.
pub(super) const REMARK: u32 = 4;

/// Whom most of it turns to.
static READER: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("您"));

/// Stands around the text of a line: indentation, brackets, marks of lists and headings.
fn is_around(c: char) -> bool {
    let mark = matches!(
        c,
        '（' | '('
            | ')'
            | '）'
            | '【'
            | '】'
            | '['
            | ']'
            | '*'
            | '#'
            | '>'
            | '-'
            | '—'
            | '•'
            | '·'
            | '、'
            | '.'
            | '：'
            | ':'
    );
    is_space(c) || mark
}

/// The text of a line without what surrounds it.
pub(super) fn text_of(line: &str) -> &str {
    line.trim_start_matches(|c: char| is_around(c) || c.is_ascii_digit()).trim_end_matches(is_around)
}

/// What speaks for a remark: whom it turns to counts twice.
pub(super) fn worth(text: &str) -> u32 {
    let starts = ASSISTANT_START.stands_at(text, 0);
    if !starts && READER.find(text.as_bytes()).is_none() {
        return 0;
    }
    let addresses = ASSISTANT_ADDRESS.find(text).is_some() || serves(text) || asks(text);
    let has = |class: &Class| u32::from(class.find(text).is_some());
    let sum = u32::from(starts) + 2 * u32::from(addresses) + has(&ASSISTANT_DRAFT) + has(&ASSISTANT_CHANGE);
    sum.saturating_sub(has(&ASSISTANT_AUDIENCE))
}

/// 好的，以下是讲话稿：
pub(super) fn announces(line: &str) -> bool {
    let text = text_of(line);
    line.trim_end_matches(is_space).ends_with(['：', ':'])
        && ASSISTANT_START.stands_at(text, 0)
        && ASSISTANT_DRAFT.ends_at(text, text.len())
}

/// Before what it does for somebody.
const FOR_YOU: [&str; 4] = ["为您", "给您", "帮您", "替您"];

/// 为您撰写, 给您提供一篇.
fn serves(text: &str) -> bool {
    READER.find_iter(text.as_bytes()).any(|at| {
        let end = at + '您'.len_utf8();
        FOR_YOU.iter().any(|word| text[..end].ends_with(word)) && ASSISTANT_WORK.stands_at(text, end)
    })
}

/// 您看是否需要调整语气, 您可以根据情况修改: in one clause.
fn asks(text: &str) -> bool {
    text.split(['。', '，', '！', '？', '；', '：']).any(|clause| {
        ASSISTANT_ASKED
            .find(clause)
            .is_some_and(|(word, _)| ASSISTANT_CHANGE.find(&clause[word.end as usize..]).is_some())
    })
}
