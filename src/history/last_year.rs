//! Last year's draft, read to be gone by: its sentences, what of them is its own, and what it promised.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Markup, Speech};
use crate::former::{Former, Promise, Saying, Sentence};
use crate::lexicon::dictionary::{Class, Word, words};
use crate::lexicon::{
    HAPPENED, LOOKS_BACK, NEXT_YEAR, NO_NAME, NO_NAMES, OF_TIME, PAST_YEAR, PROMISED_DEED, PROMISED_SOME,
    PROMISED_THING, TO_COME, UNIT_PEOPLE, WITHIN_YEAR, YEAR_SINCE,
};
use crate::numeral::read_chinese;
use crate::paragraph::{Kind, Paragraph};
use crate::rules::amounts::{self, Fact, facts};
use crate::rules::dates::{Month, date_line, year_before};
use crate::rules::renewed::sayings as said;
use crate::settings::Settings;
use crate::text::chars::is_han;
use crate::text::sentences::sentences;
use crate::text::{Flat, Range};

/// What may be promised in one draft, and is worth being asked for.
const MOST_PROMISES: usize = 64;

/// Reads last year's draft. `name` is how its file is shown.
pub fn last_year(name: &str, text: &str, markup: Markup) -> Former {
    let settings = Arc::new(Settings { official_prose: Some(true), ..Settings::default() });
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, markup, &settings);
    let mut reader = Reader {
        settings: &settings,
        all: Vec::new(),
        sayings: Vec::new(),
        promised: Vec::new(),
        size: 0,
        time: None,
        lead: None,
        is_led: false,
    };
    let (mut when, mut title) = (When::default(), None::<String>);
    for (base, speech) in analysis.speeches() {
        let read = speech.lines.iter().enumerate().filter(|(n, p)| is_part(speech, *n, p));
        for (n, paragraph) in read {
            let line = lines.str(base + n);
            let (raw, inner) = paragraph.reading(line);
            let text = inner.simplified(raw);
            let parts = &speech.outline.parts;
            if parts.title.contains(&(n as u32)) {
                title.get_or_insert_with(|| text.to_string());
            }
            when.see(&text, parts.title.contains(&(n as u32)) || parts.subtitle.contains(&(n as u32)));
            reader.size += paragraph.spoken;
            reader.paragraph(&text, (base + n) as u32, is_said(paragraph));
        }
    }
    let Reader { all, sayings, promised, size, .. } = reader;
    let month = when.month();
    let promises = promised.into_iter().filter(|(time, _)| time.is_ahead(month)).map(|(_, promise)| promise);
    let promises = promises.take(MOST_PROMISES).collect();
    let mut former = Former::new(all).with_sayings(sayings);
    name.clone_into(&mut former.name);
    former.set_title(title.as_deref());
    (former.year, former.size, former.promises) = (month.map(|month| month.year), size, promises);
    former
}

fn is_part(speech: &Speech, n: usize, paragraph: &Paragraph) -> bool {
    paragraph.is_read() && !speech.outline.parts.is_boilerplate(n as u32)
}

/// Whether a paragraph is what the speech has to say: not how it addresses whom, and what stands over what.
fn is_said(paragraph: &Paragraph) -> bool {
    let is_heading = paragraph.structure().is_some_and(|structure| structure.heading > 0)
        || paragraph.head().is_some() && !paragraph.structural.ends_sentence;
    paragraph.structural.kind == Kind::Prose && !is_heading
}

/// When the draft was for: its date, or the year in its title, or else the one that it names most.
#[derive(Default)]
struct When {
    date: Option<Month>,
    title: Option<u32>,
    named: FxHashMap<u32, u32>,
}

impl When {
    fn see(&mut self, text: &str, is_title: bool) {
        if self.date.is_none() {
            self.date = date_line(text).map(|(date, _)| date).filter(|date| date.year > 0);
        }
        for (at, mark) in text.match_indices('年') {
            let Some((year, _)) = year_before(text, at + mark.len()) else { continue };
            if is_title {
                self.title.get_or_insert(year);
            }
            *self.named.entry(year).or_default() += 1;
        }
    }

