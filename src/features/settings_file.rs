//! What an editor offers and explains inside `jianggao.toml`, from what the settings declare.
//!
//! The file is read as far as it goes: while something is typed it is rarely whole.

mod scan;

use crate::features::completion::Candidate;
use crate::features::hover::Hover;
use crate::features::markdown::escaped;
use crate::rules::{self, RULES, Rule};
use crate::settings::amend::quoted;
use crate::settings::keys::{self, Entries, Key, Kind, TABLES, Table};
use crate::text::{Document, Lines, Point, Span};
use scan::{File, Place};

/// What may stand at `at`: tables, settings, rules, levels, values. `blanks` are the placeholders of
/// the drafts for which the file counts. Narrowed by what is typed there; the most likely come first.
pub fn complete(document: &Document, blanks: &[String], at: Point) -> Vec<Candidate> {
    let text = document.whole();
    let file = File::scan(&text);
    let at = document.offset(at).min(text.len());
    let (range, offers) = match file.place(&text, at) {
        Place::Nothing => return Vec::new(),
        Place::Header(range) => (range, tables(&file)),
        Place::Key { table, range, has_value } => {
            let mut offers = entries(&file, &table, blanks, has_value);
            // On a line of its own another table may begin as well.
            if table.len() < 2 && !has_value {
                offers.extend(tables(&file));
            }
            (range, offers)
        }
        Place::Value { path, range } => (range, values(&path)),
    };
    let typed = text.get(range.start..at).unwrap_or("").trim_matches(['"', '\'', '[']).to_lowercase();
    let span = Span::new(document.point(range.start), document.point(range.end));
    let fits = |offer: &Offer| offer.names.iter().any(|name| begins(name, &typed));
    let candidate = |offer: Offer| Candidate {
        label: offer.names[0].clone(),
        detail: offer.detail,
        filter: offer.text.clone(),
        text: offer.text,
        span,
    };
    offers.into_iter().filter(fits).map(candidate).collect()
}

/// Whether what is typed begins the name, or a word of it; Han characters may stand anywhere.
fn begins(name: &str, typed: &str) -> bool {
    let name = name.trim_start_matches('[');
    name.starts_with(typed)
        || name.split('-').any(|word| word.starts_with(typed))
        || !typed.is_ascii() && name.contains(typed)
}

/// Something that may be written.
struct Offer {
    /// What it goes by; the first is shown.
    names: Vec<String>,
    detail: String,
    text: String,
}

fn tables(file: &File) -> Vec<Offer> {
    let is_list = |table: &Table| matches!(table.entries, Entries::List(_));
    let is_missing = |table: &&Table| !table.name.is_empty() && (is_list(table) || !file.has(&[table.name]));
    let missing = TABLES.iter().filter(is_missing);
    let offer = |table: &Table| {
        let text = if is_list(table) { format!("[[{}]]", table.name) } else { format!("[{}]", table.name) };
        Offer { names: vec![text.clone()], detail: first_clause(table.about), text }
    };
    missing.map(offer).collect()
}

fn entries(file: &File, path: &[String], blanks: &[String], has_value: bool) -> Vec<Offer> {
    let name = path.first().map_or("", String::as_str);
    let Some(table) = keys::table(name).filter(|_| path.len() < 2) else {
        return Vec::new();
    };
    let line = |key: &str, value: &str| if has_value { key.to_owned() } else { format!("{key} = {value}") };
    let is_missing = |key: &str| if name.is_empty() { !file.has(&[key]) } else { !file.has(&[name, key]) };
    // Another of the tables may have it.
    let is_list = matches!(table.entries, Entries::List(_));
    match table.entries {
        Entries::Keys(keys) | Entries::List(keys) => keys
            .iter()
            .filter(|key| is_list || is_missing(key.name))
            .map(|key| Offer {
                names: vec![key.name.to_owned()],
                detail: first_clause(key.about),
                text: line(key.name, &example(key)),
            })
            .collect(),
        Entries::Levels => RULES
            .iter()
            .filter(|rule| is_missing(rule.code) && is_missing(rule.name))
            .map(|rule| Offer {
                names: vec![rule.code.to_owned(), rule.name.to_owned()],
                detail: rule.name.to_owned(),
                text: line(rule.code, "\"off\""),
            })
            .collect(),
        Entries::Facts => blanks
            .iter()
            .filter(|blank| is_missing(blank))
            .map(|blank| Offer {
                names: vec![blank.clone()],
                detail: String::new(),
                text: line(&quoted(blank), "\"\""),
            })
            .collect(),
    }
}

