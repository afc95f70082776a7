//! What is seen of a candidate in its line: each feature is a fact with a name that can be printed.

mod inside;

use super::candidate::{Candidate, ORDINAL, Place, is_mark};
use super::words::{governor, measure as measure_at, percent as percent_at};
use super::{Family, Flags, Style, composite, names, notes};
use crate::lexicon::{
    ASKS, Class, DATE, LABEL, LEADS, LETTER_THING, MEETING, NUMBER_BOUND, ORGANISATION, PERSON, PLACE, SAYING,
    STRONG_MEASURE, SURNAME, THING,
};
use crate::numeral;
use crate::text::chars::{after, before, is_boundary, is_cjk_mark, is_han, is_space, is_stop, skip_spaces};
use crate::text::position::around;
use crate::text::tables::cell;

/// Facts of one candidate, a bit each in the order of [`Feature::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Features([u64; WORDS]);

/// Bits of a word, and how many words there are.
const BITS: usize = u64::BITS as usize;
const WORDS: usize = Feature::ALL.len().div_ceil(BITS);

impl Features {
    pub const fn has(self, feature: Feature) -> bool {
        let n = feature as usize;
        self.0[n / BITS] >> (n % BITS) & 1 == 1
    }

    fn set(&mut self, feature: Feature, on: bool) {
        let n = feature as usize;
        self.0[n / BITS] |= u64::from(on) << (n % BITS);
    }

    /// What was seen at first, and is something else on a closer look.
    fn unset(&mut self, feature: Feature) {
        let n = feature as usize;
        self.0[n / BITS] &= !(1 << (n % BITS));
    }

    pub fn iter(self) -> impl Iterator<Item = Feature> {
        (0..WORDS).flat_map(move |word| {
            let mut left = self.0[word];
            std::iter::from_fn(move || {
                let bit = left.trailing_zeros() as usize;
                left &= left.wrapping_sub(1);
                (bit < BITS).then(|| Feature::ALL[word * BITS + bit])
            })
        })
    }
}

/// Declares the features: variant, name in the tables of meanings and points.
macro_rules! features {
    ($($variant:ident $name:literal,)*) => {
        /// A fact of a candidate and its line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Feature { $($variant),* }

        impl Feature {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            const NAMES: &'static [&'static str] = &[$($name),*];

            /// The name in the table of points.
            pub fn name(self) -> &'static str {
                Self::NAMES[self as usize]
            }
        }
    };
}

/// What a feature or a fact of the draft means, in Simplified Chinese.
pub fn meaning(name: &str) -> &'static str {
    cell(include_str!("features.tsv"), name, "meaning").unwrap_or("")
}

