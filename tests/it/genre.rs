//! Text that is no official prose gets hints at most; a draft is never taken for it because it is short.

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::gate::gate;
use jianggao::locale::Locale;
use jianggao::rules::{counts, diagnostics};
use jianggao::settings::{Settings, Severity};
use jianggao::text::{Change, Document, Encoding, Flat, Position};

/// A paragraph of documentation, of a tale, of a chat, of a list; each has a blank.
const DOCUMENTATION: &str = "用户登录以后，前端把 Token 写进浏览器缓存，再调用后端的 REST 接口，由服务器上的 XX 模块读数据库。\
    部署脚本会下载最新的代码，改好配置里的端口字段，打开日志就能看到 HTTP 请求的参数。\n";
const TALE: &str = "“你怎么才来呀？”她抬起头，看着他笑了。\n他没有说话，只把伞收了，雨水顺着伞尖滴在XX巷的青石板上。\n\
    “我等你半天了。”她又说，“你要是再不来，我就走了啊。”\n";
const CHAT: &str = "小王：在吗，那个东西你看了没\n老李：没呢，我刚醒，XX你们先吃吧\n小王：好吧，那我和他说一声哈\n";
const LIST: &str = "王芳　一三八零零　三楼\n李强　XX　二楼\n赵敏　一三九零零　一楼\n";
const SPEECH: &str =
    "　　各级各部门要把责任扛在肩上，加强组织领导，推进项目建设，XX局要带头落实，确保年度目标任务全面完成。\n";

/// The warnings in twenty paragraphs of documentation: the blanks, and that they repeat each other.
const ALL: usize = 39;

fn of(text: &str, markup: Markup, settings: Settings) -> [usize; 4] {
    let settings = Arc::new(settings);
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, markup, &settings);
    let found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
    let counted = counts(&analysis, &lines, &settings);
    for severity in Severity::ALL {
        let shown = found.iter().filter(|d| d.severity == severity).count();
        assert_eq!(shown, counted[severity as usize], "{severity:?}");
    }
    counted
}

/// True where there are findings, and none that counts.
fn hints_only(text: &str) -> bool {
    let [errors, warnings, informations, hints] = of(text, Markup::Plain, Settings::default());
    assert!(errors + warnings + informations + hints > 0);
    errors + warnings + informations == 0
}

#[test]
fn other_texts_get_hints() {
    for text in [DOCUMENTATION, TALE, CHAT, LIST] {
        assert!(hints_only(&text.repeat(20)), "{text}");
    }
    assert!(!hints_only(&SPEECH.repeat(20)));
}

#[test]
fn little_text_is_a_draft() {
    for text in [DOCUMENTATION, TALE, CHAT, LIST] {
        assert!(!hints_only(text), "{text}");
    }
}

#[test]
fn who_says_that_it_is_a_draft_is_believed() {
    let text = DOCUMENTATION.repeat(20);
    let official = |official| Settings { official_prose: official, ..Settings::default() };
    assert_eq!(of(&text, Markup::Plain, official(None))[1], 0);
    assert_eq!(of(&text, Markup::Plain, official(Some(true)))[1], ALL);
    assert_eq!(of(&text, Markup::Speech, official(None))[1], ALL);
    assert_eq!(of(&text, Markup::Speech, official(Some(false)))[1], 0);
    for line in ["# 讲稿", "　# 講稿", "## 讲稿 ##"] {
        assert_eq!(of(&format!("{line}\n{text}"), Markup::Plain, official(None))[1], ALL, "{line}");
        assert_eq!(of(&format!("{line}\n{text}"), Markup::Markdown, official(None))[1], ALL, "{line}");
    }
    assert_eq!(of(&format!("讲稿\n{text}"), Markup::Plain, official(None))[1], 0);
}

#[test]
fn the_gate_takes_everything_for_a_draft() {
    let settings = Arc::new(Settings::default());
    let text = DOCUMENTATION.repeat(20);
    let lines = Flat::new(&text);
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    assert!(analysis.is_other());
    assert_eq!(gate(&analysis, &lines, &settings, Locale::Hans).open.len(), ALL);
}

#[test]
fn what_a_text_is_follows_its_edits() {
    let settings = Arc::new(Settings::default());
    let mut document = Document::new(1, &DOCUMENTATION.repeat(8));
    let mut analysis = Analysis::new(&document, Markup::Plain, &settings);
    for (n, text) in [SPEECH.repeat(30), DOCUMENTATION.repeat(40), "# 讲稿\n".to_owned()].into_iter().enumerate() {
        let at = Position::new(0, 0);
        let change = Change { range: Some((at, at)), text };
        let (next, lines) = document.edited(n as i32 + 2, &change, Encoding::Utf8);
        document = next;
        analysis.update(&document, lines);
        let fresh = Analysis::new(&document, Markup::Plain, &settings);
        assert_eq!(analysis.totals(), fresh.totals());
        assert_eq!(analysis.is_other(), n == 1);
    }
}
