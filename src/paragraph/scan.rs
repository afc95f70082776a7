//! One pass over the text of a paragraph.
//!
//! Nearly everything that matters stands at, or right behind, a character that is no common
//! ideograph: punctuation, Latin letters, digits, stars. The pass skips from one such character to
//! the next; the few words that are all ideographs are searched for by themselves.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use super::announcement;
use super::genre::Traits;
use super::inline::{assign_scopes, behind_words, keep_candidates, part_headings};
use super::kind::{kind_of_short, script, special_kind};
use super::marker::Marker;
use super::ordinals;
use super::style::Collector;
use super::{Kind, LONG, Opening, Paragraph, Pattern, StructuralFacts, Structure, directive, lead};
use crate::lexicon::own::Words;
use crate::lexicon::{CLOSING_ADDRESS, FIRST_ITEM};
use crate::markup::{Block, Evidence, Line, Mode, evidence};
use crate::numeral;
use crate::placeholder::{self, Placeholder};
use crate::text::Range;
use crate::text::chars::{after, any_of, before, has, is_boundary, is_clause_end, is_space, is_tag, skip_spaces};
use crate::text::fold::fold;
use crate::text::set::CharSet;

/// What a scan depends on besides the text.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub mode: Mode,
    /// The draft is read as Markdown, whether it says so or not.
    pub markdown: bool,
    /// Whether the draft is official prose; `None`: by what stands in it.
    pub official: Option<bool>,
    /// Words of the house, by class.
    pub words: Option<Arc<Words>>,
    /// Literal placeholders of the house.
    pub placeholders_add: Vec<String>,
    /// Literal texts that are no placeholders here.
    pub placeholders_remove: Vec<String>,
}

/// The facts of `line`, which is in Markdown what `marked` says.
pub fn scan(line: &str, marked: Line, options: &Options) -> Paragraph {
    let Line { block, prose } = marked;
    // A note to the program is no prose, whatever else its marks may be.
    let note = || line.contains("<!--") && directive::find(line).is_some_and(|note| note.alone);
    let prose = prose.filter(|_| !note());
    let mut paragraph = match prose {
        None => read(line, block, options),
        Some(prose) => {
            let paragraph = read(&prose.text, block, options).marked_up(prose);
            let mut paragraph = Paragraph { directive: directive_of(line), ..paragraph };
            paragraph.style.set_apart = line.trim_start_matches(is_space).starts_with(['>', '<']);
            paragraph
        }
    };
    paragraph.block = block;
    if paragraph.structural.kind == Kind::Prose && paragraph.head().is_none() {
        paragraph.structural.lead = lead::find(line).map(Box::new);
    }
    paragraph.traits.look_at(line, paragraph.is_checked());
    paragraph.evidence = if options.mode == Mode::Markdown { Evidence::default() } else { evidence(line) };
    paragraph
}

/// The facts of a line that has no markup in it.
fn read(line: &str, block: Block, options: &Options) -> Paragraph {
    let folded = fold(line);
    let mut paragraph = read_folded(&folded, block, options);
    if let Cow::Owned(_) = folded {
        paragraph.folds = true;
        paragraph.script = paragraph.script.and_then(|_| script(line));
        paragraph.style.end = paragraph.style.end.and_then(|_| line.trim_end_matches(is_space).chars().next_back());
        paragraph.directive = paragraph.directive.and_then(|_| directive_of(line));
        paragraph.style.redigest(line);
        // What is shown of the line is shown in its own script.
        if let Some(structure) = paragraph.structural.structure.as_deref_mut() {
            for m in
                structure.head.iter_mut().chain(structure.alternative.as_deref_mut()).chain(structure.inline.iter_mut())
            {
                m.text = m.range.of(line).into();
                m.heading = m.title.of(line).into();
            }
            for a in &mut structure.announcements {
                a.text = a.range.of(line).into();
            }
            structure.name = structure.title.of(line).into();
        }
    }
    paragraph
}

