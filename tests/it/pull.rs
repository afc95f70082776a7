//! What is changed in Word comes back into the text that the document was made of, and nothing else does.

use std::sync::Arc;

use expect_test::expect;
use jianggao::analysis::{Analysis, Markup};
use jianggao::features::laid_out::blocks;
use jianggao::history::pull::{Incoming, Pulled, Source, Why, pull};
use jianggao::settings::Settings;
use jianggao::text::{Edit, Flat, Lines as _, Range, Span};
use jianggao::word::{Document, Manner, export};
use proptest::prelude::*;

use crate::cli::Desk;

mod whole;

const SPEECH: &str = "在全县工作会议上的讲话\n\n同志们：\n　　今天的会议，主要任务是部署全年工作。下面，我讲两点意见。\n　　一、提高认识\n　　要提高认识，压实责任，抓好项目建设，确保按期开工。\n　　二、狠抓落实\n　　去年完成投资320.5亿元，增长6.2%。要改善民生，办好实事。\n　　谢谢大家！\n";

const MARKED: &str = "# 在全县工作会议上的讲话\n\n同志们：\n\n今天的会议，主要任务是**部署全年工作**。下面，我讲*两点*意见。\n\n## 一、提高认识\n\n<!-- 讲稿：忽略 -->\n要**提高认识**，见[通知](http://a.b/c)，压实`责任`，抓好项目建设。\n\n- 第一条要抓项目，一抓到底\n- 第二条要抓民生，久久为功\n\n> 群众利益无小事，一枝一叶总关情。\n\n## 二、狠抓落实\n\n去年完成投资320.5亿元\\*，增长6.2%。 <!-- 讲稿：忽略 -->\n\n---\n\n谢谢大家！\n";

fn settings() -> Arc<Settings> {
    Arc::new(Settings::default())
}

/// The paragraphs of a draft as a document has them.
fn laid(text: &str, markup: Markup) -> Vec<String> {
    let lines = Flat::new(text);
    blocks(&Analysis::new(&lines, markup, &settings()), &lines).iter().map(|block| block.whole()).collect()
}

fn incoming(texts: &[String]) -> Vec<Incoming> {
    texts.iter().map(|text| Incoming { text: text.clone(), ..Incoming::default() }).collect()
}

fn pulled(text: &str, markup: Markup, base: Option<&str>, word: &[String]) -> Pulled {
    let settings = settings();
    let source = |text| Source { text, markup, settings: &settings };
    pull(source(text), base.map(source), &incoming(word)).unwrap()
}

/// `text` with what its document says changed by `change`, pulled.
fn changed(text: &str, markup: Markup, change: impl Fn(&mut Vec<String>)) -> Pulled {
    let mut word = laid(text, markup);
    change(&mut word);
    pulled(text, markup, None, &word)
}

fn replace(word: &mut [String], from: &str, to: &str) {
    let place = word.iter_mut().find(|text| text.contains(from)).unwrap();
    *place = place.replace(from, to);
}

#[test]
fn only_what_has_changed_is_edited() {
    let found = changed(MARKED, Markup::Markdown, |word| {
        replace(word, "全年工作", "今年工作");
        replace(word, "320.5", "325.5");
        replace(word, "认识，见", "政治认识，见");
        replace(word, "责任，抓好项目建设", "责任，抓好重点项目建设");
        word.retain(|text| !text.starts_with("第二条"));
        word.push("2026年1月1日".to_owned());
    });
    assert_eq!(found.conflicts, []);
    assert_eq!((found.changed, found.added, found.removed, found.moved), (3, 1, 1, 0));
    let expected = MARKED
        .replace("全年工作", "今年工作")
        .replace("320.5", "325.5")
        .replace("提高认识**，", "提高政治认识**，")
        .replace("抓好项目", "抓好重点项目")
        .replace("- 第二条要抓民生，久久为功\n", "")
        + "\n2026年1月1日\n";
    assert_eq!(found.text, expected);
}

