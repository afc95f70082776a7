//! Reading tables and packs: rows of cells parted by tabs, under a header.

use super::entry::Text;
use super::fold::folded_text;
use super::{Confidence, Date, Entry, Kind, Misquote, MisquoteClass, Tier};

/// Why a line cannot be used, in Chinese and in English.
pub type Fault = [String; 2];

macro_rules! fault {
    ($hans:literal, $english:literal $(,)?) => {
        Err([format!($hans), format!($english)])
    };
}

/// What a pack says.
#[derive(Debug)]
pub(super) enum Line {
    Entry(Box<Entry>),
    /// `-*`: nothing of the earlier packs counts any more.
    AllOff,
    /// `-name`: the entry of that id or text does not count any more.
    Off(String),
}

/// The columns in the order of the built-in tables; a pack may leave out and reorder.
pub const COLUMNS: [&str; 21] = [
    "id", "text", "traditional", "kind", "members", "order", "full", "sense", "since", "until", "successor", "topics",
    "errors", "pinyin", "confidence", "source", "right", "wrong", "held", "verbs", "note",
];

/// The place of a column in [`COLUMNS`].
const fn column(name: &str) -> usize {
    let mut n = 0;
    while n < COLUMNS.len() {
        let (one, other) = (COLUMNS[n].as_bytes(), name.as_bytes());
        let mut same = one.len() == other.len();
        let mut at = 0;
        while same && at < one.len() {
            same = one[at] == other[at];
            at += 1;
        }
        if same {
            return n;
        }
        n += 1;
    }
    panic!("no such column")
}

/// What is done about rows that make no sense.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// They are found and reported.
    Checked,
    /// There are none: tests have looked.
    Trusted,
}

/// Reads a pack. The lines are numbered from 1; a line that cannot be used comes with the reason.
/// `keep` says how the texts of its cells are kept.
pub(super) fn read<'t>(
    text: &'t str,
    tier: Tier,
    care: Care,
    keep: impl Fn(&'t str) -> Text,
    mut take: impl FnMut(u32, Result<Line, Fault>),
) {
    let mut header: Option<Header> = None;
    for (n, line) in (1..).zip(text.lines()) {
        let line = line.trim_start_matches('\u{FEFF}').trim_end_matches('\r');
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        if let Some(name) = line.strip_prefix('-') {
            let line = match name.trim() {
                "" => fault!(
                    "“-”后面要写条目的 id 或文字，或者“*”",
                    "behind ‘-’ stands the id or the text of an entry, or ‘*’"
                ),
                "*" => Ok(Line::AllOff),
                name => Ok(Line::Off(name.to_owned())),
            };
            take(n, line);
            continue;
        }
        match &header {
            None => {
                let names: Vec<&str> = line.split('\t').map(str::trim).collect();
                if !names.contains(&"text") {
                    take(n, fault!("表头里没有 text 一列", "the head names no column text"));
                    return;
                }
                // What is no table of ours may be anything: nothing of it is quoted.
                for (column, name) in (1..).zip(&names) {
                    if !COLUMNS.contains(name) {
                        take(
                            n,
                            fault!(
                                "表头第 {column} 列不是已知的列",
                                "column {column} of the head is none that is known"
                            ),
                        );
                    }
                }
                header = Some(Header::new(&names));
            }
            Some(header) => {
                take(n, entry(header, line, tier, care, &keep).map(|entry| Line::Entry(Box::new(entry))));
            }
        }
    }
}

/// By column of [`COLUMNS`]: its place in the pack.
struct Header {
    places: [Option<usize>; COLUMNS.len()],
    width: usize,
}

impl Header {
    fn new(names: &[&str]) -> Self {
        Self { places: COLUMNS.map(|column| names.iter().position(|name| *name == column)), width: names.len() }
    }
}

/// A row of the built-in tables, which have the columns of [`COLUMNS`] in their order.
pub(super) fn built_in(row: &'static str, tier: Tier) -> Result<Entry, Fault> {
    let header = Header { places: std::array::from_fn(Some), width: COLUMNS.len() };
    entry(&header, row, tier, Care::Trusted, Text::Borrowed)
}

