//! Markdown in plain text: what speaks for it, and which stars and underscores are emphasis all the same.
//! The same marks are the placeholders of scraped drafts.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::extras::next_address;
use super::prose::{Cut, Prose};
use crate::lexicon::{Class, HIDDEN_NAME, HIDDEN_NUMBER};
use crate::numeral;
use crate::text::chars::{after, before, digit, has, is_boundary, is_cjk_mark, is_han, is_space};
use crate::text::fold::fold;

/// What a line of plain text says about how the draft is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Headings, pairs of emphasis, tables, fences.
    pub markdown: u32,
    /// Marks that hide a name.
    pub names: u32,
    /// `---`, which people draw in plain text, too.
    pub rules: u32,
}

impl Evidence {
    pub fn add(&mut self, other: Self) {
        self.markdown += other.markdown;
        self.names += other.names;
        self.rules += other.rules;
    }

    pub fn remove(&mut self, other: Self) {
        self.markdown -= other.markdown;
        self.names -= other.names;
        self.rules -= other.rules;
    }

    /// True when Markdown was pasted into the draft.
    pub fn carries(self) -> bool {
        self.markdown >= 2 && self.markdown > 2 * self.names
    }
}

/// The evidence in `line`.
pub fn evidence(line: &str) -> Evidence {
    let mut found = Evidence { rules: u32::from(line.trim_matches(is_space) == "---"), ..Evidence::default() };
    if memchr::memchr3(b'*', b'#', b'`', line.as_bytes()).is_none() && !line.contains("|-") && !line.contains("|:") {
        return found;
    }
    let text = line.trim_start_matches(is_space);
    let hashes = text.bytes().take_while(|b| *b == b'#').count();
    if (1..=6).contains(&hashes) && text[hashes..].starts_with(' ') && text.contains(is_han) {
        found.markdown += 2;
    }
    if text.starts_with("```") {
        found.markdown += 1;
    }
    if text.starts_with('|') && text.contains("--") && text.bytes().all(|b| b"|-: \t".contains(&b)) {
        found.markdown += 2;
    }
    if line.contains('*') {
        let pairs = pairs(line);
        found.markdown += (pairs.len() / 2) as u32;
        found.names += lone(line, &pairs);
    }
    found
}

/// Stars before a word that they may hide the name of.
fn lone(line: &str, pairs: &[(u32, u32)]) -> u32 {
    let mut count = 0;
    let mut at = 0;
    while let Some(i) = memchr::memchr(b'*', &line.as_bytes()[at..]) {
        let start = at + i;
        at = start + line.as_bytes()[start..].iter().take_while(|b| **b == b'*').count();
        let paired = pairs.binary_search_by_key(&(start as u32), |pair| pair.0).is_ok();
        count += u32::from(!paired && may_hide(&HIDDEN_NAME, line, at));
    }
    count
}

/// What stands in addresses.
static ADDRESSES: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["://", "www."].map(Finder::new));

/// The prose of a line of plain text: without clear pairs of emphasis, without addresses, and without the marks
/// around what would be code or a comment in Markdown. Here both are seen, and are prose.
pub fn plain(line: &str) -> Option<Prose> {
    let bytes = line.as_bytes();
    let starred = memchr::memchr2(b'*', b'_', bytes).is_some();
    let address = ADDRESSES.iter().any(|mark| mark.find(bytes).is_some());
    let marked = memchr::memchr3(b'`', b'<', b'>', bytes).is_some();
    if !starred && !address && !marked {
        return None;
    }
    let mut cuts = Vec::new();
    if marked {
        ticks(line, &mut cuts);
        for mark in ["<!--", "-->"] {
            cuts.extend(line.match_indices(mark).map(|(at, mark)| (at, at + mark.len(), Cut::Gone)));
        }
    }
    if starred {
        cuts.extend(pairs(line).into_iter().map(|(start, end)| (start as usize, end as usize, Cut::Gone)));
    }
    let mut from = 0;
    while let Some((start, end)) = next_address(line, from) {
        cuts.push((start, end, Cut::STAND_IN));
        from = end.max(from + 1);
    }
    with_spaces(line, &mut cuts);
    Prose::new(line, &mut cuts)
}

