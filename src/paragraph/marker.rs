//! Recognising ordinals: 一、 （一） 1. （1） ① 第一， 一是 一要 首先 …
//!
//! What is found here are candidates. A candidate at a clause boundary has passed the boundary test;
//! the sequence test needs its neighbours and is made by [`crate::outline`].

use rustc_hash::FxHashMap;

use crate::numeral::{self, Formal, OnePiece};
use crate::text::Range;
use crate::text::chars::{after, any_of, before, digit, has, is_clause_end, is_han, is_space, simplified, skip_spaces};

/// A way of numbering. Two markers of one family can be items of one list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Family {
    /// 第一章, 第二部分: with the simplified unit's first character.
    Chapter(char),
    /// 第一条 of a regulation.
    Article,
    /// 壹、
    Ledger,
    /// 一、
    Chinese,
    /// （一）
    ChineseParen,
    /// 1. and the common 1、
    Arabic,
    /// （1） 1）
    ArabicParen,
    /// ①
    Circled,
    /// 甲、
    Stem,
    /// Ⅰ.
    Roman,
    /// A. a)
    Letter(Case),
    /// 第一，
    Nth,
    /// 第一句话： 第一个方面，: the characters between the number and the mark, simplified.
    NthNoun(Word),
    /// 第一是 第一要: with the verb.
    NthVerb(char),
    /// 一是 一要 一问 …: with the simplified verb.
    Verb(char),
    /// 首先 其次 再次 最后
    First,
    /// 其一
    OfThem,
    /// 一方面 另一方面
    Side,
    /// 一来 一则: with the word.
    Comes(char),
    /// 问题一： 案例1：: the word, simplified.
    Label(Word),
}

/// Capital or small letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Case {
    Upper,
    Lower,
}

/// Up to four characters, so that a family stays a plain value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Word([char; 4]);

impl Word {
    fn new(text: &str) -> Self {
        let mut word = Self::default();
        for (slot, c) in word.0.iter_mut().zip(text.chars()) {
            *slot = simplified(c);
        }
        word
    }
}

impl std::fmt::Display for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().filter(|&&c| c != '\0').try_for_each(|c| write!(f, "{c}"))
    }
}

impl Marker {
    /// The marker with another number in the place of its own, written in the same way.
    pub fn with_value(&self, value: u32) -> Option<String> {
        let (start, end) =
            ((self.number.start - self.range.start) as usize, (self.number.end - self.range.start) as usize);
        let number = match (self.family, value) {
            (Family::First, 1) => "首先".to_owned(),
            (Family::First, 2) => "其次".to_owned(),
            (Family::First, 3) => "再次".to_owned(),
            (Family::First, LAST) => "最后".to_owned(),
            (Family::Side, 1) => "一方面".to_owned(),
            (Family::Side, 2) => "另一方面".to_owned(),
            (Family::First | Family::Side, _) => return None,
            _ => numeral::like(self.text.get(start..end)?, value)?,
        };
        Some(format!("{}{number}{}", self.text.get(..start)?, self.text.get(end..)?))
    }

    /// The text of the numeral.
    pub fn numeral(&self) -> &str {
        let (start, end) =
            ((self.number.start - self.range.start) as usize, (self.number.end - self.range.start) as usize);
        self.text.get(start..end).unwrap_or("")
    }
}

impl Family {
    /// The fixed place in the order of levels (GB/T 9704 7.3.3 and custom); `None` for the families
    /// that take the level where they stand.
    pub fn rank(self) -> Option<u8> {
        Some(match self {
            Self::Chapter(_) | Self::Ledger | Self::Roman => 0,
            Self::Chinese => 1,
            Self::ChineseParen => 2,
            Self::Arabic => 3,
            Self::ArabicParen | Self::Stem => 4,
            Self::Circled => 5,
            _ => return None,
        })
    }

    /// True for families whose words are also ordinary words: they count only in a sequence.
    pub fn needs_company(self) -> bool {
        matches!(
            self,
            Self::Verb(_)
                | Self::NthVerb(_)
                | Self::NthNoun(_)
                | Self::First
                | Self::OfThem
                | Self::Side
                | Self::Comes(_)
                | Self::Label(_)
                | Self::Letter(_)
        )
    }

