//! 分项之和不符: 项目9个，其中产业类4个、民生类4个、交通类3个.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::{ABSENT, CAME, OF_PART, OVERLAPS, PART_KIND, PARTITION, PARTS_FOLLOW, REST_OF_PARTS};
use crate::numeral::read_chinese;
use crate::text::Range;
use crate::text::chars::{is_han, is_space, lead, tail};
use crate::text::fold::fold;

pub static RULE: Rule = Rule {
    code: "sum-mismatch",
    name: "分项之和不符",
    severity: Some(Severity::Warning),
    summary: "总数与“其中”后面各分项的和对不上：项目9个，其中产业类4个、民生类4个、交通类3个。",
    why: "总数改了、分项没有改，台下有人一加就知道。分项超出总数、而且是同一种分法的才报（“产业类”“民生类”“交通类”）；不足总数的，要写明“分别是”“其余”，或者分得没有遗漏（男教师、女教师）才报，因为“其中”可以只说一部分；“教育、卫生分别为”“合计”也算，把亿元写成万元的一项也报。约数、比重、增幅和可以重叠的分法（女干部、党员）不算。",
    source: "实务：没有标准条文。",
    examples: &[
        Example {
            bad: "全县在建重点项目9个，其中产业类4个、民生类4个、交通类3个，总体进度好于去年同期。",
            good: "全县在建重点项目9个，其中产业类4个、民生类3个、交通类2个；干部18人，其中女干部11人、党员15人。",
        },
        Example {
            bad: "总投资12.5亿元，其中一期5.2亿元、二期7.8亿元。",
            good: "总投资12.5亿元，其中一期5.2亿元、二期7.3亿元；新增就业5.2万人，其中高校毕业生1.8万人、脱贫人口0.6万人。",
        },
        Example {
            bad: "三次产业结构由12.5:45.2:42.3调整为11.2:46.4:43.4，第三产业比重提高。",
            good: "三次产业结构由12.5:45.2:42.3调整为11.2:46.4:42.4，第三产业比重提高。",
        },
        Example {
            bad: "抽查单位7个，分别是镇级3个、村级3个。",
            good: "抽查单位7个，分别是镇级3个、村级4个；抽查单位7个，其中镇级3个、村级3个。",
        },
    ],
    tags: &[],
    check: Check::Words(&PARTS_FOLLOW, check),
    message,
};

/// A total and what its parts add up to, in the last digit of all of them.
#[derive(Clone, Debug, PartialEq)]
struct Sum<'a> {
    total: i64,
    parts: i64,
    /// Digits behind the point.
    decimals: u32,
    measure: &'a str,
    range: Range,
}

/// A number and where it starts.
struct Amount {
    value: i64,
    decimals: u32,
    start: usize,
}

/// Bytes on either side in which a total and its parts are looked for: no sentence that adds up is longer.
const NEAR: usize = 900;
/// Parts are not looked for further on.
const MOST_PARTS: usize = 12;

/// The number that ends at the end of `text`: 12.5, 十八.
fn amount(text: &str) -> Option<Amount> {
    let len = text.bytes().rev().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let start = text.len() - len;
    if len == 0 {
        let numerals = text.chars().rev().take_while(|c| "一二三四五六七八九十".contains(*c)).count();
        let start = text.len() - numerals * '一'.len_utf8();
        let (value, _) = read_chinese(text.get(start..)?).filter(|(_, len)| start + len == text.len())?;
        return Some(Amount { value: value.into(), decimals: 0, start });
    }
    let digits = &text[start..];
    let (whole, behind) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() || behind.len() > 4 || whole.len() > 9 || digits.ends_with('.') {
        return None;
    }
    Some(Amount { value: format!("{whole}{behind}").parse().ok()?, decimals: behind.len() as u32, start })
}

/// What one part of a total says: 产业类4个.
struct Part<'a> {
    number: Amount,
    label: &'a str,
    unit: &'a str,
}

/// Reads a stretch between two marks as a part.
fn part(text: &str) -> Option<Part<'_>> {
    let said = text.trim_start_matches(['和', '及', '与']);
    let digits = said.rfind(|c: char| c.is_ascii_digit()).map(|at| at + 1);
    let own = digits.or_else(|| Some(said.rfind(|c| "一二三四五六七八九十".contains(c))? + 3))?;
    let unit = &said[own..];
    let fits = !unit.is_empty() && unit.chars().count() <= 3 && unit.chars().all(is_han);
    let number = amount(&said[..own])?;
    let label = &said[..number.start];
    let plain = label.chars().all(|c| is_han(c) || c.is_ascii_alphabetic() || c == '、')
        && OF_PART.find(label).is_none()
        && label.chars().count() <= 16;
    (fits && plain).then_some(Part { number, label, unit })
}

