//! 比率不符: 由80亿元增长到100亿元，增长20%; 160个，其中达标的144个，达标率95%.

use super::figures::{Number, number};
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::{COUNTED_OTHERWISE, GROWN_TO, PART_OF, PERIOD_NOW, PERIOD_THEN, RATE_LEAD, RATE_SAID};
use crate::paragraph::Paragraph;
use crate::text::Range;
use crate::text::chars::{is_han, last_sentence};
use crate::text::fold::fold;

pub static RULE: Rule = Rule {
    code: "rate-mismatch",
    name: "比率不符",
    severity: Some(Severity::Warning),
    summary: "同一句里的两个数和它们的比率、增幅对不上：由80亿元增长到100亿元，增长20%；共160个，达标144个，达标率95%。",
    why: "数改了，比率没有跟着改，会算账的人一听就知道。只算紧跟着两个数说的：增幅要有“由……到……”或者“去年……今年……”，比率要以“占”开头，或者“达标率”和“达标的”说的是同一件事，拿不准是谁的比率的只作信息；四舍五入、约数、年均、可比价的增速都不算。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "村卫生室160个，其中达标的144个，达标率为95%。",
            good: "村卫生室160个，其中达标的144个，达标率为90%；全县农户400户，入社的300户，占75%。",
        },
        Example {
            bad: "工业产值由80亿元增长到100亿元，增长20%。",
            good: "工业产值由80亿元增长到100亿元，增长25%；生产总值由80亿元增长到100亿元，年均增长4.6%。",
        },
        Example {
            bad: "优良天数由300天增加到318天，增加16天。",
            good: "优良天数由300天增加到318天，增加18天。森林覆盖率由42.5%提高到45.2%，提高2.7个百分点。",
        },
    ],
    tags: &[],
    check: Check::Characters("率占增净提上下减降", check),
    message,
};

/// A number with what it counts.
#[derive(Clone, Copy, Debug)]
struct Amount<'a> {
    value: f64,
    /// Half of one in its last digit; nothing where it is counted one by one.
    half: f64,
    /// 个, 元, %, as far as it may go.
    unit: &'a str,
    start: usize,
    /// Where the unit begins.
    end: usize,
}

/// What two figures come to, and what is said of them.
#[derive(Debug, PartialEq)]
struct Rate {
    range: Range,
    of: Range,
    actual: String,
    /// The figures are surely those that it is of.
    sure: bool,
}

/// Characters of a unit that tell it from others.
const UNIT: usize = 4;
/// A part of all that was named before.
const ALL_OF: &str = "其中";
/// 万元 for 亿元.
const TEN_THOUSAND: f64 = 1e4;
/// Percentage points further off, it is the rate of something else.
const FAR: f64 = 30.0;

/// The amounts of a stretch of a line that begins at byte `base`.
fn amounts(text: &str, base: usize) -> Vec<Amount<'_>> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::new(), 0);
    while let Some(start) = (at..bytes.len()).find(|n| bytes[*n].is_ascii_digit()) {
        let len = bytes[start..].iter().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        at = start + len;
        let Some(Number { value, step, is_plain, end: unit }) = number(text, start, at) else { continue };
        let half = if is_plain { 0.0 } else { step / 2.0 };
        let rest = &text[unit..];
        let len = match rest.chars().next() {
            Some('%' | '％') => rest.chars().next().map_or(0, char::len_utf8),
            _ => rest.chars().take_while(|c| is_han(*c)).take(UNIT).map(char::len_utf8).sum(),
        };
        // 第3个, 2025年, 3月
        let counted = !text[..start].ends_with('第') && !rest.starts_with(['年', '月', '日', '号', '时', '点', '届']);
        if counted && len > 0 {
            out.push(Amount { value, half, unit: &rest[..len], start: base + start, end: base + unit });
        }
    }
    out
}

/// Whether the two are counted in the same unit: 60个行政村, 57个.
fn is_same_unit(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let rest = long.strip_prefix(short);
    rest.is_some_and(|rest| !(short == "人" && rest.starts_with('次'))) || matches!((a, b), ("%" | "％", "%" | "％"))
}

