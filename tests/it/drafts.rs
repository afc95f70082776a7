//! Real drafts against their answer keys. They are not part of this repository: the tests look for
//! them in `JIANGGAO_DRAFTS`, then beside the checkout, and pass without a look where there are none.

use std::path::PathBuf;
use std::sync::Arc;

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::symbols::{Symbol, SymbolKind, symbols};
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, diagnostics};
use jianggao::settings::{Settings, Severity};
use jianggao::text::{Encoding, Flat, Lines, Point};
use serde_json::Value;

pub struct Draft {
    pub name: String,
    pub text: String,
    pub key: Value,
}

pub fn drafts() -> Vec<Draft> {
    let folder = std::env::var_os("JIANGGAO_DRAFTS")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/drafts"), PathBuf::from);
    let Ok(entries) = std::fs::read_dir(&folder) else {
        eprintln!("no drafts in {}", folder.display());
        return Vec::new();
    };
    let mut names: Vec<PathBuf> =
        entries.filter_map(|e| Some(e.ok()?.path())).filter(|p| p.extension().is_some_and(|e| e == "txt")).collect();
    names.sort();
    names
        .iter()
        .map(|path| Draft {
            name: path.file_name().unwrap().to_string_lossy()[..3].to_owned(),
            text: std::fs::read_to_string(path).unwrap().trim_start_matches('\u{feff}').to_owned(),
            key: serde_json::from_str(&std::fs::read_to_string(format!("{}.key.json", path.display())).unwrap())
                .unwrap(),
        })
        .collect()
}

/// Line and column as the keys count them: both from 1, columns in characters.
pub type Place = (u64, u64);

pub fn place(lines: &Flat, point: Point) -> Place {
    let at = Encoding::Utf32.position(lines, point);
    (u64::from(at.line) + 1, u64::from(at.column) + 1)
}

pub fn key_place(item: &Value) -> Place {
    (item["line"].as_u64().unwrap(), item["col"].as_u64().unwrap())
}

