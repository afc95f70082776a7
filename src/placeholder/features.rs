//! What is seen of a candidate in its line: each feature is a fact with a name that can be printed.

use super::candidate::{Candidate, Place, is_mark};
use super::words::{Class, WORDS};
use super::{Family, Flags, Style, brackets, composite};
use crate::text::chars::{after, before, is_boundary, is_cjk_mark, is_han, is_space, is_stop, skip_spaces};

/// Facts of one candidate, a bit each in the order of [`Feature::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Features(pub u128);

impl Features {
    pub const fn has(self, feature: Feature) -> bool {
        self.0 >> feature as u32 & 1 == 1
    }

    fn set(&mut self, feature: Feature, on: bool) {
        self.0 |= u128::from(on) << feature as u32;
    }

    pub fn iter(self) -> impl Iterator<Item = Feature> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let feature = Feature::ALL.get(left.trailing_zeros() as usize)?;
            left &= left.wrapping_sub(1);
            Some(*feature)
        })
    }
}

/// Declares the features: variant, name in the table, what it means in Chinese.
macro_rules! features {
    ($($variant:ident $name:literal $meaning:literal,)*) => {
        /// A fact of a candidate and its line.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Feature { $($variant),* }

        impl Feature {
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];
            const NAMES: &'static [(&'static str, &'static str)] = &[$(($name, $meaning)),*];

            /// The name in the table of points.
            pub fn name(self) -> &'static str {
                Self::NAMES[self as usize].0
            }

            /// What it means, in Simplified Chinese.
            pub fn meaning(self) -> &'static str {
                Self::NAMES[self as usize].1
            }
        }
    };
}

features! {
    Whole "whole" "独占一段",
    LineStart "line-start" "在段首，后面有文字",
    LineEnd "line-end" "在段末，前面有文字",
    InSentence "in-sentence" "夹在汉字中间",
    HanLeft "han-left" "前面是汉字",
    HanRight "han-right" "后面是汉字",
    PointLeft "point-left" "前面是标点",
    PointRight "point-right" "后面是标点",
    DigitLeft "digit-left" "前面是数字",
    DigitRight "digit-right" "后面是数字",
    LatinLeft "latin-left" "前面是字母",
    LatinRight "latin-right" "后面是字母",
    SpaceLeft "space-left" "前面是空格",
    SpaceRight "space-right" "后面是空格",
    OtherLeft "other-left" "前面是别的符号",
    OtherRight "other-right" "后面是别的符号",
    Quoted "quoted" "引号里只有它",
    InQuote "in-quote" "在引号里",
    InBrackets "in-brackets" "在括号里",
    InTitle "in-title" "在书名号里",
    Measure "measure" "后面是量词",
    Percent "percent" "后面是百分号或百分点",
    Person "person" "后面是称呼或职务",
    PlaceNoun "place" "后面是地名用字",
    Organisation "organisation" "后面是单位名词",
    NameNoun "name" "后面是项目、工程一类名词",
    Meeting "meeting" "后面是会议、文件一类名词",
    DateWord "date" "后面是年、月、日、时",
    Saying "saying" "后面是讲话人的动作",
    LetterThing "letter-thing" "后面是光、轴、型一类，字母本身就是名字",
    Governs "governs" "前面的动词带数量",
    Leads "leads" "前面的词带名称",
    Ranked "ranked" "前面是“第”",
    PersonBefore "person-before" "前面是称呼或职务",
    Surname "surname" "前面是姓",
    NounBefore "noun-before" "前面是地名或单位名词",
    LabelBefore "label-before" "前面是“联系人：”一类",
    ColonBefore "colon-before" "前面是冒号",
    Century "century" "是年份的一部分",
    ListBefore "list-before" "前面是顿号",
    One "one" "只有一个",
    Two "two" "两个",
    Three "three" "三个",
    More "more" "四个以上",
    Composite "composite" "是一个日期、时间或区间",
    Digits "digits" "里面有数字",
    Telephone "telephone" "像电话号码",
    Formula "formula" "这一句里有算式",
    TwoHanMarks "product" "单个符号夹在两个词中间",
    Lower "lower" "小写",
    Footnote "footnote" "像脚注记号",
    Short "short" "括号里四字以内",
    Middle "middle" "括号里五到十字",
    Long "long" "括号里十字以上",
    Sentence "sentence" "括号里是整句",
    EndsStop "ends-stop" "括号里以句号、冒号收尾",
    Comma "comma" "括号里有逗号、顿号",
    DigitInside "digit-inside" "括号里有数字",
    Slash "slash" "括号里用斜线分开几种",
    Identifier "identifier" "括号里是变量名",
    Double "double" "双括号",
    Asks "asks" "括号里说要填什么",
    AsksEnd "asks-end" "括号里以名称、时间一类词收尾",
    AsksOnly "asks-only" "括号里只有名称、时间一类词",
    Fills "fills" "括号里说还没有填",
    FillsStart "fills-start" "括号里以“请填写”“待”一类开头",
    PendingInside "pending-inside" "括号里有“待定”“待核”",
    Notes "notes" "括号里像注释或提示动作",
    NotesStart "notes-start" "括号里以“以下简称”“见”一类开头",
    MarkInside "mark-inside" "括号里有 X、× 一类",
    Numbered "numbered" "括号里以序号收尾",
    Empty "empty" "括号是空的",
    QuoteInside "quote-inside" "括号里有引号",
    Width1 "width-1" "一个空格",
    Width2 "width-2" "两个空格",
    Width3 "width-3" "三四个空格",
    Width5 "width-5" "五个以上空格",
    FullWidth "full-width" "有全角空格",
    Columns "columns" "同一行有几处空格，像分栏",
    Name "spaced-name" "像拉开字距的人名",
    Strong "strong" "后面的量词一定要有数字",
    NoStrong "no-boundary" "量词后面还连着汉字",
    Above "above" "量词后面是“以上”“以下”",
    Heading "heading" "在标题里",
    Item "item" "在编号或列表项里",
    ShortLine "short-line" "这一段很短",
    NoStop "no-stop" "这一段没有句末标点",
    ColonLine "colon-line" "这一段是“名称：内容”",
    Markdown "markdown" "稿子是 Markdown",
    PlainNoun "plain" "左右都是中文，后面有名词或量词",
    GovernedMeasure "governed-measure" "动词带数量，后面是量词",
    LedNoun "led-noun" "前面的词带名称，后面是名词",
    Mention "mention" "像是在谈这个符号本身",
}

