//! Figures that fitted each other in the old version and do not in the new one: a sum and its parts, a rate and the
//! two figures that it is of, a product. That they fitted shows that they belong together; what the words around them
//! say is not asked, so only figures that stand side by side are tried.

use rustc_hash::FxHashMap;

use super::Version;
use super::consequence::{Consequence, What, span_of};
use super::facts::{Both, Fact, Kind, ONE};
use super::follow::words;
use crate::lexicon::{FACTOR, GROWN_TO, PARTS_FOLLOW, RATE_SAID};
use crate::locale::Locale;
use crate::text::chars::last_sentence;

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
        for (fact, actual) in [rates, products, shares, mixed, hundred].into_iter().flat_map(|broken| broken(line)) {
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
fn like(value: i128, figure: &str) -> String {
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

/// Characters before a figure that say that it is a mean.
const FEW: usize = 4;
/// Paragraphs between a sum and its parts at most, and how many parts there may be.
const NEAR: usize = 8;
const MOST: usize = 14;

/// The totals that do not fit their parts any more, and what these add up to.
fn sums(lines: &[Both]) -> Vec<(&Both, &Fact, i128)> {
    let old = by_unit(lines, |line| line.before.iter().enumerate().map(|(n, fact)| (fact, line.now(n))).collect());
    let new = by_unit(lines, |line| {
        line.after.iter().zip(&line.from).map(|(fact, n)| (fact, n.map(|n| &line.before[n]))).collect()
    });
    let mut found = Vec::new();
    for (unit, entries) in &old {
        let Some(now) = new.get(unit).filter(|now| has_changed(entries, now)) else { continue };
        let place: FxHashMap<*const Fact, usize> =
            now.iter().enumerate().map(|(n, entry)| (std::ptr::from_ref(entry.fact), n)).collect();
        for (at, total) in entries.iter().enumerate() {
            let Some(here) = total.other.and_then(|fact| place.get(&std::ptr::from_ref(fact))) else { continue };
            if parts(lines, now, *here, false).is_some() {
                continue;
            }
            let Some(parts) = parts(lines, entries, at, true) else { continue };
            let Some(sum) = sum_now(lines, entries, &parts, now, &place, *here) else { continue };
            let (is, other) = (now[*here], now[*here].other);
            if sum == is.fact.value {
                continue;
            }
            // Of two parts the one that was left is told, where the total is another.
            let is_left = |n: &&usize| entries[**n].other.is_some_and(|fact| fact.value == entries[**n].fact.value);
            let left = parts
                .iter()
                .rev()
                .find(is_left)
                .filter(|_| parts.len() == 2 && other.is_some_and(|was| was.value != is.fact.value));
            let rest = left.and_then(|n| Some((*n, entries[*n].other?)));
            match rest {
                Some((n, part)) => found.push((&lines[entries[n].line], part, part.value + is.fact.value - sum)),
                None => found.push((&lines[is.line], is.fact, sum)),
            }
        }
    }
    found
}

fn has_changed(old: &[Entry], new: &[Entry]) -> bool {
    let is_other = |entry: &Entry| entry.other.is_none_or(|other| other.value != entry.fact.value);
    old.iter().any(is_other) || new.iter().any(is_other)
}

/// The figures beside one that add up to it: behind it, before it, or one on either side.
fn parts(lines: &[Both], entries: &[Entry], at: usize, is_old: bool) -> Option<Vec<usize>> {
    const TELLING: i128 = 10 * ONE;
    let total = &entries[at];
    let text = |n: usize| if is_old { &lines[entries[n].line].old } else { &lines[entries[n].line].new };
    let sentence = |n: usize| (entries[n].line, last_sentence(&text(n)[..entries[n].fact.range.start as usize]));
    let own = sentence(at);
    let is_led = || PARTS_FOLLOW.find(&text(at)[own.1..]).is_some();
    let is_far = |n: usize| entries[n].line.abs_diff(total.line) > NEAR;
    let is_telling = total.fact.digits() > 2 && total.fact.kind == Kind::Figure;
    let run = |places: &mut dyn Iterator<Item = usize>| -> Option<Vec<usize>> {
        let (mut sum, mut found) = (0, Vec::new());
        for n in places.take(MOST) {
            // Small figures make sums by chance.
            if is_far(n) || !is_telling && sentence(n) != own {
                return None;
            }
            sum += entries[n].fact.value;
            found.push(n);
            if sum >= total.fact.value {
                break;
            }
        }
        let is_sum = sum == total.fact.value && found.len() > 1;
        (is_sum && (total.fact.value >= TELLING || is_led())).then_some(found)
    };
    if let Some(found) = run(&mut (at + 1..entries.len())).or_else(|| run(&mut (0..at).rev())) {
        return Some(found);
    }
    // 净增20亿元，由80亿元增加到100亿元
    let from = at.checked_sub(1).filter(|n| sentence(*n) == own)?;
    let apart = total.fact.value - entries[from].fact.value;
    if apart > ONE && GROWN_TO.ends_at(text(at), total.fact.range.start as usize) {
        let near = |n: &usize| entries[*n].line == total.line && *n != at && *n != from;
        let first = (0..at).rev().take(MOST).take_while(|n| entries[*n].line == total.line).last()?;
        let more = (first..entries.len().min(at + MOST)).filter(near).find(|n| entries[*n].fact.value == apart);
        return more.map(|n| vec![from, n]);
    }
    // 由80亿元增加到100亿元，净增20亿元
    let beside =
        at.checked_sub(1).filter(|_| at + 1 < entries.len() && sentence(at - 1) == own && sentence(at + 1) == own)?;
    let sides = [beside, at + 1];
    let sum: i128 = sides.iter().map(|n| entries[*n].fact.value).sum();
    (sum == total.fact.value && sum >= TELLING).then(|| sides.to_vec())
}

/// What the parts add up to now, with those that were put in between or behind them.
fn sum_now(
    lines: &[Both],
    old: &[Entry],
    parts: &[usize],
    new: &[Entry],
    place: &FxHashMap<*const Fact, usize>,
    total: usize,
) -> Option<i128> {
    let left: Vec<usize> =
        parts.iter().filter_map(|n| place.get(&std::ptr::from_ref(old[*n].other?)).copied()).collect();
    let (first, last) = (*left.iter().min()?, *left.iter().max()?);
    let ends = |n: usize| (new[n].line, last_sentence(&lines[new[n].line].new[..new[n].fact.range.start as usize]));
    let is_new = |n: &usize| new[*n].other.is_none() && *n != total;
    let behind = (last + 1..new.len()).take_while(|n| is_new(n) && ends(*n) == ends(last));
    let before = (0..first).rev().take_while(|n| is_new(n) && ends(*n) == ends(first));
    let between = (first..=last).filter(|n| left.contains(n) || is_new(n));
    let all: Vec<usize> = between.chain(behind).chain(before).collect();
    if parts.len() == 2 && parts[0].abs_diff(parts[1]) != 1 {
        return (left.len() == 2).then(|| left.iter().map(|n| new[*n].fact.value).sum());
    }
    // Too many of them are gone.
    (left.len() * 2 >= parts.len()).then(|| all.into_iter().map(|n| new[n].fact.value).sum())
}

/// How a rate is made of two figures.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Growth,
    Fall,
    Share,
}

/// The way that the words before a rate tell.
fn way(text: &str, at: usize) -> Option<Way> {
    const WORDS: usize = 6;
    let near = text[..at].char_indices().rev().take(WORDS).map(|(start, c)| start + c.len_utf8());
    let row = near.filter_map(|end| RATE_SAID.ending(text, end)).map(|(_, row)| row).next()?;
    Some(match row.value {
        "grow" => Way::Growth,
        "fall" => Way::Fall,
        _ => Way::Share,
    })
}

impl Way {
    /// In millionths of a percent.
    fn of(self, a: i128, b: i128) -> Option<i128> {
        let hundred = 100 * ONE;
        match self {
            _ if a <= 0 => None,
            Self::Growth => Some((b - a).checked_mul(hundred)? / a),
            Self::Fall => Some((a - b).checked_mul(hundred)? / a),
            Self::Share => Some(b.checked_mul(hundred)? / a),
        }
    }
}

/// The rates that do not fit the two figures they are of any more, and what these make.
fn rates(line: &Both) -> Vec<(&Fact, i128)> {
    let mut found = Vec::new();
    let is_rate = |fact: &Fact| fact.kind == Kind::Share || fact.unit == words("times");
    for (n, rate) in line.before.iter().enumerate().filter(|(_, fact)| is_rate(fact)) {
        let said = way(&line.old, rate.range.start as usize);
        // 是2020年的2.5倍
        let way = said.or((rate.kind != Kind::Share).then_some(Way::Share));
        let (Some(now), Some(way)) = (line.now(n), way) else { continue };
        // 2.5倍 is 250%.
        let scale = if rate.kind == Kind::Share { 1 } else { 100 };
        let fits = |value: i128, rate: &Fact| (value - rate.value * scale).abs() * 2 <= rate.step * scale + 2;
        let candidates = near(line, n);
        let held =
            candidates.iter().filter(|(a, b)| way.of(a.0.value, b.0.value).is_some_and(|value| fits(value, rate)));
        let mut broken = None;
        for (a, b) in held {
            match way.of(a.1.value, b.1.value) {
                Some(value) if (value - now.value * scale).abs() <= now.step * scale => broken = Some(None),
                Some(value) if broken.is_none() => broken = Some(Some(value / scale)),
                _ => {}
            }
        }
        found.extend(broken.flatten().map(|value| (now, value)));
    }
    found
}

type Pair<'a> = (&'a Fact, &'a Fact);

/// Those of some facts that are figures, as they were and as they are.
fn figures(line: &Both, of: std::ops::Range<usize>) -> Vec<Pair<'_>> {
    let figures = of.filter(|n| line.before[*n].kind == Kind::Figure);
    figures.filter_map(|n| Some((&line.before[n], line.now(n)?))).collect()
}

