//! Reading `jianggao.toml`.

use std::ops::Range;

use regex::Regex;
use toml_edit::{Document, Item, Key, TableLike, TomlError, Value};

use super::nearest::nearest;
use super::{KnownRule, Problem, Settings, Severity};

/// The least and the greatest speaking speed that is believed, in characters (字) per minute.
const SPEEDS: std::ops::RangeInclusive<i64> = 60..=400;

/// The least and the greatest length of a speech that is believed, in minutes.
const MINUTES: std::ops::RangeInclusive<i64> = 1..=600;
/// How many Han characters may be wanted before formulations are offered.
const MINIMUM_HAN: std::ops::RangeInclusive<i64> = 1..=8;

const TOP_KEYS: [&str; 8] =
    ["rules", "allow", "allow-patterns", "placeholders", "speech", "formulations", "facts", "editor"];
const PLACEHOLDER_KEYS: [&str; 2] = ["add", "remove"];
const SPEECH_KEYS: [&str; 2] = ["characters-per-minute", "target-minutes"];
const FORMULATION_KEYS: [&str; 4] = ["packs", "builtin", "complete", "min-han"];
const EDITOR_KEYS: [&str; 5] = ["inlay-hints", "code-lens", "on-type-formatting", "hold-back", "closed-drafts"];

pub(super) fn parse(text: &str, rules: &[KnownRule]) -> (Settings, Vec<Problem>) {
    let mut reader = Reader { rules, settings: Settings::default(), problems: Vec::new() };
    match Document::parse(text) {
        Ok(document) => reader.file(document.as_table()),
        Err(error) => reader.problems.push(syntax_problem(text, &error)),
    }
    reader.problems.sort_by_key(|problem| problem.range.start);
    (reader.settings, reader.problems)
}