/// A value that changes something.
fn example(key: &Key) -> String {
    match &key.kind {
        Kind::Switch { default, .. } => (*default != Some(true)).to_string(),
        Kind::Number { example, .. } => example.to_string(),
        Kind::Texts(_) | Kind::Patterns(_) | Kind::Files(_) => "[]".to_owned(),
        Kind::Text { .. } => "\"\"".to_owned(),
    }
}

fn values(path: &[String]) -> Vec<Offer> {
    let [table, name] = &two(path);
    let Some(table) = keys::table(table) else {
        return Vec::new();
    };
    let plain = |text: String, detail: String| Offer { names: vec![text.clone()], detail, text };
    match (&table.entries, table.key(name).map(|key| &key.kind)) {
        // The English names, then the Chinese ones.
        (Entries::Levels, _) => [0, 1]
            .into_iter()
            .flat_map(|which| keys::LEVELS.map(|level| (keys::level_names(level)[which], level)))
            .map(|(name, level)| Offer {
                names: vec![name.to_owned()],
                detail: keys::about_level(level).to_owned(),
                text: quoted(name),
            })
            .collect(),
        (_, Some(Kind::Switch { default, .. })) => [true, false]
            .map(|on| plain(on.to_string(), if *default == Some(on) { "默认".to_owned() } else { String::new() }))
            .into(),
        (_, Some(Kind::Number { example, unit, .. })) => vec![plain(example.to_string(), unit[0].to_owned())],
        _ => Vec::new(),
    }
}

/// The table and the name of a setting; one of the file itself stands in the table without a name.
fn two(path: &[String]) -> [String; 2] {
    match path {
        [name] => [String::new(), name.clone()],
        [table, name] => [table.clone(), name.clone()],
        _ => Default::default(),
    }
}

/// Explains the table, setting, rule or level at `at`.
pub fn hover(document: &Document, at: Point) -> Option<Hover> {
    let text = document.whole();
    let file = File::scan(&text);
    let (path, range) = file.word(document.offset(at))?;
    let markdown = match path {
        scan::Word::Key(path) => explained(&path)?,
        scan::Word::Value(path) => {
            let [table, _] = &two(&path);
            let written = text.get(range.clone())?.trim_matches(['"', '\'']);
            let level = keys::LEVELS.into_iter().find(|&level| keys::level_names(level).contains(&written))?;
            matches!(keys::table(table)?.entries, Entries::Levels).then_some(())?;
            let [name, chinese] = keys::level_names(level);
            format!("`{name}` {chinese}：{}", keys::about_level(level))
        }
    };
    Some(Hover { markdown, span: Span::new(document.point(range.start), document.point(range.end)) })
}

fn explained(path: &[String]) -> Option<String> {
    if let [name] = path
        && let Some(table) = keys::table(name)
    {
        let header =
            if matches!(table.entries, Entries::List(_)) { format!("[[{name}]]") } else { format!("[{name}]") };
        return Some(format!("`{header}` {}", table.about));
    }
    let [table, name] = &two(path);
    let table = keys::table(table)?;
    match table.entries {
        Entries::Levels => rules::find(name).map(explained_rule),
        Entries::Facts => Some(format!("“{name}”要填入的文字")),
        Entries::Keys(_) | Entries::List(_) => {
            let key = table.key(name)?;
            Some(format!("`{name}` {}\n\n{}", key.about, takes(&key.kind)))
        }
    }
}

fn explained_rule(rule: &Rule) -> String {
    let Rule { code, name, summary, why, severity, .. } = rule;
    let [level, chinese] = keys::level_names(*severity);
    let [summary, why] = [summary, why].map(|text| escaped(text));
    format!("**{name}** `{code}`\n\n{summary}\n\n{why}\n\n默认：`{level}`（{chinese}）")
}

/// What a setting takes, and what counts without it.
fn takes(kind: &Kind) -> String {
    match kind {
        Kind::Switch { default, .. } => {
            let default = default.map(|on| format!("，默认 `{on}`"));
            format!("`true` 或 `false`{}", default.unwrap_or_default())
        }
        Kind::Number { range, unit, default, .. } => {
            let default = default.map(|number| format!("，默认 {number}"));
            format!("{}，{} 到 {}{}", unit[0], range.start(), range.end(), default.unwrap_or_default())
        }
        Kind::Texts(_) => "字符串列表".to_owned(),
        Kind::Patterns(_) => "正则表达式列表".to_owned(),
        Kind::Files(_) => "文件列表".to_owned(),
        Kind::Text { example, .. } => format!("字符串，如 `\"{example}\"`"),
    }
}

/// Short enough to stand beside a name in a list.
fn first_clause(about: &str) -> String {
    about.split(['：', '；', '。']).next().unwrap_or(about).to_owned()
}

#[cfg(test)]
mod tests;
