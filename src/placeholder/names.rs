//! Marks that are no blanks but names, products and footnotes: X光, 1+X, 长×宽×高, “文旅×科技”, *注.

use super::words::measure;
use crate::lexicon::{
    CROSS_BEFORE, CROSS_THING, DATE, DIMENSION, FOOTNOTE, FOOTNOTE_NOUN, NO_CROSS_THING, ORGANISATION, PERCENT, PERSON,
    PLACE, SET_DOWN, SPEAKS, SPOKEN_MARK, SPOKEN_OF, VARIABLE,
};
use crate::text::chars::{
    after, before, is_blank_before, is_boundary, is_closing_quote, is_han, is_opening_quote, is_quote,
};
use crate::text::position::around;

/// The bytes of one ideograph.
const ONE: usize = 3;

/// X光, 未知数X, 1+X, “X”形, 打“×”, “数据要素×”: the mark is no blank but a name.
pub fn is_name_of_its_own(line: &str, at: usize, end: usize) -> bool {
    let (previous, next) = (before(line, at), after(line, end));
    if matches!(previous, Some('+' | '＋')) || matches!(next, Some('+' | '＋')) {
        return true;
    }
    let quote = next.filter(|c| matches!(c, '”' | '」' | '’' | '-'));
    let to = end + quote.map_or(0, char::len_utf8);
    let thing = CROSS_THING.word_at(line, to);
    let other = NO_CROSS_THING.word_at(line, to);
    if thing.is_some_and(|thing| other.is_none_or(|other| other.len() <= thing.len())) {
        return true;
    }
    let measured = measure(line, end).is_some() || PERCENT.stands_at(line, end);
    if CROSS_BEFORE.ends_at(line, at) && !measured {
        return true;
    }
    let from = previous.filter(|c| matches!(c, '“' | '「' | '‘')).map_or(at, |c| at - c.len_utf8());
    let quoted = from < at && quote.is_some_and(|c| c != '-');
    // “数据要素×”: a programme, with the sign at its end.
    let programme = previous.is_some_and(is_han)
        && quote.is_some_and(|c| c != '-')
        && !matches!(line.get(at..end), Some("X" | "Ｘ"));
    quoted && SPOKEN_MARK.ends_at(line, from) || programme || is_joint(line, at, end)
}

/// “文旅×科技”: a sign that joins two words in quotation marks, with nothing behind it that a name stands in
/// front of.
fn is_joint(line: &str, at: usize, end: usize) -> bool {
    let left = line[..at].chars().rev().take(9).find(|c| !is_han(*c));
    let right = line[end..].chars().take(9).find(|c| !is_han(*c));
    // 科 begins 科技 more often than it is a section.
    let noun = [&PLACE, &PERSON, &DATE, &PERCENT].iter().any(|class| class.stands_at(line, end))
        || ORGANISATION.word_at(line, end).is_some_and(|word| word.len() > ONE);
    let beside = before(line, at).is_some_and(is_han) && after(line, end).is_some_and(is_han);
    beside && !noun && measure(line, end).is_none() && matches!((left, right), (Some('“' | '「'), Some('”' | '」')))
}

/// 以○标注, “XX”二字: the mark itself is what is set down.
pub fn is_set_down(line: &str, at: usize, end: usize) -> bool {
    let is_quoted = matches!(before(line, at), Some('“' | '「' | '‘'));
    let close = after(line, end).filter(|c| is_quoted && matches!(c, '”' | '」' | '’'));
    let is_single = line[at..end].chars().count() == 1;
    (is_single || close.is_some()) && SET_DOWN.stands_at(line, end + close.map_or(0, char::len_utf8))
}

/// 用“X”表示, 打“×”, X 代表, 占位符 XX
pub fn is_mentioned(line: &str, from: usize, to: usize) -> bool {
    let (from, to) = quotation_around(line, from, to).unwrap_or((from, to));
    let head = line[..from].trim_end_matches(['“', '「', '‘']);
    let tail = line[to..].trim_start_matches(['”', '」', '’']);
    SPOKEN_OF.ends_at(head, head.len()) && head.len() < from
        || SPEAKS.stands_at(tail, 0) && tail.len() < line.len() - to
}

/// 印着“XX街道”: the mark is mentioned with the words that it stands among.
pub fn is_quoted(line: &str, at: usize, end: usize) -> bool {
    quotation_around(line, at, end).is_some() && is_mentioned(line, at, end)
}

/// What stands in the quotation marks around `from..to`, where it is short: “XX街道”.
fn quotation_around(line: &str, from: usize, to: usize) -> Option<(usize, usize)> {
    const QUOTED: usize = 8;
    let is_text = |c: &char| !is_quote(*c) && !is_boundary(*c);
    let head: usize = line[..from].chars().rev().take(QUOTED).take_while(is_text).map(char::len_utf8).sum();
    let tail: usize = line[to..].chars().take(QUOTED).take_while(is_text).map(char::len_utf8).sum();
    let (start, end) = (from - head, to + tail);
    let quoted = before(line, start).is_some_and(is_opening_quote) && after(line, end).is_some_and(is_closing_quote);
    quoted.then_some((start, end))
}

