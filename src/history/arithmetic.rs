//! Sums that fitted their parts in the old version and do not in the new one. That they fitted shows that they belong
//! together: the parts stand side by side, or each begins its paragraph, or all stand behind the same words.

use rustc_hash::FxHashMap;

use super::Version;
use super::consequence::{Consequence, What, span_of};
use super::facts::{Both, Fact, Kind, ONE};
use super::words;
use crate::lexicon::{FACTOR, GROWN_TO, PARTS_FOLLOW, REST_OF_PARTS};
use crate::locale::Locale;
use crate::text::chars::{is_han, last_sentence};

pub(super) fn unfollowed(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let mut found = Vec::new();
    let mut push = |line: &Both, fact: &Fact, message: String| {
        let span = span_of(new, line.lines.1, fact.range);
        found.push(Consequence { what: What::Figure, rule: None, span, message });
    };
    for (line, fact, actual) in sums(lines) {
        let text = fact.range.of(&line.new);
        let actual = like(actual, text);
        push(
            line,
            fact,
            locale.pick(
                format!("“{text}”原来和各项加得起来，现在算出来是 {actual}"),
                format!("「{text}」原來和各項加得起來，現在算出來是 {actual}"),
                format!("‘{text}’ and its parts added up, and make {actual} now"),
            ),
        );
    }
    for line in lines.iter().filter(|line| line.old != line.new) {
        for (fact, actual) in [mixed, hundred].into_iter().flat_map(|broken| broken(line)) {
            let text = fact.range.of(&line.new);
            let actual = like(actual, text);
            push(
                line,
                fact,
                locale.pick(
                    format!("“{text}”没有跟着旁边的数改，现在算出来是 {actual}"),
                    format!("「{text}」沒有跟著旁邊的數改，現在算出來是 {actual}"),
                    format!("‘{text}’ did not follow the figures beside it, which make {actual} now"),
                ),
            );
        }
    }
    found
}

/// A value with the 万, 亿 or % that a figure is written with.
pub(super) fn like(value: i128, figure: &str) -> String {
    let (unit, factor) =
        FACTOR.find(figure).map_or(("", 1.0), |(range, row)| (range.of(figure), row.value.parse().unwrap_or(1.0)));
    let shown = value as f64 / ONE as f64 / factor;
    let percent = if figure.contains('%') { "%" } else { "" };
    let places = format!("{shown:.2}");
    format!("{}{unit}{percent}", places.trim_end_matches('0').trim_end_matches('.'))
}

/// A figure among those of one unit, in the order of the draft.
#[derive(Clone, Copy)]
struct Entry<'a> {
    /// Which of the paragraphs.
    line: usize,
    fact: &'a Fact,
    /// In the new version; of its figures, those that stand for none in the old one.
    other: Option<&'a Fact>,
}

/// The figures of each unit. Percent and what is counted in percent are one.
fn by_unit<'a>(
    lines: &'a [Both],
    of: impl Fn(&'a Both) -> Vec<(&'a Fact, Option<&'a Fact>)>,
) -> FxHashMap<&'a str, Vec<Entry<'a>>> {
    let mut all: FxHashMap<&str, Vec<Entry>> = FxHashMap::default();
    for (n, line) in lines.iter().enumerate() {
        for (fact, other) in of(line) {
            let unit = match fact.kind {
                Kind::Figure if !fact.unit.is_empty() => fact.unit.as_str(),
                Kind::Share => "%",
                _ => continue,
            };
            all.entry(unit).or_default().push(Entry { line: n, fact, other });
        }
    }
    all
}

/// Paragraphs between a sum and its parts at most, and how many parts there may be.
const NEAR: usize = 8;
const FAR: usize = 3 * NEAR;
const MOST: usize = 14;

/// The figures of one unit in one version.
struct Side<'a> {
    lines: &'a [Both],
    entries: Vec<Entry<'a>>,
    is_old: bool,
}

