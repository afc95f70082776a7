//! The decision: the points of a candidate's features, and those for what else stands in the draft.

use std::hash::{Hash, Hasher};
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHasher};

use crate::{lexicon, text, text::tables};

use super::features::meaning;
use super::{Family, Feature, Features, Flags, Form, Key, Placeholder, Style};

/// What the draft says of a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    Certain,
    /// Worth a hint.
    Doubtful,
    /// Not reported.
    Silent,
}

const FAMILIES: usize = Family::NAMES.len();

/// The facts of the draft by their names in the tables.
const DRAFT: [&str; 20] = [
    "draft-same-1", "draft-same-3", "draft-same-8", "draft-sure-1", "draft-sure-3", "draft-sure-8", "draft-any-1",
    "draft-any-3", "draft-any-10", "draft-inside", "draft-alone", "draft-head", "draft-dense-1", "draft-dense-4",
    "draft-dense-10", "draft-blanks-4", "draft-blanks-12", "draft-short", "draft-latin", "draft-very-latin",
];

/// The table of points, in hundredths of a logit.
struct Points {
    bias: [i32; FAMILIES],
    style: [i32; Style::COUNT],
    local: [Vec<i32>; FAMILIES],
    draft: [[i32; DRAFT.len()]; FAMILIES],
    /// From this score on it is reported, and a hint is given.
    warning: [i32; FAMILIES],
    hint: [i32; FAMILIES],
}

const TABLE: &str = include_str!("points.tsv");

static POINTS: LazyLock<Points> = LazyLock::new(|| {
    let families = Family::NAMES.map(|name| tables::PLACEHOLDERS.part(name));
    // A search in the table for each feature would be the greater part of the work on a short draft.
    let features: FxHashMap<&str, usize> = Feature::ALL.iter().map(|f| (f.name(), *f as usize)).collect();
    let local = families.map(|rows| {
        let mut points = vec![0; Feature::ALL.len()];
        rows.iter().filter_map(|(name, own)| Some((features.get(name)?, own))).for_each(|(n, own)| points[*n] = own);
        points
    });
    let per_family = |name: &str| families.map(|points| points.get(name));
    Points {
        bias: per_family("bias"),
        style: Style::ALL.map(|(style, name)| families[style.family() as usize].get(&format!("style {name}"))),
        local,
        draft: families.map(|points| DRAFT.map(|name| points.get(name))),
        warning: per_family("warning"),
        hint: per_family("hint"),
    }
});

/// A number that changes with the table of points and the words.
pub const VERSION: u32 = text::digest(TABLE) ^ lexicon::VERSION.rotate_left(1);

/// The points of the features of a candidate in its line.
pub fn local(style: Style, features: Features) -> i32 {
    let family = style.family() as usize;
    let points = &*POINTS;
    let own: i32 = features.iter().map(|feature| points.local[family][feature as usize]).sum();
    points.bias[family] + points.style[style as usize] + own
}

/// True when the features of the line alone reach a hint.
pub fn is_likely(key: Key) -> bool {
    key.local >= POINTS.hint[key.style.family() as usize]
}

/// How many candidates of one style the draft has, and how many with each flag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Sums {
    all: u32,
    flags: [u32; Flags::COUNT],
}

impl Sums {
    fn has(flags: Flags, n: usize) -> bool {
        flags.0 >> n & 1 == 1
    }
}

/// What a draft has of candidates: sums that are kept up to date line by line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    sums: [Sums; Style::COUNT],
    keys: FxHashMap<Key, u32>,
    groups: FxHashMap<u64, FxHashMap<Key, u32>>,
}

impl Evidence {
    pub fn add(&mut self, found: &[Placeholder]) {
        for p in found.iter() {
            let sums = &mut self.sums[p.key.style as usize];
            sums.all += 1;
            for n in 0..Flags::COUNT {
                sums.flags[n] += u32::from(Sums::has(p.key.flags, n));
            }
            if p.form == Form::Mark {
                *self.keys.entry(p.key).or_default() += 1;
            }
            if let Some(group) = p.group {
                *self.groups.entry(group).or_default().entry(p.key).or_default() += 1;
            }
        }
    }

    pub fn remove(&mut self, found: &[Placeholder]) {
        fn less<K: std::hash::Hash + Eq>(map: &mut FxHashMap<K, u32>, key: K) {
            if let std::collections::hash_map::Entry::Occupied(mut entry) = map.entry(key) {
                *entry.get_mut() -= 1;
                if *entry.get() == 0 {
                    entry.remove();
                }
            }
        }
        for p in found.iter() {
            let sums = &mut self.sums[p.key.style as usize];
            sums.all -= 1;
            for n in 0..Flags::COUNT {
                sums.flags[n] -= u32::from(Sums::has(p.key.flags, n));
            }
            if p.form == Form::Mark {
                less(&mut self.keys, p.key);
            }
            if let Some(group) = p.group
                && let Some(keys) = self.groups.get_mut(&group)
            {
                less(keys, p.key);
                if keys.is_empty() {
                    self.groups.remove(&group);
                }
            }
        }
    }

