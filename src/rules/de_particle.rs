//! 的地得: 雄辩的证明

use std::sync::LazyLock;

use super::words::Table;
use super::{Case, Check, Example, Hits, Message, Rule, Severity};
use crate::text::{Grade, Range};
use crate::text::chars::{after, before, is_han};

pub static RULE: Rule = Rule {
    code: "de-particle",
    name: "的地得",
    severity: Some(Severity::Hint),
    summary: "固定说法里的“的”“地”“得”用错了：“雄辩的证明了”应为“雄辩地证明了”。",
    why: "只查表里列出的说法：状语后面用“地”，补语前面用“得”。“更好的服务”“深刻的认识”这类两可的不查。",
    source: "《现代汉语》通行教材关于结构助词“的、地、得”的说明；没有公文标准条文。",
    examples: &[
        Example { bad: "让我们把干部群众紧密的团结起来。", good: "让我们更加紧密地团结在一起，实现更加紧密的团结。" },
        Example { bad: "把困难估计的更充分一些。", good: "把困难估计得更充分一些，作出充分的估计。" },
        Example { bad: "我们深深的懂得，必须紧紧的依靠群众。", good: "我们深深地懂得，必须紧紧地依靠群众，这是深深的情谊。" },
        Example { bad: "要不折不扣的把任务落实到位。", good: "要不折不扣地把任务落实到位，这是不折不扣的任务。" },
    ],
    check: Check::Words(&TABLE, check),
    speak,
};

/// Adverbs, and the verbs that follow with 地. The verbs are none that also are nouns after 的.
const ADVERBIAL: [(&str, &str); 24] = [
    // 紧密的团结在 is a misquoted formulation.
    ("紧密的", "团结起来 联系在 结合起来"),
    ("雄辩的", "证明 说明"),
    ("不折不扣的", "把 将 贯彻 落实 执行 抓 完成 做"),
    ("毫不动摇的", "坚持 把 贯彻 推进 巩固 走"),
    ("坚定不移的", "走 把 将 贯彻 推进 推动 抓 坚持 沿着"),
    ("一以贯之的", "抓 把 坚持 贯彻"),
    ("持之以恒的", "抓 把 推进 坚持 做"),
    ("扎扎实实的", "做 抓 推进 把 干 开展"),
    ("实实在在的", "为群众 把 干 抓"),
    ("更多的", "引进 争取"),
    ("更好的", "发挥 推动 促进 满足"),
    ("切实的", "加强 把 抓 做 履行 提高"),
    ("充分的", "发挥 调动 听取"),
    ("牢牢的", "把握 抓住 守住 记住 掌握 团结"),
    ("认真的", "贯彻 落实 抓 把 履行 执行"),
    ("积极的", "推动 争取 投身 参与到"),
    ("自觉的", "把 将 维护 践行 同党中央"),
    ("深深的", "感到 懂得 体会到 认识到"),
    ("清醒的", "看到 认识到"),
    ("深刻的", "认识到 领会 懂得 体会到"),
    ("大力的", "推进 推动 弘扬 培育"),
    ("紧紧的", "围绕 依靠 抓住 团结在 团结起来 盯住"),
    ("真真切切的", "感受到 体会到 感到"),
    ("实实在在的", "感受到 解决"),
];

/// Verbs, and what is said of how they are done with 得.
const COMPLEMENT: [(&str, &str); 7] = [
    ("估计的", "更充分 更足 充分一些 高一些 严重一些"),
    ("准备的", "更充分 更周全 更充足 更扎实 更细 充分一些"),
    ("考虑的", "更周全 更周到 更细 更长远 周全一些"),
    ("安排的", "更周密 更细 更紧凑 井井有条"),
    ("抓的", "更紧 更实 更细 很紧 很实"),
    ("做的", "更好 更细 更实 很好 不够"),
    ("干的", "更好 热火朝天 有声有色 很好"),
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let expand = |rows: &'static [(&str, &str)], particle: &'static str| {
        rows.iter().flat_map(move |(head, tails)| {
            tails.split(' ').map(move |tail| {
                let stem = head.strip_suffix('的').unwrap_or(head);
                (format!("{head}{tail}"), format!("{stem}{particle}{tail}"))
            })
        })
    };
    let said = ["讲", "說", "说", "講"].map(|verb| (format!("{verb}得是"), format!("{verb}的是")));
    Table::new(expand(&ADVERBIAL, "地").chain(expand(&COMPLEMENT, "得")).chain(said))
});

fn check(line: &str, range: Range, row: u32, hits: &mut Hits) {
    let (start, end) = (range.start as usize, range.end as usize);
    let found = range.of(line);
    let says = found.ends_with("得是");
    // 讲得是这个道理 at the end of a clause may be in order; a noun before 做的 makes it one.
    let noun = matches!(found.chars().next(), Some('抓' | '做' | '干')) && !before(line, start).is_none_or(is_han);
    // 积极的推动作用
    let noun = noun || line[end..].starts_with("作用") || line[end..].starts_with("者");
    if !noun && (!says || after(line, end).is_some_and(is_han)) {
        hits.push(range, row);
    }
}

fn speak(case: &Case<'_>) -> Message {
    let (found, right) = (case.found(), TABLE.remark(case.data()));
    let text = case.say(
        format!("的地得：“{found}”应为“{right}”"),
        format!("的地得：“{found}”應為“{right}”"),
        format!("‘{found}’ should be ‘{right}’"),
    );
    Message { text, fix: case.replaced(right, Grade::Offered) }
}
