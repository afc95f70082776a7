//! Rows of what is counted without the ordinals of other lists: 五个坚持：坚持……，坚持……; 五本账：一本是……；一本是……;
//! “严、实、细、快”四字诀; 甲、乙、丙等三项.

pub mod loose;
pub mod parts;

use crate::lexicon::JOINING;
use crate::numeral;
use crate::text::chars::{after, is_han, is_quote, is_space, is_stop};
use crate::text::position::floor;

pub use parts::{Counted, Frame, Row, Side};
use parts::{LONG, MARKS, Opening, opening, strip};

/// How many characters an item before 这 has at most.
const APPOSED: usize = 9;
/// How many characters an item of a plain list has at most.
const LISTED: usize = 10;
/// How many characters an item has at most that one character at its end makes one.
const SHORT: usize = 6;

/// The row of the count at byte `at`, whose noun ends at `noun_end` and the row of counts that it stands in at
/// `end`. Nothing before `body` belongs to it.
pub fn find(line: &str, at: usize, end: usize, counted: &Counted, body: usize) -> Option<Row> {
    let &Counted { count, unit, noun, others, measured } = counted;
    // 三关：思想关、能力关……
    let noun = if noun.is_empty() { unit } else { noun };
    let frames = Frames { unit, noun, count, others };
    if measured && let Some(row) = opening(line, end).and_then(|opening| frames.named(line, &opening)) {
        return Some(row);
    }
    let opening = if measured { None } else { opening(line, end) };
    let behind = opening.as_ref().and_then(|opening| frames.behind(line, end, opening));
    let framed = behind.or_else(|| if others.is_empty() { frames.before(line, at, body) } else { None });
    framed.or_else(|| {
        let is_own = others.is_empty();
        let before = if is_own { loose::before(line, at, end, counted, body) } else { None };
        before.or_else(|| loose::behind(line, counted, opening.as_ref().filter(|_| is_own)?))
    })
}

struct Frames<'a> {
    unit: &'a str,
    noun: &'a str,
    count: u32,
    others: &'a [&'a str],
}

