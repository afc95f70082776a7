//! Rows that only marks delimit: 抓好产业、项目、环境四项任务; 办好四件事：修好一条路，建好一所学校，通好一条渠.
//!
//! Nothing in the items tells that they are items, so the row is read in every way that its marks allow. The reading
//! that is named is chosen whatever the count says; where the count agrees with another one, nothing is said. What
//! speaks for the reading is told as evidence, with points fitted on finished prose (`outline/counts.tsv`).

use super::parts::{Counted, Evidence, Frame, Opening, Row, Side, strip};
use crate::lexicon::{BEING, COUNT_UNIT, DOING, FROM, ITEM_NOUN, JOINING, TELLING, dictionary};
use crate::numeral;
use crate::text::chars::{
    after, before as char_before, is_boundary, is_closing_quote, is_han, is_opening_quote, is_quote, is_space, is_stop,
    opening_of,
};
use crate::text::position::floor;

/// What may speak for a row before its count, in the order of the bits of its evidence.
pub const BEFORE: [&str; 36] = [
    "before-bias", "before-two", "before-three", "before-many", "before-equal", "before-near", "before-whole",
    "before-verb", "before-cut", "before-short", "before-last-verb", "before-last-apart", "before-same-first",
    "before-same-last", "before-single", "before-pair", "before-four", "before-long", "before-comma", "before-inside",
    "before-quotes", "before-such", "before-measured", "before-opened", "before-large", "before-closes", "before-of",
    "before-rows", "before-foreign", "before-governs", "before-noun-all", "before-item", "before-no-noun",
    "before-more", "before-off-two", "before-off-more",
];
/// What may speak for a row behind its count.
pub const BEHIND: [&str; 32] = [
    "behind-bias", "behind-two", "behind-three", "behind-many", "behind-is", "behind-dash", "behind-bracket",
    "behind-comma", "behind-word", "behind-semicolons", "behind-commas", "behind-duns", "behind-sentences",
    "behind-same-first", "behind-same-two", "behind-same-second", "behind-same-last", "behind-equal", "behind-near",
    "behind-noun-head", "behind-noun-all", "behind-noun-last", "behind-closing", "behind-inner", "behind-runs-on",
    "behind-joined", "behind-short", "behind-long", "behind-last-apart", "behind-more", "behind-off-two",
    "behind-off-more",
];

/// How far a row reaches before its count and behind it, in bytes.
const REACH: usize = 300;
const LONG: usize = 700;
/// A row has no more items.
const MOST: usize = 12;
/// How many characters behind a count belong to its noun.
const WORD: usize = 6;
/// And of a noun behind a row at most.
const NOUN: usize = 6;
/// A count that differs by more is about something else.
const FAR: u32 = 3;
/// An item before the count has no more characters.
const ITEM: usize = 10;

/// The items before a count, from left to right.
struct Left<'a> {
    /// Each with the quotes around it; the first with what the sentence has before it.
    pieces: Vec<&'a str>,
    /// Where the first piece begins.
    start: usize,
    /// The mark before the first piece.
    mark: Option<char>,
}

/// The pieces of `line` before byte `end`, back to the mark that ends a clause. What stands in brackets, quotes or
/// title marks is part of its piece.
fn left(line: &str, from: usize, end: usize) -> Left<'_> {
    let mut pieces = Vec::new();
    let (mut depth, mut until) = (0_usize, end);
    let mut mark = None;
    let mut start = from;
    for (i, c) in line[from..end].char_indices().rev() {
        let at = from + i;
        if opening_of(c).is_some() && c != '"' {
            // “引进”“培育”: one behind the other without a mark.
            let next = if depth == 0 && at + c.len_utf8() < until { after(line, at + c.len_utf8()) } else { None };
            if c != '）' && next.is_some() && next == opening_of(c) {
                pieces.push(&line[at + c.len_utf8()..until]);
                until = at + c.len_utf8();
            }
            depth += 1;
        } else if matches!(c, '“' | '‘' | '「' | '『' | '（' | '(' | '《') {
            if depth == 0 {
                (mark, start) = (Some(c), at + c.len_utf8());
                break;
            }
            depth -= 1;
        } else if depth > 0 {
            continue;
        } else if c == '、' {
            pieces.push(&line[at + c.len_utf8()..until]);
            until = at;
            if pieces.len() > MOST {
                break;
            }
        } else if is_boundary(c) {
            (mark, start) = (Some(c), at + c.len_utf8());
            break;
        }
    }
    pieces.push(&line[start..until.max(start)]);
    pieces.reverse();
    Left { pieces, start, mark }
}

