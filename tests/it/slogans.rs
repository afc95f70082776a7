//! The catalogue of formulations: its data, completion, and checking.
mod fresh;
mod held;
mod sentences;

use jianggao::slogans::*;

#[test]
fn every_row_loads_and_passes_its_own_tests() {
    let mut problems: Vec<String> =
        builtin_problems().into_iter().map(|p| format!("{}:{}: {}", p.pack, p.line, p.message[0])).collect();
    let catalogue = Catalogue::builtin();
    for entry in catalogue.entries() {
        if let Some(message) = catalogue.failed_test(entry) {
            problems.push(format!("{}: {}", entry.id, message[0]));
        }
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

const NOW: CheckContext = CheckContext { date: Some(CATALOGUE_DATE) };

/// The drafts beside the repository; none when they are not there.
fn drafts() -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let directory =
        std::env::var("JIANGGAO_DRAFTS").map_or_else(|_| root.join("../shared/drafts"), |path| root.join(path));
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

/// What is found in the drafts and was read and found right, one by one.
const JUDGED: [(&str, MisuseKind); 15] = {
    use MisuseKind::{Misquote, Order, Stale, Typo};
    [
        ("增强“四个意识\"、增强“四个自信", Misquote),
        ("紧密的团结在", Misquote),
        ("分表必争", Typo),
        ("善做善成", Misquote),
        ("凤凰磐涅", Misquote),
        ("凤凰磐涅", Typo),
        ("经济纪律", Order),
        // As of the date of the catalogue only: the drafts give no date of their own.
        ("卫计委", Stale),
        ("工商分局", Stale),
        ("环保分局", Stale),
        ("国土分局", Stale),
        ("习近平总书记系列重要讲话精神", Stale),
        ("决胜全面建成小康社会", Stale),
        ("统筹推进疫情防控和经济社会发展", Stale),
        ("外防输入、内防反弹", Stale),
    ]
};

#[test]
fn drafts_have_no_false_finding() {
    let catalogue = Catalogue::builtin();
    let mut unjudged = Vec::new();
    for (name, text) in drafts() {
        let own = CheckContext { date: newest_date(&text, CATALOGUE_DATE) };
        for (n, line) in text.lines().enumerate() {
            for cx in [own, NOW] {
                for m in catalogue.check(line, &cx) {
                    let finding =
                        format!("{name}:{}: {:?} {} → {:?} ({:?})", n + 1, m.kind, m.found, m.expected, cx.date);
                    eprintln!("{finding}");
                    if !JUDGED.contains(&(m.found.as_str(), m.kind)) {
                        unjudged.push(finding);
                    }
                }
            }
        }
    }
    assert!(unjudged.is_empty(), "{}", unjudged.join("\n"));
}

#[test]
fn the_data_is_clean() {
    let catalogue = Catalogue::builtin();
    let mut problems = Vec::new();
    let mut ids = std::collections::HashSet::new();
    let texts: std::collections::HashSet<&str> = catalogue.entries().map(|e| &*e.text).collect();
    let fold = |text: &str| -> String { text.chars().map(simplified).collect() };
    for entry in catalogue.entries() {
        if !ids.insert(&entry.id) {
            problems.push(format!("{}: id twice", entry.id));
        }
        if entry.traditional.is_empty() || fold(&entry.traditional) != fold(&entry.text) {
            problems.push(format!("{}: Traditional form {}", entry.id, entry.traditional));
        }
        if entry.right.is_empty() {
            problems.push(format!("{}: no right use", entry.id));
        }
        let checks = entry.fixed_order || entry.misquotes.iter().any(|m| m.class != MisquoteClass::Variant);
        if checks && entry.wrong.is_empty() {
            problems.push(format!("{}: no wrong use", entry.id));
        }
        if entry.source.is_empty() || entry.topics.is_empty() {
            problems.push(format!("{}: no source or topic", entry.id));
        }
        if !entry.successor.is_empty() && entry.until.is_none() {
            problems.push(format!("{}: successor without date", entry.id));
        }
        if entry.until.is_some_and(|until| entry.since_date.is_some_and(|since| since > until)) {
            problems.push(format!("{}: ends before it starts", entry.id));
        }
        for misquote in &entry.misquotes {
            let wrong = matches!(misquote.class, MisquoteClass::Certain | MisquoteClass::Doubtful);
            if wrong && texts.contains(&*misquote.wrong) {
                problems.push(format!("{}: {} is right and wrong", entry.id, misquote.wrong));
            }
        }
    }
    for typo in catalogue.typos() {
        let found = catalogue.check(&typo.wrong_use, &NOW);
        if !found.iter().any(|m| m.expected.as_deref().is_some_and(|e| e.contains(&*typo.right))) {
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
            let keys: Vec<&str> = text.lines().skip(1).map(|l| l.split('\t').next().unwrap()).collect();
            for pair in keys.windows(2) {
                assert!(pair[0] < pair[1], "{:?}: {} after {}", file.path(), pair[1], pair[0]);
            }
        }
    }
}

/// The syllables of an entry, without those of its slots.
fn syllables(entry: &Entry) -> Vec<String> {
    use pinyin::ToPinyin;
    if !entry.pinyin.is_empty() {
        return entry.pinyin.split(' ').map(str::to_owned).collect();
    }
    let mut in_slot = false;
    let syllable = |c: char| {
        in_slot = c == '〔' || in_slot && c != '〕';
        Some(c.to_pinyin().filter(|_| !in_slot)?.plain().replace('ü', "v"))
    };
    entry.text.chars().filter_map(syllable).collect()
}

/// True when `typed` in a neutral context offers the entry within the first five.
fn offered(entry: &Entry, typed: &str) -> bool {
    Catalogue::builtin()
        .complete(&CompletionQuery::new(typed, ""))
        .iter()
        .take(5)
        .any(|c| c.number == entry.number() || c.insert == entry.text)
}

/// Why an entry is not among the first five after its first two Han characters.
fn why_not(entry: &Entry, han: &[char]) -> &'static str {
    let catalogue = Catalogue::builtin();
    let start: String = han.iter().take(2).collect();
    let more: String = han.iter().take(3).collect();
    let starts = |e: &&Entry| e.text.starts_with(&start) || e.full.split('｜').any(|form| form.starts_with(&start));
    let rivals = catalogue.entries().filter(starts).filter(|e| !e.is_superseded()).count();
    if !entry.text.starts_with(['“', '〔']) && !han.first().is_some_and(|c| entry.text.starts_with(*c)) {
        "it starts with other characters"
    } else if han.len() < 2 {
        "its fixed part has less than two Han characters"
    } else if catalogue.entries().any(|e| e.text == start) {
        "these two are a word of the catalogue: it is complete, and nothing pops up"
    } else if entry.is_superseded() {
        "superseded: behind what is in force"
    } else if rivals <= 5 {
        "unexplained"
    } else if offered(entry, &more) {
        "more than five start with these two; the third brings it"
    } else {
        "more than five start with these two, and with these three"
    }
}

#[test]
fn every_entry_is_offered_within_the_first_five() {
    let entries: Vec<&Entry> = Catalogue::builtin().entries().filter(|e| e.tier != Tier::Exact).collect();
    let (mut by_han, mut by_initials, mut by_pinyin, mut by_any) = (0, 0, 0, 0);
    let mut misses: std::collections::BTreeMap<String, Vec<&str>> = std::collections::BTreeMap::new();
    for &entry in &entries {
        let fixed = entry.text.split(['〔', '…']).next().unwrap_or("");
        let han: Vec<char> = fixed.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
        let syllables = syllables(entry);
        let initials: String = syllables.iter().filter_map(|s| s.chars().next()).collect();
        let two = han.len() >= 2 && offered(entry, &han.iter().take(2).collect::<String>());
        let letters = initials.len() > 2 && offered(entry, &initials);
        // As much of it as is looked at.
        let pinyin = offered(entry, &syllables.concat().chars().take(60).collect::<String>());
        by_han += usize::from(two);
        by_initials += usize::from(letters);
        by_pinyin += usize::from(pinyin);
        by_any += usize::from(two || letters || pinyin);
        let mut miss =
            |way: &str, reason: &str| misses.entry(format!("{way}: {reason}")).or_default().push(&entry.text);
        if !two {
            miss("two Han characters", why_not(entry, &han));
        }
        if !letters {
            miss("initials", if initials.len() < 3 { "less than three letters" } else { "unexplained" });
        }
        if !pinyin {
            miss("full pinyin", if syllables.len() < 2 { "one syllable" } else { "unexplained" });
        }
        if !(two || letters || pinyin) {
            miss("anything", "unexplained");
        }
    }
    let share = |n: usize| 100.0 * n as f64 / entries.len() as f64;
    eprintln!(
        "{} entries within the first five: two Han {by_han} ({:.1} %), initials {by_initials} ({:.1} %), \
         full pinyin {by_pinyin} ({:.1} %), any {by_any} ({:.1} %)",
        entries.len(),
        share(by_han),
        share(by_initials),
        share(by_pinyin),
        share(by_any),
    );
    for (reason, texts) in &misses {
        eprintln!("{} by {reason}: {}", texts.len(), texts.join(" | "));
    }
    let unexplained: Vec<_> = misses.iter().filter(|(reason, _)| reason.ends_with("unexplained")).collect();
    assert!(unexplained.is_empty(), "{unexplained:#?}");
    // Names of laws and bodies begin alike, and longer forms share the first places with the texts themselves.
    assert!(share(by_han) > 85.0 && share(by_initials) > 97.0 && by_any == entries.len());
}

/// Figures only: run with `--release -- --ignored --nocapture`.
#[test]
#[ignore = "a measurement"]
fn measures() {
    use std::time::Instant;
    let clock = Instant::now();
    let catalogue = Catalogue::builtin();
    eprintln!("tables {:?}, {} bytes", clock.elapsed(), catalogue.memory());
    let clock = Instant::now();
    catalogue.check("今天", &NOW);
    eprintln!("automaton {:?}, {} bytes", clock.elapsed(), catalogue.memory());
    let clock = Instant::now();
    catalogue.complete(&CompletionQuery::new("四个", ""));
    eprintln!("index {:?}, {} bytes", clock.elapsed(), catalogue.memory());
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
        eprintln!("{nanos:.0} ns for {} bytes: {:.0} ns per 100 bytes", line.len(), nanos * 100.0 / line.len() as f64);
    }
    for (name, text) in drafts() {
        let clock = Instant::now();
        for _ in 0..100 {
            for line in text.lines() {
                std::hint::black_box(catalogue.check(line, &NOW));
            }
        }
        let nanos = clock.elapsed().as_nanos() as f64 / 100.0;
        eprintln!("{name}: {:.0} µs, {:.0} ns per 100 bytes", nanos / 1000.0, nanos * 100.0 / text.len() as f64);
    }
    let sentences: String = sentences::WRONG.iter().map(|w| w.0).collect();
    let line = sentences.repeat(1 + 1_000_000 / sentences.len());
    let clock = Instant::now();
    let found = catalogue.check(&line, &NOW).len();
    eprintln!("one line of {} bytes, {found} findings: {:?}", line.len(), clock.elapsed());
    for typed in ["会上强调，要四个", "增强sgys", "坚持", "全面"] {
        let clock = Instant::now();
        for _ in 0..1000 {
            std::hint::black_box(catalogue.complete(&CompletionQuery::new(typed, "")));
        }
        eprintln!("complete {typed}: {:?}", clock.elapsed() / 1000);
    }
}