    /// The name used in JSON and in documentation.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chapter(_) => "chapter",
            Self::Article => "article",
            Self::Ledger => "ledger",
            Self::Chinese => "cn-dun",
            Self::ChineseParen => "cn-paren",
            Self::Arabic => "ar-dot",
            Self::ArabicParen => "ar-paren",
            Self::Circled => "circled",
            Self::Stem => "stem",
            Self::Roman => "roman",
            Self::Letter(_) => "letter",
            Self::Nth => "di",
            Self::NthNoun(_) => "di-noun",
            Self::NthVerb(_) => "di-shi",
            Self::Verb(_) => "n-verb",
            Self::First => "shouxian",
            Self::OfThem => "qi",
            Self::Side => "pair",
            Self::Comes(_) => "laize",
            Self::Label(_) => "label",
        }
    }

    /// The last item of such a list has no number of its own.
    pub fn is_unnumbered(self) -> bool {
        matches!(self, Self::First | Self::Side)
    }
}

/// A candidate ordinal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marker {
    /// The text of `range`.
    pub text: Box<str>,
    /// The text of `title`.
    pub heading: Box<str>,
    pub family: Family,
    pub value: u32,
    /// The whole marker with its point: `（一）` `第一，` `一要`.
    pub range: Range,
    /// The numeral in it.
    pub number: Range,
    /// The point or brackets are not the usual ones of the family; what is usual is in `usual`.
    pub deviation: Option<Deviation>,
    /// The heading: up to the end of the first sentence, or of the first clause when that is long.
    pub title: Range,
    /// The heading is a line of its own, without a sentence behind it.
    pub own_line: bool,
    /// Inside quotes or brackets: where they open; 0 outside.
    pub scope: u32,
    /// The verb is none of those that ordinals usually take: counts only in an unbroken 一 二 三.
    pub weak: bool,
    /// Behind a mark that ends a sentence or a large part of one, or at the start.
    pub after_clause: bool,
    /// Behind a colon: may begin a list of its own.
    pub after_colon: bool,
}

/// The values that candidates of each family carry.
#[derive(Default)]
pub struct Groups(FxHashMap<Family, Group>);

#[derive(Clone, Copy, Default)]
pub struct Group {
    pub count: u32,
    /// Candidates that are no weak ones.
    pub firm: u32,
    /// Bit n: the value n is there; bit 63 for all above.
    values: u64,
}

impl Groups {
    pub fn of<'a>(markers: impl IntoIterator<Item = &'a Marker>) -> Self {
        let mut groups: FxHashMap<Family, Group> = FxHashMap::default();
        for m in markers {
            groups.entry(m.family).or_default().add(m);
        }
        Self(groups)
    }

    pub fn get(&self, family: Family) -> Group {
        self.0.get(&family).copied().unwrap_or_default()
    }
}

impl Group {
    pub fn add(&mut self, m: &Marker) {
        self.count += 1;
        self.firm += u32::from(!m.weak);
        self.values |= 1 << m.value.min(63);
    }

    pub fn has(&self, value: u32) -> bool {
        self.values >> value & 1 == 1
    }

    /// True when a value of two or more is among them.
    pub fn goes_on(&self) -> bool {
        self.values >> 2 != 0
    }
}

/// What is unusual about the way a marker is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Deviation {
    /// 1、 for 1.
    ArabicEnumeration,
    /// 1。 1, for 1.
    ArabicMark,
    /// 一. 一， 一：… for 一、
    ChineseMark,
    /// （一）、 （1）、 ①、: a point behind brackets.
    MarkBehind,
    /// (一) or （一) for （一）
    HalfBrackets,
    /// 第一、 首先、 for a comma.
    CommaWanted,
    /// 一、、 一、一、
    Doubled,
    /// ⼀、 ー、 for 一、
    Lookalike,
}

/// Verbs that ordinals usually take.
const VERBS: &str =
    "是要问看抓查靠讲学促防保强建育优提树破立守严盯管评比创增补转争谋练思知明聚推稳引扩拓改治清送帮访听谈做";
/// Words that a numeral counts; they never follow an ordinal.
const COUNTED: &str = "个個条條项項次年天件级級种種名位场場季月日万萬亿億分点點线線类類等本期号號区區中产產审審把楼队隊组組班环環档檔轮輪届屆段步手带帶般些定切直起样樣致体體旦者方句字张張家口批路座阵陣处處心刻时時代会會再半流向下边邊旁同律概并併道面世股声聲度百千百起番番一二三四五六七八九十〇零两兩几幾多余餘来來则則";

