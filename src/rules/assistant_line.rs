//! What an assistant says in a line of the speech itself: before its first words, behind its last.

use super::assistant_words::{REMARK, text_of, worth};
use crate::lexicon::{ASSISTANT_ENGLISH, ASSISTANT_OWN_HEADING, ASSISTANT_START};
use crate::text::Range;
use crate::text::chars::{is_han, lead, tail};

/// What ends a sentence, and what opens what is announced.
const STOPS: [char; 7] = ['。', '！', '？', '：', '!', '?', ':'];

/// Bytes of what it says in one sentence, and sentences of that.
const SENTENCE: usize = 240;
const SENTENCES: usize = 3;

/// Characters of a word of assent: 当然可以！
const ASSENT: usize = 5;

/// The words of an assistant at the beginning of a line that goes on with the speech, or else at its end; whether they
/// stand at the end.
pub(super) fn within(line: &str) -> Option<(Range, bool)> {
    english(line).or_else(|| before(line)).map(|range| (range, false)).or_else(|| Some((behind(line)?, true)))
}

/// Sure, here is the speech you asked for:同志们，
fn english(line: &str) -> Option<Range> {
    if !line.starts_with(|c: char| c.is_ascii_uppercase()) || !ASSISTANT_ENGLISH.stands_at(line, 0) {
        return None;
    }
    let end = lead(line, SENTENCE).find(is_han)?;
    let said = line[..end].trim_end();
    let about = ["speech", "draft", "here"].iter().any(|word| said.contains(word));
    (about && said.ends_with([':', '.', '!', '：'])).then(|| Range::new(0, end))
}

/// 当然可以！下面是一篇致辞。同志们，
fn before(line: &str) -> Option<Range> {
    let start = line.len() - text_of(line).len();
    let begins = |text: &str| ASSISTANT_START.stands_at(text, 0) || ASSISTANT_OWN_HEADING.stands_at(text, 0);
    if start > SENTENCE || !begins(text_of(line)) {
        return None;
    }
    let (mut end, mut sum) = (0, 0);
    for _ in 0..SENTENCES {
        let rest = lead(&line[end..], SENTENCE);
        let Some((len, mark)) = rest.char_indices().find(|(_, c)| STOPS.contains(c)) else { break };
        let text = text_of(&rest[..len]);
        let heading = ASSISTANT_OWN_HEADING.ends_at(text, text.len());
        let assent = ASSISTANT_START.stands_at(text, 0) && text.chars().count() <= ASSENT;
        let own = worth(text);
        if !heading && !assent && own < 2 {
            break;
        }
        sum += own + u32::from(heading) * 2;
        let behind = &rest[len + mark.len_utf8()..];
        end += rest.len() - behind.trim_start_matches(['*', ' ', '\u{3000}']).len();
    }
    (sum >= REMARK && line[end..].chars().any(is_han)).then(|| Range::new(0, end))
}

/// 任务已经明确。如果您需要，我可以补充数据。
fn behind(line: &str) -> Option<Range> {
    let near = tail(line, SENTENCE);
    let base = line.len() - near.len();
    let said = near.trim_end().trim_end_matches(STOPS);
    let (at, mark) = said.char_indices().rev().find(|(_, c)| matches!(c, '。' | '！' | '？'))?;
    let start = at + mark.len_utf8();
    let text = text_of(&said[start..]);
    (ASSISTANT_START.stands_at(text, 0) && worth(text) >= REMARK).then(|| Range::new(base + start, line.len()))
}
