//! 过滤残留: 进1步, 1旦: a site put other characters in the place of some.

use memchr::memmem;

use super::{Case, Check, Example, Hits, Message, Rule, Severity};
use crate::paragraph::Paragraph;
use crate::text::{Grade, Range};
use crate::text::chars::{after, before, is_han, is_space};

pub static RULE: Rule = Rule {
    code: "filter-residue",
    name: "过滤残留",
    severity: Some(Severity::Warning),
    summary: "范文网站为了防复制换掉的字：“进1步”“1旦”“唯1”“十9大”，还有汉字之间的“. .”。",
    why: "有的网站把“一”换成“1”，把个别字换成点，照着念会卡住。只认固定的词；“1套”“第1名”这类数字不报。",
    source: "实务；没有标准条文。",
    examples: &[
        Example { bad: "要进1步压实责任，1旦发现问题立即整改。", good: "要进一步压实责任，一旦发现问题立即整改，今年再建1套系统，前进1步。" },
        Example { bad: "深入学习贯彻党的2十大精神。", good: "深入学习贯彻党的二十大精神，荣获第1名。" },
        Example { bad: "要坚持问题. .导向。", good: "要坚持问题导向。. . ." },
    ],
    check: Check::Text(check),
    speak,
};

/// Set words with a digit where a numeral belongs.
const WORDS: [&str; 52] = [
    "进1步", "進1步", "1旦", "唯1", "1系列", "1体化", "1如既往", "1以贯之", "1票否决", "1把手", "1带1路", "1岗双责", "1致认为",
    "高度1致", "相1致", "1些", "1般来说", "1般性", "1定要", "1定程度", "1定能", "1定会", "另1方面", "1方面要", "1盘棋", "1揽子",
    "1手抓", "1抓到底", "1刻不停", "1心1意", "1点1滴", "1步1个脚印", "1视同仁", "1马当先", "1鼓作气", "万众1心", "始终如1",
    "表里如1", "知行合1", "统1思想", "统1领导", "统1部署", "统1行动", "统1战线", "统1认识", "统1到", "2十大", "2十届", "十9大",
    "十9届", "百分之1百", "万无1失",
];

const DOTS: u32 = u32::MAX;

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let bytes = line.as_bytes();
    let mut done = 0;
    for at in memchr::memchr3_iter(b'1', b'2', b'9', bytes) {
        let number = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b','));
        if number(at.checked_sub(1).and_then(|at| bytes.get(at))) || number(bytes.get(at + 1)) {
            continue;
        }
        for (row, word) in WORDS.iter().enumerate() {
            let Some(start) = word.find(|c: char| c.is_ascii_digit()).and_then(|offset| at.checked_sub(offset)) else {
                continue;
            };
            if start >= done && bytes[start..].starts_with(word.as_bytes()) && !is_counted(line, start, word) {
                done = start + word.len();
                hits.push(Range::new(start, done), row as u32);
                break;
            }
        }
    }
    if memmem::find(bytes, b". .").is_some() {
        dots(line, hits);
    }
}

/// 前进1步, 第1把手术刀, 第1揽子: a number after all.
fn is_counted(line: &str, start: usize, word: &str) -> bool {
    let (ahead, behind) = (before(line, start), after(line, start + word.len()));
    match word {
        "进1步" | "進1步" => {
            ahead.is_some_and(|c| "前后後跨迈邁推又".contains(c)) || !behind.is_some_and(is_han)
        }
        "1把手" => ahead == Some('第') || behind == Some('术'),
        _ => ahead == Some('第'),
    }
}

/// Two or three dots with spaces between, amid ideographs; more of them lead the eye to a page number.
fn dots(line: &str, hits: &mut Hits) {
    let mut at = 0;
    while let Some(found) = memmem::find(&line.as_bytes()[at..], b". .") {
        let start = at + found;
        let run = line[start..].trim_start_matches(['.', ' ']);
        let end = line.len() - run.len();
        let dots = line[start..end].matches('.').count();
        if dots <= 3 && before(line, start).is_some_and(is_han) && after(line, end).is_some_and(is_han) {
            let kept = line[start..end].trim_end_matches(is_space);
            hits.push(Range::new(start, start + kept.len()), DOTS);
        }
        at = end;
    }
}

fn speak(case: &Case<'_>) -> Message {
    let found = case.found();
    if case.data() as u32 == DOTS {
        let text = case.say(
            format!("过滤残留：“{found}”处可能换掉了字，请对照原稿"),
            format!("過濾殘留：“{found}”處可能換掉了字，請對照原稿"),
            format!("‘{found}’: a character may be gone here; see the original"),
        );
        return Message { text, fix: None };
    }
    let numeral = |c| match c {
        '1' => '一',
        '2' => '二',
        '9' => '九',
        c => c,
    };
    let right: String = found.chars().map(numeral).collect();
    let text = case.say(
        format!("过滤残留：“{found}”应为“{right}”"),
        format!("過濾殘留：“{found}”應為“{right}”"),
        format!("‘{found}’ should be ‘{right}’"),
    );
    Message { text, fix: case.replaced(&right, Grade::Certain) }
}
