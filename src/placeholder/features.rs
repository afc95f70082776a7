//! What is seen of a candidate in its line: each feature is a fact with a name that can be printed.

use super::candidate::{Candidate, ORDINAL, Place, is_mark};
use super::kind;
use super::words::{governor, measure as measure_at, percent as percent_at};
use super::{Category, Family, Flags, Style, brackets, composite, notes};
use crate::lexicon::{
    ASKS, Class, DATE, DRAFT_PART, FILLS, LABEL, LEADS, LETTER_THING, MEETING, NEEDS_NOUN, NO_PENDING, NOTES,
    NUMBER_BOUND, ORGANISATION, PENDING, PERSON, PLACE, SAYING, SPEAKS, SPOKEN_OF, STRONG_MEASURE, SURNAME, THING,
    statistics,
};
use crate::numeral;
use crate::text::chars::{after, before, is_boundary, is_cjk_mark, is_han, is_space, is_stop, skip_spaces};
use crate::text::position::around;
use crate::text::tables::cell;

/// Facts of one candidate, a bit each in the order of [`Feature::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Features(pub u128);

impl Features {
    pub const fn has(self, feature: Feature) -> bool {
        self.0 >> feature as u32 & 1 == 1
    }

    fn set(&mut self, feature: Feature, on: bool) {
        self.0 |= u128::from(on) << feature as u32;
    }