/// Surnames and other words before which 某 … are handled elsewhere; here: words that make 第N a
/// thing of its own rather than an ordinal are simply not followed by a point.
/// What the programme of a meeting consists of: 第二项议程.
const AGENDA: &[&str] = &["议程", "議程", "内容", "內容", "程序", "仪程", "儀程", "任务", "任務"];
const NTH_NOUNS: [&str; 23] = [
    "句话", "句話", "个", "個", "件事", "件", "项", "項", "点", "點", "条", "條", "层", "層", "张", "張", "类", "類",
    "步", "关", "關", "方面", "阶段",
];
const CHAPTERS: [&str; 9] = ["部分", "章", "节", "節", "篇", "编", "編", "单元", "板块"];
const LABELS: &[&str] = &[
    "问题", "問題", "案例", "建议", "建議", "优势", "優勢", "附件", "议程", "議程", "任务", "任務", "措施", "对策",
    "对策", "對策", "经验", "經驗", "教训", "教訓", "举措", "舉措", "做法", "亮点", "亮點", "关键词", "關鍵詞", "话题",
    "話題", "主题", "主題", "专题", "專題", "议题", "議題", "环节", "環節", "步骤", "步驟", "目标", "目標", "要求",
    "体会", "體會", "启示", "啟示", "镜头", "鏡頭", "故事", "场景", "場景", "阶段", "階段", "特点", "特點", "原因",
    "不足", "短板", "变化", "變化", "成效", "感受", "典型",
];

/// A title longer than this many characters is cut at its first comma.
const LONG_TITLE: usize = 40;

/// The ordinal at byte `at`, where a paragraph starts.
pub fn head(line: &str, at: usize) -> Option<Marker> {
    let mut found = fixed_head(line, at).or_else(|| agenda(line, at)).or_else(|| inline(line, at, true))?;
    found.after_clause = true;
    let (title, own_line) = heading(line, found.range.end as usize);
    (found.title, found.own_line) = (title, own_line);
    found.heading = title.of(line).into();
    found.text = found.range.of(line).into();
    Some(found)
}

fn marker(family: Family, value: u32, range: (usize, usize), number: (usize, usize)) -> Marker {
    Marker {
        text: Box::default(),
        heading: Box::default(),
        family,
        value,
        range: Range::new(range.0, range.1),
        number: Range::new(number.0, number.1),
        deviation: None,
        title: Range::default(),
        own_line: false,
        scope: 0,
        weak: false,
        after_clause: false,
        after_colon: false,
    }
}

/// The families that stand at the start of a paragraph only, or mostly.
fn fixed_head(line: &str, at: usize) -> Option<Marker> {
    let c = after(line, at)?;
    match c {
        '第' => chapter(line, at),
        '（' | '(' => parenthesised(line, at),
        _ if numeral::one_piece(c).is_some() => one_piece(line, at, c),
        _ if digit(c).is_some() => arabic(line, at, true),
        _ if c.is_ascii_alphabetic() => letter(line, at, true),
        'Ⅰ'..='Ⅻ' => roman(line, at),
        _ => chinese(line, at)
            .or_else(|| half_bracket(line, at))
            .or_else(|| formal(line, at, c))
            .or_else(|| label(line, at)),
    }
}

/// 一、 and its misspellings.
fn chinese(line: &str, at: usize) -> Option<Marker> {
    let rest = line.get(at..)?;
    let c = rest.chars().next()?;
    let (value, len, lookalike) = match numeral::read_chinese(rest) {
        Some((value, len)) => (value, len, None),
        None => {
            let (real, certain) = numeral::lookalike(c)?;
            let value = if real == '十' { 10 } else { numeral::chinese_digit(real)? };
            (value, c.len_utf8(), Some(certain))
        }
    };
    let number = (at, at + len);
    let mark_at = skip_one_space(line, at + len);
    let mark = after(line, mark_at)?;
    let end = mark_at + mark.len_utf8();
    let deviation = match mark {
        '、' => None,
        '.' | '．' | '，' | ',' | '：' | ':' | '。' | '､' if lookalike.is_none() => Some(Deviation::ChineseMark),
        _ => return None,
    };
    let mut found = marker(Family::Chinese, value, (at, end), number);
    found.deviation = deviation;
    if lookalike.is_some() {
        found.deviation = Some(Deviation::Lookalike);
        found.weak = lookalike == Some(false);
    }
    // 一、、 and 一、一、
    if mark == '、' && has(line, end, "、") {
        found.range.end = (end + 3) as u32;
        found.deviation = Some(Deviation::Doubled);
    } else if mark == '、' && line.get(end..).is_some_and(|r| r.starts_with(&line[at..end])) {
        found.range.end = (end + (end - at)) as u32;
        found.deviation = Some(Deviation::Doubled);
    }
    if counts_on(line, found.range.end as usize, value) {
        return None;
    }
    // Other points are common behind a number: only beside its neighbours such a marker is certain.
    if deviation.is_some() && !after(line, skip_spaces(line, end)).is_some_and(is_han) {
        return None;
    }
    Some(found)
}