/// The facts of a line in Simplified characters.
fn read_folded(line: &str, block: Block, options: &Options) -> Paragraph {
    let text_start = skip_spaces(line, 0);
    if text_start == line.len() {
        return Paragraph::default();
    }
    let mut paragraph = Paragraph::default();
    let start = skip_prefix(line, text_start);
    if let Some(kind) = special_kind(line, text_start, block) {
        paragraph.structural.kind = kind;
        paragraph.directive = directive_of(line);
        paragraph.traits = Traits::of(line, &paragraph, block);
        return paragraph;
    }
    let mut pass = Pass {
        line,
        start,
        after_head: start,
        spoken: 0,
        letters: 0,
        inline: Vec::new(),
        extra: None,
        has_bracket: false,
        style: Collector::default(),
    };
    let mut head = ordinals::head(line, start);
    if any_of(line, start, &["此外", "另外"]).is_some() {
        pass.extra = Some(start as u32);
    }
    pass.run(head.as_ref());
    let Pass { mut inline, extra, spoken, letters, has_bracket, style, .. } = pass;
    let place = placeholder::Place { markdown: options.markdown, start };
    let placeholders = placeholders(line, &place, options);
    behind_words(line, start, head.as_ref(), &mut inline);
    let length = length_up_to_long(line);
    keep_candidates(line, &mut inline, head.as_ref(), length <= LONG);
    if !inline.is_empty() {
        assign_scopes(line, &mut inline);
        part_headings(line, head.as_mut(), &mut inline);
    }
    paragraph.spoken = spoken;
    paragraph.letters = letters;
    paragraph.script = script(line);
    paragraph.style = style.finish(line, text_start);
    paragraph.markdown = options.markdown;
    if has_bracket {
        paragraph.directive = directive_of(line);
    }
    if block == Block::Aside {
        paragraph.structural.kind = Kind::Aside;
        paragraph.placeholders = placeholders.into();
        paragraph.traits = Traits::of(line, &paragraph, block);
        return paragraph;
    }
    paragraph.structural = StructuralFacts {
        kind: Kind::Prose,
        indented: text_start > 0,
        ends_sentence: ends_sentence(line),
        addresses: CLOSING_ADDRESS.stands_at(line, start),
        length,
        lead: None,
        structure: None,
    };
    let alternative = head.as_ref().and_then(|head| ordinals::alternative(line, start, head)).map(Box::new);
    let (begins, first_said) = begins_list(line);
    if head.is_none() && length <= 60 {
        paragraph.structural.kind = kind_of_short(line, start);
    }
    let announcements = announcement::find(line, start, head.as_ref(), &inline);
    let opening = if head.is_none() { opening(line, start) } else { None };
    let attachment = is_attachment(line, start);
    let heading = match block {
        Block::Heading(level) => level,
        _ => line[text_start..].bytes().take_while(|b| *b == b'#').count().min(6) as u8,
    };
    let title = match block {
        Block::Heading(_) => Range::new(start, line.trim_end_matches(is_space).len()),
        _ => Range::default(),
    };
    let structured =
        head.is_some() || !inline.is_empty() || !announcements.is_empty() || opening.is_some() || !title.is_empty();
    if structured || extra.is_some() || attachment || begins {
        paragraph.structural.structure = Some(Box::new(Structure {
            head,
            alternative,
            inline: inline.into(),
            announcements: announcements.into(),
            opening,
            extra,
            start: start as u32,
            heading,
            title,
            name: title.of(line).into(),
            begins,
            first_said,
            attachment,
        }));
    }
    paragraph.placeholders = placeholders.into();
    paragraph.traits = Traits::of(line, &paragraph, block);
    paragraph
}

/// 附件：1.…… and 附件 on a line of its own.
fn is_attachment(line: &str, at: usize) -> bool {
    any_of(line, at, &["附件", "附：", "附:"]).is_some()
        && length_up_to_long(line) <= 60
        && !line.trim_end_matches(is_space).ends_with(['。', '！', '？', '；', '，'])
}

fn directive_of(line: &str) -> Option<Box<directive::Directive>> {
    directive::find(line).map(Box::new)
}

/// Where the text of a paragraph starts: behind indentation and prefix.
pub fn text_start(line: &str) -> usize {
    skip_prefix(line, skip_spaces(line, 0))
}

/// Past what scraped text has before its words: `## `, `> `, `- `, `<p>`.
fn skip_prefix(line: &str, at: usize) -> usize {
    let mut at = at;
    loop {
        let rest = &line[at..];
        let first = rest.as_bytes().first().copied().unwrap_or(b' ');
        if first >= 0x80 {
            return at;
        }
        let hashes = rest.bytes().take_while(|b| *b == b'#').count();
        let next = match first {
            b'#' if hashes <= 6
                && (rest[hashes..].starts_with([' ', '\u{3000}']) || ordinals::head(line, at + hashes).is_some()) =>
            {
                at + hashes
            }
            b'>' => at + 1,
            b'-' | b'+' | b'*' if rest[1..].starts_with(' ') => at + 1,
            b'<' => match rest.bytes().take(7).position(|b| b == b'>') {
                Some(i) if rest[1..i].bytes().all(|b| b.is_ascii_alphanumeric()) => at + i + 1,
                _ => return at,
            },
            _ => return at,
        };
        at = skip_spaces(line, next);
    }
}