/// What came out for a set of sentences.
struct Score {
    precision: f64,
    recall: f64,
    /// What is wrong with it, line by line.
    details: String,
}

/// The findings in a set: those wanted, those not wanted, those missed.
fn score(name: &str, wrong: &[(&str, &str, MisuseKind)], clean: &[&str]) -> Score {
    let catalogue = Catalogue::builtin();
    let (mut hits, mut missed, mut false_alarms) = (0, Vec::new(), Vec::new());
    for (sentence, wanted, kind) in wrong {
        let found = catalogue.check(sentence, &NOW);
        let is_wanted = |m: &Misuse<'_>| m.kind == *kind && m.found == *wanted;
        if found.iter().any(is_wanted) {
            hits += 1;
        } else {
            missed.push(format!("missed: {sentence} [{wanted}]"));
        }
        let others = found.iter().filter(|m| !is_wanted(m));
        false_alarms.extend(others.map(|m| format!("false: {sentence} {:?} {}", m.kind, m.found)));
    }
    for sentence in clean {
        let found = catalogue.check(sentence, &NOW);
        false_alarms.extend(found.iter().map(|m| format!("false: {sentence} {:?} {}", m.kind, m.found)));
    }
    let precision = f64::from(hits) / (f64::from(hits) + false_alarms.len() as f64);
    let recall = f64::from(hits) / wrong.len() as f64;
    eprintln!(
        "{name}: {} wrong, {} clean, {hits} found, {} false: precision {precision:.3}, recall {recall:.3}",
        wrong.len(),
        clean.len(),
        false_alarms.len(),
    );
    let details = [missed, false_alarms].concat().join("\n");
    eprintln!("{details}");
    Score { precision, recall, details }
}