/// True when the numeral at byte `at` goes on with an enumeration or an approximation that `value`
/// began: 一、二、三产业 · 一、二线城市 · 三、四点意见 · 十一、十二月份. A heading may begin with a numeral, too:
/// 一、二十大精神, 二、四季度安排, 二、三农工作.
fn counts_on(line: &str, at: usize, value: u32) -> bool {
    let at = skip_spaces(line, at);
    let Some(rest) = line.get(at..) else {
        return false;
    };
    let Some((next, len)) = numeral::read_chinese(rest) else {
        return false;
    };
    if matches!(after(line, at + len), Some('、' | '，' | ',' | '。' | '；')) {
        return true;
    }
    // 三、五年内
    (next == value + 1 || value == 3 && next == 5)
        && any_of(line, at, &["三农", "三農", "二十大"]).is_none()
        && !matches!(after(line, at + len), Some('个' | '個'))
}

/// 壹、 and 甲、
fn formal(line: &str, at: usize, c: char) -> Option<Marker> {
    let (value, kind) = numeral::formal(c)?;
    let end = at + c.len_utf8();
    if !has(line, end, "、") || after(line, end + 3).and_then(numeral::formal).is_some() {
        return None;
    }
    let family = if kind == Formal::Ledger { Family::Ledger } else { Family::Stem };
    Some(marker(family, value, (at, end + 3), (at, end)))
}

/// Ⅰ. Ⅱ、, not Ⅱ类
fn roman(line: &str, at: usize) -> Option<Marker> {
    let c = after(line, at)?;
    let end = at + c.len_utf8();
    let mark = after(line, end).filter(|c| matches!(c, '.' | '．' | '、'))?;
    let value = c as u32 - 'Ⅰ' as u32 + 1;
    Some(marker(Family::Roman, value, (at, end + mark.len_utf8()), (at, end)))
}

/// A. a) A、, not A类, A、B两类, A.P.
fn letter(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let c = after(line, at).filter(char::is_ascii_alphabetic)?;
    let mark = after(line, at + 1)?;
    if !(matches!(mark, '.' | '．' | '）' | ')') || mark == '、' && at_start) {
        return None;
    }
    let end = at + 1 + mark.len_utf8();
    if !after(line, skip_spaces(line, end)).is_some_and(|c| is_han(c) || matches!(c, '“' | '《' | '「')) {
        return None;
    }
    let (case, first) = if c.is_ascii_uppercase() { (Case::Upper, 'A') } else { (Case::Lower, 'a') };
    Some(marker(Family::Letter(case), c as u32 - first as u32 + 1, (at, end), (at, at + 1)))
}

/// 下面进行第二项议程， 会议第一项议程是: the words before the ordinal only lead to it.
fn agenda(line: &str, at: usize) -> Option<Marker> {
    const LEADING: &[&str] = &[
        "下面", "现在", "現在", "接下来", "接下來", "接着", "接著", "首先", "然后", "然後", "随后", "隨後", "最后",
        "最後", "我们", "我們", "请", "請", "大会", "大會", "会议", "會議", "今天", "本次", "的", "进行", "進行",
        "开始", "開始", "转入", "轉入", "进入", "進入", "举行", "舉行", "是", "，", ",", "：", ":", " ",
    ];
    let mut number_at = at;
    while let Some(word) = any_of(line, number_at, LEADING) {
        number_at += word.len();
    }
    if number_at == at || !has(line, number_at, "第") {
        return None;
    }
    nth(line, number_at).filter(|m| m.family == Family::NthNoun(Word::new("项")))
}

/// 第一章
fn chapter(line: &str, at: usize) -> Option<Marker> {
    let number_at = skip_one_space(line, at + 3);
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    // 第一条　为了……
    if let Some(unit) = any_of(line, number_at + len, &["条", "條"]) {
        let end = number_at + len + unit.len();
        return after(line, end)
            .is_some_and(is_space)
            .then(|| marker(Family::Article, value, (at, end), (number_at, number_at + len)));
    }
    let unit = any_of(line, number_at + len, &CHAPTERS)?;
    let end = number_at + len + unit.len();
    let next = after(line, end);
    if !next.is_none_or(|c| is_space(c) || matches!(c, '、' | '：' | ':' | '，')) {
        return None;
    }
    let mark = next.filter(|c| !is_space(*c)).map_or(0, char::len_utf8);
    let unit = unit.chars().next().map(simplified)?;
    Some(marker(Family::Chapter(unit), value, (at, end + mark), (number_at, number_at + len)))
}