/// Which figures of a unit may be the parts of a sum.
#[derive(Clone, Copy)]
enum View<'a> {
    All,
    /// The first of each paragraph.
    Firsts,
    /// Those behind the same words.
    Behind(&'a str),
}

/// A sum and its parts, by their places.
struct Sum<'a> {
    parts: Vec<usize>,
    view: View<'a>,
}

impl<'a> Side<'a> {
    fn text(&self, n: usize) -> &'a str {
        let line = &self.lines[self.entries[n].line];
        if self.is_old { &line.old } else { &line.new }
    }

    /// What stands before a figure in its sentence.
    fn head(&self, n: usize) -> &'a str {
        let head = &self.text(n)[..self.entries[n].fact.range.start as usize];
        &head[last_sentence(head)..]
    }

    fn sentence(&self, n: usize) -> (usize, usize) {
        let head = &self.text(n)[..self.entries[n].fact.range.start as usize];
        (self.entries[n].line, last_sentence(head))
    }

    fn shows(&self, view: View, n: usize) -> bool {
        match view {
            View::All => true,
            View::Firsts => n == 0 || self.entries[n - 1].line != self.entries[n].line,
            View::Behind(words) => self.head(n).ends_with(words),
        }
    }

    /// The two characters before a figure.
    fn frame(&self, n: usize) -> Option<&'a str> {
        let head = self.head(n);
        let (at, _) = head.char_indices().rev().nth(1)?;
        head[at..].chars().all(is_han).then_some(&head[at..])
    }

    /// The figures that add up to one: behind it or before it, or one on either side.
    fn sum(&self, at: usize) -> Option<Sum<'a>> {
        let len = self.entries.len();
        let run = |view| self.run(at, view, &mut (at + 1..len)).or_else(|| self.run(at, view, &mut (0..at).rev()));
        let sum = |view| run(view).map(|parts| Sum { parts, view });
        let frames = [at + 1, at.wrapping_sub(1)].into_iter().filter(|n| *n < len).filter_map(|n| self.frame(n));
        let framed = || frames.into_iter().find_map(|frame| sum(View::Behind(frame)));
        let found = sum(View::All).or_else(|| sum(View::Firsts)).or_else(framed);
        found.or_else(|| self.beside(at).map(|parts| Sum { parts, view: View::All }))
    }

    /// The next figures of a view that add up to one.
    fn run(&self, at: usize, view: View, places: &mut dyn Iterator<Item = usize>) -> Option<Vec<usize>> {
        const TELLING: i128 = 10 * ONE;
        /// Of so many parts small figures make no sum by chance, where the same words stand by them.
        const KIN: usize = 3;
        let total = &self.entries[at];
        let own = self.sentence(at);
        let is_telling = total.fact.digits() > 2 && total.fact.kind == Kind::Figure;
        let clause = self.clause(at);
        let is_summed = || words::has(clause, "summed");
        let reach = if matches!(view, View::All) { NEAR } else { FAR };
        let (mut sum, mut found, mut is_apart) = (0, Vec::new(), false);
        let near = places.take_while(|n| self.entries[*n].line.abs_diff(total.line) <= reach);
        for n in near.filter(|n| self.shows(view, *n)).take(MOST) {
            is_apart |= self.sentence(n) != own;
            sum += self.entries[n].fact.value;
            found.push(n);
            if sum >= total.fact.value {
                break;
            }
        }
        let is_led = || PARTS_FOLLOW.find(&self.text(at)[own.1..]).is_some();
        let may_be_chance = || (self.is_round(at, &found) || self.is_beside(at, &found)) && !is_led() && !is_summed();
        let is_sum = sum == total.fact.value && found.len() > 1 && !may_be_chance();
        if !is_sum || !is_apart || is_telling {
            return (is_sum && (total.fact.value >= TELLING || is_led())).then_some(found);
        }
        // Small figures make sums by chance.
        let is_kin = match view {
            View::Behind(words) => clause.contains(words),
            View::All if is_summed() => true,
            _ => self.has_one_word(clause, &found),
        };
        (is_kin && found.len() >= KIN && total.fact.value >= TELLING).then_some(found)
    }

    /// Whether a sum and its parts are all round: 100万元 and 200万元 are 300万元 by chance.
    fn is_round(&self, total: usize, parts: &[usize]) -> bool {
        let is_round = |n: &usize| {
            let mut value = self.entries[*n].fact.value;
            while value > 0 && value % 10 == 0 {
                value /= 10;
            }
            value < 10
        };
        is_round(&total) && parts.iter().all(is_round)
    }

    /// Whether a sum is one of a row of things with the part beside it: 干部800名、教师2000名.
    fn is_beside(&self, total: usize, parts: &[usize]) -> bool {
        let Some(part) = parts.first().filter(|n| self.sentence(**n) == self.sentence(total)) else { return false };
        let (one, other) = (self.entries[total].fact.range, self.entries[*part].fact.range);
        let between = &self.text(total)[one.end.min(other.end) as usize..one.start.max(other.start) as usize];
        between.contains('、') && !between.contains('，')
    }

    /// Whether two characters of a clause stand before all of some figures, too: 开展培训18期, 举办党员培训班6期.
    fn has_one_word(&self, clause: &str, parts: &[usize]) -> bool {
        let places: Vec<usize> = clause.char_indices().map(|(at, _)| at).chain([clause.len()]).collect();
        let mut pairs = places.windows(3).map(|ends| &clause[ends[0]..ends[2]]);
        pairs.any(|pair| pair.chars().all(is_han) && parts.iter().all(|n| self.clause(*n).contains(pair)))
    }

    /// What stands before a figure in its clause.
    fn clause(&self, n: usize) -> &'a str {
        self.head(n).rsplit('，').next().unwrap_or_default()
    }

    fn beside(&self, at: usize) -> Option<Vec<usize>> {
        const TELLING: i128 = 10 * ONE;
        let (entries, total, own) = (&self.entries, &self.entries[at], self.sentence(at));
        // 净增20亿元，由80亿元增加到100亿元
        let from = at.checked_sub(1).filter(|n| self.sentence(*n) == own)?;
        let apart = total.fact.value - entries[from].fact.value;
        if apart > ONE && GROWN_TO.ends_at(self.text(at), total.fact.range.start as usize) {
            let near = |n: &usize| entries[*n].line == total.line && *n != at && *n != from;
            let first = (0..at).rev().take(MOST).take_while(|n| entries[*n].line == total.line).last()?;
            let more = (first..entries.len().min(at + MOST)).filter(near).find(|n| entries[*n].fact.value == apart);
            return more.map(|n| vec![from, n]);
        }
        // 由80亿元增加到100亿元，净增20亿元
        let behind = Some(at + 1).filter(|n| *n < entries.len() && self.sentence(*n) == own)?;
        let sum = entries[from].fact.value + entries[behind].fact.value;
        (sum == total.fact.value && sum >= TELLING).then(|| vec![from, behind])
    }

    /// Whether it is what is left of a whole: 其余540名.
    fn is_rest(&self, n: usize) -> bool {
        let clause = self.clause(n);
        REST_OF_PARTS.find(clause).is_some() || words::has(clause, "rest")
    }
}