#[test]
fn precision_and_recall_on_own_sentences() {
    let first = score("first set", &sentences::WRONG, &sentences::CLEAN);
    assert!(first.precision >= 0.98 && first.recall >= 0.9, "{}", first.details);
    let second = score("second set", &fresh::WRONG, &fresh::CLEAN);
    assert!(second.precision >= 0.98 && second.recall >= 0.9, "{}", second.details);
}

#[test]
fn what_is_held_exactly_is_found_garbled() {
    let catalogue = Catalogue::builtin();
    let sure = |text: &str| catalogue.check(text, &NOW).iter().any(|misuse| misuse.sure);
    let missed: Vec<&str> = held::GARBLED.into_iter().filter(|text| !sure(text)).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
    let found = held::SOUND.map(|text| catalogue.check(text, &NOW));
    assert!(found.iter().all(Vec::is_empty), "{:?}", found.iter().flatten().collect::<Vec<_>>());
}

/// What was said in its time, of somebody else, or goes on in another word.
#[test]
fn other_wordings_are_no_slips() {
    let catalogue = Catalogue::builtin();
    for text in [
        "以江泽民同志为核心的党中央作出了决定。",
        "国家卫生健康委要会同有关部门抓好落实。",
        "服务社会主义现代化四川建设。",
        "以习近平同志为核心的新一届中央领导集体。",
    ] {
        assert!(catalogue.check(text, &NOW).is_empty(), "{text}");
    }
    for text in [
        "坚持发展是第一要务、人才是第一资源、创新是第一动能。",
        "要以抓铁有痕、踏石留迹的劲头抓整改。",
        "推进经济建设、政治建设、文化建设、社会建设、生态环境建设“五位一体”总体布局。",
    ] {
        assert!(catalogue.check(text, &NOW).iter().any(|misuse| misuse.sure), "{text}");
    }
}

