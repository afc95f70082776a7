//! Reading `jianggao.toml`.

mod mistakes;

use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};

use regex::{Regex, RegexBuilder};
use toml_edit::{Document, Item, Key, TableLike, Value};

use super::formulations::NamedFiles;
use super::keys::{self, Entries, Kind, TABLES, Table, Texts};
use super::{KnownRule, Problem, Saying, Settings, Severity};

/// No file needs more problems told at a time.
const MOST_PROBLEMS: usize = 100;
/// Of each list this many entries count, each of at most so many bytes.
const MOST_TEXTS: usize = 1000;
const LONGEST_TEXT: usize = 1000;
const MOST_PATTERNS: usize = 200;
/// What the patterns of a file may take up, compiled, in all (bytes).
const PATTERN_BUDGET: usize = 8 << 20;
const MOST_PACKS: usize = 32;

pub(super) fn parse(text: &str, rules: &[KnownRule]) -> (Settings, Vec<Problem>) {
    let mut reader = Reader {
        rules,
        settings: Settings::default(),
        problems: Vec::new(),
        untold: 0,
        pattern_budget: PATTERN_BUDGET,
    };
    match Document::parse(text) {
        Ok(document) => reader.file(document.as_table()),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let (start, end) = (span.start.min(text.len()), span.end.min(text.len()));
            let message = mistakes::syntax(text, start, &error);
            reader.problems.push(Problem { range: start..end, message, severity: Severity::Error });
        }
    }
    reader.problems.sort_by_key(|problem| problem.range.start);
    if reader.untold > 0 {
        let message = mistakes::more(reader.untold);
        let range = reader.problems.last().map_or(0..0, |problem| problem.range.clone());
        reader.problems.push(Problem { range, message, severity: Severity::Warning });
    }
    (reader.settings, reader.problems)
}

struct Reader<'a> {
    rules: &'a [KnownRule],
    settings: Settings,
    problems: Vec<Problem>,
    /// How many more there are.
    untold: usize,
    /// What the patterns may still take up.
    pattern_budget: usize,
}

