//! Random drafts, settings and edits.

use jianggao::analysis::Markup;
use jianggao::rules::{RULES, Severity};
use jianggao::settings::Settings;
use jianggao::text::{Encoding, Position};

/// Small and fast, and the same everywhere.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

/// A draft, and what is done to it.
#[derive(Clone, Debug)]
pub struct Trial {
    pub markup: Markup,
    pub encoding: Encoding,
    pub settings: Vec<Setting>,
    pub text: String,
    pub edits: Vec<Replace>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    AllRules,
    OwnPlaceholders,
    NoPlaceholders,
    Facts,
    Allowed,
}

/// `text` for what stands between two places; for the whole text where there are none.
#[derive(Clone, Debug)]
pub struct Replace {
    pub range: Option<(Position, Position)>,
    pub text: String,
    /// The draft is looked at first: what is kept from then must not survive where it is true no more.
    pub look: bool,
}

/// Marks by themselves, and blanks: what a line begins and ends with decides more than one thinks.
const MARKS: &[&str] = &[
    " ", "\u{3000}", "\t", "\u{A0}", "\n", "\r", "\r\n", "\u{b}", "\u{85}", "\u{2028}", "X", "x", "Ｘ", "×", "*", "**",
    "_", "__", "某", "○", "□", "？", "?", "…", "“", "”", "‘", "’", "「", "」", "（", "）", "(", ")", "【", "】", "[",
    "]", "{", "}", "<", ">", "《", "》", "、", "，", "。", "；", "：", ",", ".", ";", ":", "!", "#", "-", "+", "|",
    "`", "~", "\\", "&", "=", "/", "%", "0", "1", "一", "二", "十", "第", "是", "要", "点", "年", "月", "日", "区",
    "\0", "\u{feff}", "\u{200b}", "\u{202e}", "𠮷", "👨‍👩‍👧", "e\u{301}",
];

const PIECES: &[&str] = &[
    "同志们：\n",
    "同志們：\n",
    "在全县工作会议上的讲话\n",
    "（2026年1月8日）\n",
    "——副标题\n",
    "篇二\n",
    "谢谢大家！\n",
    "仅供学习参考\n",
    "来源：某网\n",
    "一、提高认识\n",
    "二、压实责任\n",
    "三、狠抓落实\n",
    "五、",
    "（一）抓学习。要学深。\n",
    "（二）抓作风。要务实。\n",
    "(三)",
    "㈠",
    "1.建章立制。\n",
    "2、",
    "3．",
    "①",
    "⑴",
    "1）",
    "第一章 总则\n",
    "第二条 ",
    "Ⅰ、",
    "壹、",
    "甲、",
    "A.",
    "1.1 范围\n",
    "1.1.1 ",
    "附件：1.",
    "附件2",
    "一是快，二是稳，三是准。",
    "一要实。二要新。",
    "一要…一要…三要…",
    "第一，",
    "第二，",
    "第三，",
    "首先，",
    "其次，",
    "最后，",
    "一方面，",
    "另一方面，",
    "其一，",
    "我讲三点意见。\n",
    "五个方面",
    "做到“三个坚持”：",
    "两手抓",
    "这三点",
    "上述三个方面",
    "见（三）",
    "第二部分",
    "XX区",
    "XX区委",
    "X总",
    "X月X日",
    "20XX年",
    "XX:XX",
    "×××同志",
    "某某局",
    "某县",
    "____",
    "【待补】",
    "【单位名称】",
    "{{姓名}}",
    "（此处补充）",
    "〔2026〕X号",
    "138XXXX1234",
    "X.X%",
    "投资　亿元",
    "刚才，同志传达了精神。",
    "times;",
    "&nbsp;",
    "---\n",
    "+++\n",
    "```\n",
    "```rust\n",
    "~~~\n",
    "`code`",
    "> 引文\n",
    "- 项\n",
    "* 项\n",
    "  - 子项\n",
    "| a | b |\n|---|---|\n| 一、 | XX |\n",
    "# ",
    "## 一、标题\n",
    "=====\n",
    "**（一）重点。**内容。\n",
    "**重点，**主动",
    "*强调*",
    "[附件](附件一.docx)",
    "[甲]",
    "[甲]: 甲,一.md\n",
    "![图](a.png)",
    "[^1]",
    "[^1]: 出处\n",
    "<a id=\"x\"></a>",
    "<br>",
    "\\_\\_",
    "{#id}",
    "<!-- 讲稿：忽略 placeholder -->\n",
    "<!-- 讲稿：忽略开始 -->\n",
    "<!-- 讲稿：忽略结束 -->\n",
    "【讲稿：忽略】",
    "【讲稿：忽略全文】\n",
    "<!--",
    "-->",
    "东湖区人民政府（以下简称“区政府”）",
    "区政府",
    "四个意识",
    "增强“四个意识”、坚定“四个自信”、做到“两个维护”",
    "习近平新时代中国特色主义思想",
    "分表必争",
    "剛纔",
    "乾部",
    "的的",
    "进一步进一步",
    "落实落实",
    "2026年2月30日",
    "1月8日（星期三）",
    "昨天",
    "去年，全县地区生产总值完成120亿元。",
    "地区生产总值125亿元。",
    "，，",
    "。。",
    "......",
    "要,抓;好:的!",
    "(A类企业)",
    "http://a.b/c?d=e",
    "www.a.com",
    "第 3 页 共 9 页\n",
    "要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处，始终同群众想在一起、干在一起。",
    "要坚持问题导向，把群众的操心事、烦心事、揪心事一项一项解决好，让群众看到实实在在的变化，得到实实在在的好处，始终同群众想在一起、干在一起。\n",
    "大家要抓好落实，确保取得实效。",
    "要讲政治。要带头。\n",
    "此外，还要抓宣传。\n",
    "ABC abc",
];