fn found(draft: &Draft) -> (Analysis, Vec<Diagnostic>) {
    let lines = Flat::new(&draft.text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let diagnostics = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
    (analysis, diagnostics)
}

/// All differences of all drafts at once, so that one run shows everything.
pub fn report(check: impl Fn(&Draft, &mut Vec<String>)) {
    let mut wrong = Vec::new();
    for draft in drafts() {
        let mut here = Vec::new();
        check(&draft, &mut here);
        wrong.extend(here.into_iter().map(|line| format!("{}: {line}", draft.name)));
    }
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_placeholder_and_no_other() {
    report(|draft, wrong| {
        let lines = Flat::new(&draft.text);
        let (_, found) = found(draft);
        let mut found: Vec<(Place, String)> = found
            .iter()
            .filter(|d| d.rule.code.starts_with("placeholder") && d.severity <= Severity::Warning)
            .map(|d| (place(&lines, d.span.start), lines.text(d.span)))
            .collect();
        let mut expected: Vec<(Place, String)> = draft.key["placeholders"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| (key_place(p), p["text"].as_str().unwrap().to_owned()))
            .collect();
        found.sort();
        expected.sort();
        // A date or a session is one finding: the marks of the key inside it count as found.
        let holds = |(at, text): &(Place, String), (mark, _): &(Place, String)| {
            at.0 == mark.0 && at.1 <= mark.1 && mark.1 < at.1 + text.chars().count() as u64
        };
        wrong.extend(expected.iter().filter(|e| !found.iter().any(|f| holds(f, e))).map(|e| format!("missed {e:?}")));
        wrong.extend(found.iter().filter(|f| !expected.iter().any(|e| holds(f, e))).map(|f| format!("too much {f:?}")));
    });
}

#[test]
fn units_and_categories() {
    let mut differ = Vec::new();
    let mut all = 0;
    for draft in drafts() {
        let lines = Flat::new(&draft.text);
        let (analysis, _) = found(&draft);
        for key in draft.key["placeholders"].as_array().unwrap() {
            all += 1;
            let (line, column) = key_place(key);
            let Some(p) = analysis.paragraph(line as usize - 1).unwrap().placeholders.iter().find(|p| {
                let at = |byte| place(&lines, Point::new(line as u32 - 1, byte)).1;
                at(p.range.start) <= column && column < at(p.range.end)
            }) else {
                continue;
            };
            let category = match p.category.names()[2] {
                "organisation" => "org",
                "percentage" => "percent",
                "rank" => "ordinal",
                other => other,
            };
            let wanted = key["category"].as_str().unwrap();
            // 待填 is right where the words around do not tell.
            if category != wanted && wanted != "unknown" && category != "unknown" {
                differ.push(format!(
                    "{} {line}:{column} {} {category} for {wanted}",
                    draft.name,
                    p.unit.of(lines.str(line as usize - 1))
                ));
            }
        }
    }
    // A placeholder is filled in whatever it is called: the categories need not all agree.
    assert!(differ.len() * 20 <= all, "{} of {all}\n{}", differ.len(), differ.join("\n"));
}

#[test]
fn every_section_and_item_of_the_outline() {
    report(|draft, wrong| {
        let lines = Flat::new(&draft.text);
        let (analysis, _) = found(draft);
        let mut found = Vec::new();
        fn walk(lines: &Flat, nodes: &[Symbol], found: &mut Vec<(Place, u64, String, u64, String)>) {
            for node in nodes {
                if node.kind != SymbolKind::Title && node.kind != SymbolKind::Parallel {
                    let title = node.name.strip_prefix(node.marker.as_str()).unwrap_or(&node.name).trim().to_owned();
                    found.push((
                        place(lines, node.selection.start),
                        u64::from(node.level),
                        node.marker.clone(),
                        u64::from(node.ordinal.unwrap_or(0)),
                        title,
                    ));
                }
                walk(lines, &node.children, found);
            }
        }
        walk(&lines, &symbols(&analysis, &lines), &mut found);
        let mut expected = Vec::new();
        fn walk_key(nodes: &Value, expected: &mut Vec<(Place, u64, String, u64, String)>) {
            for node in nodes.as_array().unwrap() {
                expected.push((
                    key_place(node),
                    node["level"].as_u64().unwrap(),
                    node["marker"].as_str().unwrap().to_owned(),
                    node["number"].as_u64().unwrap(),
                    node["title"].as_str().unwrap().to_owned(),
                ));
                walk_key(&node["children"], expected);
            }
        }
        walk_key(&draft.key["outline"], &mut expected);
        wrong.extend(expected.iter().filter(|e| !found.contains(e)).map(|e| format!("missed {e:?}")));
        wrong.extend(found.iter().filter(|f| !expected.contains(f)).map(|f| format!("too much {f:?}")));
    });
}

#[test]
fn parallel_paragraphs_of_the_outline() {
    report(|draft, wrong| {
        let Some(expected) = draft.key["implicit_outline"].as_array() else {
            return;
        };
        let lines = Flat::new(&draft.text);
        let (analysis, _) = found(draft);
        let found: Vec<Place> = symbols(&analysis, &lines)
            .iter()
            .filter(|s| s.kind == SymbolKind::Parallel)
            .map(|s| place(&lines, s.selection.start))
            .collect();
        let expected: Vec<Place> = expected.iter().map(key_place).collect();
        if found != expected {
            wrong.push(format!("{found:?} for {expected:?}"));
        }
    });
}

#[test]
fn nothing_on_what_must_not_be_flagged() {
    report(|draft, wrong| {
        let lines = Flat::new(&draft.text);
        let (_, found) = found(draft);
        for item in draft.key["must_not_flag"].as_array().unwrap() {
            let (line, column) = key_place(item);
            let end = column + item["text"].as_str().unwrap().chars().count() as u64;
            for d in &found {
                let (l, start) = place(&lines, d.span.start);
                let stop = place(&lines, d.span.end).1;
                if l == line && start < end && column < stop {
                    wrong.push(format!("{d:?} on {item}"));
                }
            }
        }
    });
}

#[test]
fn numbering_and_counts() {
    let expected = [
        (
            "000",
            vec!["16:204 warning numbering-duplicate 编号重复：此处“一要”应为“二要”（一、一、三、四、五、六） → 二要"],
        ),
        (
            "001",
            vec![
                "25:6 warning count-mismatch 数目不符：宣布“五个攻坚战”（5），下文列出 4 项（“第一”至“第四”），文稿可能不完整",
            ],
        ),
        ("002", vec![]),
        (
            "003",
            vec![
                "24:1 hint numbering-mark 序号标点：全文 14 处序号写作“1、”一类，习惯写法是“1.” → 1.|2.|3.|1.|2.|3.|4.|5.|6.|7.|8.|1.|2.|3.",
            ],
        ),
        ("004", vec![]),
    ];
    report(|draft, wrong| {
        let lines = Flat::new(&draft.text);
        let (_, found) = found(draft);
        let found: Vec<String> = found
            .iter()
            .filter(|d| d.rule.code.starts_with("numbering") || d.rule.code == "count-mismatch")
            .map(|d| {
                let (line, column) = place(&lines, d.span.start);
                let fix = d.fix.as_ref().map_or(String::new(), |f| {
                    format!(" → {}", f.edits.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join("|"))
                });
                format!("{line}:{column} {} {} {}{fix}", d.severity.name(), d.rule.code, d.message)
            })
            .collect();
        let Some((_, wanted)) = expected.iter().find(|(name, _)| *name == draft.name) else {
            return;
        };
        if found != *wanted {
            wrong.push(format!("found\n{}\nfor\n{}", found.join("\n"), wanted.join("\n")));
        }
    });
}

#[test]
fn parts_of_the_speeches() {
    report(|draft, wrong| {
        let (analysis, _) = found(draft);
        let parts = &analysis.speeches().next().unwrap().1.outline.parts;
        let key = &draft.key["components"];
        let one = |line: u32| u64::from(line) + 1;
        let list = |value: &Value| -> Vec<u64> {
            value.as_array().map(|a| a.iter().filter_map(Value::as_u64).collect()).unwrap_or_default()
        };
        let boilerplate: Vec<Vec<u64>> = parts.boilerplate.iter().map(|&(a, b)| vec![one(a), one(b)]).collect();
        // The keys count the advertisements between two lines of a block, too; a block never takes in a
        // line that is no boilerplate itself.
        let wanted: Vec<Vec<u64>> = key["boilerplate"].as_array().unwrap().iter().map(&list).collect();
        let within: Vec<Vec<u64>> = wanted
            .iter()
            .filter_map(|block| {
                let inside = boilerplate.iter().filter(|b| block[0] <= b[0] && b[1] <= block[1]);
                let (first, last) = inside.fold((u64::MAX, 0), |(a, z), b| (a.min(b[0]), z.max(b[1])));
                (last > 0).then(|| vec![first, last])
            })
            .collect();
        let outside = boilerplate.iter().filter(|b| !wanted.iter().any(|w| w[0] <= b[0] && b[1] <= w[1])).count();
        let mut compare = |what: &str, found: String, wanted: String| {
            if found != wanted {
                wrong.push(format!("{what}: {found} for {wanted}"));
            }
        };
        compare("boilerplate", format!("{within:?}, {outside} others"), format!("{wanted:?}, 0 others"));
        for (what, found) in [("title", &parts.title), ("subtitle", &parts.subtitle)] {
            compare(
                what,
                format!("{:?}", found.iter().map(|&l| one(l)).collect::<Vec<_>>()),
                format!("{:?}", list(&key[what])),
            );
        }
        compare(
            "salutation",
            format!("{:?}", parts.salutation.map(one).into_iter().collect::<Vec<_>>()),
            format!("{:?}", list(&key["salutation"])),
        );
        compare("lead", format!("{:?}", parts.lead.map(|(a, _)| one(a))), format!("{:?}", list(&key["lead"]).first()));
    });
}
