//! 数据不一致: 地区生产总值120亿元 on one page, 地区生产总值125亿元 on another.

use rustc_hash::FxHashMap;

use super::{Case, Check, Example, Findings, Hits, Message, Rule, Severity, Sightings};
use crate::analysis::{Detail, RelatedTo};
use crate::paragraph::Paragraph;
use crate::text::chars::{before, is_cjk_mark, is_han, is_space, is_stop, last_sentence};
use crate::text::{Range, Span};

pub static RULE: Rule = Rule {
    code: "figure-mismatch",
    name: "数据不一致",
    severity: Some(Severity::Information),
    summary: "同一时期、同一范围的同一项指标，在文中两处数字不同：去年全县地区生产总值一处是120亿元，另一处是125亿元。",
    why: "几个部门供的数、几易其稿，同一个数前后就会对不上，听的人一记就记住了。只看常用的指标，两处写明的时期、范围完全相同才比；目标、预计、约数、增速、位次，一处是另一处四舍五入的，都不算。",
    source: "实务：没有标准条文。",
    examples: &[
        Example { bad: "去年，全县地区生产总值完成120亿元，增长6%。\n要坚定信心。\n去年，全县地区生产总值达到125亿元，再上新台阶。", good: "去年，全县地区生产总值完成120.3亿元，增长6%。\n今年，全县地区生产总值达到125亿元；到2030年，力争达到200亿元。去年，全市地区生产总值完成900亿元。" },
        Example { bad: "2024年，我县一般公共预算收入8.6亿元。2024年，我县完成一般公共预算收入86000万元。2024年，我县一般公共预算收入达到6.8亿元。", good: "2024年，我县一般公共预算收入8.6亿元。2024年，我县完成一般公共预算收入86000万元。2024年上半年，我县一般公共预算收入达到4.8亿元。" },
    ],
    check: Check::Together { see, judge },
    speak,
};

/// What is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Yuan,
    People,
    Jin,
    Percent,
}

/// The names of an indicator are in one row; the first is the one that messages use. Of two names
/// that end alike the longer stands first.
const INDICATORS: [(&[&str], Unit); 18] = [
    (&["地区生产总值", "地區生產總值", "生产总值", "生產總值", "GDP"], Unit::Yuan),
    (&["规模以上工业增加值", "规上工业增加值", "規上工業增加值"], Unit::Yuan),
    (&["规模以上工业总产值", "规上工业总产值", "規上工業總產值"], Unit::Yuan),
    (&["农林牧渔业总产值"], Unit::Yuan),
    (&["固定资产投资", "固定資產投資"], Unit::Yuan),
    (&["社会消费品零售总额", "社零总额", "社會消費品零售總額"], Unit::Yuan),
    (&["地方一般公共预算收入"], Unit::Yuan),
    (&["一般公共预算收入", "一般公共預算收入"], Unit::Yuan),
    (&["一般公共预算支出", "一般公共預算支出"], Unit::Yuan),
    (&["财政总收入", "財政總收入"], Unit::Yuan),
    (&["城镇居民人均可支配收入", "城鎮居民人均可支配收入"], Unit::Yuan),
    (&["农村居民人均可支配收入", "農村居民人均可支配收入"], Unit::Yuan),
    (&["进出口总额", "外贸进出口总额", "進出口總額"], Unit::Yuan),
    (&["旅游总收入", "旅游综合收入"], Unit::Yuan),
    (&["粮食总产量", "粮食产量", "粮食总产", "糧食總產量", "糧食產量"], Unit::Jin),
    (&["常住人口城镇化率", "城镇化率"], Unit::Percent),
    (&["森林覆盖率", "森林覆蓋率"], Unit::Percent),
    (&["常住人口"], Unit::People),
];

/// What may stand between an indicator and its figure.
const VERBS: [&str; 14] =
    ["完成", "达到", "實現", "实现", "達到", "达", "達", "为", "為", "是", "总量", "总额", "规模", "共"];
