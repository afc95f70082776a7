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

#[test]
fn the_data_is_clean() {
    let catalogue = Catalogue::builtin();
    let mut problems = Vec::new();
    let mut ids = std::collections::HashSet::new();
    let texts: std::collections::HashSet<&str> = catalogue
        .entries()
        .iter()
        .map(|e| e.text.as_str())
        .collect();
    let fold = |text: &str| -> String { text.chars().map(simplified).collect() };
    for entry in catalogue.entries() {
        if !ids.insert(&entry.id) {
            problems.push(format!("{}: id twice", entry.id));
        }
        if entry.traditional.is_empty() || fold(&entry.traditional) != fold(&entry.text) {
            problems.push(format!(
                "{}: Traditional form {}",
                entry.id, entry.traditional
            ));
        }
        if entry.right.is_empty() {
            problems.push(format!("{}: no right use", entry.id));
        }
        let checks = entry.fixed_order
            || entry
                .misquotes
                .iter()
                .any(|m| m.class != MisquoteClass::Variant);
        if checks && entry.wrong.is_empty() {
            problems.push(format!("{}: no wrong use", entry.id));
        }
        if entry.source.is_empty() || entry.topics.is_empty() {
            problems.push(format!("{}: no source or topic", entry.id));
        }
        if !entry.successor.is_empty() && entry.until.is_none() {
            problems.push(format!("{}: successor without date", entry.id));
        }
        if entry
            .until
            .is_some_and(|until| entry.since_date.is_some_and(|since| since > until))
        {
            problems.push(format!("{}: ends before it starts", entry.id));
        }
        for misquote in &entry.misquotes {
            let wrong = matches!(
                misquote.class,
                MisquoteClass::Certain | MisquoteClass::Doubtful
            );
            if wrong && texts.contains(misquote.wrong.as_str()) {
                problems.push(format!(
                    "{}: {} is right and wrong",
                    entry.id, misquote.wrong
                ));
            }
        }
    }
    for typo in catalogue.typos() {
        let found = catalogue.check(&typo.wrong_use, &NOW);
        if !found.iter().any(|m| {
            m.expected
                .as_deref()
                .is_some_and(|e| e.contains(&typo.right))
        }) {
            problems.push(format!("{}: {found:?}", typo.wrong_use));
        }
        if let Some(found) = catalogue.check(&typo.right_use, &NOW).first() {
            problems.push(format!("{}: {found:?}", typo.right_use));
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn the_tables_are_sorted() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/slogans");
    for file in std::fs::read_dir(root).unwrap().flatten() {
        if file.path().extension().is_some_and(|e| e == "tsv") {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let keys: Vec<&str> = text
                .lines()
                .skip(1)
                .map(|l| l.split('\t').next().unwrap())
                .collect();
            for pair in keys.windows(2) {
                assert!(
                    pair[0] < pair[1],
                    "{:?}: {} after {}",
                    file.path(),
                    pair[1],
                    pair[0]
                );
            }
        }
    }
}

fn initials(entry: &Entry) -> String {
    use pinyin::ToPinyin;
    if !entry.pinyin.is_empty() {
        return entry
            .pinyin
            .split(' ')
            .filter_map(|s| s.chars().next())
            .collect();
    }
    let mut in_slot = false;
    entry
        .text
        .chars()
        .filter_map(|c| {
            in_slot = c == '〔' || in_slot && c != '〕';
            c.to_pinyin().filter(|_| !in_slot)?.plain().chars().next()
        })
        .collect()
}

/// True when `typed` in a neutral context offers the entry within the first five.
fn offered(entry: &Entry, typed: &str) -> bool {
    Catalogue::builtin()
        .complete(&CompletionQuery::new(typed, ""))
        .iter()
        .take(5)
        .any(|c| c.number == entry.number() || c.insert == entry.text)
}

#[test]
fn every_entry_is_offered_within_the_first_five() {
    let catalogue = Catalogue::builtin();
    let total = catalogue.entries().len();
    let (mut by_han, mut by_initials, mut misses) = (0, 0, Vec::new());
    let (mut by_four, mut current_han, mut complete) = (0, 0, 0);
    for entry in catalogue.entries() {
        let fixed = entry.text.split(['〔', '…']).next().unwrap_or("");
        let han: String = fixed
            .chars()
            .filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c))
            .take(2)
            .collect();
        let letters = initials(entry);
        let first_four: String = letters.chars().take(4).collect();
        let han = han.chars().count() == 2 && offered(entry, &han);
        let pinyin = letters.len() > 2 && offered(entry, &letters);
        by_han += usize::from(han);
        current_han += usize::from(han && !entry.is_superseded());
        by_initials += usize::from(pinyin);
        by_four += usize::from(first_four.len() > 2 && offered(entry, &first_four));
        if !han && !pinyin {
            let reason = if letters.len() < 3 {
                complete += 1;
                "two characters: complete when they are typed, and too short for pinyin"
            } else if entry.is_superseded() {
                "superseded: behind everything else"
            } else {
                "crowded out"
            };
            misses.push(format!("{} ({letters}): {reason}", entry.text));
        }
    }
    let current = catalogue
        .entries()
        .iter()
        .filter(|e| !e.is_superseded())
        .count();
    println!(
        "{total} entries: two Han {by_han} ({:.1} %), of the {current} current ones {current_han}; \
         initials {by_initials} ({:.1} %); first four initials {by_four}; either {} ({:.1} %)",
        100.0 * by_han as f64 / total as f64,
        100.0 * by_initials as f64 / total as f64,
        total - misses.len(),
        100.0 * (total - misses.len()) as f64 / total as f64,
    );
    println!("{}", misses.join("\n"));
    assert!(
        misses.len() == complete && complete * 100 <= total * 3,
        "{}",
        misses.join("\n")
    );
}