/// Every inner character of what is held exactly left out, doubled, and exchanged with the next, its ends as well.
#[test]
fn finds_what_is_left_out_doubled_or_exchanged() {
    let catalogue = Catalogue::builtin();
    let (mut tried, mut missed) = (0, Vec::new());
    for entry in catalogue.entries().filter(|e| e.held > 0) {
        let text: Vec<char> = entry.text.chars().filter(|c| !"“”".contains(*c)).collect();
        let is_han = |c: char| ('一'..='龥').contains(&c);
        if text.iter().filter(|c| is_han(**c)).count() < 5 {
            continue;
        }
        for n in (1..text.len() - 2).filter(|n| is_han(text[*n]) && text[*n] != text[n + 1]) {
            let (mut short, mut doubled, mut exchanged) = (text.clone(), text.clone(), text.clone());
            short.remove(n);
            doubled.insert(n, text[n]);
            exchanged.swap(n, n + 1);
            let mut changes = if is_han(text[n + 1]) { vec![short, doubled, exchanged] } else { vec![short, doubled] };
            if n == 1 && is_han(text[0]) && text[0] != text[1] {
                let mut first = text.clone();
                first.swap(0, 1);
                changes.push(first);
            }
            for slip in changes {
                let slip: String = slip.into_iter().collect();
                tried += 1;
                if !catalogue.check(&format!("会议要求，{slip}，要照办。"), &NOW).iter().any(|misuse| misuse.sure)
                {
                    missed.push(slip);
                }
            }
        }
    }
    eprintln!("{tried} slips, {} missed", missed.len());
    assert!(missed.len() * 100 <= tried * 3, "{}", missed.join("\n"));
}

/// Every long wording with every inner character in turn replaced by another of the same sound.
#[test]
fn finds_characters_of_the_same_sound() {
    use pinyin::ToPinyin;
    let catalogue = Catalogue::builtin();
    let sound = |c: char| c.to_pinyin().map(|p| p.plain());
    let mut by_sound = std::collections::BTreeMap::new();
    for c in catalogue.entries().flat_map(|e| e.text.chars()) {
        if let Some(sound) = sound(c) {
            let same: &mut std::collections::BTreeSet<char> = by_sound.entry(sound).or_default();
            same.insert(c);
        }
    }
    let (mut tried, mut missed) = (0, Vec::new());
    for entry in catalogue.entries().filter(|e| !e.has_slots()) {
        let text: Vec<char> = entry.text.chars().collect();
        if text.iter().filter(|c| sound(**c).is_some()).count() < 6 {
            continue;
        }
        for n in 1..text.len() - 1 {
            let other = sound(text[n]).and_then(|sound| by_sound[sound].iter().find(|c| **c != text[n]));
            let Some(other) = other else { continue };
            let mut slip = text.clone();
            slip[n] = *other;
            let slip: String = slip.into_iter().collect();
            tried += 1;
            if catalogue.check(&format!("会议要求，{slip}，要照办。"), &NOW).is_empty() {
                missed.push(slip);
            }
        }
    }
    eprintln!("{tried} slips, {} missed", missed.len());
    // What is missed are characters that may stand for one another.
    assert!(missed.len() * 100 <= tried * 3, "{}", missed.join("\n"));
}

fn complete<'c>(before: &str, after: &str) -> Vec<Completion<'c>> {
    Catalogue::builtin().complete(&CompletionQuery::new(before, after))
}

