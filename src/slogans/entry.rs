//! What the catalogue holds.

use std::borrow::Cow;

use super::fold::folded_text;

/// A text of the catalogue: that of the built-in tables stays where it is in the program.
pub type Text = Cow<'static, str>;

/// A month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    pub year: u16,
    /// 1 to 12.
    pub month: u8,
}

impl Date {
    /// From `2016-01`, `2016` (its January), or a text that starts with one of these and goes on
    /// after a space. `None` when the text starts otherwise.
    pub fn parse(text: &str) -> Option<Self> {
        let date = text.split([' ', '；', '/']).next()?;
        let (year, month) = match date.split_once('-') {
            Some((year, month)) => (year, month.parse().ok()?),
            None => (date, 1),
        };
        if year.len() != 4 || !(1..=12).contains(&month) {
            return None;
        }
        Some(Self { year: year.parse().ok()?, month })
    }

    /// Months from the year 0.
    pub(super) fn months(self) -> i32 {
        i32::from(self.year) * 12 + i32::from(self.month)
    }
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{:02}", self.year, self.month)
    }
}

/// What sort of formulation an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 数字缩略：四个意识
    Numbered,
    /// 原则、要求：稳中求进工作总基调
    Principle,
    /// 政策名词、机构名称：新质生产力
    Term,
    /// 对偶、排比：踏石留印、抓铁有痕
    Parallel,
    /// 成语、古语
    Idiom,
    /// 会议用语：提高政治站位
    Phrase,
    /// 开头
    Opening,
    /// 过渡
    Transition,
    /// 结尾
    Closing,
}

impl Kind {
    pub const ALL: [Self; 9] = [
        Self::Numbered,
        Self::Principle,
        Self::Term,
        Self::Parallel,
        Self::Idiom,
        Self::Phrase,
        Self::Opening,
        Self::Transition,
        Self::Closing,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Self::Numbered => "numbered",
            Self::Principle => "principle",
            Self::Term => "term",
            Self::Parallel => "parallel",
            Self::Idiom => "idiom",
            Self::Phrase => "phrase",
            Self::Opening => "opening",
            Self::Transition => "transition",
            Self::Closing => "closing",
        }
    }

    /// In Simplified, Traditional and English.
    pub fn names(self) -> [&'static str; 3] {
        match self {
            Self::Numbered => ["数字缩略", "數字縮略", "numbered"],
            Self::Principle => ["原则要求", "原則要求", "principle"],
            Self::Term => ["名词", "名詞", "term"],
            Self::Parallel => ["对偶排比", "對偶排比", "parallel"],
            Self::Idiom => ["成语古语", "成語古語", "idiom"],
            Self::Phrase => ["会议用语", "會議用語", "phrase"],
            Self::Opening => ["开头", "開頭", "opening"],
            Self::Transition => ["过渡", "過渡", "transition"],
            Self::Closing => ["结尾", "結尾", "closing"],
        }
    }

    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// Where an entry comes from. The later one wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tier {
    /// Of the built-in tables what is looked for, not offered.
    Exact,
    #[default]
    BuiltIn,
    /// A pack of the office.
    Unit,
    /// The writer's own pack.
    User,
}

/// How well the wording is attested.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    Low,
    Medium,
    High,
}

/// What a noted deviation from the wording is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MisquoteClass {
    /// Wrong wherever it stands.
    Certain,
    /// Not the wording, though writers do use it: a hint, never a fix.
    Doubtful,
    /// Ordinary Chinese, wrong only in the place of a member in an enumeration of the others.
    Contextual,
    /// Right until a date.
    Stale,
    /// An accepted variant, or a longer word that merely contains a wrong one. Never reported.
    Variant,
}

/// A deviation from the wording of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misquote {
    pub class: MisquoteClass,
    pub wrong: Text,
    /// What to write instead; empty when there is nothing.
    pub right: Text,
    /// Of a stale wording: the month from which it is stale.
    pub since: Option<Date>,
}

/// A formulation.
#[derive(Clone, Debug)]
pub struct Entry {
    pub(super) number: u32,
    pub id: Text,
    /// As it stands in a draft, without quotes around it. `〔…〕` and `……` are slots to fill in.
    pub text: Text,
    pub traditional: Text,
    pub kind: Kind,
    /// In their order.
    pub members: Vec<Text>,
    /// The members are abbreviated (“……”): not to be compared with a draft.
    pub open_members: bool,
    /// The members have one right order.
    pub fixed_order: bool,
    /// The entry in its longer forms, parted by `｜`; often empty.
    pub full: Text,
    /// Which of several formulations with this text it is; empty when there is one.
    pub sense: Text,
    /// When and where it was first used, as text.
    pub since: Text,
    pub since_date: Option<Date>,
    /// From this month on something else took its place.
    pub until: Option<Date>,
    /// What took its place, as text.
    pub successor: Text,
    pub topics: Vec<Text>,
    pub misquotes: Vec<Misquote>,
    /// The syllables of the Han characters, parted by spaces, where they are not the usual ones.
    pub pinyin: Text,
    pub confidence: Confidence,
    pub source: Text,
    /// Sentences in which nothing is to be found, parted by `｜`.
    pub right: Text,
    /// Sentences in each of which this entry finds something, parted by `｜`.
    pub wrong: Text,
    /// Nobody may get it wrong: what is it but for so many characters in one place is a slip. 0 for others.
    pub held: u8,
    /// Nothing else goes on from its beginning: another word at its end is a slip.
    pub closed: bool,
    /// The verb it is said with, `≠` and verbs of others that are put for it, parted by `｜`; empty when any will do.
    pub verbs: Text,
    pub tier: Tier,
}

impl Entry {
    /// Its place in the catalogue it came from.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Its longer forms that say its text; others explain it.
    pub(super) fn longer(&self) -> impl Iterator<Item = &str> {
        let forms = self.full.split('｜').filter(|form| !form.contains("××") && *form != self.text);
        forms.filter(|form| folded_text(form).contains(&folded_text(&self.text)))
    }

    /// The members, one after the other.
    pub(super) fn joined(&self) -> String {
        let separator = if self.members.iter().any(|m| m.contains(['、', '，'])) { "；" } else { "、" };
        self.members.join(separator)
    }

    /// What is known by heart besides the text: the members one after the other, and forms of several parts.
    pub(super) fn said_in_full(&self) -> impl Iterator<Item = String> + '_ {
        let listed = self.fixed_order && !self.open_members && self.members.len() > 2;
        let joined = listed.then(|| self.joined());
        let plain = |form: &&str| form.contains('、') && !form.contains(['×', '（', '〔', '…', '；']);
        let forms = self.full.split('｜').filter(plain).map(str::to_owned);
        joined.into_iter().chain(forms).filter(|form| folded_text(form) != folded_text(&self.text))
    }

    /// True of what completion offers.
    pub(super) fn is_offered(&self) -> bool {
        self.tier != Tier::Exact
    }

    /// True of what a speech is begun with, before anything is said: 同志们：.
    pub(super) fn is_salutation(&self) -> bool {
        self.kind == Kind::Opening && self.full.ends_with('：')
    }

    /// True when something took its place.
    pub fn is_superseded(&self) -> bool {
        self.until.is_some()
    }

    /// True when there is something to fill in.
    pub fn has_slots(&self) -> bool {
        self.text.contains('〔') || self.text.contains("……")
    }
}
