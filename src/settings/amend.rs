//! Changes to a settings file that leave the rest of it as it is.

use std::ops::Range;

use toml_edit::{Document, Item, Table, TableLike, Value};

use super::{KnownRule, keys};

/// What is to be passed over from now on.
#[derive(Clone, Copy, Debug)]
pub enum Ignore<'a> {
    /// Findings about exactly this text.
    Text(&'a str),
    /// All findings of a rule.
    Rule(KnownRule),
    /// The findings of a rule within these words of a draft, whose path starts at the settings file.
    Place { rule: KnownRule, text: &'a str, file: &'a str },
}

/// Why nothing is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The file says so already.
    SaysSo,
    /// The file, or what it says of this, is not in order.
    Broken,
}

/// What is to be replaced in the settings file `text` (bytes), and by what.
pub fn ignoring(text: &str, what: Ignore<'_>) -> Result<(Range<usize>, String), Refused> {
    let file = Document::parse(text).map_err(|_| Refused::Broken)?;
    let (range, new) = match what {
        Ignore::Text(allowed) => allow(text, file.as_table(), allowed),
        Ignore::Rule(rule) => switch_off(text, file.as_table(), rule),
        Ignore::Place { rule, text: words, file: draft } => except(text, file.as_table(), rule, words, draft),
    }?;
    Ok((range, if text.contains("\r\n") { new.replace('\n', "\r\n") } else { new }))
}

fn allow(text: &str, file: &Table, allowed: &str) -> Result<(Range<usize>, String), Refused> {
    let quoted = quoted(allowed);
    let Some(list) = file.get("allow") else {
        let at = top(text);
        let gap = if text[..at].ends_with('\n') || at == 0 { "" } else { "\n" };
        let more = if text[at..].is_empty() { "" } else { "\n" };
        return Ok((at..at, format!("{gap}allow = [{quoted}]\n{more}")));
    };
    let list = list.as_array().ok_or(Refused::Broken)?;
    if list.iter().any(|known| known.as_str() == Some(allowed)) {
        return Err(Refused::SaysSo);
    }
    let open = list.span().ok_or(Refused::Broken)?.start + 1;
    let more = if list.is_empty() { quoted } else { format!("{quoted}, ") };
    Ok((open..open, more))
}

fn switch_off(text: &str, file: &Table, (code, name): KnownRule) -> Result<(Range<usize>, String), Refused> {
    let Some(rules) = file.get("rules") else {
        let gap = if text.is_empty() {
            ""
        } else if text.ends_with('\n') {
            "\n"
        } else {
            "\n\n"
        };
        return Ok((text.len()..text.len(), format!("{gap}[rules]\n{code} = \"off\"\n")));
    };
    let table = rules.as_table_like().ok_or(Refused::Broken)?;
    // Of several levels for one rule the last counts.
    let level = table.iter().filter(|(key, _)| [code, name].contains(key)).last();
    if let Some((_, level)) = level {
        if level.as_str().is_some_and(|level| keys::level_names(None).contains(&level)) {
            return Err(Refused::SaysSo);
        }
        let span = level.as_value().and_then(toml_edit::Value::span).ok_or(Refused::Broken)?;
        return Ok((span, "\"off\"".to_owned()));
    }
    match rules {
        Item::Table(table) if table.is_dotted() => {
            let at = top(text);
            Ok((at..at, format!("rules.{code} = \"off\"\n")))
        }
        // Behind the line with the name of the table.
        Item::Table(_) => {
            let header = rules.span().ok_or(Refused::Broken)?.start;
            let end = text[header..].find(['\r', '\n']).map_or(text.len(), |n| header + n);
            Ok((end..end, format!("\n{code} = \"off\"")))
        }
        _ => {
            let open = rules.span().ok_or(Refused::Broken)?.start + 1;
            let more = if table.is_empty() { " " } else { "," };
            Ok((open..open, format!(" {code} = \"off\"{more}")))
        }
    }
}

fn except(
    text: &str,
    file: &Table,
    (code, name): KnownRule,
    words: &str,
    draft: &str,
) -> Result<(Range<usize>, String), Refused> {
    let is_same = |table: &dyn TableLike| {
        let value = |key: &str| table.get(key).and_then(Item::as_str);
        value("text") == Some(words)
            && value("rule").is_some_and(|rule| rule == code || rule == name)
            && value("file").is_none_or(|file| file == draft)
    };
    let (words, draft) = (quoted(words), quoted(draft));
    match file.get("ignore") {
        Some(Item::ArrayOfTables(list)) if list.iter().any(|table| is_same(table)) => Err(Refused::SaysSo),
        None | Some(Item::ArrayOfTables(_)) => {
            let gap = match text {
                "" => "",
                _ if text.ends_with('\n') => "\n",
                _ => "\n\n",
            };
            let table = format!("{gap}[[ignore]]\nrule = \"{code}\"\ntext = {words}\nfile = {draft}\n");
            Ok((text.len()..text.len(), table))
        }
        Some(Item::Value(Value::Array(list))) => {
            if list.iter().filter_map(Value::as_inline_table).any(|table| is_same(table)) {
                return Err(Refused::SaysSo);
            }
            let open = list.span().ok_or(Refused::Broken)?.start + 1;
            let more = if list.is_empty() { "" } else { ", " };
            Ok((open..open, format!("{{ rule = \"{code}\", text = {words}, file = {draft} }}{more}")))
        }
        Some(_) => Err(Refused::Broken),
    }
}

