//! Names that were replaced at one place and stand at another: of persons, by the posts beside them, and of places,
//! bodies and works, by how such names end.

use memchr::memmem;

use super::Version;
use super::consequence::{Consequence, What, differs, prose, span_of};
use super::facts::Both;
use super::hunks::Way;
use super::matter::{SENTENCE, is_one_matter};
use crate::lexicon;
use crate::lexicon::dictionary::{self, Class, is_word};
use crate::lexicon::{AFTER_NAME, NO_NAMES, OF_PERSON, ORGANISATION, PERSON, PLACE, POST, PROMISED_THING, SURNAME};
use crate::locale::Locale;
use crate::rules::names::LEADS;
use crate::text::Range;
use crate::text::chars::{before, is_han, is_space};

/// Stretches of two versions of a paragraph of which one stands for the other.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub old: &'a str,
    pub new: &'a str,
    pub from: Range,
    pub to: Range,
}

impl<'a> Sides<'a> {
    fn texts(&self) -> (&'a str, &'a str) {
        (self.from.of(self.old), self.to.of(self.new))
    }

    /// With so many more characters on either side, which both have.
    fn widened(self, before: usize, behind: usize) -> Option<Self> {
        let wide = |text: &'a str, range: Range| {
            let (head, tail) = (&text[..range.start as usize], &text[range.end as usize..]);
            let left: usize = head.chars().rev().take(before).map(char::len_utf8).sum();
            let right: usize = tail.chars().take(behind).map(char::len_utf8).sum();
            let is_whole =
                head.chars().rev().take(before).count() == before && tail.chars().take(behind).count() == behind;
            let added = (&head[head.len() - left..], &tail[..right]);
            is_whole.then(|| (Range::new(head.len() - left, range.end as usize + right), added))
        };
        let ((from, one), (to, other)) = (wide(self.old, self.from)?, wide(self.new, self.to)?);
        (one == other).then_some(Self { from, to, ..self })
    }
}

/// The names of two persons that a change stands in: with posts beside both.
pub(super) fn persons(of: Sides) -> Option<Sides> {
    const MOST: usize = 3;
    let ways = (0..MOST).flat_map(|before| (0..MOST).map(move |behind| (before, behind)));
    let mut wide = ways.filter_map(|(before, behind)| of.widened(before, behind));
    wide.find(|wide| is_person(wide.old, wide.from) && is_person(wide.new, wide.to))
}

/// Whether it is a name with a post beside it.
fn is_person(text: &str, range: Range) -> bool {
    let (start, end) = (range.start as usize, range.end as usize);
    let (name, count) = (range.of(text), range.of(text).chars().count());
    if !(2..=4).contains(&count) || !name.chars().all(is_han) || is_word(name) {
        return false;
    }
    // 县长　周明远, | 组长 | 周明远 |
    let head = text[..start].trim_end_matches(|c| is_space(c) || matches!(c, '|' | '：' | ':'));
    let has_post = POST.ends_at(text, head.len()) || PERSON.ends_at(text, head.len());
    let has_title = POST.stands_at(text, end) || PERSON.stands_at(text, end) || OF_PERSON.stands_at(text, end);
    let begins = before(text, start).is_none_or(|c| !is_han(c) || LEADS.contains(&c));
    match SURNAME.stands_at(text, start) && count < 4 {
        // Among other names it stands between marks.
        true => {
            has_post || begins && (has_title || AFTER_NAME.stands_at(text, end) || !text[end..].starts_with(is_han))
        }
        // A rare surname.
        false => has_post && has_title,
    }
}

/// What a name is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Place,
    Body,
    /// A bridge, a school, a centre.
    Work,
}

const KINDS: [(&lexicon::Class, Kind); 3] =
    [(&PROMISED_THING, Kind::Work), (&ORGANISATION, Kind::Body), (&PLACE, Kind::Place)];

/// The names of two places, bodies or works that a change stands in: what both end with tells what they are.
pub(super) fn proper(of: Sides) -> Option<(Sides, Kind)> {
    /// Characters of a change, behind it and before it that may be of one name.
    const CHANGED: usize = 8;
    const BEHIND: usize = 5;
    const BEFORE: usize = 4;
    let (from, to) = of.texts();
    let is_plain = |text: &str| text.chars().count() <= CHANGED && text.chars().all(is_han);
    if !is_plain(from) || !is_plain(to) {
        return None;
    }
    let is_verb = |text: &str| dictionary::word(text).is_some_and(|word| word.class == Class::Verb);
    // 请审计局 is not another body than 要求审计局.
    let is_said = is_verb(from) && is_verb(to);
    (0..=BEHIND).find_map(|behind| {
        let ended = of.widened(0, behind)?;
        let (kind, ending) = ended_as(ended)?;
        let is_next = ended.from.len() <= of.from.len() + ending;
        let is_name = |text: &str, range| is_proper(text, range, ending, kind) && (is_next || !is_said);
        let wide = (0..=BEFORE).filter_map(|before| ended.widened(before, 0));
        // 旅游局 in 体育和旅游局 tells nothing.
        let mut wide = wide.filter(|wide| !wide.texts().1.contains(wide.texts().0));
        wide.find(|wide| is_name(wide.old, wide.from) && is_name(wide.new, wide.to)).map(|wide| (wide, kind))
    })
}