    pub fn join(&mut self, other: Self) {
        for (sums, more) in self.sums.iter_mut().zip(other.sums) {
            sums.all += more.all;
            for (count, more) in sums.flags.iter_mut().zip(more.flags) {
                *count += more;
            }
        }
        for (key, count) in other.keys {
            *self.keys.entry(key).or_default() += count;
        }
        for (group, keys) in other.groups {
            let here = self.groups.entry(group).or_default();
            for (key, count) in keys {
                *here.entry(key).or_default() += count;
            }
        }
    }
}

/// So few may be told of in a text of this many Han characters and digits.
const FEW: u32 = 4;
const LONG: u32 = 1000;

/// The draft as a judge of its candidates.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'a> {
    evidence: &'a Evidence,
    /// Han characters and digits, and Latin letters.
    spoken: u32,
    letters: u32,
    /// Sure ones of all styles.
    sure: u32,
    /// The text is no official prose: nothing is certain.
    other: bool,
}

impl<'a> Draft<'a> {
    pub fn new(evidence: &'a Evidence, spoken: u32, letters: u32, other: bool) -> Self {
        let sure = evidence.sums.iter().map(|sums| sums.flags[0]).sum();
        Self { evidence, spoken, letters, sure, other }
    }

    /// The facts of the draft for a candidate, itself left out, a bit each.
    fn facts(&self, key: Key) -> u32 {
        let sums = &self.evidence.sums[key.style as usize];
        let all = sums.all.saturating_sub(1);
        let less = |n: usize| sums.flags[n].saturating_sub(u32::from(Sums::has(key.flags, n)));
        let [sure, inside, alone, head] = std::array::from_fn(less);
        let any = self.sure.saturating_sub(u32::from(Sums::has(key.flags, 0)));
        let thousand = self.spoken.max(300);
        let dense = |count: u32, per_thousand: u32| count * 1000 >= per_thousand * thousand;
        [
            all >= 1,
            all >= 3,
            all >= 8,
            sure >= 1,
            sure >= 3,
            sure >= 8,
            any >= 1,
            any >= 3,
            any >= 10,
            all > 0 && inside * 2 >= all,
            all > 0 && alone * 4 >= all,
            all > 0 && head * 2 >= all,
            dense(all, 1),
            dense(all, 4),
            dense(all, 10),
            dense(any, 4),
            dense(any, 12),
            self.spoken < 1200,
            self.letters * 10 > self.spoken,
            self.letters * 3 > self.spoken,
        ]
        .iter()
        .rev()
        .fold(0, |bits, fact| bits << 1 | u32::from(*fact))
    }

    /// Drafts with the same digest judge all candidates alike: all that they say of any.
    pub fn digest(&self) -> u64 {
        let mut hasher = FxHasher::default();
        self.other.hash(&mut hasher);
        for (style, _) in Style::ALL.into_iter().filter(|(style, _)| self.evidence.sums[*style as usize].all > 0) {
            for flags in 0..1 << Flags::COUNT {
                let key = Key { style, flags: Flags(flags), local: 0 };
                (style as u8, self.facts(key), self.is_story(key)).hash(&mut hasher);
            }
        }
        hasher.finish()
    }

    fn score(&self, key: Key) -> i32 {
        let family = key.style.family() as usize;
        let facts = self.facts(key);
        key.local
            + POINTS.draft[family].iter().enumerate().filter(|(n, _)| facts >> n & 1 == 1).map(|(_, p)| *p).sum::<i32>()
    }

    fn decide(&self, key: Key) -> Certainty {
        // Known words are not overruled by points.
        let plain = matches!(
            key.style,
            Style::Cross | Style::Times | Style::Star | Style::Some | Style::Ring | Style::Line | Style::Hole
        );
        let is_story = self.is_story(key);
        if key.style == Style::House || plain && key.flags.has(Flags::SURE) && !is_story {
            return Certainty::Certain;
        }
        let family = key.style.family() as usize;
        let score = self.score(key);
        let hint = if score >= POINTS.hint[family] { Certainty::Doubtful } else { Certainty::Silent };
        // 第……届, ～年: never more than a hint; nor 某某同志 where nothing else in a long text is open.
        let may_warn = key.style != Style::Dots && !is_story;
        if score >= POINTS.warning[family] && may_warn { Certainty::Certain } else { hint }
    }

