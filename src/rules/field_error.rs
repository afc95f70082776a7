//! 域错误: what Word or a table shows where a reference leads nowhere.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::{FIELD_ERROR, FIELD_ERROR_SIGN};
use crate::text::Range;
use crate::text::chars::after;

pub static RULE: Rule = Rule {
    code: "field-error",
    name: "域错误",
    severity: Some(Severity::Warning),
    summary: "交叉引用、目录和表格公式出了错留下的字：“错误！未找到引用源。”“错误！未定义书签。”“#REF!”。",
    why: "引用的标题删了、目录没有更新，Word 就显示这样一句，打印时更新域才冒出来的也有。要重新插入引用，或者改成文字。",
    source: "Word、LibreOffice 和 Excel 的提示；没有标准条文。",
    examples: &[
        Example {
            bad: "任务分工见错误！未找到引用源。", good: "任务分工见附件2。如有错误，请及时指出。"
        },
        Example { bad: "一、总体要求\t错误！未定义书签。", good: "一、总体要求\t3" },
        Example { bad: "全年完成投资#REF!亿元。", good: "全年完成投资120亿元。" },
    ],
    tags: &[],
    check: Check::Words(&FIELD_ERROR, check),
    message,
};

fn check(line: &str, word: Range, hits: &mut Hits) {
    let (head, end) = (&line[..word.start as usize], word.end as usize);
    let start = match FIELD_ERROR.value(word.of(line)) {
        "" => FIELD_ERROR_SIGN.ending(line, head.len()).map_or(head.len(), |(sign, _)| sign.start as usize),
        sign if head.ends_with(sign) => head.len() - sign.len(),
        _ => return,
    };
    let stop = after(line, end).filter(|c| matches!(c, '。' | '.')).map_or(0, char::len_utf8);
    hits.push(Range::new(start, end + stop), ());
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let text = context.say(
        format!("域错误：“{found}”处的引用没有找到所指的内容，请重新插入，或者改成文字"),
        format!("域錯誤：“{found}”處的引用沒有找到所指的內容，請重新插入，或者改成文字"),
        format!("‘{found}’: the reference here leads nowhere; insert it again or write it out"),
    );
    Message { text, fix: None }
}
