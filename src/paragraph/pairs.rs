//! Quotation marks and brackets: which of them have no partner in their paragraph.
//!
//! Whether that is a slip is decided where the other paragraphs are known: a quotation may run over
//! several of them.

use crate::text::Range;
use crate::text::chars::{after, before, digit, is_cjk_mark, is_clause_end, is_han};

/// A pair of marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pair {
    /// “”
    Double,
    /// ‘’
    Single,
    /// 「」
    Corner,
    /// 『』
    WhiteCorner,
    /// （）, of either width
    Paren,
    /// 《》
    Title,
    /// 〈〉
    Angle,
    /// 【】
    Lenticular,
    /// 〔〕
    Tortoise,
    /// ［］
    Square,
}

/// A mark without a partner, or with a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unpaired {
    pub range: Range,
    pub pair: Pair,
    pub fault: Fault,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Opened and not closed in the paragraph.
    Unclosed,
    /// Closed and not opened in the paragraph.
    Unopened,
    /// Closed twice: 》》
    Doubled,
    /// The other mark of the pair was meant, or the same mark in its Chinese form: the one that
    /// belongs here.
    Wrong { expected: char, certain: bool },
}

impl Pair {
    const COUNT: usize = 10;

    /// The opening and the closing mark.
    pub fn marks(self) -> (char, char) {
        match self {
            Self::Double => ('“', '”'),
            Self::Single => ('‘', '’'),
            Self::Corner => ('「', '」'),
            Self::WhiteCorner => ('『', '』'),
            Self::Paren => ('（', '）'),
            Self::Title => ('《', '》'),
            Self::Angle => ('〈', '〉'),
            Self::Lenticular => ('【', '】'),
            Self::Tortoise => ('〔', '〕'),
            Self::Square => ('［', '］'),
        }
    }

    pub fn is_quote(self) -> bool {
        matches!(self, Self::Double | Self::Single | Self::Corner | Self::WhiteCorner)
    }
}

/// What a mark is: its pair, and whether it opens.
fn role(c: char) -> Option<(Pair, bool)> {
    Some(match c {
        '“' => (Pair::Double, true),
        '”' => (Pair::Double, false),
        '‘' => (Pair::Single, true),
        '’' => (Pair::Single, false),
        '「' => (Pair::Corner, true),
        '」' => (Pair::Corner, false),
        '『' => (Pair::WhiteCorner, true),
        '』' => (Pair::WhiteCorner, false),
        '（' | '(' => (Pair::Paren, true),
        '）' | ')' => (Pair::Paren, false),
        '《' => (Pair::Title, true),
        '》' => (Pair::Title, false),
        '〈' => (Pair::Angle, true),
        '〉' => (Pair::Angle, false),
        '【' => (Pair::Lenticular, true),
        '】' => (Pair::Lenticular, false),
        '〔' => (Pair::Tortoise, true),
        '〕' => (Pair::Tortoise, false),
        '［' => (Pair::Square, true),
        '］' => (Pair::Square, false),
        _ => return None,
    })
}

struct Open {
    pair: Pair,
    range: Range,
    /// Written `"`.
    ascii: bool,
    /// Which of the quotation marks of the paragraph it is.
    turn: u32,
}

/// Pairs the marks of a paragraph while it is read.
#[derive(Default)]
pub(super) struct Pairing {
    open: Vec<Open>,
    /// How many of each pair are open.
    depths: [u32; Pair::COUNT],
    /// Defects with the turn of the mark among those of its pair.
    found: Vec<(Unpaired, u32)>,
    /// How many of each pair were left open when something around them closed; their end, if it comes, is no
    /// second slip.
    crossed: [u32; Pair::COUNT],
    /// `"` in pairs, both ends.
    pub ascii_quotes: Vec<Range>,
    /// Round brackets in pairs, both ends, of which one at least is half-width.
    pub brackets: Vec<(Range, Range)>,
    /// A `"` has opened among Latin letters: the next one closes it, whatever stands behind it.
    latin: bool,
    turn: u32,
}

impl Pairing {
    /// Takes the mark `c` at byte `at` into account; other characters are none of its business.
    #[inline]
    pub fn mark(&mut self, line: &str, at: usize, c: char) {
        let range = Range::new(at, at + c.len_utf8());
        match c {
            '"' => self.ascii_quote(line, range),
            _ => match role(c) {
                Some((pair, true)) => self.open(pair, range, false),
                Some((pair, false)) => self.close(line, pair, range),
                None => {}
            },
        }
    }

