//! 重复用词: 落实落实, 的的

use super::{Case, Check, Example, Hits, Message, Rule, Severity};
use crate::text::Range;
use crate::text::chars::{after, before, follows_any, is_han};

pub static RULE: Rule = Rule {
    code: "repeated-word",
    name: "重复用词",
    severity: Some(Severity::Warning),
    summary: "同一个词连着写了两遍：“落实落实”“的的”“和和”。",
    why: "增删句子时最容易多留一个词，念到才发现。“一项一项”“研究研究”“唯一一个”“目的的”这类正常的叠用不报。",
    source: "实务；没有标准条文。",
    examples: &[
        Example { bad: "把各项任务落实落实到位。", good: "把各项任务一项一项落实到位，大家研究研究、商量商量。" },
        Example { bad: "这是群众的的期盼。", good: "这是唯一一个目的的说明，的的确确不能不了了之。" },
        Example { bad: "各级各部门和和广大干部要行动起来。", good: "要做到和和气气、是是非非分得清。" },
        Example { bad: "各级党组织要要发挥作用，切实加强加强领导。", good: "这是上级的重要要求，要把主要要素配齐，加快加快再加快。" },
        Example { bad: "干部干部要带头抓好工作落实。", good: "在大是大非面前站得稳，走着走着不能忘了来路，解决使用权同权同价问题，各分局分局长按时报送上一年度年度报告。" },
    ],
    check: Check::Twice(1, check),
    speak,
};

/// Words that are doubled on purpose: verbs that make light of what is done, adjectives that lay it
/// on; and some that are none: 产业创业创新, 俄罗斯罗斯托夫.
const DOUBLED: [&str; 87] = [
    "研究", "讨论", "商量", "学习", "总结", "考虑", "了解", "打听", "琢磨", "思考", "检查", "锻炼", "反思", "掂量",
    "比较", "交流", "休息", "分析", "整理", "收拾", "打扫", "体验", "感受", "调查", "调研", "合计", "核计", "酝酿",
    "斟酌", "切磋", "请教", "指导", "指点", "帮助", "帮忙", "关心", "教育", "提醒", "敲打", "宣传", "介绍", "解释",
    "活动", "放松", "轻松", "热闹", "高兴", "认识", "回忆", "尝试", "试验", "改造", "沟通", "走访", "對照", "对照",
    "盘点", "梳理", "通红", "雪白", "笔直", "碧绿", "非常", "许多", "永远", "千万", "很多", "哗啦", "逐步", "业创",
    "呼噜", "太多", "好多", "大批", "大片", "成片", "成批", "罗斯", "羅斯", "苏丹", "蘇丹", "某人", "怎样", "哇喇", "提倡", "威尔", "拉加",
];

/// Of a doubled word with one of these in it nothing is said: 一项一项, 有没有没, 这个这个, 好的好的.
const ORDINARY: [char; 31] = [
    '一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '两', '兩', '几', '幾', '半', '每', '不', '没', '沒',
    '个', '個', '么', '麼', '的', '越', '又', '很', '着', '著', '吓', '太',
];

/// What makes a noun of the word before it, so that the second one begins the next: 本分局分局长,
/// 上一年度年度报告, 本规定规定的条件, 各中心中心主任.
const DETERMINERS: [&str; 6] = ["各", "本", "该", "該", "上一", "下一"];

/// Figures of four characters that start at the second character of what looks doubled: 可是大是大非,
/// 使用权同权同价.
const FIGURES: [&str; 10] = ["同地同", "大是大非", "同权同", "同權同", "同工同", "因地因", "因人因", "共建共", "违法违", "違法違"];

