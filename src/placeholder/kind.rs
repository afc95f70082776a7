//! What a placeholder stands for, from the words around it or in its brackets. Where they do not tell
//! it is 待填.

use super::candidate::{Candidate, is_blank_run, is_mark, style_of};
use super::words::{Class, WORDS};
use super::{Category, Family, Form, Style};
use crate::numeral;
use crate::text::Range;
use crate::text::chars::{after, any_of, before, follows_any, has, is_boundary, is_han, is_space, skip_spaces};

/// The category, and the range with the words that give it a meaning.
pub fn classify(line: &str, c: &Candidate) -> (Category, Range) {
    let own = Range::new(c.start, c.end);
    match c.style.family() {
        _ if c.form == Form::Ghost => (hole(line, c), own),
        _ if c.style == Style::Pending || c.style == Style::House && c.form == Form::Mark => (Category::Passage, own),
        Family::Field => (field(line, c), own),
        _ if c.form == Form::Residue => (Category::Person, own),
        _ => around(line, c),
    }
}

fn hole(line: &str, c: &Candidate) -> Category {
    let text = &line[c.start..c.end];
    match text.chars().next() {
        Some('同') => Category::Person,
        Some('第') if text.ends_with('届') => Category::Session,
        Some('第') => Category::Rank,
        Some('年') => Category::Date,
        _ if WORDS.ahead(text, 0, Class::Percent).is_some() => Category::Percentage,
        _ => Category::Quantity,
    }
}

/// What the words in brackets ask for, or else what stands behind them.
fn field(line: &str, c: &Candidate) -> Category {
    const WANTED: [(Category, &[&str]); 9] = [
        (
            Category::Quantity,
            &["金额", "数字", "数量", "数值", "数据", "人数", "个数", "电话", "手机", "号码", "编号", "文号"],
        ),
        (Category::Percentage, &["百分比", "比例", "增幅", "占比"]),
        (Category::Date, &["时间", "日期", "年份", "年度", "月份", "时间范围", "期限", "年月日", "date", "year"]),
        (
            Category::Person,
            &[
                "姓名", "人名", "联系人", "领导", "主持人", "记录人", "负责人", "出席人员", "参加人员", "人员", "嘉宾",
                "name", "recorder", "签发人",
            ],
        ),
        (
            Category::Organisation,
            &[
                "单位", "部门", "机关", "公司", "企业", "主办方", "承办方", "协办方", "机构", "单位名称", "公司名称",
                "学校", "主送",
            ],
        ),
        (Category::Place, &["地点", "地名", "地区", "地址", "城市", "区域", "place"]),
        (Category::Meeting, &["会议名称", "会议", "活动名称", "文件名称", "文件", "大会"]),
        (Category::Rank, &["名次", "排名"]),
        (Category::Name, &["名称", "主题", "标题", "题目", "项目", "事项", "事由", "品牌", "主题词"]),
    ];
    let inner = line[c.inner.0..c.inner.1].trim_matches(is_space);
    let bare = inner
        .trim_start_matches(['待', '补', '填', '写', '请', '：', ':', '具', '体'])
        .trim_end_matches(|c: char| c.is_ascii_digit() || numeral::is_chinese(c));
    if bare.is_empty() || inner.chars().all(|c| is_mark(c) || is_space(c) || matches!(c, '？' | '?' | '…')) {
        let (category, _) = around(line, &Candidate { style: Style::Line, ..c.clone() });
        return if inner.is_empty() || inner.chars().any(is_mark) { category } else { Category::Passage };
    }
    if WORDS.inside(inner, Class::Pending) {
        return Category::Passage;
    }
    let length = bare.chars().count();
    let wanted = WANTED.iter().find(|(_, words)| words.iter().any(|word| bare.ends_with(word)));
    if let Some((category, _)) = wanted.filter(|_| length <= 10) {
        return *category;
    }
    if length > 8 || bare.contains(['，', '。']) || WORDS.ahead(inner, 0, Class::Fills).is_some() {
        return Category::Passage;
    }
    let (category, _) = around(line, &Candidate { style: Style::Line, ..c.clone() });
    category
}

