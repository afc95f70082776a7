//! Characters taken for others: what stands where hardly any document has it, and where many have another character
//! of the same sound or shape. What speaks for a correction and against it are readable features, with points fitted
//! on wrong sentences with their corrections and on finished prose (`tools/fit/slips.py` writes `points.tsv`).

mod features;
mod window;

use std::sync::LazyLock;

use crate::lexicon::confusion::{Likeness, meant};
use crate::lexicon::statistics::{END, Unit, is_ideograph, is_pair, level, unit};
use crate::text;
use crate::text::Range;
use crate::text::tables::{self, SLIPS};

pub use features::Features;
use features::{Families, Seen};
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

    /// Whether it is sure enough for a warning.
    pub fn is_sure(&self) -> bool {
        self.points >= THRESHOLDS.0
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
    if text.len() > LONGEST_LINE || !has_strange_pair(text) {
        return all;
    }
    let line = Line::new(text);
    let strange = strange(&line.units);
    for (n, &at) in strange.iter().enumerate() {
        single(&line, at, &strange, &mut all);
        if strange.get(n + 1) == Some(&(at + 1)) {
            pair(&line, at, &strange, &mut all);
        }
    }
    all
}

/// Whether there is anything to look at. Most paragraphs have a pair or two that nobody wrote before; a short one
/// may have none.
fn has_strange_pair(text: &str) -> bool {
    let mut last = END;
    text.chars().any(|c| {
        let (first, second) = (last, unit(c));
        last = second;
        (is_ideograph(first) || is_ideograph(second)) && !is_pair(first, second)
    })
}

/// From this level on a stretch of three characters is common enough to be right.
const COMMON: u8 = 5;

/// The places beside which a character stands that hardly ever stands there.
fn strange(units: &[Unit]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut known = true;
    for at in 1..units.len() {
        let left = known;
        known = is_pair(units[at - 1], units[at]);
        let place = at - 1;
        if left && known || !is_ideograph(units[place]) {
            continue;
        }
        if (Window { units }).best(place, place + 1, 3) < COMMON {
            found.push(place);
        }
    }
    found
}

fn single(line: &Line, at: usize, strange: &[usize], all: &mut Vec<Slip>) {
    let around = Around::new(line, at, at + 1);
    let [[b, before], [behind, d]] = [around.before, around.behind];
    let rights = meant(line.units[at]).filter(|(right, _)| {
        let (left, follows) = (around.left(*right), around.right(*right));
        left && around.has_left && level(&[b, before, *right]) > 0
            || left && follows && level(&[before, *right, behind]) > 0
            || follows && around.has_right && level(&[*right, behind, d]) > 0
    });
    consider(line, at, 1, strange, rights.map(|(right, likeness)| ([right, 0], [likeness; 2])), all);
}

fn pair(line: &Line, at: usize, strange: &[usize], all: &mut Vec<Slip>) {
    let around = Around::new(line, at, at + 2);
    let sounds = |(_, likeness): &(Unit, Likeness)| likeness.sounds() || likeness.nearly_sounds();
    let seconds: Vec<_> = meant(line.units[at + 1]).filter(sounds).filter(|(b, _)| around.right(*b)).collect();
    let seconds = &seconds;
    let firsts = meant(line.units[at]).filter(sounds).filter(|(a, _)| !seconds.is_empty() && around.left(*a));
    let both = firsts.flat_map(|(a, x)| {
        let is_known = move |(b, y): &&(Unit, Likeness)| {
            (x.sounds() || y.sounds())
                && level(&[a, *b]) > 2
                && (level(&[around.before[1], a, *b]) > 0 || level(&[a, *b, around.behind[0]]) > 0)
        };
        seconds.iter().filter(is_known).map(move |(b, y)| ([a, *b], [x, *y]))
    });
    consider(line, at, 2, strange, both, all);
}

/// What stands on either side of a place.
#[derive(Clone, Copy)]
struct Around {
    before: [Unit; 2],
    behind: [Unit; 2],
    /// Whether the two stand side by side elsewhere.
    has_left: bool,
    has_right: bool,
}

impl Around {
    fn new(line: &Line, from: usize, to: usize) -> Self {
        let unit = |at: usize| line.units.get(at).copied().unwrap_or(END);
        let before = [unit(from.wrapping_sub(2)), unit(from - 1)];
        let behind = [unit(to), unit(to + 1)];
        let has_left = before[1] != END && level(&before) > 0;
        let has_right = behind[0] != END && level(&behind) > 0;
        Self { before, behind, has_left, has_right }
    }

    fn left(&self, unit: Unit) -> bool {
        level(&[self.before[1], unit]) > 0
    }

    fn right(&self, unit: Unit) -> bool {
        level(&[unit, self.behind[0]]) > 0
    }
}

/// By how much a correction has to be likelier than what stands there.
const LEAST_GAIN: i32 = 6 * BIT;

/// Adds the two best corrections of the `len` characters from place `at` on.
fn consider(
    line: &Line,
    at: usize,
    len: usize,
    strange: &[usize],
    rights: impl Iterator<Item = ([Unit; 2], [Likeness; 2])>,
    all: &mut Vec<Slip>,
) {
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
        let seen = Seen { line, at, len, here, old, new, gain, rival, likeness, strange };
        let features = seen.features();
        all.push(Slip { range: line.range(at, len), right, points: families.points(len, features), features });
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
        ];
        expect![[r#"
            各级人民〖攻→政〗！府要加强领导。
            违规〖身披→审批〗！的项目，一律停建。
            研究制定和修〖盯→订〗！有关法律法规，加快农产品标准化体系建〖没→设〗？。
            各地要因地〖治→制〗！宜，深入推进农村人居环〖镜→境〗！整治。
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
        let line = "各级人民攻府要加强领导。".repeat(LONGEST_LINE / 36 + 1);
        assert_eq!(find(&line), []);
        assert!(!find(&line[..36 * 20]).is_empty());
    }
}