fn labels(completions: &[Completion<'_>]) -> Vec<String> {
    completions.iter().map(|c| c.label.clone()).collect()
}

#[test]
fn completes_han_pinyin_and_initials() {
    for (before, wanted, replaced) in [
        ("要增强四个意", "“四个意识”", "四个意"),
        ("会议指出，高质", "高质量发展", "高质"),
        ("要增强“四个自", "四个自信", "四个自"),
        ("增强sgys", "“四个意识”", "sgys"),
        ("增强sigeyishi", "“四个意识”", "sigeyishi"),
        ("提高SGYS", "“四个意识”", "SGYS"),
        ("全面贯彻大局意", "“四个意识”", "大局意"),
        ("要踏石留印、抓", "踏石留印、抓铁有痕", "踏石留印、抓"),
        ("要踏石留印，抓", "踏石留印、抓铁有痕", "踏石留印，抓"),
        ("增強「四個意", "四个意识", "四個意"),
    ] {
        let found = complete(before, "");
        let at = found.iter().position(|c| c.label == wanted);
        assert!(at.is_some_and(|n| n < 5), "{before}: {:?}", labels(&found));
        let found = &found[at.unwrap()];
        assert_eq!(found.filter, replaced);
        assert_eq!(found.range.of(before), replaced);
        assert_eq!(found.range.end as usize, before.len());
    }
}

#[test]
fn stays_out_of_the_way() {
    for (before, after) in [
        ("增强“四个意识", ""),
        ("增强“四个意", "识”"),
        ("增强“四个意", "识"),
        ("推动高质量发展", ""),
        ("四", ""),
        ("sg", ""),
        ("", ""),
        ("今天天气很好", ""),
        ("see the readme", ""),
    ] {
        assert!(complete(before, after).is_empty(), "{before}|{after}");
    }
    let mut query = CompletionQuery::new("推动高质量发展", "");
    query.explicit = true;
    assert!(labels(&Catalogue::builtin().complete(&query)).contains(&"高质量发展和高水平安全良性互动".to_owned()));
}

#[test]
fn variants_and_scripts() {
    let found = labels(&complete("坚持四个意", ""));
    assert_eq!(
        found,
        [
            "“四个意识”",
            "“四个意识”、坚定“四个自信”、做到“两个维护”",
            "四个意识",
            "“四个意识”（政治意识、大局意识、核心意识、看齐意识）",
            "增强“四个意识”",
        ]
    );
    // Inside quotes only what fits between them.
    let found = labels(&complete("坚持“四个意", "”"));
    assert!(!found.contains(&"“四个意识”".to_owned()), "{found:?}");
    let mut query = CompletionQuery::new("要四個意", "");
    query.script = Script::Traditional;
    let found = labels(&Catalogue::builtin().complete(&query));
    assert_eq!(found[0], "「四個意識」");
}

#[test]
fn slots_become_tab_stops() {
    let found = complete("预祝", "");
    let snippet = found.iter().find_map(|c| c.snippet.clone());
    assert_eq!(snippet.as_deref(), Some("预祝${1:会议/活动}取得圆满成功$0"));
    let found = complete("ysess", "");
    assert!(found.iter().any(|c| c.snippet.as_deref() == Some("一是$1二是$2三是$3$0")), "{found:?}");
}

#[test]
fn the_rank_follows_the_table() {
    let catalogue = Catalogue::builtin();
    let rank = |query: &CompletionQuery<'_>, label: &str| {
        let found = catalogue.complete(query);
        assert!(found.is_sorted_by_key(|c| c.sort.clone()));
        found.iter().position(|c| c.label == label)
    };
    let plain = CompletionQuery { limit: 100, ..CompletionQuery::new("要坚持", "") };
    let words = ["坚持人民至上", "坚持以人民为中心"];
    for word in words {
        let number = catalogue.entries().find(|e| e.text == word).unwrap().number();
        let used = CompletionQuery { used: &[number], ..plain.clone() };
        assert_eq!(rank(&used, word), Some(0), "{word}");
    }
    // What other formulations are made of is said most often.
    let four = labels(&complete("四个", ""));
    for word in ["“四个意识”", "“四个自信”", "“四个全面”"] {
        assert!(four.iter().take(5).any(|label| label == word), "{four:?}");
    }
    // What other drafts say counts for less, and no more than four times.
    let elsewhere = |text: &'static str, count: u32| Elsewhere {
        drafts: std::sync::Arc::new(std::iter::once((Text::Borrowed(text), count)).collect()),
        own: std::sync::Arc::default(),
    };
    let [one, other] = words.map(|word| catalogue.entries().find(|e| e.text == word).unwrap().number());
    let known = CompletionQuery { elsewhere: elsewhere(words[0], 1), used: &[other], ..plain.clone() };
    assert!(rank(&known, words[1]) < rank(&known, words[0]));
    let score = |query: &CompletionQuery<'_>| {
        let found = catalogue.complete(query);
        let sort = &found.iter().find(|c| c.number == one).unwrap().sort;
        20_000 - sort[..5].parse::<i32>().unwrap()
    };
    let points =
        |count| score(&CompletionQuery { elsewhere: elsewhere(words[0], count), ..plain.clone() }) - score(&plain);
    assert_eq!([0, 1, 3, 4, 40].map(points), [0, 10, 30, 40, 40]);
    let own = Elsewhere { own: std::sync::Arc::new([Text::Borrowed(words[0])]), ..elsewhere(words[0], 1) };
    assert_eq!(score(&CompletionQuery { elsewhere: own, ..plain.clone() }), score(&plain));
    let about = topics_in("三、加强安全生产工作");
    assert!(about.contains(&"安全"));
    let topical = CompletionQuery { topics: &about, ..CompletionQuery::new("要从根", "") };
    assert_eq!(rank(&topical, "从根本上消除事故隐患、从根本上解决问题"), Some(0));
    // Superseded ones come last and are marked.
    let found = catalogue.complete(&CompletionQuery { limit: 100, ..CompletionQuery::new("三个", "") });
    let last = found.iter().rposition(|c| c.variant == Variant::Bare && !c.deprecated);
    let first = found.iter().position(|c| c.deprecated).unwrap();
    assert!(last.unwrap() < first);
    // An opening is not offered first at the end of a speech.
    let closing = CompletionQuery { position: Position::Closing, ..CompletionQuery::new("同志们，", "") };
    assert!(catalogue.complete(&closing).iter().all(|c| c.label != "同志们"));
}

