//! Runs of marks in the place of a name or a number, and what only looks like one: letters in words, products, bullets,
//! footnotes, masked numbers.

use super::candidate::{Candidate, Place, is_mark, run, style_of};
use super::names::{is_footnote, is_name_of_its_own, is_product, is_quoted, is_set_down, is_variable};
use super::words::measure;
use super::{Style, composite};
use crate::lexicon::{
    CROSS_THING, DATE, DATE_END, FACTOR, LEADS, ORGANISATION, PERCENT, PERSON, PLACE, STRONG_MEASURE,
};
use crate::numeral;
use crate::text::chars::{
    after, before, is_blank_before, is_blank_behind, is_boundary, is_cjk_mark, is_han, is_space, skip_spaces,
};
use crate::text::position::around;

/// How many bytes on each side of a mark are looked at for others.
pub const NEAR: usize = 600;

/// X XX 20XX X.X 138XXXX1234 X-X, × ** ○○ ____
pub fn find(line: &str, at: usize, c: char, place: &Place) -> Option<Candidate> {
    let style = style_of(c)?;
    let (run_end, count) = spaced_run(line, at, style).unwrap_or_else(|| run(line, at, |d| style_of(d) == Some(style)));
    let (start, end) = composite::number_around(line, at, run_end, style);
    let marks = Marks { line, at, run_end, count, start, end, style };
    let is_none = marks.is_latin(c)
        || marks.is_product_of_figures()
        || marks.is_name()
        || marks.is_train_or_term()
        || marks.is_check_digit()
        || match style {
            Style::Star => marks.is_star(place),
            Style::Line => marks.is_rule(),
            Style::Ring => marks.is_bullet(c),
            _ => false,
        };
    let composite = composite::is_span(&line[start..end]);
    (!is_none).then(|| Candidate { composite, ..Candidate::new(start, end, style) })
}

/// ×　×　×: the characters of a name are set apart. The end of the run, and the number of marks.
fn spaced_run(line: &str, at: usize, style: Style) -> Option<(usize, usize)> {
    const NAME: std::ops::RangeInclusive<usize> = 2..=3;
    let mark = |at: usize| after(line, at).filter(|c| style_of(*c) == Some(style)).map(|c| at + c.len_utf8());
    let (mut end, mut count) = (mark(at)?, 1);
    while let Some(next) =
        mark(skip_spaces(line, end)).filter(|_| count <= *NAME.end() && after(line, end).is_some_and(is_wide))
    {
        (end, count) = (next, count + 1);
    }
    let letters = matches!(style, Style::Cross | Style::Times | Style::Ring);
    (letters && NAME.contains(&count) && mark(end).is_none()).then_some((end, count))
}

const fn is_wide(c: char) -> bool {
    c == '\u{3000}'
}

/// Digits before a check digit that may be a letter: those of a book, and of a person.
const CHECKED: [usize; 2] = [9, 17];

/// A run of marks `at..run_end`, and the number `start..end` that it is part of.
struct Marks<'a> {
    line: &'a str,
    at: usize,
    run_end: usize,
    count: usize,
    start: usize,
    end: usize,
    style: Style,
}

