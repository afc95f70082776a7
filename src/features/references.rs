//! Cross-references: 见（三）, 第（二）点, 第二部分, 前面第二点, 附件2, and the item each of them names.
//!
//! A reference counts only where it is certain: what it names is in the same section, or is the only
//! one of its kind in the speech; 第（三）项 of a law is none.

use std::sync::LazyLock;

use regex::Regex;
use rustc_hash::FxHashMap;

use crate::analysis::{Analysis, Speech};
use crate::numeral;
use crate::outline::NodeKind;
use crate::paragraph::Family;
use crate::paragraph::marker;
use crate::text::chars::before;
use crate::text::{Lines, Point, Range, Span};

/// A reference to an item of the same speech. Lines count from the first line of the speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference {
    pub line: u32,
    /// What names the item: `（三）`, `第二部分`.
    pub range: Range,
    /// The numeral in it.
    pub number: Range,
    /// The node it names.
    pub target: u32,
}

static FORMS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const N: &str = "[一二三四五六七八九十]{1,3}|[0-9]{1,2}";
    Regex::new(&format!(
        "(?P<see>见第?|見第?)(?P<a>[（(](?P<an>{N})[）)])\
         |(?P<b>第[（(](?P<bn>{N})[）)](?:点|點|项|項|条|條|部分|方面))\
         |(?:前面|上面|刚才|剛才|后面|後面|下面|前述|上述|前文|本讲话|本講話)\
          (?P<e>第(?P<en>{N})(?:点|點|个方面|個方面|方面|个问题|個問題|项|項|条|條))\
         |(?P<f>第(?P<fn>{N})(?:点|點|部分|个方面|個方面|方面|个问题|個問題|项|項))\
          (?:里|裡|中|当中|當中|(?:已经|已經|还要|還要)?(?:讲|講|说|說|提|强调|強調|部署|明确|明確|所|要求的|安排的))\
         |(?P<lead>见|見|本讲话|本講話|本文|前面|上面|后面|後面|下面|前述)?(?P<c>第(?P<cn>{N})(?P<unit>部分|章|节|節|篇))\
         |(?P<d>附件(?P<dn>{N}))"
    ))
    .ok()
});

/// The references in a speech that starts at line `base`, in text order.
pub fn references(speech: &Speech, base: u32, lines: &dyn Lines) -> Vec<Reference> {
    let mut found = Vec::new();
    let Some(forms) = &*FORMS else { return found };
    let items = Items::of(speech);
    for (n, paragraph) in speech.lines.iter().enumerate() {
        if !paragraph.is_read() || speech.outline.parts.is_boilerplate(n as u32) {
            continue;
        }
        let line = lines.line(base as usize + n);
        let (text, _) = paragraph.reading(&line);
        if !text.contains(['见', '見', '第', '附']) {
            continue;
        }
        for captures in forms.captures_iter(text) {
            let named = |name: &str| captures.name(name).map(|m| Range::new(m.start(), m.end()));
            let form = [("a", "an"), ("b", "bn"), ("c", "cn"), ("d", "dn"), ("e", "en"), ("f", "fn")]
                .into_iter()
                .find_map(|(form, number)| Some((form, named(form)?, named(number)?)));
            let Some((form, range, number)) = form else { continue };
            let digits = number.of(text);
            let Some((value, length)) = numeral::read_chinese(digits).or_else(|| numeral::read_arabic(digits)) else {
                continue;
            };
            let of_law = matches!(form, "b" | "e" | "f")
                && before(text, range.start as usize)
                    .is_some_and(|c| "条條款项項》法".contains(c) || c.is_ascii_digit());
            let arabic = digits.starts_with(|c: char| c.is_ascii_digit());
            let (range, number) = (paragraph.to_line(range), paragraph.to_line(number));
            if length != digits.len() || of_law || is_marker(speech, n as u32, range) {
                continue;
            }
            let fits = |family: Family| match form {
                "c" => matches!(family, Family::Chapter(unit) if captures.name("unit").is_some_and(|u| {
                    u.as_str().chars().next().map(crate::text::chars::simplified) == Some(unit)
                })),
                // What is told of as a point is one of the whole speech.
                "e" | "f" => matches!(family, Family::Chinese | Family::Chapter(_)),
                "d" => matches!(family, Family::Label(word) if word.to_string() == "附件"),
                _ if arabic => family == Family::ArabicParen,
                _ => family == Family::ChineseParen,
            };
            let mut target = items.resolve(n as u32, value, fits);
            if matches!(form, "e" | "f") {
                target = target.filter(|&t| speech.outline.nodes[t as usize].parent.is_none());
            }
            if target.is_none() && form == "c" && named("lead").is_some() {
                let top = |family: Family| family == Family::Chinese;
                target =
                    items.resolve(n as u32, value, top).filter(|&t| speech.outline.nodes[t as usize].parent.is_none());
            }
            if let Some(target) = target {
                found.push(Reference { line: n as u32, range, number, target });
            }
        }
    }
    found
}

