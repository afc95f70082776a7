//! 提法次序: the members of a formulation in another order, one of them twice, or one that is none.

use super::{Check, Example, FindingContext, Message, Rule, Severity, phrases};
use crate::slogans::MisuseKind;

pub static RULE: Rule = Rule {
    code: "slogan-order",
    name: "提法次序",
    severity: Some(Severity::Warning),
    summary: "次序固定的各项颠倒、重复，或者混进了别的一项。",
    why: "“四个意识”一类的各项有固定的次序，颠倒、重复、混入别项都是照稿念就会出的差错。只在各项一个不少、只有一项写错，或者写明“即”“包括”的时候才报；单独提其中两三项不报。",
    source: "提法目录，各条注明出处；jianggao slogans 可查。",
    examples: &[
        Example {
            bad: "要增强政治意识、核心意识、大局意识、看齐意识。",
            good: "要增强政治意识、大局意识、核心意识、看齐意识。",
        },
        Example {
            bad: "一体推进不能腐、不敢腐、不想腐。", good: "一体推进不敢腐、不能腐、不想腐。"
        },
        Example {
            bad: "严守政治纪律、经济纪律、廉洁纪律、群众纪律、工作纪律、生活纪律。",
            good: "严守政治纪律、组织纪律、廉洁纪律、群众纪律、工作纪律、生活纪律。",
        },
    ],
    tags: &[],
    check: Check::Text(|_, paragraph, hits| phrases::find(MisuseKind::Order, paragraph, hits)),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    let Some(spoken) = phrases::deviation(context) else { return Message::default() };
    let (found, expected, source) = (spoken.found, spoken.expected, spoken.source(context));
    let name = spoken.entry.map_or("", |entry| &*entry.text);
    let is_whole = spoken.entry.is_some_and(|entry| {
        entry.members.first().is_none_or(|first| found.chars().count() > first.chars().count() * 2)
    });
    let text = match (is_whole, expected) {
        (true, "") => context.say(
            format!("“{name}”的各项次序不对：“{found}”{source}"),
            format!("“{name}”的各項次序不對：“{found}”{source}"),
            format!("the parts of ‘{name}’ are not in their order: ‘{found}’{source}"),
        ),
        // A row without a name goes by its members.
        (true, _) if name == expected => context.say(
            format!("各项次序不对：“{found}”应为“{expected}”{source}"),
            format!("各項次序不對：“{found}”應為“{expected}”{source}"),
            format!("the parts are not in their order: ‘{found}’ should be ‘{expected}’{source}"),
        ),
        (true, _) => context.say(
            format!("“{name}”的各项次序不对：“{found}”应为“{expected}”{source}"),
            format!("“{name}”的各項次序不對：“{found}”應為“{expected}”{source}"),
            format!("the parts of ‘{name}’ are not in their order: ‘{found}’ should be ‘{expected}’{source}"),
        ),
        (false, "") => context.say(
            format!("“{found}”不是“{name}”中的一项{source}"),
            format!("“{found}”不是“{name}”中的一項{source}"),
            format!("‘{found}’ is no part of ‘{name}’{source}"),
        ),
        (false, _) => context.say(
            format!("“{found}”不是“{name}”中的一项，此处应为“{expected}”{source}"),
            format!("“{found}”不是“{name}”中的一項，此處應為“{expected}”{source}"),
            format!("‘{found}’ is no part of ‘{name}’; ‘{expected}’ belongs here{source}"),
        ),
    };
    Message { text, fix: spoken.fix(context) }
}