    fn month(&self) -> Option<Month> {
        let most = || self.named.iter().max_by_key(|(year, count)| (**count, **year)).map(|(year, _)| *year);
        let year = || self.title.or_else(most).map(|year| Month { year, month: 0 });
        self.date.or_else(year)
    }
}

/// When something is promised for.
#[derive(Clone, Copy)]
enum Ahead {
    NextYear,
    /// 年内
    Within,
    ThisYear,
    Year(u32),
}

impl Ahead {
    /// Whether that is to have come when the next draft of the kind is written.
    fn is_ahead(&self, now: Option<Month>) -> bool {
        /// A draft of the first months promises for its own year.
        const EARLY: std::ops::RangeInclusive<u32> = 0..=4;
        /// Later what is to come this year has mostly come.
        const SUMMER: u32 = 9;
        match (self, now) {
            (Self::NextYear | Self::Within, _) => true,
            (Self::Year(year), Some(now)) => *year == now.year + 1 || *year == now.year && EARLY.contains(&now.month),
            (Self::ThisYear, Some(now)) => now.month <= SUMMER,
            (Self::Year(_) | Self::ThisYear, None) => false,
        }
    }
}

struct Reader<'a> {
    settings: &'a Settings,
    all: Vec<Sentence>,
    sayings: Vec<Saying>,
    promised: Vec<(Ahead, Promise)>,
    size: u32,
    /// What the heading says that stands over the paragraph: 二、明年的工作.
    time: Option<Ahead>,
    /// What a paragraph says that goes on in items: 今年，要抓好四件事。
    lead: Option<Ahead>,
    /// It ends with a colon.
    is_led: bool,
}

impl Reader<'_> {
    fn paragraph(&mut self, text: &str, line: u32, is_said: bool) {
        let formulations = if is_said { self.settings.formulations.catalogue().occurrences(text) } else { Vec::new() };
        let looks_back = || [&PAST_YEAR, &LOOKS_BACK, &YEAR_SINCE].iter().any(|words| words.find(text).is_some());
        if !is_said && looks_back() {
            self.time = None;
        } else if !is_said {
            self.time = ahead(text).or(self.time);
        }
        // 今年，要抓好三件事。一是……: what is said of one sentence goes for those behind it.
        let goes_on = is_said && (is_item(text) || self.is_led);
        let (mut time, mut is_to_come) = (self.time, self.time.is_some());
        // What is counted is promised where the paragraph itself says so.
        let mut is_own = false;
        if let Some(lead) = self.lead.filter(|_| goes_on) {
            (time, is_to_come) = (Some(lead), true);
        }
        let (first, ranges) = (self.all.len() as u32, sentences(text));
        self.sayings.extend(said(text, &ranges, &facts(text)).into_iter().map(|(range, mut saying)| {
            saying.sentence = first + ranges.iter().filter(|sentence| sentence.end <= range.start).count() as u32;
            saying
        }));
        for range in ranges {
            let sentence = range.of(text);
            let set: usize = formulations.iter().map(|(found, _)| overlap(*found, range, text)).sum();
            let own = sentence.chars().filter(|c| c.is_alphanumeric()).count().saturating_sub(set);
            let own = if is_said && !is_quoted(sentence) { own as u32 } else { 0 };
            time = ahead(sentence).or(time);
            let comes = TO_COME.find(sentence).is_some();
            is_to_come |= comes || matches!(time, Some(Ahead::NextYear | Ahead::Within));
            is_own |= comes || ahead(sentence).is_some();
            if let Some(time) = time.filter(|_| is_said && is_to_come) {
                self.promise(sentence, time, is_own);
            }
            self.all.push(Sentence::new(sentence.trim(), line, own));
        }
        self.lead = time.filter(|_| is_to_come && is_said).or(self.lead.filter(|_| goes_on));
        self.is_led = is_said && text.trim_end().ends_with('：');
    }

    /// What the sentence that comes next promises by name, or with how many.
    fn promise<'a>(&mut self, sentence: &'a str, time: Ahead, is_counted: bool) {
        if HAPPENED.find(sentence).is_some() || PAST_YEAR.find(sentence).is_some() {
            return;
        }
        let named: Vec<Thing> = things(sentence).collect();
        let is_dated = matches!(ahead(sentence), Some(Ahead::NextYear | Ahead::Year(_)));
        let wide =
            deeds(sentence).filter(|(deed, _)| is_counted && !named.iter().any(|thing| deed.contains(thing.whole)));
        // 职工 alone names no 职工公寓.
        let name = |thing: &Thing<'a>| if thing.is_plain || is_own(thing.name) { thing.name } else { thing.whole };
        let all = named.iter().map(|thing| (thing.whole, name(thing), !(thing.is_plain && is_dated)));
        let new = new_things(sentence).filter(|new| !named.iter().any(|thing| new.contains(thing.whole)));
        let wide = wide.map(|(deed, name)| (deed, name, true)).chain(new.map(|new| (new, new, true)));
        let called = called(sentence).map(|name| (name, name, true));
        let wide = wide.chain(called);
        for (thing, name, is_wide) in all.chain(wide) {
            if !self.promised.iter().any(|(_, other)| *other.name == *name) {
                let sentence = self.all.len() as u32;
                self.promised.push((time, Promise::new(sentence, thing, name, is_wide)));
            }
        }
    }
}

