//! The shape of the house, read from the `use` lines: who may know whom, who may touch files and the
//! protocol, and how long a file may grow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order in which they may know each other: each only those before it.
const ORDER: [&str; 20] = [
    "text", "numeral", "locale", "lexicon", "slip", "markup", "slogans", "former", "indicators", "settings",
    "placeholder", "paragraph", "outline", "analysis", "rules", "features", "history", "report", "word", "workspace",
];
/// These know everything above and not each other.
const SHELLS: [&str; 2] = ["cli", "server"];
/// No file is longer.
const LIMIT: usize = 600;

/// Every source file with its path below `src` and its text, tests left out.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { walk(&path, found) } else { found.push(path) }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    walk(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs") && !path.ends_with("tests.rs"))
        .map(|path| {
            let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or(&text).to_owned();
            (name, code)
        })
        .collect()
}

fn module(file: &str) -> &str {
    file.split(['/', '.']).next().unwrap()
}

/// The modules of this crate that a text names with `crate::`.
fn known(code: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let is_comment = |at: usize| code[..at].rsplit('\n').next().is_some_and(|line| line.trim_start().starts_with("//"));
    for (at, _) in code.match_indices("crate::").filter(|(at, _)| !is_comment(*at)) {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => found.extend(
                list.split('}')
                    .next()
                    .unwrap_or("")
                    .split(',')
                    .map(|item| item.trim().split("::").next().unwrap_or("")),
            ),
            None => found.push(rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("")),
        }
    }
    found
}

#[test]
fn dependencies_run_one_way() {
    let rank = |name: &str| ORDER.iter().position(|m| *m == name);
    for (file, code) in sources() {
        let here = module(&file);
        if matches!(here, "lib" | "main") {
            continue;
        }
        for other in known(&code) {
            let allowed = other == here
                || match (rank(here), rank(other)) {
                    (Some(here), Some(other)) => other < here,
                    (None, Some(_)) => SHELLS.contains(&here),
                    _ => false,
                };
            assert!(allowed, "src/{file} uses crate::{other}");
        }
    }
}

#[test]
fn the_protocol_stays_in_the_server_and_files_in_the_command_line() {
    for (file, code) in sources() {
        let here = module(&file);
        if here != "server" && file != "cli/mcp.rs" {
            assert!(!code.contains("tower_lsp") && !code.contains("tokio"), "src/{file} names the protocol");
        }
        if !matches!(here, "cli" | "workspace") {
            assert!(!code.contains("std::fs") && !code.contains("fs::"), "src/{file} touches files");
        }
        for word in ["std::net", "TcpStream", "UdpSocket", "reqwest", "hyper::"] {
            assert!(file == LISTENS || !code.contains(word), "src/{file} has network code: {word}");
        }
    }
}

/// The one file that may listen; on this machine alone, and it calls nobody.
const LISTENS: &str = "cli/web.rs";

#[test]
fn what_listens_does_so_on_this_machine_alone() {
    let sources = sources();
    let (_, code) = sources.iter().find(|(file, _)| file == LISTENS).unwrap();
    assert_eq!(code.matches("::bind(").count(), 1);
    assert!(code.contains("TcpListener::bind((Ipv4Addr::LOCALHOST, "));
    for word in ["::connect", "UdpSocket", "UNSPECIFIED", "0.0.0.0", "ToSocketAddrs"] {
        assert!(!code.contains(word), "src/{LISTENS} reaches out: {word}");
    }
}

#[test]
fn files_do_not_outgrow_their_name() {
    for (file, code) in sources() {
        let lines = code.lines().count();
        assert!(lines <= LIMIT, "src/{file} has {lines} lines");
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (file, code) in sources() {
        assert!(code.starts_with("//!") || file == "main.rs", "src/{file} begins without a module comment");
    }
}

type Files = BTreeMap<Vec<String>, String>;

/// The files that `code` names, beginning with `crate`, `super` or `self`; a module above `here` is not counted:
/// what it declares for those below it lies in it.
fn neighbours(here: &[String], code: &str, files: &Files) -> BTreeSet<Vec<String>> {
    let words: Vec<_> = code.split_inclusive(|c: char| !c.is_alphanumeric() && c != '_').collect();
    let (mut found, mut at) = (BTreeSet::new(), 0);
    while at < words.len() {
        let base = match words[at] {
            "crate:" => Vec::new(),
            "super:" => here[..here.len() - 1].to_vec(),
            "self:" => here.to_vec(),
            _ => {
                at += 1;
                continue;
            }
        };
        // Behind the second colon.
        at += 2;
        let text = words[at.min(words.len())..].concat();
        for path in paths(base, &text) {
            let file = (1..=path.len()).rev().map(|n| path[..n].to_vec()).find(|path| files.contains_key(path));
            found.extend(file.filter(|file| !here.starts_with(file) && !file.starts_with(here)));
        }
    }
    found
}

/// The paths that go on from `base` with what `text` begins with: a name, names, or a list in braces.
fn paths(base: Vec<String>, text: &str) -> Vec<Vec<String>> {
    let text = text.trim_start();
    if let Some(list) = text.strip_prefix('{') {
        let (mut depth, mut start, mut found) = (0, 0, Vec::new());
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth > 0 => depth -= 1,
                ',' | '}' if depth == 0 => {
                    found.extend(paths(base.clone(), &list[start..at]));
                    start = at + 1;
                    if c == '}' {
                        break;
                    }
                }
                _ => {}
            }
        }
        return found;
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let path = match name {
        "" => return vec![base],
        "super" => base[..base.len() - 1].to_vec(),
        name => [base, vec![name.to_owned()]].concat(),
    };
    match rest.strip_prefix("::") {
        Some(rest) => paths(path, rest),
        None => vec![path],
    }
}