/// What may stand before an indicator, beside a mark.
const HEADS: [&str; 20] = [
    "实现", "完成", "實現", "全省", "全市", "全县", "全縣", "全区", "全區", "全镇", "全乡", "全州", "我省", "我市", "我县",
    "我縣", "我区", "我镇", "年", "季度",
];
/// With one of these in the sentence a figure is of something else, or of another kind.
const OTHERWISE: [&str; 54] = [
    "力争", "确保", "目标", "预计", "预期", "计划", "争取", "将", "要", "拟", "有望", "突破", "超", "约", "近", "左右", "以上",
    "如果", "假如", "比", "较", "由", "从", "至", "其中", "分别", "同期", "上年同", "园区", "开发区", "高新区", "新区", "街道",
    "公司", "集团", "企业", "村", "人均地区", "累计", "合计", "五年", "三年", "年均", "日均", "月均", "每", "力爭", "確保",
    "目標", "預計", "預期", "計劃", "爭取", "倍",
];
/// The places that a figure may be of.
const PLACES: [char; 10] = ['国', '省', '市', '县', '縣', '区', '區', '镇', '乡', '州'];
/// Words of time.
const TIMES: [&str; 22] = [
    "去年", "今年", "上年", "前年", "全年", "上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "季度", "年初", "年底",
    "年末", "截至", "以来", "目前", "当前", "时期", "期间", "末",
];

fn see(line: &str, _: &Paragraph, hits: &mut Hits) {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + found;
        let len = bytes[start..].iter().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        at = start + len;
        if let Some(figure) = figure(line, start, at) {
            hits.push(figure.range, figure.indicator as u32);
        }
    }
}

/// A figure of an indicator.
#[derive(Clone, Debug, PartialEq)]
struct Figure<'a> {
    indicator: usize,
    /// The place and the times that stand with it.
    scope: String,
    value: f64,
    /// The value of one more in its last digit.
    step: f64,
    /// The number with its unit.
    written: &'a str,
    range: Range,
}

/// The figure with the number at the bytes `start..end`.
fn figure(line: &str, start: usize, end: usize) -> Option<Figure<'_>> {
    // Rule out nearly every number by the characters around it.
    let measured = |c: char| is_space(c) || "亿万億萬元人公斤吨噸%％".contains(c);
    let head = line.get(..start)?.trim_end_matches(is_space);
    if !line.get(end..)?.starts_with(measured) || !before(head, head.len()).is_some_and(|c| is_han(c) || c == 'P') {
        return None;
    }
    let (indicator, head, len) = indicator_before(head)?;
    let subject = head.len() - len;
    let (value, step, unit_end) = amount(line, start, end, INDICATORS[indicator].1)?;
    let ahead = &line[..subject];
    let sentence = last_sentence(ahead);
    let before_it = ahead[sentence..].trim_end_matches(is_space);
    let free = before_it.chars().next_back().is_none_or(|c| is_cjk_mark(c) || c == ',' || c == '月')
        || HEADS.iter().any(|word| before_it.ends_with(word));
    let behind: String = line[unit_end..].chars().take_while(|c| !is_stop(*c)).take(16).collect();
    let odd = |text: &str| OTHERWISE.iter().any(|word| text.contains(word));
    let more = ["余", "多", "左右", "以上", "以内", "的", "个百分点"].iter().any(|word| behind.starts_with(word));
    if !free || more || odd(&before_it.replace("截至", "")) || ["目标", "任务", "目標", "任務"].iter().any(|w| behind.contains(w)) {
        return None;
    }
    let scope = scope(before_it)?;
    let written = line.get(start..unit_end)?;
    Some(Figure { indicator, scope, value, step, written, range: Range::new(subject, unit_end) })
}

/// The indicator that `head` ends with but for a verb or two: which, the text up to its end, and the
/// length of its name.
fn indicator_before(mut head: &str) -> Option<(usize, &str, usize)> {
    for _ in 0..3 {
        let named = |names: &[&str]| names.iter().find(|name| head.ends_with(**name)).map(|name| name.len());
        if let Some((i, len)) = INDICATORS.iter().enumerate().find_map(|(i, (names, _))| Some((i, named(names)?))) {
            return Some((i, head, len));
        }
        head = VERBS.iter().find_map(|verb| head.strip_suffix(verb))?;
    }
    None
}