/// The pairs of figures of one unit near a rate, in either order, as they were and as they are.
fn near(line: &Both, rate: usize) -> Vec<(Pair<'_>, Pair<'_>)> {
    /// So many figures before a rate may be those that it is of, and behind it.
    const BEFORE: usize = 6;
    const BEHIND: usize = 2;
    let all = rate.saturating_sub(BEFORE)..(rate + BEHIND + 1).min(line.before.len());
    let figures = figures(line, all);
    let mut found = Vec::new();
    for (n, one) in figures.iter().enumerate() {
        for other in &figures[n + 1..] {
            if one.0.unit == other.0.unit && one.0.value != other.0.value {
                found.push((*one, *other));
                found.push((*other, *one));
            }
        }
    }
    found
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

/// The shares whose part has changed, and whose whole is not told: 42个，占22.6%. And what they are now of the same whole.
fn shares(line: &Both) -> Vec<(&Fact, i128)> {
    let of = |n: usize| {
        let (part, share) = (&line.before[n - 1], &line.before[n]);
        let between = line.old.get(part.range.end as usize..share.range.start as usize)?;
        let (now, says) = (line.now(n - 1)?, line.now(n)?);
        let is_one = part.kind == Kind::Figure && share.kind == Kind::Share && says.is_same(share);
        let behind = between.strip_prefix('，')?;
        let is_said = way(&line.old, share.range.start as usize) == Some(Way::Share);
        let is_near = !behind.contains(['，', '。', '；']);
        if !is_one || !is_said || !is_near || part.value <= 0 || part.unit != now.unit {
            return None;
        }
        let value = share.value.checked_mul(now.value)? / part.value;
        ((value - share.value).abs() > share.step).then_some((says, value))
    };
    (1..line.before.len()).filter_map(of).collect()
}

/// The products of two figures of their sentence that are none any more: 120户，每户5000元，共60万元.
fn products(line: &Both) -> Vec<(&Fact, i128)> {
    let sentence = |fact: &Fact| last_sentence(&line.old[..fact.range.start as usize]);
    let figures = figures(line, 0..line.before.len());
    let mut found = Vec::new();
    let is_each = |run: &&[Pair]| {
        let (first, last) = (run[0].0.range.start as usize, run[run.len() - 1].0.range.end as usize);
        (3..=MOST).contains(&run.len())
            && line.old[sentence(run[0].0).min(first)..last].contains(|c| words("each").contains(c))
    };
    for whole in figures.chunk_by(|a, b| sentence(a.0) == sentence(b.0)).filter(is_each) {
        for (n, (was, now)) in whole.iter().enumerate().filter(|(_, (was, _))| was.digits() > 1) {
            let others = || whole.iter().enumerate().filter(move |(m, _)| *m != n);
            let mut pairs =
                others().flat_map(|(m, a)| others().filter(move |(k, _)| *k != m).map(move |(_, b)| (a, b)));
            // 人均3万元 is of all by how many they are.
            let is_mean =
                line.old[..was.range.start as usize].chars().rev().take(FEW).any(|c| words("mean").contains(c));
            let value = if is_mean {
                let of =
                    |a: &Fact, b: &Fact| a.value.checked_mul(ONE).filter(|_| b.value > ONE).map(|all| all / b.value);
                let fits = |value: i128| (value - was.value).abs() * 2 <= was.step;
                let found =
                    pairs.find(|(a, b)| a.0.unit == was.unit && b.0.unit != was.unit && of(a.0, b.0).is_some_and(fits));
                found.and_then(|(a, b)| of(a.1, b.1)).filter(|value| (value - now.value).abs() > now.step)
            } else {
                let of = |a: &Fact, b: &Fact| a.value.checked_mul(b.value).map(|value| value / ONE);
                let is_of = |a: &Fact, b: &Fact| a.unit == was.unit && b.unit != was.unit && a.value.min(b.value) > ONE;
                let found = pairs.find(|(a, b)| is_of(a.0, b.0) && of(a.0, b.0) == Some(was.value));
                found.and_then(|(a, b)| of(a.1, b.1)).filter(|value| *value != now.value)
            };
            found.extend(value.map(|value| (*now, value)));
        }
    }
    found
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
    fn a_rate_and_what_it_is_of() {
        let text = "工业产值达到100亿元，上年是80亿元，增长25%。\n";
        check(
            text,
            &text.replace("100", "104"),
            expect![[r#"
                数字 100 → 104
                ！数字 第3行：“25%”没有跟着旁边的数改，现在算出来是 30%
            "#]],
        );
        check(
            text,
            &text.replace("100", "104").replace("25", "30"),
            expect![[r#"
            数字 100 → 104
            数字 25 → 30
        "#]],
        );
        let text = "为120户改造危房，每户补助5000元，共60万元。\n";
        check(
            text,
            &text.replace("120户", "130户"),
            expect![[r#"
                数字 120 → 130
                ！数字 第3行：“60万元”没有跟着旁边的数改，现在算出来是 65万
            "#]],
        );
    }
}