impl Frames<'_> {
    fn behind(&self, line: &str, end: usize, opening: &Opening) -> Option<Row> {
        let &Opening { mark, start, is_name, .. } = opening;
        let rest = &line[start..floor(line, (end + LONG).max(start))];
        let bracket = matches!(mark, "（" | "(");
        let sentence = match rest.find(|c| is_stop(c) || bracket && matches!(c, '）' | ')')) {
            Some(i) => &rest[..i],
            None if start + rest.len() == line.len() => rest,
            None => return None,
        };
        let made = |(frame, actual), side| Row::of(frame, side, actual);
        if !self.others.is_empty() {
            let shared = self.shared(sentence).filter(|_| !bracket && !matches!(mark, "。" | "，"));
            return shared.map(|found| made(found, Side::Behind));
        }
        if !matches!(mark, "。" | "，") {
            let found = self
                .parted(sentence)
                .or_else(|| self.quoted(sentence))
                .or_else(|| self.closed(sentence))
                // A name in quotes may be that of a formula of which only a part is said.
                .or_else(|| listed(sentence).filter(|_| !bracket && !is_name));
            if let Some((frame, actual)) = found {
                let behind = rest[sentence.len()..].trim_start_matches(|c| is_stop(c) || is_quote(c));
                let more = if bracket || frame != Frame::Head { 0 } else { self.leading(behind) };
                return match actual + more {
                    _ if more == 0 => Some(made((frame, actual), Side::Behind)),
                    all if all == self.count => Some(made((frame, all), Side::Behind)),
                    // Where the row ends cannot be told.
                    _ => None,
                };
            }
        }
        if bracket {
            return None;
        }
        let found = self.units(rest).or_else(|| self.sentences(rest).filter(|_| mark != "，"))?;
        let side = if matches!(mark, "。") { Side::Sentences } else { Side::Behind };
        Some(made(found, side))
    }

    /// 四个小组：金融组、劳动组、知识产权组，由……: bodies and places, each named as what is counted.
    fn named(&self, line: &str, opening: &Opening) -> Option<Row> {
        let last = self.noun.chars().next_back()?;
        let rest = &line[opening.start..floor(line, (opening.start + LONG).min(line.len()))];
        let row = &rest[..rest.find(|c| is_stop(c) || matches!(c, '，' | '；'))?];
        let pieces = || row.split(['、', '和', '与', '及']).map(strip);
        let is_name = |piece: &str| (2..=LISTED).contains(&piece.chars().count()) && piece.ends_with(last);
        let actual = pieces().count() as u32;
        (matches!(opening.mark, "：" | ":") && actual > 1 && actual.abs_diff(self.count) <= 2 && pieces().all(is_name))
            .then(|| Row::of(Frame::Tail, Side::Behind, actual))
    }

    fn before(&self, line: &str, at: usize, body: usize) -> Option<Row> {
        let start = body.max(floor(line, at.saturating_sub(LONG)));
        let head = line.get(start..at)?.trim_end_matches(is_quote);
        if let Some(head) = head.strip_suffix('这') {
            return self.apposed(head).map(|actual| Row::of(Frame::Any, Side::This, actual));
        }
        let such = head.strip_suffix('等');
        let head = such.unwrap_or(head).trim_end_matches('的').trim_end_matches(is_quote);
        let from = head.rfind(|c| is_stop(c) || matches!(c, '；' | '：' | '（' | '《')).unwrap_or(0);
        let clause = head[from..].trim_start_matches(|c| !is_han(c) && !is_quote(c));
        let side = if such.is_some() { Side::Such } else { Side::Before };
        let made = |(frame, actual)| Row::of(frame, side, actual);
        if such.is_some() {
            return self.of_one_length(clause).map(made);
        }
        let row = clause.rsplit('，').next().unwrap_or(clause);
        // The first piece may begin with a verb that all of them share: 做到人员到位、物资到位.
        let pieces: Vec<&str> = row.split('、').map(strip).collect();
        if pieces.len() < 2 {
            return None;
        }
        let tails = self.is_word() && pieces.iter().all(|p| p.ends_with(self.noun));
        let heads =
            self.is_word() && pieces[1..].iter().all(|p| p.starts_with(self.noun)) && pieces[0].contains(self.noun);
        let actual = pieces.len() as u32;
        if tails || heads {
            return Some(made((if heads { Frame::Head } else { Frame::Tail }, actual)));
        }
        (self.is_characters() && pieces.iter().all(|p| p.chars().count() == 1))
            .then(|| made((Frame::Character, actual)))
    }

    /// 甲、乙、丙 before 这三个单位. Where it cannot be told what the items are, nothing is said.
    fn apposed(&self, head: &str) -> Option<u32> {
        let head = head.trim_end_matches(is_quote);
        let from = head.rfind(|c: char| c != '、' && !is_han(c) && !is_quote(c)).unwrap_or(0);
        let pieces: Vec<&str> = head[from..].split('、').collect();
        let (last, others) = pieces.split_last()?;
        let is_item = |piece: &str| (1..=APPOSED).contains(&piece.chars().count());
        let clear = !others.is_empty()
            && pieces[1..].iter().all(|piece| is_item(strip(piece)) && !piece.contains('的'))
            && !last.ends_with('等')
            // 忠诚、干净、担当这六个字 counts characters.
            && !self.unit.ends_with('字');
        let actual = pieces.len() as u32;
        let joined =
            pieces.iter().map(|piece| JOINING.rows().map(|row| piece.matches(row.word).count()).sum::<usize>());
        match joined.sum::<usize>() as u32 {
            _ if !clear => None,
            // Of three items the first may stand behind another mark: 甲，还有乙、丙这三项.
            0 => (actual > 2 || actual >= self.count).then_some(actual),
            // 甲、乙和丙这三个单位
            more => (actual..=actual + more).contains(&self.count).then_some(self.count),
        }
    }

    /// The noun is a word of its own, which may recur.
    fn is_word(&self) -> bool {
        (2..=5).contains(&self.noun.chars().count()) || self.noun == self.unit && self.noun.chars().count() == 1
    }

    /// 六个有：有机构、有编制: one character, which begins or ends every item.
    fn is_character(&self) -> bool {
        self.noun.chars().count() == 1 && self.unit.strip_suffix(self.noun) == Some("个")
    }

    /// 四字诀, 八字方针
    fn is_characters(&self) -> bool {
        self.unit.starts_with('字')
    }

    /// The items of one sentence.
    fn parted(&self, row: &str) -> Option<(Frame, u32)> {
        let mut best: Option<(Frame, u32)> = None;
        for mark in MARKS {
            let pieces: Vec<&str> = row.split(mark).map(strip).filter(|p| !p.is_empty()).collect();
            if pieces.len() < 2 {
                continue;
            }
            let Some(frame) = self.frame_of(&pieces) else { continue };
            let actual = pieces.len() as u32;
            if actual == self.count {
                return Some((frame, actual));
            }
            best.get_or_insert((frame, actual));
        }
        let (frame, actual) = best?;
        // 坚持甲、坚持乙，坚持丙: what stands behind any mark.
        let any = row.split(MARKS).map(strip).filter(|p| self.fits(frame, p)).count() as u32;
        // 政治效果、社会效果、法律效果有机统一，目标、任务、责任相统一: some have items of their own.
        let all = row.split(MARKS).filter(|p| !strip(p).is_empty()).count() as u32;
        // 政治导向、问题导向和目标导向
        let joined =
            row.match_indices(self.noun).filter(|(at, _)| JOINING.stands_at(row, at + self.noun.len())).count();
        let most = all.max(actual + joined as u32);
        if any != self.count && frame == Frame::Tail && (actual + 1..=most).contains(&self.count) {
            return None;
        }
        Some((frame, if any == self.count { any } else { actual }))
    }

    /// 五个到位：甲到位、乙到位，确保……: what closes the sentence is no item.
    fn closed(&self, sentence: &str) -> Option<(Frame, u32)> {
        self.parted(before_closing(sentence)?)
    }

    /// 三个提前、四个不漏：提前……、提前……，不漏……: the items of one count among those of others.
    fn shared(&self, sentence: &str) -> Option<(Frame, u32)> {
        let pieces: Vec<&str> = sentence.split(MARKS).map(strip).filter(|p| !p.is_empty()).collect();
        [Frame::Head, Frame::Tail].into_iter().find_map(|frame| {
            let of = |noun: &str, piece: &str| Frames { noun, ..*self }.fits(frame, piece);
            let items = |noun: &str| pieces.iter().filter(|piece| of(noun, piece)).count();
            let is_item = |piece: &&&str| of(self.noun, piece) || self.others.iter().any(|noun| of(noun, piece));
            let row = pieces.iter().take_while(is_item).count();
            let whole = row == pieces.len()
                || row + 1 == pieces.len() && pieces[..row].iter().all(|piece| !is_like(pieces[row], piece));
            let clear = whole && self.others.iter().all(|noun| items(noun) > 1);
            let actual = items(self.noun) as u32;
            (clear && actual > 1).then_some((frame, actual))
        })
    }

    fn frame_of(&self, pieces: &[&str]) -> Option<Frame> {
        [Frame::Head, Frame::Tail, Frame::Within, Frame::Character, Frame::Unit]
            .into_iter()
            .find(|frame| pieces.iter().all(|piece| self.fits(*frame, piece)))
    }

    fn fits(&self, frame: Frame, piece: &str) -> bool {
        match frame {
            Frame::Head => {
                (self.is_word() || self.is_character()) && piece.starts_with(self.noun) && piece.len() > self.noun.len()
            }
            Frame::Tail => {
                (self.is_word() || self.is_character() && piece.chars().count() <= SHORT)
                    && piece.split(MARKS).map(strip).any(|p| p.ends_with(self.noun) && p.len() > self.noun.len())
            }
            Frame::Within => self.is_word() && piece.contains(self.noun),
            Frame::Character => {
                let mut chars = piece.chars();
                let first = chars.next();
                let next = chars.next();
                self.is_characters() && first.is_some_and(is_han) && next.is_none_or(|c| is_quote(c) || c == '字')
            }
            // 五个一：一场……
            Frame::Unit => self.noun == "一" && piece.starts_with('一'),
            Frame::Quoted | Frame::Length | Frame::Any | Frame::Listed | Frame::Loose => false,
        }
    }

    /// “……”“……”: nothing but quotations.
    fn quoted(&self, row: &str) -> Option<(Frame, u32)> {
        let mut rest = row.trim_matches(is_space);
        let mut actual = 0;
        while !rest.is_empty() {
            let inner = rest.strip_prefix('“')?;
            let end = inner.find('”')?;
            rest = inner[end + '”'.len_utf8()..].trim_start_matches(['、', '，', '；']);
            actual += 1;
        }
        (actual > 1).then_some((Frame::Quoted, actual))
    }

    /// 一本是……；一本是……, 一手抓……，一手抓……: a numeral and the measure of the count at every item.
    fn units(&self, rest: &str) -> Option<(Frame, u32)> {
        let measure = self.unit.chars().next()?;
        // 一座……，一座……。如今也有两座……: the items of another count.
        let another = |at: usize| {
            let mut head = rest[..at].chars().rev();
            let counts = head.next().is_some_and(|c| numeral::is_chinese(c) && c != '一');
            counts && head.next().is_some_and(|c| is_han(c) && c != '第' && !numeral::is_chinese(c))
        };
        let next = rest.match_indices(measure).find(|(at, _)| another(*at)).map(|(at, _)| at);
        let rest = next.and_then(|at| rest[..at].rfind(is_stop)).map_or(rest, |stop| &rest[..stop]);
        let (mut ones, mut ordinals, mut plain, mut last) = (0, 0, 0, true);
        for piece in rest.split_inclusive(|c| is_stop(c) || MARKS.contains(&c) || c == '：') {
            let text = strip(piece);
            let read = numeral::read_chinese(text).filter(|(_, len)| after(text, *len) == Some(measure));
            last = read.is_some();
            plain += u32::from(!last);
            match read {
                Some((n, _)) if n == 1 || n == ordinals + 1 => {
                    ones += u32::from(n == 1);
                    ordinals = ordinals.max(n);
                }
                Some(_) => return None,
                None if ones == 0 => return None,
                None => {}
            }
        }
        // 一本……，一本……，还有一本……
        let all = rest.match_indices(measure).filter(|(at, _)| rest[..*at].ends_with('一')).count() as u32;
        let actual = if ordinals > 1 { ordinals } else { all };
        // Where it cannot be told which are items, nothing is said.
        let clear = actual == self.count || ones == if ordinals > 1 { 1 } else { all };
        // 一部分人……，一部分人……，第三部分是……: the last is numbered.
        let numbered = rest.match_indices('第').any(|(at, first)| {
            let behind = at + first.len();
            numeral::read_chinese(&rest[behind..])
                .is_some_and(|(n, len)| n == self.count && after(rest, behind + len) == Some(measure))
        });
        if numbered && actual < self.count {
            return None;
        }
        // 一种想干，一种不想干，多数是看着干: the last in other words.
        let clear = clear && (last || plain > 1 || ordinals > 1 || actual + 1 != self.count);
        (actual > 1 && clear).then_some((Frame::Unit, actual))
    }

    /// 四个坚持。坚持……。坚持……。: the sentences behind the count.
    fn sentences(&self, rest: &str) -> Option<(Frame, u32)> {
        let actual = self.leading(rest);
        (actual > 1).then_some((Frame::Head, actual))
    }

    /// How many sentences in a row begin with the noun.
    fn leading(&self, rest: &str) -> u32 {
        let pieces = rest.split_inclusive(|c: char| is_stop(c) || c == '；');
        pieces.take_while(|piece| self.fits(Frame::Head, strip(piece))).count() as u32
    }

    /// 道路硬化、管网改造、绿化补植、墙面粉刷等三项: more items of one length than are said. Fewer may be examples.
    fn of_one_length(&self, clause: &str) -> Option<(Frame, u32)> {
        let row = clause.rsplit(['，', '“']).next()?;
        let pieces: Vec<&str> = row.split('、').collect();
        let length = pieces.last()?.chars().count();
        let alike = |piece: &&str| {
            piece.chars().count() == length && piece.chars().all(is_han) && JOINING.find(piece).is_none()
        };
        let actual = pieces.len() as u32;
        let first = pieces.first()?.chars().count();
        (actual > self.count && (3..=8).contains(&length) && first >= length && pieces[1..].iter().all(alike))
            .then_some((Frame::Length, actual))
    }
}

