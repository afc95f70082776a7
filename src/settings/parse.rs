//! Reading `jianggao.toml`.

use std::ops::{Range, RangeInclusive};

use regex::{Regex, RegexBuilder};
use toml_edit::{Document, Item, Key, TableLike, TomlError, Value};

use super::keys::{self, Entries, Kind, TABLES, Table};
use super::nearest::nearest;
use super::{Exception, KnownRule, Problem, Saying, Settings, Severity};

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
        Err(error) => reader.problems.push(syntax_problem(text, &error)),
    }
    reader.problems.sort_by_key(|problem| problem.range.start);
    if reader.untold > 0 {
        let n = reader.untold;
        let message = Saying::new(format!("另有 {n} 处有误，没有列出。"), format!("{n} more mistakes are not listed"));
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
        if let Entries::List(keys) = table.entries {
            self.list(table, keys, key, item);
            return;
        }
        let Some(found) = item.as_table_like() else {
            self.wrong_type(key, item, &format!("一个表，写作 [{}]", key.get()));
            return;
        };
        for (key, item) in entries(found) {
            match table.entries {
                Entries::Keys(_) => self.setting(table, key, item),
                Entries::Levels => self.rule(key, item),
                Entries::Facts => self.fact(key, item),
                Entries::List(_) => {}
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
                *field(&mut self.settings) = self.number(key, item, range, unit, *example);
            }
            Kind::Texts(field) => *field(&mut self.settings) = self.texts(key, item),
            Kind::Patterns(field) => *field(&mut self.settings) = self.patterns(key, item),
            Kind::Files(field) => *field(&mut self.settings) = self.texts_with_ranges(key, item, MOST_PACKS),
            Kind::Text { .. } => {}
        }
    }

    /// `[[name]]`, or a list of tables in one line.
    fn list(&mut self, table: &'static Table, keys: &'static [keys::Key], key: &Key, item: &Item) {
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
            self.wrong_type(key, item, &format!("一个或几个表，写作 [[{}]]", key.get()));
            return;
        }
        if tables.len() > MOST_TEXTS {
            self.too_many(range_of(key), MOST_TEXTS);
            tables.truncate(MOST_TEXTS);
        }
        for (found, range) in tables {
            if let Some(exception) = self.exception(table, keys, found, range) {
                self.settings.exceptions.push(exception);
            }
        }
    }

    fn exception(
        &mut self,
        table: &'static Table,
        keys: &'static [keys::Key],
        found: &dyn TableLike,
        range: Range<usize>,
    ) -> Option<Exception> {
        let mut exception = Exception::default();
        let mut counts = true;
        for (key, item) in entries(found) {
            let Some(Kind::Text { field, is_rule, example, .. }) = table.key(key.get()).map(|key| &key.kind) else {
                self.unknown_key(key, table);
                continue;
            };
            let Some(text) = item.as_str() else {
                self.wrong_type(key, item, &format!("字符串，如 \"{example}\""));
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
                let hans = format!("“{}”应是一行文字，不超过 {LONGEST_TEXT} 字节。", key.get());
                let english = format!("‘{}’ must be one line of at most {LONGEST_TEXT} bytes", key.get());
                self.problem(range_of_item(key, item), Saying::new(hans, english));
                counts = false;
                continue;
            }
            field(&mut exception).push_str(text);
        }
        for key in keys {
            let Kind::Text { field, is_needed: true, .. } = key.kind else { continue };
            if counts && field(&mut exception).trim().is_empty() {
                let name = key.name;
                let hans = format!("这个 [[{}]] 缺少“{name}”，没有采用。", table.name);
                let english = format!("this [[{}]] says no ‘{name}’ and does not count", table.name);
                self.problem(range.clone(), Saying::new(hans, english));
                counts = false;
            }
        }
        counts.then_some(exception)
    }

    fn too_many(&mut self, range: Range<usize>, most: usize) {
        let hans = format!("太多，只采用前 {most} 条。");
        self.problem(range, Saying::new(hans, format!("too many: only the first {most} count")));
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
            .or_else(|| did_you_mean(written, names))
            .unwrap_or_else(|| "全部规则见 `jianggao rules`。".to_owned());
        let written = shortened(written);
        self.problem(range, format!("没有规则“{written}”。{remedy}"));
        None
    }

    fn level(&mut self, key: &Key, item: &Item) -> Option<Option<Severity>> {
        let Some(name) = item.as_str() else {
            self.wrong_type(key, item, &format!("一个等级，{}", all_levels()));
            return None;
        };
        let found = keys::LEVELS.into_iter().find(|&level| keys::level_names(level).contains(&name));
        if found.is_none() && !self.is_full() {
            let names = keys::LEVELS.into_iter().flat_map(keys::level_names);
            let remedy = did_you_mean(name, names).unwrap_or_else(|| format!("{}。", all_levels()));
            let name = shortened(name);
            self.problem(range_of_item(key, item), format!("没有等级“{name}”。{remedy}"));
        }
        found
    }

    fn fact(&mut self, key: &Key, item: &Item) {
        let Some(text) = item.as_str() else {
            self.wrong_type(key, item, "要填入的文字，如 \"东湖区\"");
            return;
        };
        if text.trim().is_empty() || text.contains(['\n', '\r']) {
            self.problem(range_of_item(key, item), "要填入的文字应是不空的一行。".to_owned());
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
            self.wrong_type(key, item, "true 或 false");
        }
        item.as_bool()
    }

    fn number(&mut self, key: &Key, item: &Item, range: &RangeInclusive<u32>, unit: &str, example: u32) -> Option<u32> {
        let Some(number) = item.as_integer() else {
            self.wrong_type(key, item, &format!("一个整数（{unit}），如 {example}"));
            return None;
        };
        let found = u32::try_from(number).ok().filter(|number| range.contains(number));
        if found.is_none() {
            let (name, least, most) = (key.get(), range.start(), range.end());
            let message = format!("“{name}”（{unit}）应在 {least} 到 {most} 之间，这里是 {number}。");
            self.problem(range_of_item(key, item), message);
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
                    let hans = "各条正则表达式合起来太大，这一条没有采用；请改短，或者减少重复次数。";
                    let english = "the patterns are too large together: this one does not count";
                    self.problem(range, Saying::new(hans, english));
                }
                Err(error) => {
                    let pattern = shortened(&pattern);
                    self.problem(range, format!("正则表达式“{pattern}”有误：{}。", regex_mistake(&error)));
                }
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
            self.wrong_type(key, item, "一个字符串列表，如 [\"甲\", \"乙\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        if array.len() > most {
            self.too_many(range_of(key), most);
        }
        for value in array.iter().take(most) {
            let range = value.span().unwrap_or_else(|| range_of(key));
            match value.as_str() {
                Some("") => self.problem(range, "空字符串不起作用，请删去。".to_owned()),
                Some(text) if text.len() > LONGEST_TEXT => {
                    let hans = format!("太长，没有采用；不超过 {LONGEST_TEXT} 字节。");
                    let english = format!("too long: more than {LONGEST_TEXT} bytes do not count");
                    self.problem(range, Saying::new(hans, english));
                }
                Some(text) => texts.push((text.to_owned(), range)),
                None => {
                    let message = format!("“{}”里应是字符串，这里是{}；请加上半角引号。", key.get(), type_name(value));
                    self.problem(range, message);
                }
            }
        }
        texts
    }

    fn unknown_key(&mut self, key: &Key, table: &Table) {
        if self.is_full() {
            return;
        }
        let written = key.get();
        let place = if table.name.is_empty() { String::new() } else { format!("[{}] 里", table.name) };
        let known = || table.keys().iter().map(|key| key.name).chain(keys::tables_in(table));
        let remedy = self
            .home_of(written)
            .or_else(|| did_you_mean(written, known()))
            .unwrap_or_else(|| format!("可用的有：{}。", known().collect::<Vec<_>>().join("、")));
        let written = shortened(written);
        self.problem(range_of(key), format!("{place}没有设置项“{written}”。{remedy}"));
    }

    /// Where a key that stands in the wrong table belongs.
    fn home_of(&self, key: &str) -> Option<String> {
        let known_rule = |&(code, name): &KnownRule| code == key || name == key;
        if self.rules.iter().any(known_rule) {
            return Some("请写在 [rules] 下面。".to_owned());
        }
        let home = TABLES.iter().find(|table| table.key(key).is_some());
        match home.map(|table| table.name) {
            Some("") => Some("请写在文件开头，第一个 [表] 之前。".to_owned()),
            Some(table) => Some(format!("请写在 [{table}] 下面。")),
            None => keys::table(key).map(|table| match table.entries {
                Entries::List(_) => format!("请写作 [[{key}]]。"),
                _ => format!("请写作 [{key}]。"),
            }),
        }
    }

    fn wrong_type(&mut self, key: &Key, item: &Item, expected: &str) {
        let found = match item {
            Item::Value(value) => type_name(value),
            Item::Table(_) => "表",
            Item::ArrayOfTables(_) => "表的列表",
            Item::None => "空",
        };
        let message = format!("“{}”应是{expected}；这里是{found}。", key.get());
        self.problem(range_of_item(key, item), message);
    }

    /// No more problems are told; another is counted.
    fn is_full(&mut self) -> bool {
        let is_full = self.problems.len() >= MOST_PROBLEMS;
        self.untold += usize::from(is_full);
        is_full
    }

    fn problem(&mut self, range: Range<usize>, message: impl Into<Saying>) {
        if !self.is_full() {
            self.problems.push(Problem { range, message: message.into(), severity: Severity::Warning });
        }
    }
}

