//! What holds of the whole draft, whatever was changed: nothing is lost, nothing stands there twice, and what was not
//! touched is marked up as it was.

use jianggao::analysis::Markup;
use jianggao::history::pull::{Pulled, Why};
use proptest::prelude::*;

use super::{changed, laid, markup_of, pulled, replace};

/// Splits the paragraph that has `at` behind it.
fn split(word: &mut Vec<String>, at: &str) {
    let n = word.iter().position(|text| text.contains(at)).unwrap();
    let tail = word[n].find(at).unwrap() + at.len();
    let tail = word[n].split_off(tail);
    word.insert(n + 1, tail);
}

/// Joins the paragraph that has `at` with the next one.
fn join(word: &mut Vec<String>, at: &str) {
    let n = word.iter().rposition(|text| text.contains(at)).unwrap();
    let next = word.remove(n + 1);
    word[n] += &next;
}

fn speech(body: &str) -> String {
    format!("# 在会上的讲话\n\n同志们：\n\n{body}\n\n谢谢大家！\n")
}

fn counts(found: &Pulled) -> [usize; 5] {
    [found.changed, found.added, found.removed, found.moved, found.conflicts.len()]
}

#[test]
fn a_sentence_that_is_added_is_all_that_changes() {
    let text = speech(
        "要坚持把发展作为**第一要务**，见[公报](http://a.b/c)，<!-- 核过 -->一抓到底【讲稿：忽略 placeholder】。XX区带头。\n\n\
         **一是抓落实。**要说到做到。\n\n要抓好项目，务求**实效。**",
    );
    let added = |from: &str, to: &str| changed(&text, Markup::Markdown, |word| replace(word, from, to));
    for (from, to) in [
        ("带头。", "带头。绝不松劲。"),
        ("到底。XX", "到底。时不我待。XX"),
        ("做到。", "做到。决不放空炮。"),
        ("实效。", "实效。绝不松劲。"),
    ] {
        let found = added(from, to);
        assert_eq!(counts(&found), [1, 0, 0, 0, 0], "{from}");
        assert!(comes_from(&text, &found.text), "{}", found.text);
    }
    let found = added("带头。", "带头。绝不松劲。");
    assert_eq!(found.text, text.replace("带头。", "带头。绝不松劲。"));
}

#[test]
fn parts_are_taken_together_or_not_at_all() {
    let text = speech("要坚持把发展作为**第一要务**。\n\n要狠抓落实，务求实效。");
    let found = changed(&text, Markup::Markdown, |word| split(word, "第一"));
    assert_eq!((found.text.as_str(), found.conflicts.len()), (text.as_str(), 1));
    assert_eq!(found.conflicts[0].theirs, "要坚持把发展作为第一\n要务。");
    // A short paragraph that was joined.
    let text = speech("要坚持把发展作为第一要务，务求**实效。**\n\n好。");
    let found = changed(&text, Markup::Markdown, |word| join(word, "实效"));
    assert_eq!(found.text, text.replace("**\n\n好", "**好"));
    let text = speech("好。\n\n要**坚持把**发展作为第一要务，一抓到底，务求实效。");
    let found = changed(&text, Markup::Markdown, |word| {
        replace(word, "要坚持", "务必坚定");
        join(word, "好。");
    });
    assert_eq!((found.text.as_str(), found.conflicts.len()), (text.as_str(), 1));
    assert!(found.conflicts[0].ours.starts_with("好。\n"));
    // One that begins like another is no part of that.
    let text = "在会上的讲话\n\n同志们：\n各单位要各负其责，密切配合，形成合力。要把任务分解到人。\n【讲稿：忽略 placeholder】\n各单位要各负其责，密切配合，形成合力。\n粮食产量达到12.5万吨。会议由县长李文华主持。\n谢谢大家！\n";
    let found = changed(text, Markup::Plain, |word| join(word, "合力。"));
    assert_eq!((counts(&found)[4], found.text), (0, text.replace("合力。\n粮", "合力。粮")));
    // The end of an item that went to the next one takes its markup along.
    let text = speech("- 要抓好项目建设，确保**按期开工**。\n- 要改善民生，办好实事。");
    let found = changed(&text, Markup::Markdown, |word| {
        split(word, "建设，");
        join(word, "确保");
    });
    assert_eq!(
        (counts(&found), found.text),
        ([2, 0, 0, 0, 0], text.replace("确保**按期开工**。\n- ", "\n- 确保**按期开工**。"))
    );
}

#[test]
fn what_is_refused_draws_nothing_after_it() {
    let text = speech("要坚持把发展作为**第一要务**，一抓到底。\n\n要狠抓落实，务求实效。");
    let found = changed(&text, Markup::Markdown, |word| {
        replace(word, "为第一", "当第二");
        replace(word, "狠抓", "紧抓");
    });
    assert_eq!((found.text, found.conflicts.len()), (text.replace("狠抓", "紧抓"), 1));
    // But for a sentence that went from one to the other.
    let text = speech(
        "要坚持把发展作为**第一要务**，一抓到底。\n\n下面讲三点意见。\n\n要狠抓落实，务求实效。会议由县长李文华主持。",
    );
    let found = changed(&text, Markup::Markdown, |word| {
        replace(word, "会议由县长李文华主持。", "");
        replace(word, "为第一要务，一抓到底。", "当第二要务，一抓到底。会议由县长李文华主持。");
    });
    assert_eq!(found.text, text);
    assert_eq!(found.conflicts.iter().map(|one| one.why).collect::<Vec<_>>(), [Why::Markup, Why::Together]);
}