/// What is said of two figures: 增长20%.
struct Said<'a> {
    /// The clause before the word: 同比, 达标.
    own: &'a str,
    clause: usize,
    value: f64,
    /// One in its last digit.
    step: f64,
    unit: &'a str,
    range: Range,
}

impl Said<'_> {
    /// Whether it lies between two values, but for a unit of its last digit.
    fn fits(&self, least: f64, most: f64) -> bool {
        (least - self.step * 1.01..=most + self.step * 1.01).contains(&self.value)
    }

    fn is_percent(&self) -> bool {
        matches!(self.unit, "%" | "％")
    }
}

/// The rate that the word at `lead` says, when a mark ends it: not 20%以上.
fn said(line: &str, from: usize, lead: Range) -> Option<Said<'_>> {
    let mut at = lead.end as usize;
    while let Some((word, _)) = RATE_LEAD.at(line, at) {
        at = word.end as usize;
    }
    let digits = line[at..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let Number { value, step, end: unit, .. } = number(line, at, at + digits)?;
    let len: usize =
        line[unit..].chars().take_while(|c| is_han(*c) || matches!(c, '%' | '％')).map(char::len_utf8).sum();
    let start = lead.start as usize;
    let clause = line[from..start].char_indices().rev().find(|(_, c)| "，（、,".contains(*c));
    let clause = clause.map_or(from, |(at, c)| from + at + c.len_utf8());
    Some(Said {
        own: &line[clause..start],
        clause,
        value,
        step,
        unit: line.get(unit..unit + len).filter(|unit| !unit.is_empty())?,
        range: Range::new(at, unit + len),
    })
}

fn rate(line: &str, lead: Range) -> Option<Rate> {
    let row = RATE_SAID.at(line, lead.start as usize)?.1;
    let start = lead.start as usize;
    let from = last_sentence(&line[..start]);
    let from = line[from..start].rfind(['；', '：']).map_or(from, |at| from + at + '；'.len_utf8());
    if let Some(found) = (row.value == "of").then(|| share_of(line, from, lead)).flatten() {
        return Some(found);
    }
    let said = said(line, from, lead)?;
    let sentence = &line[from..said.range.end as usize];
    if said.clause == from || COUNTED_OTHERWISE.find(sentence).is_some() {
        return None;
    }
    let all = amounts(&line[from..said.clause], from);
    match row.value {
        "share" | "of" | "ratio" => share(line, from, &all, &said, row.value != "share"),
        way => growth(line, from, &all, &said, way),
    }
}

/// One mark and no more: what is said goes with the figure before it.
fn is_joined(between: &str) -> bool {
    between.chars().filter(|c| !is_han(*c) && !matches!(c, '%' | '％')).count() == 1
}

/// 共160个，达标的144个，达标率95%: the last amount is a part of one before it.
fn share(line: &str, from: usize, all: &[Amount<'_>], said: &Said<'_>, bare: bool) -> Option<Rate> {
    let (part, before) = all.split_last()?;
    // What it is the rate of is said right before it.
    let between = line.get(part.end..said.clause)?;
    let joined = is_joined(between);
    let clause = line[from..part.start].rfind(['，', '。', '；', '：', '、', '（']);
    let clause = clause.map_or(from, |at| from + at + '，'.len_utf8());
    let told = &line[clause..said.clause];
    // 品牌展位占20% is of others; 占 may be a share of anything, unless the figure before it is said to be a part.
    let is_part = PART_OF.find(told).is_some();
    let named = bare && is_part && said.own.is_empty() || !bare && said.own.chars().any(|c| told.contains(c));
    if !joined || !named || !said.is_percent() || COUNTED_OTHERWISE.find(said.own).is_some() {
        return None;
    }
    // 实到186人，到会率; 有144个达标，占: it may be of something else.
    let sure = if bare { told.starts_with(ALL_OF) } else { told.contains(said.own) };
    let mut wholes = before.iter().filter(|whole| is_same_unit(whole.unit, part.unit) && whole.value >= part.value);
    let bounds = |whole: &Amount<'_>| {
        let least = (part.value - part.half) / (whole.value + whole.half);
        let most = (part.value + part.half) / (whole.value - whole.half).max(part.value);
        (100.0 * least, 100.0 * most)
    };
    if wholes.clone().any(|whole| {
        let (least, most) = bounds(whole);
        said.fits(least, most)
    }) {
        return None;
    }
    let whole = wholes.next_back()?;
    let actual = 100.0 * part.value / whole.value;
    let off = (actual - said.value).abs();
    let slipped = {
        let (least, most) = bounds(whole);
        said.fits(least * TEN_THOUSAND, most * TEN_THOUSAND)
    };
    let near =
        slipped || off <= FAR && (!said.own.is_empty() || actual < 2.0 * said.value && said.value < 2.0 * actual);
    near.then(|| Rate {
        sure,
        of: Range::new(whole.start, part.end + measure(part.unit)),
        range: said.range,
        actual: format!("{}%", shown(actual)),
    })
}