/// The parts at byte `base` of a line, all in one unit or in units of which one is ten thousand of the other, and
/// where they end.
fn parts(line: &str, base: usize) -> Option<(Vec<Part<'_>>, usize)> {
    let tail = lead(&line[base..], NEAR);
    let stop = tail.find(['。', '；', '！', '？', '）', ')', ';']).unwrap_or(tail.len());
    let (mut parts, mut end, mut at): (Vec<Part<'_>>, usize, usize) = (Vec::new(), base, 0);
    while at < stop && parts.len() <= MOST_PARTS {
        let rest = &tail[at..stop];
        let len = rest.find(['、', '，', ',']).unwrap_or(rest.len());
        let known = |part: &Part<'_>| parts.first().is_none_or(|first| scale(first.unit, part.unit).is_some());
        let Some(found) = part(&rest[..len]).filter(known) else {
            // An enumeration that is not understood to its end; behind a comma the sentence goes on.
            if parts.is_empty() || tail[..at].ends_with('、') {
                return None;
            }
            break;
        };
        parts.push(found);
        end = base + at + len;
        at += len + rest[len..].chars().next().map_or(0, char::len_utf8);
    }
    (parts.len() > 1).then_some((parts, end))
}

/// How many of the one unit are one of the other: 亿元 and 万元.
fn scale(of: &str, other: &str) -> Option<i64> {
    match (of.strip_prefix(['亿', '万']), other.strip_prefix(['亿', '万'])) {
        _ if of == other => Some(1),
        (Some(a), Some(b)) if a == b && !a.is_empty() => Some(10_000),
        _ => None,
    }
}

/// The total that `head` ends with, which is counted in `unit`.
fn total(head: &str, unit: &str) -> Option<Amount> {
    let clause = head.rfind(['，', '。', '；', '！', '？', '：', '、']).map_or(0, |at| at + '，'.len_utf8());
    // The total is the number nearest to the parts that is counted in their measure.
    let from = head[clause..].rfind(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))? + clause;
    let from = from + head[from..].chars().next().map_or(0, char::len_utf8);
    let own = &head[from..];
    let total = amount(&head[clause..from])?;
    let named = own.starts_with(unit) && own.chars().count() <= 8;
    (named && OF_PART.find(&head[clause..clause + total.start]).is_none())
        .then_some(Amount { start: clause + total.start, ..total })
}

/// The total before `lead`, the parts behind it, and where both stand, when they do not agree.
fn sum(line: &str, lead: Range) -> Option<Sum<'_>> {
    let (_, row) = PARTS_FOLLOW.at(line, lead.start as usize).filter(|(_, row)| row.value != "shares")?;
    match row.value {
        "added" | "halves" => return added(line, lead, row.value == "halves"),
        "present" => return present(line, lead),
        _ => {}
    }
    let mark = |c: char| is_space(c) || matches!(c, '，' | ',' | '（' | '(' | '：');
    let head = tail(&line[..lead.start as usize], NEAR);
    let base = lead.start as usize - head.len();
    let mut head = head.trim_end_matches(mark);
    let tail = line[lead.end as usize..].trim_start_matches(|c| is_space(c) || matches!(c, '，' | ',' | '：' | ':'));
    let (parts, end) = parts(line, line.len() - tail.len())?;
    let named = if row.value == "all" { names(head, parts.len()) } else { None };
    if let Some(before) = named {
        head = head[..before].trim_end_matches(mark);
    }
    let wholes: Vec<&str> = parts.iter().map(|part| part.unit).collect();
    let (whole, measure) = wholes.iter().find_map(|unit| Some((total(head, unit)?, *unit)))?;
    let found = compared(&whole, &parts, measure, Range::new(base + whole.start, end));
    if wholes.windows(2).any(|pair| pair[0] != pair[1]) {
        return is_unit_slip(&whole, &parts, measure).then_some(found);
    }
    let labels: Vec<&str> = parts.iter().map(|part| part.label).collect();
    let all = row.value == "all" && (named.is_none() || is_close(&found));
    is_wrong(&found, &labels, all, parts.len()).then_some(found)
}

