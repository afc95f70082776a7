//! What is wrong with a settings file, in words.

use std::ops::RangeInclusive;

use toml_edit::{Item, TomlError, Value};

use crate::settings::keys;
use crate::settings::nearest::nearest;
use crate::settings::saying::{Saying, said};

pub fn more(n: usize) -> Saying {
    said!("另有 {n} 处有误，没有列出。", "{n} more mistakes are not listed")
}

// What a setting wants.

pub fn a_table(name: &str) -> Saying {
    said!("一个表，写作 [{name}]", "a table, written [{name}]")
}

pub fn tables(name: &str) -> Saying {
    said!("一个或几个表，写作 [[{name}]]", "one table or more, written [[{name}]]")
}

pub fn a_text(example: &str) -> Saying {
    said!("字符串，如 \"{example}\"", "a string, such as \"{example}\"")
}

pub fn texts() -> Saying {
    said!("一个字符串列表，如 [\"甲\", \"乙\"]", "a list of strings, such as [\"甲\", \"乙\"]")
}

pub fn pairs([from, to]: [&str; 2]) -> Saying {
    said!("一个表，如 {{ \"{from}\" = \"{to}\" }}", "a table, such as {{ \"{from}\" = \"{to}\" }}")
}

pub fn a_fact() -> Saying {
    said!("要填入的文字，如 \"东湖区\"", "the text to fill in, such as \"东湖区\"")
}

pub fn a_switch() -> Saying {
    said!(" true 或 false", "true or false")
}

pub fn a_level() -> Saying {
    let [hans, english] = levels();
    Saying::new(format!("一个等级，{hans}"), format!("a level: {english}"))
}

pub fn a_number([unit, english]: [&str; 2], example: u32) -> Saying {
    said!("一个整数（{unit}），如 {example}", "a whole number ({english}), such as {example}")
}

pub fn wrong_type(name: &str, item: &Item, expected: &Saying) -> Saying {
    let [hans, english] = match item {
        Item::Value(value) => type_name(value),
        Item::Table(_) => ["表", "a table"],
        Item::ArrayOfTables(_) => ["表的列表", "a list of tables"],
        Item::None => ["空", "nothing"],
    };
    let [wanted, wanted_english] = expected.both();
    said!("“{name}”应是{wanted}；这里是{hans}。", "‘{name}’ must be {wanted_english}; here it is {english}")
}

pub fn not_all_texts(name: &str, value: &Value) -> Saying {
    let [hans, english] = type_name(value);
    said!(
        "“{name}”里应是字符串，这里是{hans}；请加上半角引号。",
        "‘{name}’ holds strings, and this is {english}: put it in quotes"
    )
}

fn type_name(value: &Value) -> [&'static str; 2] {
    match value {
        Value::String(_) => ["字符串", "a string"],
        Value::Integer(_) => ["整数", "a whole number"],
        Value::Float(_) => ["小数", "a decimal number"],
        Value::Boolean(_) => ["true/false", "true/false"],
        Value::Datetime(_) => ["日期", "a date"],
        Value::Array(_) => ["列表", "a list"],
        Value::InlineTable(_) => ["表", "a table"],
    }
}

// What does not count.

pub fn no_line(name: &str, most: usize) -> Saying {
    said!("“{name}”应是一行文字，不超过 {most} 字节。", "‘{name}’ must be one line of at most {most} bytes")
}

pub fn incomplete(table: &str, name: &str) -> Saying {
    said!("这个 [[{table}]] 缺少“{name}”，没有采用。", "this [[{table}]] says no ‘{name}’ and does not count")
}

pub fn too_many(most: usize) -> Saying {
    said!("太多，只采用前 {most} 条。", "too many: only the first {most} count")
}

pub fn too_long(most: usize) -> Saying {
    said!("太长，没有采用；不超过 {most} 字节。", "too long: more than {most} bytes do not count")
}

pub fn empty() -> Saying {
    said!("空字符串不起作用，请删去。", "an empty string does nothing: delete it")
}

pub fn no_fact() -> Saying {
    said!("要填入的文字应是不空的一行。", "the text to fill in must be one line with something in it")
}

pub fn out_of_range(name: &str, [unit, english]: [&str; 2], range: &RangeInclusive<u32>, number: i64) -> Saying {
    let (least, most) = (range.start(), range.end());
    said!(
        "“{name}”（{unit}）应在 {least} 到 {most} 之间，这里是 {number}。",
        "‘{name}’ ({english}) must be between {least} and {most}; here it is {number}"
    )
}