impl Marks<'_> {
    /// What stands beside the marks.
    fn beside(&self) -> [Option<char>; 2] {
        [before(self.line, self.at), after(self.line, self.run_end)]
    }

    /// What stands beside the number.
    fn around(&self) -> [Option<char>; 2] {
        [before(self.line, self.start), after(self.line, self.end)]
    }

    /// A letter inside a word: MAXX, Model X, xx.com, `[x]`.
    fn is_latin(&self, c: char) -> bool {
        let (line, start, end) = (self.line, self.start, self.end);
        let ([previous, next], [near, beyond]) = (self.around(), self.beside());
        if self.style != Style::Cross {
            return is_letter(near) && (self.style != Style::Star || self.count == 1) && !is_han_or_edge(next)
                || is_letter(near) && is_letter(beyond);
        }
        let measured = measure(line, skip_spaces(line, end)).is_some()
            || PERCENT.stands_at(line, end)
            || PLACE.stands_at(line, end);
        let acronym = previous.is_some_and(|c| c.is_ascii_uppercase()) && c == 'X' && measured;
        let in_word = is_letter(previous) && !acronym || is_letter(next) && measure(line, end).is_none();
        let path = matches!(near, Some('.' | '/' | '\\' | '@'))
            && start == self.at
            && before(line, self.at - 1).is_some_and(|c| c.is_ascii_alphabetic());
        // Model X, iPhone X
        let head = line[..start].trim_end_matches(is_space);
        let model = self.count == 1 && head.len() < start && is_letter(head.chars().next_back()) && !measured;
        // xx.com, xx@xx.com
        let domain = |c: char| c.is_ascii_alphabetic() && !matches!(c, 'X' | 'x');
        let address = next == Some('@') || next == Some('.') && after(line, end + 1).is_some_and(domain);
        in_word
            || path
            || model
            || address
            || previous == Some('@')
            || CROSS_THING.at(line, self.run_end).is_some_and(|(_, row)| !row.value.is_empty())
            || matches!((previous, next), (Some('['), Some(']')))
    }

    /// 2×2, 4x100米, 3.5米×2米, 5*8小时
    fn is_product_of_figures(&self) -> bool {
        if self.count > 1 || matches!(self.style, Style::Line | Style::Ring) {
            return false;
        }
        let right = after(self.line, skip_spaces(self.line, self.run_end));
        let head = self.line[..self.at].trim_end_matches(is_space);
        let unit = |c: &char| is_han(*c) || c.is_ascii_alphabetic() || *c == '%';
        let behind = head.char_indices().rev().take(7).find(|(_, c)| !unit(c));
        let measured = behind.is_some_and(|(i, c)| c.is_ascii_digit() && head.len() - i <= 7);
        is_digit(right) && (is_digit(head.chars().next_back()) || self.style != Style::Cross && measured)
    }

    /// X光, 未知数x, “XX”二字, 长×宽
    fn is_name(&self) -> bool {
        let (line, at, end, single) = (self.line, self.at, self.run_end, self.count == 1);
        let alone = self.start == at;
        let letter = matches!(self.style, Style::Cross | Style::Times);
        // The head of a column.
        let column = self.style == Style::Cross && is_blank_before(line, at) && is_blank_behind(line, end);
        alone && single && (column || letter && is_name_of_its_own(line, at, end))
            || alone && single && self.style == Style::Cross && is_variable(line, at, end)
            || alone && (is_set_down(line, at, end) || is_quoted(line, at, end))
            || single && self.style == Style::Times && is_product(line, at, end)
    }

    /// 11010519491231002X, 7-5000-1234-X
    fn is_check_digit(&self) -> bool {
        let Self { line, at, count, style, .. } = *self;
        let digits = line[..at].bytes().rev().take_while(|b| b.is_ascii_digit() || matches!(b, b'-' | b' '));
        style == Style::Cross && count == 1 && CHECKED.contains(&digits.filter(u8::is_ascii_digit).count())
    }

    /// X8037次: a train; 0.15 * 主线推进: a product that is written with spaces.
    fn is_train_or_term(&self) -> bool {
        if self.count > 1 {
            return false;
        }
        let number = &self.line[self.run_end..self.run_end + self.digits_behind()];
        let train = self.style == Style::Cross && number.len() >= 3 && !number.bytes().all(|b| b == b'0');
        let apart = self.beside().iter().all(|c| c.is_some_and(is_space));
        train || apart && is_digit(self.line[..self.at].trim_end_matches(is_space).chars().next_back())
    }

    /// How many digits follow.
    fn digits_behind(&self) -> usize {
        self.line[self.run_end..].bytes().take_while(u8::is_ascii_digit).count()
    }

    /// A star of a footnote, of emphasis, of a form, of a pattern or of a number that is masked.
    fn is_star(&self, place: &Place) -> bool {
        let (line, at, count) = (self.line, self.at, self.count);
        let ([near, beyond], next) = (self.beside(), self.around()[1]);
        if is_footnote(line, at, self.run_end) || is_masked(line, at, self.run_end) {
            return true;
        }
        // 空间 *。
        if count == 1 && near.is_some_and(is_space) && next.is_some_and(is_boundary) {
            return true;
        }
        // What a point ends and a space parts is what is left of emphasis.
        if near.is_some_and(|c| is_boundary(c) && c != '，' && c != '、') && next.is_some_and(is_space) {
            return true;
        }
        // 增长6.2%*，: the figure stands there whole.
        if count == 1 && next.is_none_or(is_boundary) && is_behind_figure(line, at) {
            return true;
        }
        // 盆花*1, but *2024年
        if count == 1 && near.is_some_and(is_han) && is_digit(beyond) && self.digits_behind() != 4 {
            return true;
        }
        let tail = line[self.run_end..].trim_start_matches(is_space);
        // 姓名 *: what a form wants filled in.
        let wanted = count == 1 && tail.is_empty() && near.is_some_and(is_space);
        // *.txt, a*b
        let pattern =
            is_letter(beyond) || tail.starts_with('.') && tail[1..].starts_with(|c: char| c.is_ascii_alphabetic());
        is_letter(near) && count == 1
            || wanted
            || is_blank_before(line, at) && (count == 1 && next.is_some_and(is_space) || tail.is_empty())
            || near == Some('\\') && !place.markdown
            || pattern
    }

    /// A line across the page, or one inside a name: a_b.
    fn is_rule(&self) -> bool {
        let (line, at, count) = (self.line, self.at, self.count);
        let ([near, beyond], next) = (self.beside(), self.around()[1]);
        let century = self.start < at;
        let only = is_blank_before(line, at) && is_blank_behind(line, self.run_end);
        let text = is_digit(near) || near.is_none_or(|c| is_han(c) || is_cjk_mark(c));
        only || is_letter(near)
            || is_letter(beyond)
            || count < 2
                && !self.is_figure()
                && (!century && !DATE.stands_at(line, self.end) || !(is_han_or_edge(next) && text))
    }

    /// 回落＿个百分点: one line is enough where a measure wants its number.
    fn is_figure(&self) -> bool {
        let (line, end) = (self.line, self.end);
        before(line, self.start).is_some_and(is_han)
            && (STRONG_MEASURE.stands_at(line, end) || PERCENT.stands_at(line, end))
    }

    /// A circle that is a zero, a bullet, part of a legend or a box to tick.
    fn is_bullet(&self, c: char) -> bool {
        let (line, at, count) = (self.line, self.at, self.count);
        let ([near, beyond], next) = (self.beside(), self.around()[1]);
        let numeral = |c: Option<char>| {
            c.is_some_and(|c| numeral::is_chinese(c) && c != '〇' || matches!(c, '●' | '○' | '■' | '★'))
        };
        // 二〇〇二年, ●●○○
        if numeral(near) || numeral(beyond) && !matches!(beyond, Some('万' | '亿' | '百' | '千')) {
            return true;
        }
        if is_blank_before(line, at) && (next.is_none_or(is_space) || count == 1) {
            return true;
        }
        // 手术占比▲: what a list marks its entries with.
        if count == 1
            && near.is_some_and(|c| is_han(c) || c == '）')
            && is_blank_behind(line, self.run_end)
            && !LEADS.ends_at(line, at)
        {
            return true;
        }
        // ●正常，▲滞后: a legend.
        let beside = around(line, at, self.run_end, NEAR);
        let other = |(i, d): (usize, char)| {
            d != c && style_of(d) == Some(self.style) && !before(beside, i).is_some_and(is_mark)
        };
        let noun = [&DATE_END, &PLACE, &ORGANISATION, &PERSON].iter().any(|class| class.stands_at(line, self.end));
        if count == 1 && !noun && measure(line, self.end).is_none() && beside.char_indices().any(other) {
            return true;
        }
        // □是 □否
        c == '□' && count == 1 && near.is_none_or(is_space)
    }
}

