//! Where the program speaks: one buffered writer on standard output, and lines on standard error. What a
//! terminal would obey does not pass, wherever it comes from: drafts, names of files, arguments, settings.

use std::borrow::Cow;
use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::locale::Locale;
use crate::settings::Severity;

/// Standard output, and how to write on it.
pub(super) struct Output {
    out: Box<dyn Write>,
    pub locale: Locale,
    palette: Palette,
    error_palette: Palette,
}

/// How a report looks.
#[derive(Clone, Copy, Default)]
pub(super) struct Look {
    pub locale: Locale,
    pub palette: Palette,
}

impl Output {
    pub fn new(wanted: ColorChoice, locale: Locale) -> Self {
        let choice = |auto: ColorChoice| match wanted {
            ColorChoice::Auto => auto,
            fixed => fixed,
        };
        let on_stdout = choice(AutoStream::choice(&io::stdout()));
        let on_stderr = choice(AutoStream::choice(&io::stderr()));
        // A stream that strips colours reads every byte: without colours none is needed.
        let out: Box<dyn Write> = match on_stdout {
            ColorChoice::Never => Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())),
            choice => Box::new(BufWriter::with_capacity(1 << 16, AutoStream::new(io::stdout(), choice).lock())),
        };
        Self { out, locale, palette: Palette::new(on_stdout), error_palette: Palette::new(on_stderr) }
    }

    /// Text in lines, with the colours of the palette.
    pub fn text(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(obeyed(text, self.palette.is_coloured).as_bytes())
    }

    /// A draft as it is, or what another program reads.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// A value, and the end of the line.
    pub fn json(&mut self, value: &impl Serialize) -> io::Result<()> {
        self.raw(json_text(value).as_bytes())?;
        self.raw(b"\n")
    }

    /// Writes what is still in the buffer.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// The look of what goes to standard output.
    pub fn look(&self) -> Look {
        Look { locale: self.locale, palette: self.palette }
    }

    /// The look of what goes to standard error.
    pub fn error_look(&self) -> Look {
        Look { locale: self.locale, palette: self.error_palette }
    }
}

/// A line on standard error. There is nowhere to report that it could not be written.
pub(super) fn print_error(locale: Locale, message: &str) {
    let name = locale.pick("讲稿", "講稿", "jianggao");
    let _ = writeln!(io::stderr().lock(), "{name}: {}", clean(message));
}

/// Text in lines for standard error, with the colours of the palette.
pub(super) fn print_error_text(text: &str, palette: Palette) {
    let text = obeyed(text, palette.is_coloured);
    let _ = AutoStream::always(io::stderr()).lock().write_all(text.as_bytes());
}

/// `text` with nothing in it that a terminal would obey; a line break is shown as one.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    match text.contains(is_obeyed) {
        true => Cow::Owned(text.chars().map(visible).collect()),
        false => Cow::Borrowed(text),
    }
}

/// `text` with nothing in it that a terminal would obey but line ends, tabs and, where there are colours,
/// the sequences that switch them.
fn obeyed(text: &str, is_coloured: bool) -> Cow<'_, str> {
    let plain = |c: char| is_obeyed(c) && !matches!(c, '\n' | '\t');
    if !text.contains(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(plain) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let kept = if rest.starts_with("\r\n") {
            2
        } else if is_coloured {
            colour(rest)
        } else {
            0
        };
        if kept > 0 {
            out.push_str(&rest[..kept]);
            rest = &rest[kept..];
        } else {
            let mut chars = rest.chars();
            out.extend(chars.next().map(visible));
            rest = chars.as_str();
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// `value` on one line, with nothing in it that a terminal would obey.
pub(super) fn json_text(value: &impl Serialize) -> String {
    // Plain values with string keys: writing them into memory cannot fail.
    let json = serde_json::to_string(value).unwrap_or_default();
    // What JSON allows as it is and a terminal would obey can stand in strings only.
    if !json.contains(is_obeyed) {
        return json;
    }
    let mut out = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        match is_obeyed(c) {
            true => out += &format!("\\u{:04x}", c as u32),
            false => out.push(c),
        }
    }
    out
}

/// The length of the sequence at the start that switches a colour; 0 when there is none.
fn colour(text: &str) -> usize {
    let Some(inner) = text.strip_prefix("\u{1b}[") else { return 0 };
    let digits = inner.bytes().take_while(|b| b.is_ascii_digit() || *b == b';').count();
    if inner.as_bytes().get(digits) == Some(&b'm') { "\u{1b}[".len() + digits + 1 } else { 0 }
}

/// Whether a terminal obeys the character, or lets it turn the direction of the line.
fn is_obeyed(c: char) -> bool {
    visible(c) != c
}

/// `c`, or what is shown for it: a picture for a control character, � for what would turn the
/// direction of the line.
pub(super) fn visible(c: char) -> char {
    match c {
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{fffd}'),
        '\x7f' => '␡',
        '\u{80}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' => '\u{fffd}',
        '\u{2066}'..='\u{2069}' => '\u{fffd}',
        _ => c,
    }
}

/// The language of messages, from the environment.
pub(super) fn locale() -> Locale {
    ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .map_or(Locale::default(), |name| Locale::from_name(&name))
}

/// The styles of a report; all of them empty when there are no colours.
#[derive(Clone, Copy, Default)]
pub(super) struct Palette {
    pub severities: [Style; 4],
    /// Line numbers, arrows, marks on related places.
    pub frame: Style,
    pub strong: Style,
    pub faint: Style,
    pub fix: Style,
    is_coloured: bool,
}

impl Palette {
    fn new(choice: ColorChoice) -> Self {
        match choice {
            ColorChoice::Never => Self::default(),
            _ => Self::coloured(),
        }
    }

    pub fn coloured() -> Self {
        let bold = |color: AnsiColor| color.on_default().bold();
        Self {
            severities: [bold(AnsiColor::Red), bold(AnsiColor::Yellow), bold(AnsiColor::Blue), bold(AnsiColor::Cyan)],
            frame: bold(AnsiColor::Blue),
            strong: Style::new().bold(),
            faint: Style::new().dimmed(),
            fix: bold(AnsiColor::Green),
            is_coloured: true,
        }
    }

    pub fn severity(&self, severity: Severity) -> Style {
        self.severities[severity as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_obeys_nothing_of_it() {
        assert_eq!(clean("a\u{1b}[31m\nb\u{9b}c\u{202e}"), "a␛[31m␊b\u{fffd}c\u{fffd}");
        assert_eq!(obeyed("a\u{1b}[31m\tb\r\nc\rd", false), "a␛[31m\tb\r\nc␍d");
        assert_eq!(obeyed("a\u{1b}[1;31mb\u{1b}]0;t\u{7}", true), "a\u{1b}[1;31mb␛]0;t␇");
        assert!(matches!(obeyed("同志们：\n", false), Cow::Borrowed(_)));
    }
}
