//! How many things are listed somewhere, in both versions, and the numbers elsewhere that said how many: 这三个问题,
//! 六项工作. Lists are sections and items, words in a row, bullets, and the rows of a table.

use rustc_hash::FxHashMap;

use super::consequence::prose;
use super::facts::Both;
use super::lists::{self, Kept};
use super::matter::{SENTENCE, is_one_matter};
use super::numbers::{Counted, Number, STOPS, counted, listed, numbers, runs};
use super::tables::{cells, is_rule, is_total};
use super::{Row, Version};
use crate::lexicon::BACK;
use crate::text::Range;
use crate::text::chars::before;

/// A place: a paragraph of both versions, and a byte of its old text.
type Place = (usize, u32);

/// What is listed.
struct Group {
    start: Place,
    end: Place,
    was: Counted,
    is: Counted,
    /// Of a list in a sentence where that stands in the old text, and how the items end.
    within: Option<Range>,
    items: Vec<String>,
}

impl Group {
    fn is_other(&self) -> bool {
        self.was.bounds() != self.is.bounds()
    }

    /// The character that most of its items end with.
    fn ending(&self) -> Option<char> {
        let last = |item: &String| item.chars().last();
        let ends = || self.items.iter().filter_map(last);
        ends().find(|c| ends().filter(|other| other == c).count() * 2 > self.items.len())
    }

    /// Paragraphs between it and a place: behind it, or before.
    fn apart(&self, place: Place) -> Option<(usize, bool)> {
        match () {
            () if place >= self.end => Some((place.0 - self.end.0, true)),
            () if place < self.start => Some((self.start.0 - place.0, false)),
            () => None,
        }
    }
}

/// The numbers of the new version that fitted what is listed, by their paragraphs, and how many it is now.
pub(super) fn miscounted(
    (old, new): (Version, Version),
    lines: &[Both],
    rows: &[Row],
    kept: &Kept,
) -> Vec<(usize, Range, u32)> {
    let groups = all((old, new), lines, rows, kept);
    let changed: Vec<&Group> = groups.iter().filter(|group| group.is_other()).collect();
    let in_reach = |n: usize| changed.iter().filter(move |group| group.start.0 <= n + FAR && n <= group.end.0 + FAR);
    let mut found = Vec::new();
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| !line.old.is_empty()) {
        let changed: Vec<_> = in_reach(n).collect();
        if changed.is_empty() {
            continue;
        }
        let all_now = numbers(&line.new);
        let own: Vec<u32> = counted(&line.new)
            .into_iter()
            .filter(|(number, what)| what.fits(number.value))
            .map(|(number, _)| number.range.start)
            .collect();
        let mut taken = vec![false; all_now.len()];
        for number in numbers(&line.old) {
            let is_same =
                |(m, other): &(usize, &Number)| !taken[*m] && other.key == number.key && other.value == number.value;
            let Some((m, here)) = all_now.iter().enumerate().find(is_same) else { continue };
            taken[m] = true;
            let may_be = changed.iter().any(|group| group.was.fits(number.value));
            if !may_be || own.contains(&here.range.start) || agrees(new, line.lines.1, here) {
                continue;
            }
            let place = (n, number.range.start);
            let fits = groups.iter().filter(|group| group.was.fits(number.value));
            let near = fits.filter_map(|group| Some((group, group.apart(place)?)));
            let told = near.filter(|(group, apart)| is_of(lines, group, *apart, (n, &number)));
            let Some((group, _)) = told.min_by_key(|(_, (apart, is_behind))| (*apart, !is_behind)) else { continue };
            if !group.is.fits(number.value) {
                found.push((n, here.range, group.is.bounds().0));
            }
        }
    }
    found
}

/// Paragraphs between what is listed and a number of it: that tells of it again, that names the same, or is next to it.
const FAR: usize = 40;
const NEAR: usize = 12;
const NEXT: usize = 3;

/// Whether a number is of a list, by what leads to it and by what it counts.
fn is_of(lines: &[Both], group: &Group, (apart, is_behind): (usize, bool), (n, number): (usize, &Number)) -> bool {
    const FEW: u32 = 3;
    let text = lines[n].old.as_str();
    let start = number.range.start as usize;
    let is_back = BACK.ends_at(text, start);
    // 四家企业全部投产后, where it is not plain that something else is listed.
    let is_first = || {
        let begins = before(text, start).is_none_or(|c| SENTENCE.contains(&c) || c.is_whitespace());
        begins && (group.ending().is_none() || is_kin(lines, group, (text, number)))
    };
    let is_telling = number.value >= FEW;
    match is_behind {
        true if is_back && apart <= FAR => is_telling || apart <= NEXT || is_kin(lines, group, (text, number)),
        true if apart <= NEXT && is_first() && is_telling => true,
        _ => is_telling && apart <= NEAR && is_kin(lines, group, (text, number)),
    }
}