/// The figures without the last one, and where that ends, when it says by how much the two before it differ:
/// 由800元提高到1200元，提高了400元，增幅50%.
fn without_difference<'a, 'l>(line: &str, all: &'a [Amount<'l>]) -> (&'a [Amount<'l>], Option<usize>) {
    let [.., before, after, third] = all else { return (all, None) };
    let between = line.get(after.end..third.start).unwrap_or("");
    let lead = between.char_indices().find_map(|(at, _)| RATE_SAID.at(between, at)).is_some();
    let same = (third.value - (after.value - before.value).abs()).abs() < f64::EPSILON * third.value.abs().max(1.0);
    let is_difference = same && lead && is_joined(between) && is_same_unit(third.unit, after.unit);
    if is_difference { (&all[..all.len() - 1], Some(third.end)) } else { (all, None) }
}

/// 植树600亩，占年度任务800亩的80%: the whole stands between the word and the rate.
fn share_of(line: &str, from: usize, lead: Range) -> Option<Rate> {
    let reach: usize = line[lead.end as usize..].chars().take(OF_WHOLE).map(char::len_utf8).sum();
    let rest = &line[lead.end as usize..lead.end as usize + reach];
    let len = rest.find('的').filter(|len| !rest[..*len].contains(['，', '。', '；', '、']))?;
    let start = lead.end as usize + len + '的'.len_utf8();
    let digits = line[start..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let Number { value, step, end, .. } = number(line, start, start + digits)?;
    if !line[end..].starts_with(['%', '％']) || line[end..].chars().nth(1).is_some_and(is_han) {
        return None;
    }
    let [whole] = amounts(&rest[..len], lead.end as usize)[..] else { return None };
    let before = amounts(&line[from..lead.start as usize], from);
    let part = before.last()?;
    let joined = is_joined(line.get(part.end..lead.start as usize)?) && line[whole.end..start].chars().all(is_han);
    if !joined || !is_same_unit(whole.unit.trim_end_matches('的'), part.unit) || part.value <= 0.0 || whole.value <= 0.0
    {
        return None;
    }
    let least = 100.0 * (part.value - part.half) / (whole.value + whole.half);
    let most = 100.0 * (part.value + part.half) / (whole.value - whole.half).max(f64::EPSILON);
    let fits = (least - step * 1.01..=most + step * 1.01).contains(&value);
    (!fits && (value - (least + most) / 2.0).abs() <= FAR).then(|| Rate {
        sure: true,
        of: Range::new(part.start, whole.end + measure(whole.unit)),
        range: Range::new(start, end + 1),
        actual: format!("{}%", shown(100.0 * part.value / whole.value)),
    })
}

/// Characters between 占 and what it is a share of.
const OF_WHOLE: usize = 20;

/// 由80亿元增长到100亿元，增长20%; 去年100万人次，今年120万人次，同比增长25%.
fn growth(line: &str, from: usize, all: &[Amount<'_>], said: &Said<'_>, way: &str) -> Option<Rate> {
    if let Some(before) = than(said) {
        let after = all.last()?;
        let joined = is_joined(line.get(after.end..said.clause)?) && is_same_unit(before.unit, after.unit);
        return joined.then(|| differs(&before, after, said, way)).flatten();
    }
    let (all, end) = without_difference(line, all);
    let [.., before, after] = all else { return None };
    let between = line.get(before.end..after.start)?;
    let joined = is_joined(line.get(end.unwrap_or(after.end)..said.clause)?);
    let plain = said.own.is_empty() || PERIOD_THEN.ends_at(said.own, said.own.len()) || said.own == "共";
    if !joined || !plain || !is_same_unit(before.unit, after.unit) {
        return None;
    }
    // What the first clause says of the year before, the second says of this one, or the two are one clause.
    let to = between.strip_suffix("年的").map_or(between, |head| head.trim_end_matches(|c: char| c.is_ascii_digit()));
    let grown = GROWN_TO.ends_at(to, to.len()) && !to.contains(['，', '、']);
    let head = &line[from..before.start];
    let years = PERIOD_THEN.find(head).is_some() && PERIOD_NOW.find(between).is_some() && all.len() == 2;
    if grown || years { differs(before, after, said, way) } else { None }
}

/// The figure that 比去年的16.2亿元 names, of what is said to be more by so much.
fn than<'a>(said: &Said<'a>) -> Option<Amount<'a>> {
    let own = said.own.strip_prefix(['比', '较'])?;
    let base = said.clause + '比'.len_utf8();
    let [only] = amounts(own, base)[..] else { return None };
    let whole = only.end + only.unit.len() == said.clause + said.own.len();
    whole.then_some(only)
}

