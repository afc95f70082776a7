//! 提法误写: a formulation that is not in its words.

use super::message::quoted;
use super::{Check, Example, FindingContext, Message, Rule, Severity, phrases};
use crate::slogans::MisuseKind;

pub static RULE: Rule = Rule {
    code: "slogan-misquote",
    name: "提法误写",
    severity: Some(Severity::Warning),
    summary: "固定提法与目录里的写法不一样：“看起意识”“更加紧密的团结”。",
    why: "固定提法一字不能错，错一个字就要退稿，听的人也马上听得出来。只报目录里记下的误写、长提法里恰好写错的一个音近、形近字，和核心提法里写错、漏掉、多写、颠倒的一处，或者配错的动词（坚定“四个意识”）；也有人这么写的，降为提示，不代改。目录里没有的提法不管。",
    source: "提法目录，各条注明出处（党代会报告、政府工作报告、党内法规等）；jianggao slogans 可查。",
    examples: &[
        Example {
            bad: "要增强政治意识、大局意识、核心意识、看起意识。",
            good: "要增强政治意识、大局意识、核心意识、看齐意识。",
        },
        Example {
            bad: "要坚持稳中有进工作总基调，统筹推进“五位一体”战略布局。",
            good: "要坚持稳中求进，统筹推进“五位一体”总体布局、协调推进“四个全面”战略布局。",
        },
        Example {
            bad: "要发扬钉钉子精神，善做善成。", good: "要发扬钉钉子精神，善作善成。"
        },
        Example {
            bad: "全县干部要更加紧密的团结在党中央周围。", good: "全县干部要更加紧密地团结在党中央周围。"
        },
    ],
    tags: &[],
    check: Check::Text(|_, paragraph, hits| phrases::find(MisuseKind::Misquote, paragraph, hits)),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    let Some(spoken) = phrases::deviation(context) else { return Message::default() };
    let (found, expected, source) = (spoken.found, spoken.expected, spoken.source(context));
    let (has, wants) = (quoted(found), quoted(expected));
    let text = if spoken.deviation.sure {
        context.say(
            format!("提法{has}应为{wants}{source}"),
            format!("提法{has}應為{wants}{source}"),
            format!("‘{found}’ should read ‘{expected}’{source}"),
        )
    } else {
        context.say(
            format!("{has}与通行的提法不同，一般写作{wants}{source}"),
            format!("{has}與通行的提法不同，一般寫作{wants}{source}"),
            format!("‘{found}’ is usually written ‘{expected}’{source}"),
        )
    };
    Message { text, fix: spoken.fix(context) }
}