/// A total and its parts in the last digit of all of them.
fn compared<'a>(whole: &Amount, parts: &[Part<'_>], measure: &'a str, range: Range) -> Sum<'a> {
    let decimals = parts.iter().map(|part| part.number.decimals).fold(whole.decimals, u32::max);
    let scaled = |number: &Amount| number.value.saturating_mul(10i64.pow(decimals - number.decimals));
    let added = parts.iter().filter(|part| part.unit == measure).map(|part| scaled(&part.number)).sum();
    Sum { total: scaled(whole), parts: added, decimals, measure, range }
}

/// Whether the parts would add up if one of them were counted in the unit of the others: 1.6亿元、1亿元、1万元.
fn is_unit_slip(whole: &Amount, parts: &[Part<'_>], measure: &str) -> bool {
    let others = parts.iter().filter(|part| part.unit != measure).count();
    let alike: Vec<Part<'_>> =
        parts.iter().map(|part| Part { number: Amount { ..part.number }, label: part.label, unit: measure }).collect();
    let sum = compared(whole, &alike, measure, Range::default());
    others == 1 && sum.total == sum.parts
}

/// Where the names of the parts begin that `head` ends with: 教育、卫生、交通 before 分别为.
fn names(head: &str, count: usize) -> Option<usize> {
    let start = head.rfind(['，', '。', '；', '：', '！', '？']).map(|at| at + '，'.len_utf8())?;
    let names = &head[start..];
    let digits = names.contains(|c: char| c.is_ascii_digit());
    (!digits && names.split(['、', '和']).count() == count && !names.starts_with("其中")).then_some(start)
}

/// 固定点16个、临时点8个，合计30个: the parts stand before their total.
fn added(line: &str, lead: Range, halves: bool) -> Option<Sum<'_>> {
    let start = lead.start as usize;
    let base = start - tail(&line[..start], NEAR).len();
    let line = &line[base..];
    let lead = Range::new(start - base, lead.end as usize - base);
    let head = line[..lead.start as usize].trim_end_matches(['，', ',', '、']);
    let start = head.rfind(['。', '；', '：', '！', '？']).map_or(0, |at| at + '。'.len_utf8());
    let behind = &line[lead.end as usize..];
    let digits = behind.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let whole = amount(&behind[..digits]).filter(|_| digits > 0)?;
    let len: usize = behind[digits..].chars().take_while(|c| is_han(*c)).map(char::len_utf8).sum();
    let measure = behind[digits..digits + len].to_owned();
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut from = head.len();
    for text in head[start..].rsplit(['、', '，', ',']) {
        let Some(found) = part(text).filter(|part| part.unit == measure && !part.label.is_empty()) else {
            // What is not understood may be a part, too.
            if text.contains(|c: char| c.is_ascii_digit()) {
                return None;
            }
            break;
        };
        from = text.as_ptr() as usize - line.as_ptr() as usize;
        parts.push(found);
    }
    let measure = parts.first()?.unit;
    let range = Range::new(base + from, base + lead.end as usize + digits + len);
    let found = compared(&whole, &parts, measure, range);
    // The total may be of the last of them.
    let fits = (2..=parts.len()).any(|n| {
        let some = compared(&whole, &parts[..n], measure, range);
        some.total == some.parts
    });
    let rounded = is_rounded(&found, parts.len());
    let halved = |label: &str| label.contains("半年");
    // 16万人次、8万人次，24.5万人次: the halves are rounded.
    let rough = whole.decimals > 0 && parts.iter().all(|part| part.number.decimals == 0);
    if halves && (rough || parts.len() != 2 || !parts.iter().all(|part| halved(part.label))) {
        return None;
    }
    (parts.len() > 1 && !fits && !rounded && is_close(&found)).then_some(found)
}

/// Whether they are off by a tenth at most, or by one digit.
fn is_close(sum: &Sum<'_>) -> bool {
    let (a, b) = (sum.parts.to_string(), sum.total.to_string());
    let digit = a.len() == b.len() && a.len() > 1 && a.bytes().zip(b.bytes()).filter(|(a, b)| a != b).count() == 1;
    (sum.parts - sum.total).abs() * 10 <= sum.total || digit && (sum.parts - sum.total).abs() * 4 <= sum.total
}

/// Whether the parts may be rounded.
fn is_rounded(sum: &Sum<'_>, count: usize) -> bool {
    sum.decimals > 0 && (sum.parts - sum.total).abs() * 2 <= (count as i64).max(2)
}

