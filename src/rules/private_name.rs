//! 不公开的人名: somebody of the roster whose name is not to be seen.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Tag};
use crate::lexicon::own::{Listed, on_roster, places};
use crate::paragraph::Paragraph;

pub static RULE: Rule = Rule {
    code: "private-name",
    name: "不公开的人名",
    severity: None,
    summary: "名单（roster）里注明不公开（private = true）的人名。",
    why: "举报人、受助人、未成年人的姓名不能随稿子出去，改用“某同志”“一位群众”。名单由本单位写在 jianggao.toml 里；没有注明，这条规则什么也不报。默认关闭，用 [private] 打开。",
    source: "本单位的名单；《个人信息保护法》。",
    examples: &[Example {
        bad: "这件事是群众沈琬怡反映的。",
        good: "这件事是一位群众反映的，请县委书记周明远同志讲话。",
    }],
    tags: &[Tag::Private, Tag::Roster],
    check: Check::Text(check),
    message,
};

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    on_roster(|people| {
        for person in people.iter().filter(|person| person.is_private && !person.name.is_empty()) {
            for range in places(line, &person.name) {
                // Somebody else whose name begins with it.
                let is_other = |other: &&Listed| {
                    other.name.len() > person.name.len()
                        && places(&line[range.start as usize..], &other.name).any(|found| found.start == 0)
                };
                if !people.iter().any(|other| is_other(&other)) {
                    hits.push(range, ());
                }
            }
        }
    });
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let text = context.say(
        format!("不公开的人名：“{found}”"),
        format!("不公開的人名：“{found}”"),
        format!("a name that is not to be seen: ‘{found}’"),
    );
    Message { text, fix: None }
}
