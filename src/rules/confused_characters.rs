//! 疑似错字: 招镖 for 招标, 持坚 for 坚持; what no list has.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::paragraph::Paragraph;
use crate::slip::{self, Slip};
use crate::text::chars::is_han;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "confused-characters",
    name: "疑似错字",
    severity: Some(Severity::Warning),
    summary: "音近、形近的字用错了，两个字颠倒了，表里列不完的那些：“人民攻府”应为“人民政府”，“工程招镖”应为“工程招标”，“深化革改”应为“深化改革”。",
    why: "拼音选错词、识别看错字，千变万化，列表总列不完。这里不查表，看的是字与字的搭配：这样写几乎没有人写过，换一个同音或者形近的字、或者两个字换个位置就处处有人写，才报。把握大的是警告，差一些的是信息，繁体稿子只作信息；改法都要看一眼再用。",
    source: "实务：没有标准条文。搭配的篇数从法律法规、政府工作报告、新闻联播文字稿等公开文稿里数出，只存篇数。",
    examples: &[
        Example { bad: "严禁插手工程项目招镖。", good: "严禁插手工程项目招标。" },
        Example { bad: "各级人民攻府要加强领导。", good: "各级人民政府要加强领导。" },
        Example { bad: "要持坚问题导向。", good: "要坚持问题导向。" },
    ],
    tags: &[],
    check: Check::Text(check),
    message,
};

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    for slip in slip::find(line) {
        if hits.has_found(slip.range) {
            continue;
        }
        // What is counted was written in Simplified characters, on the mainland.
        if slip.is_sure() && hits.raw() == line && !is_name(line, slip.range) {
            hits.push(slip.range, slip.packed());
        } else {
            hits.push_as(hits.severity().max(Severity::Information), slip.range, slip.packed());
        }
    }
}

/// Ideographs of the longest name in quotes.
const NAME: usize = 8;

/// “和美香村”: a name in quotes, whose author may have meant it.
fn is_name(line: &str, range: Range) -> bool {
    let (before, behind) = (&line[..range.start as usize], &line[range.end as usize..]);
    let (left, opening) = ideographs(before.chars().rev());
    let (right, closing) = ideographs(behind.chars());
    left + right + range.of(line).chars().count() <= NAME
        && matches!((opening, closing), (Some('“' | '「' | '《' | '‘' | '『'), Some('”' | '」' | '》' | '’' | '』')))
}

/// How many ideographs come first, and what ends them.
fn ideographs(mut chars: impl Iterator<Item = char>) -> (usize, Option<char>) {
    let mut len = 0;
    let end = chars.find(|c| {
        len += usize::from(is_han(*c));
        !is_han(*c) || len > NAME
    });
    (len, end)
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let simplified = Slip::spell(context.packed());
    let right = context.spelled(&simplified).unwrap_or_else(|| simplified.clone());
    let text = context.say(
        format!("疑似错字：“{found}”或为“{right}”"),
        format!("疑似錯字：「{found}」或為「{right}」"),
        format!("‘{found}’ may be meant for ‘{right}’"),
    );
    Message { text, fix: context.replaced(&simplified, Grade::Offered) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_quotes_is_its_authors() {
        let is_name = |line: &str| {
            let start = line.find('香').unwrap();
            is_name(line, Range::new(start, start + '香'.len_utf8()))
        };
        assert!(is_name("扎实推进“和美香村”建设"));
        assert!(is_name("印发《香村公约》"));
        assert!(!is_name("扎实推进和美香村建设"));
        assert!(!is_name("提出“扎实推进和美香村建设”的要求"));
        assert!(!is_name("“香村，"));
    }
}