fn overlap(a: Range, b: Range, text: &str) -> usize {
    let range = Range { start: a.start.max(b.start), end: a.end.min(b.end) };
    if range.start < range.end { range.of(text).chars().filter(|c| c.is_alphanumeric()).count() } else { 0 }
}

/// Whether it is somebody else's words: 习近平总书记强调，“……”
fn is_quoted(sentence: &str) -> bool {
    HAPPENED.find(sentence).is_some_and(|(_, row)| row.value == "said") && sentence.contains('“')
}

/// Whether a paragraph is an item of a list: 一是, 二要, 第三，.
fn is_item(text: &str) -> bool {
    let text = text.trim_start();
    let number = text.strip_prefix('第').unwrap_or(text);
    read_chinese(number).is_some_and(|(_, len)| number[len..].starts_with(['是', '要', '，', '、']))
}

/// The time that a sentence promises something for: 明年, 2026年.
fn ahead(sentence: &str) -> Option<Ahead> {
    if NEXT_YEAR.find(sentence).is_some() {
        return Some(Ahead::NextYear);
    }
    if WITHIN_YEAR.find(sentence).is_some() {
        return Some(Ahead::Within);
    }
    if sentence.contains("今年") {
        return Some(Ahead::ThisYear);
    }
    let mut years = sentence.match_indices('年').filter_map(|(at, mark)| year_before(sentence, at + mark.len()));
    years.next().map(|(year, _)| Ahead::Year(year))
}

/// The things with names of their own that a sentence speaks of, and those names: 东湖大桥, 东湖.
fn things(sentence: &str) -> impl Iterator<Item = Thing<'_>> {
    sentence.char_indices().filter_map(|(at, _)| {
        let (word, row) = PROMISED_THING.at(sentence, at)?;
        let name = name_of_thing(sentence, at, row.value.is_empty())?;
        let whole = &sentence[name.start as usize..word.end as usize];
        Some(Thing { whole, name: name.of(sentence), is_plain: row.value.is_empty() })
    })
}

/// Whether a name has something that is no word of the language.
fn is_own(name: &str) -> bool {
    let is_common = |(word, said): &(Range, Word)| word.len() > 3 && said.class != Class::Name;
    !words(name, Range::new(0, name.len())).iter().all(is_common)
}

struct Thing<'a> {
    whole: &'a str,
    name: &'a str,
    /// What it is called by is always built: a bridge, and not a centre.
    is_plain: bool,
}

