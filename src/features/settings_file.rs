//! What an editor offers and explains inside `jianggao.toml`, from what the settings declare.
//!
//! The file is read as far as it goes: while something is typed it is rarely whole.

mod scan;

use crate::features::completion::Candidate;
use crate::features::hover::Hover;
use crate::features::markdown::escaped;
use crate::locale::Locale;
use crate::rules::{self, RULES, Rule, Text};
use crate::settings::Severity;
use crate::settings::amend::quoted;
use crate::settings::keys::{self, Entries, Key, Kind, TABLES, Table, said};
use crate::text::{Document, Lines, Point, Span};
use scan::{File, Place};

/// What may stand at `at`: tables, settings, rules, levels, values. `blanks` are the placeholders of
/// the drafts for which the file counts. Narrowed by what is typed there; the most likely come first.
pub fn complete(document: &Document, blanks: &[String], at: Point, locale: Locale) -> Vec<Candidate> {
    let text = document.whole();
    let file = File::scan(&text);
    let at = document.offset(at).min(text.len());
    let (range, offers) = match file.place(&text, at) {
        Place::Nothing => return Vec::new(),
        Place::Header(range) => (range, tables(&file, locale)),
        Place::Key { table, range, has_value } => {
            let mut offers = entries(&file, &table, blanks, has_value, locale);
            // On a line of its own another table may begin as well.
            if table.len() < 2 && !has_value {
                offers.extend(tables(&file, locale));
            }
            (range, offers)
        }
        Place::Value { path, range } => (range, values(&path, locale)),
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

fn tables(file: &File, locale: Locale) -> Vec<Offer> {
    let is_list = |table: &Table| matches!(table.entries, Entries::List(..));
    let is_missing = |table: &&Table| !table.name.is_empty() && (is_list(table) || !file.has(&[table.name]));
    let missing = TABLES.iter().filter(is_missing);
    let offer = |table: &Table| {
        let text = if is_list(table) { format!("[[{}]]", table.name) } else { format!("[{}]", table.name) };
        Offer { names: vec![text.clone()], detail: first_clause(said(table.about, locale)), text }
    };
    missing.map(offer).collect()
}

fn entries(file: &File, path: &[String], blanks: &[String], has_value: bool, locale: Locale) -> Vec<Offer> {
    let name = path.first().map_or("", String::as_str);
    let Some(table) = keys::table(name).filter(|_| path.len() < 2) else {
        return Vec::new();
    };
    let line = |key: &str, value: &str| if has_value { key.to_owned() } else { format!("{key} = {value}") };
    let is_missing = |key: &str| if name.is_empty() { !file.has(&[key]) } else { !file.has(&[name, key]) };
    // Another of the tables may have it.
    let is_list = matches!(table.entries, Entries::List(..));
    match table.entries {
        Entries::Keys(keys) | Entries::List(keys, _) => keys
            .iter()
            .filter(|key| is_list || is_missing(key.name))
            .map(|key| Offer {
                names: vec![key.name.to_owned()],
                detail: first_clause(said(key.about, locale)),
                text: line(key.name, &example(key)),
            })
            .collect(),
        Entries::Levels => RULES
            .iter()
            .filter(|rule| is_missing(rule.code) && is_missing(rule.name))
            .map(|rule| Offer {
                names: vec![rule.code.to_owned(), rule.name.to_owned()],
                detail: rule.text(locale).name.to_owned(),
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
        Kind::Number { example, .. } | Kind::Count { example, .. } => example.to_string(),
        Kind::Texts(_) | Kind::Patterns(_) | Kind::Files(_) | Kind::Several => "[]".to_owned(),
        Kind::Text { .. } | Kind::File { .. } => "\"\"".to_owned(),
        Kind::Mark => "true".to_owned(),
        Kind::Pairs { .. } => "{ }".to_owned(),
    }
}

fn values(path: &[String], locale: Locale) -> Vec<Offer> {
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
                detail: said(keys::about_level(level), locale).to_owned(),
                text: quoted(name),
            })
            .collect(),
        (_, Some(Kind::Switch { default, .. })) => [true, false]
            .map(|on| {
                plain(
                    on.to_string(),
                    if *default == Some(on) { locale.pick("默认", "預設", "default") } else { "" }.to_owned(),
                )
            })
            .into(),
        (_, Some(Kind::Number { example, unit, .. } | Kind::Count { example, unit, .. })) => {
            vec![plain(example.to_string(), counted(unit, locale).to_owned())]
        }
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
pub fn hover(document: &Document, at: Point, locale: Locale) -> Option<Hover> {
    let text = document.whole();
    let file = File::scan(&text);
    let (path, range) = file.word(document.offset(at))?;
    let markdown = match path {
        scan::Word::Key(path) => explained(&path, locale)?,
        scan::Word::Value(path) => {
            let [table, _] = &two(&path);
            let written = text.get(range.clone())?.trim_matches(['"', '\'']);
            let level = keys::LEVELS.into_iter().find(|&level| keys::level_names(level).contains(&written))?;
            matches!(keys::table(table)?.entries, Entries::Levels).then_some(())?;
            let about = said(keys::about_level(level), locale);
            let (name, chinese) = names_of_level(level, locale);
            locale.pick(
                format!("`{name}` {chinese}：{about}"),
                format!("`{name}` {chinese}：{about}"),
                format!("`{name}`: {about}"),
            )
        }
    };
    Some(Hover { markdown, span: Span::new(document.point(range.start), document.point(range.end)) })
}

fn explained(path: &[String], locale: Locale) -> Option<String> {
    if let [name] = path
        && let Some(table) = keys::table(name)
    {
        let header =
            if matches!(table.entries, Entries::List(..)) { format!("[[{name}]]") } else { format!("[{name}]") };
        return Some(format!("`{header}` {}", said(table.about, locale)));
    }
    let [table, name] = &two(path);
    let table = keys::table(table)?;
    match table.entries {
        Entries::Levels => rules::find(name).map(|rule| explained_rule(rule, locale)),
        Entries::Facts => Some(locale.pick(
            format!("“{name}”要填入的文字"),
            format!("「{name}」要填入的文字"),
            format!("The text to fill “{name}” in with"),
        )),
        Entries::Keys(_) | Entries::List(..) => {
            let key = table.key(name)?;
            Some(format!("`{name}` {}\n\n{}", said(key.about, locale), takes(&key.kind, locale)))
        }
    }
}

fn explained_rule(rule: &Rule, locale: Locale) -> String {
    let Text { name, summary, why, .. } = rule.text(locale);
    let [summary, why] = [summary, why].map(escaped);
    let (level, chinese) = names_of_level(rule.severity, locale);
    let default = locale.pick(
        format!("默认：`{level}`（{chinese}）"),
        format!("預設：`{level}`（{chinese}）"),
        format!("Default: `{level}`"),
    );
    format!("**{name}** `{}`\n\n{summary}\n\n{why}\n\n{default}", rule.code)
}

/// The name of a level, and the Chinese one, in Traditional characters where these are asked for.
fn names_of_level(level: Option<Severity>, locale: Locale) -> (&'static str, &'static str) {
    let [name, chinese] = keys::level_names(level);
    let traditional = level.map_or("關閉", |level| level.name_in(Locale::Hant));
    (name, if locale == Locale::Hant { traditional } else { chinese })
}

/// What a setting takes, and what counts without it.
fn takes(kind: &Kind, locale: Locale) -> String {
    let default = |value: String| {
        locale.pick(format!("，默认 {value}"), format!("，預設 {value}"), format!(", {value} if not set"))
    };
    let default = match kind {
        Kind::Switch { default: Some(on), .. } => default(format!("`{on}`")),
        Kind::Number { default: Some(number), .. } => default(number.to_string()),
        _ => String::new(),
    };
    let takes = match kind {
        Kind::Switch { .. } | Kind::Mark => {
            locale.pick("`true` 或 `false`", "`true` 或 `false`", "`true` or `false`").to_owned()
        }
        Kind::Number { range, unit, .. } | Kind::Count { range, unit, .. } => {
            let (unit, least, most) = (counted(unit, locale), range.start(), range.end());
            locale.pick(
                format!("{unit}，{least} 到 {most}"),
                format!("{unit}，{least} 到 {most}"),
                format!("{unit}, {least} to {most}"),
            )
        }
        Kind::Texts(_) | Kind::Several => locale.pick("字符串列表", "字串列表", "A list of strings").to_owned(),
        Kind::Patterns(_) => {
            locale.pick("正则表达式列表", "正則表達式列表", "A list of regular expressions").to_owned()
        }
        Kind::Pairs { example: [from, to] } => {
            let table = locale.pick("表，如", "表，如", "A table, such as");
            format!("{table} `{{ \"{from}\" = \"{to}\" }}`")
        }
        Kind::Files(_) => locale.pick("文件列表", "檔案列表", "A list of files").to_owned(),
        Kind::Text { example, .. } | Kind::File { example, .. } => {
            let text = locale.pick("字符串，如", "字串，如", "A string, such as");
            format!("{text} `\"{example}\"`")
        }
    };
    takes + &default
}

/// What the numbers of a setting count.
fn counted([chinese, english]: &[&'static str; 2], locale: Locale) -> &'static str {
    match locale {
        Locale::English => english,
        locale => said(chinese, locale),
    }
}

/// Short enough to stand beside a name in a list.
fn first_clause(about: &str) -> String {
    about.split(['：', '；', '。', ':', ';', '.']).next().unwrap_or(about).to_owned()
}

#[cfg(test)]
mod tests;
