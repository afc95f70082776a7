//! 易读错的字: 莅临, 亳州

use super::{Check, Example, FindingContext, Message, Rule, Tag};
use crate::lexicon::MISREAD;
use crate::text::fold::fold;

pub static RULE: Rule = Rule {
    code: "misread-characters",
    name: "易读错的字",
    severity: None,
    summary: "讲话时容易读错的字词，报出读音：莅（lì）临、亳（bó）州、粗犷（guǎng）。",
    why: "念错字比写错字更难看。默认关闭，定稿以后打开看一遍，在难字旁边注上音。",
    source: "《现代汉语词典》第7版的注音。",
    examples: &[Example {
        bad: "热烈欢迎各位领导莅临指导。", good: "热烈欢迎各位领导光临指导。"
    }],
    tags: &[Tag::Spoken],
    check: Check::Words(&MISREAD, |_, range, hits| hits.push(range, ())),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    let (found, reading) = (context.found(), MISREAD.value(&fold(context.found())));
    let text = context.say(
        format!("易读错：“{found}”读 {reading}"),
        format!("易讀錯：“{found}”讀 {reading}"),
        format!("‘{found}’: read {reading}"),
    );
    Message { text, fix: None }
}
