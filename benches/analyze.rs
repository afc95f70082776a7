//! Analysis from scratch, one typed character, and completion, at the size of one draft, of 1 MB and
//! of 10 MB; and the shapes that hurt: one long line, headings only, marks only.
//!
//! Compare the columns with each other rather than with yesterday: the machine decides the numbers.

use std::sync::Arc;

use divan::Bencher;
use jianggao::analysis::{Analysis, Markup};
use jianggao::features::completion::complete;
use jianggao::features::formulations;
use jianggao::features::symbols::symbols;
use jianggao::features::tokens::tokens;
use jianggao::locale::Locale;
use jianggao::rules::{counts, diagnostics};
use jianggao::settings::Settings;
use jianggao::slogans::Elsewhere;
use jianggao::text::{Change, Document, Encoding, Flat, Lines, Point, Position};

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [14_000, 1_000_000, 10_000_000];

/// One speech of about 14 KB: headings of three levels, items in paragraphs, placeholders.
fn speech(seed: usize) -> String {
    const CLAUSES: [&str; 8] = [
        "要把责任扛在肩上，把任务抓在手上，一项一项抓落实",
        "要坚持问题导向，找准短板弱项，逐项研究解决的办法",
        "要压实各级责任，健全工作机制，形成齐抓共管的局面",
        "截至目前，X项指标中有X项走在前列，其中XX增速居第X位",
        "XX同志就下一步工作作了安排，我都赞成，请大家抓好贯彻",
        "要加快推进X个重点项目，力争在X月X日前全部开工",
        "要转变工作作风，深入基层一线，以扎实的作风推动工作",
        "要加强协调配合，主动靠前服务，确保各项工作有序推进",
    ];
    let numerals = ["一", "二", "三", "四"];
    let mut n = seed;
    let mut clause = || {
        n = n * 31 + 7;
        CLAUSES[n % CLAUSES.len()]
    };
    let mut out = String::from("在全区重点工作推进会上的讲话\n\n同志们：\n");
    out.push_str(&format!("{}。下面，我讲三点意见。\n", clause()));
    for a in &numerals[..3] {
        out.push_str(&format!("{a}、提高站位，扛起责任\n"));
        for b in numerals {
            out.push_str(&format!("（{b}）聚焦重点抓落实。{}。", clause()));
            for c in &numerals[..3] {
                out.push_str(&format!("{c}要抓好关键环节。{}。{}。{}。", clause(), clause(), clause()));
            }
            out.push('\n');
        }
    }
    out.push_str("同志们，让我们一起努力！\n\n");
    out
}

fn corpus(size: usize) -> String {
    let mut out = String::new();
    let mut seed = 1;
    while out.len() < size {
        out.push_str(&speech(seed));
        seed += 1;
    }
    out
}

#[divan::bench(args = SIZES, sample_count = 10)]
fn from_scratch(bencher: Bencher, size: usize) {
    let text = corpus(size);
    let settings = Arc::new(Settings::default());
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| {
        let lines = Flat::new(&text);
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        counts(&analysis, &lines, &settings)
    });
}

#[divan::bench(args = ["long line", "headings", "marks"], sample_count = 10)]
fn awkward_megabyte(bencher: Bencher, shape: &str) {
    let text = match shape {
        "long line" => corpus(1_000_000).replace('\n', ""),
        "headings" => "一、扛起责任\n（一）提高站位\n1.抓好落实\n（1）压实责任\n".repeat(14_000),
        _ => "XX同志在X月X日到××县调研XXX项目，投资XX亿元、占比XX%、排第X位。\n".repeat(12_000),
    };
    let settings = Arc::new(Settings::default());
    bencher.counter(divan::counter::BytesCount::of_str(&text)).bench(|| {
        let lines = Flat::new(&text);
        let analysis = Analysis::new(&lines, Markup::Plain, &settings);
        counts(&analysis, &lines, &settings)
    });
}

/// A draft in the middle of which somebody types.
struct Desk {
    document: Document,
    analysis: Analysis,
    settings: Arc<Settings>,
    at: Position,
}

impl Desk {
    fn new(size: usize) -> Self {
        let document = Document::new(0, &corpus(size));
        let settings = Arc::new(Settings::default());
        let analysis = Analysis::new(&document, Markup::Plain, &settings);
        let line = (document.line_count() / 2..).find(|&n| document.line(n).len() > 600).unwrap_or(0);
        diagnostics(&analysis, &document, &settings, Locale::Hans, 1000);
        Self { document, analysis, settings, at: Position::new(line as u32, 40) }
    }

    /// Types a character, and takes it back the next time.
    fn key(&mut self, typed: bool) {
        let end = Position::new(self.at.line, self.at.column + u32::from(!typed));
        let change = Change { range: Some((self.at, end)), text: if typed { "的" } else { "" }.to_owned() };
        let (document, lines) = self.document.edited(0, &change, Encoding::Utf16);
        self.document = document;
        self.analysis.update(&self.document, lines);
    }
}

#[divan::bench(args = SIZES)]
fn one_key(bencher: Bencher, size: usize) {
    let mut desk = Desk::new(size);
    let mut typed = false;
    bencher.bench_local(|| {
        typed = !typed;
        desk.key(typed);
    });
}

#[divan::bench(args = SIZES)]
fn one_key_and_the_list(bencher: Bencher, size: usize) {
    let mut desk = Desk::new(size);
    let mut typed = false;
    bencher.bench_local(|| {
        typed = !typed;
        desk.key(typed);
        diagnostics(&desk.analysis, &desk.document, &desk.settings, Locale::Hans, 1000)
    });
}

#[divan::bench(args = SIZES)]
fn completion(bencher: Bencher, size: usize) {
    let desk = Desk::new(size);
    let at = Point::new(desk.at.line, desk.document.line(desk.at.line as usize).len() as u32);
    bencher.bench_local(|| complete(&desk.analysis, &desk.document, at));
}

/// The formulations that a line may go on with, in a draft that has been read once.
#[divan::bench(args = SIZES)]
fn completion_of_a_formulation(bencher: Bencher, size: usize) {
    let mut desk = Desk::new(size);
    let line = desk.document.line(desk.at.line as usize);
    let end = Position::new(desk.at.line, line.encode_utf16().count() as u32);
    let change = Change { range: Some((end, end)), text: "要增强四个".into() };
    let (document, lines) = desk.document.edited(1, &change, Encoding::Utf16);
    desk.analysis.update(&document, lines);
    desk.document = document;
    let at = Point::new(desk.at.line, desk.document.line(desk.at.line as usize).len() as u32);
    let complete =
        || formulations::complete(&desk.analysis, &desk.document, &desk.settings, at, false, Elsewhere::default());
    assert!(!complete().is_empty());
    bencher.bench_local(complete);
}

/// All colours of a draft after one key, as an editor asks for them.
#[divan::bench(args = SIZES)]
fn one_key_and_the_colours(bencher: Bencher, size: usize) {
    let mut desk = Desk::new(size);
    let mut typed = false;
    bencher.bench_local(|| {
        typed = !typed;
        desk.key(typed);
        tokens(&desk.analysis, &desk.document, &desk.settings, 0, u32::MAX)
    });
}

#[divan::bench(args = SIZES, sample_count = 20)]
fn outline(bencher: Bencher, size: usize) {
    let desk = Desk::new(size);
    bencher.bench_local(|| symbols(&desk.analysis, &desk.document));
}