/// 12家, 6.2%, 128.6亿元: a figure with its measure ends at byte `at`.
fn is_behind_figure(line: &str, at: usize) -> bool {
    const MEASURE: usize = 5;
    let digit = line[..at].char_indices().rev().take(MEASURE).find(|(_, c)| c.is_ascii_digit());
    digit.is_some_and(|(n, _)| {
        let unit = FACTOR.at(line, n + 1).map_or(n + 1, |(word, _)| word.end as usize);
        measure(&line[..at], unit).is_some_and(|word| unit + word.len() == at) || matches!(&line[unit..at], "%" | "％")
    })
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphabetic() || ('\u{400}'..='\u{4FF}').contains(&c))
}

pub fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_digit())
}

/// 138****5678: a number of which a part is not to be read, written as everybody writes it.
fn is_masked(line: &str, at: usize, end: usize) -> bool {
    let digits = |text: &mut dyn Iterator<Item = u8>| text.take_while(u8::is_ascii_digit).count();
    let head = digits(&mut line[..at].bytes().rev());
    // ×A·37***
    let is_plate = line[..at - head].ends_with('·');
    line[at..end].len() > 2 && (head > 1 && digits(&mut line[end..].bytes()) > 1 || head > 0 && is_plate)
}

pub fn is_han_or_edge(c: Option<char>) -> bool {
    c.is_none_or(|c| is_han(c) || is_cjk_mark(c) || matches!(c, '%' | ',' | ';' | ':' | ')'))
}