/// What two figures come to, where it is said otherwise.
fn differs(before: &Amount<'_>, after: &Amount<'_>, said: &Said<'_>, way: &str) -> Option<Rate> {
    let fell = after.value < before.value;
    if before.value <= 0.0 || fell != (way == "fall") {
        return None;
    }
    let (less, more) = if fell { (after, before) } else { (before, after) };
    let difference = more.value - less.value;
    let half = less.half + more.half;
    let percent = matches!(before.unit, "%" | "％");
    let (least, most, actual) = match (said.is_percent(), percent) {
        (true, false) => {
            let least = (difference - half) / (before.value + before.half);
            let most = (difference + half) / (before.value - before.half).max(f64::EPSILON);
            (100.0 * least, 100.0 * most, format!("{}%", shown(100.0 * difference / before.value)))
        }
        (false, true) if said.unit == "个百分点" => {
            (difference, difference, format!("{}个百分点", shown(difference)))
        }
        // 增长1倍 is twice as much.
        (false, false) if said.unit == "倍" && !fell && before.half == 0.0 && after.half == 0.0 => {
            let times = difference / before.value;
            let least = said.value - said.step / 2.0;
            let wrong = !(least..=said.value + said.step / 2.0).contains(&times) && said.value <= 10.0;
            return wrong.then(|| Rate {
                sure: true,
                of: Range::new(before.start, after.end + measure(after.unit)),
                range: said.range,
                actual: format!("{}倍", shown(times)),
            });
        }
        (false, false) if is_same_unit(said.unit, after.unit) && !said.unit.starts_with('倍') => {
            (difference - half, difference + half, amount(difference, said.unit))
        }
        _ => return None,
    };
    let wrong = !said.fits(least, most) && (said.value - (least + most) / 2.0).abs() <= FAR.max(most);
    wrong.then(|| Rate {
        sure: true,
        of: Range::new(before.start, after.end + measure(after.unit)),
        range: said.range,
        actual,
    })
}

/// Bytes of a unit without what may follow it.
fn measure(unit: &str) -> usize {
    let mut chars = unit.chars();
    let long = unit.starts_with("人次") || unit.starts_with("公");
    chars.by_ref().take(if long { 2 } else { 1 }).map(char::len_utf8).sum()
}