/// What both names are of by their endings, and the bytes of the longer ending.
fn ended_as(of: Sides) -> Option<(Kind, usize)> {
    let sides = [(of.old, of.from), (of.new, of.to)];
    let is_inside = |(text, range): (&str, Range)| {
        dictionary::boundary(text, range.end as usize).is_some_and(|bits| bits < 0)
            || !range.of(text).chars().all(is_han)
    };
    let found = KINDS.iter().find_map(|(words, kind)| {
        let [one, other] = sides.map(|(text, range)| words.ending(text, range.end as usize));
        let ((one, row), (other, _)) = one.zip(other)?;
        // What is called by a common word may be one of many.
        row.value.is_empty().then(|| (*kind, one.len().max(other.len())))
    });
    found.filter(|_| !sides.into_iter().any(is_inside))
}

/// Whether what stands before the ending of a name may be its own part.
fn is_proper(text: &str, range: Range, ending: usize, kind: Kind) -> bool {
    const LEAST: usize = 2;
    /// 审计局 and 水利投资公司, and not 加强党委.
    const SHORT: usize = '局'.len_utf8();
    let stem = Range { end: range.end.saturating_sub(ending as u32).max(range.start), ..range };
    let own = stem.of(text);
    let words = dictionary::words(text, stem);
    let has_noun = words.iter().any(|(word, said)| word.len() > 3 && matches!(said.class, Class::Noun | Class::Name));
    let is_own = |(word, said): &(Range, dictionary::Word)| match said.class {
        Class::Noun | Class::Name => true,
        Class::Verb | Class::Adjective => kind == Kind::Body && (ending == SHORT || has_noun),
        Class::Function => kind == Kind::Body && word.start > range.start,
        Class::Adverb | Class::Number | Class::Phrase => false,
    };
    let is_known = |(word, _): &(Range, dictionary::Word)| word.len() > 3;
    // 唱响乡村 is no village.
    let last_two = range.of(text).char_indices().rev().nth(1).map_or("", |(at, _)| &range.of(text)[at..]);
    let is_common = dictionary::word(last_two).is_some_and(|word| word.class != Class::Name);
    own.chars().count() >= LEAST
        && own.chars().all(is_han)
        && (kind == Kind::Body || NO_NAMES.find(own).is_none())
        && !(kind == Kind::Place && is_common)
        && dictionary::boundary(text, range.start as usize).is_none_or(|bits| bits >= 0)
        && words.iter().filter(|word| is_known(word)).all(is_own)
        && !own.starts_with(LEADS)
}

/// Names that stand as before where another of their places has changed.
pub(super) fn left(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    /// So many names are looked for.
    const MOST: usize = 50;
    // Which was replaced by which, how often, and of what they are.
    let mut known: Vec<(Sides, Option<Kind>, u32)> = Vec::new();
    for line in lines.iter().filter(|line| line.is_changed()) {
        for hunk in line.hunks().iter().filter(|hunk| hunk.way == Way::Other) {
            let of = Sides { old: &line.old, new: &line.new, from: hunk.old, to: hunk.new };
            let person = persons(of);
            let Some((sides, kind)) =
                person.map(|sides| (sides, None)).or_else(|| proper(of).map(|(sides, kind)| (sides, Some(kind))))
            else {
                continue;
            };
            let (from, to) = sides.texts();
            if let Some((.., count)) = known.iter_mut().find(|(of, ..)| of.texts() == (from, to)) {
                *count += 1;
            } else if known.len() < MOST && !to.contains(from) && !has_moved(line, from) {
                known.push((sides, kind, 1));
            }
        }
    }
    let texts: Vec<(u32, String)> = match known.iter().any(|(_, kind, _)| kind.is_none()) {
        true => new.analysis.paragraphs().map(|(n, _)| (n as u32, prose(new, n as u32))).collect(),
        false => Vec::new(),
    };
    let of = |(sides, kind, count): (Sides, Option<Kind>, u32)| match kind {
        None => persons_left(new, &texts, sides, locale),
        Some(kind) => names_left(new, lines, sides, (kind, count), locale),
    };
    known.into_iter().flat_map(of).collect()
}

