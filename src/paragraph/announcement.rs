//! Announced counts: 我讲三点意见, 打好“六场硬仗”：, 要做到三个坚决。
//!
//! Looked for only where a list may follow: in the sentence before an inline list, in headings, and
//! in the last sentence of a paragraph.

use crate::numeral;
use crate::text::Range;
use crate::text::chars::{after, any_of, before, is_boundary, is_han, is_stop, last_sentence, simplified};
use crate::text::position::floor;

/// A count that a list may have to match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// From the number to the end of the noun.
    pub range: Range,
    /// The text of `range`.
    pub text: Box<str>,
    pub number: Range,
    pub count: u32,
    /// The noun behind the classifier, simplified: 攻坚战 in 五个攻坚战; may be empty.
    pub noun: Box<str>,
    /// The speaker says that a list of his own follows: 讲三点意见, 有三点考虑.
    pub spoken: bool,
    /// A noun that stands for items of a list whatever they are: 方面, 措施, 要求.
    pub is_abstract: bool,
    /// Only marks stand between the noun and the end of the sentence.
    pub closes_sentence: bool,
    /// The sentence ends with a colon or a dash.
    pub colon: bool,
    /// The byte where the sentence with the count ends, mark included.
    pub sentence_end: u32,
    pub place: Place,
}

/// Where in its paragraph an announcement stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the heading behind the ordinal.
    Heading,
    /// In the sentence before the first item of an inline list.
    BeforeInline,
    /// In one of the last sentences of the paragraph.
    Last,
}

const CLASSIFIERS: &str = "个点条项句层场种大方关张件类步道招环把支对篇字";
const ABSTRACT: [&str; 40] = [
    "方面", "意见", "要求", "问题", "措施", "关系", "环节", "任务", "原因", "特点", "体会", "启示", "坚持", "必须",
    "到位", "转变", "突破", "提升", "有没有", "建议", "希望", "考虑", "议程", "事项", "工作", "重点", "着力", "句话",
    "层意思", "关键词", "抓手", "结合", "想法", "感受", "话题", "议题", "专题", "课题", "内容", "部分",
];
/// Nouns of a speaker's own list; an empty noun behind 点 and 条 counts as one.
const SPOKEN: [&str; 26] = [
    "意见", "要求", "建议", "问题", "体会", "希望", "考虑", "议程", "方面", "句话", "层意思", "关键词", "想法", "感受",
    "事", "看法", "认识", "事项", "任务", "情况", "话题", "议题", "专题", "课题", "内容", "部分",
];
/// Whatever is said: 说三句心里话, 送大家三个祝愿.
const SAYING: [&str; 13] =
    ["讲", "谈", "说", "提", "强调", "送", "送给", "提出", "分享", "汇报", "补充", "表达", "交流"];
/// Who it is said to.
const ADDRESSED: [&str; 6] = ["大家", "同志们", "各位", "你们", "同学们", "朋友们"];
/// What is said to be so many: 会议的议程有三项.
const COUNTED: [&str; 6] = ["议程", "内容", "任务", "事项", "议题", "要求"];
const SPEAKING: [&str; 16] = [
    "讲", "谈", "说", "提", "强调", "有", "讲话", "汇报", "通报", "分享", "交流", "报告", "安排", "部署", "明确",
    "把握",
];
/// What begins a measure rather than a noun: 三个月, 两个多小时, 3个百分点.
const MEASURED: [&str; 17] = [
    "月", "小时", "多", "百分点", "亿", "万", "百", "人", "单位", "企业", "园区", "县", "市", "区", "省", "季度",
    "国家",
];
/// How many bytes of a sentence are looked at, from its end.
const REACH: usize = 450;
/// Fixed formulas whose count is part of a name; never the announcement of a list that follows.
const FORMULAS: [&str; 44] = [
    "四个意识", "四个自信", "两个维护", "两个确立", "四个全面", "五位一体", "三会一课", "三严三实", "六稳", "六保",
    "三农", "两会", "一带一路", "两不愁", "三管三必须", "一岗双责", "两个责任", "四风", "八项规定", "四位一体",
    "三社联动", "一创两高", "四包四保", "五比五赛", "四个四", "两个一百年", "三个代表", "五大发展理念", "五个一工程",
    "三重一大", "四种形态", "五大战略", "两个毫不动摇", "三大攻坚战", "四个伟大", "十四个坚持", "十个明确", "六个必须",
    "九个坚持", "四个服务", "三个务必", "两个结合", "三个区分开来", "五个文明",
];

/// The announcements in the sentence of `line` that ends at byte `end` (its mark included) and does
/// not begin before byte `from`.
pub fn scan(line: &str, from: usize, end: usize, place: Place, out: &mut Vec<Announcement>) {
    let start = sentence_start(line, from, end);
    let Some(sentence) = line.get(start..end) else {
        return;
    };
    let bytes = sentence.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let lead = bytes[at];
        // Every Chinese digit starts with one of two bytes; most characters are passed over by it.
        let width = match lead {
            0..0x80 => 1,
            0xC0..0xE0 => 2,
            0xF0.. => 4,
            _ => 3,
        };
        let numeral = match lead {
            b'1'..=b'9' => true,
            0xE4 | 0xE5 => numeral::starts_count(&bytes[at..]),
            0xEF => bytes.get(at + 1) == Some(&0xBC) && matches!(bytes.get(at + 2), Some(0x91..=0x99)),
            _ => false,
        };
        if numeral && let Some(found) = announcement(line, start + at, start, end, place) {
            at = found.range.end as usize - start;
            out.push(found);
        } else {
            at += width;
        }
    }
}