#[test]
fn explains_and_lists_occurrences() {
    let catalogue = Catalogue::builtin();
    let line = "要增强“四个意识”，推动高质量发展和高水平安全良性互动。";
    let at = line.find("意识").unwrap();
    let (range, entry) = catalogue.explain(line, at).unwrap();
    assert_eq!((range.of(line), &*entry.id), ("四个意识", "si-ge-yi-shi"));
    assert_eq!(entry.members.len(), 4);
    assert!(catalogue.explain(line, 0).is_none());
    let found: Vec<&str> = catalogue.occurrences(line).into_iter().map(|(range, _)| range.of(line)).collect();
    assert_eq!(found, ["四个意识", "高质量发展和高水平安全良性互动"]);
    let traditional = "要增強「四個意識」，把羣衆的小事當大事。";
    let found = catalogue.occurrences(traditional);
    assert_eq!(found[0].0.of(traditional), "四個意識");
    // Two characters are an entry only in quotes.
    assert!(catalogue.occurrences("今年两高于去年的项目").is_empty());
    assert_eq!(catalogue.occurrences("遏制“两高”项目").len(), 1);
}

/// What reading the tables for words that ordinary prose may hold brought to light.
#[test]
fn slips_are_not_seen_in_longer_words_and_other_usage() {
    for sentence in [
        "出差的同志要到外地税局预缴。",
        "当地税局上门服务。",
        "雷峰精神文明实践站挂了牌。",
        "发挥劳动模范先锋作用。",
        "全县建成十二个维护站点。",
        "这是第二个维护周期。",
        "这其实是求是网上的文章。",
        "不容有一丝不够细致的地方。",
        "他两年写成五大篇文章。",
        "他常常住在单位，宿夜在公司也是常事。",
        "治国有长远之计。",
        "碧水长流，海宴河清。",
        "把这三个分别开来看。",
        "市里去年筑巢引风电，装机翻番。",
        "意識型態工作要抓緊，建立台帳，四種型態分別處理。",
        "辖区银保监会同公安部门开展排查。",
        "村里的扶贫办厂经验值得学。",
        "2026年，打通“一带一路”战略通道。",
        "2026年，全过程民主监督要跟上。",
    ] {
        let found = Catalogue::builtin().check(sentence, &NOW);
        let sure: Vec<_> = found.iter().filter(|m| m.sure).map(|m| &m.found).collect();
        assert!(sure.is_empty(), "{sentence} {sure:?}");
    }
}

#[test]
fn corrections_keep_the_hand_of_the_draft() {
    let catalogue = Catalogue::builtin();
    for (line, wanted) in [
        ("反對鋪張，要雷勵風行。", "雷厲風行"),
        ("要融汇貫通", "融會貫通"),
        ("增强“四个意识\"、增强“四个自信”", "增强“四个意识\"、坚定“四个自信"),
        ("一體推進不能腐、不敢腐、不想腐", "不敢腐、不能腐、不想腐"),
        (
            "增強政治意識，增強核心意識，增強大局意識，增強看齊意識",
            "政治意識，增強大局意識，增強核心意識，增強看齊意識",
        ),
        ("见微知箸", "见微知著"),
    ] {
        let found = catalogue.check(line, &NOW);
        assert_eq!(found.first().and_then(|m| m.expected.as_deref()), Some(wanted), "{line}: {found:?}");
    }
}

#[test]
fn stale_needs_a_date() {
    let catalogue = Catalogue::builtin();
    let line = "请县环保局抓好落实。";
    let at = |year, month| CheckContext { date: Some(Date { year, month }) };
    assert!(catalogue.check(line, &CheckContext::default()).is_empty());
    assert!(catalogue.check(line, &at(2017, 5)).is_empty());
    assert_eq!(catalogue.check(line, &at(2024, 5)).len(), 1);
    let today = Date { year: 2026, month: 8 };
    assert_eq!(newest_date("2024年5月20日印发，到2035年基本实现", today), Some(Date { year: 2024, month: 5 }));
    assert_eq!(newest_date("没有日期", today), None);
}

#[test]
fn searches() {
    let catalogue = Catalogue::builtin();
    for (search, first) in [
        ("四个意识", "si-ge-yi-shi"),
        ("sgys", "si-ge-yi-shi"),
        ("sigeyishi", "si-ge-yi-shi"),
        ("看齐意识", "si-ge-yi-shi"),
        ("si-ge-yi-shi", "si-ge-yi-shi"),
        ("四個意識", "si-ge-yi-shi"),
    ] {
        assert_eq!(catalogue.query(search).first().map(|e| &*e.id), Some(first), "{search}");
    }
    assert_eq!(catalogue.query("").len(), catalogue.len());
    assert!(catalogue.query("廉政").len() > 10);
    assert!(catalogue.query("没有这样的提法吧").is_empty());
}

fn pack<'a>(text: &'a str, tier: Tier) -> Pack<'a> {
    Pack { name: "我县.tsv", text, tier }
}

