//! Wordings that are not quite there: one place in them is something else.
//!
//! A long wording is looked for by its beginning and its end. Where the one stands, what follows is held
//! against the wording: all of it has to agree but for one gap. Of a wording that is held exactly the gap may
//! be a word put for another, left out or doubled; of any other only a character put for one that is easily
//! taken for it.

use super::alike::{is_confusable, is_misheard_word, is_mixed_up};
use super::check::{Checker, Misuse, MisuseKind};
use super::fold::{SEPARATOR, is_han, is_permuted, shown};
use super::gap::{Gap, JOINERS, LEAST, LIGHT, PLACES, TAKEN_UP, TOLD, WIDEST, WORD};
use super::matcher::Role;
use super::parts::{QUOTED, REACH, words_of};
use super::patterns::is_numeral;
use super::surroundings::is_quoted;
use super::{Entry, Kind};
use crate::lexicon::{INTERCHANGEABLE, LIKE_WORD, NEVER_MISTAKEN, OWN_PLACE, dictionary, statistics};

/// Characters of a wording that is like others.
const SHORT: usize = 8;

/// Beside a numeral they make it an ordinal.
const ORDINAL: &str = "第届次中年月十";

/// Behind a name.
const COMRADE: &str = "同志";

/// How the full name of a law begins.
const REPUBLIC: &str = "中华人民共和国";

/// Characters of a law's name that is like no other law's but for a word.
const LAW: usize = 12;

/// What says that one thing is the other; a sentence may say it otherwise.
const IS: char = '是';

/// A gap may be so small a part of a wording.
const TENTH: usize = 10;

/// What is thought of a gap.
#[derive(Clone, Copy, Debug)]
struct Slip {
    /// There is something wrong.
    sure: bool,
    /// And it is known what is meant.
    certain: bool,
}

