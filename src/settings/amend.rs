//! Changes to a settings file that leave the rest of it as it is.

use std::ops::Range;

use toml_edit::{Document, Item, Table};

/// What is to be passed over from now on.
#[derive(Clone, Copy, Debug)]
pub enum Ignore<'a> {
    /// Findings about exactly this text.
    Text(&'a str),
    /// All findings of the rule with this code.
    Rule(&'a str),
}

/// What is to be replaced in the settings file `text`, and by what. `None` when the file is no TOML,
/// or says so already.
pub fn ignoring(text: &str, what: Ignore<'_>) -> Option<(Range<usize>, String)> {
    let file = Document::parse(text).ok()?;
    match what {
        Ignore::Text(allowed) => allow(text, file.as_table(), allowed),
        Ignore::Rule(code) => switch_off(text, file.as_table(), code),
    }
}

fn allow(text: &str, file: &Table, allowed: &str) -> Option<(Range<usize>, String)> {
    let quoted = quoted(allowed);
    let Some(list) = file.get("allow") else {
        // Settings without a table come first.
        let line = format!("allow = [{quoted}]\n");
        return Some((0..0, if text.is_empty() { line } else { format!("{line}\n") }));
    };
    let list = list.as_array()?;
    if list.iter().any(|known| known.as_str() == Some(allowed)) {
        return None;
    }
    let open = list.span()?.start + 1;
    let more = if list.is_empty() { quoted } else { format!("{quoted}, ") };
    Some((open..open, more))
}

fn switch_off(text: &str, file: &Table, code: &str) -> Option<(Range<usize>, String)> {
    let Some(rules) = file.get("rules") else {
        let gap = if text.is_empty() {
            ""
        } else if text.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        return Some((text.len()..text.len(), format!("{gap}[rules]\n{code} = \"off\"\n")));
    };
    let table = rules.as_table()?;
    if let Some(level) = table.get(code) {
        let off = level.as_str().is_some_and(|level| ["off", "关闭"].contains(&level));
        let span = level.as_value().and_then(toml_edit::Value::span)?;
        return (!off).then(|| (span, "\"off\"".to_owned()));
    }
    // Behind the line with the name of the table.
    let header = Item::span(rules)?.start;
    let end = text.get(header..)?.find('\n').map_or(text.len(), |n| header + n);
    Some((end..end, format!("\n{code} = \"off\"")))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    #[track_caller]
    fn check(text: &str, what: Ignore<'_>, expected: Option<&str>) {
        let made = ignoring(text, what).map(|(range, new)| {
            let mut text = text.to_owned();
            text.replace_range(range, &new);
            text
        });
        assert_eq!(made.as_deref(), expected);
        if let Some(made) = made {
            let (_, problems) = Settings::parse(&made, &[("numbering-gap", "跳号")]);
            assert_eq!(problems, []);
        }
    }

    #[test]
    fn a_text() {
        let text = Ignore::Text("XX\"牌");
        check("", text, Some("allow = [\"XX\\\"牌\"]\n"));
        check("# 本单位\n[rules]\n", text, Some("allow = [\"XX\\\"牌\"]\n\n# 本单位\n[rules]\n"));
        check("allow = [\"甲\"] # 旧\n", text, Some("allow = [\"XX\\\"牌\", \"甲\"] # 旧\n"));
        check("allow = []\n", text, Some("allow = [\"XX\\\"牌\"]\n"));
        check("allow = ['XX\"牌']\n", text, None);
        check("allow = [\n", text, None);
    }

    #[test]
    fn a_rule() {
        let rule = Ignore::Rule("numbering-gap");
        check("", rule, Some("[rules]\nnumbering-gap = \"off\"\n"));
        check("allow = [\"甲\"]", rule, Some("allow = [\"甲\"]\n\n[rules]\nnumbering-gap = \"off\"\n"));
        check("[rules] # 等级\n[speech]\n", rule, Some("[rules] # 等级\nnumbering-gap = \"off\"\n[speech]\n"));
        check("[rules]\nnumbering-gap = \"hint\"\n", rule, Some("[rules]\nnumbering-gap = \"off\"\n"));
        check("[rules]\nnumbering-gap = \"关闭\"\n", rule, None);
    }
}