/// What the words around a run of marks or a gap say.
fn around(line: &str, c: &Candidate) -> (Category, Range) {
    let (start, end) = (c.start, c.end);
    let text = &line[start..end];
    let next_at = skip_spaces(line, end);
    let unit_to = |to: usize| Range::new(start, to);
    let own = unit_to(end);
    if let Some(category) = whole(line, c) {
        return (category, own);
    }
    if let Some(found) = dated(line, start, end) {
        return found;
    }
    if before(line, start) == Some('第') {
        let word = WORDS.ahead(line, end, Class::Rank);
        let session = matches!(word, Some("届" | "次"));
        return (
            if session { Category::Session } else { Category::Rank },
            Range::new(start - 3, end + word.map_or(0, str::len)),
        );
    }
    if let Some(found) = session(line, start, end) {
        return found;
    }
    if follows_any(line, start, &["星期", "礼拜", "周"])
        && !matches!(after(line, end), Some('年'))
        && before(line, start) != Some('周')
    {
        return (Category::Date, own);
    }
    if follows_any(line, start, &["百分之", "千分之"]) {
        return (Category::Percentage, own);
    }
    if let Some(sign) = WORDS.percent(line, next_at) {
        return (Category::Percentage, unit_to(next_at + sign.len()));
    }
    if let Some(word) = WORDS.ahead(line, next_at, Class::Person) {
        return (Category::Person, unit_to(next_at + word.len()));
    }
    // X总，X总强调, not X总体
    if has(line, next_at, "总")
        && after(line, next_at + 3).is_none_or(|c| is_boundary(c) || "传讲强提作说全对就的和与在还".contains(c))
    {
        return (Category::Person, unit_to(next_at + 3));
    }
    let thing = THINGS
        .iter()
        .filter_map(|(class, category)| Some((WORDS.ahead(line, next_at, *class)?, *category)))
        .max_by_key(|(word, _)| word.len());
    if let Some(word) =
        WORDS.measure(line, next_at).filter(|word| thing.is_none_or(|(noun, _)| noun.len() <= word.len()))
    {
        return (Category::Quantity, unit_to(next_at + word.len()));
    }
    let label = line[..start].trim_end_matches(is_space);
    if label.ends_with(['：', ':']) {
        let label = label.trim_end_matches(['：', ':']);
        const NUMBERS: [&str; 7] = ["电话", "手机", "传真", "号码", "编号", "账号", "邮编"];
        const PEOPLE: [&str; 9] = ["联系人", "主持人", "主讲人", "记录人", "负责人", "姓名", "发言人", "主持", "记录"];
        const TIMES: [&str; 3] = ["时间", "日期", "期限"];
        const PLACES: [&str; 2] = ["地点", "地址"];
        for (category, words) in [
            (Category::Quantity, &NUMBERS[..]),
            (Category::Person, &PEOPLE),
            (Category::Date, &TIMES),
            (Category::Place, &PLACES),
        ] {
            if words.iter().any(|word| label.ends_with(word)) {
                return (category, own);
            }
        }
    }
    if label.ends_with("电话") {
        return (Category::Quantity, own);
    }
    if is_name_behind(line, start, end) || is_name_in_list(line, start, end) {
        return (Category::Person, own);
    }
    if WORDS
        .ahead(line, end, Class::Saying)
        .is_some_and(|word| word.len() > 3 && !matches!(word, "代表" | "同志" | "参加" | "出席" | "要求"))
    {
        return (Category::Person, own);
    }
    // 民生“XX”工程
    let behind_quote = any_of(line, end, &["”", "」", "\""]).map_or(end, |q| end + q.len());
    if let Some((word, category)) = thing {
        return (category, unit_to(next_at + word.len()));
    }
    if behind_quote > end
        && let Some(word) = WORDS.ahead(line, behind_quote, Class::Name)
    {
        return (Category::Name, unit_to(behind_quote + word.len()));
    }
    if has(line, end, "等") {
        if let Some(to) = noun_ahead(line, end + 3, Class::Organisation) {
            return (Category::Organisation, unit_to(to));
        }
        if let Some(to) = noun_ahead(line, end + 3, Class::Person) {
            return (Category::Person, unit_to(to));
        }
    }
    for (class, category) in [(Class::Organisation, Category::Organisation), (Class::Name, Category::Name)] {
        // Of two characters or more: 委 and 办 stand in too many words.
        if let Some(to) = noun_ahead(line, end, class).filter(|_| !is_blank_run(text)) {
            return (category, unit_to(to));
        }
    }
    if before(line, start) == Some('《') {
        return (Category::Meeting, own);
    }
    (Category::Unknown, own)
}