/// What is asked of a line for each of its candidates.
pub struct Surroundings<'a> {
    line: &'a str,
    start: usize,
    end: usize,
    heading: bool,
    item: bool,
    short: bool,
    no_stop: bool,
    markdown: bool,
    gaps: usize,
}

impl<'a> Surroundings<'a> {
    pub fn of(line: &'a str, place: &Place) -> Self {
        let trimmed = line.trim_matches(is_space);
        let end = line.trim_end_matches(is_space).len();
        let text = trimmed.trim_start_matches(['#', ' ', '>']);
        let item = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '•' | '+' | '（' | '('))
            || text.starts_with(|c: char| crate::numeral::is_chinese(c)) && text.chars().nth(1) == Some('、');
        let mut gaps = 0;
        let mut space = false;
        let mut at = 0;
        while let Some(c) = after(trimmed, at) {
            gaps += usize::from(is_space(c) && !space);
            space = is_space(c);
            at += c.len_utf8();
            // Common ideographs.
            while matches!(trimmed.as_bytes().get(at), Some(0xE4..=0xE9)) {
                (at, space) = (at + 3, false);
            }
        }
        let last = trimmed.chars().next_back();
        Self {
            line,
            start: place.start,
            end,
            heading: trimmed.starts_with('#'),
            item,
            short: line.len() < 75,
            no_stop: !last.is_some_and(|c| is_stop(c) || matches!(c, '；' | '：' | '，')),
            markdown: place.markdown,
            gaps,
        }
    }

    pub fn features(&self, c: &Candidate) -> (Features, Flags) {
        use Feature as F;
        let line = self.line;
        let mut f = Features::default();
        let text = &line[c.start..c.end];
        let family = c.style.family();
        let head = line[self.start.min(c.start)..c.start]
            .trim_start_matches(|c: char| is_space(c) || matches!(c, '*' | '#' | '-' | '>'));
        let tail = line[c.end..self.end.max(c.end)].trim_end_matches('*');
        let alone = head.is_empty() && tail.trim_matches(is_space).is_empty();
        f.set(F::Whole, alone);
        f.set(F::LineStart, head.is_empty() && !alone);
        f.set(F::LineEnd, tail.is_empty() && !alone);
        let (left, right) = (before(line, c.start), after(line, c.end));
        let side = |c: Option<char>| {
            c.map_or(0, |c| match c {
                _ if is_han(c) => 1,
                _ if is_space(c) => 2,
                _ if is_boundary(c) || is_cjk_mark(c) || matches!(c, '%' | '％') => 3,
                '0'..='9' | '０'..='９' => 4,
                _ if c.is_ascii_alphabetic() => 5,
                _ => 6,
            })
        };
        const LEFT: [F; 6] = [F::HanLeft, F::SpaceLeft, F::PointLeft, F::DigitLeft, F::LatinLeft, F::OtherLeft];
        const RIGHT: [F; 6] = [F::HanRight, F::SpaceRight, F::PointRight, F::DigitRight, F::LatinRight, F::OtherRight];
        for (n, list) in [(side(left), LEFT), (side(right), RIGHT)] {
            if n > 0 {
                f.set(list[n - 1], true);
            }
        }
        let inside = side(left) == 1 && side(right) == 1;
        f.set(F::InSentence, inside);
        f.set(F::Quoted, matches!(left, Some('“' | '「' | '‘')) && matches!(right, Some('”' | '」' | '’')));
        let open = |pair: (char, char)| open_before(line, c.start, pair);
        f.set(F::InQuote, open(('“', '”')));
        f.set(F::InBrackets, open(('（', '）')));
        f.set(F::InTitle, open(('《', '》')));
        // Words.
        let to = skip_spaces(line, c.end);
        let from = line[..c.start].trim_end_matches(is_space).len();
        let ahead = |class| WORDS.ahead(line, to, class);
        let behind = |class| WORDS.behind(line, from, class);
        let measure = WORDS.measure(line, to).is_some();
        let percent = WORDS.percent(line, to).is_some();
        let person = ahead(Class::Person).is_some();
        let place = ahead(Class::Place).is_some();
        let organisation = ahead(Class::Organisation).is_some();
        let name = ahead(Class::Name).is_some();
        let meeting = ahead(Class::Meeting).is_some();
        let date = ahead(Class::Date).is_some();
        f.set(F::Measure, measure);
        f.set(F::Percent, percent);
        f.set(F::Person, person);
        f.set(F::PlaceNoun, place);
        f.set(F::Organisation, organisation);
        f.set(F::NameNoun, name);
        f.set(F::Meeting, meeting);
        f.set(F::DateWord, date);
        f.set(F::Saying, ahead(Class::Saying).is_some());
        f.set(F::LetterThing, ahead(Class::LetterThing).is_some());
        let governs = behind(Class::Governs).is_some();
        let leads = behind(Class::Leads).is_some();
        f.set(F::Governs, governs);
        f.set(F::Leads, leads);
        let ranked = before(line, from) == Some('第');
        f.set(F::Ranked, ranked);
        f.set(F::PersonBefore, behind(Class::Person).is_some());
        f.set(F::Surname, behind(Class::Surname).is_some());
        f.set(F::NounBefore, behind(Class::Place).is_some() || behind(Class::Organisation).is_some());
        let colon = matches!(before(line, from), Some('：' | ':'));
        f.set(F::ColonBefore, colon);
        let label = line[..from].trim_end_matches(['：', ':', ' ']);
        f.set(
            F::LabelBefore,
            colon
                && (WORDS.behind(line, label.len(), Class::Label).is_some()
                    || WORDS.behind(line, label.len(), Class::Asks).is_some()),
        );
        f.set(F::ListBefore, left == Some('、'));
        f.set(F::Heading, self.heading);
        f.set(F::Item, self.item);
        f.set(F::ShortLine, self.short);
        f.set(F::NoStop, self.no_stop);
        f.set(F::Markdown, self.markdown);
        let colon_line = self.short
            && head.trim_end_matches(is_space).ends_with(['：', ':'])
            && tail.trim_matches(is_space).is_empty();
        f.set(F::ColonLine, colon_line);
        let noun = measure || percent || person || place || organisation || name || meeting || date;
        f.set(F::GovernedMeasure, governs && (measure || percent));
        f.set(F::LedNoun, leads && (person || place || organisation || name || meeting));
        f.set(F::Mention, mentioned(line, from, to));
        // A sign between Chinese text, points and edges.
        let chinese = |c: Option<char>, n: usize| matches!(n, 0 | 1 | 3) && !matches!(c, Some('/' | '=' | '+'));
        // GDPXX亿元
        let acronym = c.style == Style::Cross && side(left) == 5 && (measure || percent);
        let plain = (acronym || chinese(left, side(left))) && chinese(right, side(right));
        f.set(F::PlainNoun, plain && noun);
        let sure = match family {
            Family::Mark => {
                let ruled = c.style == Style::Line && f.has(F::LabelBefore);
                let named = f.has(F::PersonBefore) || ruled;
                self.mark(c, text, &mut f) && plain && (noun || ranked || named || c.composite || f.has(F::Century))
            }
            Family::Field => self.field(c, &mut f, measure || percent || person || inside),
            Family::Slot => self.slot(c, &mut f, measure || percent),
        };
        let flag = |on: bool, flag: Flags| if on { flag.0 } else { 0 };
        let flags = flag(sure, Flags::SURE)
            | flag(inside, Flags::INSIDE)
            | flag(alone, Flags::ALONE)
            | flag(head.is_empty() && !alone, Flags::HEAD);
        (f, Flags(flags))
    }

    /// True when nothing speaks against a blank.
    fn mark(&self, c: &Candidate, text: &str, f: &mut Features) -> bool {
        use Feature as F;
        let line = self.line;
        let count = text.chars().filter(|c| !c.is_ascii_digit() && !matches!(c, '.' | '-' | ':')).count();
        f.set(
            match count {
                0 | 1 => F::One,
                2 => F::Two,
                3 => F::Three,
                _ => F::More,
            },
            true,
        );
        f.set(F::Composite, c.composite);
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        f.set(F::Digits, digits > 0 && c.style != Style::Zero);
        f.set(F::Century, composite::is_year(text) && (count > 1 || digits > 1));
        f.set(
            F::Telephone,
            digits + count >= 7 && count >= 3 && text.chars().all(|c| c.is_ascii_digit() || is_mark(c) || c == '-'),
        );
        f.set(F::Lower, text.contains('x'));
        f.set(F::Strong, WORDS.ahead(line, c.end, Class::Strong).is_some());
        let clause = clause_around(line, c.start, c.end);
        let formula = clause.chars().any(|c| matches!(c, '=' | '＝' | '÷' | '≥' | '≤' | '≈' | '+' | '＋'))
            || clause.matches('×').count() > 1 && count == 1 && !c.composite && !f.has(F::PlainNoun);
        f.set(F::Formula, formula);
        let inside = f.has(F::InSentence);
        let product = count == 1 && matches!(c.style, Style::Times | Style::Star) && inside;
        f.set(F::TwoHanMarks, product);
        let footnote = c.style == Style::Star
            && (c.start <= self.start || f.has(F::LineEnd) || matches!(after(line, c.end), Some('）' | '”' | '。')));
        f.set(F::Footnote, footnote);
        !formula
            && !f.has(F::LetterThing)
            && !f.has(F::Mention)
            && (c.style != Style::Star || count <= 3)
            && (c.style != Style::Some || count >= 2)
    }

    fn field(&self, c: &Candidate, f: &mut Features, governed: bool) -> bool {
        use Feature as F;
        let inner = self.line[c.inner.0..c.inner.1].trim_matches(is_space);
        let count = inner.chars().count();
        f.set(F::Short, (1..=4).contains(&count));
        f.set(F::Middle, (5..=10).contains(&count));
        f.set(F::Long, count > 10);
        f.set(F::Empty, count == 0);
        f.set(F::Sentence, count > 10 && inner.contains(['，', '。', '；']));
        f.set(F::EndsStop, inner.ends_with(['。', '；', '：', ':', '！']));
        f.set(F::Comma, inner.contains(['，', '、', ',']));
        f.set(F::DigitInside, inner.contains(|c: char| c.is_ascii_digit()));
        f.set(F::Slash, inner.contains(['/', '／', '|']));
        let identifier = inner.is_ascii() && count >= 3;
        f.set(F::Identifier, identifier);
        let double = self.line[c.start..].starts_with("{{") || self.line[c.start..].starts_with("${");
        f.set(F::Double, double);
        let asks = WORDS.inside(inner, Class::Asks);
        let fills = WORDS.inside(inner, Class::Fills);
        f.set(F::Asks, asks);
        let end = WORDS.behind(inner, inner.len(), Class::Asks);
        f.set(F::AsksEnd, end.is_some());
        f.set(F::AsksOnly, end.is_some_and(|word| word.len() == inner.len()));
        f.set(F::Fills, fills);
        let starts = WORDS.ahead(inner, 0, Class::Fills).is_some() || inner.starts_with('请');
        f.set(F::FillsStart, starts);
        let pending = WORDS.inside(inner, Class::Pending) && !inner.contains("有待") && !inner.contains("待遇");
        f.set(F::PendingInside, pending);
        let notes = WORDS.inside(inner, Class::Notes);
        f.set(F::Notes, notes);
        f.set(F::NotesStart, WORDS.ahead(inner, 0, Class::Notes).is_some());
        let mark = brackets::holds_marks(inner);
        f.set(F::MarkInside, mark);
        f.set(
            F::Numbered,
            inner.chars().next_back().is_some_and(|c| c.is_ascii_digit() || crate::numeral::is_chinese(c)),
        );
        f.set(F::QuoteInside, inner.contains(['“', '《', '"']));
        match c.style {
            Style::Round => (pending || starts || mark && !notes) && !f.has(F::QuoteInside),
            _ => governed || asks && !f.has(F::LineStart) || fills || mark || double && !f.has(F::QuoteInside),
        }
    }

    fn slot(&self, c: &Candidate, f: &mut Features, measured: bool) -> bool {
        use Feature as F;
        let line = self.line;
        let text = &line[c.start..c.end];
        let width: usize = text.chars().filter(|c| is_space(*c)).map(|c| if c == '\u{3000}' { 2 } else { 1 }).sum();
        f.set(F::Composite, c.composite);
        match c.style {
            Style::Gap => {
                f.set(
                    match width {
                        0 | 1 => F::Width1,
                        2 => F::Width2,
                        3 | 4 => F::Width3,
                        _ => F::Width5,
                    },
                    true,
                );
                f.set(F::FullWidth, text.contains('\u{3000}'));
                f.set(F::Columns, self.gaps > 2 && !c.composite);
                let single = |at: usize| {
                    let c = after(line, at);
                    c.is_some_and(is_han)
                        && after(line, at + c.map_or(0, char::len_utf8)).is_none_or(|c| is_space(c) || is_cjk_mark(c))
                };
                let lone_before = before(line, c.start).is_some_and(is_han)
                    && before(line, c.start.saturating_sub(3)).is_none_or(|c| is_space(c) || is_cjk_mark(c));
                f.set(F::Name, single(c.end) || lone_before);
                c.composite || measured && (width > 1 || f.has(F::Governs)) && self.gaps < 4
            }
            Style::Hole => {
                let next = after(line, c.end);
                f.set(F::Strong, c.end - c.start > 3);
                f.set(F::NoStrong, next.is_some_and(is_han));
                f.set(F::Above, line[c.end..].starts_with("以上") || line[c.end..].starts_with("以下"));
                f.has(F::Governs) && !next.is_some_and(is_han)
            }
            _ => !f.has(F::HanRight),
        }
    }
}

