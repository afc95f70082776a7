//! 的地得: 雄辩的证明

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::WRONG_DE;
use crate::text::fold::fold;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "de-particle",
    name: "的地得",
    severity: Some(Severity::Hint),
    summary: "固定说法里的“的”“地”“得”用错了：“雄辩的证明了”应为“雄辩地证明了”。",
    why: "只查表里列出的说法：状语后面用“地”，补语前面用“得”。“更好的服务”“深刻的认识”这类两可的不查。",
    source: "《现代汉语》通行教材关于结构助词“的、地、得”的说明；没有公文标准条文。",
    examples: &[
        Example {
            bad: "让我们把干部群众紧密的团结起来。", good: "让我们更加紧密地团结在一起，实现更加紧密的团结。"
        },
        Example {
            bad: "把困难估计的更充分一些。", good: "把困难估计得更充分一些，作出充分的估计。"
        },
        Example {
            bad: "我们深深的懂得，必须紧紧的依靠群众。",
            good: "我们深深地懂得，必须紧紧地依靠群众，这是深深的情谊。",
        },
        Example {
            bad: "要不折不扣的把任务落实到位。", good: "要不折不扣地把任务落实到位，这是不折不扣的任务。"
        },
    ],
    tags: &[],
    check: Check::Words(&WRONG_DE, check),
    message,
};

fn check(_: &str, range: Range, hits: &mut Hits) {
    hits.push(range, ());
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let simplified = WRONG_DE.value(&fold(found));
    let right = context.spelled(simplified).unwrap_or_else(|| simplified.to_owned());
    let text = context.say(
        format!("的地得：“{found}”应为“{right}”"),
        format!("的地得：“{found}”應為“{right}”"),
        format!("‘{found}’ should be ‘{right}’"),
    );
    Message { text, fix: context.replaced(simplified, Grade::Offered) }
}
