//! 重复用词: 落实落实, 的的

use super::names::name_before;
use super::repeats::{RepeatDetector, has_comment, is_alone, is_parted, is_said_again, is_sure};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::dictionary::{Class, word, words};
use crate::lexicon::{
    ASKS_AFTER, BY_MEASURE, DETERMINER_BEFORE, DOUBLED_ON_PURPOSE, FORMAL_VERB, FUNCTION_WORD, IN_TURN, LIGHT_VERB,
    NO_LIGHT_VERB_AFTER, NO_LIGHT_VERB_BEFORE, WHOLE_MEASURE,
};
use crate::text::chars::{after, is_han};
use crate::text::fold::fold;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "repeated-word",
    name: "重复用词",
    severity: Some(Severity::Warning),
    summary: "同一个词连着写了两遍：“落实落实”“的的”“和和”。",
    why: "增删句子时最容易多留一个词，念到才发现。“一项一项”“研究研究”“唯一一个”“目的的”这类正常的叠用不报。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "把各项任务落实落实到位。", good: "把各项任务一项一项落实到位，大家研究研究、商量商量。"
        },
        Example {
            bad: "这是群众的的期盼。", good: "这是唯一一个目的的说明，的的确确不能不了了之。"
        },
        Example {
            bad: "各级各部门和和广大干部要行动起来。", good: "要做到和和气气、是是非非分得清。"
        },
        Example {
            bad: "各级党组织要要发挥作用，切实加强加强领导。",
            good: "这是上级的重要要求，要把主要要素配齐，加快加快再加快。",
        },
        Example {
            bad: "干部干部要带头抓好工作落实。",
            good: "在大是大非面前站得稳，走着走着不能忘了来路，解决使用权同权同价问题，各分局分局长按时报送上一年度年度报告。",
        },
        Example {
            bad: "要不断不断优化，切实切实减轻负担。",
            good: "欢迎大家批评批评，鼓舞鼓舞士气，壮大文旅产业产业链条，深化文化文艺工作。",
        },
    ],
    tags: &[],
    check: Check::Twice(1, check),
    message,
};

fn check(line: &str, range: Range, second: usize, hits: &mut Hits) {
    let first = line.get(range.start as usize..second).unwrap_or("");
    if is_said_again(line, range, first) {
        return;
    }
    let faulty = match first.chars().count() {
        1 if FUNCTION_WORD.fitting(first, line, range).is_some() => {
            is_parted(line, range, second, 2) && !is_settled(first, line, range) && name_before(line, second).is_none()
        }
        2 => is_slip(first, line, range, second),
        _ => false,
    };
    if faulty {
        hits.push(range, ());
    }
}

/// 心愿总算了了: settled, at the end of a clause, behind no verb.
fn is_settled(first: &str, line: &str, range: Range) -> bool {
    let start = range.start as usize;
    let mark = after(line, range.end as usize).is_none_or(|c| !is_han(c));
    let word_of = |n: usize| word(line.get(start.checked_sub(n * RepeatDetector::WIDTH)?..start)?);
    let behind_verb = (1..=4)
        .rev()
        .find_map(word_of)
        .is_some_and(|said| matches!(said.class, Class::Verb | Class::Adjective | Class::Phrase));
    first == "了" && mark && !behind_verb
}

/// 落实落实到位, 干部干部要带头
fn is_slip(first: &str, line: &str, range: Range, second: usize) -> bool {
    let (start, end) = (range.start as usize, range.end as usize);
    let is_ordinary = is_by_the_measure(first)
        || is_in_a_row(line, range)
        || DETERMINER_BEFORE.ends_at(line, start)
        || ASKS_AFTER.stands_at(line, end)
        || IN_TURN.find(first).is_some()
        || DOUBLED_ON_PURPOSE.contains(first)
        || is_alone(line, range);
    if is_ordinary || !is_parted(line, range, second, 0) || !is_sure(line, range) {
        return false;
    }
    let Some(said) = word(first) else {
        // 这是这是; 很想很想 and 等啊等啊 are said on purpose.
        let (pronoun, verb) = first.split_at(first.len() / 2);
        return FUNCTION_WORD.contains(verb) && word(pronoun).is_some_and(|said| said.class == Class::Function);
    };
    if FORMAL_VERB.fitting(first, line, range).is_some() && after(line, end).is_some_and(is_han) {
        return true;
    }
    // 增长增长8.2%
    if said.class == Class::Verb && after(line, end).is_some_and(|c| c.is_ascii_digit()) {
        return true;
    }
    let class = if LIGHT_VERB.contains(first) { Class::Verb } else { said.class };
    match class {
        Class::Noun => !has_comment(line, range),
        // 不断不断地
        Class::Adverb => after(line, end) != Some('地'),
        Class::Function | Class::Phrase => true,
        // 研究研究: only where the sentence shows that no light touch is meant.
        Class::Verb => NO_LIGHT_VERB_BEFORE.ends_at(line, start) || NO_LIGHT_VERB_AFTER.stands_at(line, end),
        // 高兴高兴
        Class::Adjective => NO_LIGHT_VERB_BEFORE.ends_at(line, start) || is_before_verb(line, end),
        // 苏丹苏丹港, 一步一步
        Class::Name | Class::Number => false,
    }
}

/// 领导领导、计划计划、检查检查: beside another one.
fn is_in_a_row(line: &str, range: Range) -> bool {
    let twice = |chars: Vec<char>| chars.len() == 4 && chars[..2] == chars[2..];
    let (before, behind) = (&line[..range.start as usize], &line[range.end as usize..]);
    let left = before.strip_suffix('、').map(|text| text.chars().rev().take(4).collect());
    let right = behind.strip_prefix('、').map(|text| text.chars().take(4).collect());
    left.is_some_and(twice) || right.is_some_and(twice)
}

/// 整夜整夜睡不着, 成群成群的游客: one measure after the other.
fn is_by_the_measure(first: &str) -> bool {
    let mut chars = first.chars();
    let (Some(lead), rest) = (chars.next(), chars.as_str()) else { return false };
    WHOLE_MEASURE.has(lead) && (BY_MEASURE.contains(rest) || word(rest).is_some_and(|said| said.class == Class::Number))
}

/// 切实切实减轻
fn is_before_verb(line: &str, end: usize) -> bool {
    words(line, Range::new(end, line.len())).first().is_some_and(|(_, next)| next.class == Class::Verb)
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let word = found.get(..found.len() / 2).unwrap_or("");
    let text = context.say(
        format!("重复用词：“{word}”写了两遍"),
        format!("重複用詞：“{word}”寫了兩遍"),
        format!("‘{word}’ is written twice"),
    );
    let certain = FUNCTION_WORD.get(&fold(word)).is_some_and(|row| row.value == "certain");
    Message { text, fix: context.replaced_raw(word, if certain { Grade::Certain } else { Grade::Offered }) }
}
