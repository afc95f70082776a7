//! Characters taken for others: what stands where hardly any document has it, and where many have another character
//! of the same sound or shape. What speaks for a correction and against it are readable features, with points fitted
//! on wrong sentences with their corrections and on finished prose (`tools/fit/slips.py` writes `points.tsv`).

mod features;
mod places;
mod window;

use std::sync::LazyLock;

use crate::lexicon::confusion::{Likeness, meant};
use crate::lexicon::statistics::{END, Unit, is_ideograph, is_pair, level};
use crate::text;
use crate::text::Range;
use crate::text::tables::{self, SLIPS};

use features::{Families, Seen};
pub use features::{Family, Features};
use places::Places;
use window::{BIT, Line, Window};

const TABLE: &str = include_str!("slip/points.tsv");

/// A number that changes with the points and what they were fitted with.
pub const VERSION: u32 = text::digest(TABLE);

/// One or two characters that should be others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip {
    pub range: Range,
    /// What should stand there; the second is 0 where it is one.
    right: [Unit; 2],
    /// Hundredths of log odds.
    pub points: i32,
    pub family: Family,
    pub features: Features,
}

impl Slip {
    /// What should stand there.
    pub fn right(&self) -> String {
        Self::spell(self.packed())
    }

    /// The same as a number.
    pub fn packed(&self) -> u32 {
        u32::from(self.right[1]) << 16 | u32::from(self.right[0])
    }

    pub fn spell(packed: u32) -> String {
        let units = [packed & 0xFFFF, packed >> 16];
        units.into_iter().filter(|unit| *unit != 0).filter_map(char::from_u32).collect()
    }

    /// Whether it is sure enough for a warning. A word in the place of another may be meant.
    pub fn is_sure(&self) -> bool {
        self.points >= THRESHOLDS.0 && !self.features.replaces_a_word()
    }
}

/// From where on a slip is reported as a warning, and at all.
static THRESHOLDS: LazyLock<(i32, i32)> =
    LazyLock::new(|| (SLIPS.get("threshold-warning"), SLIPS.get("threshold-information")));

/// What a feature means, as the table says it.
pub fn meaning(name: &str) -> Option<&'static str> {
    tables::cell(TABLE, name, "meaning")
}

/// The slips in a line of Simplified characters, in order.
pub fn find(text: &str) -> Vec<Slip> {
    let mut all = candidates(text);
    all.retain(|slip| slip.points >= THRESHOLDS.1);
    // A wrong character makes what stands beside it look wrong, too.
    all.sort_by_key(|slip| (-slip.points, slip.range));
    let mut found: Vec<Slip> = Vec::new();
    for slip in all {
        if found.iter().all(|other| slip.range.end < other.range.start || other.range.end < slip.range.start) {
            found.push(slip);
        }
    }
    found.sort_by_key(|slip| slip.range);
    found
}

/// Longer lines are no paragraphs that anybody wrote, and are not looked at.
const LONGEST_LINE: usize = 60_000;

/// The best corrections of every place where characters stand side by side that hardly ever do.
pub fn candidates(text: &str) -> Vec<Slip> {
    let mut all = Vec::new();
    if text.len() > LONGEST_LINE {
        return all;
    }
    let line = Line::new(text);
    let places = Places::new(&line.units);
    for at in 1..line.units.len() - 1 {
        let here = places.is_strange(at);
        if here {
            single(&line, at, &places, &mut all);
        }
        if is_ideograph(line.units[at]) && is_ideograph(line.units[at + 1]) {
            if here && places.is_strange(at + 1) {
                pair(&line, at, &places, &mut all);
            }
            if here || places.is_strange(at + 1) {
                swap(&line, at, &places, &mut all);
            }
        }
    }
    all
}

fn single(line: &Line, at: usize, places: &Places, all: &mut Vec<Slip>) {
    let around = Around::new(line, at);
    let is_rare = places.is_rare(at);
    let rights = meant(line.units[at])
        .take_while(|(_, likeness)| is_rare || likeness.sounds() || likeness.looks())
        .filter(|(right, _)| around.takes(&[*right]));
    consider(line, at, Family::One, places, rights.map(|(right, likeness)| ([right, 0], [likeness; 2])), all);
}

fn pair(line: &Line, at: usize, places: &Places, all: &mut Vec<Slip>) {
    let around = Around::new(line, at);
    let sounding = |unit: Unit| meant(unit).take_while(|(_, likeness)| likeness.sounds());
    let (before, behind) = (line.units[at - 1], line.units[at + 2]);
    let seconds: Vec<_> = sounding(line.units[at + 1]).filter(|(b, _)| is_pair(*b, behind)).collect();
    let firsts = sounding(line.units[at]).filter(|(a, _)| !seconds.is_empty() && is_pair(before, *a));
    let both = firsts.flat_map(|(a, x)| {
        let is_known =
            move |(b, _): &&(Unit, Likeness)| is_pair(a, *b) && level(&[a, *b]) > 2 && around.takes(&[a, *b]);
        seconds.iter().filter(is_known).map(move |(b, y)| ([a, *b], [x, *y]))
    });
    consider(line, at, Family::Two, places, both, all);
}