features! {
    Whole "whole",
    LineStart "line-start",
    LineEnd "line-end",
    InSentence "in-sentence",
    HanLeft "han-left",
    HanRight "han-right",
    PointLeft "point-left",
    PointRight "point-right",
    DigitLeft "digit-left",
    DigitRight "digit-right",
    LatinLeft "latin-left",
    LatinRight "latin-right",
    SpaceLeft "space-left",
    SpaceRight "space-right",
    OtherLeft "other-left",
    OtherRight "other-right",
    Quoted "quoted",
    InQuote "in-quote",
    InBrackets "in-brackets",
    InTitle "in-title",
    Measure "measure",
    Percent "percent",
    Person "person",
    PlaceNoun "place",
    Organisation "organisation",
    NameNoun "name",
    Meeting "meeting",
    DateWord "date",
    Saying "saying",
    LetterThing "letter-thing",
    Governs "governs",
    Leads "leads",
    Ranked "ranked",
    PersonBefore "person-before",
    Surname "surname",
    NounBefore "noun-before",
    LabelBefore "label-before",
    ColonBefore "colon-before",
    Century "century",
    ListBefore "list-before",
    One "one",
    Two "two",
    Three "three",
    More "more",
    Composite "composite",
    Digits "digits",
    Telephone "telephone",
    Formula "formula",
    TwoHanMarks "product",
    Lower "lower",
    Footnote "footnote",
    Short "short",
    Middle "middle",
    Long "long",
    Sentence "sentence",
    EndsStop "ends-stop",
    Comma "comma",
    DigitInside "digit-inside",
    Slash "slash",
    Identifier "identifier",
    Double "double",
    Asks "asks",
    AsksEnd "asks-end",
    AsksOnly "asks-only",
    Fills "fills",
    FillsStart "fills-start",
    PendingInside "pending-inside",
    Notes "notes",
    NotesStart "notes-start",
    MarkInside "mark-inside",
    Numbered "numbered",
    Empty "empty",
    QuoteInside "quote-inside",
    Width1 "width-1",
    Width2 "width-2",
    Width3 "width-3",
    Width5 "width-5",
    FullWidth "full-width",
    Columns "columns",
    Name "spaced-name",
    Strong "strong",
    NoStrong "no-boundary",
    Above "above",
    Heading "heading",
    Item "item",
    ShortLine "short-line",
    NoStop "no-stop",
    ColonLine "colon-line",
    Markdown "markdown",
    PlainNoun "plain",
    GovernedMeasure "governed-measure",
    LedNoun "led-noun",
    Mention "mention",
    Known "known",
    Choices "choices",
    LedKnown "led-known",
    WholeKnown "whole-known",
    LabelKnown "label-known",
    NounKnown "noun-known",
    Orphan "orphan",
    InTurn "in-turn",
    Staged "staged",
    WholePassage "whole-passage",
    QuestionInside "question-inside",
    Directs "directs",
    Draft "of-draft",
    Chore "chore",
    DraftChore "draft-chore",
    Sized "sized",
    LineDirects "line-directs",
    LineAsks "line-asks",
    OnlyMarks "only-marks",
    OnlyFields "only-fields",
    BehindOrdinal "behind-ordinal",
    Agrees "agrees",
    ClauseKnown "clause-known",
    ListKnown "list-known",
    HeadKnown "head-known",
    Apart "apart",
    Joined "joined",
    HeadNoun "head-noun",
    HollowNoun "hollow-noun",
    HollowHead "hollow-head",
    Lengthy "lengthy",
    LongQuestion "long-question",
    Lettered "lettered",
    Interrogative "interrogative",
    AfterMeasure "after-measure",
    AfterNoun "after-noun",
    Who "who",
    Urges "urges",
    We "we",
    Again "again",
    AsksAmount "asks-amount",
    AsksWhom "asks-whom",
    UrgedChore "urged-chore",
    Mends "mends",
    ClauseOpen "clause-open",
    AsksTail "asks-tail",
    Alternate "alternate",
}

/// How many bytes on each side of a letter are looked at for others.
const NEAR: usize = 600;

/// What is asked of a line for each of its candidates.
pub struct Surroundings<'a> {
    line: &'a str,
    start: usize,
    /// Where the words are, marks of emphasis and lists left out.
    words: (usize, usize),
    heading: bool,
    item: bool,
    short: bool,
    no_stop: bool,
    markdown: bool,
    gaps: usize,
    /// Nothing but brackets with what is in them.
    only_brackets: bool,
    /// Behind the last character that is no point, bracket or space.
    text_end: usize,
}

