//! Placeholders: XX, X, ××, *, 某某, ____, 20XX年, 【待补】 … with what they stand for.
//!
//! A placeholder has a *span*, the run of marks, and a *unit*, the run with the words that give it a
//! meaning: `XX区`, `第X位`, `X月X日`.

mod unit;

use std::hash::{Hash, Hasher};

use crate::numeral;
use crate::text::Range;
use crate::text::chars::{
    after, any_of, before, digit, follows_any, has, is_boundary, is_cjk_mark, is_han, is_space, skip_spaces,
};
use unit::classify;
pub(super) use unit::quantity_or_percent;

/// A blank that waits for a name, a number or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    pub range: Range,
    pub unit: Range,
    pub category: Category,
    pub form: Form,
    pub certainty: Certainty,
    /// Placeholders with the same number stand for one fact; `None`: a fact of its own.
    pub group: Option<u64>,
}

/// How the blank shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A mark that somebody put there.
    Mark,
    /// A hole where a filter took a name or a number out: 刚才，同志传达了.
    Ghost,
    /// What is left of an undecoded entity: times; for ×.
    Residue,
}

/// How sure it is that something is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    Certain,
    /// Worth a hint: ～, ……, 文旅×科技.
    Doubtful,
    /// Counts only in a draft that has certain placeholders: 某县.
    InCompany,
}

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Person,
    Place,
    Organisation,
    Name,
    Quantity,
    Percentage,
    Rank,
    Date,
    Session,
    Meeting,
    /// A passage that is still to be written.
    Passage,
}

impl Category {
    pub const ALL: [Self; 11] = [
        Self::Person,
        Self::Place,
        Self::Organisation,
        Self::Name,
        Self::Quantity,
        Self::Percentage,
        Self::Rank,
        Self::Date,
        Self::Session,
        Self::Meeting,
        Self::Passage,
    ];

    /// The names in Simplified and Traditional Chinese and in English.
    pub fn names(self) -> [&'static str; 3] {
        match self {
            Self::Person => ["人名", "人名", "person"],
            Self::Place => ["地名", "地名", "place"],
            Self::Organisation => ["单位", "單位", "organisation"],
            Self::Name => ["名称", "名稱", "name"],
            Self::Quantity => ["数量", "數量", "quantity"],
            Self::Percentage => ["百分比", "百分比", "percentage"],
            Self::Rank => ["名次", "名次", "rank"],
            Self::Date => ["日期", "日期", "date"],
            Self::Session => ["届次", "屆次", "session"],
            Self::Meeting => ["会议", "會議", "meeting"],
            Self::Passage => ["待补内容", "待補內容", "passage"],
        }
    }

    /// Names can agree all over a draft; numbers, dates and persons are facts of their own.
    fn can_group(self) -> bool {
        matches!(self, Self::Place | Self::Organisation | Self::Name | Self::Meeting)
    }
}

/// The placeholder whose mark `c` stands at byte `at`; the mark is none of emphasis.
pub fn find(line: &str, at: usize, c: char) -> Option<Placeholder> {
    match c {
        'X' | 'x' | 'Ｘ' | 'ｘ' => cross_letters(line, at),
        '×' | '╳' | '✕' | 'х' | 'Х' => multiplication(line, at),
        '*' | '＊' => stars(line, at),
        '某' => some(line, at),
        '○' | '〇' | '◯' | 'O' | '□' | '△' | '▲' | '■' => shapes(line, at, c),
        '_' | '＿' => underscores(line, at),
        '【' | '［' | '[' | '{' | '<' | '〔' => bracketed(line, at, c),
        '（' | '(' => note(line, at),
        'T' | 'F' => keyword(line, at),
        '待' => pending(line, at),
        '？' | '?' => question_marks(line, at),
        '~' | '～' => tilde(line, at),
        '…' => ellipsis(line, at),
        ' ' | '\u{3000}' | '\u{A0}' => blank(line, at),
        '年' => empty_date(line, at),
        _ => None,
    }
}

/// What may stand beside a placeholder: Chinese text, its punctuation (also half-width, as in copied
/// drafts), or the edge of the line.
fn is_chinese_side(c: Option<char>) -> bool {
    c.is_none_or(|c| {
        is_han(c)
            || is_cjk_mark(c)
            || matches!(
                c,
                '"' | '\''
                    | ','
                    | ';'
                    | ':'
                    | '!'
                    | '?'
                    | '('
                    | ')'
                    | '%'
                    | '〇'
                    | '、'
                    | '。'
                    | '|'
                    | '*'
                    | '×'
                    | '>'
                    | '<'
                    | '《'
                    | '》'
                    | '—'
                    | '○'
            )
    })
}

fn run(line: &str, at: usize, is: impl Fn(char) -> bool) -> (usize, usize) {
    let rest = line.get(at..).unwrap_or("");
    let count = rest.chars().take_while(|c| is(*c)).count();
    let bytes = rest.chars().take(count).map(char::len_utf8).sum::<usize>();
    (at + bytes, count)
}

const fn is_x(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ')
}