#[test]
fn packs_add_replace_and_switch_off() {
    let unit = "# 我县的提法\ntext\tkind\tmembers\torder\terrors\tright\twrong\n\
        五比五看\tnumbered\t比学习；比干劲；比作风；比担当；比成效\tfixed\t\t“五比五看”即比学习、比干劲、比作风、比担当、比成效。\t“五比五看”即比干劲、比学习、比作风、比担当、比成效。\n\
        四个意识\tnumbered\t抢跑意识；品牌意识；服务意识；竞争意识\t\t\t增强“四个意识”。\t\n\
        -hong-chuan-jing-shen\n";
    let (catalogue, problems) = Catalogue::with_packs(&[pack(unit, Tier::Unit)]);
    assert_eq!(problems, []);
    assert!(catalogue.get("hong-chuan-jing-shen").is_none());
    let found: Vec<&Entry> = catalogue.query("四个意识");
    assert_eq!((found[0].tier, found[0].members.len()), (Tier::Unit, 4));
    assert!(catalogue.get("si-ge-yi-shi").is_none());
    let wrong = "要做到“五比五看”，即比干劲、比学习、比作风、比担当、比成效。";
    assert_eq!(catalogue.check(wrong, &NOW).len(), 1);
    assert!(Catalogue::builtin().check(wrong, &NOW).is_empty());

    let user = "-*\ntext\terrors\tright\twrong\n铁军精神\t铁君精神→铁军精神\t发扬铁军精神。\t发扬铁君精神。\n";
    let (catalogue, problems) = Catalogue::with_packs(&[pack(unit, Tier::Unit), pack(user, Tier::User)]);
    assert_eq!(problems, []);
    assert_eq!(catalogue.len(), 1);
    assert!(catalogue.check("要融汇贯通。", &NOW).is_empty());
    assert_eq!(catalogue.check("发扬铁君精神。", &NOW).len(), 1);
}

#[test]
fn packs_report_their_faults_by_line() {
    let text = "text\tkind\tmembers\terrors\tuntil\ttraditional\tright\twrong\n\
        甲乙丙\tnonsense\t\t\t\t\t\t\n\
        丙丁戊\t\t一；一\t\t\t\t\t\n\
        戊己庚\t\t\t戊几庚\t\t\t\t\n\
        庚辛壬\t\t\t\t去年\t\t\t\n\
        壬癸甲\t\t\t\t\t四個意識\t\t\n\
        好好干活\t\t\t\t\t\t发扬铁军精神，融汇贯通。\t\n\
        好好说话\t\t\t\t\t\t\t说好好话。\n\
        好好写字\t\t\t好好→好\t\t\t\t\n\
        -没有这一条\n\
        好好走路\t\t\t\t\t\t好好走路。\t\n";
    let (catalogue, problems) = Catalogue::with_packs(&[pack(text, Tier::User)]);
    let lines: Vec<u32> = problems.iter().map(|p| p.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 7, 8, 9, 10], "{problems:#?}");
    assert!(problems.iter().all(|p| p.pack == "我县.tsv"));
    assert!(catalogue.get("好好走路").is_some());
    assert!(catalogue.get("好好说话").is_none());
    for (text, line, message) in [
        ("id\nabc\n", 1, "表头里没有 text 一列"),
        ("# 注\ntext\tkinds\n甲乙丙\t\n", 2, "表头第 2 列不是已知的列"),
        ("text\n甲乙丙\t多\n", 2, "这一行有 2 格，表头只有 1 格"),
        ("text\n\n-\n", 3, "“-”后面要写条目的 id 或文字，或者“*”"),
        ("text\tconfidence\n甲乙丙\tsure\n", 2, "confidence 不能是“sure”"),
        ("text\terrors\n甲乙丙\t@甲乙→甲乙丙\n", 2, "“@甲乙→甲乙丙”没有写明日期"),
        ("text\tmembers\terrors\n甲乙丙\t甲；乙\t?丁→戊\n", 2, "“戊”不在 members 里"),
        ("text\terrors\n甲乙丙\t甲乙→甲乙丙\n", 2, "“甲乙”既是对的又是错的"),
    ] {
        let (_, problems) = Catalogue::with_packs(&[pack(text, Tier::User)]);
        let found: Vec<_> = problems.iter().map(|p| (p.line, p.message[0].as_str())).collect();
        assert_eq!(found, [(line, message)], "{text}");
    }
    // A byte order mark and the line ends of Windows are none.
    let (catalogue, problems) =
        Catalogue::with_packs(&[pack("\u{feff}text\tright\r\n甲乙丙\t讲甲乙丙。\r\n", Tier::User)]);
    assert_eq!(problems, []);
    assert!(catalogue.get("甲乙丙").is_some());
}

