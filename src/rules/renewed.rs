//! What a draft says of something: how many there are, who holds a post, which of a row of meetings it is, under what
//! theme, on what day. Where this year's draft says something else of it than last year's, and elsewhere the same as
//! then, that place has been forgotten.

use super::amounts::{self, Fact, facts};
use super::dates::{date_line, number_after, number_before, year_before};
use super::kept::{self, Pair};
use super::meeting_mismatch::sessions;
use super::names::name_at;
use crate::former::{Former, Kind, Nearest, Saying};
use crate::lexicon::{
    ANNIVERSARY, FORMER_HOLDER, GROWN_BY, HAPPENED, HELD_NOW, INDICATOR_VERB, OF_TIME, PAST_YEAR, POST, RUN_OF_YEARS,
    TO_COME,
};
use crate::numeral::read_count;
use crate::paragraph::packed;
use crate::text::Range;
use crate::text::chars::is_han;
use crate::text::sentences::Grams;

packed! {
    /// What is seen of a saying of last year's.
    pub(super) enum Fate {
        /// Something else is said of it.
        Renewed,
        /// The same is said.
        Again,
        /// The same is said with the same words: of what else that is in the sentence is renewed it is asked why not of it.
        Held,
        /// The person has another post.
        Moved,
        /// It cannot be so: what has been counted on every year has the number of then, a figure of a year is another one.
        Wrong,
    }
}

/// Digits that a figure has at least to be known again, and a share.
const TELLING: usize = 3;
const TELLING_SHARE: usize = 2;
/// Characters of what is counted, behind its measure, and of what a figure is of, before it.
const COUNTED: usize = 2;
const NUMBERED: std::ops::RangeInclusive<usize> = 2..=3;
const SUBJECT: std::ops::RangeInclusive<usize> = 3..=4;
/// Characters around a figure that tell what it is about.
const BEFORE: usize = 8;
const BEHIND: usize = 4;

/// What a line says, and where. A figure is told with each of its roles, and without one: then it is known by its
/// value alone.
pub(crate) fn sayings(line: &str, sentences: &[Range], facts: &[Fact]) -> Vec<(Range, Saying)> {
    if let Some((range, day)) = date_line(line).and_then(|(_, range)| Some((range, day_in(line, range)?))) {
        return vec![(range, Saying::new(Kind::Date, "", &day))];
    }
    let mut found = Vec::new();
    let sessions: Vec<_> = sessions(line).collect();
    for session in &sessions {
        found.push((session.range, Saying::new(Kind::Nth, &session.name, &session.number.to_string())));
    }
    found.extend(run(line));
    found.extend(anniversary(line));
    for (kind, range) in kept::facts(line) {
        let role = match kind {
            Kind::Theme => Some(""),
            Kind::Name => post_beside(line, range),
            _ => None,
        };
        found.extend(role.map(|role| (range, Saying::new(kind, role, range.of(line)))));
    }
    for fact in facts {
        let rest = &line[fact.range.end as usize..];
        if fact.kind == amounts::Kind::Nth && !sessions.iter().any(|session| session.range == fact.range) {
            let numbered =
                counted(rest.trim_start_matches('“'), NUMBERED).map(|numbered| format!("{}{numbered}", fact.unit));
            found.extend(numbered.map(|role| (fact.range, Saying::new(Kind::Nth, &role, &fact.value.to_string()))));
        }
        if !is_telling(fact) {
            continue;
        }
        let (value, near) = (value(fact), Grams::of(&near(line, fact.range)));
        let mut say = |range, kind, role: &str| {
            let mut saying = Saying::new(kind, role, &value);
            saying.near = near.clone();
            found.push((range, saying));
        };
        say(fact.range, Kind::Figure, "");
        if let Some(counted) = counted(rest, COUNTED..=COUNTED) {
            say(fact.range, Kind::Figure, &format!("{}{counted}", fact.unit));
        }
        if let Some(subject) = subject(line, fact.range.start as usize) {
            let subject = format!("{subject} {}", fact.unit);
            say(fact.range, Kind::Figure, &subject);
            if let Some((year, range)) = year_ahead(line, sentences, fact.range) {
                say(range, Kind::Year, &format!("{year} {subject}"));
            }
        }
    }
    found
}

