//! 长句: too long to say in one breath.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Tag};
use crate::paragraph::Paragraph;
use crate::text::Range;
use crate::text::chars::is_han;

pub static RULE: Rule = Rule {
    code: "sentence-length",
    name: "一口气念不完",
    severity: None,
    summary: "连着四十多个字没有一个标点，一口气念不下来。",
    why: "讲话稿是念的。中间加个逗号，或者拆成两句。默认关闭，设为 hint 即可打开。",
    source: "实务；没有标准条文。",
    examples: &[Example {
        bad: "我们要认真学习贯彻上级关于进一步加强和改进新形势下基层基础工作推动各项事业高质量发展的一系列重要部署要求。",
        good: "我们要认真学习贯彻上级部署，加强和改进基层基础工作，推动各项事业高质量发展。",
    }],
    tags: &[Tag::Spoken],
    check: Check::Text(check),
    message,
};

const BREATH: u32 = 40;

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let (mut start, mut count) = (0, 0);
    for (at, c) in line.char_indices().chain([(line.len(), '。')]) {
        if is_han(c) || c.is_alphanumeric() {
            if count == 0 {
                start = at;
            }
            count += 1;
            continue;
        }
        // Quotation marks are not heard.
        if matches!(c, '“' | '”' | '‘' | '’' | '《' | '》' | '·' | '「' | '」') {
            continue;
        }
        if count > BREATH {
            hits.push(Range::new(start, at), count);
        }
        count = 0;
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let count = context.packed::<u32>();
    let text = context.say(
        format!("长句：连着 {count} 个字没有停顿"),
        format!("長句：連著 {count} 個字沒有停頓"),
        format!("{count} characters without a pause"),
    );
    Message { text, fix: None }
}
