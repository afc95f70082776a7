//! `jianggao outline`.

use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use super::arguments::{self, Format};
use super::files::{self, Source};
use super::input::{self, Unreadable};
use super::output::{Look, Output, clean, print_error};
use super::why;
use crate::analysis::Analysis;
use crate::features::metrics;
use crate::features::symbols::{Symbol, symbols};
use crate::features::why::words::About;
use crate::report::{self, Columns};
use crate::settings::Settings;
use crate::text::Flat;

pub(super) fn run(arguments: &arguments::Outline, output: &mut Output) -> io::Result<u8> {
    let path = arguments.path.clone().unwrap_or_else(|| PathBuf::from("-"));
    let files::Collected { sources, complaints, .. } =
        files::collect(&[path], arguments.stdin_filename.as_deref(), arguments.convert, output);
    let mut failed = !complaints.is_empty();
    complaints.iter().for_each(|message| print_error(output.locale, message));
    let Ok(configured) = files::settings(&sources, arguments.config.as_deref(), output) else {
        return Ok(super::EXIT_ERROR);
    };
    if let Some(why) = &arguments.why {
        let manner = why::Manner {
            about: About::Ordinals,
            line: *why,
            is_verbose: arguments.verbose,
            converts: arguments.convert,
        };
        failed |= why::explain(&sources, &configured, manner, output)?;
        return Ok(if failed { super::EXIT_ERROR } else { 0 });
    }
    let mut outlines = Vec::new();
    for (source, settings) in sources.iter().zip(&configured.settings) {
        match outlined(source, settings, arguments, output.look()) {
            Ok(Outlined::Text(text)) => output.text(&text)?,
            Ok(Outlined::Json(file)) => outlines.push(file),
            Err(error) => {
                failed = true;
                let reason = error.message(output.locale);
                let message = files::cannot_read(&source.shown(), &reason, output.locale);
                print_error(output.locale, &message);
            }
        }
    }
    if arguments.format == Format::Json {
        output.json(&report::Report::new(outlines))?;
    }
    Ok(if failed { super::EXIT_ERROR } else { 0 })
}

enum Outlined {
    Text(String),
    Json(report::OutlinedFile),
}

fn outlined(
    source: &Source,
    settings: &Arc<Settings>,
    arguments: &arguments::Outline,
    look: Look,
) -> Result<Outlined, Unreadable> {
    let content = files::read(source, arguments.convert, look.locale)?;
    let decoded = input::decode(&content.bytes)?;
    let lines = Flat::new(&decoded.text);
    let analysis = Analysis::new(&lines, source.markup(&decoded), settings);
    let mut symbols = symbols(&analysis, &lines);
    if arguments.format == Format::Json {
        let columns = Columns::new(&lines);
        let nodes = symbols.into_iter();
        return Ok(Outlined::Json(report::OutlinedFile {
            path: source.shown(),
            encoding: decoded.encoding,
            symbols: nodes.map(|symbol| report::SymbolNode::new(symbol, &columns)).collect(),
        }));
    }
    let settings = &*metrics::paced(&analysis, &lines, settings);
    metrics::with_times(&mut symbols, settings, look.locale);
    let length = metrics::in_short(&metrics::measure(&analysis, &lines), settings, look.locale);
    let strong = look.palette.strong;
    let faint = look.palette.faint;
    let mut text = format!("{strong}{}{strong:#}  {faint}{length}{faint:#}\n", clean(&source.shown()));
    let document = decoded.document.as_ref();
    let number = |line: u32| document.map_or(line, |document| document.place(line).paragraph) + 1;
    let [hans, hant, english] = match document {
        Some(_) => ["段", "段", "paragraph"],
        None => ["行", "行", "line"],
    };
    let unit = look.locale.pick(hans, hant, english);
    let place = |line: u32| {
        let n = number(line);
        look.locale.pick(format!("第 {n} {unit}"), format!("第 {n} {unit}"), format!("{unit} {n}"))
    };
    for symbol in &symbols {
        write_symbol(&mut text, symbol, 1, &place, look);
    }
    if symbols.is_empty() {
        let nothing = look.locale.pick("没有标题", "沒有標題", "no headings");
        let _ = writeln!(text, "  {nothing}");
    }
    Ok(Outlined::Text(text))
}