/// What becomes in a line of the sayings of last year's draft, by their numbers. With each of its sentences goes the
/// one of then that has most in common with it.
pub(super) fn fates(
    line: &str,
    sentences: &[Range],
    nearest: &[Option<Nearest>],
    former: &Former,
) -> Vec<(Range, u32, Fate)> {
    let mut found = Vec::new();
    let facts = facts(line);
    let is_share = |range: Range| facts.iter().any(|fact| fact.range == range && fact.kind == amounts::Kind::Share);
    let sentence = |range: Range| {
        let of = sentences.iter().find(|of| of.start <= range.start && range.end <= of.end);
        of.map_or(line, |of| of.of(line))
    };
    let is_of_the_past = |range: Range| {
        let text = sentence(range);
        kept::years(text).any(|(year, _)| former.year.is_some_and(|own| year < own))
            || PAST_YEAR.find(text).is_some()
            || HAPPENED.find(text).is_some_and(|(_, row)| row.value == "said")
    };
    let is_to_come = |text: &str| TO_COME.find(text).is_some();
    let was_to_come = |old: &Saying| former.sentence(old.sentence).is_some_and(|old| is_to_come(&old.text));
    for (range, saying) in sayings(line, sentences, &facts) {
        for (n, old) in former.of_role(&saying) {
            match old.is_same(&saying) {
                false if saying.kind == Kind::Year => found.push((range, n, Fate::Wrong)),
                false => found.push((range, n, Fate::Renewed)),
                // A goal may be the same again, and what was to come has come.
                true if is_of_the_past(range) || is_to_come(sentence(range)) || was_to_come(old) => {}
                true if saying.kind == Kind::Figure && !is_share(range) => found.push((range, n, Fate::Held)),
                true if saying.kind == Kind::Nth => {
                    let fate = if grows(line, range, former) { Fate::Wrong } else { Fate::Again };
                    found.push((range, n, fate));
                }
                true => {}
            }
        }
        // A figure is the same where it is so for one of the places that it had.
        let is_near = || former.of_value(&saying).any(|(_, old)| old.near.shares(&saying.near));
        let again = saying.kind == Kind::Figure && is_near() && !is_of_the_past(range);
        for (n, old) in former.of_value(&saying) {
            match saying.kind {
                Kind::Figure if again => found.push((range, n, Fate::Again)),
                Kind::Name if !old.has_role_of(&saying) => found.push((range, n, Fate::Moved)),
                _ => {}
            }
        }
    }
    for (n, old) in former.texts() {
        for (at, text) in line.match_indices(&*old.said) {
            let range = Range::new(at, at + text.len());
            let is_whole = match old.kind {
                Kind::Name => name_at(line, at) == Some(text) && !FORMER_HOLDER.ends_at(line, at),
                _ => line[..at].ends_with('“'),
            };
            if is_whole && !is_of_the_past(range) {
                found.push((range, n, Fate::Again));
            }
        }
    }
    for fact in facts.iter().filter(|fact| fact.kind == amounts::Kind::Day) {
        let text = sentence(fact.range);
        let said = Saying::new(Kind::Date, "", &(fact.value / amounts::ONE).to_string());
        let is_today = HELD_NOW.find(text).is_some() && !is_of_the_past(fact.range);
        let again = former.of_role(&said).filter(|(_, old)| is_today && old.is_same(&said));
        found.extend(again.map(|(n, _)| (fact.range, n, Fate::Again)));
    }
    for (range, near) in sentences.iter().zip(nearest) {
        let akin = near.and_then(|near| near.akin());
        found
            .extend(exchanged(range.of(line), akin, former).map(|(at, n)| (at.shifted(range.start), n, Fate::Renewed)));
    }
    found
}

/// Whether a number is one more each year: 第39个国际志愿者日, 连续五年.
fn grows(line: &str, number: Range, former: &Former) -> bool {
    let pair = Pair { new: line, old: line, is_same: false, year: former.year };
    RUN_OF_YEARS.ends_at(line, number.start as usize) || pair.event_kept(number).is_some()
}

/// The figures of last year's that a sentence has others for, where it is much like one of then.
fn exchanged<'a>(sentence: &str, old: Option<u32>, former: &'a Former) -> impl Iterator<Item = (Range, u32)> + 'a {
    let pairs = old.and_then(|n| Some((n, &*former.sentence(n)?.text))).map(|(n, text)| {
        let (before, here) = (facts(text), facts(sentence));
        let pairs = amounts::paired((text, &before), (sentence, &here)).into_iter().enumerate();
        let pairs = pairs.filter_map(|(was, is)| Some((before[was].clone(), here[is?].clone())));
        let changed = pairs.filter(|(was, is)| is_telling(was) && !was.is_same(is));
        changed.map(|(was, is)| (n, Saying::new(Kind::Figure, "", &value(&was)), is.range)).collect::<Vec<_>>()
    });
    pairs.unwrap_or_default().into_iter().flat_map(move |(sentence, was, range)| {
        let of = former.of_value(&was).filter(move |(_, old)| old.sentence == sentence);
        of.map(move |(n, _)| (range, n)).collect::<Vec<_>>()
    })
}