    /// 某某同志 in finished text: who or where is kept back, and nothing else in the draft is open.
    fn is_story(&self, key: Key) -> bool {
        let same = self.evidence.sums[key.style as usize].flags[0];
        key.style == Style::Some && same < FEW && self.sure == same && self.spoken >= LONG
    }

    pub fn certainty(&self, found: &Placeholder) -> Certainty {
        self.certainty_of(found.key)
    }

    /// The same for all candidates with this key.
    pub fn certainty_of(&self, key: Key) -> Certainty {
        match self.decide(key) {
            Certainty::Certain if self.other => Certainty::Doubtful,
            certainty => certainty,
        }
    }

    /// True for a mark, gap or field that is certainly still to be filled in.
    pub fn is_open(&self, found: &Placeholder) -> bool {
        found.form == Form::Mark && self.certainty(found) == Certainty::Certain
    }

    /// True where a finding is reported, a hint included.
    pub fn is_reported(&self, found: &Placeholder) -> bool {
        self.certainty(found) != Certainty::Silent
    }

    /// How many placeholders are certain; holes in sentences are not counted.
    pub fn certain_count(&self) -> u32 {
        let keys = self.evidence.keys.iter();
        keys.filter(|(key, _)| self.certainty_of(**key) == Certainty::Certain).map(|(_, count)| count).sum()
    }

    /// How many placeholders of this group are reported.
    pub fn group_size(&self, group: u64) -> u32 {
        let keys = self.evidence.groups.get(&group).into_iter().flatten();
        keys.filter(|(key, _)| self.decide(**key) != Certainty::Silent).map(|(_, count)| count).sum()
    }

    /// The names of the facts that hold for a candidate, for fitting.
    pub fn fact_names(&self, found: &Placeholder) -> Vec<&'static str> {
        let facts = self.facts(found.key);
        DRAFT.iter().enumerate().filter(|(n, _)| facts >> n & 1 == 1).map(|(_, name)| *name).collect()
    }
}

/// The names of all features and facts with what they mean.
pub fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    Feature::ALL.iter().map(|feature| feature.name()).chain(DRAFT).map(|name| (name, meaning(name)))
}

/// What speaks for or against a candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// In Simplified Chinese.
    pub text: &'static str,
    /// In hundredths of a logit; above 0 it speaks for a blank.
    pub points: i32,
    /// Without this fact alone the verdict would be another.
    pub decisive: bool,
}

/// Why a candidate is, or is not, reported. All figures are in hundredths of a logit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    pub verdict: Certainty,
    /// The sum of all points.
    pub score: i32,
    /// From which sums on there is a hint, and a report.
    pub hint: i32,
    pub warning: i32,
    /// Known words or the settings decide, and not the points.
    pub is_known: bool,
    /// What speaks for the verdict, the weightiest first; at most five.
    pub reasons: Vec<Reason>,
    /// What speaks against it, the weightiest first; at most three.
    pub objections: Vec<Reason>,
}

/// The ladder that a fact of the draft is a rung of: `draft-any-3` holds where `draft-any-10` does.
fn ladder(name: &str) -> &str {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.strip_suffix('-').unwrap_or(name)
}