/// True when a bracket or quotation is open at byte `at`, looked for in the clause-sized text before it.
fn open_before(line: &str, at: usize, (open, close): (char, char)) -> bool {
    line[..at].chars().rev().take(24).find(|c| *c == open || *c == close) == Some(open)
}

/// 用“X”表示, 打“×”, X 代表, 占位符 XX
fn mentioned(line: &str, from: usize, to: usize) -> bool {
    const SPOKEN_OF: [&str; 10] = ["写成", "打", "画", "标", "叫作", "称作", "符号", "字母", "占位符", "代号"];
    const SPEAKS: [&str; 9] = ["表示", "代表", "代替", "指的是", "这样的", "之类", "等符号", "字样", "这类"];
    let head = line[..from].trim_end_matches(['“', '「', '‘']);
    let tail = line[to..].trim_start_matches(['”', '」', '’']);
    SPOKEN_OF.iter().any(|word| head.ends_with(word)) && head.len() < from
        || SPEAKS.iter().any(|word| tail.starts_with(word)) && tail.len() < line.len() - to
}

/// The text between the points around `at..end`, not far.
fn clause_around(line: &str, at: usize, end: usize) -> &str {
    let from =
        line[..at].char_indices().rev().take(30).take_while(|(_, c)| !is_boundary(*c)).last().map_or(at, |(i, _)| i);
    let to = line[end..].char_indices().take(30).take_while(|(_, c)| !is_boundary(*c));
    let to = to.last().map_or(end, |(i, c)| end + i + c.len_utf8());
    &line[from..to.max(end)]
}
