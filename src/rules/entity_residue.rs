//! 实体残留: &nbsp; &ldquo; and characters that a wrong encoding left.

use super::message::quoted;
use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::paragraph::{Packed, Paragraph};
use crate::text::chars::any_of;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "entity-residue",
    name: "实体残留",
    severity: Some(Severity::Warning),
    summary: "网页里没有解码的字符实体（&nbsp;、&ldquo;、mdash;）和转码留下的乱码（�、锟斤拷）。",
    why: "从网页复制、转换编码时留下的，印出来就是乱码。Markdown 里的实体会被解码，不算。",
    source: "HTML 标准的命名字符引用；没有公文标准条文。",
    examples: &[
        Example { bad: "要树牢&ldquo;四个意识&rdquo;。", good: "要树牢“四个意识”。" },
        Example {
            bad: "&nbsp;&nbsp;今年以来，成效明显。", good: "今年以来，R&D；投入明显增长。"
        },
        Example { bad: "各级领导干部要带头�实。", good: "各级领导干部要带头落实。" },
    ],
    tags: &[],
    check: Check::Characters(";\u{FFFD}锟烫", check),
    message,
};

/// Names of entities, what they stand for, and whether the name alone, without its &, gives it away.
const ENTITIES: [(&str, &str, bool); 22] = [
    ("nbsp", "", true),
    ("ensp", "", false),
    ("emsp", "", false),
    ("thinsp", "", false),
    ("ldquo", "“", true),
    ("rdquo", "”", true),
    ("lsquo", "‘", true),
    ("rsquo", "’", true),
    ("mdash", "—", true),
    ("ndash", "–", true),
    ("hellip", "…", true),
    ("middot", "·", true),
    ("bull", "•", false),
    ("quot", "\"", true),
    ("amp", "&", false),
    ("lt", "<", false),
    ("gt", ">", false),
    ("laquo", "《", false),
    ("raquo", "》", false),
    ("lsaquo", "〈", false),
    ("rsaquo", "〉", false),
    ("permil", "‰", false),
];

const GARBLED: [&str; 3] = ["\u{FFFD}", "锟斤拷", "烫烫烫"];

/// What was left.
#[derive(Clone, Copy)]
enum Residue {
    /// An entity by its place in the table.
    Named(usize),
    /// One by its number.
    Numbered,
    Garbled,
}

impl Packed for Residue {
    fn pack(self) -> u32 {
        match self {
            Self::Named(index) => index as u32,
            Self::Numbered => 1000,
            Self::Garbled => 1001,
        }
    }

    fn unpack(bits: u32) -> Self {
        match bits {
            1000 => Self::Numbered,
            1001 => Self::Garbled,
            index => Self::Named(index as usize),
        }
    }
}

fn check(line: &str, at: usize, paragraph: &Paragraph, hits: &mut Hits) {
    if let Some(text) = any_of(line, at, &GARBLED) {
        let rest = &line[at..];
        let end = line.len() - rest.trim_start_matches(text).len();
        hits.pass_over(end);
        hits.push(Range::new(at, end), Residue::Garbled);
    } else if !paragraph.markdown
        && line[at..].starts_with(';')
        && let Some((start, residue)) = entity(line, at)
    {
        hits.push(Range::new(start, at + 1), residue);
    }
}

/// The entity that ends with the semicolon at byte `end`: where it starts and which it is.
fn entity(line: &str, end: usize) -> Option<(usize, Residue)> {
    let head = line.get(..end)?;
    let name_len = head.bytes().rev().take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').take(8).count();
    let start = end - name_len;
    let name = head.get(start..)?;
    let marked = head[..start].ends_with('&');
    if let Some(code) = name.strip_prefix('#') {
        return (marked && decoded(code).is_some()).then(|| (start - 1, Residue::Numbered));
    }
    let index = ENTITIES.iter().position(|(known, ..)| *known == name)?;
    match (marked, ENTITIES[index].2) {
        (true, _) => Some((start - 1, Residue::Named(index))),
        (false, true) => Some((start, Residue::Named(index))),
        _ => None,
    }
}

fn decoded(code: &str) -> Option<char> {
    let code = match code.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => code.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| !c.is_control())
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let character = match context.packed() {
        Residue::Garbled => {
            let text = context.say(
                format!("乱码：“{found}”处原有的字已丢失，请对照原稿补上"),
                format!("亂碼：“{found}”處原有的字已丟失，請對照原稿補上"),
                format!("‘{found}’: characters were lost here; see the original"),
            );
            return Message { text, fix: None };
        }
        Residue::Numbered => {
            decoded(found.trim_start_matches(['&', '#']).trim_end_matches(';')).map_or(String::new(), |c| match c {
                '\u{A0}' | '\u{2002}'..='\u{200B}' => String::new(),
                c => c.to_string(),
            })
        }
        Residue::Named(index) => ENTITIES.get(index).map_or("", |e| e.1).to_owned(),
    };
    let shown = quoted(&character);
    let text = match character.as_str() {
        "" => context.say(
            format!("实体残留：“{found}”是网页代码，应删去"),
            format!("實體殘留：“{found}”是網頁代碼，應刪去"),
            format!("‘{found}’ is code of a web page; delete it"),
        ),
        _ => context.say(
            format!("实体残留：“{found}”是网页代码，应为{shown}"),
            format!("實體殘留：“{found}”是網頁代碼，應為{shown}"),
            format!("‘{found}’ is code of a web page for {character}"),
        ),
    };
    Message { text, fix: context.replaced(&character, Grade::Offered) }
}