impl<'a> Surroundings<'a> {
    pub fn of(line: &'a str, place: &Place) -> Self {
        let trimmed = line.trim_matches(is_space);
        let is_list = |c: char| is_space(c) || matches!(c, '*' | '#' | '-' | '>');
        let first = line.len() - line[place.start..].trim_start_matches(is_list).len();
        let words = (first, line.trim_end_matches(is_space).trim_end_matches('*').len());
        let text = trimmed.trim_start_matches(['#', ' ', '>']);
        let item = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '•' | '+' | '（' | '('))
            || text.starts_with(|c: char| numeral::is_chinese(c)) && text.chars().nth(1) == Some('、');
        let mut gaps = 0;
        let mut space = false;
        let mut at = 0;
        while let Some(c) = after(trimmed, at) {
            gaps += usize::from(is_space(c) && !space);
            space = is_space(c);
            at += c.len_utf8();
            // Common ideographs.
            while matches!(trimmed.as_bytes().get(at), Some(0xE4..=0xE9)) {
                (at, space) = (at + 3, false);
            }
        }
        let last = trimmed.chars().next_back();
        Self {
            line,
            start: place.start,
            words,
            heading: trimmed.starts_with('#'),
            item,
            short: line.len() < 75,
            no_stop: !last.is_some_and(|c| is_stop(c) || matches!(c, '；' | '：' | '，')),
            markdown: place.markdown,
            gaps,
            only_brackets: notes::is_all_brackets(line[place.start..].trim_matches(is_space)),
            text_end: line.trim_end_matches(|c| is_space(c) || is_boundary(c)).len(),
        }
    }

    pub fn features(&self, c: &Candidate) -> (Features, Flags) {
        use Feature as F;
        let line = self.line;
        let mut f = Features::default();
        let family = c.style.family();
        let is_head = self.stand(c, &mut f);
        let [left, right] = self.sides(c, &mut f);
        let to = skip_spaces(line, c.end);
        let from = line[..c.start].trim_end_matches(is_space).len();
        let noun = ahead(line, to, &mut f);
        behind(line, from, &mut f);
        let (inside, alone) = (f.has(F::InSentence), f.has(F::Whole));
        let measured = f.has(F::Measure) || f.has(F::Percent);
        f.set(F::GovernedMeasure, f.has(F::Governs) && measured);
        let named = [F::Person, F::PlaceNoun, F::Organisation, F::NameNoun, F::Meeting].iter().any(|noun| f.has(*noun));
        f.set(F::LedNoun, f.has(F::Leads) && named);
        f.set(F::Mention, names::is_mentioned(line, from, to));
        // GDPXX亿元
        let acronym = c.style == Style::Cross && f.has(F::LatinLeft) && measured;
        let plain = (acronym || left) && right;
        f.set(F::PlainNoun, plain && noun);
        f.set(F::HeadNoun, f.has(F::LineStart) && noun);
        let governed = measured || inside || f.has(F::Person);
        let sure = match family {
            Family::Mark => {
                let ruled = c.style == Style::Line && f.has(F::LabelBefore);
                let named = f.has(F::PersonBefore) || ruled || f.has(F::Ranked);
                self.mark(c, &line[c.start..c.end], &mut f)
                    && plain
                    && (noun || named || c.composite || f.has(F::Century))
            }
            Family::Field => self.field(c, &mut f, governed, noun),
            Family::Round => self.field(c, &mut f, false, noun),
            Family::Slot => self.slot(c, &mut f, measured),
            Family::Doubt | Family::Aside => self.aside(c, &mut f),
        };
        let flag = |on: bool, flag: Flags| if on { flag.0 } else { 0 };
        let flags = flag(sure, Flags::SURE)
            | flag(inside, Flags::INSIDE)
            | flag(alone, Flags::ALONE)
            | flag(is_head && !alone, Flags::HEAD);
        (f, Flags(flags))
    }

    /// Where in its paragraph it stands, and what that is. True at the head of the paragraph.
    fn stand(&self, c: &Candidate, f: &mut Features) -> bool {
        use Feature as F;
        let head = &self.line[self.words.0.min(c.start)..c.start];
        let tail = &self.line[c.end..self.words.1.max(c.end)];
        let ends = tail.trim_start_matches(is_space).is_empty();
        // 6.【时光】: the head of an item is the head of a line.
        let brackets = matches!(c.style.family(), Family::Field | Family::Round);
        let is_head = head.is_empty() || brackets && is_ordinal(head);
        let alone = head.is_empty() && ends;
        f.set(F::Whole, alone);
        f.set(F::LineStart, is_head && !alone);
        f.set(F::LineEnd, tail.is_empty() && !alone);
        f.set(F::Heading, self.heading);
        f.set(F::Item, self.item);
        f.set(F::ShortLine, self.short);
        f.set(F::NoStop, self.no_stop);
        f.set(F::Markdown, self.markdown);
        f.set(F::ColonLine, self.short && ends && head.trim_end_matches(is_space).ends_with(['：', ':']));
        is_head
    }

    /// What stands on either side. True for each side where there is Chinese text, a point or an edge.
    fn sides(&self, c: &Candidate, f: &mut Features) -> [bool; 2] {
        use Feature as F;
        const LEFT: [F; 6] = [F::HanLeft, F::SpaceLeft, F::PointLeft, F::DigitLeft, F::LatinLeft, F::OtherLeft];
        const RIGHT: [F; 6] = [F::HanRight, F::SpaceRight, F::PointRight, F::DigitRight, F::LatinRight, F::OtherRight];
        let line = self.line;
        let (left, right) = (before(line, c.start), after(line, c.end));
        let side = |c: char| match c {
            _ if is_han(c) => 0,
            _ if is_space(c) => 1,
            _ if is_boundary(c) || is_cjk_mark(c) || matches!(c, '%' | '％') => 2,
            '0'..='9' | '０'..='９' => 3,
            _ if c.is_ascii_alphabetic() => 4,
            _ => 5,
        };
        for (c, list) in [(left, LEFT), (right, RIGHT)] {
            if let Some(c) = c {
                f.set(list[side(c)], true);
            }
        }
        f.set(F::InSentence, f.has(F::HanLeft) && f.has(F::HanRight));
        f.set(F::Quoted, matches!(left, Some('“' | '「' | '‘')) && matches!(right, Some('”' | '」' | '’')));
        f.set(F::ListBefore, left == Some('、'));
        let open = |pair: (char, char)| open_before(line, c.start, pair);
        f.set(F::InQuote, open(('“', '”')));
        f.set(F::InBrackets, open(('（', '）')));
        f.set(F::InTitle, open(('《', '》')));
        [left, right].map(|c| c.is_none_or(|c| matches!(side(c), 0 | 2) && !matches!(c, '/' | '=' | '+')))
    }

    /// True when nothing speaks against a blank.
    fn mark(&self, c: &Candidate, text: &str, f: &mut Features) -> bool {
        use Feature as F;
        let line = self.line;
        let joint = |d: char| d.is_ascii_digit() || c.style != Style::Own && matches!(d, '.' | '-' | ':');
        let count = text.chars().filter(|c| !joint(*c)).count();
        f.set(
            match count {
                0 | 1 => F::One,
                2 => F::Two,
                3 => F::Three,
                _ => F::More,
            },
            true,
        );
        f.set(F::Composite, c.composite);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        f.set(F::Digits, digits > 0 && c.style != Style::Zero);
        f.set(F::Century, composite::is_year(text) && (count > 1 || digits > 1));
        f.set(
            F::Telephone,
            digits + count >= 7 && count >= 3 && text.chars().all(|c| c.is_ascii_digit() || is_mark(c) || c == '-'),
        );
        f.set(F::InTurn, c.style == Style::Letter && self.others_in_turn(c));
        f.set(F::Lower, text.contains('x'));
        f.set(F::Strong, STRONG_MEASURE.stands_at(line, c.end));
        let clause = clause_around(line, c.start, c.end);
        let formula = clause.chars().any(|c| matches!(c, '=' | '＝' | '÷' | '≥' | '≤' | '≈' | '+' | '＋'))
            || clause.matches('×').count() > 1 && count == 1 && !c.composite && !f.has(F::PlainNoun);
        f.set(F::Formula, formula);
        let inside = f.has(F::InSentence);
        let product = count == 1 && c.style == Style::Times && inside && !f.has(F::PlainNoun);
        f.set(F::TwoHanMarks, product);
        let footnote = c.style == Style::Star
            && (c.start <= self.start || f.has(F::LineEnd) || matches!(after(line, c.end), Some('）' | '”' | '。')));
        f.set(F::Footnote, footnote);
        !formula
            && !f.has(F::LetterThing)
            && !f.has(F::Mention)
            && (c.style != Style::Star || count <= 3)
            && (c.style != Style::Some || count >= 2)
    }

    /// A村缺的B村调: other letters stand in the same line, as in a story.
    fn others_in_turn(&self, c: &Candidate) -> bool {
        let text = &self.line[c.start..c.end];
        let apart = |c: Option<char>| c.is_none_or(|c| is_han(c) || is_boundary(c));
        let near = around(self.line, c.start, c.end, NEAR);
        let mut capitals = near.char_indices().filter(|(_, c)| c.is_ascii_uppercase() && !text.contains(*c));
        capitals.any(|(at, _)| apart(before(near, at)) && apart(after(near, at + 1)))
    }

    fn slot(&self, c: &Candidate, f: &mut Features, measured: bool) -> bool {
        use Feature as F;
        let line = self.line;
        let text = &line[c.start..c.end];
        let width: usize = text.chars().filter(|c| is_space(*c)).map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
        f.set(F::Composite, c.composite);
        match c.style {
            Style::Gap => {
                f.set(
                    match width {
                        0 | 1 => F::Width1,
                        2 => F::Width2,
                        3 | 4 => F::Width3,
                        _ => F::Width5,
                    },
                    true,
                );
                f.set(F::FullWidth, text.contains('\u{3000}'));
                f.set(F::Columns, self.gaps > 2 && !c.composite);
                let single = |at: usize| {
                    let c = after(line, at);
                    c.is_some_and(is_han)
                        && after(line, at + c.map_or(0, char::len_utf8)).is_none_or(|c| is_space(c) || is_cjk_mark(c))
                };
                let lone_before = before(line, c.start).is_some_and(is_han)
                    && before(line, c.start.saturating_sub(3)).is_none_or(|c| is_space(c) || is_cjk_mark(c));
                f.set(F::Name, single(c.end) || lone_before);
                c.composite || measured && (width > 1 || f.has(F::Governs)) && self.gaps < 4
            }
            Style::Hole => {
                let next = after(line, c.end);
                f.set(F::Strong, c.end - c.start > 3);
                f.set(F::NoStrong, next.is_some_and(is_han));
                f.set(F::Above, NUMBER_BOUND.stands_at(line, c.end));
                f.has(F::Governs) && !next.is_some_and(is_han)
            }
            _ => !f.has(F::HanRight),
        }
    }
}

