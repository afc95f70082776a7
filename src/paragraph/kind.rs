//! What a line as a whole is: salutation, title, boilerplate, code; and its script.

use super::{Kind, Script, allotted, directive};
use crate::lexicon::{
    BESIDE_AUTHOR, BOILERPLATE, BOILERPLATE_WITHOUT_SENTENCE, CONTENTS_TITLE, Class, MODEST, OCCASION,
    SALUTATION_PERSON, SALUTATION_START, SOURCE_LABEL,
};
use crate::markup::Block;
use crate::text::chars::{is_han, is_space};
use crate::text::fold::simplified;

/// Lines that are not read at all.
pub(super) fn special_kind(line: &str, at: usize, block: Block) -> Option<Kind> {
    match block {
        Block::Fence => return Some(Kind::Fence),
        Block::Unread => return Some(Kind::Skipped),
        Block::Rule => return Some(Kind::Rule),
        Block::Aside => return None,
        Block::Text | Block::Heading(_) => {}
    }
    let text = line[at..].trim_end_matches(is_space);
    let bytes = text.as_bytes();
    if bytes.len() >= 3
        && matches!(bytes[0], b'-' | b'*' | b'_' | b'=')
        && bytes.iter().all(|b| *b == bytes[0] || *b == b' ')
    {
        return Some(Kind::Rule);
    }
    let note = ["<!--", "【讲稿", "【jianggao"].iter().any(|start| text.starts_with(start));
    (note && directive::find(line).is_some_and(|d| d.alone)).then_some(Kind::Skipped)
}

/// What a short line without an ordinal is.
pub(super) fn kind_of_short(line: &str, at: usize) -> Kind {
    let text = line[at..].trim_matches(|c| is_space(c) || c == '*' || c == '#');
    if CONTENTS_TITLE.contains(&text.chars().filter(|c| !is_space(*c)).collect::<String>()) {
        Kind::Contents
    } else if is_salutation(text) {
        Kind::Salutation
    } else if is_title(text) {
        Kind::Title
    } else if allotted::stated(text).is_some() {
        Kind::Aside
    } else if is_boilerplate(text) {
        Kind::Boilerplate
    } else {
        Kind::Prose
    }
}

/// 同志们： 尊敬的各位领导、各位来宾：
fn is_salutation(text: &str) -> bool {
    text.strip_suffix(['：', ':']).is_some_and(|text| {
        SALUTATION_START.stands_at(text, 0)
            && !text.contains(['。', '；', '：', '“'])
            && SALUTATION_PERSON.find(text).is_some()
    })
}

/// 在……会议上的讲话, 篇二: a line that names a speech.
fn is_title(text: &str) -> bool {
    let stem = allotted::before(text).trim_end_matches(['）', ')', '》']);
    if text.contains(['。', '；', '！', '？', ';']) || text.chars().count() > 50 {
        return false;
    }
    if OCCASION.ends_at(stem, stem.len()) && ["会", "上的", "关于", "在"].iter().any(|word| stem.contains(word)) {
        return !text.starts_with('听') && !text.contains(['，', ',']);
    }
    text.strip_prefix('篇').is_some_and(|rest| {
        crate::numeral::read_count(rest)
            .is_some_and(|(_, len)| rest[len..].trim_start_matches([':', '：', ' ']).chars().count() < 40)
    })
}

/// A line with a word of boilerplate of a site or advertisement.
fn is_boilerplate(text: &str) -> bool {
    const ADDRESSES: [&str; 3] = ["http://", "https://", "www."];
    let sentence = text.contains(['。', '；', '，']) || text.ends_with('！');
    // A reference is no advertisement: 参见[手册](https://…)和…….
    let prose = text.chars().filter(|c| is_han(*c)).count() > 8;
    let has = |class: &Class| class.find(text).is_some();
    let path = text.contains("首页") && text.contains(['>', '›', '»', '＞']);
    // Who wrote it is part of the draft, unless the site says more beside it.
    let author = ["作者：", "作者:"].iter().any(|label| text.contains(label)) && has(&BESIDE_AUTHOR);
    // 以上意见仅供参考。
    has(&BOILERPLATE) && !has(&MODEST)
        || has(&BOILERPLATE_WITHOUT_SENTENCE) && !sentence
        || ADDRESSES.iter().any(|address| text.contains(address)) && !prose
        || has(&SOURCE_LABEL)
        || path
        || author
        || text.find("QQ").is_some_and(|at| text[at..].bytes().take(12).filter(u8::is_ascii_digit).count() >= 5)
}

/// Characters that Traditional text does not have.
const SIMPLIFIED: &str = "们这会说对发为个来时国学实动进过经现业问题务战设与应产关开长从众书两县区际党员导总条项权组织结办议论记让认识请读谁调谈东车农见广";

const FIRST: usize = 0x4E00;

/// A bit for each of them.
static MARKED: [u64; (0xA000 - FIRST) / 64] = marked(SIMPLIFIED.as_bytes());

const fn marked(text: &[u8]) -> [u64; (0xA000 - FIRST) / 64] {
    let mut marked = [0; (0xA000 - FIRST) / 64];
    let mut at = 0;
    while at + 2 < text.len() {
        let [a, b, c] = [text[at] as usize & 0xF, text[at + 1] as usize & 0x3F, text[at + 2] as usize & 0x3F];
        let code = (a << 12 | b << 6 | c) - FIRST;
        marked[code / 64] |= 1 << (code % 64);
        at += 3;
    }
    marked
}

/// The script of the first character that only one of the two has, among the first hundred or so.
pub(super) fn script(line: &str) -> Option<Script> {
    line.chars().take(120).find_map(|c| {
        let folded = simplified(c);
        let code = (folded as usize).checked_sub(FIRST)?;
        let marked = MARKED.get(code / 64)? >> (code % 64) & 1 == 1;
        marked.then_some(if folded == c { Script::Simplified } else { Script::Traditional })
    })
}