#[test]
fn copies_come_and_go() {
    let text = "在会上的讲话\n\n同志们：\n要抓好落实，务求实效。\n要抓好落实，务求实效。【讲稿：忽略 duplicate-paragraph】\n要抓好落实，务求实效。\n谢谢大家！\n";
    let found = changed(text, Markup::Plain, |word| drop(word.remove(4)));
    assert_eq!(counts(&found), [0, 0, 1, 0, 0]);
    assert_eq!(found.text, text.replace("】\n要抓好落实，务求实效。", "】"));
    let found = changed(text, Markup::Plain, |word| word.insert(5, word[4].clone()));
    assert_eq!(counts(&found), [0, 1, 0, 0, 0]);
}

#[test]
fn a_short_draft_may_be_rewritten() {
    let found = changed(&speech("要抓好落实。"), Markup::Markdown, |word| {
        word[2] = "会议到此结束，感谢各位。".to_owned()
    });
    assert_eq!(found.text, speech("会议到此结束，感谢各位。"));
}

const MARKED: &str = "# 在全县工作会议上的讲话\n\n同志们：\n\n今天的会议，主要任务是**部署全年工作**。下面，我讲两点意见。\n\n## 一、提高认识\n\n<!-- 讲稿：忽略 -->\n**一是抓好落实。**要见[上级的通知](http://a.b/c)，压实责任，抓好项目。\n\n- 第一条要抓项目，<!-- 核过 -->一抓到底。\n- 第二条要抓民生，务求**久久为功。**\n\n好。\n\n> 群众利益无小事，*一枝一叶*总关情。\n\n要抓好落实，务求实效。\n\n要抓好落实，务求实效。 <!-- 讲稿：忽略 -->\n\n谢谢大家！\n";

const PLAIN: &str = "在全县工作会议上的讲话\n\n同志们：\n　　今天的会议，主要任务是部署全年工作。下面，我讲两点意见。\n　　一、提高认识\n【讲稿：忽略 placeholder】\n　　要提高认识，压实责任，抓好项目建设。要改善民生，办好实事。\n　　要提高认识，压实责任，抓好项目建设。\n　　好。\n\n　　要抓好落实，务求实效。【讲稿：忽略 duplicate-paragraph】\n　　要抓好落实，务求实效。\n　　谢谢大家！\n";

const DRAFTS: [(&str, Markup); 2] = [(MARKED, Markup::Markdown), (PLAIN, Markup::Plain)];

/// What is marked in the draft, and by what.
const MARKS: [(&str, &str); 5] = [
    ("部署全年工作", "**"),
    ("一是抓好落实", "**"),
    ("上级的通知", "](http://a.b/c)"),
    ("久久为功", "**"),
    ("一枝一叶", "*"),
];

const SENTENCES: [&str; 5] =
    ["时不我待。", "各级各部门要迅速行动起来，真抓实干。", "今年完成投资320.5亿元。", "好。", "务必记牢。"];

#[derive(Clone, Copy, Debug)]
enum Hand {
    /// A sentence, behind one or at the start.
    Sentence,
    Words,
    Other,
    Cut,
    Split,
    Join,
    Delete,
    Copy,
    Move,
}

fn change(word: &mut Vec<String>, hand: Hand, seed: u32) {
    let at = seed as usize % word.len();
    let ends: Vec<usize> = word[at].char_indices().map(|(byte, _)| byte).chain([word[at].len()]).collect();
    let (seed, place) = ((seed >> 5) as usize, (seed >> 12) as usize);
    let byte = ends[place % ends.len()];
    let further = ends[(place % ends.len() + 1 + seed % 4).min(ends.len() - 1)];
    match hand {
        Hand::Sentence => {
            let stops: Vec<usize> =
                word[at].match_indices('。').map(|(byte, stop)| byte + stop.len()).chain([0]).collect();
            word[at].insert_str(stops[place % stops.len()], SENTENCES[seed % SENTENCES.len()]);
        }
        Hand::Words => word[at].insert_str(byte, ["更加", "325", "，要", "“稳”"][seed % 4]),
        Hand::Other => word[at].replace_range(byte..further, ["甲", "乙丙", "丁戊己"][seed % 3]),
        Hand::Cut => word[at].replace_range(byte..further, ""),
        Hand::Split => {
            let tail = word[at].split_off(byte);
            word.insert(at + 1, tail);
        }
        Hand::Join if at + 1 < word.len() => {
            let next = word.remove(at + 1);
            word[at] += &next;
        }
        Hand::Delete if word.len() > 6 => drop(word.remove(at)),
        Hand::Copy => word.insert(at + seed % 2, word[at].clone()),
        Hand::Move => {
            let text = word.remove(at);
            word.insert(place % (word.len() + 1), text);
        }
        Hand::Join | Hand::Delete => {}
    }
    word.retain(|text| !text.trim().is_empty());
}