impl Reader<'_> {
    fn file(&mut self, file: &dyn TableLike) {
        for (key, item) in entries(file) {
            match keys::table(key.get()).filter(|table| !table.name.is_empty()) {
                Some(table) => self.table(table, key, item),
                None => self.setting(&TABLES[0], key, item),
            }
        }
    }

    fn table(&mut self, table: &'static Table, key: &Key, item: &Item) {
        if let Entries::List(keys, add) = table.entries {
            for said in self.list(table, keys, key, item) {
                add(&mut self.settings, said);
            }
            return;
        }
        let Some(found) = item.as_table_like() else {
            self.wrong_type(key, item, &mistakes::a_table(key.get()));
            return;
        };
        for (key, item) in entries(found) {
            match table.entries {
                Entries::Keys(_) => self.setting(table, key, item),
                Entries::Levels => self.rule(key, item),
                Entries::Facts => self.fact(key, item),
                Entries::List(..) => {}
            }
        }
    }

    fn setting(&mut self, table: &Table, key: &Key, item: &Item) {
        let Some(declared) = table.key(key.get()) else {
            self.unknown_key(key, table);
            return;
        };
        match &declared.kind {
            Kind::Switch { field, .. } => *field(&mut self.settings) = self.flag(key, item),
            Kind::Number { range, unit, example, field, .. } => {
                *field(&mut self.settings) = self.number(key, item, range, *unit, *example);
            }
            Kind::Texts(field) => *field(&mut self.settings) = self.texts(key, item),
            Kind::Patterns(field) => *field(&mut self.settings) = self.patterns(key, item),
            Kind::File { example, field } => *field(&mut self.settings) = self.file_named(key, item, example),
            Kind::Files(field) => *field(&mut self.settings) = self.texts_with_ranges(key, item, MOST_PACKS),
            Kind::Text { .. } | Kind::Mark | Kind::Count { .. } | Kind::Several | Kind::Pairs { .. } => {}
        }
    }

    /// The file, with its place.
    fn file_named(&mut self, key: &Key, item: &Item, example: &str) -> NamedFiles {
        let range = range_of_item(key, item);
        match item.as_str().filter(|name| !name.trim().is_empty() && name.len() <= LONGEST_TEXT) {
            Some(name) => vec![(name.to_owned(), range)],
            None => {
                self.wrong_type(key, item, &mistakes::a_text(example));
                NamedFiles::new()
            }
        }
    }

    /// `[[name]]`, or a list of tables in one line.
    fn list(&mut self, table: &'static Table, keys: &'static [keys::Key], key: &Key, item: &Item) -> Vec<Texts> {
        let mut tables: Vec<(&dyn TableLike, Range<usize>)> = Vec::new();
        match item {
            Item::ArrayOfTables(list) => {
                tables.extend(list.iter().map(|t| (t as &dyn TableLike, t.span().unwrap_or_else(|| range_of(key)))));
            }
            Item::Value(Value::Array(list)) => {
                let inline = list.iter().filter_map(|value| Some((value.as_inline_table()?, value.span())));
                tables.extend(inline.map(|(t, span)| (t as &dyn TableLike, span.unwrap_or_else(|| range_of(key)))));
            }
            _ => {}
        }
        if tables.is_empty() {
            self.wrong_type(key, item, &mistakes::tables(key.get()));
            return Vec::new();
        }
        if tables.len() > MOST_TEXTS {
            self.too_many(range_of(key), MOST_TEXTS);
            tables.truncate(MOST_TEXTS);
        }
        tables.into_iter().filter_map(|(found, range)| self.texts_of(table, keys, found, range)).collect()
    }

    fn texts_of(
        &mut self,
        table: &'static Table,
        keys: &'static [keys::Key],
        found: &dyn TableLike,
        range: Range<usize>,
    ) -> Option<Texts> {
        let mut texts = BTreeMap::new();
        let mut counts = true;
        for (key, item) in entries(found) {
            let declared = table.key(key.get()).map(|key| (key.name, &key.kind));
            if let Some((name, Kind::Mark)) = declared {
                match self.flag(key, item) {
                    Some(true) => drop(texts.insert(name, vec![name.to_owned()])),
                    Some(false) => {}
                    None => counts = false,
                }
                continue;
            }
            let Some((name, kind)) = declared else {
                self.unknown_key(key, table);
                continue;
            };
            let Kind::Text { is_rule, example, .. } = kind else {
                texts.insert(name, self.beside(kind, key, item));
                continue;
            };
            let Some(text) = item.as_str() else {
                self.wrong_type(key, item, &mistakes::a_text(example));
                counts = false;
                continue;
            };
            let text = match is_rule {
                true => match self.rule_code(text, range_of_item(key, item)) {
                    Some(code) => code,
                    None => {
                        counts = false;
                        continue;
                    }
                },
                false => text,
            };
            if text.contains(['\n', '\r']) || text.len() > LONGEST_TEXT {
                self.problem(range_of_item(key, item), mistakes::no_line(key.get(), LONGEST_TEXT));
                counts = false;
                continue;
            }
            texts.insert(name, vec![text.to_owned()]);
        }
        for key in keys {
            let Kind::Text { is_needed: true, .. } = key.kind else { continue };
            if counts && texts.get(key.name).is_none_or(|text| text[0].trim().is_empty()) {
                self.problem(range.clone(), mistakes::incomplete(table.name, key.name));
                counts = false;
            }
        }
        counts.then_some(Texts(texts))
    }

    /// What a table of a list says that is more than a text: nothing where it is wrong.
    fn beside(&mut self, kind: &Kind, key: &Key, item: &Item) -> Vec<String> {
        match kind {
            Kind::Count { range, unit, example } => {
                self.number(key, item, range, *unit, *example).iter().map(u32::to_string).collect()
            }
            Kind::Pairs { example } => self.pairs(key, item, *example),
            _ => self.texts(key, item),
        }
    }

    fn pairs(&mut self, key: &Key, item: &Item, example: [&str; 2]) -> Vec<String> {
        let Some(found) = item.as_table_like() else {
            self.wrong_type(key, item, &mistakes::pairs(example));
            return Vec::new();
        };
        let mut pairs = Vec::new();
        for (from, to) in entries(found) {
            let is_text = |text: &&str| !text.trim().is_empty() && !text.contains(['\n', '\r']);
            match to.as_str() {
                Some(_) if pairs.len() >= 2 * MOST_TEXTS => {
                    self.too_many(range_of(key), MOST_TEXTS);
                    break;
                }
                Some(text) if is_text(&text) && is_text(&from.get()) && text.len() <= LONGEST_TEXT => {
                    pairs.extend([from.get().to_owned(), text.to_owned()]);
                }
                Some(_) => self.problem(range_of_item(from, to), mistakes::no_line(from.get(), LONGEST_TEXT)),
                None => self.wrong_type(from, to, &mistakes::a_text(example[1])),
            }
        }
        pairs
    }

    fn too_many(&mut self, range: Range<usize>, most: usize) {
        self.problem(range, mistakes::too_many(most));
    }

    fn rule(&mut self, key: &Key, item: &Item) {
        let Some(code) = self.rule_code(key.get(), range_of(key)) else {
            return;
        };
        if let Some(level) = self.level(key, item) {
            self.settings.rules.insert(code.to_owned(), level);
        }
    }

    fn rule_code(&mut self, written: &str, range: Range<usize>) -> Option<&'static str> {
        let known = self.rules;
        let found = known.iter().find(|(code, name)| *code == written || *name == written);
        if let Some((code, _)) = found {
            return Some(code);
        }
        if self.is_full() {
            return None;
        }
        let names = known.iter().flat_map(|&(code, name)| [code, name]);
        let remedy = self
            .home_of(written)
            .or_else(|| mistakes::did_you_mean(written, names))
            .unwrap_or_else(mistakes::see_rules);
        self.problem(range, mistakes::no_rule(written, &remedy));
        None
    }

    fn level(&mut self, key: &Key, item: &Item) -> Option<Option<Severity>> {
        let Some(name) = item.as_str() else {
            self.wrong_type(key, item, &mistakes::a_level());
            return None;
        };
        let found = keys::LEVELS.into_iter().find(|&level| keys::level_names(level).contains(&name));
        if found.is_none() && !self.is_full() {
            let names = keys::LEVELS.into_iter().flat_map(keys::level_names);
            let remedy = mistakes::did_you_mean(name, names);
            self.problem(range_of_item(key, item), mistakes::no_level(name, remedy));
        }
        found
    }

    fn fact(&mut self, key: &Key, item: &Item) {
        if key.get() == keys::TABLE {
            self.settings.table = self.file_named(key, item, keys::TABLE_EXAMPLE);
            return;
        }
        let Some(text) = item.as_str() else {
            self.wrong_type(key, item, &mistakes::a_fact());
            return;
        };
        if text.trim().is_empty() || text.contains(['\n', '\r']) {
            self.problem(range_of_item(key, item), mistakes::no_fact());
            return;
        }
        if self.settings.facts.len() >= MOST_TEXTS {
            self.too_many(range_of(key), MOST_TEXTS);
            return;
        }
        self.settings.facts.insert(key.get().to_owned(), text.to_owned());
    }

    fn flag(&mut self, key: &Key, item: &Item) -> Option<bool> {
        if item.as_bool().is_none() {
            self.wrong_type(key, item, &mistakes::a_switch());
        }
        item.as_bool()
    }

    fn number(
        &mut self,
        key: &Key,
        item: &Item,
        range: &RangeInclusive<u32>,
        unit: [&str; 2],
        example: u32,
    ) -> Option<u32> {
        let Some(number) = item.as_integer() else {
            self.wrong_type(key, item, &mistakes::a_number(unit, example));
            return None;
        };
        let found = u32::try_from(number).ok().filter(|number| range.contains(number));
        if found.is_none() {
            self.problem(range_of_item(key, item), mistakes::out_of_range(key.get(), unit, range, number));
        }
        found
    }

    fn patterns(&mut self, key: &Key, item: &Item) -> Vec<Regex> {
        let mut patterns = Vec::new();
        for (pattern, range) in self.texts_with_ranges(key, item, MOST_PATTERNS) {
            match whole(&pattern, self.pattern_budget) {
                Ok((regex, size)) => {
                    self.pattern_budget -= size;
                    patterns.push(regex);
                }
                Err(regex::Error::CompiledTooBig(_)) if self.pattern_budget < PATTERN_BUDGET => {
                    self.problem(range, mistakes::patterns_too_large());
                }
                Err(error) => self.problem(range, mistakes::pattern(&pattern, &error)),
            }
        }
        patterns
    }

    fn texts(&mut self, key: &Key, item: &Item) -> Vec<String> {
        let texts = self.texts_with_ranges(key, item, MOST_TEXTS);
        texts.into_iter().map(|(text, _)| text).collect()
    }

    /// The texts of a list, at most `most`.
    fn texts_with_ranges(&mut self, key: &Key, item: &Item, most: usize) -> Vec<(String, Range<usize>)> {
        let Some(array) = item.as_array() else {
            self.wrong_type(key, item, &mistakes::texts());
            return Vec::new();
        };
        let mut texts = Vec::new();
        if array.len() > most {
            self.too_many(range_of(key), most);
        }
        for value in array.iter().take(most) {
            let range = value.span().unwrap_or_else(|| range_of(key));
            match value.as_str() {
                Some("") => self.problem(range, mistakes::empty()),
                Some(text) if text.len() > LONGEST_TEXT => self.problem(range, mistakes::too_long(LONGEST_TEXT)),
                Some(text) => texts.push((text.to_owned(), range)),
                None => self.problem(range, mistakes::not_all_texts(key.get(), value)),
            }
        }
        texts
    }

    fn unknown_key(&mut self, key: &Key, table: &Table) {
        if self.is_full() {
            return;
        }
        let written = key.get();
        let known = || table.keys().iter().map(|key| key.name).chain(keys::tables_in(table));
        let remedy = self
            .home_of(written)
            .or_else(|| mistakes::did_you_mean(written, known()))
            .unwrap_or_else(|| mistakes::known(known()));
        self.problem(range_of(key), mistakes::no_key(table.name, written, &remedy));
    }

    /// Where a key that stands in the wrong table belongs.
    fn home_of(&self, key: &str) -> Option<Saying> {
        let known_rule = |&(code, name): &KnownRule| code == key || name == key;
        if self.rules.iter().any(known_rule) {
            return Some(mistakes::belongs_below("rules"));
        }
        if let Some(home) = TABLES.iter().find(|table| table.key(key).is_some()) {
            return Some(mistakes::belongs_below(home.name));
        }
        keys::table(key).map(|table| mistakes::is_table(key, matches!(table.entries, Entries::List(..))))
    }

    fn wrong_type(&mut self, key: &Key, item: &Item, expected: &Saying) {
        self.problem(range_of_item(key, item), mistakes::wrong_type(key.get(), item, expected));
    }

    /// No more problems are told; another is counted.
    fn is_full(&mut self) -> bool {
        let is_full = self.problems.len() >= MOST_PROBLEMS;
        self.untold += usize::from(is_full);
        is_full
    }

    fn problem(&mut self, range: Range<usize>, message: Saying) {
        if !self.is_full() {
            self.problems.push(Problem { range, message, severity: Severity::Warning });
        }
    }
}

