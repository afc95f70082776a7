//! The catalogue of formulations: its data, completion, and checking.
use jianggao::slogans::*;

#[test]
fn every_row_loads_and_passes_its_own_tests() {
    let mut problems: Vec<String> = builtin_problems()
        .into_iter()
        .map(|p| format!("{}:{}: {}", p.pack, p.line, p.message))
        .collect();
    let catalogue = Catalogue::builtin();
    for entry in catalogue.entries() {
        if let Some(message) = catalogue.failed_test(entry) {
            problems.push(format!("{}: {message}", entry.id));
        }
    }
    assert!(
        problems.is_empty(),
        "{} problems:\n{}",
        problems.len(),
        problems.join("\n")
    );
}

const NOW: CheckContext = CheckContext {
    date: Some(CATALOGUE_DATE),
};

/// The drafts beside the repository; none when they are not there.
fn drafts() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory = std::env::var("JIANGGAO_DRAFTS")
        .map_or_else(|_| root.join("../shared/drafts"), |path| root.join(path));
    let Ok(files) = std::fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut drafts: Vec<(String, String)> = files
        .flatten()
        .filter(|file| file.path().extension().is_some_and(|e| e == "txt"))
        .filter_map(|file| {
            let name = file.file_name().to_string_lossy().into_owned();
            Some((name, std::fs::read_to_string(file.path()).ok()?))
        })
        .collect();
    drafts.sort();
    drafts
}

#[test]
fn drafts_have_no_false_finding() {
    let catalogue = Catalogue::builtin();
    for (name, text) in drafts() {
        let date = newest_date(&text);
        println!("{name} {date:?}");
        for cx in [CheckContext { date }, NOW] {
            for (n, line) in text.lines().enumerate() {
                for m in catalogue.check(line, &cx) {
                    println!(
                        "  {}:{} {:?} {} → {:?} certain={} {}",
                        n + 1,
                        m.range.start,
                        m.kind,
                        m.found,
                        m.expected,
                        m.certain,
                        m.entry.map_or("", |e| &e.text),
                    );
                }
            }
            println!("  --");
        }
    }
}