/// The words at byte `to`, behind a candidate. True where one of them is a noun or a measure that wants something.
fn ahead(line: &str, to: usize, f: &mut Features) -> bool {
    use Feature as F;
    let is = |class: &Class| class.stands_at(line, to);
    let nouns = [
        (F::Measure, measure_at(line, to).is_some()),
        (F::Percent, percent_at(line, to).is_some()),
        (F::Person, is(&PERSON)),
        (F::PlaceNoun, is(&PLACE)),
        (F::Organisation, is(&ORGANISATION)),
        (F::NameNoun, is(&THING)),
        (F::Meeting, is(&MEETING)),
        (F::DateWord, is(&DATE)),
    ];
    for (feature, on) in nouns {
        f.set(feature, on);
    }
    f.set(F::Saying, is(&SAYING));
    f.set(F::LetterThing, is(&LETTER_THING));
    nouns.iter().any(|(_, on)| *on)
}

/// The words that end at byte `from`, in front of a candidate.
fn behind(line: &str, from: usize, f: &mut Features) {
    use Feature as F;
    let is = |class: &Class| class.ends_at(line, from);
    f.set(F::Governs, governor(line, from).is_some());
    f.set(F::Leads, is(&LEADS) && !is_counted(line, from));
    f.set(F::Ranked, before(line, from) == Some(ORDINAL));
    f.set(F::PersonBefore, is(&PERSON));
    f.set(F::Surname, is(&SURNAME));
    f.set(F::NounBefore, is(&PLACE) || is(&ORGANISATION));
    let colon = matches!(before(line, from), Some('：' | ':'));
    f.set(F::ColonBefore, colon);
    let label = line[..from].trim_end_matches(['：', ':', ' ']);
    f.set(F::LabelBefore, colon && (LABEL.ends_at(line, label.len()) || ASKS.ends_at(line, label.len())));
}

