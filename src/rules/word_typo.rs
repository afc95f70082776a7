//! 错别字: 布署, 既使, 以经.

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::lexicon::dictionary::{self, Class, boundary, words};
use crate::lexicon::statistics::{self, Unit};
use crate::lexicon::{GOES_ON, WRONG_WORD};
use crate::text::chars::{after, before, is_han};
use crate::text::fold::fold;
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "word-typo",
    name: "错别字",
    severity: Some(Severity::Warning),
    summary: "音近、形近的错字：“关健”应为“关键”，“既使”应为“即使”，“近一步”应为“进一步”，“截止6月底”应为“截至6月底”。",
    why: "拼音输入法选错了字，自己读几遍也看不出来，印出来台下一眼就能看到。只查表里列出的写法，而且前后的字不能另外成词：“严峻工作局面”“自己经手”“以经验判断”不报。",
    source: "《现代汉语词典》一类辞书的词形；通行的误写另列成表。",
    examples: &[
        Example {
            bad: "体育馆上个月峻工，要把好质量关健。",
            good: "面对严峻工作局面，大坝竣工前，关键部位要再检查一遍。",
        },
        Example {
            bad: "既使汛情再严峻，也要确保群众安全。", good: "这项改革既使企业降低了成本，又使群众少跑了路。"
        },
        Example { bad: "要近一步精简会议和文件。", good: "离群众近一步，感情就深一分。" },
        Example {
            bad: "截止6月底，全县完成投资42.7亿元。",
            good: "截至6月底，全县完成投资42.7亿元，报名到10月15日截止。",
        },
        Example {
            bad: "停车难，居民反应强烈。", good: "两种原料混合后反应强烈，各部门反应迅速。"
        },
        Example {
            bad: "做为一名干部，自已要带头。", good: "我们要做为民办实事的好干部，自己经手的账目要清楚。"
        },
    ],
    tags: &[],
    check: Check::Words(&WRONG_WORD, check),
    message,
};

/// What else the value of a row asks for, behind the right word.
enum Asks<'a> {
    /// A word follows of which this can be said: 近一步精简.
    Word,
    /// None of these stands before it in the clause: 离群众近一步.
    Behind(&'a str),
    /// A clause of its own follows: 截止6月底，全县….
    Leads,
    /// The draft is written in Simplified characters: 布署 is right in others.
    Simplified,
    /// One of these stands later in the sentence: 即要…，又要….
    With(&'a str),
    /// None of these does: 既使…，又使….
    Without(&'a str),
}

impl<'a> Asks<'a> {
    fn read(asked: &'a str) -> Option<Self> {
        Some(match asked.split_once(':') {
            Some(("with", words)) => Self::With(words),
            Some(("without", words)) => Self::Without(words),
            Some(("not-behind", words)) => Self::Behind(words),
            _ if asked == "word" => Self::Word,
            _ if asked == "leads" => Self::Leads,
            _ if asked == "simplified" => Self::Simplified,
            _ => return None,
        })
    }

    fn holds(&self, line: &str, range: Range, hits: &Hits<'_>) -> bool {
        let (before, end) = (&line[..range.start as usize], range.end as usize);
        let clause = &before[before.rfind(['，', '。', '！', '？', '；']).unwrap_or(0)..];
        let sentence = &line[end..];
        let sentence = &sentence[..sentence.find(['。', '！', '？', '；']).unwrap_or(sentence.len())];
        let has = |words: &str| words.split('|').any(|word| sentence.contains(word));
        match self {
            Self::Word => words(line, Range::new(end, line.len())).first().is_some_and(|(range, word)| {
                range.len() > '字'.len_utf8() && !matches!(word.class, Class::Number | Class::Function)
            }),
            Self::Behind(words) => !words.split('|').any(|word| clause.contains(word)),
            Self::Leads => sentence.contains('，'),
            Self::Simplified => hits.raw() == line,
            Self::With(words) => has(words),
            Self::Without(words) => !has(words),
        }
    }
}

/// ，追则能达: a clause that begins with a word of one character and goes on with a conjunction.
fn is_condition(line: &str, range: Range) -> bool {
    let end = range.end as usize;
    before(line, range.start as usize).is_none_or(|c| !is_han(c))
        && after(line, end).is_some_and(is_han)
        && GOES_ON.ends_at(line, end)
}

/// Whether the last character is a word by itself that stands between others: the two may be of two words.
fn ends_in_function_word(found: &str) -> bool {
    let last = found.char_indices().next_back().map_or("", |(at, _)| &found[at..]);
    dictionary::word(last).is_some_and(|said| said.class == Class::Function)
}

/// Whether documents have the right word between the same two neighbours. Else the two characters may be of two words
/// all the same: 扶优扶强扶特, 精准施策化风险.
fn is_at_home(line: &str, range: Range, right: &str) -> bool {
    let (start, end) = (range.start as usize, range.end as usize);
    let side = |c: Option<char>| c.map_or(statistics::END, statistics::unit);
    let word = || right.chars().map(statistics::unit);
    let behind: Vec<Unit> = [side(before(line, start))].into_iter().chain(word()).collect();
    let ahead: Vec<Unit> = word().chain([side(after(line, end))]).collect();
    behind.len() > 3 || [behind, ahead].iter().all(|stretch| statistics::level(stretch) > 0)
}

fn check(line: &str, range: Range, hits: &mut Hits) {
    let Some(row) = WRONG_WORD.fitting(range.of(line), line, range) else { return };
    // 严峻工作, 以经验: a word across its edge.
    let parted = |at: u32| boundary(line, at as usize).is_none_or(|bits| bits >= 0);
    if !parted(range.start) || !parted(range.end) {
        return;
    }
    if is_condition(line, range) {
        return;
    }
    let mut asked = row.value.split(' ').skip(1).filter_map(Asks::read);
    if asked.all(|asked| asked.holds(line, range, hits)) {
        hits.push(range, ());
    }
}

fn message(context: &FindingContext<'_>) -> Message {
    let (line, range) = (fold(context.text), context.range());
    let (found, folded) = (context.found(), range.of(&line));
    let (simplified, asked) = {
        let value = WRONG_WORD.value(folded);
        value.split_once(' ').unwrap_or((value, ""))
    };
    let right = context.spelled(simplified).unwrap_or_else(|| simplified.to_owned());
    let text = context.say(
        format!("错别字：“{found}”应为“{right}”"),
        format!("錯別字：“{found}”應為“{right}”"),
        format!("‘{found}’ should be ‘{right}’"),
    );
    // What hangs on the rest of the sentence wants a look, and what may be of two words.
    let parts = ends_in_function_word(folded) || !is_at_home(&line, range, simplified);
    let grade = if asked.is_empty() && !parts { Grade::Certain } else { Grade::Offered };
    Message { text, fix: context.replaced(simplified, grade) }
}
