//! What is seen of the words in brackets, and of those that a writer says to himself.

use super::super::candidate::{Candidate, is_mark};
use super::super::{Category, Style, asides, brackets, kind, notes};
use super::{Feature, Features, Surroundings, is_counted, is_ordinal};
use crate::lexicon::{
    ASKS, ASKS_TAIL, DRAFT_PART, FILLS, INTERROGATIVE, MEASURE, MEETING, NEEDS_NOUN, NO_PENDING, NOTES, ORGANISATION,
    PENDING, PERCENT, PERSON, PLACE, PREDICATE, SAYING, statistics,
};
use crate::numeral;
use crate::text::chars::{after, before, is_han, is_space};

/// So many characters beside a question another one is looked for.
const BESIDE: usize = 8;

impl Surroundings<'_> {
    pub(super) fn field(&self, c: &Candidate, f: &mut Features, governed: bool, noun: bool) -> bool {
        use Feature as F;
        let inner = self.line[c.inner.0..c.inner.1].trim_matches(is_space);
        form(inner, f);
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
        let mark = f.has(F::MarkInside);
        let hollow = mark || f.has(F::Empty);
        f.set(F::HollowNoun, noun && hollow);
        let asked = kind::asks_for(inner).filter(|_| !notes && !f.has(F::QuoteInside));
        let known = asked.is_some();
        let names = asked.is_some_and(|category| category != Category::Passage);
        // 【县名】要带头: no label is the subject of a sentence.
        let is_subject = names && f.has(F::LineStart) && PREDICATE.stands_at(self.line, c.end);
        if is_subject {
            f.unset(F::LineStart);
            f.set(F::PointLeft, true);
        }
        f.set(F::HollowHead, f.has(F::LineStart) && hollow);
        f.set(F::WholePassage, f.has(F::Whole) && asked == Some(Category::Passage));
        f.set(F::Known, known);
        self.note(c, inner, f);
        let choices = kind::is_choice(inner);
        let led = f.has(F::Leads) && f.has(F::HanLeft);
        f.set(F::Staged, starts && notes);
        f.set(F::Choices, choices);
        f.set(F::LedKnown, led && known);
        f.set(F::WholeKnown, f.has(F::Whole) && known);
        f.set(F::LabelKnown, f.has(F::LabelBefore) && known);
        f.set(F::NounKnown, noun && known);
        f.set(F::Agrees, asked.is_some_and(|category| kind::from_beside(self.line, c) == category));
        f.set(F::ClauseKnown, known && f.has(F::PointLeft) && f.has(F::HanRight));
        f.set(F::Alternate, is_alternate(self.line, c.start, inner));
        // 。（项目名）建成投产: a clause has no other beginning.
        f.set(F::ClauseOpen, !notes && f.has(F::PointLeft) && f.has(F::HanRight));
        let brief = f.has(F::Short) || f.has(F::Middle);
        f.set(F::AsksTail, brief && !known && !notes && ASKS_TAIL.ends_at(inner, inner.len()));
        f.set(F::HeadKnown, f.has(F::LineStart) && f.has(F::HanRight) && names);
        f.set(F::ListKnown, known && (f.has(F::ListBefore) || after(self.line, c.end) == Some('、')));
        let orphan = NEEDS_NOUN.ends_at(self.line, c.start) && !is_counted(self.line, c.start);
        f.set(F::Orphan, orphan && !notes);
        match c.style {
            Style::Round => {
                let wanted =
                    known && (f.has(F::LabelKnown) || noun || choices || f.has(F::Orphan) || f.has(F::WholePassage));
                let asked = f.has(F::DraftChore) || f.has(F::QuestionInside) && f.has(F::AsksAmount);
                (pending || (starts || mark) && !notes || wanted || asked) && !f.has(F::QuoteInside)
            }
            _ => governed || asks && !f.has(F::LineStart) || fills || mark || double && !f.has(F::QuoteInside),
        }
    }

    /// What the words in the brackets have to do with the draft, and the brackets with what stands around them.
    fn note(&self, c: &Candidate, inner: &str, f: &mut Features) {
        use Feature as F;
        // 新（改）建, and （本文有删减）; a long remark has such words in it by chance.
        let round = c.style == Style::Round;
        let single = round && inner.chars().nth(1).is_none();
        let directs = !single && notes::directs(inner);
        let brief = !round || !f.has(F::Lengthy) && !single && !notes::is_done(inner);
        let chore = directs || brief && notes::has_chore(inner);
        let draft = DRAFT_PART.find(inner).is_some();
        f.set(F::Directs, directs);
        f.set(F::Chore, chore);
        f.set(F::Draft, draft);
        f.set(F::DraftChore, draft && chore);
        f.set(F::Sized, notes::is_sized(inner));
        if brief {
            Self::wish(inner, f);
        }
        let mark = |c: char| is_mark(c) || matches!(c, '？' | '?' | '.' | '…');
        f.set(F::OnlyMarks, !inner.is_empty() && inner.chars().all(mark));
        f.set(F::OnlyFields, !f.has(F::Whole) && self.only_brackets);
        let head = self.line[self.start.min(c.start)..c.start].trim_matches(is_space);
        let alone = c.end >= self.text_end;
        f.set(F::BehindOrdinal, alone && is_ordinal(head));
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

    /// What the words in the brackets ask of somebody who writes: 几个？, 请统计局核, 这块再看.
    fn wish(inner: &str, f: &mut Features) {
        use Feature as F;
        const AMOUNT: usize = 8;
        let body = inner.trim_end_matches(asides::is_question);
        f.set(F::Interrogative, INTERROGATIVE.find(inner).is_some());
        f.set(F::AfterMeasure, is_measured(body));
        f.set(F::AsksAmount, INTERROGATIVE.stands_at(body, 0) && body.chars().count() <= AMOUNT);
        let who = !f.has(F::Known) && (ORGANISATION.find(inner).is_some() || PERSON.find(inner).is_some());
        let urges = inner.contains(['请', '待', '再', '需']);
        f.set(F::Who, who);
        f.set(F::Urges, urges);
        f.set(F::AsksWhom, who && (urges || f.has(F::QuestionInside)));
        f.set(F::UrgedChore, notes::is_urged(inner));
        f.set(F::Mends, notes::mends(inner));
    }

    /// What the writer asks or tells himself.
    pub(super) fn aside(&self, c: &Candidate, f: &mut Features) -> bool {
        use Feature as F;
        let (line, text) = (self.line, &self.line[c.start..c.end]);
        let marks = text.len() - text.trim_end_matches(asides::is_question).len();
        let inner = text[..text.len() - marks].trim_matches(is_space);
        let count = inner.chars().count();
        f.set(F::Empty, count == 0);
        f.set(F::Short, (1..=4).contains(&count));
        f.set(F::Middle, (5..=10).contains(&count));
        f.set(F::Long, count > 10);
        f.set(F::Double, text[text.len() - marks..].chars().count() > 1);
        f.set(F::DigitInside, inner.contains(|c: char| c.is_ascii_digit()));
        f.set(F::Slash, inner.contains(['/', '／']));
        let (directs, draft) = (notes::directs(inner), DRAFT_PART.find(inner).is_some());
        let chore = directs || notes::has_chore(inner);
        f.set(F::Directs, directs);
        f.set(F::Chore, chore);
        f.set(F::Draft, draft);
        f.set(F::DraftChore, draft && chore);
        f.set(F::Sized, notes::is_sized(inner));
        f.set(F::Urges, notes::urges(inner));
        let asked = INTERROGATIVE.find(inner).is_some();
        f.set(F::Interrogative, asked);
        let end = c.end - marks;
        let measured = MEASURE.ends_at(line, end) || PERCENT.ends_at(line, end);
        f.set(F::AfterMeasure, measured);
        f.set(F::AfterNoun, [&PERSON, &ORGANISATION, &PLACE, &MEETING].iter().any(|class| class.ends_at(line, end)));
        f.set(F::Who, ORGANISATION.find(inner).is_some() || PERSON.find(inner).is_some());
        f.set(F::Saying, SAYING.find(inner).is_some());
        f.set(F::Mends, notes::mends(inner));
        f.set(F::Orphan, NEEDS_NOUN.ends_at(line, c.start));
        // 由发改？工信？牵头
        let others = |text: &mut dyn Iterator<Item = char>| text.take(BESIDE).any(asides::is_question);
        f.set(F::Again, others(&mut line[..c.start].chars().rev()) || others(&mut line[c.end..].chars()));
        f.set(F::We, inner.contains(['我', '你', '您', '们']));
        c.style == Style::Doubt && f.has(F::PointRight) || f.has(F::Urges) && f.has(F::DraftChore)
    }
}

