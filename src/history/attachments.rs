//! Attachments by their numbers: 见附件2 and the title over 附件2, against what the list names second now.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::Version;
use super::consequence::{Consequence, What, prose, span_of};
use super::facts::Both;
use crate::locale::Locale;
use crate::rules::dates::number_after;
use crate::rules::{cited_attachment, item_of_list};
use crate::text::Range;
use crate::text::chars::{is_space, skip_spaces};
use crate::text::sentences::Grams;

const WORD: &str = "附件";
static FINDER: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(WORD));

/// What the list of a version names: by number its line and its name.
type Listed = FxHashMap<u32, String>;

pub(super) fn unfollowed((old, new): (Version, Version), lines: &[Both], locale: Locale) -> Vec<Consequence> {
    let (was, is) = (listed(old), listed(new));
    if was.is_empty() || was == is {
        return Vec::new();
    }
    let mut found = Vec::new();
    for line in lines {
        let before: Vec<u32> = citations(&line.old).into_iter().map(|(number, _)| number).collect();
        for (number, range) in citations(&line.new).into_iter().filter(|(number, _)| before.contains(number)) {
            let (Some(meant), now) = (was.get(&number), is.get(&number)) else { continue };
            if now.is_some_and(|now| is_alike(meant, now)) {
                continue;
            }
            let text = range.of(&line.new);
            let message = match now {
                Some(now) => locale.pick(
                    format!("“{text}”原来是“{meant}”，现在是“{now}”"),
                    format!("「{text}」原來是「{meant}」，現在是「{now}」"),
                    format!("‘{text}’ was ‘{meant}’ and is ‘{now}’ now"),
                ),
                None => locale.pick(
                    format!("“{text}”原来是“{meant}”，现在没有所指的了"),
                    format!("「{text}」原來是「{meant}」，現在沒有所指的了"),
                    format!("‘{text}’ was ‘{meant}’, which is gone"),
                ),
            };
            found.push(Consequence {
                what: What::Reference,
                rule: None,
                span: span_of(new, line.lines.1, range),
                message,
            });
        }
    }
    found
}

fn is_alike(one: &str, other: &str) -> bool {
    const ALIKE: f32 = 0.5;
    one == other || Grams::of(one).likeness(&Grams::of(other)) >= ALIKE
}

/// The attachments that a paragraph cites, and the number that one of its own stands under.
fn citations(text: &str) -> Vec<(u32, Range)> {
    let start = skip_spaces(text, 0);
    FINDER
        .find_iter(text.as_bytes())
        .filter_map(|at| {
            let is_label = || {
                let (number, end) = number_after(text, skip_spaces(text, at + WORD.len()))?;
                let rest = text[end..].trim_start_matches(is_space);
                (at == start && (rest.is_empty() || rest.starts_with(['：', ':']))).then_some((number, end))
            };
            let (number, end) = cited_attachment(text, at).or_else(is_label)?;
            Some((number, Range::new(at, end)))
        })
        .collect()
}

/// The list behind 附件：.
fn listed(version: Version) -> Listed {
    let mut found = Listed::default();
    let mut is_within = false;
    for (n, _) in version.analysis.paragraphs() {
        let text = prose(version, n as u32);
        let trimmed = text.trim_matches(is_space);
        let head = trimmed.strip_prefix(WORD).and_then(|rest| rest.strip_prefix(['：', ':']));
        let own = head.unwrap_or(trimmed).trim_start_matches(is_space);
        if head.is_some() && found.is_empty() {
            is_within = true;
            if !own.is_empty() && item_of_list(own, 0).is_none() {
                found.insert(1, own.to_owned());
            }
        } else if !is_within || own.is_empty() {
            continue;
        }
        match item_of_list(own, 0) {
            Some((number, at)) if number as usize == found.len() + 1 => {
                found.insert(number, own[at..].trim_end_matches(['；', '。', ';']).to_owned());
            }
            _ if head.is_none() => is_within = false,
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::check;
    use expect_test::expect;

    #[test]
    fn attachments_that_have_changed_places() {
        let text = "任务分工见附件2，报名表见附件3。\n附件：1.工作要点\n2.任务分工\n3.报名表\n";
        check(
            text,
            &text.replace("1.工作要点\n2.任务分工", "1.任务分工\n2.工作要点"),
            expect![[r#"
            措辞 工作要点 → 任务分工
            增加  → 2.工作要点
            删去 2.任务分工 → 
            ！引用 第3行：“附件2”原来是“任务分工”，现在是“工作要点”
        "#]],
        );
    }
}