/// 1., （二）, 三、
fn is_ordinal(head: &str) -> bool {
    /// Bytes.
    const LONGEST: usize = 24;
    let is = |c: char| {
        c.is_ascii_digit() || numeral::is_chinese(c) || matches!(c, '、' | '（' | '）' | '.' | '．') || is_space(c)
    };
    head.len() <= LONGEST && head.chars().any(|c| !is_space(c)) && head.chars().all(is)
}

/// 三千宗入会申请: what is counted is a noun, whatever its last character may do elsewhere.
fn is_counted(line: &str, end: usize) -> bool {
    const NOUN: usize = 8;
    let noun = line[..end].char_indices().rev().take(NOUN).take_while(|(_, c)| is_han(*c));
    let is_number = |c: char| c.is_ascii_digit() || numeral::is_chinese(c) || matches!(c, '万' | '亿' | '千' | '百');
    noun.into_iter().any(|(at, _)| {
        before(line, at).is_some_and(is_number) && measure_at(line, at).is_some_and(|word| at + word.len() < end)
    })
}

/// True when a bracket or quotation is open at byte `at`, looked for in the clause-sized text before it.
fn open_before(line: &str, at: usize, (open, close): (char, char)) -> bool {
    line[..at].chars().rev().take(24).find(|c| *c == open || *c == close) == Some(open)
}

/// The text between the points around `at..end`, not far.
fn clause_around(line: &str, at: usize, end: usize) -> &str {
    let from =
        line[..at].char_indices().rev().take(30).take_while(|(_, c)| !is_boundary(*c)).last().map_or(at, |(i, _)| i);
    let to = line[end..].char_indices().take(30).take_while(|(_, c)| !is_boundary(*c));
    let to = to.last().map_or(end, |(i, c)| end + i + c.len_utf8());
    &line[from..to.max(end)]
}