fn entry<'t>(
    header: &Header,
    line: &'t str,
    tier: Tier,
    care: Care,
    keep: impl Fn(&'t str) -> Text,
) -> Result<Entry, Fault> {
    let trimmed = |cell: &'t str| if care == Care::Trusted { cell } else { cell.trim() };
    let cells: Vec<&'t str> = line.split('\t').map(trimmed).collect();
    if cells.len() > header.width {
        let (n, width) = (cells.len(), header.width);
        return fault!("这一行有 {n} 格，表头只有 {width} 格", "the row has {n} cells, and its head {width}");
    }
    let at = |column: usize| -> &'t str {
        header.places.get(column).copied().flatten().and_then(|n| cells.get(n)).copied().unwrap_or("")
    };
    macro_rules! cell {
        ($name:literal) => {
            at(const { column($name) })
        };
    }
    let list = |cell: &'t str, separator: char| {
        let items = if cell.is_empty() { None } else { Some(cell.split(separator)) };
        items.into_iter().flatten().map(str::trim).filter(|item| !item.is_empty())
    };
    let texts = |cell: &'t str, separator: char| list(cell, separator).map(&keep).collect::<Vec<Text>>();

    let text = cell!("text");
    let checked = care == Care::Checked;
    if checked && folded_text(text).is_empty() {
        return fault!("text 是空的", "text is empty");
    }
    let kind = match cell!("kind") {
        "" => Kind::Term,
        name => match Kind::from_name(name) {
            Some(kind) => kind,
            None => return fault!("kind 不能是“{name}”", "there is no kind ‘{name}’"),
        },
    };
    let members = texts(cell!("members"), '；');
    for (n, member) in members.iter().enumerate() {
        if checked && members.get(..n).is_some_and(|m| m.contains(member)) {
            return fault!("“{member}”在 members 里出现了两次", "‘{member}’ stands twice in members");
        }
    }
    let fixed_order = match cell!("order") {
        "fixed" => true,
        "" | "free" | "open" => false,
        other => return fault!("order 不能是“{other}”", "there is no order ‘{other}’"),
    };
    let until = match cell!("until") {
        "" => None,
        date => match Date::parse(date) {
            None => return fault!("until 的“{date}”不是日期", "until: ‘{date}’ is no date"),
            until => until,
        },
    };
    let since = keep(cell!("since"));
    let traditional = cell!("traditional");
    if checked && !traditional.is_empty() && folded_text(traditional) != folded_text(text) {
        return fault!(
            "“{traditional}”不是“{text}”的繁体",
            "‘{traditional}’ is not ‘{text}’ in Traditional characters"
        );
    }
    let mut misquotes = Vec::new();
    for item in list(cell!("errors"), '；') {
        misquotes.push(misquote(item, text, &members, care, &keep)?);
    }
    let verbs = cell!("verbs");
    if checked
        && !verbs.is_empty()
        && verbs.split_once('≠').is_none_or(|(own, others)| own.is_empty() || others.is_empty())
    {
        return fault!("verbs 的“{verbs}”要写成“增强≠坚定｜做到”", "verbs: ‘{verbs}’ is not like ‘增强≠坚定｜做到’");
    }
    let id = match cell!("id") {
        "" => text,
        id => id,
    };
    Ok(Entry {
        number: 0,
        id: keep(id),
        text: keep(text),
        traditional: keep(traditional),
        kind,
        open_members: cell!("order") == "open",
        fixed_order: fixed_order && members.len() > 2,
        members,
        full: keep(cell!("full")),
        sense: keep(cell!("sense")),
        since_date: Date::parse(&since),
        since,
        until,
        successor: keep(cell!("successor")),
        topics: texts(cell!("topics"), ','),
        misquotes,
        pinyin: keep(cell!("pinyin")),
        confidence: match cell!("confidence") {
            "" | "high" => Confidence::High,
            "medium" => Confidence::Medium,
            "low" => Confidence::Low,
            other => return fault!("confidence 不能是“{other}”", "there is no confidence ‘{other}’"),
        },
        source: keep(cell!("source")),
        right: keep(cell!("right")),
        wrong: keep(cell!("wrong")),
        closed: cell!("held").ends_with('>'),
        held: match cell!("held").trim_end_matches('>') {
            "" => 0,
            "1" => 1,
            "2" => 2,
            "3" => 3,
            other => return fault!("held 不能是“{other}”", "there is no held ‘{other}’"),
        },
        verbs: keep(verbs),
        tier,
    })
}

fn misquote<'t>(
    item: &'t str,
    text: &str,
    members: &[Text],
    care: Care,
    keep: impl Fn(&'t str) -> Text,
) -> Result<Misquote, Fault> {
    let (class, rest) = match item.chars().next() {
        Some('~') => (MisquoteClass::Variant, &item[1..]),
        Some('?') => (MisquoteClass::Contextual, &item[1..]),
        Some('@') => (MisquoteClass::Stale, &item[1..]),
        Some('≈') => (MisquoteClass::Doubtful, &item['≈'.len_utf8()..]),
        _ => (MisquoteClass::Certain, item),
    };
    let (pair, date) = match (class, rest.rsplit_once('@')) {
        (MisquoteClass::Stale, Some((pair, date))) => {
            let Some(date) = Date::parse(date) else {
                return fault!("“{item}”里的“{date}”不是日期", "‘{item}’: ‘{date}’ is no date");
            };
            (pair, Some(date))
        }
        (MisquoteClass::Stale, None) => return fault!("“{item}”没有写明日期", "‘{item}’ names no date"),
        _ => (rest, None),
    };
    let (wrong, right) = match (class, pair.split_once('→')) {
        (_, Some(pair)) => pair,
        (MisquoteClass::Variant, None) => (pair, ""),
        (_, None) => {
            return fault!("“{item}”没有写明正确的写法（误→正）", "‘{item}’ does not say what is right (wrong→right)");
        }
    };
    let made = Misquote { class, wrong: keep(wrong), right: keep(right), since: date };
    if care == Care::Trusted {
        return Ok(made);
    }
    if folded_text(wrong).is_empty() || folded_text(wrong) == folded_text(right) {
        return fault!("“{item}”的误与正一样", "‘{item}’: wrong and right are the same");
    }
    match class {
        MisquoteClass::Certain | MisquoteClass::Doubtful if folded_text(text).contains(&folded_text(wrong)) => {
            return fault!("“{wrong}”既是对的又是错的", "‘{wrong}’ is both right and wrong");
        }
        MisquoteClass::Contextual if !members.iter().any(|m| m == right) => {
            return fault!("“{right}”不在 members 里", "‘{right}’ is none of the members");
        }
        _ => {}
    }
    Ok(made)
}

/// A fixed idiom and a usual slip in it.
#[derive(Clone, Debug)]
pub struct Typo {
    pub wrong: Text,
    pub right: Text,
    /// A sentence with the idiom as it should be.
    pub right_use: Text,
    /// The sentence with the slip.
    pub wrong_use: Text,
}

pub(super) fn typos(text: &'static str) -> Vec<Typo> {
    text.lines()
        .skip(1)
        .filter_map(|line| {
            let mut cells = line.split('\t').map(Text::Borrowed);
            Some(Typo {
                wrong: cells.next()?,
                right: cells.next()?,
                right_use: cells.next()?,
                wrong_use: cells.next()?,
            })
        })
        .collect()
}
