//! `jianggao compare`: two versions of a draft.

mod page;

use std::fmt::Write as _;
use std::io;
use std::sync::Arc;

use super::arguments::{self, CompareFormat};
use super::files::{self, Source};
use super::input::{self, Content, Decoded};
use super::output::{Look, Output, clean, print_error};
use crate::analysis::Analysis;
use crate::features::unread::Nothing;
use crate::history::{self, Change, Comparison, Kind, Version, compare};
use crate::locale::Locale;
use crate::report::{Columns, Compared, compared};
use crate::settings::Settings;
use crate::text::{Flat, Span};

/// A version that has been read.
struct Read {
    source: Source,
    settings: Arc<Settings>,
    content: Content,
}

pub(super) fn run(arguments: &arguments::Compare, output: &mut Output) -> io::Result<u8> {
    if [&arguments.old, &arguments.new].iter().all(|path| path.as_os_str() == "-") {
        let message = output.locale.pick(
            "标准输入只能是两稿中的一稿",
            "標準輸入只能是兩稿中的一稿",
            "standard input can be one of the two",
        );
        print_error(output.locale, message);
        return Ok(super::EXIT_ERROR);
    }
    let (Some(old), Some(new)) = (read(&arguments.old, arguments, output), read(&arguments.new, arguments, output))
    else {
        return Ok(super::EXIT_ERROR);
    };
    let (Some(before), Some(after)) = (decoded(&old, output.locale), decoded(&new, output.locale)) else {
        return Ok(super::EXIT_ERROR);
    };
    let (old_lines, new_lines) = (Flat::new(&before.text), Flat::new(&after.text));
    let [one, other] = [(&old, &before, &old_lines), (&new, &after, &new_lines)]
        .map(|(read, decoded, lines)| Analysis::new(lines, read.source.markup(decoded), &read.settings));
    let old_version = Version { analysis: &one, lines: &old_lines, settings: &old.settings };
    let new_version = Version { analysis: &other, lines: &new_lines, settings: &new.settings };
    let found = compare(old_version, new_version, output.locale);
    let paths = (old.source.shown(), new.source.shown());
    if found.is_strange {
        print_error(output.locale, &strange(&paths, output.locale));
        return Ok(super::EXIT_ERROR);
    }
    let code = u8::from(!found.consequences.is_empty());
    let sides = Sides { before: &before, after: &after, old: &old_lines, new: &new_lines };
    match arguments.format {
        CompareFormat::Text => {
            output.text(&report(&found, &sides, &paths, arguments.wording, output.look()))?;
        }
        CompareFormat::Html => output.raw(page::page(&found, &sides, &paths, output.locale).as_bytes())?,
        CompareFormat::Json => {
            let version = |path: String, decoded: &Decoded| compared::Version { path, encoding: decoded.encoding };
            let versions = (version(paths.0, &before), version(paths.1, &after));
            output.json(&Compared::new(versions, found, (&Columns::new(&old_lines), &Columns::new(&new_lines))))?;
        }
    }
    Ok(code)
}

/// Fails having said why.
fn read(path: &std::path::Path, arguments: &arguments::Compare, output: &Output) -> Option<Read> {
    let (config, converts) = (arguments.config.as_deref(), arguments.convert);
    let (source, settings) = files::one(path, None, config, converts, output).ok()?;
    match files::read(&source, converts, output.locale) {
        Ok(content) => Some(Read { source, settings: Arc::new(history::settings(&settings)), content }),
        Err(error) => {
            let reason = error.message(output.locale);
            print_error(output.locale, &files::cannot_read(&source.shown(), &reason, output.locale));
            None
        }
    }
}

fn decoded(read: &Read, locale: Locale) -> Option<Decoded<'_>> {
    let decoded = input::decode(&read.content.bytes);
    let decoded = decoded.and_then(|decoded| match decoded.text.trim().is_empty() {
        true => Err(input::Unreadable::Nothing(Nothing::Blank, decoded.encoding)),
        false => Ok(decoded),
    });
    match decoded {
        Ok(decoded) => Some(decoded),
        Err(error) => {
            let message = files::cannot_read(&read.source.shown(), &error.message(locale), locale);
            print_error(locale, &message);
            None
        }
    }
}

fn strange((old, new): &(String, String), locale: Locale) -> String {
    locale.pick(
        format!("{old} 和 {new} 几乎没有相同的文字，没有比：请看看是不是同一篇稿件"),
        format!("{old} 和 {new} 幾乎沒有相同的文字，沒有比：請看看是不是同一篇稿件"),
        format!("{old} and {new} have next to nothing in common: are they versions of one draft?"),
    )
}

/// Both versions as they are shown.
struct Sides<'a> {
    before: &'a Decoded<'a>,
    after: &'a Decoded<'a>,
    old: &'a Flat<'a>,
    new: &'a Flat<'a>,
}

/// The number of a line, or of a paragraph of a Word document.
fn place(decoded: &Decoded, line: u32, locale: Locale) -> String {
    let number = line + 1;
    match &decoded.document {
        Some(document) => document.paragraph_of(line, locale),
        None => locale.pick(format!("第 {number} 行"), format!("第 {number} 行"), format!("line {number}")),
    }
}