/// Whether the things of a number are those that are listed: the items end as they do, or the list is named so.
fn is_kin(lines: &[Both], group: &Group, (text, number): (&str, &Number)) -> bool {
    let noun = number.noun(text);
    let Some(last) = noun.chars().last().filter(|_| noun.chars().count() > 1) else { return false };
    let ends_so = group.items.iter().filter(|item| item.ends_with(last) || item.contains(noun)).count();
    if ends_so * 2 > group.items.len() {
        return true;
    }
    // The sentence of a list, or what stands right over it.
    let line = lines[group.start.0].old.as_str();
    let is_named =
        |text: &str| numbers(text).iter().any(|other| other.value == number.value && other.noun(text) == noun);
    match group.within {
        Some(range) => {
            let from = line[..range.start as usize].rfind(SENTENCE).unwrap_or(0);
            let until = line[range.end as usize..].find(SENTENCE).map_or(line.len(), |at| range.end as usize + at);
            line[from..until].contains(noun) || is_one_matter((line, range), (text, number.range), &STOPS_OF_CLAUSES)
        }
        None => {
            let above = &lines[group.start.0.saturating_sub(1)..group.start.0];
            above.iter().any(|above| !std::ptr::eq(above.old.as_str(), text) && is_named(&above.old))
        }
    }
}

const STOPS_OF_CLAUSES: [char; 4] = ['，', '。', '；', '：'];

/// Whether the outline of the new version has a list for a number, which it fits.
fn agrees(new: Version, line: u32, number: &Number) -> bool {
    new.analysis.speeches().any(|(base, speech)| {
        let here = line.checked_sub(base as u32);
        speech.outline.bindings.iter().filter(|binding| Some(binding.line) == here && binding.agrees()).any(|binding| {
            let announced = &speech.lines[binding.line as usize].announcements()[binding.announcement as usize];
            announced.number.start == number.range.start
        })
    })
}

/// All that is listed in the old version, as far as something of it is left.
fn all((old, new): (Version, Version), lines: &[Both], rows: &[Row], kept: &Kept) -> Vec<Group> {
    let mut found = Vec::new();
    let places: FxHashMap<u32, usize> = lines.iter().enumerate().map(|(n, both)| (both.lines.0, n)).collect();
    let place = |line: u32| places.get(&line).copied();
    for known in lists::known(old) {
        let ends = known.lines.first().zip(known.lines.last());
        let Some((start, end)) = ends.and_then(|(first, last)| Some((place(*first)?, place(*last)?))) else { continue };
        let Some(is) = lists::length(new, known.list, &known.lines, kept) else { continue };
        let was = known.lines.len() as u32;
        let items = known.lines.iter().map(|line| heading(&prose(old, *line))).collect();
        found.push(Group {
            start: (start, 0),
            end: (end, u32::MAX),
            was: Counted::Words(was, was),
            is: Counted::Words(is, is),
            within: None,
            items,
        });
    }
    for (n, line) in lines.iter().enumerate().filter(|(_, line)| !line.old.is_empty() && !line.new.is_empty()) {
        found.extend(runs_of(n, line));
        found.extend(words_of(n, line));
    }
    blocks((old, new), rows, &mut found);
    found
}

/// What stands over a section, or begins an item.
fn heading(text: &str) -> String {
    text.trim().split(STOPS_OF_CLAUSES).next().unwrap_or_default().to_owned()
}

/// 一是……二是…… in a paragraph.
fn runs_of(n: usize, line: &Both) -> Vec<Group> {
    let (was, is) = (runs(&line.old), runs(&line.new));
    let mut from = 0;
    let mut found = Vec::new();
    for run in was {
        let Some(at) = (from..is.len()).find(|at| is[*at][0].way == run[0].way) else { continue };
        from = at + 1;
        let [count, now] = [&run, &is[at]].map(|run| run.len() as u32);
        found.push(Group {
            start: (n, run[0].range.start),
            end: (n, run[run.len() - 1].range.end),
            was: Counted::Words(count, count),
            is: Counted::Words(now, now),
            within: None,
            items: Vec::new(),
        });
    }
    found
}

