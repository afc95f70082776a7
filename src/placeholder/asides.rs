//! What a writer asks or tells himself in the middle of the text, without brackets: 增长几个百分点？，
//! 由发改委？牵头, @老刘补, 控制在待统计局核以内, 此处补充案例.

use super::candidate::Candidate;
use super::{Style, notes};
use crate::lexicon::dictionary;
use crate::lexicon::{
    DRAFT_PART, GOVERNS, INTERROGATIVE, NEEDS_NOUN, NO_PENDING, NUMBER_BOUND, ORGANISATION, PENDING, PERSON,
};
use crate::text::chars::{after, before, is_boundary, is_han, is_space, is_stop};

/// Characters of a doubt in front of its mark, and of a note to oneself, at most.
const DOUBT: usize = 10;
const NOTE: usize = 24;

/// Stands before a note that waits for somebody.
pub(super) const WAITING: char = '待';

pub(super) const fn is_question(c: char) -> bool {
    matches!(c, '？' | '?')
}

/// A question that nobody is asked: its mark stands twice, before a point, or inside a clause. `at..end` are the marks.
pub(super) fn doubt(line: &str, at: usize, end: usize) -> Option<Candidate> {
    let (previous, next) = (before(line, at)?, after(line, end));
    let is_pointed = next.is_some_and(|c| matches!(c, '，' | '。' | '；' | '、'));
    let is_double = line[at..end].chars().count() > 1;
    let is_text =
        is_han(previous) || is_boundary(previous) || matches!(previous, '%' | '％') || previous.is_ascii_digit();
    let may = is_text && (is_pointed || is_double || next.is_some_and(is_han));
    let start = if may { phrase(line, at) } else { return None };
    let is_question = || has_interrogative(line, at) || is_either_or(&line[start..at]);
    (is_pointed || (is_double || start < at) && !is_question()).then(|| Candidate::new(start, end, Style::Doubt))
}

/// True when the sentence before byte `at`, or its part behind a semicolon, asks by its words.
pub(super) fn has_interrogative(line: &str, at: usize) -> bool {
    let asked = line[..at].char_indices().rev().take(NOTE).take_while(|(_, c)| !is_stop(*c) && *c != '；');
    asked.into_iter().any(|(i, _)| INTERROGATIVE.stands_at(line, i))
}

/// 好不好, 有没有: the question gives the answers.
fn is_either_or(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(3).any(|w| w[0] == w[2] && matches!(w[1], '不' | '没'))
}

/// Where the phrase begins that is doubted: behind a point, or a word that a name or an amount follows.
fn phrase(line: &str, at: usize) -> usize {
    let mut start = at;
    for (i, c) in line[..at].char_indices().rev().take(DOUBT) {
        if is_boundary(c)
            || is_space(c)
            || start < at && (GOVERNS.ends_at(line, start) || NEEDS_NOUN.ends_at(line, start))
        {
            break;
        }
        start = i;
    }
    start
}

/// A clause that says what is to be done about the draft: 此处补充案例, 数据再核.
pub(super) fn note(line: &str, at: usize) -> Option<Candidate> {
    let is_head = before(line, at).is_none_or(|c| is_space(c) || is_boundary(c));
    if !is_head || DRAFT_PART.word_at(line, at).is_none() {
        return None;
    }
    let end = clause(line, at, is_space);
    let text = &line[at..end];
    let is_done = text.contains(['了', '已', '过']);
    ((notes::directs(text) || notes::assigns(text)) && !is_done && PENDING.find(text).is_none())
        .then(|| Candidate::new(at, end, Style::Aside))
}

/// 待统计局核, 待省厅确认: somebody is waited for, and nothing follows.
pub(super) fn waiting(line: &str, at: usize) -> Option<Candidate> {
    if after(line, at) != Some(WAITING) || NO_PENDING.ends_at(line, at) {
        return None;
    }
    let clause = &line[at..clause(line, at, is_space)];
    let text =
        clause.char_indices().find(|(i, _)| NUMBER_BOUND.stands_at(clause, *i)).map_or(clause, |(i, _)| &clause[..i]);
    let rest = &text[WAITING.len_utf8()..];
    // 待遇合理调整, but 待人社局核
    let is_word = dictionary::words_at(line, at).any(|(to, _)| to > at + WAITING.len_utf8());
    let named = ORGANISATION.find(rest).is_some() || PERSON.find(rest).is_some();
    (!rest.is_empty() && (named || !is_word) && notes::ends_in_chore(rest))
        .then(|| Candidate::new(at, at + text.len(), Style::Aside))
}

/// @老刘 补一下: somebody is called who is to do something.
pub(super) fn call(line: &str, at: usize) -> Option<Candidate> {
    let from = at + after(line, at)?.len_utf8();
    if !after(line, from).is_some_and(is_han) {
        return None;
    }
    let end = clause(line, from, |_| false);
    (notes::has_chore(&line[from..end]) || INTERROGATIVE.find(&line[from..end]).is_some())
        .then(|| Candidate::new(at, end, Style::Aside))
}

/// The end of the clause that stands at byte `at`.
fn clause(line: &str, at: usize, parts: impl Fn(char) -> bool) -> usize {
    let ends = |c: char| is_boundary(c) || matches!(c, '）' | ')') || parts(c);
    let mut rest = line[at..].char_indices();
    rest.by_ref()
        .take(NOTE)
        .find(|(_, c)| ends(*c))
        .map_or_else(|| at + rest.next().map_or(line.len() - at, |(i, _)| i), |(i, _)| at + i)
}

#[cfg(test)]
mod tests {
    use super::super::candidates::check;

    #[test]
    fn what_is_asked_of_nobody_may_be_a_blank() {
        check("税收同比增长几个百分点？，位居全市前列", &["几个百分点？"]);
        check("由水利局？牵头落实", &["水利局？"]);
        check("全年新建泵站？？座", &["？？"]);
        check("这样好不好？我看很好", &[]);
        check("路为什么没修通？因为缺钱", &[]);
    }

    #[test]
    fn what_somebody_is_told_to_do() {
        check("损耗率控制在待粮食局核以内。", &["待粮食局核"]);
        check("此处补充去年的案例。", &["此处补充去年的案例"]);
        check("产量@小郑 补一下，位居第一", &["@小郑 补一下"]);
        check("群众@镇长，说路灯不亮", &[]);
        check("待时机成熟后再推开", &[]);
        check("百废待兴、百业待举，", &[]);
    }
}