/// Whether a name stands in the paragraph as often as before: those in it have changed places.
fn has_moved(line: &Both, name: &str) -> bool {
    line.old.matches(name).count() == line.new.matches(name).count()
}

fn persons_left(new: Version, texts: &[(u32, String)], of: Sides, locale: Locale) -> Vec<Consequence> {
    let (from, to) = of.texts();
    let surname = from.chars().next().map_or(0, char::len_utf8);
    // 陈县长, where another has his post now.
    let titles = [PERSON.ending(of.old, of.from.start as usize), PERSON.at(of.old, of.from.end as usize)];
    let other = titles.into_iter().flatten().map(|(title, _)| format!("{}{}", &from[..surname], title.of(of.old)));
    let mut names: Vec<String> = std::iter::once(from.to_owned()).chain(other).collect();
    if to.starts_with(&from[..surname]) {
        names.truncate(1);
    }
    let mut found = Vec::new();
    for (n, text) in texts {
        for name in &names {
            for at in memmem::find_iter(text.as_bytes(), name.as_bytes()) {
                let span = span_of(new, *n, Range::new(at, at + name.len()));
                found.push(Consequence { what: What::Name, rule: None, span, message: differs(from, to, locale) });
            }
        }
    }
    found
}

fn names_left(new: Version, lines: &[Both], of: Sides, (kind, count): (Kind, u32), locale: Locale) -> Vec<Consequence> {
    let (from, to) = of.texts();
    let is_new = !lines.iter().any(|line| line.old.contains(to));
    let shared = from.chars().filter(|c| to.contains(*c)).count();
    // Another name for the same, not another of its kind: more is shared than the ending.
    const SHARED: usize = 3;
    let is_renamed = count > 1 || is_new && (kind == Kind::Work || shared >= SHARED);
    let mut found = Vec::new();
    for line in lines.iter().filter(|line| line.old.contains(from)) {
        for at in memmem::find_iter(line.new.as_bytes(), from.as_bytes()) {
            let range = Range::new(at, at + from.len());
            let is_other = is_renamed || is_one_matter((of.new, of.to), (&line.new, range), &SENTENCE);
            let is_here = std::ptr::eq(line.new.as_str(), of.new) && at == of.to.start as usize;
            if is_other && !is_here {
                let span = span_of(new, line.lines.1, range);
                found.push(Consequence { what: What::Name, rule: None, span, message: differs(from, to, locale) });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use expect_test::expect;

    const BETWEEN: &str = "要坚定信心，再接再厉，把各项工作抓细抓实。\n";

    #[test]
    fn persons_by_what_stands_beside_them() {
        let text = format!("由副县长陈立新同志牵头。\n{BETWEEN}联系人：陈立新，电话5566228。\n请陈副县长多费心。\n");
        check(
            &text,
            &text.replace("副县长陈立新同志", "副县长何晓梅同志"),
            expect![[r#"
                名称 陈立新 → 何晓梅
                ！名称 第5行：别处的“陈立新”改成了“何晓梅”，这里没有改
                ！名称 第6行：别处的“陈立新”改成了“何晓梅”，这里没有改
            "#]],
        );
        // Two that have changed places.
        let text = format!("参加会议的有王海涛、李文静、陈立新。\n{BETWEEN}王海涛作了表态发言。\n");
        let swapped = text.replace("王海涛、李文静、", "李文静、王海涛、");
        assert!(!super::super::tests::said(&text, &swapped).contains('！'));
    }

    #[test]
    fn bodies_and_works_by_how_they_end() {
        let text = format!("由县文化旅游局牵头，建设东湖大桥。\n{BETWEEN}县文化旅游局要拿出方案。东湖大桥明年通车。\n");
        let new = text.replacen("文化旅游局", "文化体育和旅游局", 1).replacen("东湖大桥", "南湖大桥", 1);
        check(
            &text,
            &new,
            expect![[r#"
                名称  → 体育和
                名称 东 → 南
                ！名称 第5行：别处的“文化旅游局”改成了“文化体育和旅游局”，这里没有改
                ！名称 第5行：别处的“东湖大桥”改成了“南湖大桥”，这里没有改
            "#]],
        );
        let text = format!("唱响乡村振兴主旋律。\n{BETWEEN}唱响乡村振兴的歌。\n");
        check(
            &text,
            &text.replacen("唱响", "做强", 1),
            expect![[r#"
            措辞 唱响 → 做强
        "#]],
        );
    }
}
