//! What stands in brackets because the draft is not ready: what is to be written there, or done about it.

use crate::lexicon::{ASKED, ASKS, CHORE, DRAFT_PART, FORMER_HOLDER, ORGANISATION, PERSON, SURNAME, dictionary};
use crate::numeral;
use crate::text::Range;
use crate::text::chars::{before, is_boundary, is_han, is_space};

/// 介绍背景, 此处请核对: what is to be done comes first.
pub fn directs(inner: &str) -> bool {
    let rest = past_lead(inner);
    // Looking is cheaper than parting words.
    rest.starts_with(is_han)
        && CHORE.stands_at(rest, 0)
        && words(rest).next().is_some_and(|word| CHORE.get(word).is_some())
}

/// 数字再核一下: what is to be done stands anywhere, as a word by itself.
pub fn has_chore(inner: &str) -> bool {
    CHORE.find(inner).is_some() && words(inner).any(|word| CHORE.get(word).is_some())
}

/// 统计局核: the last word is what is to be done.
pub fn ends_in_chore(text: &str) -> bool {
    CHORE.ends_at(text, text.len())
        && words(text).last().is_some_and(|word| CHORE.get(word).is_some() && text.ends_with(word))
}

/// 这块再核, 名单待补: somebody is urged right in front of what is to be done.
pub fn is_urged(text: &str) -> bool {
    let urges = |c: char| c == '待' || URGING.contains(&c);
    text.char_indices().any(|(at, c)| urges(c) && directs(&text[at + c.len_utf8()..]))
}

/// 本文有删减, 数字已核: it has been done.
pub fn is_done(text: &str) -> bool {
    text.contains('了') || text.char_indices().any(|(at, c)| DONE.contains(&c) && directs(&text[at + c.len_utf8()..]))
}

/// 数字由统计局核, 提法还要斟酌: who is to do it, or that it is still to be done, stands in front.
pub fn assigns(text: &str) -> bool {
    let rest = DRAFT_PART.word_at(text, 0).map_or("", |word| &text[word.len()..]);
    rest.starts_with(ASSIGNING) && has_chore(rest)
}

/// In front of who is to do it, or of what is still to be done.
const ASSIGNING: [char; 8] = ['由', '请', '让', '待', '还', '要', '需', '再'];

/// Characters of the name of a unit, at most.
const LONGEST_NAME: usize = 16;

/// 待统计局核, 请县发改委确认: who is to do what is done to drafts only.
pub fn responsible(inner: &str) -> Option<Range> {
    let ends = inner.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
    let mut ends = ends.filter(|end| ORGANISATION.ends_at(inner, *end));
    let is_asked = |end: &usize| {
        let rest = inner[*end..].trim_start_matches(URGING);
        let word = CHORE.word_at(rest, 0).and_then(|word| CHORE.get(word));
        word.is_some_and(|row| !row.value.is_empty())
    };
    let end = ends.find(is_asked)?;
    let assigned = inner[..end].rfind(ASSIGNING).and_then(|at| Some(at + inner[at..].chars().next()?.len_utf8()));
    let start = assigned.unwrap_or_else(|| DRAFT_PART.word_at(inner, 0).map_or(0, str::len));
    let name = inner.get(start..end)?;
    name.split('、').all(is_short).then(|| Range::new(start, end))
}

/// 请县财政局核实, 数据由统计局补充, 此处待核: nothing but who is to do what is done to drafts only. Finished prose has no
/// such thing in brackets; 由所在单位确认 is a rule, 请有关部门填写 stands on a form.
pub fn is_request(inner: &str) -> bool {
    let part = DRAFT_PART.word_at(inner, 0).map_or(0, str::len);
    let work = match inner[part..].chars().next() {
        Some(c @ ('请' | '待')) => &inner[part + c.len_utf8()..],
        Some(c @ ('由' | '让')) if part > 0 => &inner[part + c.len_utf8()..],
        _ => return false,
    };
    let is_whole = |chore: &str| {
        let chore = chore.trim_start_matches(URGING);
        let word = CHORE.word_at(chore, 0).filter(|word| CHORE.get(word).is_some_and(|row| !row.value.is_empty()));
        let rest = word.map(|word| chore[word.len()..].trim_end_matches(is_boundary));
        rest.is_some_and(|rest| {
            rest.is_empty() || DRAFT_PART.word_at(rest, 0).is_some_and(|part| part.len() == rest.len())
        })
    };
    let mut ends = work.char_indices().map(|(at, _)| at);
    let names = |who: &str| who.split('、').all(|who| names_unit(who) || names_person(who));
    ends.any(|at| (at == 0 && part > 0 || names(&work[..at])) && is_whole(&work[at..]))
}

/// As long as the name of a unit.
fn is_short(name: &str) -> bool {
    (2..=LONGEST_NAME).contains(&name.chars().count()) && name.chars().all(is_han)
}

/// 李局长: a surname with a post.
fn names_person(text: &str) -> bool {
    let post = PERSON.word_ending(text, text.len()).map_or(0, str::len);
    post > 0 && SURNAME.word_at(text, 0).is_some_and(|name| name.len() + post == text.len())
}