fn report(found: &Comparison, sides: &Sides, paths: &(String, String), wording: bool, look: Look) -> String {
    let (strong, faint, locale) = (look.palette.strong, look.palette.faint, look.locale);
    let mut text = format!("{strong}{} → {}{strong:#}\n", clean(&paths.0), clean(&paths.1));
    if !found.consequences.is_empty() {
        let head = locale.pick("改动以后对不上的：", "改動以後對不上的：", "what no longer fits:");
        let _ = writeln!(text, "\n{strong}{head}{strong:#}");
    }
    for broken in &found.consequences {
        let at = place(sides.after, broken.span.start.line, locale);
        let name = name(broken.what.names(), locale);
        let _ = writeln!(text, "  {at} {strong}{name}{strong:#} {}", clean(&broken.message));
        let quote = around(sides.new, broken.span);
        let _ = writeln!(text, "    {faint}{}{faint:#}", clean(&quote));
    }
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Wording || wording) {
        let mut changes = found.changes.iter().filter(|change| change.kind == kind).peekable();
        if changes.peek().is_some() {
            let _ = writeln!(text, "\n{strong}{}{strong:#}", name(kind.names(), locale));
        }
        while let Some(change) = changes.next() {
            // Paragraphs one behind the other are one passage.
            let (mut last, mut count) = (change, 1);
            while let Some(next) = changes.next_if(|next| goes_on(last, next)) {
                (last, count) = (next, count + 1);
            }
            let more = match count {
                1 => String::new(),
                _ => locale.pick(
                    format!("（起，共 {count} 段）"),
                    format!("（起，共 {count} 段）"),
                    format!(" (and {} paragraphs more)", count - 1),
                ),
            };
            let _ = writeln!(text, "  {}{faint}{more}{faint:#}", line(change, sides, locale));
        }
    }
    let _ = writeln!(text, "\n{}", total(found, locale));
    text
}

/// True for a paragraph that is gone or new like the one before it.
fn goes_on(last: &Change, next: &Change) -> bool {
    // Blank lines between paragraphs.
    const APART: u32 = 2;
    let follows = |last: Span, next: Span| next.start.line > last.end.line && next.start.line - last.end.line <= APART;
    match next.kind {
        Kind::Removed => last.new == next.new && follows(last.old, next.old),
        Kind::Added => last.old == next.old && follows(last.new, next.new),
        _ => false,
    }
}

fn name(names: [&'static str; 4], locale: Locale) -> &'static str {
    locale.pick(names[1], names[2], names[3])
}

/// A change in one line.
fn line(change: &Change, sides: &Sides, locale: Locale) -> String {
    let (old, new) = (change.old.start.line, change.new.start.line);
    let [before, after] = [&change.before, &change.after].map(|text| clean(&glance(text)).into_owned());
    match change.kind {
        Kind::Removed => format!("{} {before}", place(sides.before, old, locale)),
        Kind::Added => format!("{} {after}", place(sides.after, new, locale)),
        Kind::Moved => format!("{} → {} {after}", place(sides.before, old, locale), place(sides.after, new, locale)),
        _ => {
            let quote = clean(&around(sides.new, change.new)).into_owned();
            format!("{} {before} → {after}  （{quote}）", place(sides.after, new, locale))
        }
    }
}

/// As much of a text as is read at a glance.
fn glance(text: &str) -> String {
    const GLANCE: usize = 30;
    match text.trim().char_indices().nth(GLANCE) {
        Some((at, _)) => format!("{}…", &text.trim()[..at]),
        None if text.is_empty() => "∅".to_owned(),
        None => text.trim().to_owned(),
    }
}

/// The words around a place.
fn around(lines: &Flat, span: Span) -> String {
    const BESIDE: usize = 10;
    let line = lines.str(span.start.line as usize);
    let (start, end) =
        (span.start.byte as usize, if span.end.line == span.start.line { span.end.byte as usize } else { line.len() });
    let (head, tail) = (line.get(..start).unwrap_or(""), line.get(end..).unwrap_or(""));
    let from = head.char_indices().rev().take(BESIDE).last().map_or(head.len(), |(at, _)| at);
    let to = tail.char_indices().nth(BESIDE).map_or(tail.len(), |(at, _)| at);
    let [before, behind] = [from > 0, to < tail.len()].map(|is_cut| if is_cut { "…" } else { "" });
    let here = glance(line.get(start..end).unwrap_or("")).replace('∅', "");
    format!("{before}{}{here}{}{behind}", head[from..].trim_start(), tail[..to].trim_end())
}

/// How many changes there are, and how many places that do not fit.
fn total(found: &Comparison, locale: Locale) -> String {
    let count = |kind: Kind| found.changes.iter().filter(|change| change.kind == kind).count();
    let counted = Kind::ALL.into_iter().map(|kind| (name(kind.names(), locale), count(kind))).filter(|(_, n)| *n > 0);
    let counted: Vec<String> = counted.map(|(name, n)| format!("{name} {n}")).collect();
    let broken = found.consequences.len();
    if counted.is_empty() {
        return locale.pick("没有改动", "沒有改動", "no changes").to_owned();
    }
    let all = counted.join(locale.pick("，", "，", ", "));
    locale.pick(
        format!("改动：{all}；对不上 {broken} 处"),
        format!("改動：{all}；對不上 {broken} 處"),
        format!("changes: {all}; places that no longer fit: {broken}"),
    )
}