fn is_telling(fact: &Fact) -> bool {
    match fact.kind {
        amounts::Kind::Figure => !fact.unit.is_empty() && !OF_TIME.stands_at(&fact.unit, 0) && fact.digits() >= TELLING,
        amounts::Kind::Share => fact.digits() >= TELLING_SHARE,
        _ => false,
    }
}

fn value(fact: &Fact) -> String {
    format!("{:?} {} {}", fact.kind, fact.value, fact.unit)
}

/// The month and the day of a date, in one number.
fn day_in(line: &str, date: Range) -> Option<String> {
    let text = date.of(line);
    let (month, end) = number_after(text, text.find('年')? + '年'.len_utf8())?;
    let (day, _) = number_after(text, end + '月'.len_utf8())?;
    Some((month * 100 + day).to_string())
}

/// 连续五年获评: how many years something has been so.
fn run(line: &str) -> Option<(Range, Saying)> {
    let (word, _) = RUN_OF_YEARS.find(line)?;
    let from = word.end as usize;
    let (count, len) = read_count(&line[from..])?;
    let rest = line[from + len..].trim_start_matches('个').strip_prefix('年')?;
    let role = counted(rest, NUMBERED)?;
    Some((Range::new(from, line.len() - rest.len()), Saying::new(Kind::Nth, role, &count.to_string())))
}

/// 抗战胜利78周年
fn anniversary(line: &str) -> Option<(Range, Saying)> {
    const DIGITS: usize = 3;
    let (word, _) = ANNIVERSARY.find(line)?;
    let (years, start) = number_before(line, word.start as usize, DIGITS)?;
    let role = ending(&line[..start], NUMBERED)?;
    Some((Range::new(start, word.end as usize), Saying::new(Kind::Nth, role, &years.to_string())))
}

/// 师生 of 名师生: what is counted, as many characters of it as it may have.
fn counted(rest: &str, size: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let len: usize = rest.chars().take_while(|c| is_han(*c)).take(*size.end()).map(char::len_utf8).sum();
    let counted = &rest[..len];
    (size.contains(&counted.chars().count()) && !counted.contains(['的', '和'])).then_some(counted)
}

/// The characters that a text ends with, as many of them as they may be.
fn ending(text: &str, size: std::ops::RangeInclusive<usize>) -> Option<&str> {
    let len: usize = text.chars().rev().take_while(|c| is_han(*c)).take(*size.end()).map(char::len_utf8).sum();
    let ending = &text[text.len() - len..];
    size.contains(&ending.chars().count()).then_some(ending)
}

/// A line up to a figure, without what says that it has come to be so: 达到, 同比增长.
fn without_verbs(line: &str, figure: usize) -> &str {
    let mut end = figure;
    while let Some((verb, _)) = INDICATOR_VERB.ending(line, end).or_else(|| GROWN_BY.ending(line, end)) {
        end = verb.start as usize;
    }
    &line[..end]
}

/// 零售总额 of 全县社会消费品零售总额达到86.4亿元.
fn subject(line: &str, start: usize) -> Option<&str> {
    ending(without_verbs(line, start), SUBJECT)
}

/// The year that the sentence of a figure begins with.
fn year_ahead(line: &str, sentences: &[Range], figure: Range) -> Option<(u32, Range)> {
    let sentence = sentences.iter().find(|range| range.start <= figure.start && figure.end <= range.end)?;
    let text = sentence.of(line);
    let start = text.len() - text.trim_start().len();
    let end = start + text[start..].find('年')? + '年'.len_utf8();
    let (year, _) = year_before(text, end).filter(|(_, at)| *at == start)?;
    Some((year, Range::new(start, end).shifted(sentence.start)))
}

/// The words around a figure, without it.
fn near(line: &str, range: Range) -> String {
    let (head, tail) = (without_verbs(line, range.start as usize), &line[range.end as usize..]);
    let mut words: Vec<char> = head.chars().rev().take_while(|c| is_han(*c)).take(BEFORE).collect();
    words.reverse();
    words.push('|');
    words.extend(tail.chars().take_while(|c| is_han(*c)).take(BEHIND));
    words.into_iter().collect()
}

/// The post that stands before a name, or behind it.
fn post_beside(line: &str, name: Range) -> Option<&str> {
    let before = POST.ending(line, name.start as usize);
    before.or_else(|| POST.at(line, name.end as usize)).map(|(post, _)| post.of(line))
}