/// （一） （1） and their half-width forms.
fn parenthesised(line: &str, at: usize) -> Option<Marker> {
    let open = after(line, at)?;
    let number_at = skip_one_space(line, at + open.len_utf8());
    let rest = line.get(number_at..)?;
    let (family, value, len) = match numeral::read_chinese(rest) {
        Some((value, len)) => (Family::ChineseParen, value, len),
        None => {
            let (value, len) = numeral::read_arabic(rest)?;
            (Family::ArabicParen, value, len)
        }
    };
    let close_at = skip_one_space(line, number_at + len);
    let close = after(line, close_at).filter(|c| matches!(c, '）' | ')'))?;
    let end = close_at + close.len_utf8();
    // （1）班, （2）号楼
    let noun = any_of(line, end, &["班", "号", "號", "组", "組", "标段", "栋", "楼"]);
    let counted = noun.is_some_and(|noun| {
        after(line, end + noun.len()).is_none_or(|c| !is_han(c) || matches!(c, '和' | '的' | '与' | '學' | '学'))
    });
    if family == Family::ArabicParen && counted {
        return None;
    }
    let mut found = marker(family, value, (at, end), (number_at, number_at + len));
    if open == '(' || close == ')' {
        // A half-width pair is a way of writing 1); for Chinese numerals it is a slip.
        if family == Family::ChineseParen || (open == '(') != (close == ')') {
            found.deviation = Some(Deviation::HalfBrackets);
        }
    }
    mark_behind(line, &mut found);
    Some(found)
}

/// 一）: the opening bracket is missing; certain only beside （一）.
fn half_bracket(line: &str, at: usize) -> Option<Marker> {
    let (value, len) = numeral::read_chinese(line.get(at..)?)?;
    let end = at + len;
    let close = after(line, end).filter(|c| matches!(c, '）' | ')'))?;
    let mut found = marker(Family::ChineseParen, value, (at, end + close.len_utf8()), (at, end));
    found.deviation = Some(Deviation::HalfBrackets);
    found.weak = true;
    Some(found)
}

/// （一）、 ①、: takes the point behind brackets into the marker.
fn mark_behind(line: &str, found: &mut Marker) {
    let end = found.range.end as usize;
    if let Some(mark) = after(line, end).filter(|c| matches!(c, '、' | '.' | '．' | '，' | ','))
        && after(line, end + mark.len_utf8()).is_none_or(|c| digit(c).is_none())
    {
        found.range.end = (end + mark.len_utf8()) as u32;
        found.deviation = Some(Deviation::MarkBehind);
    }
}

fn one_piece(line: &str, at: usize, c: char) -> Option<Marker> {
    let end = at + c.len_utf8();
    let (family, value) = match numeral::one_piece(c)? {
        OnePiece::Circled(n) => (Family::Circled, n),
        OnePiece::ArabicParen(n) => (Family::ArabicParen, n),
        OnePiece::ArabicDot(n) => (Family::Arabic, n),
        OnePiece::ChineseParen(n) => (Family::ChineseParen, n),
    };
    let mut found = marker(family, value, (at, end), (at, end));
    mark_behind(line, &mut found);
    Some(found)
}

/// 1. 1、 1）
fn arabic(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let (value, len) = numeral::read_arabic(line.get(at..)?)?;
    let number = (at, at + len);
    let mark_at = skip_one_space(line, at + len);
    let mark = after(line, mark_at)?;
    let end = mark_at + mark.len_utf8();
    let (family, deviation) = match mark {
        '.' | '．' => (Family::Arabic, None),
        '、' => (Family::Arabic, Some(Deviation::ArabicEnumeration)),
        '。' | ',' | '，' if at_start => (Family::Arabic, Some(Deviation::ArabicMark)),
        '）' | ')' => (Family::ArabicParen, None),
        _ => return None,
    };
    let next = after(line, end)?;
    // 1.txt
    if next.is_ascii_alphabetic() && mark == '.' && !after(line, end + 1).is_some_and(is_han) {
        return None;
    }
    let mut found = marker(family, value, (at, end), number);
    found.deviation = deviation;
    // 1.5亿元 · 1、2月份 · 3.15晚会 · 5. 1, but 1.2024年：sure only beside 2.
    if digit(after(line, skip_spaces(line, end))?).is_some() && !matches!(mark, '）' | ')') {
        if !at_start {
            return None;
        }
        found.weak = match leading_number(line, skip_spaces(line, end))? {
            Number::Year => false,
            Number::Amount => true,
        };
    }
    Some(found)
}