/// The piece without brackets behind it, and without quotes.
fn bare(piece: &str) -> &str {
    let piece = piece.trim_matches(is_space);
    let piece = match piece.ends_with(['）', ')']) {
        true => piece.rfind(['（', '(']).map_or(piece, |i| &piece[..i]),
        false => piece,
    };
    piece.trim_matches(|c| is_quote(c) || is_space(c) || matches!(c, '《' | '》'))
}

fn length(piece: &str) -> usize {
    piece.chars().count()
}

fn joined(pieces: &[&str]) -> u32 {
    pieces.iter().map(|piece| JOINING.rows().map(|row| piece.matches(row.word).count() as u32).sum::<u32>()).sum()
}

/// The first characters of all pieces are the same, or their last.
fn share(pieces: &[&str], pick: impl Fn(&str) -> Option<char>) -> bool {
    let first = pick(pieces[0]);
    first.is_some() && pieces.iter().all(|piece| pick(piece) == first)
}

/// The row before the count at byte `at`, whose noun ends at `end`.
pub fn before(line: &str, at: usize, end: usize, counted: &Counted, body: usize) -> Option<Row> {
    let start = body.max(floor(line, at.saturating_sub(REACH)));
    let head = line.get(start..at)?;
    // “治乱”、“增绿”“两项”行动
    let unopened = head.strip_suffix(is_opening_quote);
    let head = unopened.unwrap_or(head);
    let such = head.ends_with('等');
    let head = head.strip_suffix('等').unwrap_or(head);
    // The cheapest first: nearly every count has no row before it.
    let clause = head.rfind(|c| is_stop(c) || matches!(c, '，' | '；' | '：')).unwrap_or(0);
    if !head[clause..].contains(['、', '”', '》']) || head.ends_with(['的', '这', '那', '、']) {
        return None;
    }
    let mut row = left(line, start, start + head.len());
    let is_inside = row.pieces.len() == 1 && head.ends_with(is_closing_quote);
    if is_inside {
        let inner_end = start + head.strip_suffix(is_closing_quote).map_or(0, str::len);
        row = left(line, start, inner_end);
        if !row.mark.is_some_and(is_opening_quote) {
            return None;
        }
    }
    let quotes = row.pieces.iter().filter(|piece| piece.trim_matches(is_space).ends_with(is_closing_quote)).count();
    let pieces: Vec<&str> = row.pieces.iter().map(|piece| bare(piece)).collect();
    let (first, rest) = pieces.split_first()?;
    let is_odd = |piece: &&str| piece.is_empty() || length(piece) > ITEM || has_count(piece);
    if rest.is_empty() || pieces.len() > MOST || rest.iter().any(is_odd) || has_count(first) {
        return None;
    }
    // 由住建、规划等部门组成的市区两级: the last piece is more than an item.
    let of = rest.iter().filter(|piece| piece.contains('的')).count();
    if of > 0 && of < rest.len() || rest.iter().any(|piece| piece.contains('等')) {
        return None;
    }
    let lengths: Vec<usize> = rest.iter().map(|piece| length(piece)).collect();
    let (least, most) = (*lengths.iter().min()?, *lengths.iter().max()?);
    let own = length(first);
    let actual = pieces.len() as u32;
    let count = counted.count;
    // 三级学科代码汇总录入: no name of items is as long.
    if unopened.is_none() && length(counted.noun) > NOUN {
        return None;
    }
    // 冬季两项等项目 is a name; a row that differs by much is not what is counted.
    if counted.noun.contains('等') || actual.abs_diff(count) > FAR {
        return None;
    }
    let joins = joined(&pieces);
    let differs = actual != count;
    if differs && joins > 0 || such && actual <= count {
        return None;
    }
    // 农村集体“三资”管理、基金管理: the row goes on behind the count, which is a name in one of its pieces.
    let tail = line[end..].trim_start_matches(is_closing_quote);
    let word = tail.char_indices().take(WORD).find(|(_, c)| !is_han(*c));
    let is_name = unopened.is_some() && !head.ends_with(is_closing_quote) && counted.unit == counted.noun;
    let recurs = counted.noun.chars().next_back().is_some_and(|c| pieces.iter().all(|piece| piece.ends_with(c)));
    if word.is_some_and(|(_, c)| c == '、') || is_name && !recurs && differs {
        return None;
    }
    // 邮政、快递企业加快完善县、乡、村三级: the row may begin in one of its pieces.
    let begins = |n: usize| lengths[n - 1] > lengths[n..].iter().max().map_or(usize::MAX, |most| most + 1);
    if actual > count && count > 1 && begins((actual - count) as usize) {
        return None;
    }
    let letters: usize = lengths.iter().sum::<usize>() + own.min(most);
    if differs && counted.unit.contains('字') && (most > 1 || letters as u32 == count) {
        return None;
    }
    // 从国家到省、市、县四级: one more stands before the first.
    let is_up_to = |end: usize| {
        let text = &first[..end];
        let word = text.char_indices().rev().nth(1).map_or("", |(at, _)| &text[at..]);
        text.ends_with(['到', '至']) && !dictionary::is_word(word)
    };
    let is_up_to = (least..=most).filter_map(|n| first.char_indices().rev().nth(n - 1)).any(|(at, _)| is_up_to(at));
    if is_up_to && count == actual + 1 {
        return None;
    }
    // What the first piece has before the first item: 要抓好|产业.
    let quoted_first = row.pieces[0].contains(is_opening_quote) && quotes == pieces.len();
    let cut = |n: usize| first.char_indices().rev().nth(n - 1).map(|(i, _)| i);
    let is_verb = |end: usize| [&DOING, &FROM, &TELLING, &BEING].iter().any(|class| class.ends_at(first, end));
    let verb_at = (least..=most).filter_map(cut).find(|&i| i > 0 && is_verb(i));
    let edge = (least..=most).filter_map(cut).any(|i| i > 0 && dictionary::boundary(first, i).is_none_or(|b| b > 0));
    let whole = (least..=most).contains(&own);
    let governs = verb_at.is_none() && (least..=most).filter_map(cut).any(|i| i > 0 && governs(&first[..i]));
    let last = *lengths.last()?;
    let behind = after(line, end);
    let earlier = &line[start..row.start];
    let sentence = earlier.rfind(is_stop).unwrap_or(0);
    let evidence = Evidence::of(&BEFORE, |name| match &name["before-".len()..] {
        "bias" => true,
        "two" => actual == 2,
        "three" => actual == 3,
        "many" => actual > 5,
        "equal" => least == most,
        "near" => most - least == 1,
        "whole" => whole,
        "verb" => verb_at.is_some() || quoted_first,
        "cut" => edge && verb_at.is_none() && !whole,
        "short" => own < least,
        "last-verb" => is_verb_at_end(rest[rest.len() - 1], &rest[..rest.len() - 1]),
        "last-apart" => {
            let others = &lengths[..lengths.len() - 1];
            others.iter().all(|n| *n == others[0]) && others.first().is_some_and(|n| *n != last)
        }
        "same-first" => {
            share(rest, |piece| piece.chars().next()) && first.contains(rest[0].chars().next().unwrap_or(' '))
        }
        "same-last" => share(&pieces, |piece| piece.chars().next_back()),
        "single" => most == 1,
        "pair" => least == 2 && most == 2,
        "four" => least == 4 && most == 4,
        "long" => most > 8,
        "comma" => row.mark == Some('，') && whole,
        "inside" => is_inside,
        "quotes" => quotes + 1 >= pieces.len(),
        "such" => such,
        "measured" => counted.measured,
        // 发挥“三个作用”
        "opened" => unopened.is_some() && !head.ends_with(is_closing_quote),
        "large" => counted.unit.starts_with('大'),
        "closes" => behind.is_none_or(is_boundary),
        "of" => behind == Some('的'),
        "rows" => earlier[sentence..].contains('、'),
        "foreign" => !pieces.iter().all(|piece| piece.chars().all(is_han)),
        "governs" => governs,
        "noun-all" => !counted.noun.is_empty() && pieces.iter().all(|piece| piece.contains(counted.noun)),
        "item" => ITEM_NOUN.ends_at(line, end),
        "no-noun" => counted.noun.is_empty(),
        "more" => actual > count,
        "off-two" => actual.abs_diff(count) == 2,
        "off-more" => actual.abs_diff(count) > 2,
        _ => false,
    });
    Some(Row { frame: Frame::Loose, side: Side::Before, actual, evidence })
}