/// Cuts ticks that stand in pairs, and keeps what is in them.
fn ticks(line: &str, cuts: &mut Vec<(usize, usize, Cut)>) {
    let mut open: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(i) = memchr::memchr(b'`', &line.as_bytes()[at..]) {
        let start = at + i;
        let count = line[start..].bytes().take_while(|b| *b == b'`').count();
        at = start + count;
        match open {
            Some((from, before)) if before == count => {
                let inside = from + count;
                cuts.extend([(from, inside, Cut::Gone), (inside, start, Cut::Kept), (start, at, Cut::Gone)]);
                open = None;
            }
            _ => open = Some((start, count)),
        }
    }
}

/// A space that only keeps a mark of emphasis from the words beside it goes with the mark.
pub(super) fn with_spaces(line: &str, cuts: &mut [(usize, usize, Cut)]) {
    let chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_cjk_mark(c));
    for (start, end, _) in cuts.iter_mut().filter(|cut| cut.2 == Cut::Gone) {
        let rest = line.get(*end..).unwrap_or("");
        let head = line.get(..*start).unwrap_or("");
        if rest.starts_with(' ') && chinese(rest[1..].chars().next()) && chinese(head.chars().next_back()) {
            *end += 1;
        } else if let Some(inner) = head.strip_suffix(' ')
            && chinese(inner.chars().next_back())
            && chinese(rest.chars().next())
        {
            *start -= 1;
        }
    }
}

/// True when a word of the class, in either script, stands at byte `at`.
fn may_hide(class: &Class, line: &str, at: usize) -> bool {
    const LONGEST: usize = 4;
    let Some(rest) = line.get(at..) else { return false };
    let end = rest.char_indices().nth(LONGEST).map_or(rest.len(), |(end, _)| end);
    class.stands_at(&fold(&rest[..end]), 0)
}

/// How many bytes apart two marks of one emphasis may stand.
const REACH: usize = 1200;

/// The marks of emphasis in a line of plain text, sorted.
fn pairs(line: &str) -> Vec<(u32, u32)> {
    let mut found = Vec::new();
    // The last mark of each kind that may open: * ** ***, _ __ ___.
    let mut open: [Option<(usize, usize)>; 8] = [None; 8];
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(i) = memchr::memchr2(b'*', b'_', &bytes[at..]) {
        let start = at + i;
        let mark = bytes[start];
        let count = bytes[start..].iter().take_while(|b| **b == mark).count();
        let end = start + count;
        at = end;
        // ___ is a blank, never emphasis.
        if count > 3 || mark == b'_' && count == 3 || before(line, start) == Some('\\') {
            continue;
        }
        let slot = &mut open[count + if mark == b'*' { 0 } else { 4 }];
        if let Some((from, to)) = *slot
            && start - to <= REACH
            && closes(line, from, to, start, end, count)
        {
            found.extend([(from as u32, to as u32), (start as u32, end as u32)]);
            *slot = None;
        } else if count > 1 && opens(line, start, end) {
            *slot = Some((start, end));
        }
    }
    found.sort_unstable();
    found
}

/// A mark that something can begin with: no space behind it, and no point unless at an edge.
fn opens(line: &str, start: usize, end: usize) -> bool {
    after(line, end).is_some_and(|c| !is_space(c) && (!is_point(c) || at_edge(line, start)))
}

fn is_point(c: char) -> bool {
    is_boundary(c) && !matches!(c, '“' | '‘' | '「' | '『' | '（' | '(')
}

/// At the start of the line, or behind a space, a point, a bullet or a marker.
fn at_edge(line: &str, at: usize) -> bool {
    before(line, at)
        .is_none_or(|c| is_space(c) || is_boundary(c) || matches!(c, '-' | '+' | '*' | '#' | '>' | '.' | '．' | '|'))
}

/// True when the marks of a pair are rather two names that were left out: **县委、**镇.
pub(super) fn hides_names(line: &str, from: usize, to: usize, start: usize, _end: usize) -> bool {
    let Some(inside) = line.get(to..start) else { return false };
    let Some(last) = inside.chars().next_back() else { return true };
    may_hide(&HIDDEN_NAME, line, to) && !(at_edge(line, from) && is_point(last) && inside.chars().count() >= 8)
}