    /// `'` or `''` where it can only close a Chinese quotation; returns its end.
    pub fn apostrophes(&mut self, line: &str, at: usize) -> usize {
        let count = line.as_bytes().iter().skip(at).take_while(|b| **b == b'\'').count();
        let end = at + count;
        let chinese = before(line, at).is_some_and(|c| is_han(c) || is_cjk_mark(c));
        let wanted = if count == 2 { Pair::Double } else { Pair::Single };
        if chinese && count <= 2 && self.open.last().is_some_and(|o| o.pair == wanted && !o.ascii) {
            self.pop();
            self.wrong(wanted, Range::new(at, end), wanted.marks().1, true);
        }
        end
    }

    fn open(&mut self, pair: Pair, range: Range, ascii: bool) {
        self.turn += 1;
        self.depths[pair as usize] += 1;
        self.open.push(Open { pair, range, ascii, turn: self.turn });
    }

    fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.depths[open.pair as usize] -= 1;
        Some(open)
    }

    /// Closes the innermost of this pair; those inside it are left open.
    fn shut(&mut self, pair: Pair) -> Option<Open> {
        if self.depths[pair as usize] == 0 {
            return None;
        }
        loop {
            let open = self.pop()?;
            if open.pair == pair {
                return Some(open);
            }
            self.crossed[open.pair as usize] += 1;
            self.left_open(&open);
        }
    }

    fn close(&mut self, line: &str, pair: Pair, range: Range) {
        self.turn += 1;
        if let Some(opened) = self.shut(pair) {
            if opened.ascii {
                self.wrong(pair, opened.range, pair.marks().0, true);
            } else if pair == Pair::Paren && opened.range.len().min(range.len()) == 1 {
                self.brackets.push((opened.range, range));
            }
            return;
        }
        if let left @ 1.. = &mut self.crossed[pair as usize] {
            *left -= 1;
            return;
        }
        let at = range.start as usize;
        let ordinal = || {
            before(line, at)
                .is_some_and(|c| digit(c).is_some() || crate::numeral::is_chinese(c) || c.is_ascii_alphabetic())
                || before(line, at).is_some_and(|c| crate::numeral::formal(c).is_some())
        };
        // don’t, ’99
        let apostrophe = || {
            before(line, at).is_some_and(|c| c.is_ascii_alphanumeric())
                || after(line, range.end as usize).is_some_and(|c| c.is_ascii_digit())
        };
        match pair {
            // 1） a） and the like.
            Pair::Paren if range.len() == 1 || ordinal() => {}
            Pair::Single if apostrophe() => {}
            // What is closed twice in one go may be the end of a quotation from before, a title is not.
            Pair::Title if before(line, at) == Some(pair.marks().1) => {
                self.found.push((Unpaired { range, pair, fault: Fault::Doubled }, self.turn));
            }
            _ => self.found.push((Unpaired { range, pair, fault: Fault::Unopened }, self.turn)),
        }
    }

    fn ascii_quote(&mut self, line: &str, range: Range) {
        let at = range.start as usize;
        let chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_cjk_mark(c));
        let (left, right) = (before(line, at), after(line, at + 1));
        // 5" is a measure, and among Latin letters the mark is at home.
        if std::mem::take(&mut self.latin) {
            return;
        }
        if !chinese(left) && !chinese(right) {
            let closes = self.open.last().is_some_and(|o| o.pair == Pair::Double && o.ascii);
            if closes && !right.is_some_and(|c| c.is_ascii_alphanumeric()) {
                self.pop();
            } else {
                self.latin = !left.is_some_and(|c| c.is_ascii_digit());
            }
            return;
        }
        self.turn += 1;
        match self.shut(Pair::Double) {
            Some(opened) if opened.ascii => self.ascii_quotes.extend([opened.range, range]),
            Some(_) => self.wrong(Pair::Double, range, '”', true),
            None => {
                self.turn -= 1;
                self.open(Pair::Double, range, true);
            }
        }
    }

    fn wrong(&mut self, pair: Pair, range: Range, expected: char, certain: bool) {
        self.found.push((Unpaired { range, pair, fault: Fault::Wrong { expected, certain } }, self.turn));
    }

    fn left_open(&mut self, open: &Open) {
        // A half-width bracket that nothing closes is as often a smile as a slip.
        if open.pair != Pair::Paren || open.range.len() > 1 {
            self.found.push((Unpaired { range: open.range, pair: open.pair, fault: Fault::Unclosed }, open.turn));
        }
    }

    /// What is wrong in the paragraph that has been read.
    pub fn finish(&mut self, line: &str) -> Vec<Unpaired> {
        for open in std::mem::take(&mut self.open) {
            self.left_open(&open);
        }
        self.found.sort_by_key(|(u, _)| u.range);
        let mut out: Vec<(Unpaired, u32)> = Vec::with_capacity(self.found.len());
        for (next, turn) in std::mem::take(&mut self.found) {
            if let Some((last, last_turn)) = out.last_mut()
                && *last_turn + 1 == turn
                && let Some(merged) = merged(line, *last, next)
            {
                (*last, *last_turn) = (merged, turn);
                continue;
            }
            out.push((next, turn));
        }
        out.into_iter().map(|(u, _)| u).collect()
    }
}

