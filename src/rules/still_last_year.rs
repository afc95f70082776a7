//! 仍是去年: a sentence of last year's draft with the year, the number, the theme that it had then.

use rustc_hash::{FxHashMap, FxHashSet};

use super::dates::{date_line, year_before};
use super::kept::{KINDS, Pair, names};
use super::message::shortened;
use super::renewed::{Fate, fates};
use super::{Check, Example, FindingContext, Findings, Hits, Message, Observations, Rule, Severity, Tag};
use crate::analysis::{Detail, RelatedTo};
use crate::former::Former;
use crate::paragraph::{Packed, Paragraph};
use crate::text::sentences::sentences;
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "still-last-year",
    name: "仍是去年",
    severity: Some(Severity::Warning),
    summary: "照搬去年稿子的句子，里面的年份、届次、主题、数字还是去年的；别处已经换了，这里还是去年的。",
    why: "今年的讲话多半从去年的稿子改起，没有改到的年份、第几次会议、主题、增速，一念出来就露馅。设置了去年的稿子（against）才查；肯定不对的是警告，拿不准的（数字、姓名、几月几日，和整句重写过的）是信息。比较、追述、规划期里的不报。",
    source: "去年的稿子。",
    examples: &[
        Example {
            bad: "今天，我们召开第三次全县农村工作会议。", good: "今天，我们召开第四次全县农村工作会议。"
        },
        Example {
            bad: "去年，全县地区生产总值增长6.2%，好于预期。",
            good: "去年，全县地区生产总值增长6.8%，好于预期。2019年，第三次全县农村工作会议在青石镇召开。",
        },
    ],
    tags: &[Tag::Former],
    check: Check::Together { see, judge },
    message,
};

/// What was seen: the date of the draft, or a sentence with what it keeps.
#[derive(Clone, Copy)]
enum Seen {
    /// By its year.
    Date(u32),
    Kept {
        sentence: u32,
        kinds: u8,
        is_sure: bool,
    },
    /// What becomes of a saying, by its number.
    Said(u32, Fate),
}

/// So many sentences are told apart, and so many sayings.
const MOST: u32 = 1 << 23;
const MOST_SAYINGS: u32 = 1 << 27;

impl Packed for Seen {
    fn pack(self) -> u32 {
        match self {
            Self::Date(year) => 1 << 31 | year,
            Self::Said(n, fate) => 1 << 30 | n << 3 | fate.pack(),
            Self::Kept { sentence, kinds, is_sure } => sentence << 7 | u32::from(kinds) << 1 | u32::from(is_sure),
        }
    }

    fn unpack(bits: u32) -> Self {
        match bits >> 30 {
            2.. => Self::Date(bits & !(1 << 31)),
            1 => Self::Said((bits & !(1 << 30)) >> 3, Fate::unpack(bits & 7)),
            _ => Self::Kept { sentence: bits >> 7, kinds: (bits >> 1 & 63) as u8, is_sure: bits & 1 == 1 },
        }
    }
}

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let Some(former) = hits.settings().former.as_deref() else { return };
    if let Some((date, range)) = date_line(line).filter(|(date, _)| date.year > 0) {
        match former.same(line).and_then(|n| former.sentence(n)) {
            Some(_) if former.year == Some(date.year) => {}
            _ => hits.push(range, Seen::Date(date.year)),
        }
    }
    let (sentences, is_long) = (sentences(line), line.len() > LONGEST);
    let mut nearest = Vec::new();
    for range in &sentences {
        let sentence = range.of(line);
        let same = former.same(sentence);
        let near = if is_long { None } else { former.nearest(sentence) };
        nearest.push(near);
        let old = same.or_else(|| near?.alike());
        let found = match old {
            Some(old) => {
                kept(sentence, old, same.is_some(), former).map(|(fact, seen)| (fact.shifted(range.start), seen))
            }
            None => former.begins(sentence).and_then(|(old, len)| {
                let start = sentence.len() - sentence.trim_start().len();
                let (fact, seen) = kept(&sentence[start..start + len], old, false, former)?;
                Some((fact.shifted(range.start + start as u32), seen))
            }),
        };
        if let Some((fact, seen)) = found {
            hits.push(fact, seen);
        }
    }
    if !is_long {
        for (range, n, fate) in
            fates(line, &sentences, &nearest, former).into_iter().filter(|(_, n, _)| *n < MOST_SAYINGS)
        {
            hits.push(range, Seen::Said(n, fate));
        }
    }
}

/// In a longer line only sentences are found of which not a word has changed.
const LONGEST: usize = 1 << 15;

/// What a sentence keeps of last year's, and where the first of what is wrong for sure, or else of all, stands.
fn kept(sentence: &str, n: u32, is_same: bool, former: &Former) -> Option<(Range, Seen)> {
    let old = former.sentence(n).filter(|_| n < MOST)?;
    let pair = Pair { new: sentence, old: &old.text, is_same, year: former.year };
    let kept = pair.kept();
    let first = kept.iter().find(|kept| kept.is_sure).or(kept.first())?;
    let kinds = kept.iter().fold(0, |kinds, kept| kinds | 1 << kept.kind as u8);
    Some((first.range, Seen::Kept { sentence: n, kinds, is_sure: first.is_sure }))
}

