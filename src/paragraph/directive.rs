//! Suppressions written into the draft.
//!
//! In Markdown a comment, `<!-- 讲稿：忽略 编号跳号 -->`; in plain text a note in lenticular brackets,
//! `【讲稿：忽略 placeholder】`, on a line of its own or at the end of the line it is about. Both forms
//! are read in both kinds of draft. What can be said:
//!
//! | words | meaning |
//! |---|---|
//! | `忽略` | this line; on a line of its own, the next line |
//! | `忽略开始` … `忽略结束` | the lines between |
//! | `忽略全文` | the whole file |
//!
//! Codes or names of rules may follow; without them every rule is meant. `ignore`, `ignore-start`,
//! `ignore-end` and `ignore-file` mean the same.

use crate::text::Range;
use crate::text::chars::is_space;

/// A suppression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    pub scope: Scope,
    /// Codes or names of rules, as written; empty for all.
    pub rules: Vec<String>,
    /// The whole note or comment.
    pub range: Range,
    /// The note is all there is on its line.
    pub alone: bool,
}

/// How far a suppression reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This line, or the next when the note stands alone.
    Line,
    Start,
    End,
    File,
}

const WORDS: [(&str, Scope); 12] = [
    ("忽略开始", Scope::Start),
    ("忽略開始", Scope::Start),
    ("忽略结束", Scope::End),
    ("忽略結束", Scope::End),
    ("忽略全文", Scope::File),
    ("忽略本行", Scope::Line),
    ("忽略下行", Scope::Line),
    ("忽略", Scope::Line),
    ("ignore-start", Scope::Start),
    ("ignore-end", Scope::End),
    ("ignore-file", Scope::File),
    ("ignore", Scope::Line),
];

/// The suppression in `line`.
pub fn find(line: &str) -> Option<Directive> {
    let (open, close) = [("【", "】"), ("<!--", "-->"), ("[", "]")].into_iter().find_map(|(open, close)| {
        let at = line.find(open)?;
        let inner = line[at + open.len()..].trim_start_matches(is_space);
        inner
            .starts_with("讲稿")
            .then_some(())
            .or_else(|| inner.starts_with("講稿").then_some(()))
            .or_else(|| inner.starts_with("jianggao").then_some(()))?;
        Some(((at, open), close))
    })?;
    let inner_start = open.0 + open.1.len();
    let inner_end = inner_start + line[inner_start..].find(close)?;
    let inner = line[inner_start..inner_end].trim_matches(is_space);
    let inner = ["讲稿", "講稿", "jianggao"].iter().find_map(|name| inner.strip_prefix(name))?;
    let inner = inner.trim_start_matches(|c| is_space(c) || c == '：' || c == ':');
    let (rest, scope) = WORDS.iter().find_map(|&(word, scope)| Some((inner.strip_prefix(word)?, scope)))?;
    let rules = rest
        .split(|c| is_space(c) || matches!(c, '、' | '，' | ',' | '：' | ':'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    let range = Range::new(open.0, inner_end + close.len());
    let alone = line[..open.0].trim_matches(is_space).is_empty()
        && line[inner_end + close.len()..].trim_matches(is_space).is_empty();
    Some(Directive { scope, rules, range, alone })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let directive = find("<!-- jianggao: ignore-start numbering-gap, placeholder -->").unwrap();
        assert_eq!((directive.scope, directive.alone), (Scope::Start, true));
        assert_eq!(directive.rules, ["numbering-gap", "placeholder"]);
        let directive = find("请XX同志讲话。【讲稿：忽略 占位符】").unwrap();
        assert_eq!(
            (directive.scope, directive.alone, &*directive.rules),
            (Scope::Line, false, &["占位符".to_owned()][..])
        );
        assert_eq!(find("【讲稿：忽略全文】").unwrap().scope, Scope::File);
        assert_eq!(find("【讲稿】第一稿"), None);
        assert_eq!(find("【待补】"), None);
    }
}