/// The totals that do not fit their parts any more, and what these add up to.
fn sums(lines: &[Both]) -> Vec<(&Both, &Fact, i128)> {
    let old = by_unit(lines, |line| line.before.iter().enumerate().map(|(n, fact)| (fact, line.now(n))).collect());
    let mut new = by_unit(lines, |line| {
        line.after.iter().zip(&line.from).map(|(fact, n)| (fact, n.map(|n| &line.before[n]))).collect()
    });
    let mut found = Vec::new();
    for (unit, entries) in old {
        let Some(now) = new.remove(unit) else { continue };
        let changed = changed(&entries, &now);
        let is_near = |entry: &Entry| {
            let from = changed.partition_point(|line| line + FAR < entry.line);
            changed.get(from).is_some_and(|line| *line <= entry.line + FAR)
        };
        let place: FxHashMap<*const Fact, usize> =
            now.iter().enumerate().map(|(n, entry)| (std::ptr::from_ref(entry.fact), n)).collect();
        let (was, is) = (Side { lines, entries, is_old: true }, Side { lines, entries: now, is_old: false });
        let totals = (0..was.entries.len()).filter(|at| is_near(&was.entries[*at]));
        found.extend(totals.filter_map(|at| broken(&was, &is, &place, at)));
    }
    found
}

