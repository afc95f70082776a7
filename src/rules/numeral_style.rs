//! 数字用法: 二0二四年, 三类……3类……, 约100余

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::{ABOUT, ABOUT_AROUND, ABOUT_BEHIND, BOUND, CLASSIFIER_SAID_AGAIN, DECREASE};
use crate::numeral::{chinese, is_chinese, read_arabic};
use crate::paragraph::{Paragraph, packed};
use crate::text::chars::{after, before, is_han};
use crate::text::position::around;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "numeral-style",
    name: "数字用法",
    severity: Some(Severity::Hint),
    summary: "汉字年份里混进了 0 或 O（二0二四年），同一说法在一段里有两种写法（三类问题、3类问题），概数、界限说了两遍（约100余、近50%左右、超过100亿元以上），减少说成了倍数（减少了3倍），百分数的范围少了前一个百分号（5-8%）。",
    why: "同一段里数字的写法应当一致；“约”和“余”“左右”说的是一回事，留一个就够。",
    source: "GB/T 15835—2011 4.3（同类场合一致）、5.2（概数）；“〇”见 4.2.1。",
    examples: &[
        Example { bad: "二0二四年是关键之年。", good: "二〇二四年是关键之年。" },
        Example {
            bad: "解决好三类突出问题，这3类突出问题群众反映强烈。",
            good: "解决好三类突出问题，走访3类群众，办好3件实事。",
        },
        Example {
            bad: "增速保持在5-8%的区间。", good: "增速保持在5%—8%的区间，比分为5-8，占比为3—5成。"
        },
        Example {
            bad: "完成投资超过100亿元以上。",
            good: "完成投资超过100亿元，增速不超过5%以上部分另计，不足20户以上的村另行研究。",
        },
        Example { bad: "培训干部约100余人次。", good: "培训干部100余人次，大约一百人。" },
        Example {
            bad: "任务已完成近50%左右。",
            good: "任务已完成50%左右，最近30天左右降雨三次，附近50米左右有一口井。",
        },
        Example {
            bad: "办理时限由20天缩短到5天，减少了3倍。",
            good: "办理时限由20天缩短到5天，减少了四分之三，产量增加了3倍。",
        },
    ],
    tags: &[],
    check: Check::Characters("0123456789年倍", check),
    message,
};

packed! {
    enum Fault { Year, Approximate, Mixed, Span, Bound, Less }
}

fn check(line: &str, at: usize, _: &Paragraph, hits: &mut Hits) {
    let digits = line[at..].bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        hits.pass_over(at + digits);
        number(line, at, hits);
    } else if line[at..].starts_with('年') {
        year(line, at, hits);
    } else {
        times(line, at, hits);
    }
}

/// How many bytes on each side of a figure are looked at for the same in the other form.
const NEAR: usize = 3000;

/// 减少了3倍, 下降了近两倍: the number before 倍 at byte `at`, and what is before it.
fn times(line: &str, at: usize, hits: &mut Hits) {
    let is_number = |c: char| c.is_ascii_digit() || is_chinese(c) || matches!(c, '.' | '几' | '数' | '多');
    let number = line[..at].trim_end_matches(is_number).len();
    let start = ABOUT.ending(line, number).map_or(number, |(about, _)| about.start as usize);
    if number < at
        && let Some((less, _)) = DECREASE.ending(line, start)
    {
        hits.push(Range { end: (at + '倍'.len_utf8()) as u32, ..less }, Fault::Less);
    }
}

fn year(line: &str, at: usize, hits: &mut Hits) {
    let (mut start, mut han, mut odd) = (at, 0, 0);
    for c in line[..at].chars().rev().take(4) {
        match c {
            c if "〇一二三四五六七八九".contains(c) => han += 1,
            '0' | 'O' | 'o' | '○' | '零' | 'Ｏ' | '０' => odd += 1,
            _ => return,
        }
        start -= c.len_utf8();
    }
    let first = after(line, start);
    if han + odd == 4 && odd > 0 && han >= 2 && matches!(first, Some('一' | '二')) {
        hits.push(Range::new(start, at), Fault::Year);
    }
}

/// The number in digits that starts at byte `at`.
fn number(line: &str, at: usize, hits: &mut Hits) {
    // No number is longer; a row of points and digits is looked at from each of them.
    const LONGEST: usize = 40;
    let of_number = |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',');
    let digits = line[at..].bytes().take(LONGEST).take_while(of_number).count();
    let end = at + digits;
    let tail = &line[end..];
    let unit: usize = tail.chars().take_while(|c| matches!(c, '万' | '亿' | '千' | '百')).map(char::len_utf8).sum();
    let behind = end + unit;
    if let Some((about, _)) = ABOUT.ending(line, at)
        && let Some(more) = about_again(line, behind)
    {
        hits.push(Range { end: more as u32, ..about }, Fault::Approximate);
    }
    if let Some(len) = bare_range(tail)
        && before(line, at).is_none_or(|c| !c.is_ascii())
    {
        hits.push(Range::new(at, end + len), Fault::Span);
        return;
    }
    if let Some(range) = doubled_bound(line, at, behind) {
        hits.push(range, Fault::Bound);
    }
    if digits > 2 || before(line, at).is_some_and(|c| c.is_ascii() || is_ordinal(c)) {
        return;
    }
    let Some((value @ 2..=10, _)) = read_arabic(&line[at..]) else { return };
    let Some((classifier, row)) = CLASSIFIER_SAID_AGAIN.at(line, end) else { return };
    let nouns: String = line[classifier.end as usize..].chars().take(4).take_while(|c| is_han(*c)).collect();
    // Four characters of the noun, or three where it has no more.
    for noun in [nouns.as_str(), nouns.get(..9).unwrap_or("")] {
        let said = format!("{}{}{noun}", chinese(value), row.word);
        if noun.chars().count() >= 3 && around(line, at, end, NEAR).contains(&said) {
            hits.push(Range::new(at, classifier.end as usize + noun.len()), Fault::Mixed);
            return;
        }
    }
}