/// Words in a row: 看病难、停车难、上学难.
fn words_of(n: usize, line: &Both) -> Vec<Group> {
    let lists = |text: &str| {
        let clauses = clauses(text).into_iter();
        clauses.filter_map(|range| Some((range, listed(range.of(text))?))).collect::<Vec<_>>()
    };
    let (was, mut is) = (lists(&line.old), lists(&line.new));
    let items = |text: &str| -> Vec<String> { text.split('、').map(str::to_owned).collect() };
    let mut found = Vec::new();
    for (range, count) in was {
        let own = items(range.of(&line.old));
        let shared = |other: &Range| {
            let others = items(other.of(&line.new));
            let shared = own.iter().filter(|item| others.contains(item)).count();
            (shared > 0 && (shared + 2) * 2 >= own.len().max(others.len())).then_some(shared)
        };
        let best = (0..is.len()).filter_map(|at| Some((at, shared(&is[at].0)?))).max_by_key(|(_, shared)| *shared);
        let Some((at, _)) = best else { continue };
        let (_, now) = is.remove(at);
        found.push(Group {
            start: (n, range.start),
            end: (n, range.end),
            was: count,
            is: now,
            within: Some(range),
            items: own,
        });
    }
    found
}

fn clauses(text: &str) -> Vec<Range> {
    let mut start = 0;
    let mut found = Vec::new();
    for (at, mark) in text.match_indices(|c| STOPS.contains(c)) {
        found.push(Range::new(start, at));
        start = at + mark.len();
    }
    found.push(Range::new(start, text.len()));
    found
}

/// Bullets one below the other, and the rows of tables without what heads and sums them.
fn blocks((old, new): (Version, Version), rows: &[Row], found: &mut Vec<Group>) {
    let item = |version: Version, line: Option<u32>| -> Option<Option<String>> {
        let line = line?;
        if let Some(cells) = cells(version, line) {
            let is_sum = || cells.first().is_some_and(|cell| is_total(cell));
            return Some((!is_rule(&cells) && !is_sum()).then(|| cells.join(" ")));
        }
        let text = version.lines.line(line as usize);
        let rest = text.trim_start().strip_prefix(['-', '*', '•', '●', '·'])?;
        rest.starts_with(' ').then(|| Some(heading(rest)))
    };
    let both: Vec<_> = rows.iter().map(|row| (item(old, row.old), item(new, row.new))).collect();
    let mut start = 0;
    while start < both.len() {
        let len = both[start..].iter().take_while(|(was, is)| was.is_some() || is.is_some()).count();
        let block = &both[start..start + len];
        let is_table =
            rows[start..start + len].iter().any(|row| row.old.is_some_and(|line| cells(old, line).is_some()));
        let items: Vec<String> = block.iter().filter_map(|(was, _)| was.clone().flatten()).collect();
        let now = block.iter().filter(|(_, is)| matches!(is, Some(Some(_)))).count() as u32;
        // What heads a table is no row of it.
        let head = usize::from(is_table);
        let was = items.len().saturating_sub(head) as u32;
        let is = now.saturating_sub(head as u32);
        if was > 1 && is > 0 {
            found.push(Group {
                start: (start, 0),
                end: (start + len - 1, u32::MAX),
                was: Counted::Words(was, was),
                is: Counted::Words(is, is),
                within: None,
                items: items[head..].to_vec(),
            });
        }
        start += len.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use expect_test::expect;

    #[test]
    fn numbers_of_what_is_listed_elsewhere() {
        let text = "反映的问题有看病难、停车难、上学难。\n要坚定信心，再接再厉。\n这三个问题，要抓紧解决。\n";
        check(
            text,
            &text.replace("、停车难", ""),
            expect![[r#"
            删去 停车难、 → 
            ！数目 第5行：“三个问题”现在有 2 项
        "#]],
        );
        // Another number of the same size.
        let text = "在青石镇、东湖镇、柳河镇开展试点。\n县委派了三个督查组。\n三个乡镇要先行先试。\n";
        check(
            text,
            &text.replace("柳河镇", "柳河镇、石桥镇"),
            expect![[r#"
            措辞  → 、石桥镇
            ！数目 第5行：“三个乡镇要先”现在有 4 项
        "#]],
        );
    }
}