impl<'c> Checker<'_, 'c> {
    /// The wordings that are there but for one place.
    pub fn near_misses(&self) -> Vec<Misuse<'c>> {
        let ends = self.hits.iter().filter_map(|hit| self.doubled_end(hit));
        let parts = self.hits.iter().filter_map(|hit| self.another_part(hit));
        let gaps = self.hits.iter().filter_map(|hit| {
            let Role::Piece(offset) = hit.role else { return None };
            let (long, form) = self.matcher.long_text(hit.entry)?;
            let entry = self.catalogue.entry(long.entry)?;
            if long.short {
                let gap = Gap::single(&self.folded.codes, hit.start, form, offset.into())?;
                let slip = self.misspelt(form, gap).filter(|_| !self.cuts_a_word(form, gap));
                return self.near_miss(entry, form, gap, slip?);
            }
            let widest = WORD.max(entry.held.into());
            let gap = Gap::around(&self.folded.codes, hit.start, form, offset.into(), widest)?;
            if self.is_of_somebody_else(form, gap) {
                return None;
            }
            // 四中会议 for 四中全会: the word that is cut is the one that was put.
            let gap = if self.cuts_a_word(form, gap) { gap.widened(form, &self.folded.codes)? } else { gap };
            let slip = if long.held { self.garbled(entry, form, gap) } else { self.misheard(entry, form, gap) };
            self.near_miss(entry, form, gap, slip?)
        });
        let phrases = self.hits.iter().filter_map(|hit| self.set_phrase(hit));
        ends.chain(parts).chain(gaps).chain(phrases).collect()
    }

    /// What the gap makes of a short wording: there it may only be a character that is easily put for another, in
    /// quotation marks that hold nothing else or where it makes no word.
    fn misspelt(&self, form: &[u16], gap: Gap) -> Option<Slip> {
        let (meant, found) = (form.get(gap.meant.0..gap.meant.1)?, self.folded.codes.get(gap.found.0..gap.found.1)?);
        let (&[meant], &[found]) = (meant, found) else { return None };
        let (meant, found) = (shown(meant), shown(found));
        if !is_han(found) || is_numeral(meant) || INTERCHANGEABLE.joins(found, meant) {
            return None;
        }
        let in_quotes = is_quoted(self.line, self.range(gap.start, gap.end));
        if !(is_mixed_up(found, meant) || in_quotes && self.is_like(form, gap)) {
            return None;
        }
        let known = self
            .hits_over(gap.start, gap.end)
            .any(|hit| matches!(hit.role, Role::Text | Role::Variant | Role::Misquote(_)));
        let slip = !known && (in_quotes || self.is_broken(form, gap));
        slip.then_some(Slip { sure: true, certain: in_quotes })
    }

    /// Whether one name stands for another: 以江泽民同志为核心 was said in its time.
    fn is_of_somebody_else(&self, form: &[u16], gap: Gap) -> bool {
        let title: String = form.get(gap.meant.1..).unwrap_or_default().iter().take(WORD).map(|c| shown(*c)).collect();
        let (Some(meant), Some(found)) =
            (form.get(gap.meant.0..gap.meant.1), self.folded.codes.get(gap.found.0..gap.found.1))
        else {
            return false;
        };
        let sized = |codes: &[u16]| (2..=3).contains(&codes.len()) && codes.iter().all(|code| is_han(shown(*code)));
        title == COMRADE && sized(meant) && sized(found) && !found.iter().any(|code| meant.contains(code))
    }

    /// Whether the gap has the same characters in another order.
    fn is_swapped(&self, form: &[u16], gap: Gap) -> bool {
        let parts = (form.get(gap.meant.0..gap.meant.1), self.folded.codes.get(gap.found.0..gap.found.1));
        parts.0.zip(parts.1).is_some_and(|(meant, found)| is_permuted(meant, found))
    }

    /// Whether an end of the wording, right beside the gap, is a part of a word: 卫生健康委|会同, 学习|贯彻.
    fn cuts_a_word(&self, form: &[u16], gap: Gap) -> bool {
        let cuts = |at: usize| {
            let around = at.saturating_sub(REACH)..(at + REACH).min(self.folded.len());
            words_of(&self.folded.codes, around).any(|word| word.start < at && at < word.end)
        };
        // A character by itself at an end of a short wording may be of any word: 产城|融合发展, 井冈山|神山村.
        let short = form.len() < SHORT && gap.found.0 == gap.found.1;
        let goes_on = |at: Option<usize>| at.and_then(|at| self.folded.get(at)).is_some_and(is_han);
        let (before, behind) = (gap.meant.0, form.len() - gap.meant.1);
        gap.meant.0 < gap.meant.1
            && !self.is_swapped(form, gap)
            && ((1..WORD).contains(&behind) && (cuts(gap.end) || short && goes_on(Some(gap.end)))
                || (1..WORD).contains(&before)
                    && (cuts(gap.start) || short && goes_on(gap.start.checked_sub(1)) && self.joins_before(gap.start)))
    }

    /// Whether the character at a place often stands behind the one before it.
    fn joins_before(&self, at: usize) -> bool {
        let unit = |at: usize| self.folded.get(at).map(statistics::unit);
        at.checked_sub(1).and_then(unit).zip(unit(at)).is_some_and(|(a, b)| statistics::is_pair(a, b))
    }

    /// What the gap makes of a wording that is held exactly, when that is something else.
    fn garbled(&self, entry: &Entry, form: &[u16], gap: Gap) -> Option<Slip> {
        let (meant, found) = (form.get(gap.meant.0..gap.meant.1)?, self.folded.codes.get(gap.found.0..gap.found.1)?);
        let han = |codes: &[u16]| codes.iter().all(|code| is_han(shown(*code)));
        let number = |codes: &[u16]| codes.iter().any(|code| is_numeral(shown(*code)));
        let mark = |codes: &[u16]| !codes.is_empty() && codes.iter().all(|code| !is_han(shown(*code)));
        if !(han(found) || is_permuted(meant, found)) || mark(meant) {
            return None;
        }
        let says_so = |codes: &[u16]| matches!(codes, &[code] if shown(code) == IS);
        if says_so(meant) && found.len() > 1 {
            return None;
        }
        // Another congress, another plan, other principles; not another number of members.
        let beside = [gap.meant.0.checked_sub(1), Some(gap.meant.1)].into_iter().flatten();
        let beside: Vec<char> = beside.filter_map(|at| form.get(at)).map(|code| shown(*code)).collect();
        let ordinal = beside.iter().any(|c| ORDINAL.contains(*c));
        let again = meant.is_empty() && form.get(gap.meant.0.wrapping_sub(1)) == found.first();
        if number(found) && !again && (meant.is_empty() || number(meant) && (ordinal || entry.held == 1)) {
            return None;
        }
        // 第十届 for 第十四届, too.
        if found.is_empty() && number(meant) && ordinal && beside.iter().any(|c| is_numeral(*c)) {
            return None;
        }
        // A word in a long wording is a place as small as a character in a short one.
        let widest = usize::from(entry.held).max(form.len() / TENTH).min(WIDEST);
        let like = self.is_like(form, gap) || is_misheard_word(meant, found);
        let pair = if let (&[meant], &[found]) = (meant, found) { Some((shown(found), shown(meant))) } else { None };
        let slip = if gap.is_at_edge(form) {
            match (meant, found) {
                ([meant], [found]) if is_mixed_up(shown(*found), shown(*meant)) => true,
                (_, []) => self.is_broken(form, gap) || self.is_cut_off(form, gap),
                // 发展新格局 is no slip of 新发展格局, nor 依法治省 of 依法治国.
                _ if is_permuted(meant, found) && form.len() < SHORT && meant.len() > WORD => self.is_broken(form, gap),
                ([meant], [found]) if OWN_PLACE.joins(shown(*meant), shown(*found)) => false,
                _ if self.is_at_the_end(entry, form, gap) => true,
                _ => {
                    like || is_permuted(meant, found) && !found.iter().any(|code| shown(*code) == '的')
                        || self.is_strange(form, gap)
                        || pair.is_some_and(|(found, meant)| self.is_quoted(form, gap, found, meant))
                }
            }
        } else {
            match (meant, found) {
                // What is put in between words makes it more precise; not a character that stands there already.
                ([], [code]) => {
                    let around = [gap.found.0.checked_sub(1)?, gap.found.1];
                    around.iter().any(|at| self.folded.codes.get(*at) == Some(code))
                        || self.is_broken(form, gap)
                        || self.is_put_in(form, gap)
                }
                ([], _) => self.is_broken(form, gap),
                ([meant], [found]) => {
                    let (meant, found) = (shown(*meant), shown(*found));
                    // A short wording with another word in it may be another wording.
                    let quoted = is_quoted(self.line, self.range(gap.start, gap.end));
                    let alike = is_mixed_up(found, meant) || like || quoted || self.is_broken(form, gap);
                    // 全省宣传思想文化工作会议 is a meeting of its own.
                    (alike || entry.held > 1 || form.len() >= SHORT && !(is_law(entry) && form.len() < LAW))
                        && !OWN_PLACE.joins(meant, found)
                        && ![meant, found].iter().all(|c| JOINERS.contains(*c))
                }
                // 中国式现代化本质要求 says the same.
                ([meant], []) if entry.held == 1 && LIGHT.contains(shown(*meant)) => false,
                // 全国统一电力市场 is another market.
                _ => {
                    meant.len().max(found.len()) <= widest
                        || like
                        || is_permuted(meant, found)
                        || self.is_broken(form, gap)
                        || self.is_strange(form, gap)
                }
            }
        };
        if !slip {
            return None;
        }
        // Part of another wording: one that goes on beyond this, or is most of it.
        let (from, to) =
            if gap.found.0 < gap.found.1 { gap.found } else { (gap.found.0.checked_sub(1)?, gap.found.1 + 1) };
        let whole = gap.end - gap.start;
        let known = self.hits_over(from, to).any(|hit| match hit.role {
            // What is noted is known better.
            Role::Misquote(_) => true,
            Role::Variant if hit.entry == entry.number() => true,
            Role::Text | Role::Variant => {
                hit.start < gap.start
                    || gap.end < hit.end
                    || hit.end == gap.end && (hit.end - hit.start) * 3 > whole * 2
            }
            _ => false,
        });
        let certain = !(like || found.is_empty() && gap.is_at_edge(form));
        (!known).then_some(Slip { sure: true, certain })
    }

    /// Whether the gap breaks a word of the wording, so that what stands there is none: 特色 cut to 特, 质生产力 with
    /// 量 inside.
    fn is_broken(&self, form: &[u16], gap: Gap) -> bool {
        let text = &self.folded.codes;
        let parts = (form.get(gap.meant.0..gap.meant.1), text.get(gap.found.0..gap.found.1));
        let (Some(meant), Some(found)) = parts else { return false };
        let small = meant.len().max(found.len()) < WORD || meant.is_empty() || is_permuted(meant, found);
        if !small || !meant.iter().chain(found).all(|code| is_han(shown(*code))) {
            return false;
        }
        let words = words_of(form, gap.meant.0.saturating_sub(REACH)..(gap.meant.1 + REACH).min(form.len()));
        let (from, to) = gap.meant;
        // Another word in the place of one breaks none.
        let touched = words.filter(|word| word.start < to.max(from + 1) && from < word.end);
        let Some(word) = touched.reduce(|a, b| a.start..b.end) else { return false };
        if !(word.start < from || to < word.end) || from == to && word.start == from {
            return false;
        }
        // The same stretch of the text.
        let (from, to) = (gap.start + word.start.min(from), gap.end - (form.len() - word.end.max(to)));
        if from >= to {
            return false;
        }
        let around = from.saturating_sub(REACH)..(to + REACH).min(text.len());
        let mut there = words_of(text, around).filter(|word| word.start < to && from < word.end);
        there.all(|word| word.len() == 1 && !self.is_particle(word.start)) && self.is_unheard(gap, from..to)
    }

    /// Whether what stands at the gap stands side by side in hardly any document: what is no word of the dictionary
    /// may still be one. `stretch` is what stands for the words that are broken.
    fn is_unheard(&self, gap: Gap, stretch: std::ops::Range<usize>) -> bool {
        let units = |from: usize, to: usize| -> Vec<_> {
            let part = self.folded.codes.get(from..to.min(self.folded.len())).unwrap_or_default();
            part.iter().map(|code| statistics::unit(shown(*code))).collect()
        };
        let strange = |pair: &[statistics::Unit]| matches!(pair, &[a, b] if !statistics::is_pair(a, b));
        let (from, to) = gap.found;
        // One character for another: beside others of its word.
        if gap.meant.1 - gap.meant.0 == 1 && to - from == 1 {
            return units(stretch.start.max(from.saturating_sub(1)), stretch.end.min(to + 1)).windows(2).all(strange);
        }
        units(from.saturating_sub(1), to + 1).windows(2).any(strange)
            || units(from.saturating_sub(2), to + 2).windows(3).all(|three| statistics::level(three) == 0)
    }

    /// Whether a wording has something else in as many characters that hardly any document has there: 踏石留迹,
    /// 金银青山.
    fn is_strange(&self, form: &[u16], gap: Gap) -> bool {
        let (from, to) = gap.found;
        let ends = gap.meant.1 < form.len() || self.stops(gap.end);
        let sized = to > from && to - from == gap.meant.1 - gap.meant.0;
        // 社会主义现代化四川, 不忘初心、勇担使命: other words, which make another wording.
        let found = self.folded.codes.get(from..to).unwrap_or_default();
        let letters: String = found.iter().map(|code| shown(*code)).collect();
        let meant = form.get(gap.meant.0..gap.meant.1).unwrap_or_default();
        if to - from > 1 && (dictionary::is_word(&letters) || !found.iter().any(|code| meant.contains(code))) {
            return false;
        }
        let part = self.folded.codes.get(from.saturating_sub(1)..to + usize::from(gap.meant.1 < form.len()));
        let units: Vec<_> = part.unwrap_or_default().iter().map(|code| statistics::unit(shown(*code))).collect();
        let strange = units.windows(2).any(|pair| matches!(pair, &[a, b] if !statistics::is_pair(a, b)));
        gap.meant.0 > 0 && form.len() >= TOLD && ends && sized && strange
    }

    /// Whether all of a wording stands there but for a character at its end that is of no word, or for the word there
    /// where nothing else goes on so: 总体国家安全|感, 新时代党的建设总|纲领.
    fn is_at_the_end(&self, entry: &Entry, form: &[u16], gap: Gap) -> bool {
        let (from, to) = gap.found;
        let said = form.get(..gap.meant.0).unwrap_or_default().iter().filter(|code| is_han(shown(**code))).count();
        if gap.meant.1 < form.len() || from == to || said < LEAST {
            return false;
        }
        let text = |from: usize, to: usize| -> String {
            self.folded.codes.get(from..to).unwrap_or_default().iter().map(|code| shown(*code)).collect()
        };
        match to - from {
            1 => {
                let place = self.folded.get(from).is_some_and(|c| PLACES.contains(c));
                self.stops(to)
                    && !place
                    && !is_law(entry)
                    && !dictionary::is_word(&text(from - 1, to))
                    && !self.is_particle(from)
            }
            WORD => entry.closed && self.stops(to) && dictionary::is_word(&text(from, to)),
            _ => false,
        }
    }

    /// 的, 和, 了 and their like stand anywhere.
    pub(super) fn is_particle(&self, at: usize) -> bool {
        let mut bytes = [0; 4];
        let said = self.folded.get(at).and_then(|c| dictionary::word(c.encode_utf8(&mut bytes)));
        said.is_some_and(|word| word.class == dictionary::Class::Function)
    }

    /// Whether the words in the gap are like those meant, and easily put for them: 布局, 部署.
    fn is_like(&self, form: &[u16], gap: Gap) -> bool {
        let text = &self.folded.codes;
        let letters = |codes: &[u16]| codes.iter().map(|code| shown(*code)).collect::<String>();
        // The gap may be a part of the words.
        let pair = |before: usize, behind: usize| {
            let meant = form.get(gap.meant.0.checked_sub(before)?..gap.meant.1 + behind)?;
            let found = text.get(gap.found.0.checked_sub(before)?..gap.found.1 + behind)?;
            LIKE_WORD.joins_words(&letters(meant), &letters(found)).then_some(())
        };
        [(0, 0), (1, 0), (0, 1)].into_iter().any(|(before, behind)| pair(before, behind).is_some())
    }

    /// What the gap is of a wording that may be varied: a character put for one that is easily taken for it, a word
    /// that is broken.
    fn misheard(&self, entry: &Entry, form: &[u16], gap: Gap) -> Option<Slip> {
        let (meant, found) = (form.get(gap.meant.0..gap.meant.1)?, self.folded.codes.get(gap.found.0..gap.found.1)?);
        let sure = form.len() >= 8;
        let pair = if let (&[meant], &[found]) = (meant, found) { Some((shown(found), shown(meant))) } else { None };
        let known = self
            .hits_over(gap.found.0, gap.found.1)
            .any(|other| matches!(other.role, Role::Text | Role::Variant | Role::Member(_)));
        if known {
            return None;
        }
        let mistaken = pair.is_some_and(|(found, meant)| is_confusable(found, meant));
        let either = || pair.is_some_and(|(a, b)| INTERCHANGEABLE.joins(a, b) || NEVER_MISTAKEN.joins(a, b));
        let edge = gap.is_at_edge(form);
        let broken = || !edge && self.is_broken(form, gap) && !either();
        // 守土有责、守土担责、守土尽责: parallels are made as one likes.
        let known_by_heart = entry.kind != Kind::Parallel;
        let quoted = || known_by_heart && pair.is_some_and(|(found, meant)| self.is_quoted(form, gap, found, meant));
        (mistaken && (sure || !edge) || quoted() || broken()).then_some(Slip { sure, certain: sure && mistaken })
    }

    /// Whether the text is a wording of several parts but for one character: nobody says all the rest by chance.
    fn is_quoted(&self, form: &[u16], gap: Gap, found: char, meant: char) -> bool {
        if form.len() < QUOTED || gap.meant.0 < WORD || !form.contains(&(SEPARATOR as u16)) {
            return false;
        }
        // What is a word may be meant, unless the rest is long.
        let text = |from: usize, to: usize| -> String {
            self.folded.codes.get(from..to).unwrap_or_default().iter().map(|code| shown(*code)).collect()
        };
        let at = gap.found.0;
        let is_word =
            dictionary::is_word(&text(at.saturating_sub(1), at + 1)) || dictionary::is_word(&text(at, at + 2));
        let least = if is_word { QUOTED + SHORT / 2 } else { QUOTED };
        let varied =
            [found, meant].into_iter().any(|c| !is_han(c) || is_numeral(c) || JOINERS.contains(c) || LIGHT.contains(c));
        let either = INTERCHANGEABLE.joins(found, meant) || NEVER_MISTAKEN.joins(found, meant);
        let ends = gap.meant.1 < form.len() || self.stops(gap.end) || !self.joins_before(gap.end);
        form.len() >= least && !varied && !either && ends
    }

    /// True where a text does not go on: a mark, or a word that takes up what was said.
    fn stops(&self, at: usize) -> bool {
        self.folded.get(at).is_none_or(|c| !is_han(c) || TAKEN_UP.contains(c))
    }

    fn near_miss(&self, entry: &'c Entry, form: &[u16], gap: Gap, slip: Slip) -> Option<Misuse<'c>> {
        let meant: String = form.get(gap.meant.0..gap.meant.1)?.iter().map(|code| shown(*code)).collect();
        let (expected, exact) = self.filled((gap.start, gap.end), gap.found, &meant);
        let misuse =
            self.misuse(MisuseKind::Misquote, Some(entry), (gap.start, gap.end), Some(expected), exact && slip.certain);
        Some(Misuse { sure: slip.sure, ..misuse })
    }
}

/// The name of a law: with another word in it, it is another law's.
fn is_law(entry: &Entry) -> bool {
    entry.text.starts_with(REPUBLIC)
}