/// Figures only: run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn measures() {
    use std::time::Instant;
    let clock = Instant::now();
    let catalogue = Catalogue::builtin();
    println!("tables {:?}, {} bytes", clock.elapsed(), catalogue.memory());
    let clock = Instant::now();
    catalogue.check("今天", &NOW);
    println!(
        "automaton {:?}, {} bytes",
        clock.elapsed(),
        catalogue.memory()
    );
    let clock = Instant::now();
    catalogue.complete(&CompletionQuery::new("四个", ""));
    println!("index {:?}, {} bytes", clock.elapsed(), catalogue.memory());
    for line in [
        "这条河从村子东头流过去，两岸种着柳树，夏天有很多孩子在桥底下捉鱼，傍晚才回家吃饭。",
        "要增强“四个意识”、坚定“四个自信”、做到“两个维护”，推动高质量发展，统筹发展和安全。",
    ] {
        let clock = Instant::now();
        let rounds = 20_000;
        for _ in 0..rounds {
            std::hint::black_box(catalogue.check(std::hint::black_box(line), &NOW));
        }
        let nanos = clock.elapsed().as_nanos() as f64 / f64::from(rounds);
        println!(
            "{nanos:.0} ns for {} bytes: {:.0} ns per 100 bytes",
            line.len(),
            nanos * 100.0 / line.len() as f64
        );
    }
    for (name, text) in drafts() {
        let clock = Instant::now();
        for _ in 0..100 {
            for line in text.lines() {
                std::hint::black_box(catalogue.check(line, &NOW));
            }
        }
        let nanos = clock.elapsed().as_nanos() as f64 / 100.0;
        println!(
            "{name}: {:.0} µs, {:.0} ns per 100 bytes",
            nanos / 1000.0,
            nanos * 100.0 / text.len() as f64
        );
    }
    for typed in ["会上强调，要四个", "增强sgys", "坚持", "全面"] {
        let clock = Instant::now();
        for _ in 0..1000 {
            std::hint::black_box(catalogue.complete(&CompletionQuery::new(typed, "")));
        }
        println!("complete {typed}: {:?}", clock.elapsed() / 1000);
    }
}
