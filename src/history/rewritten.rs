//! What has to be changed in the paragraphs of a text to make it another.

use super::align::align;
use super::hunks::script;
use crate::text::{Edit, Lines, Range, Span};

/// The changes inside lines of `old` that make them those of `new`, in order; a line that is gone loses its text. The
/// second is how many lines of `new` are new, or stand elsewhere: no change inside lines brings them.
pub fn rewritten(old: &dyn Lines, new: &str) -> (Vec<Edit>, usize) {
    let before: Vec<_> = (0..old.line_count()).map(|n| old.line(n)).collect();
    let one: Vec<&str> = before.iter().map(|line| &**line).collect();
    let other: Vec<&str> = new.lines().collect();
    let aligned = align(&one, &other);
    let mut edits = Vec::new();
    let mut is_left = vec![true; one.len()];
    let mut elsewhere = 0;
    for (m, line) in other.iter().enumerate() {
        match aligned.from[m].map(|n| n as usize).filter(|_| !aligned.moved[m]) {
            Some(n) => {
                is_left[n] = false;
                let change = |(from, to): (Range, Range)| Edit::new(Span::in_line(n as u32, from), to.of(line));
                edits.extend(script(one[n], line).into_iter().map(change));
            }
            None => elsewhere += usize::from(!line.trim().is_empty()),
        }
    }
    for (n, line) in one.iter().enumerate().filter(|(n, line)| is_left[*n] && !line.trim().is_empty()) {
        edits.push(Edit::new(Span::in_line(n as u32, Range::new(0, line.len())), ""));
    }
    edits.sort_by_key(|edit| edit.span);
    (edits, elsewhere)
}

#[cfg(test)]
mod tests {
    use super::rewritten;
    use crate::text::{Document, Edit, Lines as _};

    #[test]
    fn lines_are_changed_where_they_stand() {
        let old = Document::new(0, "同志们：\n要抓好好落实。\nXX区要带头。\n谢谢大家！\n");
        let (edits, elsewhere) = rewritten(&old, "同志们：\n要抓好落实。\n东湖区要带头。\n再讲一点。\n");
        let said: Vec<String> = edits.iter().map(|Edit { span, text }| format!("{} {text}", old.text(*span))).collect();
        assert_eq!((said, elsewhere), (vec!["好 ".into(), "XX 东湖".into(), "谢谢大家！ ".into()], 1));
    }
}