/// The name of its own that stands before the word for a thing at byte `at`: as far as no verb goes, and not made of
/// what all such things are called by. What is called by a common word is one where it is to be built.
fn name_of_thing(sentence: &str, at: usize, is_plain: bool) -> Option<Range> {
    const SHORTEST: usize = 2;
    const LONGEST: usize = 10;
    let mut start = at;
    for (from, c) in sentence[..at].char_indices().rev().take(LONGEST) {
        if !is_han(c) || NO_NAME.ends_at(sentence, start) {
            break;
        }
        start = from;
    }
    let begins = PROMISED_DEED.ends_at(sentence, start);
    // 云岭旅游服务 is 云岭.
    let mut end = at;
    while let Some((kind, _)) = NO_NAMES.ending(sentence, end).filter(|(kind, _)| kind.start as usize >= start) {
        end = kind.start as usize;
    }
    let own = &sentence[start..end];
    let is_known = |(word, said): &(Range, Word)| word.len() > 3 && !matches!(said.class, Class::Noun | Class::Name);
    let is_own = || !words(sentence, Range::new(start, end)).iter().any(is_known);
    let is_one = (SHORTEST..LONGEST).contains(&own.chars().count())
        && NO_NAMES.find(own).is_none()
        && (is_plain && end == at || begins && is_own());
    is_one.then(|| Range::new(start, at))
}

/// What a sentence promises to be done, with how many, and the name of that: 建成教师周转房600套, 教师周转房.
fn deeds(sentence: &str) -> impl Iterator<Item = (&str, &str)> {
    const SHORTEST: usize = 5;
    const LONGEST: usize = 14;
    let is_mark = |c: char| matches!(c, '，' | '；' | '。' | '：' | '！' | '、');
    sentence.split(is_mark).filter_map(|clause| {
        let (word, _) = PROMISED_DEED.find(clause)?;
        let (deed, object) = (&clause[word.start as usize..], &clause[word.end as usize..]);
        let counts: Vec<Range> = facts(clause).iter().filter(|fact| is_count(fact)).map(|fact| fact.range).collect();
        let name = what_is_counted(object)?;
        let is_one = !counts.is_empty() && (SHORTEST..=LONGEST).contains(&name.chars().count());
        is_one.then_some((deed, name))
    })
}

/// What a sentence promises to be there that has not been: 护士长学院 in 成立护士长学院，分批轮训.
fn new_things(sentence: &str) -> impl Iterator<Item = &str> {
    const SIZE: std::ops::RangeInclusive<usize> = 4..=12;
    let clauses = sentence.split(['，', '；', '。', '：', '！', '、']);
    clauses.filter_map(|clause| {
        let deed = PROMISED_DEED.find(clause).filter(|(_, row)| row.value == "new").map(|(deed, _)| deed.end as usize);
        let all = facts(clause);
        let is_some = |fact: &&Fact| {
            PROMISED_SOME.ends_at(clause, fact.range.start as usize) && !UNIT_PEOPLE.stands_at(&fact.unit, 0)
        };
        let some = || all.iter().find(is_some);
        let from = deed.or_else(|| some().map(|fact| fact.range.start as usize))?;
        let counted = all.iter().find(|fact| fact.range.start as usize == from);
        let thing = &clause[counted.map_or(from, |fact| fact.range.end as usize)..];
        let thing = thing.trim_end_matches(|c| !is_han(c));
        let is_one = thing.chars().all(|c| is_han(c) && c != '的') && SIZE.contains(&thing.chars().count());
        (is_one && !is_any(thing)).then_some(thing)
    })
}

/// Whether a thing is called as all of its kind are: 重点项目, 公共服务中心.
fn is_any(thing: &str) -> bool {
    let kind = PROMISED_THING.ending(thing, thing.len()).filter(|(_, row)| !row.value.is_empty());
    let mut end = kind.map_or(thing.len(), |(kind, _)| kind.start as usize);
    while let Some((word, _)) = NO_NAMES.ending(thing, end) {
        end = word.start as usize;
    }
    end == 0
}

