//! What an editor asks of a draft. `$0` is the cursor; `$0 … $0` a selection.

mod actions;
mod blanks;
mod folding;
mod hover;
mod metrics;
mod ordinals;
mod report;
mod selection;
mod short_names;
mod speaking;
mod symbols;
mod tokens;

use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::settings::Settings;
use jianggao::text::{Edit, Flat, Point, Span, apply};

/// A speech with something of everything.
pub const SPEECH: &str = "\
在全县春耕备耕会议上的讲话

同志们：

今天开这个会，主要是安排春耕。下面，我讲三点意见。

一、把种子备足

（一）抓采购。货比三家，早定早运。XX乡要带头。

（二）抓储备。一是备粮，二是备种，三是备肥。

二、把水渠修好

各乡镇分段包干，XX乡先行一步，月底前完成X公里。

谢谢大家！
";

/// The draft without its cursors, and where they are.
pub fn cursors(draft: &str) -> (String, Vec<Point>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for (i, part) in draft.split("$0").enumerate() {
        if i > 0 {
            let line = text.matches('\n').count();
            let byte = text.len() - text.rfind('\n').map_or(0, |n| n + 1);
            places.push(Point::new(line as u32, byte as u32));
        }
        text.push_str(part);
    }
    (text, places)
}

pub fn analysed(text: &str, markup: Markup) -> (Flat<'_>, Arc<Settings>, Analysis) {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, markup, &settings);
    (lines, settings, analysis)
}

pub fn markup(text: &str) -> Markup {
    if text.starts_with("# ") { Markup::Markdown } else { Markup::Plain }
}

/// `text` with each of `spans` in ⟦⟧.
pub fn marked(text: &str, spans: &[Span]) -> String {
    let edits: Vec<Edit> = spans
        .iter()
        .flat_map(|s| [Edit::new(Span::new(s.start, s.start), "⟦"), Edit::new(Span::new(s.end, s.end), "⟧")])
        .collect();
    apply(text, &edits)
}