/// Where settings without a table begin: behind a first line that is for other programs.
fn top(text: &str) -> usize {
    match text.starts_with("#:") {
        true => text.find('\n').map_or(text.len(), |n| n + 1),
        false => 0,
    }
}

/// `text` as a string of TOML.
pub fn quoted(text: &str) -> String {
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
    use crate::settings::{Settings, Severity};

    const GAP: KnownRule = ("numbering-gap", "跳号");

    #[track_caller]
    fn check(text: &str, what: Ignore<'_>, expected: Result<&str, Refused>) {
        let made = ignoring(text, what).map(|(range, new)| {
            let mut text = text.to_owned();
            text.replace_range(range, &new);
            text
        });
        assert_eq!(made.as_deref().map_err(|&refused| refused), expected);
        if let Ok(made) = made {
            let (settings, problems) = Settings::parse(&made, &[GAP]);
            assert_eq!(problems, []);
            match what {
                Ignore::Text(text) => assert!(settings.allows(text)),
                Ignore::Place { text, .. } => assert!(settings.exceptions.iter().any(|e| e.text == text)),
                Ignore::Rule(_) => assert_eq!(settings.severity(GAP.0, Some(Severity::Hint)), None),
            }
            assert_eq!(ignoring(&made, what), Err(Refused::SaysSo));
        }
    }

    #[test]
    fn a_text() {
        let text = Ignore::Text("XX\"牌");
        check("", text, Ok("allow = [\"XX\\\"牌\"]\n"));
        check("# 本单位\n[rules]\n", text, Ok("allow = [\"XX\\\"牌\"]\n\n# 本单位\n[rules]\n"));
        check("#:schema a.json\n[rules]\n", text, Ok("#:schema a.json\nallow = [\"XX\\\"牌\"]\n\n[rules]\n"));
        check("allow = [\"甲\"] # 旧\n", text, Ok("allow = [\"XX\\\"牌\", \"甲\"] # 旧\n"));
        check("allow = [ # 一\n  '甲', # 二\n]\n", text, Ok("allow = [\"XX\\\"牌\",  # 一\n  '甲', # 二\n]\n"));
        check("allow = []\n", text, Ok("allow = [\"XX\\\"牌\"]\n"));
        check("[rules]\r\n", text, Ok("allow = [\"XX\\\"牌\"]\r\n\r\n[rules]\r\n"));
        check("allow = ['XX\"牌']\n", text, Err(Refused::SaysSo));
        check("allow = [\n", text, Err(Refused::Broken));
        check("allow = \"甲\"\n", text, Err(Refused::Broken));
    }

    #[test]
    fn a_rule() {
        let rule = Ignore::Rule(GAP);
        check("", rule, Ok("[rules]\nnumbering-gap = \"off\"\n"));
        check("allow = [\"甲\"]", rule, Ok("allow = [\"甲\"]\n\n[rules]\nnumbering-gap = \"off\"\n"));
        check("[rules] # 等级\n[speech]\n", rule, Ok("[rules] # 等级\nnumbering-gap = \"off\"\n[speech]\n"));
        check("[rules]\nnumbering-gap = \"hint\"\n", rule, Ok("[rules]\nnumbering-gap = \"off\"\n"));
        check("[rules]\n\"跳号\" = \"提示\" # 旧\n", rule, Ok("[rules]\n\"跳号\" = \"off\" # 旧\n"));
        check("rules = {}\n", rule, Ok("rules = { numbering-gap = \"off\" }\n"));
        check("rules = { \"跳号\" = \"错误\" }\n", rule, Ok("rules = { \"跳号\" = \"off\" }\n"));
        check(
            "speech.target-minutes = 20\n",
            rule,
            Ok("speech.target-minutes = 20\n\n[rules]\nnumbering-gap = \"off\"\n"),
        );
        check("[rules]\nnumbering-gap = \"关闭\"\n", rule, Err(Refused::SaysSo));
        check("rules = 3\n", rule, Err(Refused::Broken));
        check("[rules\n", rule, Err(Refused::Broken));
    }

    #[test]
    fn a_place() {
        let place = Ignore::Place { rule: GAP, text: "三、\"甲\"", file: "春/稿.txt" };
        let new = "[[ignore]]\nrule = \"numbering-gap\"\ntext = \"三、\\\"甲\\\"\"\nfile = \"春/稿.txt\"\n";
        check("", place, Ok(new));
        check("[rules]", place, Ok(&format!("[rules]\n\n{new}")));
        let other = "[[ignore]]\nrule = \"跳号\"\ntext = \"乙\"\n";
        check(other, place, Ok(&format!("{other}\n{new}")));
        let inline = "{ rule = \"numbering-gap\", text = \"三、\\\"甲\\\"\", file = \"春/稿.txt\" }";
        check("ignore = []\n", place, Ok(&format!("ignore = [{inline}]\n")));
        check("[[ignore]]\nrule = \"跳号\"\ntext = '三、\"甲\"'\n", place, Err(Refused::SaysSo));
        check("ignore = 3\n", place, Err(Refused::Broken));
        check("[[ignore\n", place, Err(Refused::Broken));
    }

    #[test]
    fn a_rule_beside_dotted_ones() {
        let other = Ignore::Rule(GAP);
        let (range, new) = ignoring("rules.placeholder = \"error\"\n", other).unwrap();
        assert_eq!((range, new.as_str()), (0..0, "rules.numbering-gap = \"off\"\n"));
        let (range, new) = ignoring("rules = { placeholder = \"error\" }\n", other).unwrap();
        assert_eq!((range, new.as_str()), (9..9, " numbering-gap = \"off\","));
    }
}