/// 应到63人，实到58人，缺席4人: who was to come, who came, and who did not.
fn present(line: &str, lead: Range) -> Option<Sum<'_>> {
    let base = lead.end as usize;
    let near = self::lead(&line[base..], NEAR);
    let near = &near[..near.find(['。', '；', '！', '？']).unwrap_or(near.len())];
    let (mut all, mut came, mut absent, mut end) = (None, None, 0, 0);
    let mut at = 0;
    for clause in near.split(['，', '、', '（', '）', ',']) {
        let start = at;
        at += clause.len() + '，'.len_utf8();
        let Some(found) = part(clause).filter(|part| part.number.decimals == 0) else {
            // 另有1人因公出差
            if clause.contains(|c: char| c.is_ascii_digit()) {
                return None;
            }
            continue;
        };
        match () {
            () if all.is_none() && found.label.chars().count() <= MOST_LABEL => all = Some(found),
            () if CAME.find(found.label).is_some() => came = Some(found.number.value),
            () if ABSENT.find(found.label).is_some() => {
                absent += found.number.value;
                end = base + start + clause.len();
            }
            // 请假2人，另有1人出差: who else was away is told otherwise.
            () => return None,
        }
    }
    let (all, came) = (all?, came?);
    let sum = Sum {
        total: all.number.value,
        parts: came + absent,
        decimals: 0,
        measure: all.unit,
        range: Range::new(lead.start as usize, end),
    };
    (absent > 0 && sum.parts != sum.total).then_some(sum)
}

/// Characters between 应到 and its number.
const MOST_LABEL: usize = 4;

/// 14届，其中担任班主任16届: a part that is more than all.
fn exceeds(line: &str, lead: Range) -> Option<Sum<'_>> {
    PARTS_FOLLOW.at(line, lead.start as usize).filter(|(_, row)| row.value == "some")?;
    let mark = |c: char| is_space(c) || matches!(c, '，' | ',' | '（' | '(');
    let head = tail(&line[..lead.start as usize], NEAR);
    let base = lead.start as usize - head.len();
    let head = head.trim_end_matches(mark);
    let rest = self::lead(&line[lead.end as usize..], NEAR);
    let rest = &rest[..rest.find(['、', '，', ',', '。', '；', '）', ')', '！'])?];
    let found = part(rest).filter(|part| !part.label.is_empty())?;
    let whole = total(head, found.unit)?;
    let sum = compared(
        &whole,
        std::slice::from_ref(&found),
        found.unit,
        Range::new(base + whole.start, lead.end as usize + rest.len()),
    );
    (sum.parts > sum.total && sum.parts <= sum.total.saturating_mul(2)).then_some(sum)
}

/// Whether the parts are all of the total, or of one kind and more than it.
fn is_wrong(sum: &Sum<'_>, labels: &[&str], all: bool, count: usize) -> bool {
    let unit = 10i64.pow(sum.decimals);
    // What is off by so much is counted otherwise.
    let near = (sum.parts - sum.total).abs() * 4 <= sum.total.max(8 * unit);
    let rounded = is_rounded(sum, count);
    if sum.parts == sum.total || !near || rounded {
        return false;
    }
    let last = |label: &&str| label.chars().next_back();
    let alike = labels.windows(2).all(|pair| last(&pair[0]).is_some() && last(&pair[0]) == last(&pair[1]));
    let rest = labels.last().is_some_and(|label| REST_OF_PARTS.stands_at(label, 0));
    let bare = labels.iter().all(|label| label.is_empty());
    let people = matches!(sum.measure, "人" | "名" | "位");
    let apart = labels.iter().all(|label| !label.is_empty() && OVERLAPS.find(label).is_none());
    let many = count > 2 && is_close(sum) && apart;
    let one_kind = many || alike && (!people || labels.iter().all(|label| PART_KIND.ends_at(label, label.len())));
    let all = all || rest || bare || is_partition(labels);
    all || sum.parts > sum.total && one_kind
}

/// 男教师, 女教师: labels that leave nothing out.
fn is_partition(labels: &[&str]) -> bool {
    let kinds: Vec<&str> = labels.iter().filter_map(|label| Some(PARTITION.find(label)?.1.value)).collect();
    let Some(first) = kinds.first().filter(|_| kinds.len() == labels.len()) else { return false };
    let (kind, count) = first.split_once(' ').unwrap_or((first, ""));
    let apart = labels.iter().enumerate().all(|(n, label)| !labels[..n].contains(label));
    kinds.iter().all(|other| other.starts_with(kind)) && count.parse() == Ok(labels.len()) && apart
}