struct Reader<'a> {
    rules: &'a [KnownRule],
    settings: Settings,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn file(&mut self, file: &dyn TableLike) {
        for (key, item) in entries(file) {
            match key.get() {
                "rules" => self.rules(key, item),
                "allow" => self.settings.allow = self.texts(key, item),
                "allow-patterns" => self.settings.allow_patterns = self.patterns(key, item),
                "placeholders" => self.placeholders(key, item),
                "speech" => self.speech(key, item),
                "formulations" => self.formulations(key, item),
                "facts" => self.facts(key, item),
                "editor" => self.editor(key, item),
                _ => self.unknown_key(key, None, &TOP_KEYS),
            }
        }
    }

    fn rules(&mut self, key: &Key, item: &Item) {
        for (key, item) in self.table(key, item) {
            let Some(code) = self.rule_code(key) else {
                continue;
            };
            if let Some(level) = self.level(key, item) {
                self.settings.rules.insert(code.to_owned(), level);
            }
        }
    }

    fn rule_code(&mut self, key: &Key) -> Option<&'static str> {
        let written = key.get();
        let known = self.rules;
        let found = known.iter().find(|(code, name)| *code == written || *name == written);
        if let Some((code, _)) = found {
            return Some(code);
        }
        let names = known.iter().flat_map(|&(code, name)| [code, name]);
        let remedy = self
            .home_of(written)
            .or_else(|| did_you_mean(written, names))
            .unwrap_or_else(|| "全部规则见 `jianggao rules`。".to_owned());
        self.problem(range_of(key), format!("没有规则“{written}”。{remedy}"));
        None
    }

    fn level(&mut self, key: &Key, item: &Item) -> Option<Option<Severity>> {
        const ALL: &str = "可用 off、hint、information、warning、error（关闭、提示、信息、警告、错误）";
        let Some(name) = item.as_str() else {
            self.wrong_type(key, item, &format!("一个等级，{ALL}"));
            return None;
        };
        if ["off", "关闭"].contains(&name) {
            return Some(None);
        }
        let found = Severity::ALL.into_iter().find(|s| s.name() == name || s.chinese_name() == name);
        if found.is_none() {
            let names = Severity::ALL.iter().flat_map(|s| [s.name(), s.chinese_name()]).chain(["off", "关闭"]);
            let remedy = did_you_mean(name, names).unwrap_or_else(|| format!("{ALL}。"));
            self.problem(range_of_item(key, item), format!("没有等级“{name}”。{remedy}"));
        }
        found.map(Some)
    }

    fn placeholders(&mut self, key: &Key, item: &Item) {
        for (key, item) in self.table(key, item) {
            match key.get() {
                "add" => self.settings.placeholders_add = self.texts(key, item),
                "remove" => self.settings.placeholders_remove = self.texts(key, item),
                _ => self.unknown_key(key, Some("placeholders"), &PLACEHOLDER_KEYS),
            }
        }
    }

    fn speech(&mut self, key: &Key, item: &Item) {
        for (key, item) in self.table(key, item) {
            match key.get() {
                "characters-per-minute" => {
                    self.settings.characters_per_minute = self.speed(key, item);
                }
                "target-minutes" => self.settings.target_minutes = self.minutes(key, item),
                _ => self.unknown_key(key, Some("speech"), &SPEECH_KEYS),
            }
        }
    }

    fn speed(&mut self, key: &Key, item: &Item) -> Option<u32> {
        let Some(speed) = item.as_integer() else {
            self.wrong_type(key, item, "一个整数，如 200（字/分钟）");
            return None;
        };
        if SPEEDS.contains(&speed) {
            return u32::try_from(speed).ok();
        }
        self.problem(
            range_of_item(key, item),
            format!(
                "语速 {speed} 字/分钟不合常理；应在 {} 到 {} 之间，讲话一般为 160 到 260。",
                SPEEDS.start(),
                SPEEDS.end()
            ),
        );
        None
    }

    fn formulations(&mut self, key: &Key, item: &Item) {
        for (key, item) in self.table(key, item) {
            match key.get() {
                "packs" => self.settings.formulations.files = self.texts_with_ranges(key, item),
                "builtin" => self.settings.formulations.builtin = self.flag(key, item),
                "complete" => self.settings.formulations.complete = self.flag(key, item),
                "min-han" => self.settings.formulations.minimum_han = self.minimum_han(key, item),
                _ => self.unknown_key(key, Some("formulations"), &FORMULATION_KEYS),
            }
        }
    }

    fn minutes(&mut self, key: &Key, item: &Item) -> Option<u32> {
        let Some(minutes) = item.as_integer() else {
            self.wrong_type(key, item, "一个整数，如 20（分钟）");
            return None;
        };
        if !MINUTES.contains(&minutes) {
            let message = format!("讲话时长应在 {} 到 {} 分钟之间。", MINUTES.start(), MINUTES.end());
            self.problem(range_of_item(key, item), message);
            return None;
        }
        u32::try_from(minutes).ok()
    }

    fn facts(&mut self, key: &Key, item: &Item) {
        for (key, item) in self.table(key, item) {
            let Some(text) = item.as_str() else {
                self.wrong_type(key, item, "要填入的文字，如 \"东湖区\"");
                continue;
            };
            if text.trim().is_empty() || text.contains(['\n', '\r']) {
                self.problem(range_of_item(key, item), "要填入的文字应是不空的一行。".to_owned());
                continue;
            }
            self.settings.facts.insert(key.get().to_owned(), text.to_owned());
        }
    }

    fn editor(&mut self, key: &Key, item: &Item) {
        for (key, item) in self.table(key, item) {
            let editor = &mut self.settings.editor;
            let switch = match key.get() {
                "inlay-hints" => &mut editor.inlay_hints,
                "code-lens" => &mut editor.code_lens,
                "on-type-formatting" => &mut editor.on_type,
                "hold-back" => &mut editor.hold_back,
                "closed-drafts" => &mut editor.closed_drafts,
                _ => {
                    self.unknown_key(key, Some("editor"), &EDITOR_KEYS);
                    continue;
                }
            };
            match item.as_bool() {
                Some(on) => *switch = Some(on),
                None => self.wrong_type(key, item, "true 或 false"),
            }
        }
    }

    fn flag(&mut self, key: &Key, item: &Item) -> Option<bool> {
        if item.as_bool().is_none() {
            self.wrong_type(key, item, "true 或 false");
        }
        item.as_bool()
    }

    fn minimum_han(&mut self, key: &Key, item: &Item) -> Option<usize> {
        let Some(count) = item.as_integer() else {
            self.wrong_type(key, item, "一个整数，如 2（打出几个汉字以后提示）");
            return None;
        };
        if MINIMUM_HAN.contains(&count) {
            return usize::try_from(count).ok();
        }
        let message = format!("“min-han”应在 {} 到 {} 之间，这里是 {count}。", MINIMUM_HAN.start(), MINIMUM_HAN.end());
        self.problem(range_of_item(key, item), message);
        None
    }

    fn patterns(&mut self, key: &Key, item: &Item) -> Vec<Regex> {
        let mut patterns = Vec::new();
        for (pattern, range) in self.texts_with_ranges(key, item) {
            match whole(&pattern) {
                Ok(regex) => patterns.push(regex),
                Err(error) => self.problem(range, format!("正则表达式“{pattern}”有误：{}。", regex_mistake(&error))),
            }
        }
        patterns
    }

    fn texts(&mut self, key: &Key, item: &Item) -> Vec<String> {
        let texts = self.texts_with_ranges(key, item);
        texts.into_iter().map(|(text, _)| text).collect()
    }

    fn texts_with_ranges(&mut self, key: &Key, item: &Item) -> Vec<(String, Range<usize>)> {
        let Some(array) = item.as_array() else {
            self.wrong_type(key, item, "一个字符串列表，如 [\"甲\", \"乙\"]");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for value in array {
            let range = value.span().unwrap_or_else(|| range_of(key));
            match value.as_str() {
                Some("") => self.problem(range, "空字符串不起作用，请删去。".to_owned()),
                Some(text) => texts.push((text.to_owned(), range)),
                None => {
                    let message = format!("“{}”里应是字符串，这里是{}；请加上半角引号。", key.get(), type_name(value));
                    self.problem(range, message);
                }
            }
        }
        texts
    }

    /// The entries of a table; none, and a problem, when `item` is something else.
    fn table<'i>(&mut self, key: &Key, item: &'i Item) -> Vec<(&'i Key, &'i Item)> {
        let Some(table) = item.as_table_like() else {
            self.wrong_type(key, item, &format!("一个表，写作 [{}]", key.get()));
            return Vec::new();
        };
        entries(table)
    }

    fn unknown_key(&mut self, key: &Key, table: Option<&str>, known: &[&str]) {
        let written = key.get();
        let place = table.map_or(String::new(), |table| format!("[{table}] 里"));
        let remedy = self
            .home_of(written)
            .or_else(|| did_you_mean(written, known.iter().copied()))
            .unwrap_or_else(|| format!("可用的有：{}。", known.join("、")));
        self.problem(range_of(key), format!("{place}没有设置项“{written}”。{remedy}"));
    }

    /// Where a key that stands in the wrong table belongs.
    fn home_of(&self, key: &str) -> Option<String> {
        let tables: [(&str, &[&str]); 4] = [
            ("placeholders", &PLACEHOLDER_KEYS),
            ("speech", &SPEECH_KEYS),
            ("formulations", &FORMULATION_KEYS),
            ("editor", &EDITOR_KEYS),
        ];
        let known_rule = |&(code, name): &KnownRule| code == key || name == key;
        if self.rules.iter().any(known_rule) {
            return Some("请写在 [rules] 下面。".to_owned());
        }
        if TOP_KEYS.contains(&key) {
            return Some("请写在文件开头，第一个 [表] 之前。".to_owned());
        }
        tables.iter().find(|(_, keys)| keys.contains(&key)).map(|(table, _)| format!("请写在 [{table}] 下面。"))
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

    fn problem(&mut self, range: Range<usize>, message: String) {
        self.problems.push(Problem { range, message });
    }
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

/// `pattern` as a regex that matches whole texts only.
fn whole(pattern: &str) -> Result<Regex, regex::Error> {
    // First on its own: `a)(b` would pass once it stands in a group. The line end closes a comment
    // that a pattern with `(?x)` may end in.
    Regex::new(pattern)?;
    Regex::new(&format!(r"\A(?:{pattern})\z")).or_else(|_| Regex::new(&format!("\\A(?:{pattern}\n)\\z")))
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
    Problem {
        range: start..end, message: format!("TOML 写法有误：{reason}。改好之前，这个文件里的设置都不起作用。")
    }
}

#[cfg(test)]
mod tests;