/// XX, X, 20XX, X.X
fn cross_letters(line: &str, at: usize) -> Option<Placeholder> {
    let (end, count) = run(line, at, is_x);
    let end = decimal_end(line, end, is_x);
    let mut start = at;
    // 20XX年, 202X年
    let digits = line[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let year = year_start(line, at, count).filter(|_| {
            after(line, end).is_none_or(|c| is_han(c) || is_cjk_mark(c) || matches!(c, '-' | '~' | '.' | '/'))
        });
        // 138XXXXXXXX, 0371-6XXXXXXX
        let telephone =
            digits + count >= 7 && count >= 4 && after(line, end).is_none_or(|c| !c.is_ascii_alphanumeric());
        if telephone {
            return Some(Placeholder { group: None, category: Category::Quantity, ..made(line, at - digits, end) });
        }
        // 5X亿元, 1XX万人
        if year.is_none() && digits < 4 && quantity_or_percent(line, end).is_some() {
            return Some(made(line, number_start(line, at), end));
        }
        start = year?;
        // 20XX.XX.XX, 20XX-XX-XX: one date.
        if let Some(end) = dotted_date(line, end) {
            let range = Range::new(start, end);
            return Some(Placeholder {
                range,
                unit: range,
                category: Category::Date,
                group: None,
                ..made(line, start, end)
            });
        }
    }
    // 3.X%, X.5%, X00人
    let number_end =
        line[end..].find(|c: char| !(c.is_ascii_digit() || c == '.' || is_x(c))).map_or(line.len(), |i| end + i);
    let from = number_start(line, start);
    // X00人, but not the train X8037次
    let round = line[end..number_end].trim_start_matches('0').chars().next().is_none_or(|c| c == '.' || is_x(c));
    if (number_end > end || from < start) && start == at && round && quantity_or_percent(line, number_end).is_some() {
        return Some(made(line, from, number_end));
    }
    let previous = before(line, start);
    let next = after(line, end);
    let next_at = skip_spaces(line, end);
    let beyond = after(line, next_at);
    if count == 1 && start == at {
        single_x(line, at, end, previous, next, beyond)?;
    } else {
        if any_of(line, end, &["染色体", "染色體"]).is_some() {
            return None;
        }
        let acronym = previous.is_some_and(|c| c.is_ascii_uppercase());
        let left = if previous.is_some_and(is_space) {
            let word_end = line[..start].trim_end_matches(is_space);
            word_end.is_empty()
                || is_chinese_side(word_end.chars().next_back())
                || word_end.ends_with(|c: char| c.is_ascii_alphanumeric())
        } else {
            is_chinese_side(previous)
                || matches!(previous, Some('-' | '/' | '.')) && start == at && count > 1 && is_chinese_side(next)
        };
        let right = if next.is_some_and(is_space) {
            is_chinese_side(beyond) || beyond.is_some_and(|c| c.is_ascii_digit())
        } else {
            is_chinese_side(next)
        };
        // GDPXX亿元: only where a measure follows; MAXX is a name. GXX高速 is a road.
        let road = start > 0
            && matches!(line.as_bytes()[start - 1], b'G' | b'S')
            && any_of(line, next_at, &["高速", "省道", "国道", "线", "線", "公路"]).is_some();
        let measured = road || quantity_or_percent(line, next_at).is_some();
        // XXkm; 20XX-20XX年
        const UNITS: [&str; 12] = ["km", "MW", "GW", "kV", "kg", "mg", "ug", "ha", "mm", "cm", "m2", "m3"];
        let unit = count > 1 && any_of(line, next_at, &UNITS).is_some();
        let range_start =
            start < at && matches!(next, Some('-' | '~')) && after(line, end + 1).is_some_and(|c| digit(c).is_some());
        let range_end = start < at && matches!(previous, Some('-' | '~'));
        if (left || road) && (unit || range_start) || range_end && right {
            return Some(made(line, start, end));
        }
        if !(right && (left || acronym && measured))
            && !(left && matches!(next, Some('-' | '/' | '.')) && count > 1 && line[end + 1..].starts_with(is_x))
        {
            return None;
        }
    }
    Some(made(line, start, end))
}

/// The start of the number that the marks at byte `at` are part of: 3.X, 5X.
fn number_start(line: &str, at: usize) -> usize {
    let head = &line[..at];
    let start = head.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    // A point or a dot that belongs to the sentence is no number.
    if line[start..at].starts_with('.') { at } else { start }
}

/// The end of .XX.XX, -XX-XX or /XX/XX behind a year.
fn dotted_date(line: &str, at: usize) -> Option<usize> {
    let mark = after(line, at).filter(|c| matches!(c, '.' | '-' | '/' | '．'))?;
    let mut end = at;
    for part in 0..2 {
        if !has(line, end, mark.encode_utf8(&mut [0; 4])) {
            return (part > 0).then_some(end);
        }
        let (to, count) = run(line, end + mark.len_utf8(), |c| is_x(c) || c.is_ascii_digit());
        if !(1..=2).contains(&count) {
            return (part > 0).then_some(end);
        }
        end = to;
    }
    Some(end)
}

