//! Members one after another: which formulation they are of, and whether it says so.

use super::check::{Checker, Misuse, MisuseKind, is_traditional};
use super::fold::{self, SEPARATOR, WIDTH, folded_text, is_han};
use super::matcher::{Hit, Role};
use super::{Date, Entry, MisquoteClass};
use crate::lexicon::{COUNTED_LINK, COUNTED_MIDDLE, Row};

/// Members that follow one another with nothing but joiners between.
#[derive(Debug)]
struct Run {
    start: usize,
    end: usize,
    /// Member, start, end; in the order of the line.
    parts: Vec<(u16, usize, usize)>,
    /// Parts in the place of a member: start, end, and the member meant when it is known.
    foreign: Vec<(usize, usize, Option<u16>)>,
}

impl Run {
    fn distinct(&self) -> usize {
        let mut members: Vec<u16> = self.parts.iter().map(|p| p.0).collect();
        members.sort_unstable();
        members.dedup();
        members.len()
    }

    fn is_sorted(&self) -> bool {
        self.parts.is_sorted_by_key(|p| p.0)
    }

    /// True when it goes from the first of so many members to the last.
    fn has_ends(&self, total: usize) -> bool {
        let (first, last) = (self.parts.first(), self.parts.last());
        first.is_some_and(|part| part.0 == 0) && last.is_some_and(|part| usize::from(part.0) + 1 == total)
    }

    fn has_doubles(&self) -> bool {
        self.distinct() < self.parts.len()
    }
}

/// How a label and an enumeration belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    /// The enumeration goes with the label but may go on.
    Open,
    /// The enumeration claims to be all of it.
    Closed,
}

/// Characters there may be between a label and its members.
const LABEL_REACH: usize = 20;

/// A separator, a word that joins and a verb.
const LONGEST_JOINER: usize = 7;

/// The word that links a label to its members, in what stands between them, and what follows it:
/// 要求，即…, 的内涵包括….
fn link_in(between: &str) -> Option<(&'static Row, &str)> {
    let mut at = between.find(|c| c != '的').unwrap_or(between.len());
    while let Some((middle, _)) = COUNTED_MIDDLE.at(between, at) {
        at = middle.end as usize;
    }
    let rest = between.get(at..)?;
    let rest = rest.strip_prefix(SEPARATOR).unwrap_or(rest);
    let (link, row) = COUNTED_LINK.at(rest, 0)?;
    Some((row, rest.get(link.end as usize..)?))
}