fn entries(table: &dyn TableLike) -> Vec<(&Key, &Item)> {
    table.iter().filter_map(|(name, _)| table.get_key_value(name)).collect()
}

fn range_of(key: &Key) -> Range<usize> {
    key.span().unwrap_or(0..0)
}

/// Where a value stands. A table has no place of its own that would help: its key is shown.
fn range_of_item(key: &Key, item: &Item) -> Range<usize> {
    match item {
        Item::Value(value) => value.span().unwrap_or_else(|| range_of(key)),
        _ => range_of(key),
    }
}

/// `pattern` as a regex that matches whole texts only, and how much room it takes at most: no more than
/// `budget`.
fn whole(pattern: &str, budget: usize) -> Result<(Regex, usize), regex::Error> {
    // How much a regex takes is told by the smallest of these that is enough for it.
    let limits = [1 << 14, 1 << 16, 1 << 18, 1 << 20, PATTERN_BUDGET].map(|limit: usize| limit.min(budget));
    let within = |pattern: &str| {
        let mut last = Err(regex::Error::CompiledTooBig(budget));
        for size in limits {
            last =
                RegexBuilder::new(pattern).size_limit(size).dfa_size_limit(1 << 18).build().map(|regex| (regex, size));
            if !matches!(last, Err(regex::Error::CompiledTooBig(_))) {
                break;
            }
        }
        last
    };
    // First on its own: `a)(b` would pass once it stands in a group. The line end closes a comment
    // that a pattern with `(?x)` may end in.
    within(pattern)?;
    within(&format!(r"\A(?:{pattern})\z")).or_else(|_| within(&format!("\\A(?:{pattern}\n)\\z")))
}

#[cfg(test)]
mod tests;
