//! 重复短语: 压实责任压实责任

use super::{Case, Check, Example, Hits, Message, Rule, Severity};
use crate::text::Range;
use crate::text::chars::{after, before};

pub static RULE: Rule = Rule {
    code: "repeated-phrase",
    name: "重复短语",
    severity: Some(Severity::Warning),
    summary: "三到八个字连着写了两遍，中间没有标点：“压实责任压实责任”。",
    why: "粘贴、拖动时留下的。口号（后面是叹号）和“一件事一件事”这类逐一的说法不报。",
    source: "实务；没有标准条文。",
    examples: &[
        Example { bad: "要层层压实责任压实责任，确保落实。", good: "要压实责任，压实责任，再压实责任。" },
        Example { bad: "全县上下要全县上下要拧成一股绳。", good: "要一件事一件事地抓，一条线一条线地过。" },
        Example { bad: "压减行政审批行政审批事项三十项。", good: "能办多少办多少，该找谁找谁，这一步走得很不容易很不容易，好用不好用不在名头。" },
    ],
    check: Check::Twice(3, check),
    speak,
};

fn check(line: &str, range: Range, second: usize, hits: &mut Hits) {
    let phrase = line.get(range.start as usize..second).unwrap_or("");
    let chars: Vec<char> = phrase.chars().collect();
    let in_turn = |c: &char| matches!(c, '一' | '半' | '逐' | '每' | '两' | '兩' | '越' | '又' | '边' | '邊' | '再');
    // 高高高高高高; 研究研究研究研究
    let periodic = (1..chars.len()).any(|p| chars.len().is_multiple_of(p) && chars[p..] == chars[..chars.len() - p]);
    let (left, right) = (before(line, range.start as usize), after(line, range.end as usize));
    // 能走多远走多远, 想干什么干什么, 很不容易很不容易, 好用不好用不重要
    let figure = phrase.contains('多') && chars.len() <= 4
        || ["什么", "什麼", "怎么", "怎麼", "哪", "谁", "誰"].iter().any(|ask| phrase.contains(ask))
        || phrase.starts_with(['很', '太', '最', '真'])
        || phrase.ends_with(['不', '没', '沒']);
    if !figure
        && !periodic
        && !chars.iter().any(in_turn)
        && left != Some('！')
        && right != Some('！')
        && !line[range.end as usize..].starts_with(phrase)
    {
        hits.push(range, 0);
    }
}

fn speak(case: &Case<'_>) -> Message {
    let found = case.found();
    let phrase = found.get(..found.len() / 2).unwrap_or("");
    let text = case.say(
        format!("重复短语：“{phrase}”写了两遍"),
        format!("重複短語：“{phrase}”寫了兩遍"),
        format!("‘{phrase}’ is written twice"),
    );
    Message { text, fix: case.replaced(phrase, false) }
}