struct Pass<'a> {
    line: &'a str,
    start: usize,
    after_head: usize,
    spoken: u32,
    letters: u32,
    inline: Vec<Marker>,
    extra: Option<u32>,
    has_bracket: bool,
    style: Collector,
}

impl Pass<'_> {
    fn run(&mut self, head: Option<&Marker>) {
        let line = self.line;
        let bytes = line.as_bytes();
        let after_head = head.map_or(self.start, |h| h.range.end as usize);
        self.after_head = after_head;
        let mut at = self.start;
        let mut han = 0u32;
        while at < bytes.len() {
            let b = bytes[at];
            // U+4000…U+9FFF: three bytes, nothing to see.
            if b.wrapping_sub(0xE4) < 6 {
                at += 3;
                han += 1;
                continue;
            }
            let Some(c) = after(line, at) else { break };
            let end = at + c.len_utf8();
            let next = if b < 0x80 { self.ascii(at, c) } else { self.mark(at, c) };
            // What was taken as a whole has its brackets in pairs.
            if next <= end {
                if b >= 0x80 {
                    self.style.wide(line, at, c);
                } else if matches!(c, ',' | '.' | ';' | ':' | '!' | '(' | ')' | '"') {
                    self.style.narrow(line, at, c, at >= after_head);
                }
            }
            if at >= after_head && (is_boundary(c) || c == '.' && ordinals::is_half_width_stop(line, end)) {
                self.ordinal(end);
            }
            at = next.max(end);
        }
        self.spoken += han;
    }

    /// An ASCII character; returns where to go on.
    fn ascii(&mut self, at: usize, c: char) -> usize {
        let line = self.line;
        match c {
            '0'..='9' => {
                self.spoken += 1;
                // Before 年 XX may stand behind digits; the X looks back itself.
                at + 1
            }
            'a'..='z' | 'A'..='Z' => {
                let bytes = line.as_bytes();
                let mut end = at;
                while end < bytes.len() && bytes[end].is_ascii_alphabetic() {
                    end += 1;
                }
                // XX is no word of another language.
                self.letters += bytes[at..end].iter().filter(|b| !matches!(b, b'X' | b'x')).count() as u32;
                if line[at..].starts_with("times;") {
                    return end + 1;
                }
                // An address or a file name goes on to the next character that cannot be part of it.
                if bytes.get(end) == Some(&b':') && line[end..].starts_with("://") || line[at..].starts_with("www.") {
                    return at + line[at..].find(|c: char| !c.is_ascii() || c == ' ').unwrap_or(line.len() - at);
                }
                end
            }
            '<' => {
                // A tag or a comment.
                match line[at..].bytes().take(400).position(|b| b == b'>').filter(|_| is_tag(&line[at..])) {
                    Some(i) => {
                        self.has_bracket = true;
                        at + i + 1
                    }
                    _ => at + 1,
                }
            }
            '*' | '_' => {
                let same = line.as_bytes()[at..].iter().take_while(|b| **b == c as u8).count();
                at + same
            }
            '?' => {
                let same = line.as_bytes()[at..].iter().take_while(|b| **b == b'?').count();
                if same == 1 {
                    self.style.narrow(line, at, c, true);
                }
                at + same
            }
            '[' => {
                self.has_bracket = true;
                at + 1
            }
            '\'' => self.style.pairing.apostrophes(line, at),
            ' ' => skip_spaces(line, at),
            _ => at + 1,
        }
    }

    /// A character beyond ASCII that is no common ideograph; returns where to go on.
    fn mark(&mut self, at: usize, c: char) -> usize {
        let end = at + c.len_utf8();
        match c {
            '×' | '╳' | '✕' | 'х' | 'Х' | 'Ｘ' | 'ｘ' | '＊' | '＿' | '○' | '〇' | '◯' | '□' | '△' | '▲' | '■'
            | '…' | '～' | '？' => {
                let same: usize = self.line[at..].chars().take_while(|d| *d == c).map(char::len_utf8).sum();
                at + same
            }
            '（' => {
                if at >= self.after_head {
                    self.candidate(at);
                }
                end
            }
            '①'..='⑳' => {
                if at >= self.after_head {
                    self.candidate(at);
                }
                end
            }
            '【' => {
                self.has_bracket = true;
                end
            }
            '\u{3000}' | '\u{A0}' => skip_spaces(self.line, at),
            '０'..='９' => {
                self.spoken += 1;
                end
            }
            _ => {
                self.spoken += u32::from(crate::text::chars::is_han(c));
                end
            }
        }
    }

    /// Behind a boundary at byte `at`: an ordinal?
    fn ordinal(&mut self, at: usize) {
        let line = self.line;
        // Markers start with one of a few bytes; most characters are ruled out by the first.
        let Some(&b) = line.as_bytes().get(at) else {
            return;
        };
        if !(matches!(b, 0xE4 | 0xE5 | 0xE7 | 0xE9 | 0xE6 | 0xE2 | 0xE3 | 0xEF | b' ' | b'(')
            || b.is_ascii_alphanumeric())
        {
            return;
        }
        let at = skip_spaces(line, at);
        let Some(c) = after(line, at) else { return };
        match c {
            '此' | '另' if any_of(line, at, &["此外", "另外"]).is_some() => self.extra = Some(at as u32),
            '第' | '其' | '首' | '再' | '最' | '另' | '（' | '(' => self.candidate(at),
            '0'..='9' | '０'..='９' | 'A'..='J' | 'a'..='j' => self.candidate(at),
            _ if numeral::beginning(c).is_some() || numeral::one_piece(c).is_some() => self.candidate(at),
            _ => {}
        }
    }

    fn candidate(&mut self, at: usize) {
        if self.inline.last().is_some_and(|last| last.range.end as usize > at) {
            return;
        }
        self.inline.extend(ordinals::inline(self.line, at, false));
    }
}