/// What does not fit of a sum: the rest, the one part that was left, or else the total.
fn broken<'a>(
    was: &Side<'a>,
    is: &Side<'a>,
    place: &FxHashMap<*const Fact, usize>,
    at: usize,
) -> Option<(&'a Both, &'a Fact, i128)> {
    let here = *place.get(&std::ptr::from_ref(was.entries[at].other?))?;
    let sum = was.sum(at)?;
    if is.sum(here).is_some() {
        return None;
    }
    let actual = sum_now(was, &sum, is, place, here)?;
    let total = is.entries[here];
    if actual == total.fact.value {
        return None;
    }
    let is_other = total.other.is_some_and(|other| other.value != total.fact.value);
    let is_left = |n: &&usize| was.entries[**n].other.is_some_and(|fact| fact.value == was.entries[**n].fact.value);
    let may_be_wrong = |n: &&usize| is_left(n) && (was.is_rest(**n) || sum.parts.len() == 2 && is_other);
    let part = sum.parts.iter().rev().find(may_be_wrong).and_then(|n| Some((*n, was.entries[*n].other?)));
    Some(match part {
        Some((n, part)) => (&was.lines[was.entries[n].line], part, part.value + total.fact.value - actual),
        None => (&is.lines[total.line], total.fact, actual),
    })
}

/// The paragraphs with figures that are others now, gone or new.
fn changed(old: &[Entry], new: &[Entry]) -> Vec<usize> {
    let is_other = |entry: &&Entry| entry.other.is_none_or(|other| other.value != entry.fact.value);
    let mut lines: Vec<usize> = old.iter().chain(new).filter(is_other).map(|entry| entry.line).collect();
    lines.sort_unstable();
    lines
}

/// What the parts add up to now, with those that were put in between or behind them.
fn sum_now(was: &Side, sum: &Sum, is: &Side, place: &FxHashMap<*const Fact, usize>, total: usize) -> Option<i128> {
    let parts = &sum.parts;
    let left: Vec<usize> =
        parts.iter().filter_map(|n| place.get(&std::ptr::from_ref(was.entries[*n].other?)).copied()).collect();
    let (first, last) = (*left.iter().min()?, *left.iter().max()?);
    let value = |n: usize| is.entries[n].fact.value;
    if parts.len() == 2 && parts[0].abs_diff(parts[1]) != 1 {
        return (left.len() == 2).then(|| left.into_iter().map(value).sum());
    }
    let is_new = |n: &usize| is.entries[*n].other.is_none() && *n != total && is.shows(sum.view, *n);
    let behind = (last + 1..is.entries.len()).take_while(|n| is_new(n) && is.sentence(*n) == is.sentence(last));
    let before = (0..first).rev().take_while(|n| is_new(n) && is.sentence(*n) == is.sentence(first));
    let between = (first..=last).filter(|n| left.contains(n) || is_new(n));
    // Too many of them may be gone.
    (left.len() * 2 >= parts.len()).then(|| between.chain(behind).chain(before).map(value).sum())
}

