//! Figures that are worked out from two others: a rate, by how much something grew, what each gets of a whole. What
//! fitted in the old version belongs together, wherever it stands, as far as it speaks of one matter.

use super::Version;
use super::consequence::{Consequence, What, span_of};
use super::facts::{Both, Fact, Kind, ONE};
use super::matter::is_akin;
use super::words::{self, words};
use crate::lexicon::{GROWN_TO, RATE_SAID};
use crate::locale::Locale;
use crate::text::chars::{after, before, tail};

/// A figure that has to follow, what it is made of, and what these make now.
struct Broken<'a> {
    place: &'a Both,
    fact: &'a Fact,
    actual: i128,
    of: Option<[String; 2]>,
}

pub(super) fn unfollowed(new: Version, lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let known = Known::of(lines);
    let mut broken = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        rates(&known, n, line, &mut broken);
        if line.old != line.new {
            broken.extend(shares(line).into_iter().map(|(fact, actual)| Broken {
                place: line,
                fact,
                actual,
                of: None,
            }));
        }
    }
    products(&known, &mut broken);
    let consequence = |Broken { place, fact, actual, of }: Broken| {
        let text = fact.range.of(&place.new);
        let actual = super::arithmetic::like(actual, text);
        let message = match of {
            None => locale.pick(
                format!("“{text}”没有跟着旁边的数改，现在算出来是 {actual}"),
                format!("「{text}」沒有跟著旁邊的數改，現在算出來是 {actual}"),
                format!("‘{text}’ did not follow the figures beside it, which make {actual} now"),
            ),
            Some([a, b]) => locale.pick(
                format!("“{text}”原来和“{a}”“{b}”对得上，现在算出来是 {actual}"),
                format!("「{text}」原來和「{a}」「{b}」對得上，現在算出來是 {actual}"),
                format!("‘{text}’ fitted ‘{a}’ and ‘{b}’, and is {actual} by them now"),
            ),
        };
        let span = span_of(new, place.lines.1, fact.range);
        Consequence { what: What::Figure, rule: None, span, message }
    };
    broken.into_iter().map(consequence).collect()
}

/// A figure that both versions have.
#[derive(Clone, Copy)]
struct Figure<'a> {
    line: usize,
    /// Its number in its paragraph.
    n: usize,
    was: &'a Fact,
    is: &'a Fact,
}

impl Figure<'_> {
    fn is_changed(&self) -> bool {
        !self.was.is_same(self.is)
    }
}

/// The figures of both versions, in the order of the draft.
struct Known<'a> {
    lines: &'a [Both],
    all: Vec<Figure<'a>>,
    /// Those that have changed, by their places in `all`.
    changed: Vec<usize>,
}

/// Paragraphs between figures that belong together, and how many figures of one unit are tried.
const FAR: usize = 30;
const NEAR: usize = 8;
const TRIED: usize = 80;

impl<'a> Known<'a> {
    fn of(lines: &'a [Both]) -> Self {
        let mut all = Vec::new();
        for (line, both) in lines.iter().enumerate() {
            let figures = both.before.iter().enumerate().filter(|(_, fact)| fact.kind == Kind::Figure);
            all.extend(figures.filter_map(|(n, was)| Some(Figure { line, n, was, is: both.now(n)? })));
        }
        let changed = (0..all.len()).filter(|n| all[*n].is_changed()).collect();
        Self { lines, all, changed }
    }

    /// Those within reach of a paragraph.
    fn near(&self, line: usize, reach: usize) -> &[Figure<'a>] {
        let start = self.all.partition_point(|figure| figure.line + reach < line);
        let end = self.all.partition_point(|figure| figure.line <= line + reach);
        &self.all[start..end]
    }

    fn changed_near(&self, line: usize) -> impl Iterator<Item = &Figure<'a>> {
        let start = self.changed.partition_point(|n| self.all[*n].line + FAR < line);
        let end = self.changed.partition_point(|n| self.all[*n].line <= line + FAR);
        self.changed[start..end].iter().map(|n| &self.all[*n])
    }

    fn is_one_matter(&self, (a, one): (usize, &Fact), (b, other): (usize, &Fact)) -> bool {
        is_akin((&self.lines[a].old, one.range), (&self.lines[b].old, other.range))
    }
}