/// 设x为, 用X代表, X、Y两个: a letter that stands for a quantity.
pub fn is_variable(line: &str, at: usize, end: usize) -> bool {
    if is_defined(line, at, end) {
        return true;
    }
    let mark = &line[at..end];
    let near = around(line, at, end, BESIDE);
    if near.match_indices(mark).any(|(at, _)| is_defined(near, at, at + mark.len())) {
        return true;
    }
    let noun = [&PLACE, &PERSON, &DATE, &PERCENT, &ORGANISATION].iter().any(|class| class.stands_at(line, end));
    !noun && measure(line, end).is_none() && has_other_variable(line, at, end)
}

/// 设x为, 其中X由各县规定: what it stands for is said.
fn is_defined(line: &str, at: usize, end: usize) -> bool {
    let says = |word: &str| line[end..].starts_with(word);
    VARIABLE.ending(line, at).is_some_and(|(_, row)| row.value.split('|').any(says))
}

/// How far another letter may stand that a quantity is called by.
const BESIDE: usize = 120;

/// X、Y两个变量, Y除以X: another letter stands by itself nearby, and nothing is named by it.
fn has_other_variable(line: &str, at: usize, end: usize) -> bool {
    let near = around(line, at, end, BESIDE);
    let apart = |c: Option<char>| c.is_none_or(|c| is_han(c) || is_boundary(c));
    let goes_on = |rest: &str| {
        let says = ["和", "与", "为", "是", "等于", "代表", "表示", "两个"].iter().any(|word| rest.starts_with(word));
        says || rest.chars().next().is_none_or(is_boundary)
    };
    let letters = near.char_indices().filter(|(_, c)| c.is_ascii_alphabetic() && !matches!(c, 'X' | 'x'));
    letters.into_iter().any(|(at, _)| apart(before(near, at)) && goes_on(&near[at + 1..]))
}

/// 机制×执行力=成效, 长×宽×高, 总数×100%
pub fn is_product(line: &str, at: usize, end: usize) -> bool {
    if after(line, end).is_some_and(|c| c.is_ascii_digit()) {
        return true;
    }
    let from =
        line[..at].char_indices().rev().take(30).take_while(|(_, c)| !is_boundary(*c)).last().map_or(at, |(i, _)| i);
    let to = line[end..].char_indices().take(30).take_while(|(_, c)| !is_boundary(*c));
    let to = to.last().map_or(end, |(i, c)| end + i + c.len_utf8());
    let clause = &line[from..to];
    let chain = || {
        clause.split('×').all(|word| {
            (1..=4).contains(&word.chars().count())
                && word.chars().all(is_han)
                && [&PLACE, &ORGANISATION, &PERSON, &DATE].iter().all(|class| !class.stands_at(word, 0))
        })
    };
    // 长×宽×高为3×2×1米: the figures follow.
    let is_figured = || {
        clause.match_indices('×').any(|(at, sign)| {
            let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
            is_digit(before(clause, at)) && is_digit(after(clause, at + sign.len()))
        })
    };
    let is_between = before(line, at).is_some_and(is_han)
        && after(line, end).is_some_and(is_han)
        && measure(line, end).is_none()
        && [&PLACE, &ORGANISATION, &PERSON, &DATE].iter().all(|class| !class.stands_at(line, end));
    let is_many = clause.matches('×').count() > 1;
    // 按长×宽×堆高测算
    let is_sized = DIMENSION.ends_at(line, at) && (is_many || DIMENSION.stands_at(line, end));
    clause.contains(['=', '＝', '÷']) || is_many && chain() || is_between && (is_sized || is_many && is_figured())
}

/// *注：…, 带*的, *为估算值
pub fn is_footnote(line: &str, at: usize, end: usize) -> bool {
    let behind = FOOTNOTE.at(line, end).map(|(_, row)| row);
    let explained = behind.is_some() || FOOTNOTE_NOUN.stands_at(line, end);
    is_blank_before(line, at)
        && behind.is_some_and(|row| row.value.is_empty() || after(line, end + row.word.len()).is_some_and(is_han))
        || explained && SPOKEN_MARK.ends_at(line, at)
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Place;
    use super::super::candidates::find;

    #[track_caller]
    fn check(line: &str, count: usize) {
        assert_eq!(find(line, &Place::default()).len(), count, "{line}");
    }

    #[test]
    fn names_products_and_footnotes_are_no_candidates() {
        for line in [
            "X光检查，X轴为月份，维生素X",
            "设x为工作日，用X代表投入、用Y代表产出，X、Y两个变量，Y和X之间，X除以Y",
            "箱子长×宽×高为3×2×1米，仓容按长×宽×堆高测算，面积按长×宽计",
            "获得*号标记的企业，以○标注的栏目，标有*的同志，“XX”二字",
            "某日凌晨，某地下雨",
            "推行1+X证书、5G+X、“互联网+×”",
            "“数据要素×”行动，海外社交平台X的账号",
            "补贴=面积×单价，长×宽×高",
            "总数×100%，2×2，4×100米，3.5米×2米",
            "“文旅×科技”融合",
            "*注：以上为初步统计",
            "带*的为必办事项",
            "XXL码，MAXX品牌，xx.com",
            "某些同志，张某某，李某",
        ] {
            check(line, 0);
        }
    }

    #[test]
    fn names_that_hide_something_are() {
        check("X光伏产业", 1);
        check("××县速度", 1);
        check("*2024年东线", 1);
        check("某某市的做法", 1);
        check("某月某日，工程开工", 1);
        check("X、Y镇，以X为抓手，增设X个岗位，增设X为民窗口", 5);
        check("长×米，高×米，由X负责，A级景区两个", 3);
        check("建成3×2米展台×个", 1);
    }
}
