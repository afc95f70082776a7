//! `jianggao pull`: what was changed in Word, into the text that the document was made of.

use std::fmt::Write as _;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::arguments;
use super::diff::diff;
use super::files::{self, Source, cannot_read};
use super::fix;
use super::input::{Content, Decoded};
use super::output::{Look, Output, clean, print_error};
use super::word::{Failed, create};
use crate::history::pull::{self, Conflict, Pulled, Why, pull};
use crate::locale::Locale;
use crate::settings::Settings;
use crate::text::Range;
use crate::word::Document;

/// A file that has been read.
struct Read {
    source: Source,
    settings: Arc<Settings>,
    content: Content,
}

pub(super) fn run(arguments: &arguments::Pull, output: &mut Output) -> io::Result<u8> {
    let locale = output.locale;
    match pulled(arguments, output)? {
        Ok(code) => Ok(code),
        Err(message) => {
            if !message.is_empty() {
                print_error(locale, &message);
            }
            Ok(super::EXIT_ERROR)
        }
    }
}

/// The code of the process, or what is wrong; nothing where that has been said.
fn pulled(arguments: &arguments::Pull, output: &mut Output) -> io::Result<Result<u8, String>> {
    let locale = output.locale;
    let read = |path: &Path| read(path, arguments, output);
    let (document, draft) = match (read(&arguments.document), read(&arguments.draft)) {
        (Ok(document), Ok(draft)) => (document, draft),
        (Err(message), _) | (_, Err(message)) => return Ok(Err(message)),
    };
    let base = match arguments.base.as_deref().map(read).transpose() {
        Ok(base) => base,
        Err(message) => return Ok(Err(message)),
    };
    let texts = (document.decoded(locale), draft.decoded(locale), base.as_ref().map(|base| base.decoded(locale)));
    let (shown, text, then) = match texts {
        (Ok(shown), Ok(text), then) => match then.transpose() {
            Ok(then) => (shown, text, then),
            Err(message) => return Ok(Err(message)),
        },
        (Err(message), ..) | (_, Err(message), _) => return Ok(Err(message)),
    };
    let Some(word) = &shown.document else { return Ok(Err(no_document(&document.source.shown(), locale))) };
    for (read, decoded) in [(Some(&draft), Some(&text)), (base.as_ref(), then.as_ref())] {
        if let (Some(read), Some(Decoded { document: Some(_), .. })) = (read, decoded) {
            return Ok(Err(no_text(&read.source.shown(), locale)));
        }
    }
    let source = draft.of(&text);
    let base = base.as_ref().zip(then.as_ref()).map(|(base, then)| base.of(then));
    let (paragraphs, others) = word.incoming();
    let Ok(found) = pull(source, base, &paragraphs) else {
        return Ok(Err(strange(&document.source.shown(), &draft.source.shown(), locale)));
    };
    if let Err(message) = write(arguments, &draft, &text, &found, locale) {
        return Ok(Err(message));
    }
    output.text(&conflicts(&found.conflicts, word, output.look()))?;
    let is_shown = arguments.to.is_none() && !arguments.in_place;
    if is_shown && found.text != text.text {
        let path = clean(&draft.source.shown()).into_owned();
        output.text(&diff(&path, &text.text, &found.text, output.look()))?;
    }
    let asks = base.is_none();
    remarks(&found, asks, word, others, locale).iter().for_each(|message| print_error(locale, message));
    Ok(Ok(u8::from(!found.conflicts.is_empty())))
}

impl Read {
    fn decoded(&self, locale: Locale) -> Result<Decoded<'_>, String> {
        let told = |error: &super::input::Unreadable| cannot_read(&self.source.shown(), &error.message(locale), locale);
        super::input::decode(&self.content.bytes).map_err(|error| told(&error))
    }

    fn of<'a>(&'a self, decoded: &'a Decoded) -> pull::Source<'a> {
        pull::Source { text: &decoded.text, markup: self.source.markup(decoded), settings: &self.settings }
    }
}

/// Fails with what is wrong, or with nothing where that has been said.
fn read(path: &Path, arguments: &arguments::Pull, output: &Output) -> Result<Read, String> {
    let locale = output.locale;
    if path.as_os_str() == "-" {
        let message = locale.pick(
            "pull 要写明文件，不读标准输入",
            "pull 要寫明檔案，不讀標準輸入",
            "pull reads files, not standard input",
        );
        return Err(message.to_owned());
    }
    let config = arguments.config.as_deref();
    let (source, settings) = files::one(path, None, config, arguments.convert, output).map_err(|()| String::new())?;
    let content = files::read(&source, arguments.convert, locale);
    let content = content.map_err(|error| cannot_read(&source.shown(), &error.message(locale), locale))?;
    Ok(Read { source, settings, content })
}