/// 落实 before the number takes the count as its object, unless all the pieces are verbs.
fn is_verb_at_end(piece: &str, others: &[&str]) -> bool {
    let apart = others.iter().any(|other| length(other) != length(piece));
    let taking = [&DOING, &TELLING, &BEING, &FROM].iter().any(|class| {
        // 一次办好 among others like it takes nothing.
        class.word_ending(piece, piece.len()).is_some_and(|word| length(word) > 1 && apart || word == piece)
    });
    let is_verb = |piece: &str| dictionary::word(piece).is_some_and(|word| word.class == dictionary::Class::Verb);
    // 技术、质量、安全要达到
    let most = others.iter().map(|other| length(other)).max().unwrap_or(usize::MAX);
    let end = piece.char_indices().rev().nth(1).map_or(0, |(i, _)| i);
    let longer = length(piece) > most.saturating_add(1) && is_verb(&piece[end..]);
    taking || longer || is_verb(piece) && !others.iter().any(|other| is_verb(other))
}

/// The text ends with a word that takes an object: 落实好, 紧盯, 对.
fn governs(text: &str) -> bool {
    let text = text.strip_suffix(['好', '住', '出', '到', '了']).unwrap_or(text);
    let from = text.char_indices().rev().nth(1).map_or(0, |(i, _)| i);
    let is = |word: &str, class| dictionary::word(word).is_some_and(|word| word.class == class);
    let last = &text[text.char_indices().next_back().map_or(0, |(i, _)| i)..];
    is(&text[from..], dictionary::Class::Verb) || is(last, dictionary::Class::Function)
}