// Names that are not known, each with a remedy.

pub fn no_rule(written: &str, remedy: &Saying) -> Saying {
    let (written, [hans, english]) = (shortened(written), remedy.both());
    said!("没有规则“{written}”。{hans}", "there is no rule ‘{written}’: {english}")
}

pub fn see_rules() -> Saying {
    said!("全部规则见 `jianggao rules`。", "`jianggao rules` has them all")
}

pub fn no_level(written: &str, remedy: Option<Saying>) -> Saying {
    let [hans, english] = levels();
    let remedy = remedy.unwrap_or_else(|| Saying::new(format!("{hans}。"), english));
    let (written, [hans, english]) = (shortened(written), remedy.both());
    said!("没有等级“{written}”。{hans}", "there is no level ‘{written}’: {english}")
}

pub fn no_key(table: &str, written: &str, remedy: &Saying) -> Saying {
    let (written, [hans, english]) = (shortened(written), remedy.both());
    if table.is_empty() {
        return said!("没有设置项“{written}”。{hans}", "there is no setting ‘{written}’: {english}");
    }
    said!("[{table}] 里没有设置项“{written}”。{hans}", "[{table}] has no setting ‘{written}’: {english}")
}

pub fn known<'a>(names: impl Iterator<Item = &'a str>) -> Saying {
    let names: Vec<&str> = names.collect();
    let (hans, english) = (names.join("、"), names.join(", "));
    said!("可用的有：{hans}。", "it may be {english}")
}

pub fn did_you_mean<'a>(written: &str, names: impl IntoIterator<Item = &'a str>) -> Option<Saying> {
    let name = nearest(written, names)?;
    Some(said!("是不是“{name}”？", "is it ‘{name}’?"))
}

pub fn belongs_below(table: &str) -> Saying {
    if table.is_empty() {
        return said!(
            "请写在文件开头，第一个 [表] 之前。",
            "it belongs at the beginning of the file, before the first [table]"
        );
    }
    said!("请写在 [{table}] 下面。", "it belongs below [{table}]")
}

pub fn is_table(name: &str, is_list: bool) -> Saying {
    if is_list {
        return said!("请写作 [[{name}]]。", "it is written [[{name}]]");
    }
    said!("请写作 [{name}]。", "it is written [{name}]")
}

/// As much of a text as a message needs.
fn shortened(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn levels() -> [String; 2] {
    let names = |which: usize, comma: &str| keys::LEVELS.map(|level| keys::level_names(level)[which]).join(comma);
    [format!("可用 {}（{}）", names(0, "、"), names(1, "、")), names(0, ", ")]
}

// Regular expressions and TOML.

pub fn patterns_too_large() -> Saying {
    said!(
        "各条正则表达式合起来太大，这一条没有采用；请改短，或者减少重复次数。",
        "the patterns are too large together: this one does not count"
    )
}

pub fn pattern(pattern: &str, error: &regex::Error) -> Saying {
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
    let (pattern, text) = (shortened(pattern), error.to_string());
    let last = text.lines().last().unwrap_or("").trim();
    let reason = last.strip_prefix("error: ").unwrap_or(last);
    let hans = known.iter().find(|(english, _)| text.contains(english)).map_or(reason, |(_, hans)| hans);
    said!("正则表达式“{pattern}”有误：{hans}。", "the pattern ‘{pattern}’ is wrong: {reason}")
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

/// What is wrong with the text at byte `start`.
pub fn syntax(text: &str, start: usize, error: &TomlError) -> Saying {
    let line_start = text.as_bytes()[..start].iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
    let line = text.get(line_start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    let english = error.message();
    let known = || SYNTAX_MISTAKES.iter().find(|(part, _)| english.contains(part));
    let (hans, english) = match known() {
        _ if line.contains(FULL_WIDTH) => {
            ("引号、等号、逗号、方括号要用半角", "quotes, equals signs, commas and brackets must be ASCII")
        }
        Some((_, hans)) => (*hans, english),
        None => (english, english),
    };
    said!(
        "TOML 写法有误：{hans}。改好之前，这个文件里的设置都不起作用。",
        "this is no TOML: {english}; until that is put right, nothing in this file counts"
    )
}
