//! Which stars and underscores are Markdown emphasis. Writers paste from assistants that write
//! Markdown, also into plain text; the same marks are the placeholders of scraped drafts.

use super::placeholder::{HEAD_WORDS, quantity_or_percent};
use crate::numeral;
use crate::text::chars::{after, any_of, before, digit, is_boundary, is_han, is_space};

/// How many bytes apart two marks of one emphasis may stand.
const REACH: usize = 1200;

/// The byte offsets at which marks of emphasis begin in `line`, sorted.
pub fn marks(line: &str, markdown: bool) -> Vec<u32> {
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
            && closes(line, from, to, start, end, count, markdown)
        {
            found.extend([from as u32, start as u32]);
            *slot = None;
        } else if opens(line, start, end, count, markdown) {
            *slot = Some((start, end));
        }
    }
    found.sort_unstable();
    found
}

/// A mark that something can begin with: no space behind it, and no point unless at an edge.
fn opens(line: &str, start: usize, end: usize, count: usize, markdown: bool) -> bool {
    if count == 1 && !markdown {
        return false;
    }
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

fn closes(line: &str, from: usize, to: usize, start: usize, end: usize, count: usize, markdown: bool) -> bool {
    let Some(inside) = line.get(to..start) else { return false };
    let Some(last) = inside.chars().next_back() else { return false };
    // **98.5%**, **5G**: two stars hide no name beside a number.
    let figure = count == 2 && inside.chars().all(|c| c.is_ascii_alphanumeric() || "%％.,+-".contains(c));
    if is_space(last) || !figure && !inside.chars().any(|c| is_han(c) || markdown && matches!(c, 'X' | 'x' | '×')) {
        return false;
    }
    // 大学毕业、**岁: behind a pause and before a word a mark can only open.
    if matches!(last, '、' | '，' | ',') && after(line, end).is_some_and(is_han) {
        return false;
    }
    let at_start = at_edge(line, from);
    let at_end = after(line, end).is_none_or(|c| is_space(c) || is_boundary(c)) || is_point(last);
    let length = inside.chars().count();
    // ***亿元……***亿元 are two; **人才强市** is not, though 人 is a measure.
    let measured = count == 3 && quantity_or_percent(line, to).is_some();
    let named =
        measured || any_of(line, to, &HEAD_WORDS).is_some() && any_of(line, to, &["同志们", "同志們"]).is_none();
    // One word, or the whole line: 关注*、认可* are placeholders, and so is *市.
    if count == 1 {
        let word = !named && length >= 2 && inside.chars().all(is_han);
        return word || line[..from].trim_matches(is_space).is_empty() && line[end..].trim_matches(is_space).is_empty();
    }
    // **县委、**镇 are two placeholders; a whole sentence that begins with 市 is emphasis.
    if named && !(at_start && is_point(last) && length >= 8) {
        return false;
    }
    let plain = !inside.chars().any(|c| is_boundary(c) && !matches!(c, '“' | '”' | '·'));
    // **46个**，**5G**基站
    if inside.starts_with(|c: char| c.is_ascii_digit()) && (figure || plain && at_end) {
        return true;
    }
    // A placeholder ends words, too: 认可**、投资**。
    let behind_list = matches!(before(line, from), Some('、')) && !before_marker(line, from);
    if markdown {
        !behind_list || plain
    } else {
        at_start && at_end && !behind_list && length >= 2 || plain && length >= 4
    }
}

/// True when the 、 before `at` belongs to an ordinal.
fn before_marker(line: &str, at: usize) -> bool {
    line[..at].trim_end_matches('、').ends_with(|c: char| numeral::is_chinese(c) || digit(c).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, plain: usize, markdown: usize) {
        assert_eq!((marks(line, false).len(), marks(line, true).len()), (plain, markdown), "{line}");
    }

    #[test]
    fn emphasis_and_placeholders() {
        check("**坚持党的领导。**要抓紧。", 2, 2);
        check("我们要**坚定不移**推进改革，**持之以恒**改进作风。", 4, 4);
        check("下面，我讲**三点意见**。", 2, 2);
        check("- **讲政治**：站稳立场", 2, 2);
        check("**（一）深化学习。** 要学深。", 2, 2);
        check("让**XX县**的群众满意", 0, 2);
        check("__下划线强调__的内容", 2, 2);
        check("实施**人才强市**战略。", 2, 2);
        check("由***亿元增加到***亿元。", 0, 0);
        check("这里*强调*一下", 0, 2);
        check("*（注：数据截至十月，以后更新。）*", 0, 2);
        check("**同志们**，让我们一起努力！", 2, 2);
        check("*市*局的做法，西康高铁*段，G345*东线", 0, 0);
        check("*强调* 一下", 0, 2);
        check("上线**46个**，办结率**98.5%**，建成**5G**基站。", 6, 6);
        check("**市各级党员干部要走在前、作表率。**", 2, 2);
        for placeholders in [
            "在**县委、**镇调研。",
            "**县的做法、**镇的经验，值得**市学习",
            "关注**、认可**、投资**。",
            "推动**高质量发展。",
            "认可*、投资*、扎根*。",
        ] {
            check(placeholders, 0, 0);
        }
    }
}