fn is_marker(speech: &Speech, line: u32, range: Range) -> bool {
    let nodes = &speech.outline.nodes;
    let from = nodes.partition_point(|node| node.line < line);
    nodes[from..]
        .iter()
        .take_while(|node| node.line == line)
        .any(|node| node.marker.start < range.end && range.start < node.marker.end)
}

/// The items of a speech by their numbers.
struct Items<'a> {
    speech: &'a Speech,
    by_value: FxHashMap<u32, Vec<(u32, Family)>>,
}

impl<'a> Items<'a> {
    fn of(speech: &'a Speech) -> Self {
        let mut by_value: FxHashMap<u32, Vec<(u32, Family)>> = FxHashMap::default();
        for (i, node) in speech.outline.nodes.iter().enumerate() {
            let marker = node.list.and_then(|_| node.marker_of(&speech.lines)).filter(|m| m.value != marker::LAST);
            // Only what has a fixed place in the order of levels is referred to, and 附件.
            if let Some(m) = marker.filter(|m| m.family.rank().is_some() || matches!(m.family, Family::Label(_))) {
                by_value.entry(m.value).or_default().push((i as u32, m.family));
            }
        }
        Self { speech, by_value }
    }

    /// The item with this number: of the innermost section around `line` that has one, or else the
    /// only one.
    fn resolve(&self, line: u32, value: u32, fits: impl Fn(Family) -> bool) -> Option<u32> {
        let nodes = &self.speech.outline.nodes;
        let all = self.by_value.get(&value)?;
        let only = |parent: Option<u32>| {
            let mut of = all
                .iter()
                .filter(|&&(i, family)| parent.is_none_or(|p| nodes[i as usize].parent == Some(p)) && fits(family));
            let first = of.next()?.0;
            of.next().is_none().then_some(first)
        };
        let behind = nodes.partition_point(|node| node.line <= line);
        let mut around = nodes[..behind].iter().rposition(|node| node.kind == NodeKind::Section).map(|i| i as u32);
        while let Some(section) = around {
            if let Some(found) = only(Some(section)) {
                return Some(found);
            }
            around = nodes[section as usize].parent;
        }
        only(None)
    }
}

/// The marker that the reference at `at` names.
pub fn target_at(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Option<Span> {
    let (base, speech) = speech_of(analysis, at)?;
    let found = references(speech, base, lines)
        .into_iter()
        .find(|r| r.line + base == at.line && r.range.start <= at.byte && at.byte <= r.range.end)?;
    let node = &speech.outline.nodes[found.target as usize];
    Some(Span::in_line(base + node.line, node.marker))
}

/// The references to the item whose marker is at `at`, or that the reference at `at` names; the
/// marker itself first.
pub fn references_to(analysis: &Analysis, lines: &dyn Lines, at: Point) -> Option<Vec<Span>> {
    let (base, speech) = speech_of(analysis, at)?;
    let all = references(speech, base, lines);
    let touches = |line: u32, range: Range| line + base == at.line && range.start <= at.byte && at.byte <= range.end;
    let nodes = &speech.outline.nodes;
    let named = all.iter().find(|r| touches(r.line, r.range)).map(|r| r.target);
    let node =
        named.or_else(|| nodes.iter().position(|n| n.list.is_some() && touches(n.line, n.marker)).map(|i| i as u32))?;
    let marker = Span::in_line(base + nodes[node as usize].line, nodes[node as usize].marker);
    let uses = all.iter().filter(|r| r.target == node).map(|r| Span::in_line(base + r.line, r.range));
    Some(std::iter::once(marker).chain(uses).collect())
}

/// The markers of the list that the marker at `at` is an item of.
pub fn siblings(analysis: &Analysis, at: Point) -> Option<Vec<Span>> {
    let (base, speech) = speech_of(analysis, at)?;
    let outline = &speech.outline;
    let here = |n: &&crate::outline::Node| {
        n.line + base == at.line && n.marker.start <= at.byte && at.byte <= n.marker.end && n.list.is_some()
    };
    let list = outline.nodes.iter().find(here)?.list?;
    let items = outline.lists[list as usize].items.iter().map(|&n| &outline.nodes[n as usize]);
    Some(items.map(|n| Span::in_line(base + n.line, n.marker)).collect())
}

/// The speech that `at` stands in, and its first line.
pub(super) fn speech_of(analysis: &Analysis, at: Point) -> Option<(u32, &Speech)> {
    let (index, base) = analysis.speech_at(at.line as usize).filter(|_| analysis.is_chinese())?;
    analysis.speeches().nth(index).map(|(_, speech)| (base as u32, &**speech))
}