/// How a figure is made of two others.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    Growth,
    Fall,
    Share,
    /// 增加20亿元
    More,
    Less,
}

impl Way {
    /// The way that the words before a figure tell.
    fn told(text: &str, fact: &Fact) -> Option<Self> {
        const WORDS: usize = 6;
        let at = fact.range.start as usize;
        let is_rate = fact.kind == Kind::Share || fact.unit == words("times");
        let near = text[..at].char_indices().rev().take(WORDS).map(|(start, c)| start + c.len_utf8());
        let row = near.filter_map(|end| RATE_SAID.ending(text, end)).map(|(_, row)| row).next();
        let clause = text[..at].rsplit(['，', '。', '；']).next().unwrap_or_default();
        let says = |of: &str| words::has(clause, of);
        // 多投入的800万元
        let says_near = |of: &str| words::has(tail(clause, WORDS * '。'.len_utf8()), of);
        let said = row.map_or("", |row| row.value);
        match (said, is_rate) {
            ("grow", true) => Some(Self::Growth),
            ("fall", true) => Some(Self::Fall),
            // 是2020年的2.5倍, 计划的75%, 占全县的比重达到22.6%
            ("", true) => {
                let is_of = before(text, at).is_some_and(|c| words("of").contains(c));
                (fact.kind != Kind::Share || is_of || says("shares")).then_some(Self::Share)
            }
            (_, true) => Some(Self::Share),
            // 增加到100亿元
            (_, false) if GROWN_TO.ends_at(text, at) => None,
            ("grow", false) => Some(Self::More),
            ("fall", false) => Some(Self::Less),
            (_, false) if says_near("more") => Some(Self::More),
            (_, false) if says_near("fewer") => Some(Self::Less),
            _ => None,
        }
    }

    /// In millionths, of a rate in millionths of a percent.
    fn of(self, a: i128, b: i128) -> Option<i128> {
        let hundred = 100 * ONE;
        match self {
            _ if a <= 0 => None,
            Self::Growth => Some((b - a).checked_mul(hundred)? / a),
            Self::Fall => Some((a - b).checked_mul(hundred)? / a),
            Self::Share => Some(b.checked_mul(hundred)? / a),
            Self::More => Some(b - a),
            Self::Less => Some(a - b),
        }
    }
}

/// A rate of both versions.
struct Rate<'a> {
    was: &'a Fact,
    is: &'a Fact,
    way: Way,
    /// 2.5倍 is 250%.
    scale: i128,
}

impl<'a> Rate<'a> {
    fn of(line: &'a Both, n: usize) -> Option<Self> {
        let (was, is) = (&line.before[n], line.now(n)?);
        let is_asked = matches!(was.kind, Kind::Share | Kind::Figure);
        let way = Way::told(&line.old, was).filter(|_| is_asked)?;
        let scale = if was.kind == Kind::Figure && was.unit == words("times") { 100 } else { 1 };
        Some(Self { was, is, way, scale })
    }

    /// By how much something grew, in what it is counted in.
    fn is_amount(&self) -> bool {
        matches!(self.way, Way::More | Way::Less)
    }

    fn held(&self, a: &Figure, b: &Figure) -> bool {
        let fits = |value: i128| (value - self.was.value * self.scale).abs() * 2 <= self.was.step * self.scale + 2;
        self.way.of(a.was.value, b.was.value).is_some_and(fits)
    }

    /// What two figures make now, where that is another rate.
    fn broken(&self, a: &Figure, b: &Figure) -> Option<i128> {
        let value = self.way.of(a.is.value, b.is.value)?;
        ((value - self.is.value * self.scale).abs() > self.is.step * self.scale).then_some(value / self.scale)
    }
}