/// What does not add up at a word that parts follow.
fn judged(line: &str, lead: Range) -> Option<Sum<'_>> {
    sum(line, lead).or_else(|| shares(line, lead)).or_else(|| exceeds(line, lead))
}

fn check(line: &str, lead: Range, hits: &mut Hits) {
    if let Some(found) = judged(line, lead) {
        hits.push(found.range, lead.start);
    }
}

/// Numbers that belong together: 12.5:45.2:42.3, 12.5%、45.2%和42.3%.
const SHARES: usize = 3;

/// The shares behind `lead` that are all of something, when they do not add up to a hundred.
fn shares(line: &str, lead: Range) -> Option<Sum<'_>> {
    let (_, row) = PARTS_FOLLOW.at(line, lead.start as usize)?;
    let near = self::lead(&line[lead.end as usize..], NEAR);
    let stop = lead.end as usize + near.find(['。', '；', '！', '？']).unwrap_or(near.len());
    let mut at = lead.end as usize;
    let mut run: Vec<(i64, u32)> = Vec::new();
    let mut start = at;
    while row.value == "shares" && at < stop {
        let next = at + line[at..stop].find(|c: char| c.is_ascii_digit())?;
        let len = line[next..stop].find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(stop - next);
        let number = amount(&line[next..next + len])?;
        let between = line[at..next].trim_start_matches(['%', '％']);
        if run.is_empty() || !matches!(between, "、" | ":" | "：" | "∶" | "和" | "与" | "，" | "、和") {
            run.clear();
            start = next;
        }
        run.push((number.value, number.decimals));
        at = next + len;
        if run.len() < SHARES {
            continue;
        }
        let decimals = run.iter().map(|share| share.1).fold(0, u32::max);
        let unit = 10i64.pow(decimals);
        let parts: i64 = run.iter().map(|(value, digits)| value * 10i64.pow(decimals - digits)).sum();
        // Each of them may be rounded; what is far off is counted otherwise.
        let off = (parts - 100 * unit).abs();
        let goes_on = line[at..].trim_start_matches(['%', '％']).starts_with([':', '：', '∶', '、']);
        if off > 1 && off >= unit / 5 && off <= 20 * unit && !goes_on {
            return Some(Sum { total: 100 * unit, parts, decimals, measure: "%", range: Range::new(start, at) });
        }
        run.clear();
    }
    None
}

