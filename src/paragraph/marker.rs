//! What an ordinal is: its family, its number, how it is written.

use crate::lexicon::{Class, ORDER_WORD, SIDE};
use crate::numeral;
use crate::text::Range;
use crate::text::chars::simplified;

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
    /// 1.1 2.1.3: with the numbers before the last.
    Decimal([u8; 3]),
    /// An unnumbered heading of Markdown: with its level.
    Heading(u8),
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
    pub fn new(text: &str) -> Self {
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
    /// A candidate of which only the form is known.
    pub fn of(family: Family, value: u32, range: (usize, usize), number: (usize, usize)) -> Self {
        Self {
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
            doubt: None,
            price: 0,
            toll: 0,
            after_clause: false,
            after_colon: false,
        }
    }

    /// The marker with another number in the place of its own, written in the same way.
    pub fn with_value(&self, value: u32) -> Option<String> {
        let (start, end) =
            ((self.number.start - self.range.start) as usize, (self.number.end - self.range.start) as usize);
        let number = match self.family {
            Family::First => worded(&ORDER_WORD, value)?.to_owned(),
            Family::Side => worded(&SIDE, value)?.to_owned(),
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
            Self::Decimal(_) => "decimal",
            Self::Heading(_) => "heading",
        }
    }

    /// The last item of such a list has no number of its own.
    pub fn is_unnumbered(self) -> bool {
        matches!(self, Self::First | Self::Side | Self::Heading(_))
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
    /// What speaks against it, if anything.
    pub doubt: Option<Doubt>,
    /// What it costs to take it to be ordinary text, in points.
    pub price: i16,
    /// What it costs to take it to be an ordinal.
    pub toll: i16,
    /// Behind a mark that ends a sentence or a large part of one, or at the start.
    pub after_clause: bool,
    /// Behind a colon: may begin a list of its own.
    pub after_colon: bool,
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

/// The word of a class for a number.
fn worded(class: &Class, value: u32) -> Option<&'static str> {
    class.rows().find(|row| row.value.parse() == Ok(value)).map(|row| row.word)
}

/// The value of 最后: it closes a list of any length.
pub const LAST: u32 = 1000;

/// What stands before a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The paragraph begins with it.
    Head,
    /// A mark that ends a sentence or a large part of one.
    Clause,
    Comma,
    /// 、
    Pause,
    /// An opening quote or bracket.
    Quote,
    Word,
}

/// What speaks against a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// 首先 without a mark.
    Bare,
    /// 最后
    Last,
    /// A character that only looks like a numeral.
    Lookalike,
    /// 一，
    Mark,
    /// 第 一
    Spaced,
    /// 一）
    Half,
    /// 第一N with a noun that is not usually counted out.
    Noun,
    /// 第一方面 without a mark.
    Tail,
    /// 2. 15分钟
    Quantity,
    /// 三、四季度
    Enumeration,
    /// 1.2公里
    Measure,
    /// （一）（二）项
    Reference,
    /// 1 总则
    Unpointed,
}

impl Doubt {
    /// The name of its row in `evidence.tsv`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bare => "bare",
            Self::Last => "last",
            Self::Lookalike => "lookalike",
            Self::Mark => "mark",
            Self::Spaced => "spaced",
            Self::Half => "half",
            Self::Noun => "noun",
            Self::Tail => "tail",
            Self::Quantity => "quantity",
            Self::Enumeration => "enumeration",
            Self::Measure => "measure",
            Self::Reference => "reference",
            Self::Unpointed => "unpointed",
        }
    }
}