/// The rates of a paragraph that do not fit the two figures they are of any more.
fn rates<'a>(known: &Known<'a>, n: usize, line: &'a Both, broken: &mut Vec<Broken<'a>>) {
    let has_changed = line.old != line.new;
    if !has_changed && known.changed_near(n).next().is_none() {
        return;
    }
    for fact in 0..line.before.len() {
        let Some(rate) = Rate::of(line, fact) else { continue };
        let beside = if has_changed && !rate.is_amount() { beside(known, (n, fact), &rate) } else { None };
        match beside {
            Some(actual) => {
                let actual = actual.into_iter();
                broken.extend(actual.map(|actual| Broken { place: line, fact: rate.is, actual, of: None }));
            }
            None => broken.extend(elsewhere(known, n, &rate)),
        }
    }
}

/// Whether a rate fitted two figures beside it, and what they make where it does not any more.
fn beside(known: &Known, (line, fact): (usize, usize), rate: &Rate) -> Option<Option<i128>> {
    /// So many figures before a rate may be those that it is of, and behind it.
    const BEFORE: usize = 6;
    const BEHIND: usize = 2;
    let near = |figure: &&Figure| figure.n + BEFORE >= fact && figure.n <= fact + BEHIND;
    let figures: Vec<&Figure> = known.near(line, 0).iter().filter(near).collect();
    let mut found = None;
    for (a, b) in pairs(&figures).filter(|(a, b)| rate.held(a, b)) {
        match rate.broken(a, b) {
            None => return Some(None),
            actual => found = found.or(Some(actual)),
        }
    }
    found
}

/// Whether two figures count the same: people are 人 and 名, firms 家 and 户.
fn is_one_unit(a: &Fact, b: &Fact) -> bool {
    let is_of = |units: &str| [a, b].iter().all(|fact| !fact.unit.is_empty() && units.contains(fact.unit.as_str()));
    a.unit == b.unit || words("alike").split(' ').any(is_of)
}

/// The pairs of figures of one unit, in either order.
fn pairs<'f, 'a>(figures: &'f [&'f Figure<'a>]) -> impl Iterator<Item = (&'f Figure<'a>, &'f Figure<'a>)> {
    let is_pair = |a: &Figure, b: &Figure| is_one_unit(a.was, b.was) && a.was.value != b.was.value;
    figures.iter().enumerate().flat_map(move |(n, a)| {
        figures[n + 1..].iter().filter(move |b| is_pair(a, b)).flat_map(|b| [(*a, *b), (*b, *a)])
    })
}

/// A rate that fitted two figures of other sentences: of its own matter, one of them changed.
fn elsewhere<'a>(known: &Known<'a>, line: usize, rate: &Rate<'a>) -> Option<Broken<'a>> {
    if !rate.was.is_same(rate.is) || rate.is_amount() && rate.was.digits() < 2 {
        return None;
    }
    let own = (line, rate.was);
    let is_own = |figure: &Figure| std::ptr::eq(figure.was, rate.was);
    let counts = |figure: &&Figure| {
        !is_own(figure) && (!rate.is_amount() || figure.was.unit == rate.was.unit) && figure.was.unit != words("times")
    };
    let is_one_sentence = |a: &Figure, b: &Figure| {
        a.line == b.line && known.lines[a.line].sentence(a.n) == known.lines[b.line].sentence(b.n)
    };
    let is_told = |a: &Figure<'a>, b: &Figure<'a>| {
        let of = |figure: &Figure<'a>| (figure.line, figure.was);
        let [here, there] = if a.line == line { [a, b] } else { [b, a] };
        match (here.line == line, there.line == line) {
            (true, true) => true,
            (true, false) => known.is_one_matter(own, of(there)) || known.is_one_matter(of(here), of(there)),
            // 两者相比，净增2.6亿元
            (false, _) if rate.is_amount() && line.abs_diff(a.line.max(b.line)) <= NEAR => {
                is_one_sentence(a, b) || known.is_one_matter(of(a), of(b))
            }
            (false, _) => known.is_one_matter(own, of(a)) && known.is_one_matter(own, of(b)),
        }
    };
    let mut found = None;
    for one in known.changed_near(line).filter(counts) {
        let others = known.near(line, FAR).iter().filter(counts);
        let others = others.filter(|other| is_one_unit(other.was, one.was) && other.was.value != one.was.value);
        for other in others.take(TRIED) {
            for (a, b) in [(one, other), (other, one)] {
                if !rate.held(a, b) || !is_told(a, b) {
                    continue;
                }
                let actual = rate.broken(a, b)?;
                found = found.or(Some((a, b, actual)));
            }
        }
    }
    let (a, b, actual) = found?;
    // Two that have not changed may be what it is of.
    let still: Vec<&Figure> = known.near(line, 1).iter().filter(counts).filter(|figure| !figure.is_changed()).collect();
    if still.len() < TRIED && pairs(&still).any(|(a, b)| rate.held(a, b)) {
        return None;
    }
    let text = |figure: &Figure| figure.was.range.of(&known.lines[figure.line].old).to_owned();
    Some(Broken { place: &known.lines[line], fact: rate.is, actual, of: Some([text(a), text(b)]) })
}