/// 几个, 多少亩, 30户: what ends is a measure, not a word that ends like one.
fn is_measured(text: &str) -> bool {
    let Some(word) = MEASURE.word_ending(text, text.len()) else { return false };
    let head = &text[..text.len() - word.len()];
    let is_number = |c: char| c.is_ascii_digit() || numeral::is_chinese(c) || is_mark(c);
    INTERROGATIVE.ends_at(head, head.len()) || head.ends_with(is_number)
}

/// 各部门（单位）, 2800辆（艘、架）次: in brackets stands what is of one kind with the word in front.
fn is_alternate(line: &str, start: usize, inner: &str) -> bool {
    let first = inner.split(['、', '，', '/']).next().unwrap_or(inner);
    let asked = kind::asks_for(first);
    let words = (2..=4).filter_map(|n| line[..start].char_indices().rev().nth(n - 1)).map(|(at, _)| &line[at..start]);
    let of_one_kind = |word: &str| word.chars().all(is_han) && kind::asks_for(word) == asked;
    asked.is_some() && words.into_iter().any(of_one_kind)
        || [&ORGANISATION, &PERSON, &PLACE, &MEETING, &MEASURE]
            .iter()
            .any(|class| class.ends_at(line, start) && class.ends_at(first, first.len()))
}

/// What is seen of the text in brackets without knowing a word.
fn form(inner: &str, f: &mut Features) {
    use Feature as F;
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
    f.set(F::Identifier, inner.is_ascii() && count >= 3);
    f.set(F::MarkInside, brackets::holds_marks(inner));
    f.set(F::Lettered, brackets::is_lettered(inner));
    f.set(F::Numbered, inner.chars().next_back().is_some_and(|c| c.is_ascii_digit() || numeral::is_chinese(c)));
    f.set(F::QuoteInside, inner.contains(['“', '《', '"']));
    let is_question = inner.contains(['？', '?']);
    f.set(F::QuestionInside, is_question);
    f.set(F::LongQuestion, is_question && count > 14);
    f.set(F::Lengthy, count > 24 && !notes::directs(inner));
}
