//! 繁简转换: 剛纔, 乾部, 同誌

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::CONVERTED_WRONGLY;
use crate::lexicon::dictionary::cost_of_cuts;
use crate::text::fold::fold;
use crate::text::position::around;
use crate::text::set::CharSet;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "conversion-residue",
    name: "繁简转换",
    severity: Some(Severity::Information),
    summary: "繁简转换工具转错的字：“乾部”（幹部）、“同誌”（同志）、“剛纔”（剛才）、“關繫”（關係）。",
    why: "一个简化字对应几个繁体字，机器逐字转换就会选错；地区用词替换还会把“高考”改成“大學聯考”。只查表里列出的词。",
    source: "《通用规范汉字表》附件1（规范字与繁体字、异体字对照表）。",
    examples: &[
        Example { bad: "剛纔，縣委書記作了講話。", good: "剛才，縣委書記作了講話。" },
        Example { bad: "廣大乾部要帶頭。", good: "廣大幹部要帶頭，環境要乾淨。" },
        Example {
            bad: "同誌們要統籌考慮全麵工作。", good: "同志們要統籌考慮全面工作，雜誌、麵粉照舊。"
        },
        Example { bad: "大學聯考成績喜人。", good: "高考成績喜人。" },
        Example {
            bad: "為瞭方便群眾，由縣裡關註進展。",
            good: "為瞭解實情，由主管機關註銷登記，比照標準予以補助，加註意見後由院長徵詢各方。",
        },
    ],
    tags: &[],
    check: Check::RawWords(&CONVERTED_WRONGLY, check),
    message,
};

fn check(line: &str, range: Range, hits: &mut Hits) {
    let (right, remark) = said(range.of(line));
    match remark {
        "dialect" => hits.push_as(Severity::Hint, range, ()),
        "shared"
            if !is_traditional(around(line, range.start as usize, range.end as usize, BESIDE))
                || is_chance(line, range, right) => {}
        _ => hits.push(range, ()),
    }
}

/// True when what is right elsewhere stands there by chance, across words: 口頭發言.
fn is_chance(line: &str, range: Range, right: &str) -> bool {
    // Words reach no further.
    const NEAR: usize = 10;
    let (head, tail) = (line.get(..range.start as usize).unwrap_or(""), line.get(range.end as usize..).unwrap_or(""));
    let head = head.char_indices().rev().nth(NEAR).map_or(head, |(at, _)| &head[at..]);
    let tail = tail.char_indices().nth(NEAR).map_or(tail, |(at, _)| &tail[..at]);
    let corrected = [head, right, tail].concat();
    let start = head.len();
    let folded = fold(&corrected);
    cost_of_cuts(&folded, &[start, start + right.len()]).is_some_and(|cost| cost > 0)
}

/// How the word is written, and what the table remarks on it.
fn said(found: &str) -> (&'static str, &'static str) {
    let value = CONVERTED_WRONGLY.value(found);
    value.split_once(' ').unwrap_or((value, ""))
}

/// How many bytes on each side of a word show the script of the text.
const BESIDE: usize = 1500;

/// 特征 and 精准 are right in Simplified text.
fn is_traditional(line: &str) -> bool {
    static ONES: CharSet = CharSet::of("們這會為爲個來時國發對");
    ONES.find(line, 0).is_some()
}

fn message(context: &FindingContext<'_>) -> Message {
    let (found, right) = (context.found(), said(context.found()).0);
    let text = context.say(
        format!("繁简转换：“{found}”应为“{right}”"),
        format!("繁簡轉換：“{found}”應為“{right}”"),
        format!("conversion: ‘{found}’ should be ‘{right}’"),
    );
    Message { text, fix: context.replaced_raw(right, Grade::Offered) }
}
