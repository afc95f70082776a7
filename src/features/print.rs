//! The draft as a page to be printed: HTML that needs nothing else, in large type for reading aloud.

use std::fmt::Write as _;

use super::laid_out::{Block, Role, blocks, pauses};
use super::metrics;
use crate::analysis::Analysis;
use crate::locale::Locale;
use crate::settings::Settings;
use crate::text::{Lines, Range};

const STYLE: &str = include_str!("print.css");

/// The page. For reading aloud it has large type, marks where to pause, and the time at which each section begins.
pub fn page(
    analysis: &Analysis,
    lines: &dyn Lines,
    settings: &Settings,
    locale: Locale,
    is_for_reading: bool,
) -> String {
    let blocks = blocks(analysis, lines);
    let settings = &*metrics::paced(analysis, lines, settings);
    let measured = metrics::measure(analysis, lines);
    let name = blocks.iter().find(|block| block.role == Role::Title).map_or("", |block| &block.text);
    let name = if name.is_empty() { locale.pick("讲话稿", "講話稿", "Speech") } else { name };
    let language = if analysis.is_traditional() { "zh-TW" } else { "zh-CN" };
    let kind = if is_for_reading { "reading" } else { "plain" };
    let print = locale.pick("按 Ctrl+P 打印", "按 Ctrl+P 列印", "Ctrl+P prints");
    let length = metrics::in_short(&measured, settings, locale);
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body class=\"{kind}\">\n<aside>{} · {print}</aside>\n",
        escaped(name),
        escaped(&length),
    );
    let is_top = |role| matches!(role, Role::Title | Role::Subtitle);
    for (n, block) in blocks.iter().enumerate() {
        let opens = n > 0 && block.role == Role::Title && blocks[n - 1].role != Role::Title;
        let class = match block.role {
            Role::Title if opens => "title new",
            Role::Title => "title",
            Role::Subtitle => "subtitle",
            Role::Salutation if n > 0 && is_top(blocks[n - 1].role) => "salutation first",
            Role::Salutation => "salutation",
            Role::Signature => "signature",
            Role::Date => "date",
            Role::Annex => "new",
            Role::Heading(_) | Role::Body => "",
        };
        let _ = writeln!(out, "{}", element(block, class, is_for_reading.then_some(settings)));
    }
    out + "</body>\n</html>\n"
}

/// A paragraph; for reading, with what the settings say of the speed.
fn element(block: &Block, class: &str, reading: Option<&Settings>) -> String {
    let tag = match block.role {
        Role::Title => "h1",
        Role::Heading(1) => "h2",
        Role::Heading(2) => "h3",
        Role::Heading(_) => "h4",
        _ => "p",
    };
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let clock = reading
        .filter(|_| block.role == Role::Heading(1))
        .map_or(String::new(), |settings| format!("<time>{}</time>", metrics::clock(block.before, settings)));
    let mut marked = Marked { open: &block.open, at: 0 };
    let head = block.heading.as_ref().map_or(String::new(), |(_, head)| format!("<b>{}</b>", marked.text(head)));
    let mut body = String::new();
    for (piece, pause) in pauses(&block.text) {
        body += &marked.text(piece);
        if let Some(pause) = pause.filter(|_| reading.is_some() && block.role == Role::Body) {
            let _ = write!(body, "&#8288;<i>{pause}</i>");
        }
    }
    format!("<{tag}{class}>{clock}{head}{body}</{tag}>")
}

/// Marks what is open.
struct Marked<'a> {
    /// What is still to come, in bytes of all that is told.
    open: &'a [Range],
    /// How much has been told.
    at: usize,
}

impl Marked<'_> {
    fn text(&mut self, text: &str) -> String {
        let (mut out, mut done, base) = (String::new(), 0, self.at);
        self.at += text.len();
        while let [next, more @ ..] = self.open
            && (next.start as usize) < self.at
        {
            let from = (next.start as usize).saturating_sub(base).max(done);
            let to = (next.end as usize).saturating_sub(base).min(text.len());
            if let (Some(before), Some(blank)) = (text.get(done..from), text.get(from..to).filter(|it| !it.is_empty()))
            {
                let _ = write!(out, "{}<mark>{}</mark>", escaped(before), escaped(blank));
                done = to;
            }
            // The rest of it stands in what comes.
            if next.end as usize > self.at {
                break;
            }
            self.open = more;
        }
        out + &escaped(&text[done..])
    }
}

/// Text as characters of HTML.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
