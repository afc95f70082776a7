//! How long a speech may take, as a line of nothing else says it: 时长：20分钟, （限时8分钟）.

use crate::lexicon::{LENGTH_ABOUT, LENGTH_LABEL, LENGTH_TAIL, LENGTH_UNIT};
use crate::numeral::{read_arabic, read_chinese};
use crate::text::chars::is_space;

/// A longer line says something else. In bytes.
const LONGEST: usize = 64;
/// More is no speech. As of the setting.
const MOST: u32 = 600;

const OPENING: [char; 5] = ['（', '(', '【', '〔', '['];
const CLOSING: [char; 5] = ['）', ')', '】', '〕', ']'];

/// The minutes that a line gives the speech, when it says nothing else.
pub fn stated(line: &str) -> Option<u32> {
    if line.len() > LONGEST {
        return None;
    }
    let text = line.trim_matches(|c| is_space(c) || matches!(c, '#' | '*' | '>'));
    let bare = inside(text).unwrap_or(text);
    span(after_label(bare)).or_else(|| span(inside(after_label(bare))?))
}

/// The minutes that stand in brackets at the end of a title or heading: 一、总体情况（8分钟）.
pub fn behind(heading: &str) -> Option<u32> {
    let text = heading.trim_end_matches(is_space);
    let (at, _) = text.char_indices().rfind(|(_, c)| OPENING.contains(c)).filter(|(at, _)| *at > 0)?;
    stated(&text[at..]).filter(|_| text.ends_with(CLOSING))
}

/// A title without the minutes, or what kind of draft it is, in brackets at its end: 在……会上的讲话（20分钟）, （讨论稿）.
pub fn before(title: &str) -> &str {
    let text = title.trim_end_matches(is_space);
    let bracket = text.char_indices().rfind(|(_, c)| OPENING.contains(c)).filter(|(at, _)| *at > 0);
    let is_note = |at: usize| {
        let inner = text[at..].trim_end_matches(CLOSING);
        behind(text).is_some() || text.ends_with(CLOSING) && inner.ends_with('稿') && inner.chars().count() <= 5
    };
    bracket.map(|(at, _)| at).filter(|at| is_note(*at)).map_or(text, |at| &text[..at])
}

/// What stands between brackets, when nothing stands outside.
fn inside(text: &str) -> Option<&str> {
    let inner = text.strip_prefix(OPENING)?.strip_suffix(CLOSING)?;
    Some(inner.trim_matches(is_space))
}

fn after_label(text: &str) -> &str {
    let rest = LENGTH_LABEL.length_at(text, 0).map_or(text, |length| &text[length..]);
    rest.trim_start_matches(|c| is_space(c) || matches!(c, '：' | ':' | '为'))
}

/// 约20分钟左右
fn span(text: &str) -> Option<u32> {
    let number = LENGTH_ABOUT.length_at(text, 0).map_or(text, |length| &text[length..]).trim_start_matches(is_space);
    let (count, length) = read_arabic(number).or_else(|| read_chinese(number))?;
    let unit = number[length..].trim_start_matches(is_space);
    let (range, row) = LENGTH_UNIT.at(unit, 0)?;
    let tail = unit[range.end as usize..].trim_matches(is_space);
    let ends = tail.is_empty() || LENGTH_TAIL.length_at(tail, 0) == Some(tail.len());
    let minutes = count.checked_mul(row.value.parse().ok()?)?;
    Some(minutes).filter(|minutes| ends && (1..=MOST).contains(minutes))
}

#[cfg(test)]
mod tests {
    use super::{behind, stated};

    #[test]
    fn a_line_of_nothing_else_says_how_long() {
        for (line, minutes) in [
            ("时长：20分钟", 20),
            ("　　时长：约 40 分钟", 40),
            ("（时长40分钟左右）", 40),
            ("【限时8分钟】", 8),
            ("限时（8分钟以内）", 8),
            ("发言时间不超过八分钟", 8),
            ("> 时长：二十分钟", 20),
            ("20分钟", 20),
            ("时长：1小时", 60),
        ] {
            assert_eq!(stated(line), Some(minutes), "{line}");
        }
        for line in [
            "时长：XX分钟", "时长：0分钟", "时长：20分钟。", "下面我讲20分钟", "20分钟以后散会", "每人20分钟",
            "用时20天", "时长：99小时", "时长", "",
        ] {
            assert_eq!(stated(line), None, "{line}");
        }
    }

    #[test]
    fn a_heading_says_how_long_in_brackets_at_its_end() {
        assert_eq!(behind("一、总体情况（8分钟）"), Some(8));
        assert_eq!(behind("在全县工作会议上的讲话（约40分钟）"), Some(40));
        for text in
            ["一、总体情况", "（8分钟）", "一、用好8分钟", "一、抓好（8分钟）响应圈", "一、出警（不超过8分钟）。"]
        {
            assert_eq!(behind(text), None, "{text}");
        }
    }
}