fn write_symbol(text: &mut String, symbol: &Symbol, depth: usize, place: &dyn Fn(u32) -> String, look: Look) {
    let faint = look.palette.faint;
    let at = place(symbol.span.start.line);
    let detail = match symbol.detail.as_str() {
        "" => String::new(),
        detail => format!("，{}", clean(detail)),
    };
    let _ = writeln!(text, "{:indent$}{}  {faint}{at}{detail}{faint:#}", "", clean(&symbol.name), indent = depth * 2,);
    for child in &symbol.children {
        write_symbol(text, child, depth + 1, place, look);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::symbols::SymbolKind;
    use crate::text::{Range, Span};
    use expect_test::expect;

    fn symbol(name: &str, marker: &str, line: u32, children: Vec<Symbol>) -> Symbol {
        let span = Span::in_line(line, Range::new(0, name.len()));
        Symbol {
            name: name.to_owned(),
            detail: if children.is_empty() { "占位符 2" } else { "" }.to_owned(),
            kind: SymbolKind::Section,
            level: 1,
            marker: marker.to_owned(),
            ordinal: Some(1),
            spoken: 0,
            span,
            selection: span,
            children,
        }
    }

    fn tree() -> Symbol {
        let child = symbol("（一）加强领导", "（一）", 1, Vec::new());
        symbol("一、提高认识", "一、", 0, vec![child])
    }

    #[test]
    fn text() {
        let mut text = "稿.txt\n".to_owned();
        write_symbol(&mut text, &tree(), 1, &|line| format!("第 {} 行", line + 1), Look::default());
        expect![[r#"
            稿.txt
              一、提高认识  第 1 行
                （一）加强领导  第 2 行，占位符 2
        "#]]
        .assert_eq(&text);
    }

    #[test]
    fn json() {
        let lines = Flat::new("一、提高认识\n（一）加强领导");
        let node = report::SymbolNode::new(tree(), &Columns::new(&lines));
        let report = report::Report::new(vec![report::OutlinedFile {
            path: "a.txt".to_owned(),
            encoding: "UTF-8",
            symbols: vec![node],
        }]);
        expect![[r#"
            {
              "version": 1,
              "tables": "TABLES",
              "files": [
                {
                  "path": "a.txt",
                  "encoding": "UTF-8",
                  "symbols": [
                    {
                      "name": "一、提高认识",
                      "detail": "",
                      "kind": "section",
                      "level": 1,
                      "marker": "一、",
                      "ordinal": 1,
                      "range": {
                        "start": {
                          "line": 0,
                          "character": 0
                        },
                        "end": {
                          "line": 0,
                          "character": 6
                        }
                      },
                      "selectionRange": {
                        "start": {
                          "line": 0,
                          "character": 0
                        },
                        "end": {
                          "line": 0,
                          "character": 6
                        }
                      },
                      "children": [
                        {
                          "name": "（一）加强领导",
                          "detail": "占位符 2",
                          "kind": "section",
                          "level": 1,
                          "marker": "（一）",
                          "ordinal": 1,
                          "range": {
                            "start": {
                              "line": 1,
                              "character": 0
                            },
                            "end": {
                              "line": 1,
                              "character": 7
                            }
                          },
                          "selectionRange": {
                            "start": {
                              "line": 1,
                              "character": 0
                            },
                            "end": {
                              "line": 1,
                              "character": 7
                            }
                          },
                          "children": []
                        }
                      ]
                    }
                  ]
                }
              ]
            }"#]]
        .assert_eq(&serde_json::to_string_pretty(&report).unwrap().replace(&crate::features::why::tables(), "TABLES"));
    }
}
