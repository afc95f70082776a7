//! 过时名称: an office or a term that something else has taken the place of by the date of the speech.

use super::{Check, Example, FindingContext, Message, Rule, Severity, Tag, phrases};
use crate::slogans::{Date, MisuseKind};

pub static RULE: Rule = Rule {
    code: "stale-term",
    name: "过时名称",
    severity: Some(Severity::Warning),
    summary: "机构已经改名，提法已经更新，讲稿里还是旧的。",
    why: "套用旧稿时，机构改革前的名称和已有新提法的旧提法最容易留下来。讲稿的年月取稿中写明的最近一个；稿中没有年月就不报；机构以外的提法、没有新名称的，只作信息。书名号里、长引文里的，句中讲到从前的，都不报。",
    source: "提法目录，各条注明起止年月和出处；jianggao slogans 可查。",
    examples: &[Example {
        bad: "2024年，请县环保局抓好落实。", good: "2024年，请县生态环境局抓好落实。"
    }],
    tags: &[Tag::Dated],
    check: Check::Text(|_, paragraph, hits| phrases::find(MisuseKind::Stale, paragraph, hits)),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    let Some(spoken) = phrases::deviation(context) else { return Message::default() };
    let (found, expected, source) = (spoken.found, spoken.expected, spoken.source(context));
    let [hans, hant, english] = spoken.deviation.since.map_or([String::new(), String::new(), String::new()], |since| {
        let Date { year, month } = since;
        [format!("{year}年{month}月起"), format!("{year}年{month}月起"), format!(" since {since}")]
    });
    let text = if expected.is_empty() {
        context.say(
            format!("“{found}”{hans}已不再使用{source}"),
            format!("“{found}”{hant}已不再使用{source}"),
            format!("‘{found}’ has been out of use{english}{source}"),
        )
    } else {
        context.say(
            format!("“{found}”{hans}已改为“{expected}”{source}"),
            format!("“{found}”{hant}已改為“{expected}”{source}"),
            format!("‘{found}’ has been ‘{expected}’{english}{source}"),
        )
    };
    Message { text, fix: spoken.fix(context) }
}