/// The shares whose part has changed, and whose whole is not told: 42个，占22.6%. And what they are now of the same whole.
fn shares(line: &Both) -> Vec<(&Fact, i128)> {
    let of = |n: usize| {
        let (part, share) = (&line.before[n - 1], &line.before[n]);
        let between = line.old.get(part.range.end as usize..share.range.start as usize)?;
        let (now, says) = (line.now(n - 1)?, line.now(n)?);
        let is_one = part.kind == Kind::Figure && share.kind == Kind::Share && says.is_same(share);
        let behind = between.strip_prefix('，')?;
        let is_said = Way::told(&line.old, share) == Some(Way::Share);
        let is_near = !behind.contains(['，', '。', '；']);
        if !is_one || !is_said || !is_near || part.value <= 0 || part.unit != now.unit {
            return None;
        }
        let value = share.value.checked_mul(now.value)? / part.value;
        ((value - share.value).abs() > share.step).then_some((says, value))
    };
    (1..line.before.len()).filter_map(of).collect()
}

/// Figures around what each gets that are tried.
const MOST: usize = 240;
/// Characters before a figure that say what it is of.
const FEW: usize = 4;

/// What many get one by one is counted in, and whether it is a mean.
fn each(text: &str, fact: &Fact) -> Option<(Option<char>, bool)> {
    let at = fact.range.start as usize;
    let near: Vec<(usize, char)> = text[..at].char_indices().rev().take(FEW).collect();
    let (from, c) = near.iter().copied().find(|(_, c)| words("each").contains(*c))?;
    let is_mean = near.iter().any(|(_, c)| words("mean").contains(*c));
    let counted = if words("mean").contains(c) { before(text, from) } else { after(text, from + c.len_utf8()) };
    Some((counted.filter(|c| !words("any").contains(*c)), is_mean))
}