impl Trial {
    pub fn new(random: &mut Random, texts: &[String]) -> Self {
        let markup = if random.one_in(2) { Markup::Markdown } else { Markup::Plain };
        let encoding = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32][random.below(3)];
        let mut settings = Vec::new();
        for (setting, n) in [
            (Setting::AllRules, 2),
            (Setting::OwnPlaceholders, 5),
            (Setting::NoPlaceholders, 8),
            (Setting::Facts, 8),
            (Setting::Allowed, 8),
        ] {
            if random.one_in(n) {
                settings.push(setting);
            }
        }
        let text = text(random, texts);
        let edits = (0..1 + random.below(8)).map(|_| edit(random, texts, &text)).collect();
        Self { markup, encoding, settings, text, edits }
    }

    pub fn settings(&self) -> Settings {
        let mut settings = Settings::default();
        for setting in &self.settings {
            match setting {
                Setting::AllRules => {
                    let on = |rule: &&jianggao::rules::Rule| Some(rule.severity.unwrap_or(Severity::Hint));
                    settings.rules.extend(RULES.iter().map(|rule| (rule.code.to_owned(), on(rule))));
                }
                Setting::OwnPlaceholders => {
                    settings.placeholders_add = vec!["□□".into(), "（待定）".into(), "区".into()]
                }
                Setting::NoPlaceholders => settings.placeholders_remove = vec!["XX".into()],
                Setting::Facts => settings.facts.extend([("XX区".into(), "东湖区".into())]),
                Setting::Allowed => settings.allow = vec!["XX区".into(), "某县".into()],
            }
        }
        settings
    }
}

fn text(random: &mut Random, texts: &[String]) -> String {
    let mut text = if random.one_in(4) { stretch(random, texts, 1500) } else { String::new() };
    let count = if random.one_in(30) { 150 } else { random.below(30) };
    for _ in 0..count {
        text += &piece(random, texts);
        if random.one_in(5) {
            text.push('\n');
        }
    }
    text
}

fn piece(random: &mut Random, texts: &[String]) -> String {
    match random.below(16) {
        0 => stretch(random, texts, 150),
        1 => random.pick(PIECES).repeat(1 + random.below(8)),
        2 => char::from_u32(random.below(0x11_0000) as u32).unwrap_or('囗').to_string(),
        3..=7 => random.pick(MARKS).to_owned(),
        _ => random.pick(PIECES).to_owned(),
    }
}

/// A stretch of one of the texts.
fn stretch(random: &mut Random, texts: &[String], most: usize) -> String {
    let Some(text) = texts.get(random.below(texts.len())) else { return String::new() };
    let from = random.below(text.chars().count());
    text.chars().skip(from).take(random.below(most)).collect()
}

fn edit(random: &mut Random, texts: &[String], text: &str) -> Replace {
    let look = random.one_in(2);
    if random.one_in(20) {
        return Replace { range: None, text: self::text(random, texts), look };
    }
    let line = random.below(text.lines().count() + 2) as u32;
    let length = text.lines().nth(line as usize).map_or(0, |line| line.chars().count());
    // The edges of a line are where a blank counts.
    let column = match random.below(6) {
        0 => 0,
        1 | 2 => length as u32,
        3 => u32::MAX,
        _ => random.below(length + 2) as u32,
    };
    let from = Position::new(line, column);
    let to = match random.below(8) {
        0 => Position::new(line + random.below(4) as u32, random.below(20) as u32),
        1 => Position::new(line.saturating_sub(1), random.below(20) as u32),
        2 | 3 => Position::new(line, column.saturating_add(1 + random.below(3) as u32)),
        _ => from,
    };
    let text = match random.below(6) {
        0 if from != to => String::new(),
        0..=2 => random.pick(MARKS).to_owned(),
        3 => piece(random, texts) + &piece(random, texts),
        _ => piece(random, texts),
    };
    Replace { range: Some((from, to)), text, look }
}
