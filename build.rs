//! Makes static tables of the words in `src/lexicon/*.tsv`; `src/lexicon.rs` describes the columns.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// A row without its sentences.
struct Row {
    word: String,
    before: String,
    after: String,
    value: String,
}

fn main() {
    let folder = Path::new("src/lexicon");
    println!("cargo:rerun-if-changed=src/lexicon");
    println!("cargo:rerun-if-changed=build.rs");
    let mut files: Vec<_> = fs::read_dir(folder)
        .expect("src/lexicon")
        .map(|entry| entry.expect("an entry of src/lexicon").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "tsv"))
        .collect();
    files.sort();
    let mut classes: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for path in &files {
        println!("cargo:rerun-if-changed={}", path.display());
        let text = fs::read_to_string(path).expect("a table is text");
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
        ends.sort_by_key(|n| rows[*n].word.bytes().rev().collect::<Vec<u8>>());
        let constant = constant(name);
        writeln!(code, "pub static {constant}: Class = Class {{ name: {name:?}, rows: &[").unwrap();
        for Row { word, before, after, value } in rows.iter() {
            let (before, after) = (side(before), side(after));
            writeln!(code, "    Row {{ word: {word:?}, before: {before}, after: {after}, value: {value:?} }},")
                .unwrap();
        }
        writeln!(code, "], ends: &{ends:?} }};").unwrap();
    }
    let names: Vec<String> = classes.keys().map(|name| format!("&{}", constant(name))).collect();
    writeln!(code, "/// All classes, by name.\npub static CLASSES: &[&Class] = &[{}];", names.join(", ")).unwrap();
    let target = Path::new(&env::var("OUT_DIR").expect("OUT_DIR")).join("lexicon.rs");
    fs::write(target, code).expect("the tables are written");
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