/// The candidates of the line, and the words that the settings add; those that they take out are left out.
fn placeholders(line: &str, place: &placeholder::Place, options: &Options) -> Vec<Placeholder> {
    let mut found = placeholder::read(line, place);
    let removed = |p: &Placeholder| {
        options.placeholders_remove.iter().any(|text| {
            let text = fold(text);
            *text == *p.range.of(line) || *text == *p.unit.of(line)
        })
    };
    found.retain(|p| !removed(p));
    let before = found.len();
    for text in options.placeholders_add.iter().filter(|text| !text.is_empty()) {
        let text = &*fold(text);
        let places = line.match_indices(text);
        found.extend(places.map(|(at, _)| placeholder::house(line, Range::new(at, at + text.len()))));
    }
    if found.len() > before {
        // Of two that overlap the longer stays.
        found.sort_by_key(|p| (p.range.start, std::cmp::Reverse(p.range.end)));
        found.dedup_by(|b, a| b.range.start < a.range.end);
    }
    found
}

/// Whether the paragraph holds another way to begin a list: 首先, 第一, 一个是; and where one first begins a clause
/// that ordinals may count on from: 头一件.
fn begins_list(line: &str) -> (bool, Option<u32>) {
    static STARTS: LazyLock<CharSet> = LazyLock::new(|| CharSet::of_first(FIRST_ITEM.rows().map(|row| row.word)));
    let (mut at, mut begins) = (0, false);
    while let Some(found) = STARTS.find(line, at) {
        if let Some((_, row)) = FIRST_ITEM.at(line, found) {
            begins = true;
            if !row.value.is_empty() && before(line, found).is_none_or(|c| is_boundary(c) || is_space(c)) {
                return (true, Some(found as u32));
            }
        }
        at = found + 3;
    }
    (begins, None)
}

fn ends_sentence(line: &str) -> bool {
    let text = line.trim_end_matches(|c| is_space(c) || c == '*');
    text.chars()
        .next_back()
        .is_some_and(|c| is_clause_end(c) || matches!(c, '”' | '’' | '」' | '』' | '…' | '）' | ')' | '"' | '—'))
}

fn length_up_to_long(line: &str) -> u8 {
    if line.len() > (LONG as usize + 1) * 4 {
        return LONG + 1;
    }
    line.trim_matches(is_space).chars().take(LONG as usize + 1).count() as u8
}

/// How the paragraph opens, where that may be one of several parallel openings.
fn opening(line: &str, at: usize) -> Option<Opening> {
    const SHORT: usize = 15;
    let first = after(line, at)?;
    let rest = &line[at..];
    let upto = |mark: &[char]| {
        let i = rest.char_indices().take(SHORT + 1).find(|(_, c)| mark.contains(c)).map(|(i, _)| i)?;
        Some(Range::new(at, at + i))
    };
    let (pattern, title) = match first {
        '要' => (Pattern::Must, upto(&['。', '！', '!'])?),
        '从' => {
            let title = upto(&['，', ','])?;
            title.of(line).ends_with(['看', '说', '来']).then_some((Pattern::From, title))?
        }
        '—' if has(line, at, "——") => {
            let start = at + "——".len();
            let end = rest
                .char_indices()
                .take(60)
                .find(|(_, c)| matches!(c, '。' | '，' | '；'))
                .map_or(rest.len(), |(i, _)| i);
            (Pattern::Dash, Range::new(start, (at + end).max(start)))
        }
        _ => {
            let title = upto(&['，', ','])?;
            title.of(line).ends_with("的是").then_some((Pattern::Topic, title))?
        }
    };
    Some(Opening { pattern, title })
}
