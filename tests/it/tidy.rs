//! The shape of the house, read from the `use` lines: who may know whom, who may touch files and the
//! protocol, and how long a file may grow.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules in the order in which they may know each other: each only those before it.
const ORDER: [&str; 15] = [
    "text", "numeral", "locale", "lexicon", "markup", "slogans", "settings", "placeholder", "paragraph", "outline",
    "analysis", "rules", "features", "report", "workspace",
];
/// These know everything above and not each other.
const SHELLS: [&str; 2] = ["cli", "server"];
/// Files that may be longer, with the reason.
const LONG: [(&str, &str); 2] = [
    ("paragraph/marker.rs", "all forms of ordinals side by side"),
    ("paragraph/scan.rs", "the one pass over a paragraph"),
];
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
        if here != "server" {
            assert!(!code.contains("tower_lsp") && !code.contains("tokio"), "src/{file} names the protocol");
        }
        if !matches!(here, "cli" | "workspace") {
            assert!(!code.contains("std::fs") && !code.contains("fs::"), "src/{file} touches files");
        }
        for word in ["std::net", "TcpStream", "UdpSocket", "reqwest", "hyper::"] {
            assert!(!code.contains(word), "src/{file} has network code: {word}");
        }
    }
}

#[test]
fn files_do_not_outgrow_their_name() {
    for (file, code) in sources() {
        let lines = code.lines().count();
        assert!(lines <= LIMIT || LONG.iter().any(|(name, _)| *name == file), "src/{file} has {lines} lines");
    }
}

#[test]
fn every_module_says_what_it_is() {
    for (file, code) in sources() {
        assert!(code.starts_with("//!") || file == "main.rs", "src/{file} begins without a module comment");
    }
}
