//! Short names that the draft defines: 全县重点水利工程（以下简称“水利工程”）, and where they are used.
//!
//! A use counts only where it stands as a whole for certain: in quotes or title marks of its own, or,
//! for a name of three characters and more, between marks and words that no name begins or ends with.
//! 方案 in 实施方案 is another word.

use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;

use super::markdown::escaped;
use super::references::speech_of;
use crate::analysis::{Analysis, Speech};
use crate::lexicon::dictionary::boundary;
use crate::locale::Locale;
use crate::text::chars::{after, before};
use crate::text::{Lines, Point, Range, Span};

/// A short name, and all places where it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortName {
    pub name: String,
    /// The words in front of its definition: what it stands for is their end.
    pub stands_for: String,
    /// Where it is used, the definition first.
    pub uses: Vec<Span>,
    /// The one that was asked about.
    pub span: Span,
}

impl ShortName {
    /// Says in Markdown what it stands for.
    pub fn explained(&self, locale: Locale) -> String {
        let Self { name, stands_for, uses, .. } = self;
        let (name, stands_for) = (escaped(name), escaped(stands_for));
        let line = uses.first().map_or(0, |span| span.start.line + 1);
        let count = uses.len();
        locale.pick(
            format!("**{name}** 简称，第 {line} 行：{stands_for}（以下简称“{name}”）\n\n全文 {count} 处"),
            format!("**{name}** 簡稱，第 {line} 行：{stands_for}（以下簡稱“{name}”）\n\n全文 {count} 處"),
            format!("**{name}** short name, line {line}: {stands_for}\n\n{count} uses"),
        )
    }
}

static DEFINITION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "[（(](?:以下|下文|文中)?(?:统称|統稱|简称|簡稱|下称|下稱|称|稱)(?:为|為|作)?[：:]?\
         (?:[“‘](?P<a>[^“”‘’（）]{2,36})[”’]|《(?P<b>[^《》（）]{2,36})》|(?P<c>[^“”‘’《》（）()，。；：、\\s]{3,36}))[）)]",
    )
    .ok()
});

/// A definition: the line in the speech, the name, and where the bracket opens.
struct Definition {
    line: u32,
    name: Range,
    open: usize,
}

fn definitions(speech: &Speech, base: u32, lines: &dyn Lines) -> Vec<(Definition, String)> {
    let mut found: Vec<(Definition, String)> = Vec::new();
    let Some(form) = &*DEFINITION else { return found };
    for (n, paragraph) in speech.lines.iter().enumerate() {
        if !paragraph.is_read() || speech.outline.parts.is_boilerplate(n as u32) {
            continue;
        }
        let line = lines.line(base as usize + n);
        let (text, _) = paragraph.reading(&line);
        if !text.contains(['称', '稱']) {
            continue;
        }
        for captures in form.captures_iter(text) {
            let Some(name) = ["a", "b", "c"].into_iter().find_map(|name| captures.name(name)) else { continue };
            let open = captures.get(0).map_or(0, |all| all.start());
            let range = Range::new(name.start(), name.end());
            found.push((Definition { line: n as u32, name: range, open }, name.as_str().to_owned()));
        }
    }
    // Of two with one name none is certain.
    let count = |name: &str, all: &[(Definition, String)]| all.iter().filter(|(_, other)| other == name).count();
    let single: Vec<bool> = found.iter().map(|(_, name)| count(name, &found) == 1).collect();
    let mut single = single.into_iter();
    found.retain(|_| single.next() == Some(true));
    found
}

/// The short name that is used or defined at `at`.
pub fn short_name_at(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Option<ShortName> {
    let (base, speech) = speech_of(analysis, at)?;
    for (definition, name) in definitions(speech, base, lines) {
        let uses = uses_of(&definition, &name, speech, base, lines);
        if let Some(&span) = uses.iter().find(|span| span.touches(at)) {
            let line = lines.line((base + definition.line) as usize);
            let (text, _) = speech.lines[definition.line as usize].reading(&line);
            let stands_for = clause(text.get(..definition.open).unwrap_or(""));
            return Some(ShortName { stands_for: stands_for.to_owned(), name, uses, span });
        }
    }
    None
}

/// The short names that a draft defines, each with the line of its definition.
pub fn defined(analysis: &Analysis, lines: &dyn Lines) -> Vec<(String, u32)> {
    let of = |(base, speech): (usize, &std::sync::Arc<Speech>)| {
        let all = definitions(speech, base as u32, lines).into_iter();
        all.map(move |(definition, name)| (name, base as u32 + definition.line))
    };
    analysis.speeches().flat_map(of).collect()
}

/// Where a name that was a short one is first used: a long one may have any words behind it, and one of two characters
/// where a clause begins with it.
pub fn first_use(text: &str, name: &str) -> Option<Range> {
    const LONG: usize = 3;
    let in_front = if name.chars().count() >= LONG { IN_FRONT } else { "" };
    let is_word = |at: usize| !in_front.is_empty() || boundary(text, at + name.len()).is_none_or(|bits| bits > 0);
    let begins = |at: usize| is_edge(before(text, at), in_front) && is_word(at);
    let mut places = memmem::find_iter(text.as_bytes(), name.as_bytes());
    places.find(|&at| is_whole(text, at, name) || begins(at)).map(|at| Range::new(at, at + name.len()))
}

/// What is in front of a definition, from the last mark on that ends a clause.
fn clause(text: &str) -> &str {
    let start = text.rfind(['，', '。', '；', '：', '！', '？']).map_or(0, |at| at + '，'.len_utf8());
    text.get(start..).unwrap_or("").trim()
}

fn uses_of(definition: &Definition, name: &str, speech: &Speech, base: u32, lines: &dyn Lines) -> Vec<Span> {
    let name_in_line = speech.lines[definition.line as usize].to_line(definition.name);
    let mut uses = vec![Span::in_line(base + definition.line, name_in_line)];
    for (n, paragraph) in speech.lines.iter().enumerate().skip(definition.line as usize) {
        if !paragraph.is_read() || speech.outline.parts.is_boilerplate(n as u32) {
            continue;
        }
        let line = lines.line(base as usize + n);
        let (text, _) = paragraph.reading(&line);
        let from = if n as u32 == definition.line { definition.name.end as usize } else { 0 };
        let places = memmem::find_iter(&text.as_bytes()[from..], name.as_bytes()).map(|at| from + at);
        let whole = places.filter(|&at| is_whole(text, at, name));
        uses.extend(whole.map(|at| {
            let range = paragraph.to_line(Range::new(at, at + name.len()));
            Span::in_line(base + n as u32, range)
        }));
    }
    uses
}

/// Words of one character that stand in front of a name, and are no part of one.
const IN_FRONT: &str =
    "的在对對由和与與向把将將从從为為是到于於及让讓使要按据據被给給跟同就则則而并並又也都应應须須能可请請以";
/// And behind one.
const BEHIND: &str = "的是在要将將和与與及等对對为為以已也都就从從由向把被或并並";

fn is_edge(c: Option<char>, words: &str) -> bool {
    c.is_none_or(|c| !c.is_alphanumeric() || words.contains(c))
}

/// True when the name at `at` is no part of a longer word.
fn is_whole(text: &str, at: usize, name: &str) -> bool {
    let (left, right) = (before(text, at), after(text, at + name.len()));
    if matches!((left, right), (Some('“'), Some('”')) | (Some('‘'), Some('’')) | (Some('《'), Some('》'))) {
        return true;
    }
    name.chars().count() >= 3 && is_edge(left, IN_FRONT) && is_edge(right, BEHIND)
}