/// Of two marks without partners, one behind the other, the one that stands for another: “甲“ and
/// ”甲” and “甲」.
fn merged(line: &str, a: Unpaired, b: Unpaired) -> Option<Unpaired> {
    let between = line.get(a.range.end as usize..b.range.start as usize)?;
    if between.is_empty() || between.chars().count() > 30 || between.contains(crate::text::chars::is_stop) {
        return None;
    }
    let ends = |at: u32| after(line, at as usize).is_none_or(|c| c == '、' || c == '，' || is_clause_end(c));
    match (a.fault, b.fault) {
        (Fault::Unclosed, Fault::Unclosed) if a.pair == b.pair => {
            let fault = Fault::Wrong { expected: a.pair.marks().1, certain: ends(b.range.end) };
            Some(Unpaired { fault, ..b })
        }
        (Fault::Unopened, Fault::Unopened) if a.pair == b.pair => {
            let fault = Fault::Wrong { expected: a.pair.marks().0, certain: ends(b.range.end) };
            Some(Unpaired { fault, ..a })
        }
        (Fault::Unclosed, Fault::Unopened) if a.pair != b.pair && a.pair.is_quote() == b.pair.is_quote() => {
            let fault = Fault::Wrong { expected: a.pair.marks().1, certain: false };
            Some(Unpaired { fault, ..b })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Vec<String> {
        let mut pairing = Pairing::default();
        let mut at = 0;
        while let Some(c) = after(line, at) {
            if c == '\'' {
                at = pairing.apostrophes(line, at);
                continue;
            }
            pairing.mark(line, at, c);
            at += c.len_utf8();
        }
        let (found, quotes) = (pairing.finish(line), pairing.ascii_quotes);
        let mut out: Vec<String> = found
            .iter()
            .map(|u| match u.fault {
                Fault::Wrong { expected, certain } => {
                    format!("{}:{}→{expected}{}", u.range.start / 3, u.range.of(line), if certain { "" } else { "?" })
                }
                fault => format!("{}:{}{fault:?}", u.range.start / 3, u.range.of(line)),
            })
            .collect();
        out.extend(quotes.iter().map(|r| format!("\"{}", r.start / 3)));
        out
    }

    #[test]
    fn pairs() {
        for (line, expected) in [
            ("“四个意识”和（见《通知》）。", &[][..]),
            ("增强“四个意识\"，", &["7:\"→”"]),
            ("治理“脏乱差''现象", &["6:''→”"]),
            ("增强“四个意识“、“四个自信”", &["7:“→”"]),
            ("增强”四个意识”。", &["2:”→“"]),
            ("增强“四个意识」。", &["7:」→”?"]),
            ("增强“四个意识。", &["2:“Unclosed"]),
            ("增强四个意识”。", &["6:”Unopened"]),
            ("（市委常委会。", &["0:（Unclosed"]),
            ("1）加强领导。a）落实。", &[]),
            ("(市委）常委会", &[]),
            ("don’t，rock’n’roll，“中国’99博览会”", &[]),
            ("他说：“书上写着‘一心为民’。”", &[]),
            ("\"四个意识\"要强", &["\"0", "\"4"]),
            ("《关于“四个意识》的通知”", &["3:“Unclosed"]),
            ("全名叫 \"Super Audio CD\"（光盘），他说\"Good morning（早上好）!\"", &[]),
            ("甲）机构。乙）人员。", &[]),
            ("《若干意见》》已经印发", &["6:》Doubled"]),
        ] {
            assert_eq!(found(line), expected, "{line}");
        }
    }
}