#[test]
fn paragraphs_are_split_joined_moved_and_new() {
    let found = changed(SPEECH, Markup::Plain, |word| {
        replace(word, "确保按期开工。", "确保按期开工。");
        let at = word.iter().position(|text| text.contains("办好实事")).unwrap();
        let (one, other) = word[at].split_once("要改善").map(|(a, b)| (a.to_owned(), format!("要改善{b}"))).unwrap();
        word.splice(at..=at, [one, other]);
        let section: Vec<String> = word.splice(3..5, []).collect();
        word.splice(4..4, section);
        word.insert(2, "首先，代表县委向大家表示感谢。".to_owned());
    });
    assert_eq!(found.conflicts, []);
    expect![[r#"
        在全县工作会议上的讲话

        同志们：
        　　首先，代表县委向大家表示感谢。
        　　今天的会议，主要任务是部署全年工作。下面，我讲两点意见。
        　　二、狠抓落实
        　　一、提高认识
        　　要提高认识，压实责任，抓好项目建设，确保按期开工。
        　　去年完成投资320.5亿元，增长6.2%。
        　　要改善民生，办好实事。
        　　谢谢大家！
    "#]]
    .assert_eq(&found.text);
    let found = changed(MARKED, Markup::Markdown, |word| {
        let at = word.iter().position(|text| text.starts_with("第一条")).unwrap();
        let next = word.remove(at + 1);
        word[at] += &next;
        let quote = word.iter().position(|text| text.starts_with("群众")).unwrap();
        let quote = word.remove(quote);
        word.insert(2, quote);
    });
    assert_eq!(found.conflicts, []);
    assert!(found.text.contains("- 第一条要抓项目，一抓到底第二条要抓民生，久久为功\n"), "{}", found.text);
    assert!(found.text.contains("同志们：\n\n> 群众利益无小事"), "{}", found.text);
}

#[test]
fn lines_that_are_broken_stay_so() {
    let text = "同志们：\n\n　　今天的会议，主要任务是总结去年工作，部署今年工作，动员全县上下统一思想，\n坚定信心，真抓实干，确保完成全年目标任务，为建设美丽家园作出新的贡献，让人民\n群众过上更加幸福的生活。\n\n　　下面，我代表县委、县政府，就做好今年的工作，讲几点意见，主要是形势怎么看、\n任务怎么抓、作风怎么转，供同志们讨论，不妥之处，请批评指正，也请大家结合各自的\n实际抓好贯彻落实，确保开好局、起好步。\n";
    assert_eq!(laid(text, Markup::Plain).len(), 3);
    let found = changed(text, Markup::Plain, |word| {
        replace(word, "真抓实干", "苦干实干");
        replace(word, "统一思想，坚定信心", "团结一心");
        replace(word, "怎么看、任务怎么抓、", "怎么看，");
    });
    assert_eq!((found.conflicts, found.changed), (vec![], 2));
    let expected =
        text.replace("统一思想，\n坚定信心，真抓", "团结一心\n，苦干").replace("怎么看、\n任务怎么抓、", "怎么看，\n");
    assert_eq!(laid(&found.text, Markup::Plain), laid(&expected, Markup::Plain));
    assert_eq!(found.text.lines().count(), text.lines().count(), "{}", found.text);
}

#[test]
fn what_both_sides_have_changed_stays() {
    let ours = SPEECH.replace("320.5", "321.5").replace("谢谢大家", "谢谢").replace("要提高认识", "要切实提高认识");
    let mut word = laid(SPEECH, Markup::Plain);
    replace(&mut word, "320.5", "325.5");
    replace(&mut word, "两点意见", "两点要求");
    replace(&mut word, "要提高认识", "要切实提高认识");
    let found = pulled(&ours, Markup::Plain, Some(SPEECH), &word);
    assert_eq!(found.text, ours.replace("两点意见", "两点要求"));
    let [conflict] = found.conflicts.as_slice() else { panic!("{:?}", found.conflicts) };
    assert_eq!((conflict.why, conflict.line), (Why::Both, Some(7)));
    assert!(conflict.ours.contains("321.5") && conflict.theirs.contains("325.5"));
    // Without it the draft is what was exported: the later changes are undone.
    let found = pulled(&ours, Markup::Plain, None, &word);
    assert_eq!((found.conflicts.len(), found.changed), (0, 3));
}

#[test]
fn what_is_gone_from_one_side() {
    let paragraph = "　　要提高认识，压实责任，抓好项目建设，确保按期开工。\n";
    let ours = SPEECH.replace(paragraph, "");
    let mut word = laid(SPEECH, Markup::Plain);
    let same = pulled(&ours, Markup::Plain, Some(SPEECH), &word);
    assert_eq!((same.text.as_str(), same.conflicts.len()), (ours.as_str(), 0));
    replace(&mut word, "压实责任", "压紧压实责任");
    let found = pulled(&ours, Markup::Plain, Some(SPEECH), &word);
    assert_eq!((found.text.as_str(), found.conflicts[0].why), (ours.as_str(), Why::Gone));
    // And the other way round.
    let ours = SPEECH.replace("压实责任", "压紧压实责任");
    let mut word = laid(SPEECH, Markup::Plain);
    word.retain(|text| !text.contains("压实责任"));
    let found = pulled(&ours, Markup::Plain, Some(SPEECH), &word);
    assert_eq!((found.text.as_str(), found.conflicts[0].why), (ours.as_str(), Why::Both));
    assert_eq!(found.conflicts[0].theirs, "");
}

#[test]
fn what_crosses_markup_stays() {
    for (from, to) in [("是部署全年", "要安排全年"), ("压实责任，", "压实责")] {
        let found = changed(MARKED, Markup::Markdown, |word| replace(word, from, to));
        assert_eq!(found.text, MARKED, "{from}");
        assert_eq!(found.conflicts.len(), 1, "{from}");
    }
    // Another text at the same place keeps what the line begins with.
    let found = changed(MARKED, Markup::Markdown, |word| {
        replace(word, "二、狠抓落实", "结束语");
        replace(word, "第一条要抓项目，一抓到底", "别的话");
        replace(word, "要提高认识，见通知，压实责任，抓好项目建设。", "另外的另一段");
    });
    assert_eq!(found.conflicts, []);
    for line in ["## 结束语\n", "- 别的话\n", "\n另外的另一段\n"] {
        assert!(found.text.contains(line), "{line} {}", found.text);
    }
    // What has it as a whole is no matter, nor is what looks like markup.
    let found = changed(MARKED, Markup::Markdown, |word| replace(word, "要提高认识，见通知，", ""));
    assert_eq!(
        (found.conflicts.len(), found.text),
        (0, MARKED.replace("要**提高认识**，见[通知](http://a.b/c)，", ""))
    );
    let found = changed(MARKED, Markup::Markdown, |word| {
        replace(word, "谢谢大家", "# *谢谢*大家");
        word.push("1. 附记_甲_".to_owned());
    });
    assert_eq!(found.conflicts, []);
    assert!(found.text.contains("\\*谢谢\\*大家"), "{}", found.text);
    let last = laid(&found.text, Markup::Markdown).pop();
    assert_eq!(last.as_deref(), Some("1. 附记_甲_"));
}

/// Notes to the program go with what they are about, and stay where that stays.
#[test]
fn suppressions_and_comments_stay() {
    let found = changed(MARKED, Markup::Markdown, |word| {
        replace(word, "抓好项目建设", "狠抓项目建设");
        replace(word, "增长6.2%。", "增长6.3%！");
    });
    assert_eq!(found.text, MARKED.replace("抓好项目建设", "狠抓项目建设").replace("6.2%。", "6.3%！"));
    let found = changed(MARKED, Markup::Markdown, |word| {
        let at = word.iter().position(|text| text.starts_with("要提高")).unwrap();
        let moved = word.remove(at);
        word.push(moved);
    });
    assert!(
        found
            .text
            .ends_with("<!-- 讲稿：忽略 -->\n要**提高认识**，见[通知](http://a.b/c)，压实`责任`，抓好项目建设。\n"),
        "{}",
        found.text
    );
    assert_eq!(found.text.matches("忽略").count(), 2);
    let found = changed(MARKED, Markup::Markdown, |word| word.retain(|text| !text.starts_with("要提高")));
    assert!(
        !found.text.contains("忽略 -->\n\n- 第一条") && found.text.contains("一、提高认识\n\n- 第一条"),
        "{}",
        found.text
    );
    // One between two paragraphs is not swallowed.
    let text = "同志们：\n今天讲两件事情，大家要记在心里。\n<!-- 讲稿：忽略 -->\n第一件是抓好项目，第二件是改善民生。\n谢谢！\n";
    let found = changed(text, Markup::Plain, |word| {
        let next = word.remove(2);
        word[1] += &next;
    });
    assert_eq!((found.text.as_str(), found.conflicts.len()), (text, 1));
}

#[test]
fn numbers_that_word_makes_are_those_of_the_draft() {
    let text = "同志们：\n1. 加强领导，压实责任。\n2. 狠抓落实，务求实效。\n谢谢！\n";
    let word: Vec<Incoming> =
        [("同志们：", 0), ("1.\t加强领导，压实责任。", 3), ("2.\t狠抓落实，务求实绩。", 3), ("谢谢！", 0)]
            .map(|(text, number)| Incoming { text: text.to_owned(), number, ..Incoming::default() })
            .into();
    let settings = settings();
    let found = pull(Source { text, markup: Markup::Plain, settings: &settings }, None, &word).unwrap();
    assert_eq!(found.text, text.replace("实效", "实绩"));
    // Numbered anew.
    let text = text.replace("1. ", "1.").replace("2. ", "2.");
    let word: Vec<Incoming> = word.iter().filter(|one| !one.text.starts_with("1.")).cloned().collect();
    let word: Vec<Incoming> =
        word.into_iter().map(|one| Incoming { text: one.text.replace("2.", "1."), ..one }).collect();
    let found = pull(Source { text: &text, markup: Markup::Plain, settings: &settings }, None, &word).unwrap();
    assert_eq!(found.text, "同志们：\n1.狠抓落实，务求实绩。\n谢谢！\n");
}

#[test]
fn a_document_for_reading_comes_back_without_its_pauses() {
    let lines = Flat::new(SPEECH);
    let analysis = Analysis::new(&lines, Markup::Plain, &settings());
    let bytes = export(&analysis, &lines, Manner { is_for_reading: true, template: None }).unwrap();
    let document = Document::read(&bytes).unwrap();
    assert!(document.text().contains('‖'));
    let settings = settings();
    let source = Source { text: SPEECH, markup: Markup::Plain, settings: &settings };
    let found = pull(source, None, &document.incoming().0).unwrap();
    assert_eq!((found.text.as_str(), found.changed), (SPEECH, 0));
}

/// A change by hand: where, how many characters, and what stands there then.
fn hands() -> impl Strategy<Value = Vec<(u32, u32, u32)>> {
    prop::collection::vec((any::<u32>(), 0..12_u32, 0..6_u32), 1..8)
}

const TEXTS: [&str; 6] = ["", "要", "325.6", "抓好落实，", "务求实效。各级各部门要行动起来，", "“两个”"];

/// `changes` as edits in the lines of a document, none beside another.
fn edits(document: &Document, changes: &[(u32, u32, u32)]) -> Vec<Edit> {
    let lines = Flat::new(document.text());
    let mut edits: Vec<Edit> = Vec::new();
    for (place, length, text) in changes {
        let line = place % lines.line_count() as u32;
        let text_of_line = lines.str(line as usize);
        let chars: Vec<usize> = text_of_line.char_indices().map(|(at, _)| at).chain([text_of_line.len()]).collect();
        if chars.len() < 4 {
            continue;
        }
        let from = (place >> 8) as usize % chars.len();
        let to = (from + *length as usize).min(chars.len() - 1);
        let edit = Edit::new(Span::in_line(line, Range::new(chars[from], chars[to])), TEXTS[*text as usize]);
        let is_all = chars[to] - chars[from] == text_of_line.len();
        let is_apart = edits.iter().all(|other| !other.span.overlaps(edit.span));
        if is_apart && !is_all && document.can_revise(&edit) {
            edits.push(edit);
        }
    }
    edits.sort_by_key(|edit| edit.span.start);
    edits
}

/// The documents of a draft before and after tracked changes, and the draft that comes back.
fn round(text: &str, markup: Markup, changes: &[(u32, u32, u32)]) -> (Vec<String>, Pulled) {
    let settings = settings();
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, markup, &settings);
    let bytes = export(&analysis, &lines, Manner::default()).unwrap();
    let document = Document::read(&bytes).unwrap();
    let made = document.annotated(&bytes, &[], &edits(&document, changes)).unwrap();
    let word = Document::read(&made).unwrap().incoming().0;
    let found = pull(Source { text, markup, settings: &settings }, None, &word).unwrap();
    (word.into_iter().map(|one| one.text.trim().to_owned()).collect(), found)
}

/// What stands in a line apart from its text.
fn markup_of(text: &str) -> Vec<String> {
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, Markup::Markdown, &settings());
    analysis
        .paragraphs()
        .flat_map(|(n, facts)| facts.markup(lines.str(n)).into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Tracked changes, pulled: the draft says what the document says when they are accepted, and pulling again
    /// changes nothing.
    #[test]
    fn tracked_changes_come_back(changes in hands()) {
        let (word, found) = round(SPEECH, Markup::Plain, &changes);
        prop_assert_eq!(&found.conflicts, &vec![]);
        prop_assert_eq!(laid(&found.text, Markup::Plain), word.clone());
        prop_assert_eq!(pulled(&found.text, Markup::Plain, None, &word).text, found.text.clone());
        // Line ends are those of the draft.
        let ends = SPEECH.replace('\n', "\r\n");
        let (_, again) = round(&ends, Markup::Plain, &changes);
        prop_assert_eq!(again.text, found.text.replace('\n', "\r\n"));
    }

    /// The same with markup: what is no conflict says what the document says, what is one says what it said, and no
    /// markup is lost but with all that it marks.
    #[test]
    fn markup_survives(changes in hands()) {
        let (word, found) = round(MARKED, Markup::Markdown, &changes);
        let now = laid(&found.text, Markup::Markdown);
        let mut expected = word;
        for conflict in &found.conflicts {
            let place = expected.iter_mut().find(|text| **text == conflict.theirs);
            prop_assert!(place.is_some(), "{:?}", conflict);
            *place.unwrap() = conflict.ours.clone();
        }
        prop_assert_eq!(now, expected);
        let markup = markup_of(&found.text);
        let mut known = markup_of(MARKED).into_iter();
        for sign in markup.iter().filter(|sign| *sign != "\\") {
            prop_assert!(known.any(|other| other == *sign), "{sign} in {}", found.text);
        }
        prop_assert!(found.removed > 0 || found.text.matches("忽略").count() == 2, "{}", found.text);
    }

    /// Paragraphs taken out, put in, split, joined and moved.
    #[test]
    fn paragraphs_come_back(changes in prop::collection::vec((0..5_u8, any::<u32>()), 1..6)) {
        for (text, markup) in [(SPEECH, Markup::Plain), (MARKED, Markup::Markdown)] {
            let mut word = laid(text, markup);
            for (kind, place) in &changes {
                let at = *place as usize % word.len();
                match kind {
                    0 if word.len() > 6 => drop(word.remove(at)),
                    1 => word.insert(at, format!("新写的第{place}段，讲清楚为什么、怎么办。")),
                    2 => {
                        let half = word[at].chars().count() / 2;
                        let byte = word[at].char_indices().nth(half).map_or(0, |(byte, _)| byte);
                        let rest = word[at].split_off(byte);
                        word.insert(at + 1, rest.trim().to_owned());
                    }
                    3 if at + 1 < word.len() => {
                        let next = word.remove(at + 1);
                        word[at] += &next;
                    }
                    4 => {
                        let text = word.remove(at);
                        let to = (*place >> 12) as usize % (word.len() + 1);
                        word.insert(to, text);
                    }
                    _ => {}
                }
            }
            word.retain(|text| !text.trim().is_empty());
            let found = pulled(text, markup, None, &word);
            if found.conflicts.is_empty() {
                let bare = |texts: Vec<String>| texts.iter().map(|text| text.replace(' ', "")).collect::<Vec<_>>();
                prop_assert_eq!(bare(laid(&found.text, markup)), bare(word));
            }
        }
    }
}

pub fn file(desk: &Desk, name: &str) -> Vec<u8> {
    std::fs::read(desk.folder.path().join(name)).unwrap()
}

/// The document of `draft`, with `from` changed to `to` and still marked.
fn revised(draft: &str, from: &str, to: &str) -> Vec<u8> {
    let lines = Flat::new(draft);
    let analysis = Analysis::new(&lines, Markup::Plain, &settings());
    let bytes = export(&analysis, &lines, Manner::default()).unwrap();
    let document = Document::read(&bytes).unwrap();
    let lines = Flat::new(document.text());
    let (n, at) = lines.iter().enumerate().find_map(|(n, line)| Some((n, line.find(from)?))).unwrap();
    let edit = Edit::new(Span::in_line(n as u32, Range::new(at, at + from.len())), to);
    document.annotated(&bytes, &[], &[edit]).unwrap()
}

#[test]
fn by_the_command_line() {
    let desk = Desk::new().with("讲话.docx", revised(SPEECH, "320.5", "325.5")).with("讲话.txt", SPEECH);
    let answer = desk.run(&["pull", "讲话.docx", "讲话.txt"]);
    assert_eq!(answer.code, 0, "{}", answer.err);
    expect![[r#"
        --- 讲话.txt
        +++ 讲话.txt
        @@ -5,5 +5,5 @@
         　　一、提高认识
         　　要提高认识，压实责任，抓好项目建设，确保按期开工。
         　　二、狠抓落实
        -　　去年完成投资320.5亿元，增长6.2%。要改善民生，办好实事。
        +　　去年完成投资325.5亿元，增长6.2%。要改善民生，办好实事。
         　　谢谢大家！
    "#]]
    .assert_eq(&answer.out);
    assert!(answer.err.contains("改 1 段，增 0 段，删 0 段，移 0 段；没有拉回 0 段"), "{}", answer.err);
    assert_eq!(file(&desk, "讲话.txt"), SPEECH.as_bytes());
    let answer = desk.run(&["pull", "讲话.docx", "讲话.txt", "-o", "新.txt"]);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""), "{}", answer.err);
    assert_eq!(file(&desk, "新.txt"), SPEECH.replace("320.5", "325.5").as_bytes());
    assert_eq!(desk.run(&["pull", "讲话.docx", "讲话.txt", "-o", "新.txt"]).code, 2, "it is there");
    let answer = desk.run(&["pull", "--in-place", "讲话.docx", "讲话.txt"]);
    assert_eq!((answer.code, file(&desk, "讲话.txt")), (0, file(&desk, "新.txt")));
    let answer = desk.run(&["pull", "讲话.docx", "讲话.txt"]);
    assert!(answer.code == 0 && answer.err.contains("没有要拉回的修改"), "{}", answer.err);
}

#[test]
fn encodings_stay_as_they_are() {
    for encoding in ["GB18030", "UTF-16LE", "UTF-8"] {
        let written = |text: &str| -> Vec<u8> {
            match encoding {
                "GB18030" => encoding_rs::GB18030.encode(text).0.into_owned(),
                "UTF-16LE" => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
                _ => format!("\u{feff}{text}").into_bytes(),
            }
        };
        let text = SPEECH.replace('\n', "\r\n");
        let desk = Desk::new().with("讲话.docx", revised(SPEECH, "320.5", "325.5")).with("讲话.txt", written(&text));
        let answer = desk.run(&["pull", "--in-place", "讲话.docx", "讲话.txt"]);
        assert_eq!(answer.code, 0, "{encoding} {}", answer.err);
        assert_eq!(file(&desk, "讲话.txt"), written(&text.replace("320.5", "325.5")), "{encoding}");
    }
    let big5 = encoding_rs::BIG5.encode("同志們：\n今天召開這次會議，主要任務是總結工作、部署任務。\n").0.into_owned();
    let draft = "同志們：\n今天召開這次會議，主要任務是總結工作、部署任務。\n";
    let desk = Desk::new().with("稿.docx", revised(draft, "總結工作", "总结工作")).with("稿.txt", &big5);
    let answer = desk.run(&["pull", "--in-place", "稿.docx", "稿.txt"]);
    assert!(answer.code == 2 && answer.err.contains("Big5") && !answer.err.contains("改 1 段"), "{}", answer.err);
    assert_eq!(file(&desk, "稿.txt"), big5);
}

#[test]
fn conflicts_are_shown_with_both_texts() {
    let ours = SPEECH.replace("320.5", "321.5");
    let desk = Desk::new().with("讲话.docx", revised(SPEECH, "320.5", "325.5"));
    let desk = desk.with("讲话.txt", &ours).with("导出时.txt", SPEECH);
    let answer = desk.run(&["pull", "--in-place", "讲话.docx", "讲话.txt", "--base", "导出时.txt"]);
    assert_eq!(answer.code, 1, "{}", answer.err);
    expect![[r#"
        没有拉回 第 8 行，Word 第 8 段：两边都改了
          稿件 去年完成投资321.5亿元，增长6.2%。要改善民生，办好实事。
          Word 去年完成投资325.5亿元，增长6.2%。要改善民生，办好实事。
          不同 去年完成投资〔稿件：321.5｜Word：325.5〕亿元，增长6.2%。要改…
    "#]]
    .assert_eq(&answer.out);
    assert_eq!(file(&desk, "讲话.txt"), ours.as_bytes());
    // What differs without a mark may be what the draft has changed.
    let other = ours.replace("谢谢大家", "谢谢各位");
    let desk = desk.with("讲话.txt", &other);
    let answer = desk.run(&["pull", "讲话.docx", "讲话.txt"]);
    assert!(answer.code == 0 && answer.err.contains("没有修订标记"), "{}", answer.err);
}

const TABLE: &str = "# 在全县工作会议上的讲话\n\n同志们：\n\n去年各项指标完成情况如下，总的看来稳中有进。\n\n| 指标         | 数值      | 增长 |\n|--------------|----------:|------|\n| 地区生产总值 | 128.6亿元 | 6.9% |\n| 粮食产量     | 6.24万吨  |      |\n\n希望大家再接再厉，抓好落实，确保完成任务。\n";

/// The document of `TABLE` with its table as somebody made one of it: these rows.
fn tabled(rows: &[&[&str]]) -> Vec<u8> {
    let cell = |text: &&str| format!("<tc><p><r><t>{text}</t></r></p></tc>");
    let row = |cells: &&[&str]| format!("<tr>{}</tr>", cells.iter().map(cell).collect::<String>());
    let table = format!("<tbl>{}</tbl>", rows.iter().map(row).collect::<String>());
    let p = |text: &str| format!("<p><r><t>{text}</t></r></p>");
    let texts = TABLE.split("\n\n").map(|text| text.trim().trim_start_matches("# "));
    let body = texts.map(|text| if text.starts_with('|') { table.clone() } else { p(text) });
    crate::word::Word::new(&body.collect::<String>().replace("同志们：", "同志们、朋友们：")).bytes()
}

#[test]
fn a_table_comes_back_cell_by_cell_or_stays_as_it_was() {
    let pulled = |rows: &[&[&str]]| {
        let desk = Desk::new().with("表.docx", tabled(rows)).with("表.md", TABLE);
        let answer = desk.run(&["pull", "--in-place", "表.docx", "表.md"]);
        (String::from_utf8(file(&desk, "表.md")).unwrap(), answer)
    };
    let greeted = TABLE.replace("同志们：", "同志们、朋友们：");
    let (text, answer) =
        pulled(&[&["指标", "数值", "增长"], &["地区生产总值", "129.6亿元", "6.9%"], &["粮食产量", "6.24万吨", "2%"]]);
    let expected = greeted.replace("128.6", "129.6").replace("6.24万吨  |      |", "6.24万吨  |      2%|");
    assert_eq!(text.replace(' ', ""), expected.replace(' ', ""));
    assert!(answer.code == 0 && answer.err.contains("表格有 1 个在 Word 里成了真的表格"), "{}", answer.err);
    // Made by Word of the bars.
    let barred: [&[&str]; 3] = [
        &["", "指标", "数值", "增长", ""],
        &["", "地区生产总值", "129.6亿元", "6.9%", ""],
        &["", "粮食产量", "6.24万吨", "", ""],
    ];
    let (text, _) = pulled(&barred);
    assert_eq!(text, greeted.replace("128.6", "129.6"));
    let (text, answer) =
        pulled(&[&["指标", "数值"], &["地区生产总值", "129.6亿元"], &["粮食产量", "6.24万吨"], &["旅游人数", "300万"]]);
    assert_eq!(text, greeted);
    assert!(answer.code == 1, "{}", answer.err);
    for said in ["没有拉回 第 7 行，Word 第 4 段：稿件里是 Markdown 的表格", "旅游人数 | 300万", "没有拉回 1 段"]
    {
        assert!((answer.out.clone() + &answer.err).contains(said), "{said}: {}{}", answer.out, answer.err);
    }
}

#[test]
fn what_cannot_be_pulled_is_said() {
    let desk = Desk::new()
        .with("讲话.docx", revised(SPEECH, "320.5", "325.5"))
        .with("讲话.txt", SPEECH)
        .with("坏.docx", b"PK\x03\x04")
        .with("空.txt", "")
        .with("别的.txt", "山里的花开得正好，孩子们一路唱着歌，老人坐在树下喝茶下棋，说着从前的事。\n");
    for (arguments, reason) in [
        (["pull", "讲话.txt", "讲话.docx"], "不是 Word 文档"),
        (["pull", "讲话.docx", "讲话.docx"], "是 Word 文档"),
        (["pull", "坏.docx", "讲话.txt"], "无法读取 坏.docx"),
        (["pull", "讲话.docx", "没有.txt"], "没有这个文件"),
        (["pull", "讲话.docx", "空.txt"], "几乎没有相同的文字"),
        (["pull", "讲话.docx", "别的.txt"], "几乎没有相同的文字"),
        (["pull", "讲话.docx", "-"], "不读标准输入"),
    ] {
        let answer = desk.run(&arguments);
        assert!(answer.code == 2 && answer.err.contains(reason), "{arguments:?}: {}{}", answer.out, answer.err);
    }
    assert_eq!(desk.run(&["pull", "讲话.docx", "讲话.txt", "-o", "a", "--in-place"]).code, 2);
}
