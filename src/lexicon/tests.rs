//! Every row of the tables does what its sentences say, and would be missed.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::filter::{Filter, bucket};
use super::{CLASSES, Class, Probe, Row};
use crate::features::words;
use crate::settings::Settings;

type Off = Box<dyn Fn(&Class, &Row) -> bool>;

thread_local! {
    /// The rows that do not count for now.
    static OFF: RefCell<Option<Off>> = const { RefCell::new(None) };
}

/// False while the row has been taken away by [`without`].
pub fn is_on(class: &Class, row: &Row) -> bool {
    OFF.with_borrow(|off| off.as_ref().is_none_or(|off| !off(class, row)))
}

/// Does something while the rows that `off` names are not there, on this thread.
pub fn without<T>(off: impl Fn(&Class, &Row) -> bool + 'static, work: impl FnOnce() -> T) -> T {
    OFF.set(Some(Box::new(off)));
    let result = work();
    OFF.set(None);
    result
}

/// Does something while one of two halves of the words of a class is not there, the same each time.
pub fn without_half<T>(class: &'static Class, work: impl FnOnce() -> T) -> T {
    let is_in_half = |row: &Row| {
        row.word.bytes().fold(7_u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b))) >> 3 & 1 == 1
    };
    without(move |own, row| std::ptr::eq(own, class) && is_in_half(row), work)
}

/// The classes of many words that these tables have.
pub fn large_classes(tables: &[&str]) -> Vec<&'static Class> {
    const LARGE: usize = 12;
    let rows = || tables.iter().flat_map(|table| table.lines()).filter(|row| !row.starts_with('#'));
    let is_there = |class: &&Class| rows().any(|row| row.split('\t').nth(1) == Some(class.name));
    CLASSES.iter().copied().filter(|class| class.rows().count() >= LARGE).filter(is_there).collect()
}

struct Case {
    class: &'static Class,
    row: &'static Row,
    place: String,
    good: String,
    bad: String,
}

/// All rows with their sentences.
fn cases() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lexicon");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "tsv"));
    files.sort();
    let mut cases = Vec::new();
    let mut usual: BTreeMap<String, (String, String)> = BTreeMap::new();
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        for (n, line) in text.lines().enumerate() {
            let place = format!("{}:{}", path.file_name().unwrap().to_string_lossy(), n + 1);
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let cells: Vec<&str> = line.split('\t').collect();
            let cell = |n: usize| cells.get(n).copied().unwrap_or("").to_owned();
            let (word, name) = (cell(0), cell(1));
            if word == "*" {
                usual.insert(name, (cell(4), cell(5)));
                continue;
            }
            let class = CLASSES.iter().copied().find(|class| class.name == name).unwrap();
            let nth = seen.entry((name.clone(), word.clone())).or_default();
            let row = class.rows.iter().filter(|row| row.word == word).nth(*nth).unwrap();
            *nth += 1;
            let (good, bad) = usual.get(&name).cloned().unwrap_or_default();
            let own = |own: String, usual: String| if own.is_empty() { usual } else { own }.replace('～', &word);
            cases.push(Case { class, row, place, good: own(cell(4), good), bad: own(cell(5), bad) });
        }
    }
    cases
}

fn holds(class: &Class, row: &Row, sentence: &str) -> bool {
    words::holds(class, row, sentence, &Arc::default())
}

#[test]
fn every_row_does_what_its_sentences_say_and_is_alive() {
    let cases = cases();
    let mut wrong = Vec::new();
    for Case { class, row, place, good, bad } in &cases {
        let word = row.word;
        if good.is_empty() {
            wrong.push(format!("{place} {word}: no good sentence"));
            continue;
        }
        if !holds(class, row, good) {
            wrong.push(format!("{place} {word}: does nothing in {good}"));
            continue;
        }
        if !bad.is_empty() && holds(class, row, bad) {
            wrong.push(format!("{place} {word}: does its work in {bad}"));
        }
        let own: *const Row = *row;
        let alike = match class.probe {
            Probe::Blank(_) | Probe::Kind | Probe::Reading => {
                let read = || words::blanks(good, &Settings::default());
                read() == without(move |_, other| std::ptr::eq(other, own), read)
            }
            _ => without(move |_, other| std::ptr::eq(other, own), || holds(class, row, good)),
        };
        if alike {
            wrong.push(format!("{place} {word}: dead, {good} holds without it"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn words_are_simplified_and_sides_are_found() {
    for class in CLASSES.iter().filter(|class| !class.is_of_scripts()) {
        for row in class.rows {
            let folded: String = row.word.chars().map(crate::text::fold::simplified).collect();
            assert_eq!(folded, row.word, "{}", class.name);
            assert!(!row.word.is_empty(), "{}", class.name);
        }
    }
}

#[test]
fn the_longest_word_whose_sides_agree_is_found() {
    use super::{Item, Side};
    const fn row(word: &'static str, before: Side, after: Side) -> Row {
        Row { word, before, after, value: "" }
    }
    // In the order of their bytes: 万元, 亿, 亿元, 元.
    static ROWS: [Row; 4] = [
        row("万元", Side::Any, Side::Any),
        row("亿", Side::One(&[Item::Number]), Side::Any),
        row("亿元", Side::One(&[Item::Number]), Side::Not(&[Item::Text("户")])),
        row("元", Side::Any, Side::One(&[Item::Edge])),
    ];
    let class = Class {
        name: "units",
        rows: &ROWS,
        starts: &[('万', 0, 1), ('亿', 1, 3), ('元', 3, 4)],
        buckets: std::array::from_fn(|n| {
            ['万', '亿', '元'].into_iter().filter(|c| bucket(*c) < Some(n)).count() as u16
        }),
        ends: &[1, 3, 0, 2],
        stops: &[('亿', 0, 1), ('元', 1, 4)],
        firsts: Filter([u64::MAX; 16]),
        lasts: Filter([u64::MAX; 16]),
        probe: Probe::Words,
    };
    let at = |line: &str, mark: char| class.at(line, line.find(mark).unwrap()).map(|(_, row)| row.word);
    assert_eq!(at("五亿元，", '亿'), Some("亿元"));
    assert_eq!(at("五亿元户，", '亿'), Some("亿"));
    assert_eq!(at("以亿元计", '亿'), None);
    assert_eq!(at("元。", '元'), Some("元"));
    assert_eq!(at("元月", '元'), None);
    assert_eq!(class.find("约五亿人").map(|(range, _)| range.start), Some(6));
}