/// Function words, with what stands before and behind them where two of them are in order.
const SINGLE: [(char, &str, &str); 23] = [
    ('的', "目标標之中端有打", "确確士"),
    ('了', "甚不得为為明终終罢罷未末", "解却卻断斷结結然望如无無"),
    ('是', "求于於凡但要还還可总總倒只老若就正都不", "非否"),
    ('在', "存实實内內外现現所潜潛自旨意重贵貴妙好", "建于於职職场場线線位校押读讀岗逃营營编編册冊"),
    ('和', "温溫总總缓緩饱飽调調中柔祥共人平谦謙随隨附", "谐諧平睦解气氣美合约約缓緩"),
    ('与', "参赋给授付", "会时日否"),
    ('與', "參賦給授付", "會時日否"),
    ('们', "", ""),
    ('們', "", ""),
    ('被', "", "告褥子"),
    ('就', "成造迁遷将將屈", "业業地近医醫读讀职職任餐座学學义義事"),
    ('都', "首成古国國省京陪", ""),
    ('及', "以普涉触觸顾顧危埃波推企提", "时時其早格"),
    ('也', "", ""),
    ('把', "一个個", "关關握手脉脈守控持"),
    ('向', "方走导導动動趋趨面内內外志意", "导導往上下前后後阳陽"),
    ('对', "反针針面", "口方策外内內手象比应應接标標照称稱立待抗话話岸"),
    ('要', "重主需必紧緊简簡首摘纪紀险險扼概机機提须須只想就还還也不都纲綱政", "求素点點害闻聞领領件务務道塞职職人"),
    ('将', "大名上中少武虎悍良老干健战", "军领士帅近信"),
    ('將', "大名上中少武虎悍良老幹健戰", "軍領士帥近信"),
    ('并', "合吞兼", "且购网列轨排举"),
    ('更', "变變三五自", "加新迭换換改替名年生高"),
    ('已', "早而不业業", "经經然故"),
];

fn check(line: &str, range: Range, second: usize, hits: &mut Hits) {
    let word = line.get(range.start as usize..second).unwrap_or("");
    let mut chars = word.chars();
    let faulty = match (chars.next(), chars.next(), chars.next()) {
        (Some(c), None, _) => single(line, c, range),
        (Some(a), Some(b), None) => {
            a != b
                && !ORDINARY.contains(&a)
                && !ORDINARY.contains(&b)
                && !DOUBLED.contains(&word)
                // A third time: a chant.
                && !is_figure(&line[range.end as usize..], word)
                && !is_alone(line, range)
                && !follows_any(line, range.start as usize, &DETERMINERS)
                && !FIGURES.iter().any(|f| line[range.start as usize + a.len_utf8()..].starts_with(f))
        }
        _ => false,
    };
    if faulty {
        hits.push(range, second as u32);
    }
}

/// What follows a word said twice as a figure of speech: 落实落实再落实, 引领引领什么.
fn is_figure(rest: &str, word: &str) -> bool {
    rest.starts_with(word)
        || rest.starts_with(['长', '長'])
        || rest.strip_prefix('再').is_some_and(|rest| rest.starts_with(word))
        || ["什么", "什麼", "谁", "誰", "哪", "何", "怎"].iter().any(|ask| rest.starts_with(ask))
}

/// 干部干部，先干一步: what stands between two marks is said twice on purpose.
fn is_alone(line: &str, range: Range) -> bool {
    let mark = |c: Option<char>| c.is_none_or(|c| !is_han(c) && !c.is_alphanumeric());
    mark(before(line, range.start as usize)) && mark(after(line, range.end as usize))
}

fn single(line: &str, c: char, range: Range) -> bool {
    let Some((_, heads, tails)) = SINGLE.iter().find(|(known, ..)| *known == c) else { return false };
    let (start, end) = (range.start as usize, range.end as usize);
    !before(line, start).is_some_and(|b| heads.contains(b) || b == c)
        && !after(line, end).is_some_and(|a| tails.contains(a) || a == c)
}

fn speak(case: &Case<'_>) -> Message {
    let found = case.found();
    let word = found.get(..found.len() / 2).unwrap_or("");
    let text = case.say(
        format!("重复用词：“{word}”写了两遍"),
        format!("重複用詞：“{word}”寫了兩遍"),
        format!("‘{word}’ is written twice"),
    );
    Message { text, fix: case.replaced(word, false) }
}