/// The year in a title that is not last year's.
fn year_in_title(observations: &Observations<'_>) -> Option<u32> {
    let parts = &observations.speech.outline.parts;
    parts.title.iter().chain(&parts.subtitle).find_map(|line| {
        let text = observations.text(*line);
        let mut years = text.match_indices('年').filter_map(|(at, mark)| year_before(&text, at + mark.len()));
        let year = years.next().map(|(year, _)| year)?;
        observations.former()?.same(&text).is_none().then_some(year)
    })
}

/// What the message is made of.
struct Kept {
    sentence: u32,
    kinds: u8,
}

fn judge(observations: &Observations<'_>, findings: &mut Findings) {
    let seen = || observations.list.iter().map(|(line, hit)| (*line, hit.range, hit.evidence::<Seen>()));
    if observations.list.is_empty() {
        return;
    }
    let dated = seen().find_map(|(.., seen)| if let Seen::Date(year) = seen { Some(year) } else { None });
    // Another draft of the same year is not last year's.
    let is_of = |own: u32| dated.or_else(|| year_in_title(observations)).is_some_and(|year| year <= own);
    if observations.former().and_then(|former| former.year).is_some_and(is_of) {
        return;
    }
    for (line, range, seen) in seen() {
        let Seen::Kept { sentence, kinds, is_sure } = seen else { continue };
        let severity = if is_sure { findings.severity() } else { findings.severity().max(Severity::Information) };
        findings.push_as(severity, Span::in_line(line, range), Detail::of(Kept { sentence, kinds }));
    }
    judge_sayings(observations, findings);
}

/// What is said as last year, though elsewhere it is said otherwise.
fn judge_sayings(observations: &Observations<'_>, findings: &mut Findings) {
    let Some(former) = observations.former() else { return };
    let (mut renewed, mut moved) = (FxHashMap::<u32, Vec<(u32, Range)>>::default(), FxHashSet::default());
    // By line: what has been renewed, and what has been told.
    let [mut news, mut told] = [(); 2].map(|()| FxHashMap::<u32, Vec<Range>>::default());
    for (line, hit) in &observations.list {
        match hit.evidence::<Seen>() {
            Seen::Kept { .. } => told.entry(*line).or_default().push(hit.range),
            Seen::Said(n, Fate::Renewed) => {
                renewed.entry(n).or_default().push((*line, hit.range));
                news.entry(*line).or_default().push(hit.range);
            }
            Seen::Said(n, Fate::Moved) => drop(moved.insert(n)),
            _ => {}
        }
    }
    for (line, hit) in &observations.list {
        let Seen::Said(n, fate) = hit.evidence() else { continue };
        let in_one_sentence = |range: Range| {
            let sentences = sentences(&observations.text(*line));
            let of = |at: u32| sentences.iter().position(|sentence| at < sentence.end);
            range != hit.range && of(range.start) == of(hit.range.start)
        };
        let place = match fate {
            Fate::Wrong => None,
            Fate::Held if news.get(line).is_some_and(|news| news.iter().any(|range| in_one_sentence(*range))) => None,
            Fate::Again if !moved.contains(&n) => {
                let place = renewed.get(&n).and_then(|of| only(of, observations));
                // From 2860 to 3012: both are meant.
                let Some(place) = place.filter(|(n, range)| n != line || !in_one_sentence(*range)) else { continue };
                Some(place)
            }
            _ => continue,
        };
        let told = told.entry(*line).or_default();
        let is_told = told.iter().any(|range| range.start < hit.range.end && hit.range.start < range.end);
        let Some(saying) = former.saying(n).filter(|_| !is_told) else { continue };
        told.push(hit.range);
        let related = place.map(|(line, range)| (Span::in_line(line, range), RelatedTo::Occurrence));
        let kept = Kept { sentence: saying.sentence, kinds: 1 << saying.kind as u8 };
        let detail = Detail { related: related.into_iter().collect(), ..Detail::of(kept) };
        let severity = findings.severity().max(Severity::Information);
        findings.push_as(severity, Span::in_line(*line, hit.range), detail);
    }
}

/// The first of the places, where all read the same.
fn only(places: &[(u32, Range)], observations: &Observations<'_>) -> Option<(u32, Range)> {
    let text = |(line, range): &(u32, Range)| range.of(&observations.text(*line)).to_owned();
    let first = places.first()?;
    let said = text(first);
    places.iter().all(|place| text(place) == said).then_some(*first)
}

fn message(context: &FindingContext<'_>) -> Message {
    let Some(&Kept { sentence, kinds }) = context.evidence() else { return Message::default() };
    let Some(former) = context.settings.former.as_deref() else { return Message::default() };
    let Some(old) = former.sentence(sentence) else { return Message::default() };
    let kinds = KINDS.into_iter().filter(|kind| kinds >> *kind as u8 & 1 == 1).map(|kind| {
        let [hans, hant, english] = names(kind);
        context.say(hans, hant, english)
    });
    let kinds = kinds.collect::<Vec<_>>().join(context.say("、", "、", ", "));
    let (line, text) = (old.line + 1, shortened(&old.text));
    let text = context.say(
        format!("{kinds}还是去年的？去年第 {line} 行：{text}"),
        format!("{kinds}還是去年的？去年第 {line} 行：{text}"),
        format!("{kinds} still last year's? Line {line} then: {text}"),
    );
    Message { text, fix: None }
}