/// 专家20名, 扩消费六大工程: a piece that counts something itself.
fn has_count(piece: &str) -> bool {
    piece.char_indices().any(|(at, c)| {
        c.is_ascii_digit() || at > 0 && numeral::is_chinese(c) && COUNT_UNIT.stands_at(piece, at + c.len_utf8())
    })
}

/// A reading of what stands behind a count.
struct Reading<'a> {
    kind: &'static str,
    pieces: Vec<&'a str>,
    closing: bool,
    /// They begin with the same characters.
    is_alike: bool,
}

/// The row behind the count.
pub fn behind(line: &str, counted: &Counted, opening: &Opening) -> Option<Row> {
    let &Opening { mark, start, word, is_of, is_name } = opening;
    if mark == "。" || is_of {
        return None;
    }
    let rest = &line[start..floor(line, start + LONG)];
    let bracket = matches!(mark, "（" | "(");
    let stop = |c: char| is_stop(c) || bracket && matches!(c, '）' | ')');
    let sentence = match rest.find(stop) {
        Some(i) => &rest[..i],
        None if start + rest.len() == line.len() => rest,
        None => return None,
    };
    let comma = mark == "，";
    // What stands in quotes or brackets has marks of its own.
    if sentence.contains(['（', '(', '《']) || !sentence.contains('；') && sentence.contains(['：', ':']) {
        return None;
    }
    let split = |mark: char| -> Vec<&str> { pieces_of(sentence, mark) };
    let (semicolons, commas, duns) = (split('；'), split('，'), split('、'));
    let following = rest.get(sentence.len()..).unwrap_or("").trim_start_matches(|c| is_stop(c) || is_quote(c));
    let behind_first = |pieces: &[&str]| pieces.first().and_then(|piece| piece.chars().next());
    let like_following = behind_first(&semicolons).is_some_and(|c| {
        following.split(is_stop).next().is_some_and(|next| next.trim_matches(is_space).starts_with(c))
    });
    // 要A。要B。: where the row ends cannot be told.
    if like_following {
        return None;
    }
    let reading = if semicolons.len() > 1 {
        Reading { kind: "semicolons", pieces: semicolons.clone(), closing: false, is_alike: false }
    } else if commas.len() == 1 && duns.len() > 1 {
        Reading { kind: "duns", pieces: duns.clone(), closing: false, is_alike: false }
    } else {
        commas_of(&commas)?
    };
    let pieces = &reading.pieces;
    // 分为十个版块：前言、…、展望等: not all are named.
    if pieces.last().is_some_and(|piece| piece.ends_with('等')) {
        return None;
    }
    if pieces.len() < 2 || pieces.len() > MOST || pieces.iter().any(|piece| begins_with_number(piece)) {
        return None;
    }
    // 四大倡议，就是要推动各国共谋发展、共享和平: what the first piece begins with belongs to all.
    let longest = pieces[1..].iter().map(|piece| length(piece)).max().unwrap_or(0);
    if reading.kind == "duns" && length(pieces[0]) > longest + 3 || mark.ends_with("就是") && sentence.starts_with('要')
    {
        return None;
    }
    let actual = pieces.len() as u32;
    let count = counted.count;
    let noun = if counted.noun.is_empty() { counted.unit } else { counted.noun };
    let noun_head = noun.chars().next().filter(|_| !noun.is_empty());
    let heads = pieces.iter().all(|piece| piece.starts_with(noun) && !noun.is_empty());
    // A name in quotes may be that of a formula of which only a part is said.
    if (comma || is_name) && !heads || actual.abs_diff(count) > FAR {
        return None;
    }
    if actual != count {
        let every = sentence.split(['；', '，', '、']).filter(|piece| !strip(piece).is_empty()).count() as u32;
        let first_clause = pieces_of(commas.first().copied().unwrap_or(""), '、').len() as u32;
        let joins = joined(pieces);
        let run = commas.iter().filter(|piece| piece.chars().next() == behind_first(&commas)).count() as u32;
        let parted = semicolons.len() > 1;
        let (close, run) = if parted { (0, 0) } else { (commas.len() as u32, run) };
        let other = [semicolons.len() as u32, close, duns.len() as u32, every, first_clause];
        // A clause may close the sentence, unless it is one more of them.
        // 八个字：守土有责、守土尽责
        let letters = sentence.chars().filter(|c| is_han(*c)).count() as u32;
        let is_letters = counted.unit.contains('字') && letters <= 40;
        if other.contains(&count)
            || run == count
            || !reading.is_alike && close > 2 && close == count + 1
            || actual < count && count <= actual + joins
            || is_letters
        {
            return None;
        }
    }
    let lengths: Vec<usize> = pieces.iter().map(|piece| length(piece)).collect();
    let (least, most) = (*lengths.iter().min()?, *lengths.iter().max()?);
    let nth = |n: usize| move |piece: &str| piece.chars().nth(n);
    let evidence = Evidence::of(&BEHIND, |name| match &name["behind-".len()..] {
        "bias" => true,
        "two" => actual == 2,
        "three" => actual == 3,
        "many" => actual > 5,
        "is" => matches!(mark, "，即" | "，就是" | "：即" | "：就是"),
        "dash" => mark == "——",
        "bracket" => bracket,
        "comma" => comma,
        "word" => word,
        "same-first" => share(pieces, nth(0)),
        "same-two" => share(pieces, nth(0)) && share(pieces, nth(1)),
        "same-second" => share(pieces, nth(1)),
        "same-last" => share(pieces, |piece| piece.chars().next_back()),
        "equal" => least == most,
        "near" => most - least == 1,
        "noun-head" => heads,
        "noun-all" => length(noun) > 1 && pieces.iter().all(|piece| piece.contains(noun)),
        "noun-last" => {
            noun_head.is_some() && pieces.iter().all(|piece| piece.ends_with(noun.chars().next_back().unwrap_or(' ')))
        }
        "closing" => reading.closing,
        "inner" => pieces.iter().all(|piece| piece.contains(['，', '、'])),
        "runs-on" => !following.is_empty(),
        "joined" => joined(pieces) > 0,
        "short" => most < 7,
        "long" => most > 24,
        "last-apart" => {
            let others = &lengths[..lengths.len() - 1];
            others.iter().all(|n| *n == others[0]) && others.first() != lengths.last()
        }
        "more" => actual > count,
        "off-two" => actual.abs_diff(count) == 2,
        "off-more" => actual.abs_diff(count) > 2,
        kind => kind == reading.kind,
    });
    Some(Row { frame: Frame::Loose, side: Side::Behind, actual, evidence })
}