/// What a sentence promises by the name that it has given to it: 开办“星空讲坛”.
fn called(sentence: &str) -> impl Iterator<Item = &str> {
    const SIZE: std::ops::RangeInclusive<usize> = 4..=10;
    sentence.match_indices('“').filter_map(|(at, mark)| {
        let rest = &sentence[at + mark.len()..];
        let name = &rest[..rest.find('”')?];
        let is_name = name.chars().all(is_han) && SIZE.contains(&name.chars().count());
        (is_name && PROMISED_DEED.ends_at(sentence, at)).then_some(name)
    })
}

/// Whether it says how many: 600套, not 2025年.
fn is_count(fact: &Fact) -> bool {
    fact.kind == amounts::Kind::Figure && !fact.unit.is_empty() && !OF_TIME.stands_at(&fact.unit, 0)
}

/// The longest run of characters in what is counted, without what it is counted by.
fn what_is_counted(object: &str) -> Option<&str> {
    let (mut start, mut pieces) = (0, Vec::new());
    for fact in facts(object) {
        pieces.push(&object[start..fact.range.start as usize]);
        start = fact.range.end as usize;
    }
    pieces.push(&object[start..]);
    let runs = pieces.into_iter().flat_map(|piece| piece.split(|c: char| !is_han(c))).filter(|run| !run.is_empty());
    runs.max_by_key(|run| run.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn former(text: &str) -> Former {
        last_year("去年.txt", text, Markup::Plain)
    }

    #[test]
    fn what_was_promised_by_name() {
        let promised = |text: &str| -> Vec<String> {
            former(text).promises.iter().map(|promise| format!("{}/{}", promise.thing, promise.name)).collect()
        };
        assert_eq!(promised("明年，力争建成东湖大桥，开工建设一批重点项目。"), ["东湖大桥/东湖"]);
        assert_eq!(promised("明年要改造农村公路86公里，新建一批重点项目。"), [""; 0]);
        let counted = "三要弘扬尊师风尚，年底前建成教师周转房600套，设立1000万元教师关爱基金。";
        assert_eq!(promised(counted), ["建成教师周转房600套/教师周转房", "设立1000万元教师关爱基金/教师关爱基金"]);
        assert_eq!(promised("我们要抓落实，到2025年底完成整改落实任务。"), [""; 0]);
        assert_eq!(promised("（2025年2月10日）\n同志们：\n2025年，我们要开工建设青石水库。"), ["青石水库/青石"]);
        assert_eq!(promised("（2025年12月10日）\n同志们：\n2025年，我们要开工建设青石水库。"), [""; 0]);
        assert_eq!(promised("2024年，我们建成了东湖大桥。"), [""; 0]);
        let dated = "2024年度述职述廉报告\n同志们：\n2024年，工作都有进步。\n";
        let led = "2025年，我们将抓好以下工作：\n一是夯实基础。开工建设柳荫渡大桥。\n二是改扩建烈士陵园，建成云岭服务中心。\n";
        assert_eq!(
            promised(&format!("{dated}{led}")),
            ["柳荫渡大桥/柳荫渡", "烈士陵园/烈士陵园", "云岭服务中心/云岭服务"]
        );
        assert_eq!(promised("要把敬老院的条件改善好；要扩建敬老院。"), [""; 0]);
    }

    #[test]
    fn the_year_of_a_draft() {
        assert_eq!(former("在会议上的讲话\n（2025年2月10日）\n同志们：\n2024年过去了。").year, Some(2025));
        assert_eq!(former("东湖县2025年政府工作报告\n各位代表：\n2024年过去了，2024年不易。").year, Some(2025));
        assert_eq!(former("同志们：\n2024年过去了，2024年不易。到2035年。").year, Some(2024));
        assert_eq!(former("同志们：\n要抓好落实。").year, None);
    }

    #[test]
    fn what_is_nobody_elses() {
        let former = former("在会议上的讲话\n同志们：\n要抓好落实。习近平总书记强调，“要抓好落实”。\n谢谢大家！");
        let own = |n: u32| former.sentence(n).map(|sentence| sentence.own);
        assert_eq!([own(0), own(1), own(2), own(3)], [Some(0), Some(0), Some(5), Some(0)]);
    }
}