/// The number and its unit in the unit of the indicator, the value of its last digit, and where the
/// unit ends.
fn amount(line: &str, start: usize, end: usize, unit: Unit) -> Option<(f64, f64, usize)> {
    let digits: String = line.get(start..end)?.chars().filter(|c| *c != ',').collect();
    let value: f64 = digits.parse().ok()?;
    let decimals = digits.split_once('.').map_or(0, |(_, d)| d.len());
    let mut step = 0.1f64.powi(decimals as i32);
    let mut rest = line.get(end..)?.trim_start_matches(is_space);
    let mut factor = 1.0;
    for (word, times) in [("万亿", 1e12), ("亿", 1e8), ("億", 1e8), ("万", 1e4), ("萬", 1e4)] {
        if let Some(after) = rest.strip_prefix(word) {
            (rest, factor) = (after, times);
            break;
        }
    }
    let words: &[(&str, f64)] = match unit {
        Unit::Yuan => &[("元", 1.0)],
        Unit::People => &[("人", 1.0)],
        Unit::Jin => &[("公斤", 2.0), ("斤", 1.0), ("吨", 2000.0), ("噸", 2000.0)],
        Unit::Percent => &[("%", 1.0), ("％", 1.0)],
    };
    let (word, times) = words.iter().find(|(word, _)| rest.starts_with(word))?;
    step *= factor * times;
    Some((value * factor * times, step, line.len() - rest.len() + word.len()))
}

/// The place and the times that the sentence names before the indicator; `None` without a time.
fn scope(text: &str) -> Option<String> {
    let mut out = String::new();
    let place = text.char_indices().rev().find_map(|(at, c)| {
        let whole = matches!(before(text, at), Some('全' | '我'));
        (whole && PLACES.contains(&c)).then_some(c)
    });
    let mut timed = false;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let number = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'-').count();
        // 2024年, 1-9月
        if number > 0 && rest[number..].starts_with(['年', '月', '日']) {
            out.push_str(&rest[..number + 3]);
            at += number + 3;
            timed = true;
            continue;
        }
        if let Some(word) = TIMES.iter().find(|word| rest.starts_with(**word)) {
            out.push_str(word);
            at += word.len();
            timed = true;
            continue;
        }
        // “十四五”, 三季度, 前三季度
        if let Some(c) = rest.chars().next() {
            if c.is_ascii_digit() || "一二三四五六七八九十前—～".contains(c) {
                out.push(c);
            }
            at += c.len_utf8();
        }
    }
    out.extend(place.map(|c| match c {
        '縣' => '县',
        '區' => '区',
        c => c,
    }));
    timed.then_some(out)
}

/// So much more or less is another thing; so very much, a slip of the unit.
const FAR: f64 = 2.0;
const UNIT: f64 = 1000.0;

fn judge(sightings: &Sightings<'_>, findings: &mut Findings) {
    if sightings.list.len() < 2 {
        return;
    }
    let mut first: FxHashMap<(usize, String), (f64, f64, Span, String)> = FxHashMap::default();
    for (line, hit) in &sightings.list {
        let text = sightings.text(*line);
        let Some(start) = hit.range.of(&text).find(|c: char| c.is_ascii_digit()) else { continue };
        let start = hit.range.start as usize + start;
        let len = text[start..].bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b',')).count();
        let Some(found) = figure(&text, start, start + len) else { continue };
        let span = Span::in_line(*line, hit.range);
        let key = (found.indicator, found.scope);
        let Some((value, step, other, written)) = first.get(&key) else {
            first.insert(key, (found.value, found.step, span, found.written.to_owned()));
            continue;
        };
        let ratio = (found.value / value).max(value / found.value);
        let differs = (found.value - value).abs() > step.max(found.step) * 1.01;
        if differs && (ratio <= FAR || ratio >= UNIT) {
            let detail = Detail {
                found: found.written.to_owned(),
                expected: written.clone(),
                note: INDICATORS[found.indicator].0[0].to_owned(),
                related: vec![(*other, RelatedTo::Occurrence)],
                ..Detail::default()
            };
            findings.push(span, detail);
        }
    }
}

fn speak(case: &Case<'_>) -> Message {
    let Some(Detail { found, expected, note, .. }) = case.detail() else { return Message::default() };
    let text = case.say(
        format!("数据不一致：{note}此处是{found}，前面是{expected}"),
        format!("數據不一致：{note}此處是{found}，前面是{expected}"),
        format!("{note} is {found} here and {expected} before"),
    );
    Message { text, fix: None }
}