/// Where 余 ends, or 左右 behind what is counted, if either stands behind the number that ends at `behind`.
fn about_again(line: &str, behind: usize) -> Option<usize> {
    if let Some((more, _)) = ABOUT_BEHIND.at(line, behind) {
        return Some(more.end as usize);
    }
    // Behind a measure and a short noun at most: 50%左右, 100人左右, 20平方米左右.
    let measure = line[behind..].char_indices().take(5).take_while(|(_, c)| is_han(*c) || matches!(c, '%' | '％'));
    measure.map(|(at, _)| behind + at).find_map(|at| ABOUT_AROUND.at(line, at)).map(|(around, _)| around.end as usize)
}

/// The length of `-8%` behind the first number of 5-8%.
fn bare_range(tail: &str) -> Option<usize> {
    let mark = tail.chars().next().filter(|c| matches!(c, '-' | '—' | '–' | '~' | '～'))?;
    let rest = &tail[mark.len_utf8()..];
    let digits = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let sign = rest[digits..].chars().next().filter(|c| matches!(c, '%' | '％'))?;
    (digits > 0).then_some(mark.len_utf8() + digits + sign.len_utf8())
}

/// 超过100亿元以上, 不足50户以下: the bound said before the number at byte `at` and once more behind
/// the unit that follows it at byte `behind`.
fn doubled_bound(line: &str, at: usize, behind: usize) -> Option<Range> {
    let (word, row) = BOUND.ending(line, at)?;
    let unit: usize = line[behind..].chars().take(3).take_while(|c| is_han(*c) && *c != '以').map(char::len_utf8).sum();
    let tail = &line[behind + unit..];
    let said = row.value.split(' ').find(|said| tail.starts_with(said))?;
    Some(Range { end: (behind + unit + said.len()) as u32, ..word })
}

/// 第3类
fn is_ordinal(c: char) -> bool {
    matches!(c, '第' | '—' | '～' | '、' | '年')
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    match context.packed() {
        Fault::Year => {
            let right: String =
                found.chars().map(|c| if matches!(c, '一'..='龥') && c != '零' { c } else { '〇' }).collect();
            let text = context.say(
                format!("数字用法：“{found}年”应为“{right}年”"),
                format!("數字用法：“{found}年”應為“{right}年”"),
                format!("{found}年 should be {right}年"),
            );
            Message { text, fix: context.replaced(&right, Grade::Style) }
        }
        Fault::Approximate => {
            let text = context.say(
                format!("数字用法：“{found}”概数说了两遍"),
                format!("數字用法：“{found}”概數說了兩遍"),
                format!("‘{found}’ says ‘about’ twice"),
            );
            Message { text, fix: None }
        }
        Fault::Span => {
            let mark = found.find(['-', '—', '–', '~', '～']).unwrap_or(0);
            let sign = if found.ends_with('％') { "％" } else { "%" };
            let rest = found[mark..].trim_start_matches(['-', '—', '–', '~', '～']);
            let right = format!("{}{sign}—{rest}", &found[..mark]);
            let text = context.say(
                format!("数字用法：“{found}”两头都带百分号，写作“{right}”"),
                format!("數字用法：“{found}”兩頭都帶百分號，寫作“{right}”"),
                format!("{found}: the percent sign belongs to both numbers ({right})"),
            );
            Message { text, fix: context.replaced(&right, Grade::Offered) }
        }
        Fault::Less => {
            let text = context.say(
                format!("数字用法：“{found}”减少不能用倍数，写成几分之几或百分之几"),
                format!("數字用法：“{found}”減少不能用倍數，寫成幾分之幾或百分之幾"),
                format!("‘{found}’: a decrease is told in parts or percent, not in times"),
            );
            Message { text, fix: None }
        }
        Fault::Bound => {
            let text = context.say(
                format!("数字用法：“{found}”前后说重了，留一头即可"),
                format!("數字用法：“{found}”前後說重了，留一頭即可"),
                format!("‘{found}’ gives its bound twice"),
            );
            Message { text, fix: None }
        }
        Fault::Mixed => {
            let digits = found.bytes().take_while(u8::is_ascii_digit).count();
            let value = read_arabic(found).map_or(0, |(value, _)| value);
            let right = format!("{}{}", chinese(value), found.get(digits..).unwrap_or(""));
            let text = context.say(
                format!("数字用法：本段另有“{right}”，此处写作“{found}”"),
                format!("數字用法：本段另有“{right}”，此處寫作“{found}”"),
                format!("‘{found}’ here, ‘{right}’ elsewhere in the paragraph"),
            );
            Message { text, fix: context.replaced(&right, Grade::Offered) }
        }
    }
}