/// The conditions for one X alone.
fn single_x(
    line: &str,
    at: usize,
    end: usize,
    previous: Option<char>,
    next: Option<char>,
    beyond: Option<char>,
) -> Option<()> {
    const THINGS: [&str; 24] = [
        "射线", "射線", "线片", "線片", "型人", "轴", "軸", "染色体", "染色體", "波段", "荧光", "螢光", "因子", "光片",
        "线机", "線機", "染色", "档案", "世代", "一代", "战警", "字形", "字型", "形",
    ];
    // X光检查, but X光伏产业.
    let light = has(line, end, "光")
        && any_of(line, end + 3, &["伏", "电", "電", "芯", "纤", "缆", "谷", "大", "明"]).is_none();
    let letter = follows_any(line, at, &["维生素", "維生素", "维他命", "未知数", "变量"]);
    if light || letter || any_of(line, end, &THINGS).is_some() {
        return None;
    }
    // “X”形布局
    let quoted_shape = matches!(next, Some('”' | '」')) && any_of(line, end + 3, &["形", "字", "型"]).is_some();
    if quoted_shape {
        return None;
    }
    // 1-X月
    if previous == Some('-') && before(line, at - 1).is_some_and(|c| digit(c).is_some()) {
        return any_of(line, end, &["月", "日", "年"]).map(|_| ());
    }
    // Between spaces, only in front of Chinese text.
    let left = match previous {
        Some(c) if is_space(c) => before(line, line[..at].trim_end_matches(is_space).len())
            .is_none_or(|c| is_chinese_side(Some(c)) || is_x(c)),
        Some('-') => line[..at - 1].ends_with(is_x),
        other => is_chinese_side(other),
    };
    let right = match next {
        Some(c) if is_space(c) => beyond.is_some_and(|c| is_han(c) || matches!(c, '%' | '％') || is_x(c)),
        // X-X月
        Some('-' | '—') => line[end..].trim_start_matches(['-', '—']).starts_with(is_x),
        other => is_chinese_side(other),
    };
    // [x] and 「x」 as boxes to tick.
    let boxed = matches!((previous, next), (Some('['), Some(']')));
    (left && right && !boxed).then_some(())
}

/// × ×× ×××
fn multiplication(line: &str, at: usize) -> Option<Placeholder> {
    let is = |c| matches!(c, '×' | '╳' | '✕' | 'х' | 'Х');
    let (end, count) = run(line, at, is);
    let previous = before(line, at);
    let next = after(line, end);
    // A Cyrillic letter inside a Cyrillic word.
    let cyrillic = |c: Option<char>| c.is_some_and(|c| ('\u{400}'..='\u{4FF}').contains(&c));
    if cyrillic(previous) || cyrillic(next) {
        return None;
    }
    let left = before(line, line[..at].trim_end_matches(is_space).len());
    let right = after(line, skip_spaces(line, end));
    let is_digit = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
    // 2×2, 4×100米, 3.5米×2米, 7×24小时
    let left_measure = is_digit(left)
        || left.is_some_and(|c| "米厘毫寸尺公里里天时人丈cm".contains(c)) && has_digit_before_unit(line, at);
    if count == 1 && left_measure && is_digit(right) {
        return None;
    }
    // a×b, 3×(2+1)
    if count == 1
        && (left.is_some_and(|c| c.is_ascii_alphanumeric())
            && right.is_some_and(|c| c.is_ascii_alphanumeric() || c == '('))
    {
        return None;
    }
    // 打“×”, “互联网+×”
    let ticked = matches!(previous, Some('“' | '「'))
        && matches!(next, Some('”' | '」'))
        && follows_any(line, at - 3, &["打", "画", "划", "判", "标"]);
    if count == 1 && (ticked || previous == Some('+')) {
        return None;
    }
    // “数据要素×”, “人工智能×”: the name of a programme.
    let programme = follows_any(line, at, &["人工智能", "数据要素", "數據要素", "互联网", "大数据"]);
    let quoted = matches!(next, Some('”' | '」' | '"')) && previous.is_some_and(is_han);
    if count == 1 && (quoted || programme && next.is_none_or(is_boundary)) {
        return None;
    }
    // 成效=机制×执行力, 长×宽×高
    let clause = clause_around(line, at, end);
    if count == 1 && (clause.contains(['=', '＝']) || clause.matches('×').count() > 1 && is_chain(clause)) {
        return None;
    }
    let start =
        year_start(line, at, count).filter(|_| next.is_some_and(|c| matches!(c, '年' | '届' | '级'))).unwrap_or(at);
    let end = decimal_end(line, end, is);
    let mut found = made(line, start, end);
    // “文旅×科技”, 人工智能×制造业
    if count == 1
        && previous.is_some_and(is_han)
        && next.is_some_and(is_han)
        && (programme || within_quotes(line, at, end))
    {
        found.certainty = Certainty::Doubtful;
    }
    Some(found)
}

/// The text between the points around `at..end`, not far.
fn clause_around(line: &str, at: usize, end: usize) -> &str {
    let from =
        line[..at].char_indices().rev().take(30).take_while(|(_, c)| !is_boundary(*c)).last().map_or(at, |(i, _)| i);
    let to = line[end..].char_indices().take(30).find(|(_, c)| is_boundary(*c)).map_or(line.len(), |(i, _)| end + i);
    &line[from..to.max(end)]
}

