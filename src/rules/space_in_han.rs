//! 汉字间空格

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::{SURNAME, TITLE_BEFORE_NAME};
use crate::paragraph::Paragraph;
use crate::text::chars::{after, before, is_cjk_mark, is_counted, is_han, is_space};
use crate::text::position::{around, floor};
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "space-in-han",
    name: "汉字间空格",
    severity: Some(Severity::Hint),
    summary: "一句话中间、汉字或标点之间多了一个空格（包括看不见的不换行空格）。",
    why: "从网页、PDF 复制时带进来的，排版时会被撑开。短行（标题、署名、名单）、引号里的并列口号、两个字的人名不查。",
    source: "实务；没有标准条文。",
    examples: &[
        Example {
            bad: "要着力破解 “一长四多”等突出问题，推动工作上台阶。",
            good: "要着力破解“一长四多”等突出问题，推动工作上台阶。",
        },
        Example {
            bad: "第二条路子，是把资源优势 变成产业优势，让群众多受益。",
            good: "第九条 使用单位应当定期检验，建立台账，并向社会公开检验结果。",
        },
        Example {
            bad: "今年以来，全县上下 凝心聚力，各项工作取得了明显成效。",
            good: "牢记“听党话 跟党走”的嘱托，完成投资 30 亿元，张 三同志作了发言，题目是《弘扬“五四精神” 激扬青春力量》。",
        },
    ],
    tags: &[],
    check: Check::Characters(" \u{A0}\u{3000}", check),
    message,
};

/// A shorter line may be a title, a signature or a list of names.
const SHORT: u8 = 24;
/// How many bytes on each side of a space are looked at for marks.
const NEAR: usize = 600;

fn check(line: &str, at: usize, paragraph: &Paragraph, hits: &mut Hits) {
    let rest = &line[at..];
    let end = line.len() - rest.trim_start_matches(is_space).len();
    hits.pass_over(end);
    // A headline of two parts has no mark of a sentence: 全会在京举行 公报全文发布
    if paragraph.structural.length <= SHORT
        || !paragraph.structural.ends_sentence
        || !around(line, at, end, NEAR).contains(['，', '。', '；', ','])
    {
        return;
    }
    let first = paragraph.head().map_or(paragraph.style.start, |h| h.range.end) as usize;
    let first = first.max(article_end(line, first));
    // Longer ones are blanks to fill in, columns, or the middle of a name.
    if at <= first || line[at..end].chars().nth(1).is_some() {
        return;
    }
    let (Some(left), Some(right)) = (before(line, at), after(line, end)) else { return };
    let joins = |c: char| (is_han(c) || is_cjk_mark(c)) && !matches!(c, '—' | '…' | '·');
    if !joins(left) || !joins(right) {
        return;
    }
    // What is to be filled in may be blank: 完成投资　亿元.
    if is_counted(right) {
        return;
    }
    let apart =
        !OPEN.contains(&left) && !CLOSE.contains(&right) && in_quotes(&line[floor(line, at.saturating_sub(NEAR))..at]);
    if apart || is_han(left) && is_han(right) && is_name(line, at, end) {
        return;
    }
    let range = Range::new(at, end);
    if paragraph
        .placeholders
        .iter()
        .filter(|p| p.is_likely())
        .all(|p| p.range.end <= range.start || range.end <= p.range.start)
    {
        hits.push(range, ());
    }
}

/// The end of 第九条, 第十六款 at byte `start`, which a space sets off.
fn article_end(line: &str, start: usize) -> usize {
    let Some(rest) = line.get(start..).and_then(|rest| rest.strip_prefix('第')) else { return start };
    let number: usize = rest.chars().take_while(|c| is_number(*c)).map(char::len_utf8).sum();
    let unit = rest[number..].chars().next().filter(|c| matches!(c, '条' | '款' | '项' | '章' | '节'));
    match unit {
        Some(unit) if number > 0 => start + '第'.len_utf8() + number + unit.len_utf8(),
        _ => start,
    }
}

fn is_number(c: char) -> bool {
    c.is_ascii_digit() || crate::numeral::is_chinese(c)
}

const OPEN: [char; 5] = ['“', '‘', '「', '《', '（'];
const CLOSE: [char; 5] = ['”', '’', '」', '》', '）'];

fn in_quotes(head: &str) -> bool {
    // Of each pair by itself: 《弘扬“上海精神” 深化团结协作》.
    let open =
        |(open, close): (char, char)| head.rfind(open).is_some_and(|at| head.rfind(close).is_none_or(|c| c < at));
    OPEN.into_iter().zip(CLOSE).any(open)
}

/// 张 三: one ideograph on one side, as names of two are set.
fn is_name(line: &str, at: usize, end: usize) -> bool {
    let han = |c: char| is_han(c);
    let left = line[..at].chars().rev().take_while(|c| han(*c)).count();
    let right = line[end..].chars().take_while(|c| han(*c)).count();
    let surname = SURNAME.ends_at(line, at);
    // 新华社记者 王明/摄
    let reporter = TITLE_BEFORE_NAME.ends_at(line, at) && right <= 4;
    left == 1 || right == 1 || surname || reporter
}

fn message(context: &FindingContext<'_>) -> Message {
    let text = match context.found().contains('\u{A0}') {
        true => context.say("汉字间有不换行空格", "漢字間有不換行空格", "a no-break space between Chinese characters"),
        false => context.say("汉字间有空格", "漢字間有空格", "a space between Chinese characters"),
    };
    Message { text: text.to_owned(), fix: context.replaced("", Grade::Style) }
}
