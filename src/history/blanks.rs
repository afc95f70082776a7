//! Blanks that came, or came back: not where one stood, however many there are of the same marks.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Version;
use super::consequence::span_of;
use super::facts::Both;
use super::hunks::Way;
use super::lists::Kept;
use crate::rules::Diagnostic;
use crate::text::Span;

/// The places of blanks that the rules find in the new version, and that were none in the old one.
pub(super) fn came(
    (old, before): (Version, &[Diagnostic]),
    (new, after): (Version, &[Diagnostic]),
    lines: &[Both],
    kept: &Kept,
) -> FxHashSet<Span> {
    let by_line = |found: &[Diagnostic]| {
        let mut all: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
        let blanks = found.iter().filter(|found| found.rule.is_about_blanks());
        blanks.for_each(|found| all.entry(found.span.start.line).or_default().push(found.span));
        all
    };
    let was = by_line(before);
    let mut came = FxHashSet::default();
    for (line, mut blanks) in by_line(after) {
        if let Some(from) = kept.was.get(&line) {
            let known = was.get(from).map_or(&[][..], Vec::as_slice);
            let both = lines.iter().find(|both| both.lines == (*from, line));
            blanks = both.map_or(blanks.clone(), |both| in_line(both, (old, known), (new, &blanks)));
        }
        came.extend(blanks);
    }
    came
}

/// Those of a paragraph that stand for something else. In a sentence that is new they are known by their text.
fn in_line(both: &Both, (old, known): (Version, &[Span]), (new, blanks): (Version, &[Span])) -> Vec<Span> {
    if known.is_empty() {
        return blanks.to_vec();
    }
    let (from, line) = both.lines;
    let all = both.hunks().iter();
    let sides: Vec<(Span, Span, Way)> =
        all.map(|hunk| (span_of(old, from, hunk.old), span_of(new, line, hunk.new), hunk.way)).collect();
    let mut gone: Vec<String> = Vec::new();
    for (was, ..) in sides.iter().filter(|(.., way)| *way == Way::Whole) {
        gone.extend(known.iter().filter(|blank| blank.overlaps(*was)).map(|blank| old.lines.text(*blank)));
    }
    let mut came = Vec::new();
    for blank in blanks {
        let here = || sides.iter().filter(|(_, is, _)| is.start < is.end && is.overlaps(*blank));
        let is_new = here().any(|(.., way)| *way == Way::Whole);
        let changed = || here().filter(|(.., way)| *way == Way::Other);
        let stood = match is_new {
            true => {
                let text = new.lines.text(*blank);
                let place = gone.iter().position(|other| *other == text);
                place.map(|n| gone.swap_remove(n)).is_some()
            }
            false => changed().all(|(was, ..)| was.start < was.end && known.iter().any(|other| other.overlaps(*was))),
        };
        if !stood {
            came.push(*blank);
        }
    }
    came
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use expect_test::expect;

    #[test]
    fn a_blank_is_one_where_none_stood() {
        let text = "会议由张伟同志主持，由XX同志作报告。\n完成投资XX亿元。完成税收5亿元。\n";
        check(
            text,
            &text.replace("张伟", "王强").replace("XX同志", "李明同志").replace("王强", "XX"),
            expect![[r#"
                名称 张伟 → XX
                名称 XX → 李明
                ！占位符 第3行：占位符“XX同志”未填写：人名
            "#]],
        );
        check(
            text,
            &text.replace("XX亿元", "32亿元").replace("税收5", "税收XX"),
            expect![[r#"
            数字 XX → 32
            数字 5 → XX
            ！占位符 第4行：占位符“XX亿元”未填写：数量
        "#]],
        );
    }
}