const THINGS: [(Class, Category); 4] = [
    (Class::Name, Category::Name),
    (Class::Place, Category::Place),
    (Class::Organisation, Category::Organisation),
    (Class::Meeting, Category::Meeting),
];

/// What a candidate tells by itself: a document number, a time, a telephone number, a date.
fn whole(line: &str, c: &Candidate) -> Option<Category> {
    let text = &line[c.start..c.end];
    if c.composite && text.contains(['〕', '］', ']']) && text.ends_with(['号', '〕', '］', ']']) {
        return Some(Category::Name);
    }
    if c.composite {
        if text.contains('届') {
            return Some(Category::Session);
        }
        if text.contains(['年', '月', '日', '时', '点', ':', '：']) || text.contains('/') {
            return Some(Category::Date);
        }
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let marks = text.chars().filter(|c| is_mark(*c)).count();
    let telephone = digits > 0 && digits + marks >= 7 || text.contains('-') && digits + marks >= 9 && c.composite;
    telephone.then_some(Category::Quantity)
}

/// So many elements of a list are looked at to each side.
const LISTED: usize = 12;

/// ×××、×××, XX、XXX: names of people have two characters or three, names of places seldom three.
fn is_name_in_list(line: &str, start: usize, end: usize) -> bool {
    let Some(style) = after(line, start).and_then(style_of) else { return false };
    let is = |c: char| style_of(c) == Some(style);
    let mut lengths = vec![line[start..end].chars().count()];
    let mut rest = &line[end..];
    // The neighbours tell; a long list is not gone through for each of its elements.
    while let Some(next) = rest.strip_prefix(['、', '和']).filter(|_| lengths.len() < LISTED) {
        let mark = &next[..next.find(|c| !is(c)).unwrap_or(next.len())];
        if mark.is_empty() {
            break;
        }
        lengths.push(mark.chars().count());
        rest = &next[mark.len()..];
    }
    let mut head = &line[..start];
    while let Some(before) = head.strip_suffix(['、', '和']).filter(|_| lengths.len() < 2 * LISTED) {
        let stem = before.trim_end_matches(is);
        if stem.len() == before.len() {
            break;
        }
        lengths.push(before[stem.len()..].chars().count());
        head = stem;
    }
    lengths.len() > 1 && lengths.contains(&3) && lengths.iter().all(|n| matches!(n, 2 | 3))
}

/// 张XX, 县委书记　XXX, 董事长某某某，: a name behind a surname or a post.
fn is_name_behind(line: &str, start: usize, end: usize) -> bool {
    let head = line[..start].trim_end_matches(is_space);
    let alone = head.len() < start || line[end..].chars().next().is_none_or(|c| is_boundary(c) || is_space(c));
    if alone && WORDS.behind(line, head.len(), Class::Person).is_some() {
        return true;
    }
    let Some(surname) = WORDS.behind(line, start, Class::Surname) else { return false };
    before(line, start - surname.len()).is_none_or(|c| is_boundary(c) || is_space(c))
}

/// The end of the first noun of the class, of two characters or more, within eight Han characters.
fn noun_ahead(line: &str, at: usize, class: Class) -> Option<usize> {
    let mut here = at;
    for c in line.get(at..)?.chars().take(8) {
        if let Some(word) = WORDS.ahead(line, here, class).filter(|word| word.len() > 3) {
            return Some(here + word.len());
        }
        if !(is_han(c) || c.is_ascii_digit())
            || matches!(c, '的' | '要' | '是' | '在' | '将' | '已' | '和' | '与' | '为')
        {
            return None;
        }
        here += c.len_utf8();
    }
    None
}

fn is_part(c: char) -> bool {
    is_mark(c) || c.is_ascii_digit()
}

/// X月, 20XX年, X月份, XX年度; with the parts of the date that stand before.
fn dated(line: &str, start: usize, end: usize) -> Option<(Category, Range)> {
    let next = any_of(
        line,
        skip_spaces(line, end),
        &["年度", "年", "月份", "月底", "月初", "月中", "月", "日", "号", "时", "点"],
    )?;
    let to = skip_spaces(line, end) + next.len();
    // X年来, X年时间, X日游, X时代, X号楼: no dates.
    if next == "年" && any_of(line, to, &["来", "时间", "多", "前", "后", "内", "级", "间"]).is_some() {
        return Some((Category::Quantity, Range::new(start, to)));
    }
    if next == "号" && before(line, start).is_some_and(|c| matches!(c, '〕' | ']' | '］')) {
        return Some((Category::Name, Range::new(start, to)));
    }
    if matches!(next, "时" | "号" | "点" | "日" | "月")
        && any_of(
            line,
            to,
            &[
                "代", "期", "刻", "候", "楼", "线", "召", "要求", "意见", "建议", "体会", "想法", "希望", "常", "度",
                "报", "刊", "均",
            ],
        )
        .is_some()
    {
        return (next == "点").then_some((Category::Quantity, Range::new(start, to)));
    }
    let mut from = start;
    // Backwards over the parts of the date that stand before: 2026年5月_.
    for _ in 0..2 {
        let Some(c) = before(line, from).filter(|c| matches!(c, '年' | '月')) else { break };
        let head = &line[..from - c.len_utf8()];
        let body = head.trim_end_matches(is_part);
        if body.len() == head.len() {
            break;
        }
        from = body.len();
    }
    Some((Category::Date, Range::new(from, to)))
}

/// X届, X届X次, ×次党代会
fn session(line: &str, start: usize, end: usize) -> Option<(Category, Range)> {
    if has(line, end, "届") {
        return Some((Category::Session, Range::new(start, end + 3)));
    }
    if before(line, start) == Some('届') && has(line, end, "中全会") {
        return Some((Category::Session, Range::new(start, end + 9)));
    }
    if has(line, end, "次") {
        if before(line, start) == Some('届') {
            let head = &line[..start - 3];
            let from = head.trim_end_matches(|c: char| is_part(c) || numeral::is_chinese(c)).len();
            return Some((Category::Session, Range::new(from, end + 3)));
        }
        if any_of(line, end + 3, &["党代会", "全会", "常委", "会议", "代表大会", "全体", "党代表"]).is_some()
        {
            return Some((Category::Session, Range::new(start, end + 3)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::candidate::Place;
    use super::super::read;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found = read(line, &Place::default());
        assert_eq!(found.iter().map(|p| p.category.names()[0]).collect::<Vec<_>>(), expected, "{line}");
    }

    #[test]
    fn the_words_around_tell_the_kind() {
        check("会议在XX区召开，XX局长主持", &["地名", "人名"]);
        check("星期X，百分之X，上午9：XX", &["日期", "百分比", "日期"]);
        check("值班电话：XXXXXXXX，〔2026〕X号", &["数量", "名称"]);
        check("X总强调，完成投资X亿元，增长X%", &["人名", "数量", "百分比"]);
        check("X届X次全会，第X位", &["届次", "名次"]);
        check("【单位名称】、[联系人]、{金额}、【日期】", &["单位", "人名", "数量", "日期"]);
    }

    #[test]
    fn where_they_do_not_it_is_unknown() {
        check("由XX牵头，让X成为标杆", &["待填", "待填"]);
        check("【待补】", &["待补内容"]);
    }
}
