//! What the two READMEs show is what the program says. `UPDATE_EXPECT=1` writes it anew.

use std::path::{Path, PathBuf};
use std::process::Command;

use jianggao::locale::Locale;
use jianggao::rules::page;

const EXAMPLE: &str = "examples/开工动员讲话.txt";

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What `jianggao <arguments>` says of the example, away from the settings of this machine.
fn says(arguments: &[&str], locale: &str) -> String {
    let desk = tempfile::tempdir().unwrap();
    std::fs::create_dir(desk.path().join("examples")).unwrap();
    std::fs::copy(root().join(EXAMPLE), desk.path().join(EXAMPLE)).unwrap();
    std::fs::write(desk.path().join("jianggao.toml"), "").unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_jianggao"))
        .args(arguments)
        .arg(EXAMPLE)
        .current_dir(desk.path())
        .env("LC_ALL", locale)
        .env("XDG_CONFIG_HOME", desk.path())
        .env("APPDATA", desk.path())
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    String::from_utf8(output.stdout).unwrap()
}

/// Compares what stands between `<!-- name -->` and `<!-- /name -->` in a file with `expected`.
#[track_caller]
fn holds(file: &str, name: &str, expected: &str) {
    let path = root().join(file);
    let text = std::fs::read_to_string(&path).unwrap();
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = text.find(&open).unwrap_or_else(|| panic!("no {open} in {file}")) + open.len();
    let end = start + text[start..].find(&close).unwrap_or_else(|| panic!("no {close} in {file}"));
    if text[start..end] == *expected {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, format!("{}{expected}{}", &text[..start], &text[end..])).unwrap();
        return;
    }
    panic!("{file}: {name} is out of date (UPDATE_EXPECT=1 writes it anew); it should be:\n{expected}");
}

#[test]
fn transcripts_are_what_the_program_says() {
    let block = |text: String| format!("\n```text\n{}```\n\n", text);
    holds("README.zh-CN.md", "check", &block(says(&["check"], "zh_CN.UTF-8")));
    holds("README.zh-CN.md", "outline", &block(says(&["outline"], "zh_CN.UTF-8")));
    holds("README.md", "check", &block(says(&["check"], "en_US.UTF-8")));
}

#[test]
fn the_tables_are_the_rules() {
    holds("README.zh-CN.md", "rules", &format!("\n{}\n", page::table("docs/rules/", Locale::Hans)));
    holds("README.md", "rules", &format!("\n{}\n", page::table("docs/rules/", Locale::English)));
}

#[test]
fn links_lead_somewhere() {
    for file in ["README.md", "README.zh-CN.md"] {
        let text = std::fs::read_to_string(root().join(file)).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let path = link.split('#').next().unwrap();
            if !path.is_empty() && !path.contains("://") {
                assert!(Path::new(&root()).join(path).exists(), "{file} links to {path}");
            }
        }
    }
}