/// 长×宽×高: nothing but short words with a × between them.
fn is_chain(clause: &str) -> bool {
    let mut words = clause.split('×');
    words.all(|word| {
        (1..=4).contains(&word.chars().count()) && word.chars().all(is_han) && any_of(word, 0, &HEAD_WORDS).is_none()
    })
}

/// The start of 20××年, where `count` marks stand at byte `at`.
fn year_start(line: &str, at: usize, count: usize) -> Option<usize> {
    let digits = line[..at].bytes().rev().take_while(u8::is_ascii_digit).count();
    let century = matches!(&line[at - digits..at], "20" | "19" | "201" | "202" | "203" | "2");
    (century && digits + count == 4).then_some(at - digits)
}

/// The end of ×.×％: one number.
fn decimal_end(line: &str, end: usize, is: impl Fn(char) -> bool) -> usize {
    if has(line, end, ".") || has(line, end, ",") {
        let (decimals, count) = run(line, end + 1, is);
        if count > 0 && quantity_or_percent(line, decimals).is_some() {
            return decimals;
        }
    }
    end
}

fn has_digit_before_unit(line: &str, at: usize) -> bool {
    let head = line[..at].trim_end_matches(is_space);
    let unit: usize =
        head.chars().rev().take_while(|c| is_han(*c) || c.is_ascii_alphabetic()).take(3).map(char::len_utf8).sum();
    before(head, head.len() - unit).is_some_and(|c| digit(c).is_some())
}

/// Words that a placeholder stands in front of: `**县`, `××同志`.
pub(super) const HEAD_WORDS: [&str; 24] = [
    "市", "县", "縣", "区", "區", "镇", "鎮", "乡", "鄉", "村", "局", "同志", "书记", "書記", "年", "月", "日", "公司",
    "项目", "項目", "省", "街道", "届", "次",
];

/// True when a short quotation has Han text on both sides of `at..end` and nothing else.
fn within_quotes(line: &str, at: usize, end: usize) -> bool {
    let left = line[..at].chars().rev().take(8).find(|c| !is_han(*c));
    let right = line[end..].chars().take(8).find(|c| !is_han(*c));
    matches!(left, Some('“' | '「')) && matches!(right, Some('”' | '」'))
}