/// Where the sentence that ends at `end` begins.
fn sentence_start(line: &str, from: usize, end: usize) -> usize {
    let Some(head) = line.get(from..end) else {
        return from;
    };
    let body = head.trim_end_matches(|c| is_stop(c) || matches!(c, '：' | ':' | '；' | ';' | '”' | '—' | ' ' | '　'));
    // A longer sentence is looked at from its last part on: the count stands near the list.
    let body_end = from + body.len();
    let from = from.max(floor(line, end.saturating_sub(REACH)));
    from + line.get(from..body_end).map_or(0, last_sentence)
}

fn announcement(line: &str, at: usize, start: usize, end: usize, place: Place) -> Option<Announcement> {
    let (count, len) = numeral::read_count(line.get(at..end)?)?;
    let mut noun_at = at + len;
    let classifier = after(line, noun_at)?;
    // One of anything announces no list; so do long ones.
    if !CLASSIFIERS.contains(classifier) || !(2..=20).contains(&count) {
        return None;
    }
    if before(line, at).is_some_and(|c| {
        numeral::is_chinese(c)
            || c.is_ascii_digit()
            || matches!(c, '第' | '.' | '几' | '前' | '后' | '近' | '约' | '某' | '每')
    }) {
        return None;
    }
    // The classifier is the beginning of the noun: 三方面, 两句话.
    if any_of(line, noun_at, &["方面", "句话", "层意思", "关键"]).is_none() {
        noun_at += classifier.len_utf8();
    }
    let noun_len = noun_length(line.get(noun_at..end)?);
    let noun_end = noun_at + noun_len;
    if any_of(line, noun_at, &MEASURED).is_some() || noun_len == 3 && any_of(line, noun_at, &["大"]).is_some() {
        return None;
    }
    let rest = line[noun_end..end].trim_end();
    let closes_sentence = rest.chars().all(|c| is_boundary(c) || c == '"');
    let colon = rest.ends_with(['：', ':', '—']);
    let mut noun: String = line[noun_at..noun_end].chars().map(simplified).collect();
    // 三个问题展开讨论: the noun ends with the word that stands for the items.
    let mut noun_end = noun_end;
    if let Some(word) = ABSTRACT
        .iter()
        .find(|word| noun.starts_with(**word) && !noun[word.len()..].starts_with(['意', '要', '工', '问']))
    {
        noun.truncate(word.len());
        noun_end = noun_at + word.len();
    }
    let is_abstract = ABSTRACT.iter().any(|word| noun.ends_with(word) || noun.starts_with(word));
    let spoken = is_spoken(line, at, start, &noun, classifier, closes_sentence);
    // Nothing that a list could be bound to.
    if !(spoken || closes_sentence || colon && is_abstract || place == Place::Heading) {
        return None;
    }
    let whole: String = line[at..noun_end].chars().map(simplified).collect();
    if FORMULAS.iter().any(|formula| whole.starts_with(formula)) {
        return None;
    }
    Some(Announcement {
        range: Range::new(at, noun_end),
        text: line[at..noun_end].into(),
        number: Range::new(at, at + len),
        count,
        noun: noun.into(),
        spoken,
        is_abstract,
        closes_sentence,
        colon,
        sentence_end: end as u32,
        place,
    })
}

/// 我讲三点意见, 有两个方面的考虑: the speaker's own list, not one that is quoted.
fn is_spoken(line: &str, at: usize, start: usize, noun: &str, classifier: char, closes: bool) -> bool {
    let item = noun.is_empty() && matches!(classifier, '项' | '个');
    let own =
        SPOKEN.iter().any(|word| noun.ends_with(word)) || noun.is_empty() && matches!(classifier, '点' | '条' | '句');
    // 说三句心里话。: whatever is said, where the list follows at once.
    let said = closes && {
        let clause = line[clause_start(line, start, at)..at].trim_end_matches(['了', '这', '么', '以', '下', '如']);
        let clause = ADDRESSED.iter().find_map(|word| clause.strip_suffix(word)).unwrap_or(clause);
        SAYING.iter().any(|verb| clause.ends_with(verb))
    };
    if !(own || item || said) || line[start..at].rfind(['“', '「', '『']) > line[start..at].rfind(['”', '」', '』'])
    {
        return false;
    }
    let clause: String = line[clause_start(line, start, at)..at].chars().map(simplified).collect();
    // 从提出问题、分析问题、解决问题三个方面: what is counted stands before.
    let last = clause.rsplit('、').next().unwrap_or("");
    // 重点抓好三件事
    let done = noun == "事" && ["抓", "做", "办", "议"].iter().any(|verb| last.contains(verb));
    (done || said || SPEAKING.iter().any(|verb| last.contains(verb)))
        && !clause.ends_with('等')
        && (!item || clause.ends_with(['有', '是', '为']) && COUNTED.iter().any(|word| clause.contains(word)))
}

/// The length in bytes of the noun at the start of `text`: Han characters up to a mark or a word
/// that ends a noun phrase, at most eight.
fn noun_length(text: &str) -> usize {
    let mut len = 0;
    for (count, c) in text.chars().enumerate() {
        if !is_han(c) || count >= 8 || matches!(c, '的' | '和' | '与' | '，' | '讲' | '来' | '上') && count > 0 {
            break;
        }
        len += c.len_utf8();
    }
    len
}

fn clause_start(line: &str, start: usize, at: usize) -> usize {
    let head = line.get(start..at).unwrap_or("");
    head.rfind(|c| is_boundary(c) && !matches!(c, '“' | '‘' | '、' | '「' | '『'))
        .map_or(start, |i| start + i + head[i..].chars().next().map_or(0, char::len_utf8))
}
