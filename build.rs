//! Makes static tables of what the program knows, so that starting it costs nothing: of the words in
//! `src/lexicon/*.tsv` (`src/lexicon.rs` describes the columns), and of the formulations in
//! `src/slogans/*.tsv`, which the modules of the program itself read, and of the points in [`POINTS`].

#![allow(dead_code, unused_imports, reason = "of the program's modules only what lays out the tables is called")]

use std::collections::BTreeMap;
use std::fmt::{Debug, Write};
use std::path::Path;
use std::{env, fs};

use entry::{Confidence, Date, Entry, Kind, Misquote, MisquoteClass, Text, Tier};
use filter::{BUCKETS, Filter, bucket};
use patterns::{Pattern, Patterns};
use table::{Care, Line};

#[path = "src/slogans/entry.rs"]
mod entry;
#[path = "src/lexicon/filter.rs"]
mod filter;
#[path = "src/slogans/fold.rs"]
mod fold;
#[path = "src/slogans/patterns.rs"]
mod patterns;
#[path = "src/text/set.rs"]
mod set;
#[path = "src/text/fold.rs"]
mod shapes;
#[path = "src/slogans/table.rs"]
mod table;
mod text {
    pub(crate) use super::{set, shapes as fold};
}

/// The tables of the catalogue, in the order of `slogans::TABLES`.
const TABLES: [&str; 11] = [
    "core", "numbered", "principles", "terms", "parallels", "idioms", "phrases", "openings", "transitions", "closings",
    "exact",
];

/// The tables that have a column of points, by the names of their statics.
const POINTS: [(&str, &str); 7] = [
    ("COUNTS", "src/outline/counts.tsv"),
    ("EVIDENCE", "src/paragraph/evidence.tsv"),
    ("FAULTS", "src/outline/points.tsv"),
    ("GENRE", "src/paragraph/genre.tsv"),
    ("PLACEHOLDERS", "src/placeholder/points.tsv"),
    ("PRICES", "src/outline/prices.tsv"),
    ("SLIPS", "src/slip/points.tsv"),
];

/// A row without its sentences.
struct Row {
    word: String,
    before: String,
    after: String,
    value: String,
}

fn main() {
    for path in ["build.rs", "src/lexicon", "src/slogans", "src/text"] {
        println!("cargo:rerun-if-changed={path}");
    }
    words(Path::new("src/lexicon"));
    formulations(Path::new("src/slogans"));
    points();
}

/// The points of each table by their names; in a table of two columns before the points both are the name.
fn points() {
    let mut code = String::new();
    for (name, path) in POINTS {
        println!("cargo:rerun-if-changed={path}");
        let text = fs::read_to_string(path).expect("a table is text");
        let mut rows = text.lines().filter(|row| !row.starts_with('#')).map(|row| row.split('\t').collect::<Vec<_>>());
        let columns = rows.next().expect("a table names its columns");
        let at = columns.iter().position(|column| *column == "points").expect("a column of points");
        let key = if columns[0] == "place" { 2 } else { 1 };
        let mut points: Vec<(String, i32)> = rows
            .map(|row| {
                let name = row[..key].join(".");
                let points = row[at].parse().unwrap_or_else(|_| panic!("{path}: {name}: a number"));
                (name, points)
            })
            .collect();
        points.sort();
        writeln!(code, "pub static {name}: Points = Points::new(&{points:?});").unwrap();
    }
    write("points.rs", &code);
}

/// Writes a file for `include!`.
fn write(name: &str, code: &str) {
    let target = Path::new(&env::var("OUT_DIR").expect("OUT_DIR")).join(name);
    fs::write(target, code).expect("the tables are written");
}

