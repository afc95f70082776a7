//! 重复短语: 压实责任压实责任

use super::repeats::{has_comment, is_parted, is_said_again};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::dictionary::{Class, word};
use crate::lexicon::{FIRST_OF_FIGURE, IN_FIGURE, IN_TURN, LAST_OF_FIGURE};
use crate::text::chars::{after, before};
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "repeated-phrase",
    name: "重复短语",
    severity: Some(Severity::Warning),
    summary: "三到八个字连着写了两遍，中间没有标点：“压实责任压实责任”。",
    why: "粘贴、拖动时留下的。口号（后面是叹号）和“一件事一件事”这类逐一的说法不报。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "要层层压实责任压实责任，确保落实。", good: "要压实责任，压实责任，再压实责任。"
        },
        Example {
            bad: "要进一步进一步规范村级财务。", good: "客户都说不吃亏不吃亏，冲锋枪冲锋枪打不准。"
        },
        Example {
            bad: "全县上下要全县上下要拧成一股绳。", good: "要一件事一件事地抓，一条线一条线地过。"
        },
        Example {
            bad: "压减行政审批行政审批事项三十项。",
            good: "能办多少办多少，该找谁找谁，这一步走得很不容易很不容易，好用不好用不在名头。",
        },
    ],
    tags: &[],
    check: Check::Twice(3, check),
    message,
};

fn check(line: &str, range: Range, second: usize, hits: &mut Hits) {
    let phrase = line.get(range.start as usize..second).unwrap_or("");
    let exclaims = before(line, range.start as usize) == Some('！') || after(line, range.end as usize) == Some('！');
    if exclaims || is_said_again(line, range, phrase) || is_periodic(phrase) || !is_parted(line, range, second, 2) {
        return;
    }
    // 进一步进一步 does not go step by step.
    let adverb = word(phrase).is_some_and(|said| said.class == Class::Adverb);
    let topic = word(phrase).is_some() && has_comment(line, range);
    let figure = IN_TURN.find(phrase).is_some()
        || IN_FIGURE.find(phrase).is_some()
        || FIRST_OF_FIGURE.stands_at(phrase, 0)
        || LAST_OF_FIGURE.ends_at(phrase, phrase.len());
    if adverb || !figure && !topic {
        hits.push(range, ());
    }
}

/// 高高高高高高; 研究研究研究研究
fn is_periodic(phrase: &str) -> bool {
    let chars: Vec<char> = phrase.chars().collect();
    (1..chars.len()).any(|p| chars.len().is_multiple_of(p) && chars[p..] == chars[..chars.len() - p])
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let phrase = found.get(..found.len() / 2).unwrap_or("");
    let text = context.say(
        format!("重复短语：“{phrase}”写了两遍"),
        format!("重複短語：“{phrase}”寫了兩遍"),
        format!("‘{phrase}’ is written twice"),
    );
    Message { text, fix: context.replaced_raw(phrase, Grade::Offered) }
}
