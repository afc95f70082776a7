//! 过滤残留: 进1步, 1旦: a site put other characters in the place of some.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::FILTERED;
use crate::paragraph::{Paragraph, packed};
use crate::text::chars::{after, before, is_han, is_space};
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "filter-residue",
    name: "过滤残留",
    severity: Some(Severity::Warning),
    summary: "范文网站为了防复制换掉的字：“进1步”“1旦”“唯1”“十9大”，还有汉字之间的“. .”。",
    why: "有的网站把“一”换成“1”，把个别字换成点，照着念会卡住。只认固定的词；“1套”“第1名”这类数字不报。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "要进1步压实责任，1旦发现问题立即整改。",
            good: "要进一步压实责任，一旦发现问题立即整改，今年再建1套系统，前进1步。",
        },
        Example {
            bad: "深入学习贯彻党的2十大精神。", good: "深入学习贯彻党的二十大精神，荣获第1名。"
        },
        Example { bad: "要坚持问题. .导向。", good: "要坚持问题导向。. . ." },
    ],
    tags: &[],
    check: Check::Text(check),
    message,
};

packed! {
    enum Residue {
        /// A word with a numeral in place of a character.
        Word,
        /// Dots in place of one.
        Dots,
    }
}

static DOTS: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(". ."));

/// Characters before the digit in the longest of the words.
const LONGEST: usize = 4;

fn check(line: &str, _: &Paragraph, hits: &mut Hits) {
    let bytes = line.as_bytes();
    let mut done = 0;
    for at in memchr::memchr3_iter(b'1', b'2', b'9', bytes) {
        let number = |b: Option<&u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b','));
        if number(at.checked_sub(1).and_then(|at| bytes.get(at))) || number(bytes.get(at + 1)) {
            continue;
        }
        let first = line[..at].char_indices().rev().take(LONGEST).map(|(start, _)| start);
        let word = std::iter::once(at)
            .chain(first)
            .filter(|start| *start >= done)
            .find_map(|start| FILTERED.at(line, start).filter(|(word, _)| word.end as usize > at));
        if let Some((word, _)) = word {
            done = word.end as usize;
            hits.push(word, Residue::Word);
        }
    }
    if DOTS.find(bytes).is_some() {
        dots(line, hits);
    }
}

/// Two or three dots with spaces between, amid ideographs; more of them lead the eye to a page number.
fn dots(line: &str, hits: &mut Hits) {
    let mut at = 0;
    while let Some(found) = DOTS.find(&line.as_bytes()[at..]) {
        let start = at + found;
        let run = line[start..].trim_start_matches(['.', ' ']);
        let end = line.len() - run.len();
        let dots = line[start..end].matches('.').count();
        if dots <= 3 && before(line, start).is_some_and(is_han) && after(line, end).is_some_and(is_han) {
            let kept = line[start..end].trim_end_matches(is_space);
            hits.push(Range::new(start, start + kept.len()), Residue::Dots);
        }
        at = end;
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    if context.packed::<Residue>() == Residue::Dots {
        let text = context.say(
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
    let text = context.say(
        format!("过滤残留：“{found}”应为“{right}”"),
        format!("過濾殘留：“{found}”應為“{right}”"),
        format!("‘{found}’ should be ‘{right}’"),
    );
    Message { text, fix: context.replaced_raw(&right, Grade::Certain) }
}