impl<'c> Checker<'_, 'c> {
    pub fn enumerations(&self, found: &mut Vec<Misuse<'c>>) {
        let mut members: Vec<(u32, usize, usize, u16, bool)> = self
            .hits
            .iter()
            .filter_map(|hit| match hit.role {
                Role::Member(n) => Some((hit.entry, hit.start, hit.end, n, true)),
                Role::Misquote(n) => {
                    let entry = self.catalogue.entry(hit.entry)?;
                    let misquote = entry.misquotes.get(n as usize)?;
                    let meant = entry.members.iter().position(|m| *m == misquote.right)?;
                    (misquote.class == MisquoteClass::Contextual)
                        .then_some((hit.entry, hit.start, hit.end, meant as u16, false))
                }
                _ => None,
            })
            .collect();
        if members.len() < 2 {
            return;
        }
        // By entry, then place; of those that start together the longest first.
        members.sort_by_key(|m| (m.0, m.1, std::cmp::Reverse(m.2)));
        for group in members.chunk_by(|a, b| a.0 == b.0) {
            let Some(entry) = group.first().and_then(|m| self.catalogue.entry(m.0)) else {
                continue;
            };
            if group.len() < 2 {
                continue;
            }
            for run in self.runs(entry, group) {
                self.judge(entry, &run, found);
            }
        }
    }

    fn runs(&self, entry: &Entry, group: &[(u32, usize, usize, u16, bool)]) -> Vec<Run> {
        let longest = entry.members.iter().map(|m| m.chars().count()).max().unwrap_or(0);
        let mut runs: Vec<Run> = Vec::new();
        let mut lead = "";
        for &(_, start, end, member, real) in group {
            if let Some(run) = runs.last_mut()
                && start < run.end
            {
                continue;
            }
            let foreign = (!real).then_some((start, end, Some(member)));
            // No gap that joins members is longer, whatever stands in it.
            let near = |run: &Run| start - run.end <= LONGEST_JOINER.max(longest + 3);
            if let Some(run) = runs.last_mut()
                && near(run)
            {
                let gap = self.folded.slice(run.end, start);
                if let Some(between) = self.gap(gap, run, &mut lead, longest) {
                    run.foreign.extend(between.map(|(from, to)| (from, to, None)));
                    match foreign {
                        Some(foreign) => run.foreign.push(foreign),
                        None => run.parts.push((member, start, end)),
                    }
                    run.end = end;
                    continue;
                }
            }
            lead = "";
            runs.push(Run {
                start,
                end,
                parts: if real { vec![(member, start, end)] } else { Vec::new() },
                foreign: foreign.into_iter().collect(),
            });
        }
        runs
    }

    /// What stands between two members: `None` when they do not belong together, else the part
    /// between them that is no member, if any.
    fn gap<'s>(
        &'s self,
        gap: &'s str,
        run: &Run,
        lead: &mut &'s str,
        longest: usize,
    ) -> Option<Option<(usize, usize)>> {
        let rest = gap.strip_prefix(SEPARATOR).unwrap_or(gap);
        let rest = ["以及", "和", "与", "及"].iter().find_map(|word| rest.strip_prefix(word)).unwrap_or(rest);
        if rest.is_empty() {
            return Some(None);
        }
        if rest.chars().count() <= 4 && rest.chars().all(is_han) {
            // A verb that is said before each member: 增强政治意识、增强大局意识.
            if rest == *lead {
                return Some(None);
            }
            let n = rest.chars().count();
            let before = self.folded.slice(run.start.saturating_sub(n), run.start);
            if lead.is_empty() && before == rest && gap.starts_with(SEPARATOR) {
                *lead = rest;
                return Some(None);
            }
        }
        let part = gap.strip_prefix(SEPARATOR)?.strip_suffix(SEPARATOR)?;
        let n = part.chars().count();
        (n <= longest + 1 && n > 0 && part.chars().all(is_han)).then_some(Some((run.end + 1, run.end + 1 + n)))
    }

    fn judge(&self, entry: &'c Entry, run: &Run, found: &mut Vec<Misuse<'c>>) {
        let total = entry.members.len();
        let distinct = run.distinct();
        let half = total.div_ceil(2).max(2);
        if distinct < half {
            return;
        }
        // Somebody else's formulation, in its own order.
        if self.hits_over(run.start, run.end).any(|hit| matches!(hit.role, Role::Text | Role::Variant)) {
            return;
        }
        let mut run = Run { start: run.start, end: run.end, parts: run.parts.clone(), foreign: run.foreign.clone() };
        let link = self.link(entry, &mut run);
        let flanked = link == Link::None && (self.goes_on_before(&run) || self.goes_on(run.end));
        let named = run.foreign.iter().any(|f| f.2.is_some());

        if entry.fixed_order && !run.is_sorted() && !run.has_doubles() {
            let whole = distinct == total && run.foreign.is_empty() && (!flanked || total > 4) && self.is_plain(&run);
            if whole || (link != Link::None && run.foreign.is_empty()) {
                let expected = self.reordered(&run);
                found.push(self.misuse(MisuseKind::Order, Some(entry), (run.start, run.end), Some(expected), whole));
                return;
            }
        }
        if run.has_doubles() && run.foreign.is_empty() {
            // 共建共享、共治共享: two words, each of two members.
            let paired = run.parts.windows(2).any(|pair| matches!(pair, [a, b] if a.2 == b.1));
            let sure = distinct == total && self.is_uniform(&run) && !paired;
            if link != Link::None && entry.fixed_order || sure && !flanked {
                found.push(self.misuse(
                    MisuseKind::Order,
                    Some(entry),
                    (run.start, run.end),
                    self.all_members(entry, &run),
                    false,
                ));
            }
            return;
        }
        if !named && let Some((start, end, member)) = self.replaced(entry, &run, link) {
            let hit = Hit { role: Role::Text, entry: entry.number(), start, end };
            let expected = Some(self.rewritten(&hit, member).0);
            found.push(self.misuse(MisuseKind::Order, Some(entry), (start, end), expected, false));
            return;
        }
        if named || (entry.fixed_order && link != Link::None && run.foreign.len() == 1) {
            for &(start, end, meant) in &run.foreign {
                if meant.is_none() && link == Link::None {
                    continue;
                }
                // The member meant is missing: this stands in its place. Else it is one too many.
                let meant =
                    meant.filter(|m| run.parts.iter().all(|p| p.0 != *m)).and_then(|m| entry.members.get(m as usize));
                let hit = Hit { role: Role::Text, entry: entry.number(), start, end };
                let expected = meant.map(|member| self.rewritten(&hit, member).0);
                let sure = expected.is_some();
                let misuse = self.misuse(MisuseKind::Order, Some(entry), (start, end), expected, false);
                found.push(Misuse { sure, ..misuse });
            }
            return;
        }
        // Of a formulation that is held exactly one member is missing in the middle: 道路自信、理论自信、文化自信.
        let gapped = entry.held > 0
            && total > if entry.text.contains(SEPARATOR) { 4 } else { 3 }
            && distinct + 1 == total
            && !flanked
            && run.has_ends(total);
        let closed = link == Link::Closed && distinct * 2 > total;
        if (closed || entry.fixed_order && link == Link::None && gapped)
            && run.foreign.is_empty()
            && (run.is_sorted() || !entry.fixed_order)
            && distinct < total
        {
            let misuse =
                self.misuse(MisuseKind::Count, Some(entry), (run.start, run.end), self.all_members(entry, &run), false);
            // Before there were so many.
            found.push(Misuse { since: Date::parse(&entry.since), ..misuse });
        }
    }

    /// The part that stands in the place of the only member that is missing, and is like it: 劳动纪律 for 工作纪律.
    fn replaced(&self, entry: &'c Entry, run: &Run, link: Link) -> Option<(usize, usize, &'c str)> {
        let total = entry.members.len();
        let short = total < 4 && link == Link::None;
        if short || run.parts.len() + 1 != total || run.has_doubles() || entry.fixed_order && !run.is_sorted() {
            return None;
        }
        let missing = (0..total).find(|n| run.parts.iter().all(|part| usize::from(part.0) != *n))?;
        let member = entry.members.get(missing)?;
        let codes = folded_text(member);
        let n = codes.chars().count();
        let before = run.start.checked_sub(n + 1).map(|start| (start, run.start - 1));
        let places = match run.foreign[..] {
            [(start, end, None)] => [Some((start, end)), None],
            [] => [Some((run.end + 1, run.end + 1 + n)), before],
            _ => return None,
        };
        let (start, end) = places.into_iter().flatten().find(|&(start, end)| {
            let part = self.folded.slice(start, end);
            let same = codes.chars().zip(part.chars()).filter(|(a, b)| a == b).count();
            let joined = [start.checked_sub(1), Some(end)].into_iter().flatten();
            let joined = joined.filter(|at| self.folded.get(*at) == Some(SEPARATOR)).count() > 0;
            let labelled = || self.hits.iter().any(|hit| hit.start == end && self.is_label(entry, hit));
            let ends =
                end <= run.end || labelled() || self.folded.get(end).is_none_or(|c| !is_han(c) || "的等这".contains(c));
            let in_place = run.parts.iter().filter(|part| part.1 < start).count() == missing;
            part.chars().count() == n
                && part.chars().all(is_han)
                && (1..n).contains(&same)
                && joined
                && (ends || same + 1 == n)
                && (start >= run.start || same + 1 == n || !self.folded.get(start.wrapping_sub(1)).is_some_and(is_han))
                && (in_place || !entry.fixed_order)
        })?;
        (!self.goes_on(end.max(run.end))).then_some((start, end, &**member))
    }

    /// True when no two members but the last are joined by a word: 法治与德治、自治 is no enumeration
    /// of three.
    fn is_plain(&self, run: &Run) -> bool {
        let gaps = run.parts.windows(2).rev().skip(1);
        gaps.filter_map(|pair| Some((pair.first()?.2, pair.last()?.1)))
            .all(|(from, to)| !self.folded.slice(from, to).contains(['和', '与', '及']))
    }

    /// True when the same mark stands between all parts: not in 依法治国，党的领导、人民当家作主、依法治国.
    fn is_uniform(&self, run: &Run) -> bool {
        let ends = run.parts.iter().rev().skip(1).map(|part| part.2);
        let mut marks = ends.filter(|at| self.folded.get(*at) == Some(SEPARATOR)).filter_map(|at| self.original(at));
        marks.next().is_none_or(|first| marks.all(|mark| mark == first))
    }

    /// True when the enumeration has more parts before it: by the mark that stands between its own.
    fn goes_on_before(&self, run: &Run) -> bool {
        let mark = |at: usize| self.folded.get(at).filter(|c| *c == SEPARATOR).and_then(|_| self.original(at));
        let before = run.start.checked_sub(1).and_then(mark);
        let own = run.parts.first().and_then(|part| mark(part.2));
        before.is_some_and(|before| own.is_none_or(|own| own == before) || before == '、')
    }

    /// True when the enumeration has more parts after `end`.
    fn goes_on(&self, end: usize) -> bool {
        let rest = self.folded.slice(end, (end + 2).min(self.folded.len()));
        (rest.starts_with(SEPARATOR) && self.original(end) == Some('、'))
            || rest.starts_with(['和', '与', '及', '等', '…'])
    }

    /// The character of the line that character `at` of the folded text was.
    fn original(&self, at: usize) -> Option<char> {
        self.line.get(self.folded.start(at)..)?.chars().next()
    }

    /// How the run belongs to the label of the entry. A part before the first member or after the
    /// last that stands where a member would is added to the run.
    fn link(&self, entry: &Entry, run: &mut Run) -> Link {
        if entry.text.contains('、') || self.matcher.senses.get(entry.number() as usize) != Some(&1) {
            return Link::None;
        }
        let longest = entry.members.iter().map(|m| m.chars().count()).max().unwrap_or(0);
        let from = self.hits.partition_point(|hit| hit.end + LABEL_REACH < run.start);
        let near = self.hits.iter().skip(from);
        for label in near.take_while(|hit| hit.start < run.end + self.matcher.longest) {
            if !self.is_label(entry, label) {
                continue;
            }
            if label.start >= run.end {
                let between = self.folded.slice(run.end, label.start);
                match between {
                    "" | "这" | "的" if label.start == run.end || !between.is_empty() => {
                        return Link::Closed;
                    }
                    "等" => return Link::Open,
                    _ => {}
                }
                continue;
            }
            if label.end > run.start {
                continue;
            }
            let between = self.folded.slice(label.end, run.start);
            if between.chars().count() > LABEL_REACH || between.contains(['。', '！', '？']) {
                continue;
            }
            let Some((row, lead)) = link_in(between) else { continue };
            let link = row.word;
            // “四个意识”是…的保证: a bare 是 needs the members at once.
            if link == "是" && !lead.is_empty() {
                continue;
            }
            let n = lead.chars().count();
            if let Some(part) = lead.strip_suffix(SEPARATOR) {
                let n = part.chars().count();
                if n == 0 || n > longest + 1 || !part.chars().all(is_han) {
                    continue;
                }
                run.foreign.insert(0, (run.start - 1 - n, run.start - 1, None));
                run.start -= n + 1;
            } else if n > 4 || !lead.chars().all(is_han) {
                continue;
            }
            if row.value == "ends" && !run.has_ends(entry.members.len()) {
                continue;
            }
            return self.closing(entry, run, link, longest);
        }
        Link::None
    }

    /// True for the name of the formulation that has the members.
    fn is_label(&self, entry: &Entry, hit: &Hit) -> bool {
        hit.role == Role::Text && self.catalogue.entry(hit.entry).is_some_and(|other| other.text == entry.text)
    }

    /// Whether the enumeration after a label ends with the run.
    fn closing(&self, entry: &Entry, run: &mut Run, link: &str, longest: usize) -> Link {
        let reach = (run.end + longest + 2).min(self.folded.len());
        let rest = self.folded.slice(run.end, reach);
        match rest.chars().next() {
            Some('）' | '〕') => Link::Closed,
            // An opened bracket that the run does not close: there is more in it.
            _ if matches!(link, "（" | "〔") => Link::Open,
            None | Some('。' | '！' | '？') => Link::Closed,
            Some(SEPARATOR) if self.original(run.end) == Some('、') => {
                let more = rest.get(WIDTH..).unwrap_or("");
                let part: String = more.chars().take_while(|c| is_han(*c)).collect();
                let n = part.chars().count();
                let ends = entry.members.iter().all(|m| m.chars().next_back() == part.chars().next_back());
                if n > 0 && n <= longest + 1 && ends {
                    run.foreign.push((run.end + 1, run.end + 1 + n, None));
                    run.end += n + 1;
                }
                Link::Open
            }
            Some(SEPARATOR) => {
                let inside = self.folded.slice(run.start, run.end);
                let comma = (run.start..run.end).any(|n| self.original(n) == Some('，'));
                if inside.contains(SEPARATOR) && !comma { Link::Closed } else { Link::Open }
            }
            _ => Link::Open,
        }
    }

    /// The text of the run with its members in their order and everything between as it is.
    fn reordered(&self, run: &Run) -> String {
        let mut sorted = run.parts.clone();
        sorted.sort_by_key(|p| p.0);
        let mut out = String::new();
        let mut at = self.range(run.start, run.end).start as usize;
        for (slot, part) in run.parts.iter().zip(&sorted) {
            let slot = self.range(slot.1, slot.2);
            out.push_str(self.line.get(at..slot.start as usize).unwrap_or(""));
            out.push_str(self.range(part.1, part.2).of(self.line));
            at = slot.end as usize;
        }
        out
    }

    /// All members in their order, in the characters of the draft when that is certain.
    fn all_members(&self, entry: &Entry, run: &Run) -> Option<String> {
        let found = self.range(run.start, run.end).of(self.line);
        let joined = entry.members.join("、");
        if is_traditional(found) { fold::traditional(&joined) } else { Some(joined) }
    }
}