/// 县财政局, 发改委: the name of one unit. 部门, 单位 and the like are kinds of them, 各局 are many.
pub fn names_unit(text: &str) -> bool {
    let kind = ORGANISATION.word_ending(text, text.len()).unwrap_or("");
    is_short(text) && kind.chars().count() == 1 && !FORMER_HOLDER.stands_at(text, 0)
}

/// 再核, 请补: somebody is urged to do it.
pub fn urges(text: &str) -> bool {
    let bare = DRAFT_PART.word_at(text, 0).map_or(text, |word| &text[word.len()..]);
    bare.starts_with(URGING)
}

/// 补一段, 核数字: what is done to a draft and to nothing else.
pub fn mends(inner: &str) -> bool {
    CHORE.find(inner).is_some() && words(inner).any(|word| CHORE.get(word).is_some_and(|row| !row.value.is_empty()))
}

/// The words of the ideographs in `text`.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split(|c: char| !is_han(c)).filter(|part| !part.is_empty());
    parts.flat_map(|part| {
        dictionary::words(part, Range::new(0, part.len())).into_iter().map(|(range, _)| range.of(part))
    })
}

/// 发文日期, 意见一: nothing but words for what is wanted, and a number.
pub fn asks_only(inner: &str) -> bool {
    let mut text = inner.trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_chinese(c));
    while let Some(word) = ASKS.word_ending(text, text.len()).or_else(|| ASKED.word_ending(text, text.len())) {
        text = &text[..text.len() - word.len()];
    }
    text.is_empty() && !inner.is_empty()
}

/// In front of what has been done.
const DONE: [char; 3] = ['有', '已', '经'];

/// In front of what is to be done.
const URGING: [char; 6] = ['请', '再', '要', '需', '还', '应'];

/// What follows 此处, 这里请 and the like.
fn past_lead(inner: &str) -> &str {
    let mut text = inner;
    loop {
        let lead = DRAFT_PART.word_at(text, 0).map_or(0, str::len);
        let rest = text[lead..].trim_start_matches(URGING).trim_start_matches('，');
        if rest.len() == text.len() {
            return text;
        }
        text = rest;
    }
}

/// 约200字, 3-5句, 两三句话
pub fn is_sized(inner: &str) -> bool {
    inner.char_indices().any(|(at, c)| {
        matches!(c, '字' | '句' | '段')
            && before(inner, at)
                .is_some_and(|c| c.is_ascii_digit() || numeral::is_chinese(c) || matches!(c, '两' | '几'))
    })
}

/// True when nothing stands in `text` but brackets with what is in them, blanks and marks.
pub fn is_all_brackets(text: &str) -> bool {
    let mut open = false;
    text.chars().all(|c| match c {
        '（' | '(' | '【' | '[' | '［' => !std::mem::replace(&mut open, true),
        '）' | ')' | '】' | ']' | '］' => std::mem::replace(&mut open, false),
        _ => open || is_space(c) || is_boundary(c),
    }) && !open
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_to_be_done_is_told_from_remarks() {
        for text in ["介绍背景", "此处请核对数字", "这里再补一个例子", "填写工作要求，约200字"]
        {
            assert!(directs(text), "{text}");
        }
        for text in ["此处停顿", "据介绍", "加盖公章", "补贴标准另定", "请坐"] {
            assert!(!directs(text), "{text}");
        }
        assert!(has_chore("数字再核一下") && !has_chore("核心区"));
        assert!(is_done("本文有删减") && is_done("数字已核实") && !is_done("数字再核"));
        assert!(is_urged("这块再核") && !is_urged("核实无误") && mends("补一个例子") && !mends("介绍一下"));
    }

    #[test]
    fn requests_are_told_from_rules_and_forms() {
        for text in [
            "请县财政局核实", "数据由统计局补充", "此处待核", "数字待县统计局核对", "待省厅确认",
            "请县工信局补充数据。", "此处请核对", "名单让组织部确认", "请统计局、人社局再核", "请李局长核实",
        ] {
            assert!(is_request(text), "{text}");
        }
        for text in [
            "由县民政局核实", "由所在单位确认", "请有关部门填写", "请各局核实", "请李村村民填写",
            "请统计局、有关部门核实", "待省厅确认后公布", "请填写", "请县财政局局长补充发言", "请人社局核实后报县政府",
            "数据已由统计局核实", "待遇核定办法", "核实情况",
        ] {
            assert!(!is_request(text), "{text}");
        }
    }

    #[test]
    fn names_of_what_is_wanted_and_how_much() {
        for text in ["发文日期", "标题2", "单位名称"] {
            assert!(asks_only(text), "{text}");
        }
        assert!(!asks_only("北关社区") && !asks_only(""));
        assert!(is_sized("约200字") && is_sized("两三句话") && !is_sized("汉字"));
    }

    #[test]
    fn a_line_of_brackets() {
        assert!(is_all_brackets("（职务）　（姓名）") && is_all_brackets("（主送单位）："));
        assert!(!is_all_brackets("（一）工作") && !is_all_brackets("（职务"));
    }
}