/// A number that a heading can begin with.
enum Number {
    /// 2024年
    Year,
    /// 3个项目
    Amount,
}

/// The number at byte `at`, if it can begin a heading: in 2.1 抓项目 it is the second part of a number.
fn leading_number(line: &str, at: usize) -> Option<Number> {
    let rest = line.get(at..)?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let next = rest[digits..].chars().next()?;
    if digits == 4 && next == '年' {
        return Some(Number::Year);
    }
    let counts = "个個项項条條件家亿億万萬元年月日天名户人场次类類%％G多余";
    (digits > 0 && counts.contains(next) || next == '.' && rest[digits + 1..].starts_with(|c: char| c.is_ascii_digit()))
        .then_some(Number::Amount)
}

/// 问题一： 附件2：
fn label(line: &str, at: usize) -> Option<Marker> {
    let word = any_of(line, at, LABELS)?;
    let number_at = skip_one_space(line, at + word.len());
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    let end = number_at + len;
    let mark = after(line, end).filter(|c| matches!(c, '：' | ':' | '、' | '.' | '．'))?;
    let mut found = marker(Family::Label(Word::new(word)), value, (at, end + mark.len_utf8()), (number_at, end));
    found.deviation = None;
    Some(found)
}

/// The ordinal at byte `at`, right behind a boundary; `at_start`: of the paragraph.
pub fn inline(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let rest = line.get(at..)?;
    let c = rest.chars().next()?;
    let mut found = match c {
        '第' => nth(line, at)?,
        '其' => of_them(line, at)?,
        '首' | '再' | '最' => first(line, at)?,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '廿' | '卅' => {
            numbered_verb(line, at, at_start)?
        }
        '另' => {
            let len = any_of(line, at, &["另一方面"])?.len();
            marker(Family::Side, 2, (at, at + len), (at, at + len))
        }
        '（' | '(' if !at_start => parenthesised(line, at)?,
        _ if !at_start && numeral::one_piece(c).is_some() => one_piece(line, at, c)?,
        _ if !at_start && c.is_ascii_alphabetic() => letter(line, at, false)?,
        _ if !at_start && digit(c).is_some() => {
            if before(line, at).is_some_and(|b| digit(b).is_some() || matches!(b, '.' | '（' | '(')) {
                return None;
            }
            arabic(line, at, false)?
        }
        _ => return None,
    };
    let behind = back_over_spaces(line, at);
    found.after_clause =
        at_start || before(line, behind).is_some_and(is_clause_end) || is_half_width_stop(line, behind);
    // ①抓学习②抓作风: behind a word, sure only in a run.
    let behind_word = !at_start
        && before(line, back_over_spaces(line, at))
            .is_some_and(|c| !crate::text::chars::is_boundary(c) && !matches!(c, '*' | '.'));
    if behind_word && !matches!(found.family, Family::Circled | Family::ArabicParen) {
        return None;
    }
    found.weak |= behind_word;
    found.after_colon = !at_start && matches!(before(line, back_over_spaces(line, at)), Some('：' | ':'));
    found.title = heading(line, found.range.end as usize).0;
    found.heading = found.title.of(line).into();
    found.text = found.range.of(line).into();
    Some(found)
}

/// 一是 or 一要 at byte `at`, behind a word: 原因一是…….
pub fn behind_word(line: &str, at: usize) -> Option<Marker> {
    let mut found = numbered_verb(line, at, false)?;
    // Kept without company in its paragraph: the next may go on.
    found.after_clause = true;
    found.title = heading(line, found.range.end as usize).0;
    found.heading = found.title.of(line).into();
    found.text = found.range.of(line).into();
    Some(found)
}

