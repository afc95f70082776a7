//! 日期指代: 昨天 and 明天 in a dated draft.

use super::dates::date_line;
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule};
use crate::analysis::Detail;
use crate::lexicon;
use crate::paragraph::{Paragraph, packed};
use crate::text::Span;
use crate::text::chars::{after, is_han};

pub static RULE: Rule = Rule {
    code: "relative-day",
    name: "日期指代",
    severity: None,
    summary: "写明了日期的稿子里，用“昨天”“明天”“今天下午”代替具体日期。",
    why: "会期一改，“明天”就错了；稿子印发、存档以后，也没有人知道是哪一天。“今天”“明天会更好”这类说法不算。默认关闭，设为 hint 即可打开。",
    source: "实务：公文写具体日期；没有标准条文。",
    examples: &[Example {
        bad: "在全县工作会议上的讲话\n（2026年1月8日）\n同志们：\n请各单位明天报送方案。",
        good: "在全县工作会议上的讲话\n（2026年1月8日）\n同志们：\n今天开会，请各单位1月9日报送方案，携手创造更加美好的明天，明天会更好。",
    }],
    tags: &[],
    check: Check::Together { see, judge },
    message,
};

packed! {
    enum Seen { Date, Day }
}

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    if let Some((_, range)) = date_line(line) {
        hits.push(range, Seen::Date);
    }
    for (at, _) in line.match_indices(['天', '日']) {
        let end = at + 3;
        // Not 美好的明天, 先天、后天, 明日之星, 今后天下太平; and 今天 is the day of the speech.
        let Some((day, _)) = lexicon::DAY.ending(line, end) else { continue };
        if after(line, end).is_some_and(|c| is_han(c) || c.is_ascii_digit()) {
            hits.push(day, Seen::Day);
        }
    }
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    if observations.of_kind(Seen::Date).next().is_none() {
        return;
    }
    for (line, hit) in observations.of_kind(Seen::Day) {
        let found = hit.range.of(&observations.raw(*line)).to_owned();
        findings.push(Span::in_line(*line, hit.range), Detail::of(found));
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(found) = context.evidence::<String>() else { return Message::default() };
    let text = context.say(
        format!("日期指代：“{found}”宜写明几月几日"),
        format!("日期指代：“{found}”宜寫明幾月幾日"),
        format!("‘{found}’: write the date"),
    );
    Message { text, fix: None }
}