#[test]
fn the_later_pack_wins_and_single_slips_are_switched_off() {
    let unit = "id\ttext\tfull\nwo\t甲乙丙\t一\n\t丁戊己\t一\n";
    let later = "id\ttext\tfull\nwo\t甲乙丙丁\t二\n\t丁戊己\t二\n-融汇贯通\n-四个意识\n";
    let (catalogue, problems) = Catalogue::with_packs(&[pack(unit, Tier::Unit), pack(later, Tier::Unit)]);
    assert_eq!(problems, []);
    let full = |text: &str| catalogue.entries().filter(|e| e.text == text).map(|e| &*e.full).collect::<Vec<_>>();
    assert_eq!((full("甲乙丙"), full("甲乙丙丁"), full("丁戊己")), (vec![], vec!["二"], vec!["二"]));
    assert!(catalogue.check("要融汇贯通。", &NOW).is_empty());
    assert!(catalogue.check("要分表必争。", &NOW).len() == 1);
    // With the entry go its members and slips.
    assert!(catalogue.check("增强看起意识；即政治意识、核心意识、大局意识、看齐意识。", &NOW).is_empty());
}

proptest::proptest! {
    #[test]
    fn nothing_panics_and_ranges_fit(
        parts in proptest::collection::vec(
            proptest::sample::select(vec![
                "四个意识", "四個意識", "政治意识", "大局意识", "核心意识", "看齐意识", "、", "，", "“", "”",
                "《", "》", "（", "）", "即", "𠮷", "🙂", "é", "a", "sgys", " ", "融汇贯通", "環保局", "2015年",
                "。", "增强", "羣", "和", "等", "是", "踏石留印", "抓铁有痕", "习近平新时代", "年", "到",
            ]),
            0..24,
        ),
        cut in 0usize..60,
    ) {
        let line = parts.concat();
        let catalogue = Catalogue::builtin();
        let mut end = 0;
        for misuse in catalogue.check(&line, &NOW) {
            let range = misuse.range.start as usize..misuse.range.end as usize;
            proptest::prop_assert_eq!(line.get(range.clone()), Some(misuse.found.as_str()));
            proptest::prop_assert!(range.start >= end && !range.is_empty());
            end = range.end;
        }
        let cut = (0..=cut.min(line.len())).rev().find(|n| line.is_char_boundary(*n)).unwrap_or(0);
        for completion in catalogue.complete(&CompletionQuery::new(&line[..cut], &line[cut..])) {
            proptest::prop_assert_eq!(completion.range.of(&line[..cut]), &completion.filter);
        }
        for byte in 0..=line.len() {
            if let Some((range, _)) = catalogue.explain(&line, byte) {
                proptest::prop_assert!(!range.of(&line).is_empty());
            }
        }
        newest_date(&line, CATALOGUE_DATE);
    }
}

#[test]
fn what_stands_between_a_number_and_its_members_does_not_hide_them() {
    let catalogue = Catalogue::builtin();
    let kinds = |text: &str| catalogue.check(text, &NOW).iter().map(|m| m.kind).collect::<Vec<_>>();
    for text in [
        "要按照“三管三必须”要求，即管行业必须管安全、管业务必须管安全。",
        "要落实‘三管三必须’的工作要求，也就是管行业必须管安全、管业务必须管安全，层层传导压力。",
        "要坚持“四不两直”，做到不发通知、不打招呼、不听汇报，直奔基层、直插现场。",
        "“四個自信”的內涵包括道路自信、理論自信、文化自信。",
    ] {
        assert_eq!(kinds(text), [MisuseKind::Count], "{text}");
    }
    for text in [
        "要按照“三管三必须”要求，即管行业必须管安全、管业务必须管安全、管生产经营必须管安全。",
        "要坚持“四不两直”，做到不发通知、不打招呼、不听汇报、不用陪同接待。",
        "要坚持“四不两直”，做到不打招呼、不听汇报、直奔基层、直插现场。",
        "要落实“三管三必须”要求，突出管行业必须管安全、管业务必须管安全。",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn the_verb_of_another_formulation_is_pointed_out() {
    let catalogue = Catalogue::builtin();
    for (wrong, right) in [
        ("增强“四个自信”", "坚定“四个自信”"),
        ("增强‘四个自信’", "坚定‘四个自信’"),
        ("增强四个自信", "坚定四个自信"),
        ("增強「四個自信」", "堅定「四個自信」"),
        ("坚定“四个意识”", "增强“四个意识”"),
        ("做到“四个意识”", "增强“四个意识”"),
    ] {
        let found = catalogue.check(&format!("我们要{wrong}。"), &NOW);
        let [misuse] = &found[..] else { panic!("{wrong}: {found:?}") };
        assert_eq!((misuse.kind, misuse.sure), (MisuseKind::Misquote, true), "{wrong}");
        // The mark that closes behind it stays as it is.
        let open = |text: &str| text.trim_end_matches(['”', '’', '」']).to_owned();
        assert_eq!((misuse.found.clone(), misuse.expected.clone()), (open(wrong), Some(open(right))));
        assert_eq!(catalogue.check(&format!("我们要{right}。"), &NOW).len(), 0, "{right}");
    }
    for text in
        ["增强“四个意识”、坚定“四个自信”、做到“两个维护”。", "增强“四个意识”“四个自信”。", "增强做到“两个维护”的自觉。"]
    {
        assert_eq!(catalogue.check(text, &NOW).len(), 0, "{text}");
    }
}