/// 第一， 第一是 第一个方面：
fn nth(line: &str, at: usize) -> Option<Marker> {
    let number_at = skip_one_space(line, at + 3);
    let rest = line.get(number_at..)?;
    let (value, len) = numeral::read_chinese(rest).or_else(|| numeral::read_arabic(rest))?;
    let number = (number_at, number_at + len);
    let end = number_at + len;
    let next = after(line, end)?;
    let made = |family, end| marker(family, value, (at, end), number);
    match next {
        // 第一，第二，第三产业
        '，' | ',' | '：' | ':' if !begins_nth(line, end + next.len_utf8()) => {
            Some(made(Family::Nth, end + next.len_utf8()))
        }
        // 第一、第二批 · 第一、二、三产业
        '、' if !after(line, end + 3).is_some_and(|c| numeral::is_chinese(c) || c == '第' || digit(c).is_some()) => {
            let mut found = made(Family::Nth, end + 3);
            found.deviation = Some(Deviation::CommaWanted);
            Some(found)
        }
        '是' | '要' => Some(made(Family::NthVerb(next), end + 3)),
        '个' | '個' if any_of(line, end + 3, &["是", "要"]).is_some() => {
            Some(made(Family::NthVerb(simplified(after(line, end + 3)?)), end + 6))
        }
        // 第 2 页, 第 3 季度
        c if is_space(c)
            && after(line, skip_spaces(line, end))
                .is_some_and(|c| is_han(c) && !COUNTED.contains(c) && !"页頁册冊卷版章節节集回".contains(c)) =>
        {
            let mut found = made(Family::Nth, skip_spaces(line, end));
            found.deviation = Some(Deviation::CommaWanted);
            found.weak = true;
            Some(found)
        }
        _ => {
            let noun = any_of(line, end, &NTH_NOUNS)?;
            // At most three more characters: 第一个关键词： 第一张网， 第一个特点是
            let tail = line.get(end + noun.len()..)?;
            let (mark_at, mark) = tail.char_indices().take(5).find(|(_, c)| !is_han(*c) || *c == '是')?;
            // The bracket is no part of the marker: 第一阶段（三月）.
            let mark_len = match mark {
                '：' | ':' | '，' | ',' | '是' => mark.len_utf8(),
                '（' | '(' => 0,
                _ => return None,
            };
            let noun_end = end + noun.len() + mark_at;
            // 第一项议程 and 第二项 are of one list.
            let kind = if any_of(line, end + noun.len(), AGENDA).is_some() { noun } else { &line[end..noun_end] };
            let word = Word::new(kind);
            Some(made(Family::NthNoun(word), noun_end + mark_len))
        }
    }
}

/// 第二， again, as in 第一，第二，第三产业.
fn begins_nth(line: &str, at: usize) -> bool {
    has(line, at, "第")
        && line
            .get(at + 3..)
            .and_then(numeral::read_chinese)
            .is_some_and(|(_, len)| matches!(after(line, at + 3 + len), Some('，' | ',' | '、')))
}

/// 其一，
fn of_them(line: &str, at: usize) -> Option<Marker> {
    if has(line, at, "其次") {
        return first(line, at);
    }
    let (value, len) = numeral::read_chinese(line.get(at + 3..)?)?;
    let end = at + 3 + len;
    let mark = after(line, end).filter(|c| matches!(c, '，' | ',' | '、' | '：' | ':' | '是'))?;
    let mark_len = if mark == '是' { 0 } else { mark.len_utf8() };
    Some(marker(Family::OfThem, value, (at, end + mark_len), (at + 3, end)))
}

/// 首先， 其次， 再次， 最后，
fn first(line: &str, at: usize) -> Option<Marker> {
    const WORDS: [(&str, u32); 8] = [
        ("首先", 1),
        ("其次", 2),
        ("再次", 3),
        ("再者", 3),
        ("第三", 3),
        ("最后", LAST),
        ("最後", LAST),
        ("再其次", 3),
    ];
    let &(word, value) = WORDS.iter().find(|(word, _)| has(line, at, word))?;
    let end = at + word.len();
    let next = after(line, end)?;
    let mark = matches!(next, '，' | ',' | '、' | '：' | ':');
    // 再次强调, 其次数, 最后一公里: adverbs and parts of words. 首先 alone may lead into a clause.
    if !mark && next != '是' && !(value == 1 && (next == '要' || is_han(next))) {
        return None;
    }
    let mut found = marker(Family::First, value, (at, end + if mark { next.len_utf8() } else { 0 }), (at, end));
    if next == '、' {
        found.deviation = Some(Deviation::CommaWanted);
    }
    found.weak = !mark && next != '是';
    Some(found)
}

/// The value of 最后: it closes a list of any length.
pub const LAST: u32 = 1000;

