//! 并称次序: 国务院、党中央.

use super::{Check, Example, FindingContext, Message, Rule, Severity};
use crate::lexicon::PRECEDENCE;
use crate::text::Grade;
use crate::text::fold::fold;

pub static RULE: Rule = Rule {
    code: "precedence-order",
    name: "并称次序",
    severity: Some(Severity::Information),
    summary: "党政机关并称，先后颠倒：“国务院、党中央”“市政府、市委”。",
    why: "先党委后政府、先人大后政府和政协，是固定的次序。后面还有字、可能是另一个机关的（市政府、市委宣传部）不报。",
    source: "《党政机关公文处理工作条例》第九条（联合行文时主办机关在前）；并称的次序是通行的写法。",
    examples: &[Example {
        bad: "要坚决贯彻国务院、党中央的决策部署。",
        good: "要坚决贯彻党中央、国务院的决策部署，市政府、市委宣传部抓好落实。",
    }],
    tags: &[],
    check: Check::Words(&PRECEDENCE, |_, range, hits| hits.push(range, ())),
    message,
};

fn message(context: &FindingContext<'_>) -> Message {
    let (found, meant) = (context.found(), PRECEDENCE.value(&fold(context.found())));
    let meant = context.spelled(meant).unwrap_or_else(|| meant.to_owned());
    let text = context.say(
        format!("并称的次序颠倒：这里是“{found}”，通常写“{meant}”"),
        format!("並稱的次序顛倒：這裡是“{found}”，通常寫“{meant}”"),
        format!("‘{found}’ here, the usual order is ‘{meant}’"),
    );
    Message { text, fix: context.replaced_raw(&meant, Grade::Offered) }
}
