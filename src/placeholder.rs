//! Placeholders: XX, X, ××, *, 某某, ____, 20XX年, 【待补】, gaps and holes … with what they stand for.
//!
//! What may be one is a *candidate* with *features*, which are a pure function of its line. Fitted
//! points (`points.tsv`) for the features, and for what else stands in the draft, decide whether it is
//! reported ([`Draft::certainty`]): so the draft decides, but a line is read once.
//!
//! A placeholder has a *range*, the marks, and a *unit*, the range with the words that give it a
//! meaning: `XX区`, `第X位`. A date, a time, a span of numbers is one placeholder.

mod asides;
mod brackets;
mod candidate;
mod candidates;
mod composite;
mod decide;
mod features;
mod group;
mod holes;
mod kind;
mod marks;
mod names;
mod notes;
mod words;

#[cfg(test)]
mod tests;

use crate::text::Range;

pub use candidate::Place;
pub use decide::{Account, Certainty, Draft, Evidence, Reason, VERSION, account, names};
pub use features::{Feature, Features};
pub use group::fingerprint;
pub use notes::{is_request, names_unit, responsible};

/// What may be a blank that waits for a name, a number or a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placeholder {
    /// In bytes of the line.
    pub range: Range,
    /// The range with the words that give it a meaning, in bytes of the line.
    pub unit: Range,
    pub category: Category,
    pub form: Form,
    /// Placeholders with the same number stand for one fact; `None`: a fact of its own.
    pub group: Option<u64>,
    pub features: Features,
    pub key: Key,
}

/// All that the decision needs besides the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub style: Style,
    pub flags: Flags,
    /// The points of the features, in hundredths of a logit.
    pub local: i32,
}

/// What the draft counts its candidates by, a bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Flags(pub u8);

impl Flags {
    /// Its own surroundings leave little doubt.
    pub const SURE: Self = Self(1);
    /// Chinese text on both sides.
    pub const INSIDE: Self = Self(2);
    /// The whole paragraph.
    pub const ALONE: Self = Self(4);
    /// At the head of a paragraph with text behind it, as labels stand.
    pub const HEAD: Self = Self(8);
    pub const COUNT: usize = 4;

    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// How the blank shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A mark that somebody put there, or a gap.
    Mark,
    /// A hole where a name or a number is missing: 刚才，同志传达了.
    Elided,
    /// What is left of an undecoded entity: times; for ×.
    Residue,
}

/// What a blank is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Style {
    Cross,
    Times,
    Star,
    Some,
    Ring,
    Line,
    Letter,
    Zero,
    Question,
    Hash,
    Dots,
    /// +++, @@, ￥￥: a sign that somebody made his own mark.
    Own,
    Lenticular,
    Square,
    Curly,
    Round,
    Angle,
    Gap,
    Hole,
    Pending,
    /// 增长几个百分点？，
    Doubt,
    /// 此处补充案例, 待统计局核, @老刘补
    Aside,
    /// A word of the settings, TODO, an undecoded entity, a hole that is one by its words: certain.
    House,
}

impl Style {
    pub const COUNT: usize = 23;
    pub const ALL: [(Self, &'static str); Self::COUNT] = [
        (Self::Cross, "X"),
        (Self::Times, "×"),
        (Self::Star, "*"),
        (Self::Some, "某"),
        (Self::Ring, "○"),
        (Self::Line, "_"),
        (Self::Letter, "A"),
        (Self::Zero, "00"),
        (Self::Question, "？"),
        (Self::Hash, "#"),
        (Self::Dots, "…"),
        (Self::Own, "++"),
        (Self::Lenticular, "【】"),
        (Self::Square, "[]"),
        (Self::Curly, "{}"),
        (Self::Round, "（）"),
        (Self::Angle, "<>"),
        (Self::Gap, "gap"),
        (Self::Hole, "hole"),
        (Self::Pending, "待补"),
        (Self::Doubt, "？，"),
        (Self::Aside, "旁注"),
        (Self::House, "house"),
    ];

    /// The name in the table of points.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    /// Which of the tables of points the style has.
    pub const fn family(self) -> Family {
        match self {
            Self::Lenticular | Self::Square | Self::Curly | Self::Angle => Family::Field,
            Self::Round => Family::Round,
            Self::Gap | Self::Hole | Self::Pending => Family::Slot,
            Self::Doubt => Family::Doubt,
            Self::Aside => Family::Aside,
            _ => Family::Mark,
        }
    }

    /// Written with a mark in the place of each character, so that two styles in a draft are two style.
    pub const fn is_mark(self) -> bool {
        matches!(self, Self::Cross | Self::Times | Self::Star | Self::Some | Self::Ring)
    }
}

/// The candidates that share a table of points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Family {
    /// XX, ××, *, 某
    Mark,
    /// 【单位名称】
    Field,
    /// （单位名称）: most of what stands in such brackets is a note.
    Round,
    /// A place where something is wanted and nothing stands.
    Slot,
    /// What a writer asks himself, without brackets.
    Doubt,
    /// What he tells himself or somebody else.
    Aside,
}