/// The built-in tables, where their rows lie, and the patterns that they are found by. What has to be sent to where it
/// runs is `lean`: without the sentences that rows are tested by, and without what can be made at the start.
fn formulations(folder: &Path) {
    let lean = env::var_os("CARGO_FEATURE_LEAN").is_some();
    let read = |name: &str, sentences: [&str; 2]| -> &'static str {
        let mut text = fs::read_to_string(folder.join(name).with_extension("tsv")).expect("a table is text");
        if lean {
            text = without(&sentences, &text);
        }
        write(&format!("{name}.tsv"), &text);
        String::leak(text)
    };
    let (mut rows, mut entries): (Vec<(usize, usize, usize)>, Vec<Entry>) = Default::default();
    for (n, name) in TABLES.iter().enumerate() {
        let text = read(name, ["right", "wrong"]);
        let columns: Vec<&str> = text.lines().next().unwrap_or("").split('\t').collect();
        assert!(table::COLUMNS.starts_with(&columns), "{name}: the columns in their order");
        let mut ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        ends.push(text.len());
        table::read(text, Tier::BuiltIn, Care::Trusted, Text::Borrowed, |line, row| {
            let Ok(Line::Entry(entry)) = row else { panic!("{name}:{line}: {row:?}") };
            let line = line as usize - 1;
            rows.push((n, ends[line - 1] + 1, ends[line]));
            entries.push(Entry { number: entries.len() as u32, ..*entry });
        });
    }
    let typos = table::typos(read("typos", ["right_use", "wrong_use"]));
    let mut code = String::new();
    writeln!(code, "pub static ROWS: &[(u8, u32, u32)] = &{rows:?};").unwrap();
    if lean {
        writeln!(code, "pub static PATTERNS: Option<Patterns> = None;").unwrap();
        return write("slogans.rs", &code);
    }
    let Patterns { texts, patterns, buckets, filter, singles, longest, senses, long } =
        Patterns::new(entries.iter(), &typos);
    let pattern = |Pattern { role, entry, start, len }: &Pattern| {
        format!("Pattern {{ role: Role::{role:?}, entry: {entry}, start: {start}, len: {len} }}")
    };
    let patterns: Vec<String> = patterns.iter().map(pattern).collect();
    writeln!(code, "pub static PATTERNS: Option<Patterns> = Some(Patterns {{").unwrap();
    let mut table =
        |name: &str, rows: &dyn Debug| writeln!(code, "{name}: std::borrow::Cow::Borrowed(&{rows:?}),").unwrap();
    table("texts", &texts);
    table("buckets", &buckets);
    table("filter", &filter);
    table("senses", &senses);
    table("long", &long);
    writeln!(
        code,
        "patterns: std::borrow::Cow::Borrowed(&[{}]), singles: {singles}, longest: {longest} }});",
        patterns.join(",")
    )
    .unwrap();
    write("slogans.rs", &code);
}

/// A table with empty cells in these columns.
fn without(columns: &[&str], table: &str) -> String {
    let names: Vec<&str> = table.lines().next().unwrap_or("").split('\t').collect();
    let is_kept = |n: usize| !columns.contains(&names[n]);
    let row = |row: &str| -> String {
        let cells = row.split('\t').enumerate().map(|(n, cell)| if is_kept(n) { cell } else { "" });
        cells.collect::<Vec<_>>().join("\t") + "\n"
    };
    names.join("\t") + "\n" + &table.lines().skip(1).map(row).collect::<String>()
}