/// The items between these marks, those in quotes left whole.
fn pieces_of(sentence: &str, mark: char) -> Vec<&str> {
    let mut depth = 0_u32;
    let parts = sentence.split(|c: char| {
        match c {
            '“' | '‘' => depth += 1,
            '”' | '’' => depth = depth.saturating_sub(1),
            _ => {}
        }
        c == mark && depth == 0
    });
    parts.map(strip).filter(|piece| !piece.is_empty()).collect()
}

/// 把……，把……，把……: clauses that begin alike or are of one length; one more may close the sentence.
fn commas_of<'a>(commas: &[&'a str]) -> Option<Reading<'a>> {
    if commas.len() < 2 {
        return None;
    }
    let alike = |pieces: &[&str]| {
        let lengths: Vec<usize> = pieces.iter().map(|piece| length(piece)).collect();
        let near = lengths.iter().max()?.abs_diff(*lengths.iter().min()?) < 2;
        (alike_from(pieces, 0) || alike_from(pieces, 1) || near).then_some(())
    };
    let all = Reading { kind: "commas", pieces: commas.to_vec(), closing: false, is_alike: true };
    if alike_from(commas, 0) {
        return Some(all);
    }
    // 保持肌理，保持风貌，不搞大拆大建: the last is of their length, and no item.
    let parted = commas.len() > 2 && alike_from(&commas[..commas.len() - 1], 0);
    if !parted && alike(commas).is_some() {
        let is_alike = alike_from(commas, 1);
        return Some(Reading { is_alike, ..all });
    }
    let (_, others) = commas.split_last()?;
    if others.len() == 1 {
        // 甲、乙、丙，确保……
        let duns = pieces_of(others[0], '、');
        return (duns.len() > 1).then_some(Reading { kind: "duns", pieces: duns, closing: true, is_alike: false });
    }
    alike(others).map(|()| Reading { kind: "commas", pieces: others.to_vec(), closing: true, is_alike: false })
}

/// The characters of this place are the same.
fn alike_from(pieces: &[&str], n: usize) -> bool {
    share(pieces, |piece| piece.chars().nth(n))
}

/// 一是……, 第二……, 1.……: items of a list, which has its own count.
fn begins_with_number(piece: &str) -> bool {
    piece.starts_with(|c: char| "一二三四五六七八九十第首其①②③④".contains(c) || c.is_ascii_digit())
        || char_before(piece, piece.len()).is_none()
}
