//! `jianggao rules` and `jianggao explain`.

use std::fmt::Write as _;
use std::io;

use unicode_width::UnicodeWidthStr as _;

use super::arguments::{self, Format};
use super::output::{Look, Output, clean, print_error};
use crate::locale::Locale;
use crate::report::RuleList;
use crate::rules::{RULES, Rule};
use crate::settings::Severity;
use crate::settings::nearest::nearest;
use crate::workspace::pages;

pub(super) fn list(arguments: &arguments::Rules, output: &mut Output) -> io::Result<u8> {
    if let Some(folder) = &arguments.write_pages {
        let locale = output.locale;
        return match pages::write(folder.as_deref(), locale) {
            Ok(folder) => output.text(&format!("{}\n", clean(&folder.to_string_lossy()))).map(|()| 0),
            Err(error) => {
                let what = locale.pick("写不了规则的说明：", "寫不了規則的說明：", "cannot write the pages: ");
                print_error(locale, &format!("{what}{error}"));
                Ok(super::EXIT_ERROR)
            }
        };
    }
    if arguments.format == Format::Json {
        output.json(&RuleList::new(RULES))?;
    } else {
        let text = table(RULES, output.look());
        output.text(&text)?;
    }
    Ok(0)
}

pub(super) fn explain(arguments: &arguments::Explain, output: &mut Output) -> io::Result<u8> {
    match find(&arguments.rule, output.locale) {
        Ok(rule) => {
            let text = page(rule, output.look());
            output.text(&text).map(|()| 0)
        }
        Err(message) => {
            print_error(output.locale, &message);
            Ok(super::EXIT_ERROR)
        }
    }
}

/// The rule of this code or name; an error says what there is instead.
pub(super) fn find(name: &str, locale: Locale) -> Result<&'static Rule, String> {
    let wanted = name.trim();
    let found = RULES.iter().copied().find(|rule| {
        let mut names = [Locale::Hans, Locale::Hant, Locale::English].map(|locale| rule.text(locale).name).into_iter();
        rule.code.eq_ignore_ascii_case(wanted) || names.any(|name| name.eq_ignore_ascii_case(wanted))
    });
    found.ok_or_else(|| unknown(wanted, locale))
}

fn unknown(wanted: &str, locale: Locale) -> String {
    let names = RULES.iter().flat_map(|rule| [rule.code, rule.text(locale).name]);
    match nearest(wanted, names) {
        Some(name) => locale.pick(
            format!("没有规则“{wanted}”；是不是“{name}”？"),
            format!("沒有規則「{wanted}」；是不是「{name}」？"),
            format!("no rule `{wanted}`; did you mean `{name}`?"),
        ),
        None => locale.pick(
            format!("没有规则“{wanted}”；全部规则见 jianggao rules"),
            format!("沒有規則「{wanted}」；全部規則見 jianggao rules"),
            format!("no rule `{wanted}`; `jianggao rules` lists them all"),
        ),
    }
}

fn level(severity: Option<Severity>, locale: Locale) -> &'static str {
    match severity {
        Some(severity) => severity.name_in(locale),
        None => locale.pick("关闭", "關閉", "off"),
    }
}

fn table(rules: &[&Rule], look: Look) -> String {
    let rows: Vec<_> =
        rules.iter().map(|rule| (rule, rule.text(look.locale), level(rule.severity, look.locale))).collect();
    let code_width = rows.iter().map(|(rule, ..)| rule.code.width()).max().unwrap_or(0);
    let name_width = rows.iter().map(|(_, text, _)| text.name.width()).max().unwrap_or(0);
    let level_width = rows.iter().map(|(.., level)| level.width()).max().unwrap_or(0);
    let strong = look.palette.strong;
    let mut out = String::new();
    for (rule, text, level) in rows {
        let style = rule.severity.map_or(look.palette.faint, |severity| look.palette.severity(severity));
        let _ = writeln!(
            out,
            "{strong}{}{strong:#}{:code$}  {}{:name$}  {style}{level}{style:#}{:rest$}  {}",
            rule.code,
            "",
            text.name,
            "",
            "",
            text.summary,
            code = code_width - rule.code.width(),
            name = name_width - text.name.width(),
            rest = level_width - level.width(),
        );
    }
    out
}

fn page(rule: &Rule, look: Look) -> String {
    let (strong, locale) = (look.palette.strong, look.locale);
    let (text, code, level) = (rule.text(locale), rule.code, level(rule.severity, locale));
    let head = locale.pick(
        format!("（{}，默认：{level}）", text.name),
        format!("（{}，預設：{level}）", text.name),
        format!(" ({}; by default: {level})", text.name),
    );
    let mut out = format!("{strong}{code}{strong:#}{head}\n{}\n", text.summary);
    let parts =
        [(locale.pick("为什么", "為什麼", "Why"), text.why), (locale.pick("出处", "出處", "Source"), text.source)];
    for (heading, body) in parts.iter().filter(|(_, body)| !body.is_empty()) {
        let _ = write!(out, "\n{strong}{heading}{strong:#}\n{body}\n");
    }
    for example in rule.examples {
        let examples = [
            (locale.pick("不要这样", "不要這樣", "Not"), example.bad),
            (locale.pick("要这样", "要這樣", "But"), example.good),
        ];
        for (heading, body) in examples {
            let _ = write!(out, "\n{strong}{heading}{strong:#}\n");
            for line in body.lines() {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Example;
    use expect_test::expect;

    static GAP: Rule = Rule {
        code: "numbering-gap",
        name: "跳号",
        severity: Some(Severity::Warning),
        summary: "序号中间缺了一个",
        why: "听的人会以为漏了一段。",
        source: "实务",
        examples: &[Example { bad: "一、甲\n三、乙", good: "一、甲\n二、乙" }],
        tags: &[],
        check: crate::rules::Check::Findings(|_, _, _, _| Vec::new()),
        message: |_| crate::rules::Message::default(),
    };
    static SPEED: Rule = Rule { code: "pace", name: "语速快", severity: None, examples: &[], ..GAP };

    #[test]
    fn rules_in_columns() {
        expect![[r#"
            numbering-gap  跳号    警告  序号中间缺了一个
            pace           语速快  关闭  序号中间缺了一个
        "#]]
        .assert_eq(&table(&[&GAP, &SPEED], Look::default()));
    }

    #[test]
    fn a_page() {
        expect![[r#"
            numbering-gap（跳号，默认：警告）
            序号中间缺了一个

            为什么
            听的人会以为漏了一段。

            出处
            实务

            不要这样
                一、甲
                三、乙

            要这样
                一、甲
                二、乙
        "#]]
        .assert_eq(&page(&GAP, Look::default()));
    }
}