/// What can be reached from `file`.
fn reached(file: &Vec<String>, arrows: &BTreeMap<Vec<String>, BTreeSet<Vec<String>>>) -> BTreeSet<Vec<String>> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![file]);
    while let Some(file) = open.pop() {
        for next in &arrows[file] {
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    seen
}

/// The files of the server, and whom they must not know: it is laid out in layers.
const SERVER: [(&str, &[&str]); 6] = [
    ("transport", &["session", "documents", "lsp", "handlers"]),
    ("typing", &["session", "documents", "transport"]),
    ("session", &["snapshot", "context", "handlers", "changes", "dispatch", "workspace", "publish"]),
    ("workspace", &["context", "snapshot", "handlers"]),
    ("handlers", &["handlers", "dispatch", "changes"]),
    ("changes", &["handlers", "dispatch"]),
];

/// The files below `src`, each as its path, with what they know of each other.
fn arrows() -> BTreeMap<Vec<String>, BTreeSet<Vec<String>>> {
    let files: Files = sources()
        .into_iter()
        .filter(|(name, _)| !matches!(name.as_str(), "lib.rs" | "main.rs"))
        .map(|(name, code)| (name.trim_end_matches(".rs").split('/').map(str::to_owned).collect(), code))
        .collect();
    let code =
        |code: &str| code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let arrows: BTreeMap<_, _> =
        files.iter().map(|(file, text)| (file.clone(), neighbours(file, &code(text), &files))).collect();
    assert!(arrows[&vec!["analysis".to_owned()]].contains(&vec!["outline".to_owned()]), "no arrows are read");
    arrows
}

#[test]
fn files_know_each_other_one_way() {
    let arrows = arrows();
    for file in arrows.keys() {
        let circular = reached(file, &arrows).contains(file);
        assert!(!circular, "src/{}.rs knows itself in a circle, by way of one of {:?}", file.join("/"), arrows[file]);
    }
}

#[test]
fn the_server_is_laid_out_in_layers() {
    let arrows = arrows();
    let is_in = |file: &[String], room: &str| file.len() > 1 && file[0] == "server" && file[1] == room;
    for (room, others) in SERVER {
        assert!(arrows.keys().any(|file| is_in(file, room)), "no src/server/{room}");
        for (file, known) in arrows.iter().filter(|(file, _)| is_in(file, room)) {
            let stranger = known.iter().find(|known| others.iter().any(|other| is_in(known, other)));
            assert_eq!(stranger, None, "src/{}.rs must not know it", file.join("/"));
        }
    }
}

/// Only `transport` reads and writes bytes; a handler has one way in, `run`, and one file.
#[test]
fn a_method_has_a_file_of_its_own() {
    let sources = sources();
    let dispatch = &sources.iter().find(|(file, _)| file == "server/dispatch.rs").unwrap().1;
    for (file, code) in sources.iter().filter(|(file, _)| file.starts_with("server")) {
        let is_transport = file.starts_with("server/transport") || file == "server.rs";
        assert!(is_transport || !code.contains("tokio::io"), "src/{file} touches bytes");
        if let Some(method) = file.strip_prefix("server/handlers/").and_then(|name| name.strip_suffix(".rs")) {
            assert!(dispatch.contains(&format!("({method}::run")), "no method is answered by src/{file}");
            assert!(code.starts_with("//! `"), "src/{file} does not name its method");
            let ways = code.matches("\npub fn ").count() + code.matches("\npub async fn ").count();
            assert!(ways == 1 + code.matches("\npub fn in_settings(").count(), "src/{file} has several ways in");
        }
    }
}
