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
    let (mut was, mut is) = (listed(old), listed(new));
    // Where nothing lists them they are known by the pages that they begin.
    let has_list = !was.is_empty();
    if !has_list && is.is_empty() {
        (was, is) = (pages(old), pages(new));
    }
    if was.is_empty() || was == is {
        return Vec::new();
    }
    let mut found = Vec::new();
    for line in lines {
        if !has_list && label(&line.new).is_some() {
            continue;
        }
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
            let (number, end) = cited_attachment(text, at).or_else(|| label(text).filter(|_| at == start))?;
            Some((number, Range::new(at, end)))
        })
        .collect()
}

/// The number that stands over an attachment, and where it ends.
fn label(text: &str) -> Option<(u32, usize)> {
    let start = skip_spaces(text, 0);
    let from = text[start..].strip_prefix(WORD).map(|rest| text.len() - rest.len())?;
    let (number, end) = number_after(text, skip_spaces(text, from))?;
    let rest = text[end..].trim_start_matches(is_space);
    (rest.is_empty() || rest.starts_with(['：', ':'])).then_some((number, end))
}

/// The attachments of a version by what stands over them, each with the first line that it has.
fn pages(version: Version) -> Listed {
    let mut found = Listed::default();
    let mut last = None;
    for (n, _) in version.analysis.paragraphs() {
        let text = prose(version, n as u32);
        let trimmed = text.trim_matches(is_space);
        if let Some(number) = last.filter(|_| !trimmed.is_empty()) {
            found.entry(number).or_insert_with(|| trimmed.to_owned());
            last = None;
        }
        if let Some((number, end)) = label(&text) {
            let title = text[end..].trim_start_matches(|c| is_space(c) || matches!(c, '：' | ':'));
            match title.is_empty() {
                true => last = Some(number),
                false => _ = found.entry(number).or_insert_with(|| title.to_owned()),
            }
        }
    }
    found
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

    #[test]
    fn attachments_that_nothing_lists() {
        let text = "各单位任务见附件1，问题清单见附件2。\n附件1\n任务分工表\n一、县发改局负责调度。\n附件2\n问题清单\n一、道路破损。\n";
        check(
            text,
            &text.replace("附件2\n问题清单\n一、道路破损。\n", ""),
            expect![[r#"
            删去 附件2 → 
            删去 问题清单 → 
            删去 一、道路破损。 → 
            ！引用 第3行：“附件2”原来是“问题清单”，现在没有所指的了
        "#]],
        );
    }
}