fn closes(line: &str, from: usize, to: usize, start: usize, end: usize, count: usize) -> bool {
    let Some(inside) = line.get(to..start) else { return false };
    let Some(last) = inside.chars().next_back() else { return false };
    // **98.5%**, **5G**: two stars hide no name beside a number.
    let figure = count == 2 && inside.chars().all(|c| c.is_ascii_alphanumeric() || "%％.,+-".contains(c));
    if is_space(last) || !figure && !inside.chars().any(is_han) {
        return false;
    }
    // 大学毕业、**岁: behind a pause and before a word a mark can only open.
    if matches!(last, '、' | '，' | ',') && after(line, end).is_some_and(is_han) {
        return false;
    }
    // ***亿元……***亿元 are two.
    let measured = count == 3 && (has(line, to, "%") || may_hide(&HIDDEN_NUMBER, line, to));
    if measured || hides_names(line, from, to, start, end) {
        return false;
    }
    let at_start = at_edge(line, from);
    let at_end = after(line, end).is_none_or(|c| is_space(c) || is_boundary(c)) || is_point(last);
    let plain = !inside.chars().any(|c| is_boundary(c) && !matches!(c, '“' | '”' | '·'));
    // **46个**，**5G**基站
    if inside.starts_with(|c: char| c.is_ascii_digit()) && (figure || plain && at_end) {
        return true;
    }
    // A placeholder ends words, too: 认可**、投资**。
    let behind_list = matches!(before(line, from), Some('、')) && !before_marker(line, from);
    let length = inside.chars().count();
    // No name is left out before a number: **三件事**.
    let counts = length >= 2 && inside.starts_with(numeral::is_chinese);
    at_start && at_end && !behind_list && length >= 2 || plain && (length >= 4 || counts)
}

/// True when the 、 before `at` belongs to an ordinal.
fn before_marker(line: &str, at: usize) -> bool {
    line[..at].trim_end_matches('、').ends_with(|c: char| numeral::is_chinese(c) || digit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, marks: usize) {
        assert_eq!(pairs(line).len(), marks, "{line}");
    }

    #[test]
    fn emphasis_and_placeholders_in_plain_text() {
        check("**坚持党的领导。**要抓紧。", 2);
        check("我们要**坚定不移**推进改革，**持之以恒**改进作风。", 4);
        check("下面，我讲**三点意见**。", 2);
        check("- **讲政治**：站稳立场", 2);
        check("我们要抓好**三件事**，抓出成效。", 2);
        check("**（一）深化学习。** 要学深。", 2);
        check("__下划线强调__的内容", 2);
        check("实施**人才强市**战略。", 2);
        check("由***亿元增加到***亿元。", 0);
        check("**同志们**，让我们一起努力！", 2);
        check("*市*局的做法，西康高铁*段，G345*东线", 0);
        check("上线**46个**，办结率**98.5%**，建成**5G**基站。", 6);
        check("**市各级党员干部要走在前、作表率。**", 2);
        for placeholders in [
            "在**县委、**镇调研。",
            "**县的做法、**镇的经验，值得**市学习",
            "关注**、认可**、投资**。",
            "推动**高质量发展。",
            "认可*、投资*、扎根*。",
        ] {
            check(placeholders, 0);
        }
    }

    #[test]
    fn a_draft_tells_how_it_is_written() {
        let sum = |text: &str| {
            let mut sum = Evidence::default();
            text.lines().for_each(|line| sum.add(evidence(line)));
            sum.carries()
        };
        assert!(sum("# 讲话\n\n## 一、认识\n"));
        assert!(sum("| 甲 | 乙 |\n|---|---|\n"));
        assert!(!sum("　　上个月，**县在**镇召开了现场会。\n"));
        assert!(!sum("#1号楼和2#楼\n"));
        assert!(!sum("　　**县、**镇、**村的做法，**同志的经验。\n## 一、认识\n"));
    }
}
