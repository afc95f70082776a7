//! The documentation of a rule, from the rule itself: `docs/rules.md` and `docs/rules/<code>.md`.

use std::fmt::Write as _;

use super::{Check, RULES, Rule};
use crate::locale::Locale;

const GENERATED: &str = "<!-- 由规则本身生成（src/rules/page.rs），不要手改；更新：UPDATE_EXPECT=1 cargo test --locked --test it rules -->\n";

/// The page of one rule, in Markdown, as it stands beside the other documents.
pub fn page(rule: &Rule) -> String {
    format!("{GENERATED}\n{}", written(rule, Locale::Hans, |text, file| format!("[{text}]({file})")))
}

/// The page by itself: in the language of the reader, without links to documents that may not be there.
pub fn alone(rule: &Rule, locale: Locale) -> String {
    written(rule, locale, |text, _| text.to_owned())
}

fn written(rule: &Rule, locale: Locale, link: fn(&str, &str) -> String) -> String {
    let (code, text) = (rule.code, rule.text(locale));
    let level = level_name(rule, locale);
    let default = locale.pick("默认级别：", "預設級別：", "default level: ");
    let mut out = format!("# {}\n\n`{code}` · {default}{level}\n", text.name);
    for (heading, text) in [
        (locale.pick("是什么", "是什麼", "What"), text.summary),
        (locale.pick("为什么", "為什麼", "Why"), text.why),
        (locale.pick("依据", "依據", "Source"), text.source),
    ] {
        let _ = write!(out, "\n## {heading}\n\n{}\n", escaped(text));
    }
    let _ = write!(out, "\n## {}\n", locale.pick("示例", "示例", "Examples"));
    let (wrong, right) = (locale.pick("错：", "錯：", "Wrong:"), locale.pick("对：", "對：", "Right:"));
    for example in rule.examples {
        let _ =
            write!(out, "\n{wrong}\n\n```text\n{}\n```\n\n{right}\n\n```text\n{}\n```\n", example.bad, example.good);
    }
    let settings = link("`jianggao.toml`", "../configuration.md");
    out += &locale.pick(
        format!("\n## 怎样关闭\n\n在 {settings} 里，对所有稿件：\n\n"),
        format!("\n## 怎樣關閉\n\n在 {settings} 裡，對所有稿件：\n\n"),
        format!("\n## How to switch it off\n\nIn {settings}, for all drafts:\n\n"),
    );
    let _ = write!(out, "```toml\n[rules]\n{code} = \"off\"\n```\n\n");
    out += locale.pick("也可以不关闭而改级别：", "也可以不關閉而改級別：", "Or give it another level: ");
    out += locale.pick(
        "`\"hint\"`、`\"information\"`、`\"warning\"`、`\"error\"`。\n",
        "`\"hint\"`、`\"information\"`、`\"warning\"`、`\"error\"`。\n",
        "`\"hint\"`, `\"information\"`, `\"warning\"`, `\"error\"`.\n",
    );
    // A rule about suppressions is not suppressed in the draft: the note would be the fault.
    if !matches!(rule.check, Check::Findings(_)) {
        let all = link(locale.pick("全部写法", "全部寫法", "all ways"), "../rules.md#在稿子里忽略");
        out += &locale.pick(
            format!("\n在稿子里，只对一处（{all}）：\n\n```text\n这一行有要放过的问题。"),
            "\n在稿子裡，只對一處：\n\n```text\n這一行有要放過的問題。".to_owned(),
            "\nIn a draft, for one place:\n\n```text\n这一行有要放过的问题。".to_owned(),
        );
        let _ = write!(out, "【讲稿：忽略 {code}】\n```\n\n");
        out += locale.pick(
            "Markdown 稿可以写成注释，不会显示出来：\n\n",
            "Markdown 稿可以寫成註解，不會顯示出來：\n\n",
            "In Markdown it can be a comment, which is not shown:\n\n",
        );
        let next = locale.pick("下一行有要放过的问题。", "下一行有要放過的問題。", "下一行有要放过的问题。");
        let _ = write!(out, "```markdown\n<!-- 讲稿：忽略 {code} -->\n{next}\n```\n");
    }
    out
}

/// The index of all rules, in Markdown.
pub fn index() -> String {
    let mut out = format!(
        "{GENERATED}\n# 规则\n\n\
         共 {} 条。`jianggao rules` 列出全部，`jianggao explain <代码或名称>` 说明一条。\n\n{}",
        RULES.len(),
        table("rules/", Locale::Hans)
    );
    out.push_str(SUPPRESSIONS);
    out
}

/// The rules as a table; `folder` is where the pages are. The name is the Chinese one: it may stand in drafts.
pub fn table(folder: &str, locale: Locale) -> String {
    let mut out = String::from(locale.pick(
        "| 代码 | 名称 | 默认级别 | 查什么 |\n",
        "| 代碼 | 名稱 | 預設級別 | 查什麼 |\n",
        "| code | name | default | what |\n",
    ));
    out += "|---|---|---|---|\n";
    for rule in RULES {
        let (code, name, summary) = (rule.code, rule.name, escaped(rule.text(locale).summary));
        let level = level_name(rule, locale);
        let _ = writeln!(out, "| [`{code}`]({folder}{code}.md) | {name} | {level} | {summary} |");
    }
    out
}

/// A rule's words are plain text; Markdown must not read them as its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '*' | '_' | '`' | '[' | ']' | '|' | '\\' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

fn level_name(rule: &Rule, locale: Locale) -> &'static str {
    rule.severity.map_or(locale.pick("关闭", "關閉", "off"), |severity| severity.name_in(locale))
}

const SUPPRESSIONS: &str = "
## 级别

| 级别 | 意思 |
|---|---|
| 错误 | 必须改；`check` 以 1 退出 |
| 警告 | 应当改；`check` 默认以 1 退出 |
| 信息 | 供参考：可能有问题，拿不准 |
| 提示 | 写法上的建议 |

同一条规则，拿不准的一处可能比默认级别低。级别在 [`jianggao.toml`](configuration.md) 的 `[rules]` 里改。

## 在稿子里忽略

纯文本稿用【】，Markdown 稿还可以用注释 `<!-- … -->`，两种写法哪种稿子都认。

| 写法 | 范围 |
|---|---|
| `……。【讲稿：忽略】` 在行末 | 这一行 |
| `【讲稿：忽略】` 独占一行 | 下一行 |
| `【讲稿：忽略开始】` 到 `【讲稿：忽略结束】` | 中间各行 |
| `【讲稿：忽略全文】` | 整个文件 |

后面可以写规则的代码或名称，只忽略这几条：`【讲稿：忽略 placeholder、编号跳号】`；不写就是全部。
`ignore`、`ignore-start`、`ignore-end`、`ignore-file` 意思相同：`<!-- jianggao: ignore-file placeholder -->`。
不起作用的忽略会以 [`unused-suppression`](rules/unused-suppression.md) 提示出来，定稿前记得删掉。
";
