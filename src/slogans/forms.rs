//! The forms of an entry that completion inserts.

use super::fit::open_quote;
use super::patterns::is_numeral;
use super::query::{CompletionQuery, Position, Script};
use super::wordings::Source;
use super::{Entry, Kind, fold};

/// Which form of an entry a completion inserts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variant {
    /// 四个意识
    Bare,
    /// “四个意识”
    Quoted,
    /// “四个意识”（政治意识、…）
    WithMembers,
    /// 增强“四个意识”
    Full,
}

/// A text of the tables in the wanted characters, or `None` when that is not certain.
fn written(text: &str, script: Script) -> Option<String> {
    match script {
        Script::Simplified => Some(text.to_owned()),
        Script::Traditional => fold::traditional(text),
    }
}

pub(super) fn bare(entry: &Entry, script: Script) -> Option<String> {
    match script {
        Script::Traditional if !entry.traditional.is_empty() => Some(entry.traditional.to_string()),
        // Better in the other characters than not at all.
        _ => written(&entry.text, script).or_else(|| Some(entry.text.to_string())),
    }
}

fn in_quotes(start: usize, query: &CompletionQuery<'_>) -> bool {
    query
        .before
        .get(..start)
        .and_then(|before| before.chars().next_back())
        .is_some_and(|c| matches!(c, '“' | '"' | '「' | '『' | '‘'))
}

pub(super) fn quoted(entry: &Entry, start: usize, query: &CompletionQuery<'_>) -> Option<String> {
    let is_custom = entry.kind == Kind::Numbered || is_quoted_always(entry);
    if !is_custom || entry.text.contains(['“', '、', '〔']) || in_quotes(start, query) {
        return None;
    }
    let text = bare(entry, query.script)?;
    Some(match query.script {
        Script::Simplified => format!("“{text}”"),
        Script::Traditional => format!("「{text}」"),
    })
}

/// True of what custom puts in quotation marks: “四个意识”, “放管服”.
pub(super) fn is_quoted_always(entry: &Entry) -> bool {
    let is_short = entry.text.chars().count() <= 7 && !entry.text.contains(['“', '、', '〔']);
    let is_counted = entry.kind == Kind::Numbered && entry.text.starts_with(is_numeral);
    is_short && (is_counted || entry.full.contains(&format!("“{}”", entry.text)))
}

pub(super) fn with_members(entry: &Entry, start: usize, query: &CompletionQuery<'_>) -> Option<String> {
    if entry.open_members || entry.members.is_empty() {
        return None;
    }
    let text = quoted(entry, start, query)?;
    let members = written(&entry.joined(), query.script)?;
    Some(format!("{text}（{members}）"))
}

pub(super) fn longer(entry: &Entry, query: &CompletionQuery<'_>) -> Vec<String> {
    entry.longer().filter_map(|form| written(form, query.script)).collect()
}

/// The members as they stand in a draft.
pub(super) fn members(entry: &Entry, query: &CompletionQuery<'_>) -> Option<String> {
    written(&entry.joined(), query.script)
}

/// What may go in at byte `start` for an entry that is met by `source`, from its character `from` on: the usual form
/// first, with how much lower it ranks.
pub(super) fn forms(
    entry: &Entry,
    source: Source,
    from: usize,
    start: usize,
    query: &CompletionQuery<'_>,
) -> Vec<(Variant, i32, String)> {
    let script = query.script;
    let tail = |text: String| {
        let [head, tail] = [0, 1].map(|half| {
            let chars = text.chars();
            if half == 0 { chars.take(from).collect::<String>() } else { chars.skip(from).collect() }
        });
        open_quote(&head).map_or(tail.clone(), |quote| format!("{quote}{tail}"))
    };
    match source {
        Source::Longer(n) => {
            let form = longer(entry, query).into_iter().nth(n.into());
            return form.map(|text| (Variant::Full, 15, tail(text))).into_iter().collect();
        }
        Source::Members => {
            let Some(all) = members(entry, query).map(tail) else { return Vec::new() };
            let typed = query.before.get(start..).map_or(0, |typed| typed.chars().count());
            let goes_on = |(n, c): &(usize, char)| *n >= typed && matches!(c, '、' | '；');
            let one = all.chars().enumerate().find(|found| goes_on(found)).map(|(n, _)| all.chars().take(n).collect());
            let one = one.map(|one: String| (Variant::Bare, 0, one));
            return one.into_iter().chain([(Variant::WithMembers, 10, all)]).collect();
        }
        Source::Text if from > 0 => {
            return bare(entry, script).map(|text| (Variant::Bare, 0, tail(text))).into_iter().collect();
        }
        Source::Text => {}
    }
    let quoted = quoted(entry, start, query);
    let is_quoted = quoted.is_some() && is_quoted_always(entry);
    let [in_quotes, by_itself] = if is_quoted { [0, 700] } else { [700, 0] };
    let in_full = if query.position == Position::Salutation && entry.is_salutation() { -30 } else { 720 };
    let mut forms = vec![
        (Variant::Bare, by_itself, bare(entry, script)),
        (Variant::Quoted, in_quotes, quoted),
        (Variant::WithMembers, 710, with_members(entry, start, query)),
    ];
    forms.extend(longer(entry, query).into_iter().map(|form| (Variant::Full, in_full, Some(form))));
    forms.into_iter().filter_map(|(variant, below, text)| Some((variant, below, text?))).collect()
}

/// The text with its slots as tab stops, or `None` when it has none.
pub(super) fn snippet(text: &str) -> Option<String> {
    if !text.contains('〔') && !text.contains("……") {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 32);
    let mut stop = 0;
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((name, after)) = rest.strip_prefix('〔').and_then(|inner| inner.split_once('〕')) {
            stop += 1;
            if name == "……" {
                out.push_str(&format!("${stop}"));
            } else {
                out.push_str(&format!("${{{stop}:{}}}", escaped(name)));
            }
            rest = after;
        } else if let Some(after) = rest.strip_prefix("……") {
            stop += 1;
            out.push_str(&format!("${stop}"));
            rest = after;
        } else {
            let mut chars = rest.chars();
            if let Some(c) = chars.next() {
                out.push_str(&escaped(c.encode_utf8(&mut [0; 4])));
            }
            rest = chars.as_str();
        }
    }
    out.push_str("$0");
    Some(out)
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '$' | '}' | '\\') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
