//! Where the program speaks: one buffered writer on standard output, and lines on standard error.

use std::io::{self, BufWriter, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

use super::arguments::Color;
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
    pub fn new(color: Color, locale: Locale) -> Self {
        let wanted = match color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
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

    pub fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.write_all(bytes)
    }

    /// Writes what is still in the buffer.
    pub fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    pub fn writer(&mut self) -> &mut dyn Write {
        &mut *self.out
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
pub(super) fn complain(locale: Locale, message: &str) {
    let name = locale.pick("讲稿", "講稿", "jianggao");
    let _ = writeln!(io::stderr().lock(), "{name}: {message}");
}

/// Text for standard error that is complete as it is.
pub(super) fn print_error(text: &str) {
    let _ = AutoStream::always(io::stderr()).lock().write_all(text.as_bytes());
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
        }
    }

    pub fn severity(&self, severity: Severity) -> Style {
        self.severities[severity as usize]
    }
}

/// The name of a severity in a report.
pub(super) fn severity_name(severity: Severity, locale: Locale) -> &'static str {
    let traditional = match severity {
        Severity::Error => "錯誤",
        Severity::Warning => "警告",
        Severity::Information => "資訊",
        Severity::Hint => "提示",
    };
    locale.pick(severity.chinese_name(), traditional, severity.name())
}