/// A number to one place, without a zero at its end.
fn shown(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

fn amount(value: f64, unit: &str) -> String {
    match value {
        v if v >= 1e8 => format!("{}亿{unit}", shown(v / 1e8)),
        v if v >= 1e4 => format!("{}万{unit}", shown(v / 1e4)),
        v => format!("{}{unit}", shown(v)),
    }
}

fn check(line: &str, at: usize, _: &Paragraph, hits: &mut Hits) {
    let Some((lead, _)) = RATE_SAID.at(line, at) else { return };
    let Some(found) = rate(line, lead) else { return };
    let severity = if found.sure { hits.severity() } else { Severity::Information.max(hits.severity()) };
    hits.push_as(severity, found.range, lead.start);
}

fn message(context: &FindingContext<'_>) -> Message {
    let text = fold(context.text);
    let lead = RATE_SAID.at(&text, context.packed::<u32>() as usize).map(|(range, _)| range);
    let Some(found) = lead.and_then(|lead| rate(&text, lead)) else { return Message::default() };
    let (said, of) = (found.range.of(context.text), found.of.of(context.text));
    let actual = context.spelled(&found.actual).unwrap_or(found.actual);
    let text = context.say(
        format!("比率不符：按“{of}”算是{actual}，这里写{said}"),
        format!("比率不符：按“{of}”算是{actual}，這裡寫{said}"),
        format!("by ‘{of}’ it is {actual}, here it is {said}"),
    );
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        let found = text.char_indices().find_map(|(at, _)| rate(text, RATE_SAID.at(text, at)?.0));
        assert_eq!(found.map(|found| found.actual).as_deref(), expected, "{text}");
    }

    #[test]
    fn shares_of_a_whole() {
        check("应参保8000人，已参保7600人，参保率98%。", Some("95%"));
        check("共160个，其中达标的144个，达标率为95%，", Some("90%"));
        check("门诊12.5万人次，其中中医门诊2.5万人次，占25%。", Some("20%"));
        check("共160个，其中达标的144个，达标率为90%，", None);
        check("共300个，其中达标的200个，达标率为66.7%，", None);
        check("共160个，其中山区100个、通车的90个，通车率90%。", None);
        check("共160个，其中达标的144个，合格率为95%。", None);
        check("共160个，建成144座，建成率95%。", None);
        check("共160个，其中达标的约144个，达标率95%以上。", None);
        check("党员160人，新发展20人，女性占40%。", None);
        check("全年植树600亩，占年度任务800亩的80%。", Some("75%"));
        check("全年植树600亩，占年度任务800亩的75%。", None);
        check("全年植树6万亩，占年度任务8万亩的80%。", None);
        check("全年植树600亩，占年度任务800亩的80%以上。", None);
        check("其中女性20人，占40人的一半。", None);
    }

    #[test]
    fn growth_between_two_figures() {
        check("产值由80亿元增长到100亿元，增长20%。", Some("25%"));
        check("去年接待100万人次，今年接待120万人次，同比增长25%，", Some("20%"));
        check("优良天数由300天增加到318天，增加16天。", Some("18天"));
        check("由42.5%提高到45.2%，提高3.7个百分点。", Some("2.7个百分点"));
        check("信访量由500件下降到400件，下降25%。", Some("20%"));
        check("贷款由120亿元增加到150亿元，净增35亿元。", Some("30亿元"));
        check("标准由每人每年800元提高到1200元，提高了400元，增幅40%。", Some("50%"));
        check("经费18.6亿元，比去年的16.2亿元增加2.8亿元。", Some("2.4亿元"));
        check("招生1200人，比去年的1000人增加300人。", Some("200人"));
        check("收入由2020年的3.2万元增加到2025年的4.8万元，增长60%。", Some("50%"));
        check("企业由15家增加到30家，增长了2倍。", Some("1倍"));
        for right in [
            "标准由每人每年800元提高到1200元，提高了400元，增幅50%。",
            "产值由80亿元增长到100亿元，增长25%。",
            "经费18.6亿元，比去年的16.2亿元增加2.4亿元。",
            "招生1200人，比去年的1000人增加200人，其中女生300人。",
            "企业由15家增加到30家，增长了1倍。",
            "企业由15家增加到41家，增长近2倍。",
            "产值由80亿元增长到100亿元，年均增长4.6%。",
            "产值由3.2亿元增长到4.1亿元，增长28.5%。",
            "生产总值由80亿元增长到100亿元，增长6.5%。",
            "由80亿元增长到100亿元，增长20%以上。",
            "由80亿元增长到100亿元，税收增长20%。",
            "去年完成100件，今年上半年完成120件，同比增长50%。",
        ] {
            check(right, None);
        }
    }
}