/// Writes the draft where it is to go.
fn write(
    arguments: &arguments::Pull,
    draft: &Read,
    text: &Decoded,
    found: &Pulled,
    locale: Locale,
) -> Result<(), String> {
    let failed = |error: Failed| error.message(locale);
    if let Some(to) = &arguments.to {
        let bytes = text.encode(&found.text).ok_or(Failed::Encoding(text.encoding)).map_err(failed)?;
        return create(to, &bytes, &draft.source).map_err(failed);
    }
    match draft.source.path() {
        Some(path) if arguments.in_place && found.text != text.text => {
            let written = fix::write(path, &draft.content.bytes, text, &found.text);
            written.map_err(|error| error.message(&path.display().to_string(), locale))
        }
        _ => Ok(()),
    }
}

fn no_document(path: &str, locale: Locale) -> String {
    locale.pick(
        format!("{path} 不是 Word 文档：先写 .docx，再写要改的稿件"),
        format!("{path} 不是 Word 文件：先寫 .docx，再寫要改的稿件"),
        format!("{path} is no Word document: the .docx comes first, then the draft"),
    )
}

fn no_text(path: &str, locale: Locale) -> String {
    locale.pick(
        format!("{path} 是 Word 文档：修改要拉回到 .txt、.md 里；两份 Word 文档用 compare 比较"),
        format!("{path} 是 Word 文件：修改要拉回到 .txt、.md 裡；兩份 Word 文件用 compare 比較"),
        format!("{path} is a Word document: changes go into a .txt or .md; see compare for two documents"),
    )
}

fn strange(document: &str, draft: &str, locale: Locale) -> String {
    locale.pick(
        format!("{document} 和 {draft} 几乎没有相同的文字，没有拉回：请看看是不是同一篇稿件"),
        format!("{document} 和 {draft} 幾乎沒有相同的文字，沒有拉回：請看看是不是同一篇稿件"),
        format!("{document} and {draft} have next to nothing in common: is one made of the other?"),
    )
}

/// The paragraphs that stay as they are, with both texts.
fn conflicts(found: &[Conflict], word: &Document, look: Look) -> String {
    let (strong, faint, locale) = (look.palette.strong, look.palette.faint, look.locale);
    let mut out = String::new();
    for conflict in found {
        let line = conflict.line.map(|line| {
            let line = line + 1;
            locale.pick(format!("第 {line} 行"), format!("第 {line} 行"), format!("line {line}"))
        });
        let other = conflict.other.map(|other| format!("Word {}", word.paragraph_of(other, locale)));
        let place = line.into_iter().chain(other).collect::<Vec<_>>().join(locale.pick("，", "，", ", "));
        let [head, ours] = [locale.pick("没有拉回", "沒有拉回", "not pulled"), locale.pick("稿件", "稿件", "draft")];
        let why = why(conflict.why, locale);
        let _ = writeln!(out, "{strong}{head}{strong:#} {place}{}{why}", locale.pick("：", "：", ": "));
        let gone = locale.pick("（没有这一段）", "（沒有這一段）", "(no such paragraph)");
        for (name, text) in [(ours, &conflict.ours), ("Word", &conflict.theirs)] {
            let text = if text.is_empty() { gone } else { text };
            for (n, line) in text.lines().enumerate() {
                let name = if n == 0 { name } else { "    " };
                let _ = writeln!(out, "  {faint}{name}{faint:#} {}", clean(line));
            }
        }
        let differences = conflict.differences();
        if !differences.is_empty() {
            let name = locale.pick("不同", "不同", "both");
            let _ = writeln!(out, "  {faint}{name}{faint:#} {}", differing(conflict, &differences, ours, look));
        }
    }
    out
}

/// So much of what is the same is shown beside what is not, in characters.
const BESIDE: usize = 12;

/// Both texts in one: what is the same, and 〔稿件：321.5｜Word：325.5〕 where they differ.
fn differing(conflict: &Conflict, differences: &[(Range, Range)], ours: &str, look: Look) -> String {
    let (red, green, locale) = (look.palette.severities[0], look.palette.fix, look.locale);
    let [open, bar, close, colon] =
        locale.pick(["〔", "｜", "〕", "："], ["〔", "｜", "〕", "："], ["[", "|", "]", ": "]);
    let mut out = String::new();
    let mut at = 0;
    for (from, to) in differences {
        out += &clean(&shortened(&conflict.ours[at..from.start as usize], at > 0, true));
        let [own, other] = [from.of(&conflict.ours), to.of(&conflict.theirs)].map(|text| clean(text).into_owned());
        let _ = write!(out, "{open}{ours}{colon}{red}{own}{red:#}{bar}Word{colon}{green}{other}{green:#}{close}");
        at = from.end as usize;
    }
    out + &clean(&shortened(&conflict.ours[at..], true, false))
}