/// 一是 二要 三问 …, 一方面, 一来, and 一、 inside a paragraph.
fn numbered_verb(line: &str, at: usize, at_start: bool) -> Option<Marker> {
    let (value, len) = numeral::read_chinese(line.get(at..)?)?;
    let number = (at, at + len);
    let end = at + len;
    let verb = after(line, end)?;
    let verb_end = end + verb.len_utf8();
    let next = after(line, verb_end);
    let made = |family, end| marker(family, value, (at, end), number);
    match verb {
        '、' if !at_start => (!counts_on(line, verb_end, value)).then(|| made(Family::Chinese, verb_end)),
        '方' if value == 1 && has(line, end, "方面") => {
            let end = end + 6;
            (!after(line, end).is_some_and(|c| matches!(c, '军' | '軍' | '的'))).then(|| made(Family::Side, end))
        }
        '来' | '來' | '则' | '則' if value <= 5 => {
            let comma = next.filter(|c| matches!(c, '，' | ','));
            // 一来二去, 一则消息
            (next.is_some_and(|c| !numeral::is_chinese(c))
                && any_of(line, verb_end, &["消息", "新闻", "通知", "寓言"]).is_none())
            .then(|| made(Family::Comes(simplified(verb)), verb_end + comma.map_or(0, char::len_utf8)))
        }
        '是' => {
            // 一是一、二是二 · 丁是丁，一是一”
            if let Some((again, again_len)) = line.get(verb_end..).and_then(numeral::read_chinese)
                && again == value
                && after(line, verb_end + again_len).is_none_or(|c| !is_han(c))
            {
                return None;
            }
            Some(made(Family::Verb('是'), take_comma(line, verb_end)))
        }
        '要' => Some(made(Family::Verb('要'), take_comma(line, verb_end))),
        c if is_han(c) && !COUNTED.contains(c) => {
            let verb = simplified(c);
            let mut found = made(Family::Verb(verb), verb_end);
            found.weak = !VERBS.contains(verb);
            Some(found)
        }
        _ => None,
    }
}

/// 一是， 一是：: the point belongs to the marker.
fn take_comma(line: &str, at: usize) -> usize {
    after(line, at).filter(|c| matches!(c, '，' | ',' | '：' | ':' | '、')).map_or(at, |c| at + c.len_utf8())
}

/// The heading that starts at byte `at`: its range, and whether the whole line is the heading.
pub fn heading(line: &str, at: usize) -> (Range, bool) {
    let start = skip_emphasis(line, skip_spaces(line, at));
    let rest = line.get(start..).unwrap_or("");
    let mut depth = 0i32;
    let mut comma = None;
    let mut end = rest.len();
    let mut own_line = true;
    for (count, (i, c)) in rest.char_indices().enumerate() {
        match c {
            '“' | '‘' | '「' | '『' | '《' | '（' => depth += 1,
            '”' | '’' | '」' | '』' | '》' | '）' if depth > 0 => depth -= 1,
            // The quotation that the ordinal stands in ends here.
            '”' | '’' | '」' | '』' | '）' if depth == 0 => {
                end = i;
                own_line = false;
                break;
            }
            '，' | ',' if depth == 0 && comma.is_none() && count > 0 => comma = Some(i),
            _ if depth == 0
                && count > 0
                && (is_clause_end(c) && !between_digits(rest, i, c) || c == '.' && is_half_width_stop(rest, i + 1)) =>
            {
                end = i;
                let tail = rest[i + c.len_utf8()..].trim_matches(|c| is_space(c) || c == '*' || c == '_');
                own_line = tail.is_empty();
                break;
            }
            _ => {}
        }
        // A quotation that is never closed must not swallow the paragraph.
        if count > 120 {
            end = comma.unwrap_or(i);
            own_line = false;
            break;
        }
    }
    if !own_line && rest[..end].chars().count() > LONG_TITLE && comma.is_some_and(|c| c < end) {
        end = comma.unwrap_or(end);
    }
    let title = rest[..end].trim_end_matches(|c| is_space(c) || c == '*' || c == '_' || c == '#');
    (Range::new(start, start + title.len()), own_line)
}

/// A half-width full stop between ideographs ends at byte `end`: 压实责任.二是……, as copied drafts have it.
pub fn is_half_width_stop(line: &str, end: usize) -> bool {
    line.get(..end).is_some_and(|head| head.ends_with('.'))
        && before(line, end - 1).is_some_and(|c| is_han(c) || matches!(c, '”' | '）' | '》'))
        && after(line, end).is_none_or(|c| is_han(c) || is_space(c))
}

/// 10:00, 1:3
fn between_digits(rest: &str, at: usize, c: char) -> bool {
    matches!(c, ':' | '：')
        && before(rest, at).is_some_and(|b| digit(b).is_some())
        && after(rest, at + c.len_utf8()).is_some_and(|a| digit(a).is_some())
}

fn skip_emphasis(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or("");
    let inner = rest.strip_prefix("**").or_else(|| rest.strip_prefix("__")).unwrap_or(rest);
    skip_spaces(line, line.len() - inner.len())
}

fn skip_one_space(line: &str, at: usize) -> usize {
    after(line, at).filter(|c| is_space(*c)).map_or(at, |c| at + c.len_utf8())
}

fn back_over_spaces(line: &str, at: usize) -> usize {
    line.get(..at).map_or(0, |head| head.trim_end_matches(is_space).len())
}