/// The account of the verdict on a candidate.
pub fn account(draft: &Draft<'_>, found: &Placeholder) -> Account {
    let key = found.key;
    let family = key.style.family() as usize;
    let points = &*POINTS;
    let facts = draft.facts(key);
    let (score, verdict) = (draft.score(key), draft.certainty(found));
    let (hint, warning) = (points.hint[family], points.warning[family]);
    let limit = if verdict == Certainty::Certain { warning } else { hint };
    let reported = verdict != Certainty::Silent;
    let by_points = if score >= warning { Certainty::Certain } else { Certainty::Doubtful };
    let is_known = verdict == Certainty::Certain && (by_points != verdict || score < hint);
    let own = found.features.iter().map(|f| (meaning(f.name()), points.local[family][f as usize]));
    // The rungs of a ladder are one reason: what the highest of them says.
    let mut others: Vec<(&str, &'static str, i32)> = Vec::new();
    for (_, (name, own)) in DRAFT.iter().zip(points.draft[family]).enumerate().filter(|(n, _)| facts >> n & 1 == 1) {
        match others.last_mut().filter(|last| last.0 == ladder(name)) {
            Some(last) => (last.1, last.2) = (meaning(name), last.2 + own),
            None => others.push((ladder(name), meaning(name), own)),
        }
    }
    let all = own.chain(others.into_iter().map(|(_, text, own)| (text, own))).filter(|(_, p)| *p != 0);
    let all = all.map(|(text, points)| Reason { text, points, decisive: (score - points >= limit) != reported });
    let (mut reasons, mut objections): (Vec<_>, Vec<_>) = all.partition(|reason| (reason.points > 0) == reported);
    for (side, most) in [(&mut reasons, 5), (&mut objections, 3)] {
        side.sort_by_key(|reason| std::cmp::Reverse(reason.points.abs()));
        side.truncate(most);
    }
    Account { verdict, score, hint, warning, is_known, reasons, objections }
}

#[cfg(test)]
mod tests {
    use super::super::{candidate::Place, read};
    use super::*;

    fn judged(lines: &[&str]) -> (Evidence, Vec<Placeholder>, u32) {
        let mut evidence = Evidence::default();
        let mut all = Vec::new();
        for line in lines {
            let found = read(line, &Place::default());
            evidence.add(&found);
            all.extend(found);
        }
        (evidence, all, lines.iter().map(|line| line.chars().count() as u32).sum())
    }

    #[test]
    fn every_row_of_the_table_names_a_feature() {
        let known = |name: &str| {
            let (family, feature) = name.split_once('.').unwrap_or_default();
            let style = feature.strip_prefix("style ").is_some_and(|s| Style::ALL.iter().any(|(_, name)| *name == s));
            Family::NAMES.contains(&family)
                && (style || matches!(feature, "bias" | "warning" | "hint") || names().any(|(name, _)| name == feature))
        };
        let rows = TABLE.lines().filter(|row| !row.starts_with('#')).skip(1).filter_map(|row| row.split('\t').next());
        assert_eq!(rows.filter(|name| !known(name)).collect::<Vec<_>>(), Vec::<&str>::new());
    }

    #[test]
    fn every_feature_says_what_it_means() {
        assert_eq!(names().filter(|(_, meaning)| meaning.is_empty()).collect::<Vec<_>>(), []);
        assert_eq!(names().count() + 2, include_str!("features.tsv").lines().count());
    }

    #[test]
    fn taking_out_what_was_put_in_leaves_nothing() {
        let (mut evidence, _, _) = judged(&["XX区完成投资X亿元，【待补】。"]);
        evidence.remove(&read("XX区完成投资X亿元，【待补】。", &Place::default()));
        assert_eq!(evidence, Evidence::default());
    }

    #[test]
    fn who_is_kept_back_in_a_long_text_is_no_blank() {
        let story = "老乡拉着某某同志的手，说了半天。";
        let certain = |lines: &[&str], letters: u32| {
            let (evidence, ..) = judged(lines);
            Draft::new(&evidence, letters, 0, false).certain_count()
        };
        assert_eq!(certain(&[story], 1500), 0);
        // A short draft, or one with something else still open.
        assert_eq!(certain(&[story], 100), 1);
        assert_eq!(certain(&[story, "全区完成投资XX亿元。"], 1500), 2);
    }

    #[test]
    fn drafts_with_one_digest_judge_alike() {
        let lines = ["某某同志通报了情况。", "XX区完成投资X亿元，增长X%。", "XX区要带头。", "XX", "～年", "【待补】"];
        let mut drafts = Vec::new();
        for count in 0..1 << lines.len() {
            let some: Vec<&str> = (0..).zip(lines).filter(|(n, _)| count >> n & 1 == 1).map(|(_, line)| line).collect();
            let (evidence, all, _) = judged(&some);
            drafts.extend([200, 1500, 40_000].map(|spoken| (evidence.clone(), all.clone(), spoken)));
        }
        let mut seen: FxHashMap<(u64, Key), Certainty> = FxHashMap::default();
        let mut digests = FxHashMap::default();
        for (evidence, all, spoken) in &drafts {
            for (letters, other) in [(0, false), (100, false), (0, true)] {
                let draft = Draft::new(evidence, *spoken, letters, other);
                *digests.entry(draft.digest()).or_insert(0) += 1;
                for found in all {
                    let verdict = draft.certainty(found);
                    assert_eq!(*seen.entry((draft.digest(), found.key)).or_insert(verdict), verdict, "{found:?}");
                }
            }
        }
        // Some have one digest: those with another number of the same.
        assert!(digests.values().any(|count| *count > 1));
    }

    #[test]
    fn a_verdict_has_at_most_five_reasons() {
        let (evidence, all, spoken) = judged(&["　　刚才，XX同志通报了XX区的情况，全区完成投资X亿元，增长X%。"]);
        let draft = Draft::new(&evidence, spoken, 0, false);
        for found in &all {
            let account = account(&draft, found);
            assert!((1..=5).contains(&account.reasons.len()), "{account:?}");
            assert!(account.reasons.iter().all(|reason| reason.points > 0), "{account:?}");
            assert!(account.objections.iter().all(|reason| reason.points < 0));
        }
        assert_eq!(draft.certain_count(), 4);
    }
}