fn message(context: &FindingContext<'_>) -> Message {
    let text = fold(context.text);
    let start = context.packed::<u32>();
    let lead = PARTS_FOLLOW.at(&text, start as usize).map(|(range, _)| range);
    let Some(found) = lead.and_then(|lead| judged(&text, lead)) else {
        return Message::default();
    };
    let shown = |value: i64| match found.decimals {
        0 => value.to_string(),
        n => format!("{:.*}", n as usize, value as f64 / 10f64.powi(n as i32)),
    };
    let (total, parts) = (shown(found.total), shown(found.parts));
    let measure = context.spelled(found.measure).unwrap_or_else(|| found.measure.to_owned());
    let text = context.say(
        format!("分项之和不符：总数是{total}{measure}，各项相加是{parts}{measure}"),
        format!("分項之和不符：總數是{total}{measure}，各項相加是{parts}{measure}"),
        format!("the total is {total}, the parts add up to {parts}"),
    );
    Message { text, fix: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<(&str, &str)>) {
        let lead = PARTS_FOLLOW.find(text).map(|(range, _)| range);
        let found = lead.and_then(|lead| sum(text, lead));
        let shown = found.map(|sum| (format!("{}≠{}", sum.total, sum.parts), sum.range.of(text).to_owned()));
        assert_eq!(shown, expected.map(|(sum, range)| (sum.to_owned(), range.to_owned())), "{text}");
    }

    #[test]
    fn parts_that_do_not_add_up() {
        check(
            "项目9个，其中产业类4个、民生类4个、交通类3个。",
            Some(("9≠11", "9个，其中产业类4个、民生类4个、交通类3个")),
        );
        check(
            "全镇共有行政村18个，其中平原村11个、山区村9个，条件差别较大。",
            Some(("18≠20", "18个，其中平原村11个、山区村9个")),
        );
        check(
            "共有18个乡镇，其中平原乡镇8个、山区乡镇12个。",
            Some(("18≠20", "18个乡镇，其中平原乡镇8个、山区乡镇12个")),
        );
        check("共7个，其中3个、2个、1个。", Some(("7≠6", "7个，其中3个、2个、1个")));
        check("查处案件12件（其中镇级7件、村级6件）。", Some(("12≠13", "12件（其中镇级7件、村级6件")));
        check(
            "返贫风险户312户，其中因病186户、因灾74户、因就业不稳55户。",
            Some(("312≠315", "312户，其中因病186户、因灾74户、因就业不稳55户")),
        );
        check("立案8件，其中大案5件、其余4件。", Some(("8≠9", "8件，其中大案5件、其余4件")));
        check(
            "下设七个科室，其中业务科室五个、综合科室三个。",
            Some(("7≠8", "七个科室，其中业务科室五个、综合科室三个")),
        );
        check("教师186人，其中男教师82人、女教师94人，", Some(("186≠176", "186人，其中男教师82人、女教师94人")));
        check(
            "实事20件，教育、卫生、交通分别为8件、7件、6件。",
            Some(("20≠21", "20件，教育、卫生、交通分别为8件、7件、6件")),
        );
        check(
            "固定点16个、临时点8个、流动点4个，合计30个。",
            Some(("30≠28", "固定点16个、临时点8个、流动点4个，合计30个")),
        );
        check(
            "投资3.6亿元，其中中央1.6亿元、省级1亿元、自筹1万元。",
            Some(("36≠26", "3.6亿元，其中中央1.6亿元、省级1亿元、自筹1万元")),
        );
        check("下设科室七个，其中业务科室五个、综合科室三个。", Some(("7≠8", "七个，其中业务科室五个、综合科室三个")));
        check(
            "投资3.2亿元，其中财政资金1.1亿元、银行贷款1.5亿元、企业自筹0.8亿元。",
            Some(("32≠34", "3.2亿元，其中财政资金1.1亿元、银行贷款1.5亿元、企业自筹0.8亿元")),
        );
        check("会议应到63人，实到58人，缺席4人，符合规定。", Some(("63≠62", "应到63人，实到58人，缺席4人")));
        check("养老中心68个、养老机构23个，合计81个，", Some(("81≠91", "养老中心68个、养老机构23个，合计81个")));
    }

    #[test]
    fn shares_are_a_hundred() {
        for (text, off) in [
            ("三次产业比重分别为12.5%、45.2%和52.3%，结构持续优化。", Some(1100)),
            ("三次产业结构由12.5:45.2:42.3调整为11.2:46.4:43.4。", Some(1010)),
            ("三次产业结构由12.5：45.2：42.3调整为11.2：46.4：42.4。", None),
            ("三次产业结构为12.5:45.2:42.4。", None),
            ("三次产业结构优化，增长5%、6%、7%。", None),
            ("三次产业增加值分别为12亿元、45亿元、52亿元。", None),
        ] {
            let lead = PARTS_FOLLOW.find(text).map(|(range, _)| range);
            assert_eq!(lead.and_then(|lead| shares(text, lead)).map(|sum| sum.parts), off, "{text}");
        }
    }

    #[test]
    fn parts_that_may_be_right() {
        for text in [
            "项目9个，其中产业类4个、民生类3个、交通类2个。",
            "项目9个，其中产业类4个、民生类3个。",
            "干部18人，其中女干部11人、党员15人。",
            "干部18人，其中女干部11人、科级干部9人。",
            "行政村18个，其中平原村11个、示范村25个。",
            "就业5.2万人，其中高校毕业生1.8万人、脱贫人口0.6万人。",
            "总投资3.3亿元，其中一期1.7亿元、二期1.7亿元。",
            "项目9个，其中新开工4个、增长20%。",
            "项目9个，其中产业类4个、投资12亿元。",
            "固定点16个、临时点8个，流动点4个，合计28个。",
            "投资3.6亿元，其中中央1.6亿元、省级1亿元、自筹8000万元。",
            "新增企业100家，工业、服务业分别为30家、20家。",
            "教师186人，其中男教师82人、青年教师94人。",
            "会议应到63人，实到58人，因事请假5人，符合规定。",
            "会议应到63人，实到58人，符合规定。",
            "会议应到63人，实到60人，缺席2人，另有1人因公出差。",
            "上半年接待16万人次、下半年8万人次，全年共接待24.5万人次。",
            "去年项目9个，今年进展顺利，其中产业类7个、民生类7个。",
        ] {
            check(text, None);
        }
    }
}