/// As much of a text as a message needs.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn all_levels() -> String {
    let names = |which: usize| keys::LEVELS.map(|level| keys::level_names(level)[which]).join("、");
    format!("可用 {}（{}）", names(0), names(1))
}

fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, names).map(|name| format!("是不是“{name}”？"))
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

fn type_name(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "字符串",
        Value::Integer(_) => "整数",
        Value::Float(_) => "小数",
        Value::Boolean(_) => "true/false",
        Value::Datetime(_) => "日期",
        Value::Array(_) => "列表",
        Value::InlineTable(_) => "表",
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

fn regex_mistake(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or("").trim();
    let reason = last.strip_prefix("error: ").unwrap_or(last);
    let known = [
        ("unclosed group", "左括号“(”没有配对的“)”"),
        ("unopened group", "右括号“)”没有配对的“(”；表示括号本身请写 \\)"),
        ("unclosed character class", "左方括号“[”没有配对的“]”"),
        ("repetition operator missing expression", "“*”“+”“?”前面没有可重复的内容；表示符号本身请在前面加 \\"),
        ("look-around", "不支持环视（(?=、(?!、(?<=、(?<!）"),
        ("backreferences", "不支持反向引用（\\1）"),
        ("unrecognized escape", "不认识的转义"),
        ("size limit", "太长或重复次数太多"),
    ];
    match known.iter().find(|(english, _)| text.contains(english)) {
        Some((_, chinese)) => (*chinese).to_owned(),
        None => reason.to_owned(),
    }
}

/// Marks that a Chinese input method writes where TOML wants ASCII.
const FULL_WIDTH: [char; 9] = ['“', '”', '‘', '’', '＝', '［', '］', '，', '＂'];

const SYNTAX_MISTAKES: [(&str, &str); 10] = [
    ("duplicate key", "同一个设置项写了两次，请只留一处"),
    ("string values must be quoted", "文字要用半角双引号括起来"),
    ("unclosed array", "列表没有用“]”结束"),
    ("unclosed table", "表名没有用“]”结束"),
    ("missing comma", "列表各项之间要用半角逗号分开"),
    ("invalid unquoted key", "中文的设置项要用半角双引号括起来"),
    ("key with no value", "应写成“设置项 = 值”"),
    ("missing value", "应写成“设置项 = 值”"),
    ("quote", "引号没有成对，或者字符串写成了两行"),
    ("invalid basic string", "引号没有成对，或者字符串写成了两行"),
];

fn syntax_problem(text: &str, error: &TomlError) -> Problem {
    let range = error.span().unwrap_or(0..0);
    let (start, end) = (range.start.min(text.len()), range.end.min(text.len()));
    let line_start = text.as_bytes()[..start].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let reason = if line.contains(FULL_WIDTH) {
        "引号、等号、逗号、方括号要用半角"
    } else {
        let known = SYNTAX_MISTAKES.iter();
        let mut known = known.filter(|(english, _)| error.message().contains(english));
        known.next().map_or(error.message(), |(_, chinese)| chinese)
    };
    let message = format!("TOML 写法有误：{reason}。改好之前，这个文件里的设置都不起作用。");
    Problem { range: start..end, message: message.into(), severity: Severity::Error }
}

#[cfg(test)]
mod tests;