/// The two characters from place `at` on, each where the other should be.
fn swap(line: &Line, at: usize, places: &Places, all: &mut Vec<Slip>) {
    let right @ [a, b] = [line.units[at + 1], line.units[at]];
    let is_known = a != b && is_pair(a, b) && level(&right) > 2 && Around::new(line, at).takes(&right);
    consider(line, at, Family::Swap, places, is_known.then_some((right, [Likeness::NONE; 2])).into_iter(), all);
}

/// What stands on either side of a place.
#[derive(Clone, Copy)]
struct Around<'a> {
    units: &'a [Unit],
    at: usize,
}

impl<'a> Around<'a> {
    const fn new(line: &'a Line, at: usize) -> Self {
        Self { units: line.units.as_slice(), at }
    }

    /// Whether these characters stand beside what is there elsewhere: with what is on both sides, and in two stretches
    /// of three, or in the only one that there is between two marks.
    fn takes(self, rights: &[Unit]) -> bool {
        let unit = |at: usize| self.units.get(at).copied().unwrap_or(END);
        let end = self.at + rights.len();
        let (before, behind) = (unit(self.at - 1), unit(end));
        if !is_pair(before, rights[0]) || !is_pair(rights[rights.len() - 1], behind) {
            return false;
        }
        let mut stretch = [END; 6];
        let stretch = &mut stretch[..rights.len() + 4];
        stretch[0] = unit(self.at.wrapping_sub(2));
        stretch[1] = before;
        stretch[2..2 + rights.len()].copy_from_slice(rights);
        stretch[2 + rights.len()] = behind;
        stretch[3 + rights.len()] = unit(end + 1);
        let inner = stretch.windows(3).filter(|three| three[1] != END);
        let (mut all, mut known) = (0, 0);
        for three in inner {
            all += 1;
            known += usize::from(level(three) > 0);
        }
        known >= all.min(2)
    }
}

/// By how much a correction has to be likelier than what stands there.
const LEAST_GAIN: i32 = 10 * BIT;

/// Adds the two best corrections of the characters from place `at` on.
fn consider(
    line: &Line,
    at: usize,
    family: Family,
    places: &Places,
    rights: impl Iterator<Item = ([Unit; 2], [Likeness; 2])>,
    all: &mut Vec<Slip>,
) {
    let len = family.length();
    let (units, here) = line.around(at, len);
    let old = Window { units };
    let mut copy = units.to_vec();
    let mut old_log = None;
    let mut found = Vec::new();
    for (right, likeness) in rights {
        copy[here..here + len].copy_from_slice(&right[..len]);
        let old_log = *old_log.get_or_insert_with(|| old.likelihood(here, len));
        let gain = Window { units: &copy }.likelihood(here, len) - old_log;
        if gain >= LEAST_GAIN {
            found.push((gain, right, likeness));
        }
    }
    found.sort_by_key(|(gain, ..)| -gain);
    let families = Families::get();
    for n in 0..found.len().min(2) {
        let (gain, right, likeness) = found[n];
        copy[here..here + len].copy_from_slice(&right[..len]);
        let new = Window { units: &copy };
        let rival = found.get(1 - n).map_or(0, |(gain, ..)| *gain);
        let seen = Seen { line, at, family, here, old, new, gain, rival, likeness, places };
        let features = seen.features();
        let points = families.points(family, features);
        all.push(Slip { range: line.range(at, len), right, points, family, features });
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;

    /// What a line is corrected to, and what is said of it: `！` a warning, `？` information.
    fn corrected(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for slip in find(text) {
            let mark = if slip.is_sure() { '！' } else { '？' };
            out += &text[at..slip.range.start as usize];
            out += &format!("〖{}→{}〗{mark}", slip.range.of(text), slip.right());
            at = slip.range.end as usize;
        }
        out + &text[at..]
    }

    #[test]
    fn a_character_of_the_same_sound_or_shape_is_corrected() {
        let lines = [
            "各级人民攻府要加强领导。",
            "违规身披的项目，一律停建。",
            "研究制定和修盯有关法律法规，加快农产品标准化体系建没。",
            "各地要因地治宜，深入推进农村人居环镜整治。",
            "要持坚以人民为中心，全面深化革改。",
        ];
        expect![[r#"
            各级人民〖攻→政〗？府要加强领导。
            违规身披的项目，一律停建。
            研究制定和修〖盯→订〗！有关法律法规，加快农产品标准化体系建〖没→设〗？。
            各地要因地〖治→制〗！宜，深入推进农村人居环〖镜→境〗！整治。
            要〖持坚→坚持〗！以人民为中心，全面深化〖革改→改革〗！。
        "#]]
        .assert_eq(&lines.map(|line| corrected(line) + "\n").concat());
    }

    #[test]
    fn what_is_rare_is_left_alone() {
        let lines = [
            "张侯平、欧阳亓兴、范玮鹏同志在会上作了发言。",
            "老支书常说，一锹一镐也能刨出金疙瘩。",
            "他在亳州、鄯善、莒县都工作过。",
            "梁家坳、芷溪坪两个村通了自来水。",
            "",
            "2025",
            "😀，A1",
        ];
        for line in lines {
            assert_eq!(corrected(line), line);
        }
    }

    #[test]
    fn a_line_without_end_is_not_looked_at() {
        let (slip, line) = ("要持坚问题导向。", "要坚持问题导向。".repeat(LONGEST_LINE / 24));
        assert_eq!(find(&(slip.to_owned() + &line)), []);
        assert_eq!(find(&(slip.to_owned() + &line[..24 * 20])).len(), 1);
    }
}