    pub fn iter(self) -> impl Iterator<Item = Feature> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let feature = Feature::ALL.get(left.trailing_zeros() as usize)?;
            left &= left.wrapping_sub(1);
            Some(*feature)
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
        }
    }

    pub fn features(&self, c: &Candidate) -> (Features, Flags) {
        use Feature as F;
        let line = self.line;
        let mut f = Features::default();
        let text = &line[c.start..c.end];
        let family = c.style.family();
        let head = &line[self.words.0.min(c.start)..c.start];
        let tail = &line[c.end..self.words.1.max(c.end)];
        let alone = head.is_empty() && tail.trim_start_matches(is_space).is_empty();
        f.set(F::Whole, alone);
        f.set(F::LineStart, head.is_empty() && !alone);
        f.set(F::LineEnd, tail.is_empty() && !alone);
        let (left, right) = (before(line, c.start), after(line, c.end));
        let side = |c: Option<char>| {
            c.map_or(0, |c| match c {
                _ if is_han(c) => 1,
                _ if is_space(c) => 2,
                _ if is_boundary(c) || is_cjk_mark(c) || matches!(c, '%' | '％') => 3,
                '0'..='9' | '０'..='９' => 4,
                _ if c.is_ascii_alphabetic() => 5,
                _ => 6,
            })
        };
        const LEFT: [F; 6] = [F::HanLeft, F::SpaceLeft, F::PointLeft, F::DigitLeft, F::LatinLeft, F::OtherLeft];
        const RIGHT: [F; 6] = [F::HanRight, F::SpaceRight, F::PointRight, F::DigitRight, F::LatinRight, F::OtherRight];
        for (n, list) in [(side(left), LEFT), (side(right), RIGHT)] {
            if n > 0 {
                f.set(list[n - 1], true);
            }
        }
        let inside = side(left) == 1 && side(right) == 1;
        f.set(F::InSentence, inside);
        f.set(F::Quoted, matches!(left, Some('“' | '「' | '‘')) && matches!(right, Some('”' | '」' | '’')));
        let open = |pair: (char, char)| open_before(line, c.start, pair);
        f.set(F::InQuote, open(('“', '”')));
        f.set(F::InBrackets, open(('（', '）')));
        f.set(F::InTitle, open(('《', '》')));
        // Words.
        let to = skip_spaces(line, c.end);
        let from = line[..c.start].trim_end_matches(is_space).len();
        let ahead = |class: &Class| class.stands_at(line, to);
        let behind = |class: &Class| class.ends_at(line, from);
        let measure = measure_at(line, to).is_some();
        let percent = percent_at(line, to).is_some();
        let person = ahead(&PERSON);
        let place = ahead(&PLACE);
        let organisation = ahead(&ORGANISATION);
        let name = ahead(&THING);
        let meeting = ahead(&MEETING);
        let date = ahead(&DATE);
        f.set(F::Measure, measure);
        f.set(F::Percent, percent);
        f.set(F::Person, person);
        f.set(F::PlaceNoun, place);
        f.set(F::Organisation, organisation);
        f.set(F::NameNoun, name);
        f.set(F::Meeting, meeting);
        f.set(F::DateWord, date);
        f.set(F::Saying, ahead(&SAYING));
        f.set(F::LetterThing, ahead(&LETTER_THING));
        let governs = governor(line, from).is_some();
        let leads = behind(&LEADS) && !is_counted(line, from);
        f.set(F::Governs, governs);
        f.set(F::Leads, leads);
        let ranked = before(line, from) == Some(ORDINAL);
        f.set(F::Ranked, ranked);
        f.set(F::PersonBefore, behind(&PERSON));
        f.set(F::Surname, behind(&SURNAME));
        f.set(F::NounBefore, behind(&PLACE) || behind(&ORGANISATION));
        let colon = matches!(before(line, from), Some('：' | ':'));
        f.set(F::ColonBefore, colon);
        let label = line[..from].trim_end_matches(['：', ':', ' ']);
        f.set(F::LabelBefore, colon && (LABEL.ends_at(line, label.len()) || ASKS.ends_at(line, label.len())));
        f.set(F::ListBefore, left == Some('、'));
        f.set(F::Heading, self.heading);
        f.set(F::Item, self.item);
        f.set(F::ShortLine, self.short);
        f.set(F::NoStop, self.no_stop);
        f.set(F::Markdown, self.markdown);
        let colon_line = self.short
            && head.trim_end_matches(is_space).ends_with(['：', ':'])
            && tail.trim_start_matches(is_space).is_empty();
        f.set(F::ColonLine, colon_line);
        let noun = measure || percent || person || place || organisation || name || meeting || date;
        f.set(F::GovernedMeasure, governs && (measure || percent));
        f.set(F::LedNoun, leads && (person || place || organisation || name || meeting));
        f.set(F::Mention, mentioned(line, from, to));
        // A sign between Chinese text, points and edges.
        let chinese = |c: Option<char>, n: usize| matches!(n, 0 | 1 | 3) && !matches!(c, Some('/' | '=' | '+'));
        // GDPXX亿元
        let acronym = c.style == Style::Cross && side(left) == 5 && (measure || percent);
        let plain = (acronym || chinese(left, side(left))) && chinese(right, side(right));
        f.set(F::PlainNoun, plain && noun);
        let sure = match family {
            Family::Mark => {
                let ruled = c.style == Style::Line && f.has(F::LabelBefore);
                let named = f.has(F::PersonBefore) || ruled;
                self.mark(c, text, &mut f) && plain && (noun || ranked || named || c.composite || f.has(F::Century))
            }
            Family::Field => self.field(c, &mut f, measure || percent || person || inside, noun),
            Family::Round => self.field(c, &mut f, false, noun),
            Family::Slot => self.slot(c, &mut f, measure || percent),
        };
        let flag = |on: bool, flag: Flags| if on { flag.0 } else { 0 };
        let flags = flag(sure, Flags::SURE)
            | flag(inside, Flags::INSIDE)
            | flag(alone, Flags::ALONE)
            | flag(head.is_empty() && !alone, Flags::HEAD);
        (f, Flags(flags))
    }

    /// True when nothing speaks against a blank.
    fn mark(&self, c: &Candidate, text: &str, f: &mut Features) -> bool {
        use Feature as F;
        let line = self.line;
        let count = text.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | '-' | ':')).count();
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
        let product = count == 1 && matches!(c.style, Style::Times | Style::Star) && inside;
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

    fn field(&self, c: &Candidate, f: &mut Features, governed: bool, noun: bool) -> bool {
        use Feature as F;
        let inner = self.line[c.inner.0..c.inner.1].trim_matches(is_space);
        let count = inner.chars().count();
        f.set(F::Short, (1..=4).contains(&count));
        f.set(F::Middle, (5..=10).contains(&count));
        f.set(F::Long, count > 10);
        f.set(F::Empty, count == 0);
        f.set(F::Sentence, count > 10 && inner.contains(['，', '。', '；']));
        f.set(F::EndsStop, inner.ends_with(['。', '；', '：', ':', '！']));
        f.set(F::Comma, inner.contains(['，', '、', ',']));
        f.set(F::DigitInside, inner.contains(|c: char| c.is_ascii_digit()));
        f.set(F::Slash, inner.contains(['/', '／', '|']));
        let identifier = inner.is_ascii() && count >= 3;
        f.set(F::Identifier, identifier);
        let double = self.line[c.start..].starts_with("{{") || self.line[c.start..].starts_with("${");
        f.set(F::Double, double);
        let asks = ASKS.find(inner).is_some();
        let fills = FILLS.find(inner).is_some();
        f.set(F::Asks, asks);
        let end = ASKS.word_ending(inner, inner.len());
        f.set(F::AsksEnd, end.is_some());
        f.set(F::AsksOnly, notes::asks_only(inner));
        f.set(F::Fills, fills);
        let starts = FILLS.stands_at(inner, 0) || inner.starts_with('请');
        f.set(F::FillsStart, starts);
        let pending =
            inner.char_indices().any(|(at, _)| PENDING.stands_at(inner, at) && !NO_PENDING.ends_at(inner, at));
        f.set(F::PendingInside, pending);
        let notes = NOTES.find(inner).is_some() && (!f.has(F::AsksOnly) || NOTES.get(inner).is_some());
        f.set(F::Notes, notes);
        f.set(F::NotesStart, NOTES.stands_at(inner, 0));
        let mark = brackets::holds_marks(inner);
        f.set(F::MarkInside, mark);
        f.set(F::Numbered, inner.chars().next_back().is_some_and(|c| c.is_ascii_digit() || numeral::is_chinese(c)));
        f.set(F::QuoteInside, inner.contains(['“', '《', '"']));
        let asked = kind::asks_for(inner).filter(|_| !notes && !f.has(F::QuoteInside));
        let known = asked.is_some();
        f.set(F::WholePassage, f.has(F::Whole) && asked == Some(Category::Passage));
        f.set(F::QuestionInside, inner.contains(['？', '?']));
        self.note(c, inner, f);
        let choices = kind::is_choice(inner);
        let led = f.has(F::Leads) && f.has(F::HanLeft);
        f.set(F::Staged, starts && notes);
        f.set(F::Known, known);
        f.set(F::Choices, choices);
        f.set(F::LedKnown, led && known);
        f.set(F::WholeKnown, f.has(F::Whole) && known);
        f.set(F::LabelKnown, f.has(F::LabelBefore) && known);
        f.set(F::NounKnown, noun && known);
        f.set(F::Agrees, asked.is_some_and(|category| kind::from_beside(self.line, c) == category));
        f.set(F::ClauseKnown, known && f.has(F::PointLeft) && f.has(F::HanRight));
        let names = asked.is_some_and(|category| category != Category::Passage);
        f.set(F::HeadKnown, f.has(F::LineStart) && f.has(F::HanRight) && names);
        f.set(F::ListKnown, known && (f.has(F::ListBefore) || after(self.line, c.end) == Some('、')));
        let orphan = NEEDS_NOUN.ends_at(self.line, c.start) && !is_counted(self.line, c.start);
        f.set(F::Orphan, orphan && !notes);
        match c.style {
            Style::Round => {
                let wanted =
                    known && (f.has(F::LabelKnown) || noun || choices || f.has(F::Orphan) || f.has(F::WholePassage));
                (pending || (starts || mark) && !notes || wanted) && !f.has(F::QuoteInside)
            }
            _ => governed || asks && !f.has(F::LineStart) || fills || mark || double && !f.has(F::QuoteInside),
        }
    }

    /// What the words in the brackets have to do with the draft, and the brackets with what stands around them.
    fn note(&self, c: &Candidate, inner: &str, f: &mut Features) {
        use Feature as F;
        let directs = notes::directs(inner);
        let chore = directs || notes::has_chore(inner);
        let draft = DRAFT_PART.find(inner).is_some();
        f.set(F::Directs, directs);
        f.set(F::Chore, chore);
        f.set(F::Draft, draft);
        f.set(F::DraftChore, draft && chore);
        f.set(F::Sized, notes::is_sized(inner));
        let mark = |c: char| is_mark(c) || matches!(c, '？' | '?' | '.' | '…');
        f.set(F::OnlyMarks, !inner.is_empty() && inner.chars().all(mark));
        f.set(
            F::OnlyFields,
            !f.has(F::Whole) && notes::is_all_brackets(self.line[self.start..].trim_matches(is_space)),
        );
        let head = self.line[self.start.min(c.start)..c.start].trim_matches(is_space);
        let ordinal =
            |c: char| c.is_ascii_digit() || numeral::is_chinese(c) || matches!(c, '、' | '（' | '）' | '.' | '．');
        let alone = self.line[c.end..].chars().all(|c| is_space(c) || is_boundary(c));
        f.set(F::BehindOrdinal, !head.is_empty() && alone && head.chars().all(ordinal));
        let own_line = f.has(F::Whole) || f.has(F::OnlyFields) || f.has(F::BehindOrdinal);
        f.set(F::LineDirects, (own_line || f.has(F::LineEnd)) && directs);
        f.set(F::LineAsks, own_line && f.has(F::AsksOnly));
        // Without the brackets: do the characters around them stand side by side?
        let (left, right) = (before(self.line, c.start), after(self.line, c.end));
        if let (Some(left), Some(right)) = (left, right)
            && is_han(left)
            && !is_space(right)
        {
            let [one, two] = [left, right].map(statistics::unit);
            let further = self.line[..c.start - left.len_utf8()].chars().next_back().filter(|c| is_han(*c));
            let three = further.map_or(0, |c| statistics::level(&[statistics::unit(c), one, two]));
            f.set(F::Apart, !statistics::is_pair(one, two));
            f.set(F::Joined, three > 0);
        }
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

/// 用“X”表示, 打“×”, X 代表, 占位符 XX
fn mentioned(line: &str, from: usize, to: usize) -> bool {
    let head = line[..from].trim_end_matches(['“', '「', '‘']);
    let tail = line[to..].trim_start_matches(['”', '」', '’']);
    SPOKEN_OF.ends_at(head, head.len()) && head.len() < from
        || SPEAKS.stands_at(tail, 0) && tail.len() < line.len() - to
}

/// The text between the points around `at..end`, not far.
fn clause_around(line: &str, at: usize, end: usize) -> &str {
    let from =
        line[..at].char_indices().rev().take(30).take_while(|(_, c)| !is_boundary(*c)).last().map_or(at, |(i, _)| i);
    let to = line[end..].char_indices().take(30).take_while(|(_, c)| !is_boundary(*c));
    let to = to.last().map_or(end, |(i, c)| end + i + c.len_utf8());
    &line[from..to.max(end)]
}