fn words(folder: &Path) {
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("src/lexicon")
        .map(|entry| entry.expect("an entry of src/lexicon").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .collect();
    files.sort();
    let mut classes: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut version = 0_u32;
    let mut probes: BTreeMap<String, String> = BTreeMap::new();
    for path in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(path).expect("a table is text");
        version = text.bytes().fold(version, |sum, b| (sum ^ u32::from(b)).wrapping_mul(0x0100_0193));
        for comment in text.lines().filter_map(|line| line.strip_prefix("# ")) {
            let words: Vec<&str> = comment.split(' ').collect();
            let probe = match words[..] {
                ["rule", code, ..] => format!("Probe::Rule({code:?})"),
                ["silence", code, ..] => format!("Probe::Silence({code:?})"),
                ["fact", name, ..] => format!("Probe::Fact({name:?})"),
                ["blank", name, ..] => format!("Probe::Blank({name:?})"),
                ["kind", "=", ..] => "Probe::Kind".to_owned(),
                ["reading", "=", ..] => "Probe::Reading".to_owned(),
                ["ordinal", name, ..] => format!("Probe::Ordinal({name:?})"),
                ["sign", "none", ..] => "Probe::Uncounted".to_owned(),
                ["sign", name, ..] => format!("Probe::Sign({name:?})"),
                _ => continue,
            };
            probes.extend(words[2..].iter().map(|class| ((*class).to_owned(), probe.clone())));
        }
        for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let cells: Vec<&str> = line.split('\t').collect();
            let place = format!("{}:{}", path.display(), n + 1);
            assert!((2..=7).contains(&cells.len()), "{place}: word, class, before, after, good, bad, value");
            let cell = |n: usize| cells.get(n).copied().unwrap_or("").to_owned();
            let class = cell(1);
            assert!(!class.is_empty() && class.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{place}: class");
            let rows = classes.entry(class).or_default();
            if cells[0] != "*" {
                rows.push(Row { word: cell(0), before: cell(2), after: cell(3), value: cell(6) });
            }
        }
    }
    let mut code = String::new();
    for (name, rows) in &mut classes {
        rows.sort_by(|a, b| a.word.cmp(&b.word));
        let mut ends: Vec<usize> = (0..rows.len()).collect();
        ends.sort_by_key(|n| (rows[*n].word.chars().next_back(), rows[*n].word.bytes().rev().collect::<Vec<u8>>()));
        let constant = constant(name);
        writeln!(code, "pub static {constant}: Class = Class {{ name: {name:?}, rows: &[").unwrap();
        for Row { word, before, after, value } in rows.iter() {
            let (before, after) = (side(before), side(after));
            writeln!(code, "    Row {{ word: {word:?}, before: {before}, after: {after}, value: {value:?} }},")
                .unwrap();
        }
        let (mut firsts, mut lasts) = (Filter::default(), Filter::default());
        rows.iter().for_each(|row| {
            firsts.add_first(&row.word);
            lasts.add_last(&row.word);
        });
        let probe = probes.get(name).map_or("Probe::Words", String::as_str);
        let starts = groups(rows.iter().map(|row| row.word.chars().next()));
        let begins = |n: usize| {
            move |group: &(char, u16, u16)| group.0 < '\u{4E00}' || bucket(group.0).is_some_and(|own| own < n)
        };
        let buckets: Vec<usize> = (0..=BUCKETS).map(|n| starts.partition_point(begins(n))).collect();
        let stops = groups(ends.iter().map(|n| rows[*n].word.chars().next_back()));
        writeln!(
            code,
            "], starts: &{starts:?}, buckets: {buckets:?}, ends: &{ends:?}, stops: &{stops:?}, firsts: {firsts:?}, lasts: {lasts:?},"
        )
        .unwrap();
        writeln!(code, "    probe: {probe} }};").unwrap();
    }
    let names: Vec<String> = classes.keys().map(|name| format!("&{}", constant(name))).collect();
    writeln!(code, "/// All classes, by name.\npub static CLASSES: &[&Class] = &[{}];", names.join(", ")).unwrap();
    writeln!(code, "/// A number that changes with the tables.\npub const VERSION: u32 = {version};").unwrap();
    write("lexicon.rs", &code);
}

/// Each character with where the run of it begins and ends.
fn groups(chars: impl Iterator<Item = Option<char>>) -> Vec<(char, u16, u16)> {
    let mut groups: Vec<(char, u16, u16)> = Vec::new();
    for (n, c) in (0..).zip(chars) {
        let c = c.expect("a word has a character");
        match groups.last_mut().filter(|(last, ..)| *last == c) {
            Some(group) => group.2 = n + 1,
            None => groups.push((c, n, n + 1)),
        }
    }
    groups
}

fn constant(class: &str) -> String {
    class.to_uppercase().replace('-', "_")
}

/// What a cell asks of one side of a word.
fn side(cell: &str) -> String {
    let (kind, cell) = match cell.strip_prefix('!') {
        Some(rest) => ("Not", rest),
        None if cell.is_empty() => return "Side::Any".into(),
        None => ("One", cell),
    };
    let items: Vec<String> = cell
        .split('|')
        .map(|item| match item {
            "^" => "Item::Edge".into(),
            "#" => "Item::Number".into(),
            _ => match item.strip_prefix('@') {
                Some(class) => format!("Item::Class(&{})", constant(class)),
                None => format!("Item::Text({item:?})"),
            },
        })
        .collect();
    format!("Side::{kind}(&[{}])", items.join(", "))
}