impl Family {
    pub const NAMES: [&'static str; 6] = ["mark", "field", "round", "slot", "doubt", "aside"];

    /// The name in the table of points.
    pub const fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What a placeholder stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    Person,
    Place,
    Organisation,
    Name,
    Quantity,
    /// Of a telephone, a document, an account.
    Number,
    Percentage,
    Rank,
    Date,
    Session,
    Meeting,
    /// A passage that is still to be written.
    Passage,
    /// The words around do not tell.
    Unknown,
}

impl Category {
    pub const ALL: [Self; 13] = [
        Self::Person,
        Self::Place,
        Self::Organisation,
        Self::Name,
        Self::Quantity,
        Self::Number,
        Self::Percentage,
        Self::Rank,
        Self::Date,
        Self::Session,
        Self::Meeting,
        Self::Passage,
        Self::Unknown,
    ];

    /// The names in Simplified and Traditional Chinese and in English.
    pub fn names(self) -> [&'static str; 3] {
        match self {
            Self::Person => ["人名", "人名", "person"],
            Self::Place => ["地名", "地名", "place"],
            Self::Organisation => ["单位", "單位", "organisation"],
            Self::Name => ["名称", "名稱", "name"],
            Self::Quantity => ["数量", "數量", "quantity"],
            Self::Number => ["号码", "號碼", "number"],
            Self::Percentage => ["百分比", "百分比", "percentage"],
            Self::Rank => ["名次", "名次", "rank"],
            Self::Date => ["日期", "日期", "date"],
            Self::Session => ["届次", "屆次", "session"],
            Self::Meeting => ["会议", "會議", "meeting"],
            Self::Passage => ["待补内容", "待補內容", "passage"],
            Self::Unknown => ["待填", "待填", "unknown"],
        }
    }
}

/// The candidates of `line`, a folded line without markup, in text order; they do not overlap.
pub fn read(line: &str, place: &Place) -> Vec<Placeholder> {
    let found = candidates::find(line, place);
    if found.is_empty() {
        return Vec::new();
    }
    let surroundings = features::Surroundings::of(line, place);
    let mut all: Vec<Placeholder> = Vec::with_capacity(found.len());
    for candidate in found {
        let (features, flags) = surroundings.features(&candidate);
        let (category, unit) = kind::classify(line, &candidate);
        let style = candidate.style;
        let group = group::of(line, &candidate, category, unit);
        let range = Range::new(candidate.start, candidate.end);
        let key = Key { style, flags, local: decide::local(style, features) };
        all.push(Placeholder { range, unit, category, form: candidate.form, group, features, key });
    }
    group::part_enumerations(line, &mut all);
    all
}

impl Placeholder {
    /// True where its own line speaks for a blank, whatever else the draft has.
    pub fn is_likely(&self) -> bool {
        self.key.style == Style::House || self.key.flags.has(Flags::SURE) || decide::is_likely(self.key)
    }
}

/// The measure at byte `at`: 个, 平方公里.
pub fn measure(line: &str, at: usize) -> Option<&'static str> {
    words::measure(line, at)
}

/// True when a measure or a percent sign stands at byte `at`.
pub fn measure_at(line: &str, at: usize) -> bool {
    measure(line, at).is_some() || crate::lexicon::PERCENT.stands_at(line, at)
}

/// A word of the settings at `range`: certain, and one fact wherever it stands.
pub fn house(line: &str, range: Range) -> Placeholder {
    Placeholder {
        range,
        unit: range,
        category: Category::Name,
        form: Form::Mark,
        group: Some(fingerprint(range.of(line))),
        features: Features::default(),
        key: Key { style: Style::House, flags: Flags::SURE, local: 0 },
    }
}