/// What is the same, without its middle: kept beside what stands before it and behind it.
fn shortened(text: &str, before: bool, behind: bool) -> String {
    let text = text.replace('\n', " ");
    let count = text.chars().count();
    let (head, tail) = (if before { BESIDE } else { 0 }, if behind { BESIDE } else { 0 });
    if count <= head + tail + 1 {
        return text;
    }
    let head: String = text.chars().take(head).collect();
    let tail: String = text.chars().skip(count - tail).collect();
    format!("{head}…{tail}")
}

fn why(why: Why, locale: Locale) -> &'static str {
    match why {
        Why::Both => locale.pick("两边都改了", "兩邊都改了", "changed on both sides"),
        Why::Gone => locale.pick(
            "Word 里改了，稿件里已经删去",
            "Word 裡改了，稿件裡已經刪去",
            "changed in Word, and gone from the draft",
        ),
        Why::Markup => locale.pick(
            "改动跨着标记、注释或者忽略标记，放不进去",
            "改動跨著標記、註解或者忽略標記，放不進去",
            "the change crosses markup, a comment or a suppression",
        ),
        Why::Table => locale.pick(
            "稿件里是 Markdown 的表格，Word 里是真的表格，行数或者列数不一样，请自己改",
            "稿件裡是 Markdown 的表格，Word 裡是真的表格，列數或者欄數不一樣，請自己改",
            "lines of Markdown in the draft, and a table with other rows or columns in Word",
        ),
        Why::Otherwise => locale.pick(
            "放进去以后排出来和 Word 里不一样",
            "放進去以後排出來和 Word 裡不一樣",
            "laid out, it would not be what Word has",
        ),
        Why::Together => locale.pick(
            "和旁边没有拉回的一段互有文字挪动，一起不改",
            "和旁邊沒有拉回的一段互有文字挪動，一起不改",
            "text went between it and one that is not pulled",
        ),
    }
}

/// What there is to say of the whole; `asks` for the draft that was exported, where none was named.
fn remarks(found: &Pulled, asks: bool, word: &Document, others: usize, locale: Locale) -> Vec<String> {
    let mut said = Vec::new();
    if asks && !found.unmarked.is_empty() {
        let places: Vec<String> = found.unmarked.iter().map(|line| word.paragraph_of(*line, locale)).collect();
        let places = places.join(locale.pick("、", "、", ", "));
        said.push(locale.pick(
            format!("Word 里{places}没有修订标记，却与稿件不同，照 Word 的改了：要是稿件后来改过，请用 --base 写明导出时的稿件"),
            format!("Word 裡{places}沒有修訂標記，卻與稿件不同，照 Word 的改了：要是稿件後來改過，請用 --base 寫明匯出時的稿件"),
            format!("no change is marked in {places} of the document, which differ from the draft: if it is the draft that has changed, name the one that was exported with --base"),
        ));
    }
    if found.tables > 0 {
        let n = found.tables;
        said.push(locale.pick(
            format!("稿件里的 Markdown 表格有 {n} 个在 Word 里成了真的表格，照格子拉回了文字，稿件里仍是 Markdown"),
            format!("稿件裡的 Markdown 表格有 {n} 個在 Word 裡成了真的表格，照格子拉回了文字，稿件裡仍是 Markdown"),
            format!(
                "{n} tables are tables in Word and lines of Markdown in the draft: the text of their cells is pulled"
            ),
        ));
    }
    if others > 0 {
        said.push(locale.pick(
            format!("脚注、尾注、文本框里的 {others} 段没有拉回"),
            format!("註腳、章節附註、文字方塊裡的 {others} 段沒有拉回"),
            format!("{others} paragraphs in notes and text boxes are not pulled"),
        ));
    }
    let Pulled { changed, added, removed, moved, conflicts, .. } = found;
    let left = conflicts.len();
    said.push(match changed + added + removed + moved + left {
        0 => locale.pick("没有要拉回的修改", "沒有要拉回的修改", "nothing to pull").to_owned(),
        _ => locale.pick(
            format!("改 {changed} 段，增 {added} 段，删 {removed} 段，移 {moved} 段；没有拉回 {left} 段"),
            format!("改 {changed} 段，增 {added} 段，刪 {removed} 段，移 {moved} 段；沒有拉回 {left} 段"),
            format!("{changed} paragraphs changed, {added} added, {removed} removed, {moved} moved; {left} not pulled"),
        ),
    });
    said
}