fn hands(kinds: &'static [Hand]) -> impl Strategy<Value = Vec<(Hand, u32)>> {
    prop::collection::vec((prop::sample::select(kinds), any::<u32>()), 1..7)
}

/// Whether one text is another with something put in.
fn comes_from(old: &str, new: &str) -> bool {
    let mut rest = new.chars();
    old.chars().all(|c| rest.any(|other| other == c))
}

fn bare(texts: &[String]) -> Vec<String> {
    texts.iter().map(|text| text.replace([' ', '　'], "")).filter(|text| !text.is_empty()).collect()
}

/// What the draft should say, in any order: what Word says, but for what is refused.
fn expected(word: &[String], found: &Pulled) -> Vec<String> {
    let lines = |text: &str| bare(&text.lines().map(str::to_owned).collect::<Vec<_>>());
    let mut all = bare(word);
    for conflict in &found.conflicts {
        for line in lines(&conflict.theirs) {
            let at = all.iter().position(|text| *text == line).expect("a conflict has what Word says");
            all.remove(at);
        }
        all.extend(lines(&conflict.ours));
    }
    all.sort();
    all
}

/// What hands make of a draft in Word, and what comes back of it.
fn handled(text: &str, markup: Markup, hands: &[(Hand, u32)]) -> (Vec<String>, Pulled) {
    let mut word = laid(text, markup);
    hands.iter().for_each(|(hand, seed)| change(&mut word, *hand, *seed));
    let found = pulled(text, markup, None, &word);
    (word, found)
}

/// The draft says what Word says, but for what is refused, and that is as it was.
fn says_what_word_says(word: &[String], found: &Pulled, markup: Markup) -> Result<(), TestCaseError> {
    let mut now = bare(&laid(&found.text, markup));
    if found.conflicts.is_empty() {
        prop_assert_eq!(&now, &bare(word));
    }
    now.sort();
    prop_assert_eq!(now, expected(word, found));
    Ok(())
}

const ADDING: &[Hand] = &[Hand::Sentence, Hand::Words];
const STAYING: &[Hand] = &[
    Hand::Sentence,
    Hand::Sentence,
    Hand::Words,
    Hand::Other,
    Hand::Cut,
    Hand::Split,
    Hand::Join,
    Hand::Delete,
    Hand::Copy,
];
const ALL: &[Hand] = &[
    Hand::Sentence,
    Hand::Words,
    Hand::Other,
    Hand::Cut,
    Hand::Split,
    Hand::Join,
    Hand::Delete,
    Hand::Copy,
    Hand::Move,
];

/// `PROPTEST_CASES` asks for more.
fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig::with_cases(cases.unwrap_or(48))
}

proptest! {
    #![proptest_config(cases())]

    /// What is added is added, and everything else is as it was, to the byte, as long as each paragraph is known again:
    /// of two copies one may be taken for the other.
    #[test]
    fn additions_are_all_that_changes(hands in hands(ADDING)) {
        for (text, markup) in DRAFTS {
            let (word, found) = handled(text, markup, &hands);
            prop_assert_eq!(&found.conflicts, &vec![]);
            prop_assert_eq!(bare(&laid(&found.text, markup)), bare(&word));
            let is_known = found.added + found.removed + found.moved == 0;
            prop_assert!(!is_known || comes_from(text, &found.text), "{}", found.text);
        }
    }

    /// The draft says what Word says, but for what is refused, and that is as it was. What is marked and still stands
    /// there is marked.
    #[test]
    fn markup_stays_with_its_text(hands in hands(STAYING)) {
        for (text, markup) in DRAFTS {
            let (word, found) = handled(text, markup, &hands);
            says_what_word_says(&word, &found, markup)?;
            for (shown, sign) in MARKS.iter().filter(|_| markup == Markup::Markdown) {
                let is_there = word.iter().any(|text| text.contains(shown));
                let is_marked = || found.text.lines().any(|line| line.contains(shown) && line.contains(sign));
                prop_assert!(!is_there || is_marked(), "{shown} in {}", found.text);
            }
            if markup == Markup::Markdown {
                let mut known = markup_of(text).into_iter();
                for sign in markup_of(&found.text).iter().filter(|sign| *sign != "\\" && !["", "-", ">"].contains(&sign.trim())) {
                    prop_assert!(known.any(|other| other == *sign), "{sign} in {}", found.text);
                }
            }
        }
    }

    /// The same with paragraphs that have moved, in whatever order.
    #[test]
    fn nothing_is_lost_and_nothing_stands_twice(hands in hands(ALL)) {
        for (text, markup) in DRAFTS {
            let (word, found) = handled(text, markup, &hands);
            says_what_word_says(&word, &found, markup)?;
            // Again, and nothing changes but what is refused.
            if found.conflicts.is_empty() {
                prop_assert_eq!(&pulled(&found.text, markup, None, &word).text, &found.text);
            }
        }
    }
}