/// Wholes, counts and what each is, of which one has changed alone: 120户，每户5000元，共60万元.
fn products<'a>(known: &Known<'a>, broken: &mut Vec<Broken<'a>>) {
    if known.changed.is_empty() {
        return;
    }
    for one in &known.all {
        let Some((counted, is_mean)) = each(&known.lines[one.line].old, one.was) else { continue };
        let near = known.near(one.line, FAR);
        if !near.iter().any(Figure::is_changed) || near.len() > MOST {
            continue;
        }
        let is_many = |figure: &&Figure| {
            let unit = &figure.was.unit;
            let is_person = |c: char| words("person").contains(c);
            let text = &known.lines[figure.line].old;
            // 60个班, 班达到60个
            let noun = |c: char| {
                let (start, end) = (figure.was.range.start as usize, figure.was.range.end as usize);
                let is_part = |other: char| other.is_alphabetic();
                text[end..].chars().take(FEW).take_while(|c| is_part(*c)).any(|other| other == c)
                    || text[..start].chars().rev().take(FEW).take_while(|c| is_part(*c)).any(|other| other == c)
            };
            let is_of = |c: char| {
                unit.contains(c) || is_person(c) && unit.chars().all(is_person) && !unit.is_empty() || noun(c)
            };
            *unit != one.was.unit && figure.was.value > ONE && counted.is_none_or(is_of)
        };
        let wholes =
            || near.iter().filter(|figure| figure.was.unit == one.was.unit && !std::ptr::eq(figure.was, one.was));
        let fits = |whole: i128, many: i128, each: &Fact| {
            let is_product = each.value.checked_mul(many).is_some_and(|value| value / ONE == whole);
            let mean = whole.checked_mul(ONE).map(|whole| whole / many);
            is_product || each.digits() > 1 && mean.is_some_and(|mean| (mean - each.value).abs() * 2 <= each.step)
        };
        let held = near.iter().filter(is_many).find_map(|many| {
            let is_whole = |whole: &&Figure| fits(whole.was.value, many.was.value, one.was);
            let is_near = |other: &Figure| other.line.abs_diff(one.line) < 2;
            // What stands farther away speaks of the same.
            let is_told = |whole: &&Figure<'a>| {
                is_near(many) && is_near(whole) || known.is_one_matter((one.line, one.was), (whole.line, whole.was))
            };
            let whole = wholes().find(|whole| whole.was.value > one.was.value && is_whole(whole) && is_told(whole))?;
            Some((many, whole))
        });
        let Some((many, whole)) = held.filter(|(many, _)| many.is.value > 0) else { continue };
        let mean = whole.is.value.checked_mul(ONE).map(|whole| whole / many.is.value);
        // It may be rounded either way.
        let is_near_enough = || mean.is_some_and(|mean| (mean - one.is.value).abs() <= one.is.step);
        if fits(whole.is.value, many.is.value, one.is) || one.was.digits() > 1 && is_near_enough() {
            continue;
        }
        let product = one.is.value.checked_mul(many.is.value).map(|value| value / ONE);
        let (left, actual) = match () {
            () if is_mean && !one.is_changed() => (one, mean),
            () if !whole.is_changed() => (whole, product),
            () if !one.is_changed() => (one, mean),
            () if one.is.value > 0 => (many, whole.is.value.checked_mul(ONE).map(|whole| whole / one.is.value)),
            () => continue,
        };
        let of = [one, many, whole].into_iter().filter(|figure| !std::ptr::eq(figure.was, left.was));
        let text = |figure: &Figure| figure.was.range.of(&known.lines[figure.line].old).to_owned();
        let of: Vec<String> = of.map(text).collect();
        let place = &known.lines[left.line];
        broken.extend(actual.map(|actual| Broken { place, fact: left.is, actual, of: of.try_into().ok() }));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use expect_test::expect;

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
                ！数字 第3行：“60万元”原来和“5000元”“120户”对得上，现在算出来是 65万
            "#]],
        );
    }

    #[test]
    fn what_a_figure_is_of_may_stand_elsewhere() {
        let text = "2023年底，规上工业企业有180户。\n到2024年底，规上工业企业达到215户。\n要坚定信心，再接再厉。\n去年规上企业净增35户。\n";
        check(
            text,
            &text.replace("215", "212"),
            expect![[r#"
            数字 215 → 212
            ！数字 第6行：“35户”原来和“180户”“215户”对得上，现在算出来是 32
        "#]],
        );
        let text = "全县财政投入民生资金24亿元。\n全县常住人口40万人。\n人均6000元的投入，来之不易。\n";
        check(
            text,
            &text.replace("24亿", "26亿"),
            expect![[r#"
            数字 24 → 26
            ！数字 第5行：“6000元”原来和“40万人”“24亿元”对得上，现在算出来是 6500
        "#]],
        );
        let text = "规划办学规模60个班。\n可容纳学生3000人，平均每班50人。\n";
        check(
            text,
            &text.replace("60个", "64个"),
            expect![[r#"
            数字 60 → 64
            ！数字 第4行：“50人”原来和“60个”“3000人”对得上，现在算出来是 46.88
        "#]],
        );
        let text = "全县有行政村192个。\n建成示范村的行政村有48个。\n示范村占行政村的25%。\n";
        check(
            text,
            &text.replace("192个", "160个"),
            expect![[r#"
            数字 192 → 160
            ！数字 第5行：“25%”原来和“192个”“48个”对得上，现在算出来是 30%
        "#]],
        );
        check(
            text,
            &text.replace("192个", "160个").replace("25%", "30%"),
            expect![[r#"
            数字 192 → 160
            数字 25 → 30
        "#]],
        );
    }
}