/// The row of a sentence whose last clause is no item: 甲、乙、丙，确保…….
fn before_closing(sentence: &str) -> Option<&str> {
    let (row, clause) = sentence.split_once('，')?;
    let single = !clause.contains(MARKS) && JOINING.at(clause, 0).is_none();
    let apart = row.contains('、') && row.split('、').all(|piece| !is_like(strip(clause), strip(piece)));
    (single && apart).then_some(row)
}

/// Of about the same length, as items are.
fn is_like(clause: &str, piece: &str) -> bool {
    clause.chars().count().abs_diff(piece.chars().count()) < 2
}

/// 五种打法：集中攻坚、分段包干、交叉推进: short words with one mark between them.
fn listed(sentence: &str) -> Option<(Frame, u32)> {
    let row = before_closing(sentence).unwrap_or(sentence);
    let pieces: Vec<&str> = row.split('、').map(strip).collect();
    let length = |piece: &str| piece.chars().count();
    let word = |piece: &&str| {
        (2..=LISTED).contains(&length(piece)) && piece.chars().all(is_han) && JOINING.find(piece).is_none()
    };
    let clear = pieces.len() > 2 && pieces.iter().all(word) && !pieces.last()?.ends_with('等');
    let alike = pieces.iter().all(|piece| length(piece) == length(pieces[0]));
    clear.then_some((if alike { Frame::Length } else { Frame::Listed }, pieces.len() as u32))
}