/// * ** ***
fn stars(line: &str, at: usize) -> Option<Placeholder> {
    let (end, count) = run(line, at, |c| matches!(c, '*' | '＊'));
    let previous = before(line, at);
    let next = after(line, end);
    if previous == Some('\\') {
        return None;
    }
    let head = line[..at].trim_matches(is_space);
    // A bullet, or a rule of nothing but stars.
    if head.is_empty() && (count == 1 && next.is_some_and(is_space) || line[end..].trim_matches(is_space).is_empty()) {
        return None;
    }
    let left = before(line, line[..at].trim_end_matches(is_space).len());
    let right = after(line, skip_spaces(line, end));
    let is_digit = |c: Option<char>| c.is_some_and(|c| digit(c).is_some());
    // 5*8小时; 盆花*1, but G345*东线
    if is_digit(left) && is_digit(right)
        || left.is_some_and(is_han) && is_digit(right) && count == 1 && !years_ahead(line, end)
    {
        return None;
    }
    // *表示下降, 注：*为估算值, 带*的为必办事项
    let footnote = head.is_empty() && any_of(line, end, &["表示", "为"]).is_some()
        || follows_any(line, at, &["注：", "注:", "带", "标", "打"])
            && any_of(line, end, &["为", "表示", "的", "号", "项"]).is_some();
    if footnote {
        return None;
    }
    // *注：以上为初步统计; A*算法
    if head.is_empty() && any_of(line, end, &["注", "备注", "備註", "说明", "數據來源", "数据来源"]).is_some()
        || count == 1 && previous.is_some_and(|c| c.is_ascii_alphabetic())
    {
        return None;
    }
    // Code and paths: a*b, *.txt
    let suffix = line[end..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    if suffix
        || right.is_some_and(|c| c.is_ascii_alphabetic())
        || left.is_some_and(|c| c.is_ascii_alphabetic() || c == '/') && count == 1 && !right.is_some_and(is_han)
    {
        return None;
    }
    let start =
        year_start(line, at, count).filter(|_| next.is_some_and(|c| matches!(c, '年' | '届' | '级'))).unwrap_or(at);
    let end = decimal_end(line, end, |c| matches!(c, '*' | '＊'));
    let mut found = made(line, start, end);
    // Four stars and more hide a name or a passage; the words around do not tell which.
    if count > 3 {
        found.group = None;
    }
    Some(found)
}

fn years_ahead(line: &str, at: usize) -> bool {
    line.get(at..).is_some_and(|rest| rest.bytes().take_while(u8::is_ascii_digit).count() == 4)
}

/// Surnames, but for those that are also common prepositions.
const SURNAMES: &str = "王李张張刘劉陈陳杨楊黄黃赵趙吴吳周徐孙孫马馬朱胡郭何高林罗羅郑鄭梁谢謝宋唐许許韩韓冯馮邓鄧曹彭曾肖田董袁潘蒋蔡余杜叶葉程苏蘇魏吕呂丁任沈姚卢盧姜崔钟鍾谭譚陆陸汪范金石廖贾賈夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔汤";

/// 某某市, 某同志
fn some(line: &str, at: usize) -> Option<Placeholder> {
    const NOUNS: [&str; 45] = [
        "市", "县", "縣", "区", "區", "镇", "鎮", "乡", "鄉", "村", "省", "局", "委", "公司", "集团", "同志", "书记",
        "書記", "主任", "局长", "局長", "县长", "縣長", "市长", "市長", "区长", "區長", "单位", "單位", "学校", "學校",
        "街道", "社区", "年", "企业", "企業", "中学", "大学", "医院", "醫院", "项目", "部门", "景区", "月", "日",
    ];
    if before(line, at) == Some('某') {
        return None;
    }
    let (end, count) = run(line, at, |c| c == '某');
    let previous = before(line, at);
    if previous.is_some_and(|c| SURNAMES.contains(c)) {
        return None;
    }
    let noun = any_of(line, end, &NOUNS);
    let speaker = follows_any(line, at, &["刚才，", "刚才,", "剛才，", "剛纔,"]);
    if count >= 2 {
        return (noun.is_some() || speaker || after(line, end).is_none_or(|c| is_boundary(c) || is_cjk_mark(c)))
            .then(|| made(line, at, end));
    }
    let noun = noun?;
    let mut found = made(line, at, end);
    if matches!(noun, "月" | "日") {
        return Some(found);
    }
    if matches!(noun, "同志" | "年" | "书记" | "書記")
        || has(line, end, "区委书记")
        || has(line, end, "县委书记")
        || has(line, end, "市委书记")
    {
        found.certainty = Certainty::Doubtful;
        if follows_any(line, at, &["由", "请", "，", "。"]) && noun == "同志" {
            found.certainty = Certainty::Certain;
        }
        return Some(found);
    }
    found.certainty = Certainty::InCompany;
    Some(found)
}

/// ○○县, □□, △△同志
fn shapes(line: &str, at: usize, c: char) -> Option<Placeholder> {
    if before(line, at) == Some(c) {
        return None;
    }
    let (end, count) = run(line, at, |d| d == c);
    let (previous, next) = (before(line, at), after(line, end));
    if count < 2 && !is_ringed(line, at, end, c) {
        return None;
    }
    let numeral = |c: Option<char>| c.is_some_and(|c| numeral::is_chinese(c) || matches!(c, '●' | '○' | '■' | '□'));
    // 二〇〇二年, ●●○○
    if numeral(previous) && c != 'O' || numeral(next) && !matches!(next, Some('万' | '萬' | '亿' | '億' | '百' | '千'))
    {
        return None;
    }
    // A line of boxes or a bullet.
    if line[..at].trim_matches(is_space).is_empty() && next.is_none_or(is_space) {
        return None;
    }
    let side = |c: Option<char>| is_chinese_side(c) || c.is_some_and(is_space);
    (side(previous) && side(next)).then(|| made(line, at, end))
}

/// One ring alone, which is also a zero: 第○届○次, ○月○日.
fn is_ringed(line: &str, at: usize, end: usize, c: char) -> bool {
    const SESSIONS: [&str; 4] = ["届", "屆", "次", "位"];
    matches!(c, '○' | '〇' | '◯')
        && match before(line, at) {
            Some('第') => any_of(line, end, &SESSIONS).is_some(),
            Some('届' | '屆') => has(line, end, "次"),
            Some('年') => has(line, end, "月"),
            Some('月') => has(line, end, "日"),
            other => has(line, end, "月") && other.is_none_or(|c| !numeral::is_chinese(c) && !c.is_ascii_digit()),
        }
}

/// ____
fn underscores(line: &str, at: usize) -> Option<Placeholder> {
    let is = |c| matches!(c, '_' | '＿');
    let (end, count) = run(line, at, is);
    let trimmed = line.trim_matches(is_space);
    if count < 2 || trimmed.starts_with('|') || trimmed.chars().all(is) {
        return None;
    }
    // Names in code: max__size, __init__; __emphasis__
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    if letter(before(line, at)) && letter(after(line, end)) {
        return None;
    }
    Some(made(line, at, end))
}

const STRONG_FILL: [&str; 18] = [
    "待", "填", "此处", "此處", "插入", "XXX", "XX", "××", "具体", "具體", "一句", "补充", "補充", "省略", "姓名",
    "单位名称", "單位名稱", "核实",
];
const WEAK_FILL: [&str; 20] = [
    "补", "補", "写", "寫", "单位", "單位", "名称", "名稱", "姓名", "职务", "職務", "时间", "時間", "日期", "地点",
    "地點", "数据", "數據", "金额", "会议",
];

/// 【待补】, [单位名称], {姓名}
fn bracketed(line: &str, at: usize, open: char) -> Option<Placeholder> {
    let (open_text, close) = match open {
        '【' => ("【", "】"),
        '［' => ("［", "］"),
        '〔' => ("〔", "〕"),
        '[' => ("[", "]"),
        '<' => ("<", ">"),
        _ if has(line, at, "{{") => ("{{", "}}"),
        _ => ("{", "}"),
    };
    let inner_at = at + open_text.len();
    let inner_end = inner_at + line.get(inner_at..)?.find(close)?;
    let inner = line.get(inner_at..inner_end)?.trim_matches(is_space);
    let end = inner_end + close.len();
    let full_width = matches!(open, '【' | '［' | '〔');
    let chinese_around = is_chinese_side(before(line, at)) && is_chinese_side(after(line, end));
    // [ ]年[ ]月, [X]%
    let measured = quantity_or_percent(line, end).is_some() || any_of(line, end, &["年", "月", "日"]).is_some();
    if open == '[' && inner.chars().all(is_x) && measured {
        return Some(made(line, at, end));
    }
    // [text](url), [1], [ ]: Markdown
    if open == '[' && (has(line, end, "(") || has(line, end, "[") || has(line, end, ":")) {
        return None;
    }
    if inner.is_empty() {
        let blank_box = open == '[' && inner_end > inner_at;
        return ((full_width || matches!(open, '{')) && chinese_around && !blank_box).then(|| passage(at, end));
    }
    if inner.chars().count() > 24 || !inner.chars().any(is_han) && !inner.chars().all(|c| is_x(c) || c == '×') {
        return None;
    }
    if ["讲稿：", "讲稿:", "講稿：", "jianggao"].iter().any(|p| inner.starts_with(p)) {
        return None;
    }
    // {{年份}}: a field of a template, whatever it is called.
    if open_text == "{{" {
        return Some(passage(at, end));
    }
    let strong = STRONG_FILL.iter().any(|word| inner.contains(word))
        && !["待遇", "待办", "招待", "接待", "等待", "对待", "期待", "优待"].iter().any(|word| inner.contains(word));
    let weak = WEAK_FILL.iter().any(|word| inner.ends_with(word) || inner == *word);
    // 【时间】3月5日 at the start of a line is a label.
    let label = line[..at].trim_matches(is_space).is_empty() && after(line, skip_spaces(line, end)).is_some();
    (strong || weak && !label && inner.chars().count() <= 8)
        .then(|| Placeholder { category: wanted(inner), ..passage(at, end) })
}

/// What the words in brackets ask for: 【姓名】, [单位名称], {金额}.
fn wanted(inner: &str) -> Category {
    const WORDS: &[(Category, &[&str])] = &[
        (Category::Person, &["姓名", "职务", "職務", "人名"]),
        (Category::Organisation, &["单位", "單位", "部门", "部門", "机关", "機關"]),
        (Category::Date, &["时间", "時間", "日期", "年份"]),
        (Category::Place, &["地点", "地點", "地名", "地区", "地區"]),
        (Category::Quantity, &["金额", "金額", "数字", "數字", "数量", "數量"]),
    ];
    // 【待补：单位情况】 asks for a passage.
    let short = inner.trim_start_matches(['待', '补', '補', '填', '写', '寫', '：', ':']).chars().count() <= 4;
    let named = |words: &[&str]| words.iter().any(|word| inner.ends_with(word) || inner.starts_with(word));
    WORDS.iter().find(|(_, words)| short && named(words)).map_or(Category::Passage, |(category, _)| *category)
}

/// （此处插入数据）, （待核实）, （略）
fn note(line: &str, at: usize) -> Option<Placeholder> {
    let open = after(line, at)?;
    let inner_at = at + open.len_utf8();
    let inner_end = inner_at + line.get(inner_at..)?.find(['）', ')'])?;
    let inner = line.get(inner_at..inner_end)?.trim_matches(is_space);
    const STARTS: [&str; 28] = [
        "此处", "此處", "填写", "填寫", "请填", "根据实际", "根據實際", "结合实际填", "待核实", "待核實", "待补",
        "待補", "待定", "待填", "待更新", "待确认", "在此", "这里填", "根据本地", "根据本单位", "结合本地",
        "结合本单位", "结合本", "可根据", "请补充", "自己补充", "补充案例", "举例说明",
    ];
    const ENDS: [&str; 8] = ["待更新", "待核实", "待补充", "待補充", "待确认", "待定", "内容略", "下略"];
    // （单字替换）, （……可以前后对照进行准确替换）: what a filter of a site leaves.
    let filtered = ["单字", "單字", "前后对照", "前後對照"].iter().any(|word| inner.contains(word));
    if filtered && (inner.ends_with("替换") || inner.ends_with("替換")) {
        return Some(ghost(at, inner_end + line[inner_end..].chars().next()?.len_utf8(), Category::Passage));
    }
    // 投资（　）亿元
    if inner.is_empty() {
        let end = inner_end + line[inner_end..].chars().next()?.len_utf8();
        return quantity_or_percent(line, end).is_some().then(|| made(line, at, end));
    }
    const STAGE: [&str; 22] = [
        "停顿", "停頓", "掌声", "掌聲", "鼓掌", "播放", "稍停", "暂停", "起立", "敬礼", "合影", "奏", "演唱", "朗诵",
        "展示", "视频", "略停", "微笑", "致意", "鞠躬", "环视", "翻页",
    ];
    if STAGE.iter().chain(&["改动", "删节", "略有"]).any(|word| inner.contains(word)) {
        return None;
    }
    let blank_name = matches!(
        inner,
        "举例"
            | "后略"
            | "从略"
            | "以下略"
            | "省略"
            | "数字"
            | "时间"
            | "地点"
            | "姓名"
            | "领导姓名"
            | "單位名稱"
            | "单位名称"
            | "职务"
            | "職務"
    );
    let matches = blank_name
        || inner == "略"
        || inner == "空"
        || ["：此处", "：此處"].iter().any(|s| inner.contains(s))
        || STARTS.iter().any(|s| inner.starts_with(s))
        || ENDS.iter().any(|e| inner.ends_with(e));
    let end = inner_end + line[inner_end..].chars().next()?.len_utf8();
    (matches && inner.chars().count() <= 30).then(|| passage(at, end))
}

/// TODO, FIXME, TBD
fn keyword(line: &str, at: usize) -> Option<Placeholder> {
    let word = any_of(line, at, &["TODO", "FIXME", "TBD"])?;
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    (!letter(before(line, at)) && !letter(after(line, at + word.len()))).then(|| passage(at, at + word.len()))
}

/// 待补, 待定 standing by themselves
fn pending(line: &str, at: usize) -> Option<Placeholder> {
    let word =
        any_of(line, at, &["待补充", "待補充", "待补", "待補", "待定", "待填写", "待填", "待核实", "待核", "待完善"])?;
    let end = at + word.len();
    let alone = |c: Option<char>| {
        c.is_none_or(|c| {
            is_boundary(c) || is_space(c) || matches!(c, '】' | '）' | ')' | ']' | '［' | '【' | '〔' | '〕')
        })
    };
    // Inside brackets the brackets are the placeholder.
    if matches!(before(line, at), Some('【' | '［' | '[' | '〔' | '（' | '(')) {
        return None;
    }
    let sentence_alone = alone(before(line, at)) && alone(after(line, end));
    (sentence_alone && !matches!(word, "待完善")).then(|| passage(at, end))
}

/// ？？ in the place of a number or by itself
fn question_marks(line: &str, at: usize) -> Option<Placeholder> {
    let (end, count) = run(line, at, |c| matches!(c, '？' | '?'));
    if count < 2 {
        return None;
    }
    let measured = quantity_or_percent(line, end).is_some() && before(line, at).is_some_and(is_han);
    let boxed =
        matches!(before(line, at), Some('（' | '(' | '【')) && matches!(after(line, end), Some('）' | ')' | '】'));
    (measured || boxed).then(|| made(line, at, end))
}

/// 在～乘势而上, ～年
fn tilde(line: &str, at: usize) -> Option<Placeholder> {
    let (end, _) = run(line, at, |c| matches!(c, '~' | '～'));
    let (previous, next) = (before(line, at)?, after(line, end)?);
    let waits = "在让是为对把使与和讓為對".contains(previous) && is_han(next);
    let unit = any_of(line, end, &["年", "县", "市", "区", "同志"]).is_some()
        && (is_han(previous) || is_boundary(previous))
        && !"年月日号时点期周一二三四五六七八九十".contains(previous);
    (waits || unit).then(|| doubtful(made(line, at, end)))
}

/// 第……届
fn ellipsis(line: &str, at: usize) -> Option<Placeholder> {
    let (end, _) = run(line, at, |c| c == '…');
    let rank = before(line, at) == Some('第') && any_of(line, end, &["届", "屆", "次", "位", "名", "批"]).is_some();
    rank.then(|| doubtful(made(line, at, end)))
}

/// A gap of spaces where a word is missing: 请假        名, 建校 周年, 　　年　　月　　日
fn blank(line: &str, at: usize) -> Option<Placeholder> {
    if before(line, at).is_none_or(is_space) {
        return None;
    }
    let end = skip_spaces(line, at);
    let gap = &line[at..end];
    let (previous, next) = (before(line, at)?, after(line, end)?);
    let width: usize = gap.chars().map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
    if !(is_han(previous) || matches!(previous, '：' | ':')) {
        return None;
    }
    if any_of(line, end, &["周年", "週年"]).is_some() && is_han(previous) {
        return Some(made(line, at, end));
    }
    if width < 3 {
        return None;
    }
    let measured = quantity_or_percent(line, end).is_some()
        || any_of(line, end, &["年", "月", "日", "同志", "届", "屆", "次", "位"]).is_some_and(|w| {
            after(line, end + w.len())
                .is_none_or(|c| !is_han(c) || w == "同志" || "在的到以来共".contains(c) || c == '年' || is_space(c))
        });
    // A sentence with one gap in it; lines of columns have several, or no sentence.
    let sentence = matches!(next, '。' | '，' | '；' | '、') && is_han(previous);
    // 我谨代表      向大家致谢, 以      为代表
    let governed = is_han(next)
        && (follows_any(line, at, &["代表", "邀请", "邀請", "感谢", "感謝"])
            || matches!(
                previous,
                '以' | '由' | '请' | '請' | '对' | '對' | '为' | '為' | '让' | '讓' | '与' | '從' | '从'
            ));
    (measured || sentence || governed).then(|| made(line, at, end))
}

/// 年月日 with nothing before, as a signature has it
fn empty_date(line: &str, at: usize) -> Option<Placeholder> {
    let trimmed = line.trim_matches(is_space);
    let bare: String = trimmed.chars().filter(|c| !is_space(*c) && !matches!(c, '—' | '-')).collect();
    let first = line.find('年') == Some(at);
    if first && bare == "年月日" {
        let start = line.len() - line.trim_start_matches(is_space).len();
        let end = start + trimmed.len();
        let mut found = made(line, start, end);
        found.category = Category::Date;
        found.unit = found.range;
        return Some(found);
    }
    None
}

/// A name taken out in front of 同志, which stands at byte `at` behind a boundary.
pub fn nameless_comrade(line: &str, at: usize) -> Option<Placeholder> {
    const VERBS: [&str; 14] =
        ["通报", "通報", "传达", "傳達", "宣读", "宣讀", "作了", "就", "代表", "主持", "汇报", "彙報", "介绍", "强调"];
    let end = at + "同志".len();
    (has(line, at, "同志") && any_of(line, end, &VERBS).is_some()).then(|| ghost(at, end, Category::Person))
}

/// A number taken out in front of the measure that ends at byte `end`: 增长%, 完成亿元，
pub fn numberless_measure(line: &str, end: usize) -> Option<Placeholder> {
    const MEASURES: [&str; 8] = ["%", "％", "亿元", "億元", "万元", "萬元", "个百分点", "個百分點"];
    const VERBS: [&str; 7] = ["增长", "增長", "下降", "达到", "達到", "完成", "占"];
    let measure = MEASURES.iter().find(|m| line.get(..end).is_some_and(|head| head.ends_with(**m)))?;
    let start = end - measure.len();
    let category = if measure.len() < 6 || measure.len() > 6 { Category::Percentage } else { Category::Quantity };
    follows_any(line, start, &VERBS).then(|| ghost(start, end, category))
}

/// A numeral taken out between 第 and 届, behind 连续, before 月底: the word stands at byte `at`.
pub fn numberless_word(at: usize, word: &str) -> Placeholder {
    let category = if word.starts_with('第') {
        Category::Session
    } else if word.contains("年月") {
        Category::Date
    } else {
        Category::Quantity
    };
    ghost(at, at + word.trim_end_matches(['，', ',']).len(), category)
}

/// `times;`, `&times;` or a run of them, of which the last character is at byte `end - 1`.
pub fn residue(start: usize, end: usize) -> Placeholder {
    Placeholder { form: Form::Residue, category: Category::Person, ..passage(start, end) }
}

fn ghost(start: usize, end: usize, category: Category) -> Placeholder {
    Placeholder { form: Form::Ghost, category, ..passage(start, end) }
}

fn doubtful(mut found: Placeholder) -> Placeholder {
    found.certainty = Certainty::Doubtful;
    found
}

fn passage(start: usize, end: usize) -> Placeholder {
    let range = Range::new(start, end);
    Placeholder {
        range,
        unit: range,
        category: Category::Passage,
        form: Form::Mark,
        certainty: Certainty::Certain,
        group: None,
    }
}

fn made(line: &str, start: usize, end: usize) -> Placeholder {
    let (category, unit) = classify(line, start, end);
    // A gap or a line to write on is no name: two of them are two facts, unless a noun stands behind.
    let nameless = unit.len() == end - start && unit.of(line).chars().all(|c| is_space(c) || matches!(c, '_' | '＿'));
    let group = (category.can_group() && !nameless).then(|| fingerprint(unit.of(line)));
    Placeholder {
        range: Range::new(start, end),
        unit,
        category,
        form: Form::Mark,
        certainty: Certainty::Certain,
        group,
    }
}

/// The number of a group, from the text of its unit.
pub fn fingerprint(unit: &str) -> u64 {
    let mut hasher = rustc_hash::FxHasher::default();
    unit.hash(&mut hasher);
    hasher.finish()
}

/// Takes the groups away from the elements of one enumeration that begin with the same unit: in
/// X河5公里、X河8公里 the two are different rivers, while 关心X区、热爱X区 is one district.
pub fn part_enumerations(line: &str, found: &mut [Placeholder]) {
    for i in 1..found.len() {
        let at = found[i].unit.start as usize;
        if found[i].group.is_none() || before(line, at) != Some('、') {
            continue;
        }
        // ××、××: two places.
        let bare = found[i].unit.len() == found[i].range.len();
        let last = &found[i - 1];
        if bare && last.range.end as usize == at - 3 && last.unit.len() == last.range.len() {
            found[i - 1].group = None;
            found[i].group = None;
            continue;
        }
        let element_start = at - 3;
        let list_start = line[..element_start].rfind(|c| is_boundary(c) && c != '、').unwrap_or(0);
        for j in (i.saturating_sub(16)..i).rev() {
            if (found[j].unit.start as usize) < list_start {
                break;
            }
            if found[j].unit.of(line) == found[i].unit.of(line) && found[i].unit.len() > found[i].range.len() {
                found[j].group = None;
                found[i].group = None;
            }
        }
    }
}