/// The totals that are counted otherwise than their parts, of three and more: 食堂3家、菜店12家、网点30家，共45个.
fn mixed(line: &Both) -> Vec<(&Fact, i128)> {
    const FEWEST: usize = 3;
    let figures: Vec<usize> = (0..line.before.len()).filter(|n| line.before[*n].kind == Kind::Figure).collect();
    let mut found = Vec::new();
    let mut start = 0;
    for run in
        figures.chunk_by(|a, b| line.before[*a].unit == line.before[*b].unit && line.sentence(*a) == line.sentence(*b))
    {
        let (first, end) = (start, start + run.len());
        start = end;
        if !(FEWEST..=MOST).contains(&run.len()) {
            continue;
        }
        let sum: i128 = run.iter().map(|n| line.before[*n].value).sum();
        let around = figures[first.saturating_sub(2)..first].iter().chain(figures[end..].iter().take(2));
        let total =
            around.filter(|n| line.sentence(**n) == line.sentence(run[0])).find(|n| line.before[**n].value == sum);
        let parts: Option<i128> = run.iter().map(|n| line.now(*n).map(|fact| fact.value)).sum();
        found.extend(total.and_then(|n| line.now(*n)).zip(parts).filter(|(fact, parts)| fact.value != *parts));
    }
    found
}

/// Shares side by side that were a hundred together.
fn hundred(line: &Both) -> Vec<(&Fact, i128)> {
    const HUNDRED: i128 = 100 * ONE;
    let shares: Vec<usize> = (0..line.before.len()).filter(|n| line.before[*n].kind == Kind::Share).collect();
    let of = |run: &[usize]| {
        let was: i128 = run.iter().map(|n| line.before[*n].value).sum();
        let is: i128 = run.iter().map(|n| line.now(*n).map(|fact| fact.value)).sum::<Option<i128>>()?;
        let left = run.iter().rev().find_map(|n| line.now(*n).filter(|fact| fact.is_same(&line.before[*n])))?;
        (run.len() > 1 && was == HUNDRED && is != HUNDRED).then_some((left, left.value + HUNDRED - is))
    };
    shares.chunk_by(|a, b| line.sentence(*a) == line.sentence(*b)).filter_map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use expect_test::expect;

    #[test]
    fn a_sum_and_its_parts() {
        let text = "全年安排资金120亿元。\n其中，产业40亿元，民生50亿元。\n生态30亿元。\n";
        check(
            text,
            &text.replace("民生50", "民生56"),
            expect![[r#"
                数字 50 → 56
                ！数字 第3行：“120亿元”原来和各项加得起来，现在算出来是 126亿
            "#]],
        );
        check(
            text,
            &text.replace("民生50", "民生56").replace("120", "126"),
            expect![[r#"
            数字 120 → 126
            数字 50 → 56
        "#]],
        );
        check(
            "共有一百二十人，其中城区七十人，乡镇五十人。\n",
            "共有一百二十人，其中城区七十人，乡镇六十人。\n",
            expect![[r#"
                数字 五 → 六
                ！数字 第3行：“一百二十人”原来和各项加得起来，现在算出来是 130
            "#]],
        );
    }

    #[test]
    fn parts_stand_in_sections_and_some_are_gone() {
        let text = "安排民生资金96亿元。\n安排教育资金32亿元，新建学校5所，总投资4亿元。\n安排医疗资金28亿元，新楼投资6亿元。\n安排住房资金36亿元。\n";
        check(
            text,
            &text.replace("32亿", "35亿"),
            expect![[r#"
            数字 32 → 35
            ！数字 第3行：“96亿元”原来和各项加得起来，现在算出来是 99亿
        "#]],
        );
        let text = "共办理案件330件。\n公安机关办理120件。\n检察机关办理90件。\n法院办理120件。\n";
        check(
            text,
            &text.replace("检察机关办理90件。\n", ""),
            expect![[r#"
            删去 检察机关办理90件。 → 
            ！数字 第3行：“330件”原来和各项加得起来，现在算出来是 240
        "#]],
        );
        let text = "全县有村干部860名。任职满三届的有320名。\n其余540名任职时间较短。\n";
        check(
            text,
            &text.replace("320名", "340名"),
            expect![[r#"
            数字 320 → 340
            ！数字 第4行：“540名”原来和各项加得起来，现在算出来是 520
        "#]],
        );
    }
}
