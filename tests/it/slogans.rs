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

/// Sentences with one departure each: what is to be marked, and as what.
const WRONG: [(&str, &str, MisuseKind); 92] = {
    use MisuseKind::{Count, Misquote, Order, Stale, Typo};
    [
        (
            "全体党员要牢固树立看起意识，向先进看齐。",
            "看起意识",
            Misquote,
        ),
        (
            "我们深学细悟，坚决做到“两个拥护”。",
            "做到“两个拥护",
            Misquote,
        ),
        ("做到二个维护，不是一句空话。", "二个维护", Misquote),
        (
            "坚定“四个意识”、增强“四个自信”，把稳思想之舵。",
            "坚定“四个意识”、增强“四个自信",
            Misquote,
        ),
        (
            "统筹推进“五位一体”战略布局，开创新局面。",
            "五位一体”战略布局",
            Misquote,
        ),
        (
            "协调推进“四个全面”总体布局，步子要再快一点。",
            "四个全面”总体布局",
            Misquote,
        ),
        (
            "新一届班子要牢记使命、不忘初心，带着大家往前走。",
            "牢记使命、不忘初心",
            Misquote,
        ),
        ("各支部要落实好三课一会制度。", "三课一会", Misquote),
        ("开展三实三严教育以来，风气好了不少。", "三实三严", Misquote),
        (
            "民主集中制就是集体领导、民主集中、个别蕴酿、会议决定。",
            "个别蕴酿",
            Misquote,
        ),
        (
            "坚持到群众中去、从群众中来的工作方法。",
            "到群众中去、从群众中来",
            Misquote,
        ),
        ("处理干部要惩前毙后，更要治病救人。", "惩前毙后", Misquote),
        (
            "县委总揽全局，村支部要成为坚强的战斗保垒。",
            "战斗保垒",
            Misquote,
        ),
        ("持续整顿软弱焕散的村党组织。", "软弱焕散", Misquote),
        ("压紧压实意识型态工作责任。", "意识型态", Misquote),
        (
            "构建清亲政商关系，让企业安心发展。",
            "清亲政商关系",
            Misquote,
        ),
        (
            "我们要坚持稳中求进工作主基调。",
            "稳中求进工作主基调",
            Misquote,
        ),
        (
            "深化供给侧结构改革，腾出发展空间。",
            "供给侧结构改革",
            Misquote,
        ),
        ("发展新质量生产力，要靠科技。", "新质量生产力", Misquote),
        (
            "推进国家治理能力和治理体系现代化，县一级责任重大。",
            "治理能力和治理体系现代化",
            Misquote,
        ),
        (
            "大众创业，我们不落后；万众创业、大众创新，氛围正浓。",
            "万众创业、大众创新",
            Misquote,
        ),
        (
            "实现量的合理增长和质的有效提升。",
            "量的合理增长和质的有效提升",
            Misquote,
        ),
        (
            "建设宜业宜居和美乡村，一件接着一件办。",
            "宜业宜居和美乡村",
            Misquote,
        ),
        ("加快推进农村农业现代化。", "农村农业现代化", Misquote),
        ("村里的大事都按四会两公开来办。", "四会两公开", Misquote),
        (
            "牢记青山绿水就是金山银山，守住这片林子。",
            "青山绿水就是金山银山",
            Misquote,
        ),
        ("坚持山水田林湖草沙系统治理。", "山水田林湖草沙", Misquote),
        (
            "迎接中央生态环境保护督查反馈意见整改。",
            "中央生态环境保护督查",
            Misquote,
        ),
        ("把群众急愁难盼的事办好。", "急愁难盼", Misquote),
        (
            "推动优秀传统文化创新性转化、创造性发展。",
            "创新性转化、创造性发展",
            Misquote,
        ),
        ("各族群众要像石榴子一样抱在一起。", "像石榴子一样", Misquote),
        ("促进各民族交往交融交流。", "交往交融交流", Misquote),
        ("发扬功成不必有我的精神。", "功成不必有我", Misquote),
        (
            "抓作风要踏石有印、抓铁留痕。",
            "踏石有印、抓铁留痕",
            Misquote,
        ),
        ("发扬丁钉子精神，一锤接着一锤敲。", "丁钉子精神", Misquote),
        ("学雷峰精神，见诸行动。", "雷峰精神", Misquote),
        ("要做到内化于行、外化于心。", "内化于行、外化于心", Misquote),
        (
            "大家要心往一处使吗？不，是劲往一处想、心往一处使。",
            "劲往一处想、心往一处使",
            Misquote,
        ),
        ("严守政治规矩和政治纪律。", "政治规矩和政治纪律", Misquote),
        ("任务要学通弄懂做实。", "学通弄懂做实", Misquote),
        ("网格要横向到底、纵向到边。", "横向到底、纵向到边", Misquote),
        (
            "让我们更加紧密的团结在党中央周围。",
            "更加紧密的团结在",
            Misquote,
        ),
        (
            "以习近平总书记为核心的党中央举旗定向。",
            "以习近平总书记为核心的党中央",
            Misquote,
        ),
        (
            "高举中国特色的社会主义伟大旗帜。",
            "高举中国特色的社会主义伟大旗帜",
            Misquote,
        ),
        ("我仅代表县委，向大家表示感谢。", "我仅代表县委", Misquote),
        ("以上报告，请与审议。", "请与审议", Misquote),
        (
            "世上无难事，只要肯攀登。",
            "世上无难事，只要肯攀登",
            Misquote,
        ),
        (
            "统筹推进发展和安全，坚持以新发展格局保障新安全格局。",
            "以新发展格局保障新安全格局",
            Misquote,
        ),
        (
            "扛牢筑牢中华民族共同体意识这条主线。",
            "筑牢中华民族共同体意识",
            Misquote,
        ),
        ("推行谁普法谁执法责任制。", "谁普法谁执法", Misquote),
        // A character of the same sound in a long wording.
        (
            "牢固树立以人民为重心的发展思想。",
            "以人民为重心的发展思想",
            Misquote,
        ),
        (
            "推进国家治里体系和治理能力现代化。",
            "国家治里体系和治理能力现代化",
            Misquote,
        ),
        (
            "坚持绿水青山就是金山银山的理念，绿水青山就事金山银山要入心。",
            "绿水青山就事金山银山",
            Misquote,
        ),
        ("推动人与自然和协共生。", "人与自然和协共生", Misquote),
        (
            "坚持党要管党、全面从言治党。",
            "党要管党、全面从言治党",
            Misquote,
        ),
        // Enumerations.
        (
            "增强大局意识、政治意识、核心意识、看齐意识，心里要有数。",
            "大局意识、政治意识、核心意识、看齐意识",
            Order,
        ),
        (
            "坚定理论自信、道路自信、制度自信、文化自信。",
            "理论自信、道路自信、制度自信、文化自信",
            Order,
        ),
        (
            "“四个意识”，即政治意识、核心意识、大局意识、看齐意识。",
            "政治意识、核心意识、大局意识、看齐意识",
            Order,
        ),
        (
            "一体推进不能腐、不敢腐、不想腐。",
            "不能腐、不敢腐、不想腐",
            Order,
        ),
        (
            "不断提高政治领悟力、政治判断力、政治执行力。",
            "政治领悟力、政治判断力、政治执行力",
            Order,
        ),
        (
            "让群众的幸福感、获得感、安全感更足。",
            "幸福感、获得感、安全感",
            Order,
        ),
        (
            "反对官僚主义、形式主义、享乐主义和奢靡之风。",
            "官僚主义、形式主义、享乐主义和奢靡之风",
            Order,
        ),
        (
            "贯彻创新、绿色、协调、开放、共享的理念。",
            "创新、绿色、协调、开放、共享",
            Order,
        ),
        (
            "扎实做好稳金融、稳就业、稳外贸、稳外资、稳投资、稳预期工作。",
            "稳金融、稳就业、稳外贸、稳外资、稳投资、稳预期",
            Order,
        ),
        (
            "推动产业振兴、文化振兴、人才振兴、生态振兴、组织振兴。",
            "产业振兴、文化振兴、人才振兴、生态振兴、组织振兴",
            Order,
        ),
        (
            "做到严格执法、科学立法、公正司法、全民守法。",
            "严格执法、科学立法、公正司法、全民守法",
            Order,
        ),
        (
            "六项纪律是指政治纪律、组织纪律、廉洁纪律、群众纪律、工作纪律、财经纪律。",
            "财经纪律",
            Order,
        ),
        (
            "严守政治纪律、组织纪律、廉政纪律、群众纪律、工作纪律、生活纪律。",
            "廉政纪律",
            Order,
        ),
        (
            "增强政治意识、大局意识、大局意识、看齐意识。",
            "政治意识、大局意识、大局意识、看齐意识",
            Order,
        ),
        (
            "坚持学史明智、学史增信、学史崇德、学史力行。",
            "学史明智",
            Order,
        ),
        (
            "增强政治意识、增强核心意识、增强大局意识、增强看齐意识。",
            "政治意识、增强核心意识、增强大局意识、增强看齐意识",
            Order,
        ),
        (
            "“四个意识”就是政治意识、大局意识、核心意识。",
            "政治意识、大局意识、核心意识",
            Count,
        ),
        (
            "坚定“四个自信”（道路自信、理论自信、制度自信）。",
            "道路自信、理论自信、制度自信",
            Count,
        ),
        (
            "要落实“四个不摘”，即摘帽不摘责任、摘帽不摘政策、摘帽不摘帮扶。",
            "摘帽不摘责任、摘帽不摘政策、摘帽不摘帮扶",
            Count,
        ),
        (
            "“五大振兴”包括产业振兴、人才振兴、文化振兴、组织振兴。",
            "产业振兴、人才振兴、文化振兴、组织振兴",
            Count,
        ),
        // Idioms.
        ("项目建设要分表必争。", "分表必争", Typo),
        ("全县上下再接再励，打好收官战。", "再接再励", Typo),
        ("学习要融汇贯通，不能囫囵吞枣。", "融汇贯通", Typo),
        ("大家要兢兢业业，不要竞竞业业只写在纸上。", "竞竞业业", Typo),
        ("防汛工作要警钟常鸣。", "警钟常鸣", Typo),
        ("各单位按步就班推进。", "按步就班", Typo),
        ("拿出破斧沉舟的勇气。", "破斧沉舟", Typo),
        ("干部要以身做则。", "以身做则", Misquote),
        ("改革已经进入深水区，不能默守成规。", "默守成规", Typo),
        ("有的同志精神萎靡，一愁莫展。", "一愁莫展", Typo),
        // Traditional, of both shapes.
        (
            "把羣衆的事辦好，要踔厲奮發、砥勵前行。",
            "砥勵前行",
            Misquote,
        ),
        ("學習貫徹要融匯貫通。", "融匯貫通", Typo),
        (
            "鄉村全面振興要落實產業振興、文化振興、人才振興、生態振興、組織振興。",
            "產業振興、文化振興、人才振興、生態振興、組織振興",
            Order,
        ),
        // Superseded.
        ("下一步，请县环保局牵头落实。", "环保局", Stale),
        (
            "深入学习习近平总书记系列重要讲话精神，抓好整改。",
            "习近平总书记系列重要讲话精神",
            Stale,
        ),
        ("培养德智体美全面发展的新人。", "德智体美", Stale),
        ("金融风险要及时报告银保监会。", "银保监会", Stale),
    ]
};

/// Sentences that tempt a checker, each of them right or nobody's business.
const CLEAN: [&str; 104] = [
    "增强“四个意识”、坚定“四个自信”、做到“两个维护”。",
    "把两个维护好、两个保障好的要求落到村里。",
    "我们连续三届入选五个一工程。",
    "要从四个方面意识到差距：认识、办法、力度、作风。",
    "镇上提出的四个意识是抢跑意识、竞争意识、品牌意识、服务意识。",
    "强化五种意识：责任意识、阵地意识、担当意识、忧患意识、大局意识。",
    "要增强政治意识、大局意识，不能只盯着自己那一摊。",
    "会上围绕道路自信和文化自信做了交流。",
    "对照五个有没有，逐条检查。",
    "打赢六场硬仗，守住三条底线。",
    "做到四个牢牢把握、四个全力以赴。",
    "推动人才振兴、产业振兴，先从人才抓起。",
    "工作纪律、生活纪律上的小事也不能放过。",
    "他讲了政治纪律和政治规矩，也讲了财经纪律。",
    "财务人员要守住政治纪律和财经纪律两条线。",
    "有的单位官僚主义、形式主义还比较突出。",
    "既要反对形式主义，也要反对官僚主义。",
    "坚持创新、绿色发展，做大做强首位产业。",
    "协调、开放、共享，是这次论坛的主题。",
    "稳就业、稳企业、稳市场、稳预期，四稳落到实处。",
    "稳投资、稳外资，是下半年的重头戏。",
    "把绿水青山建得更美，把金山银山做得更大。",
    "这里青山绿水，游人如织。",
    "抓铁有痕、踏石留印，一抓到底。",
    "水可载舟，亦可覆舟。",
    "从操心事、揪心事、烦心事入手。",
    "坚持问题导向、目标导向、结果导向相统一。",
    "坚持目标导向和问题导向相结合。",
    "消费、投资、出口一起发力。",
    "投资、消费、出口三驾马车要协同。",
    "民政、人社、财政等部门要各司其职。",
    "这是新兴工业化国家走过的路。",
    "他们摸索出一套大事小事有人管的办法。",
    "市里要求勇于担当、敢于作为。",
    "干部要对党忠诚、勇于担当。",
    "大家要防范重大风险，守住底线。",
    "发挥中国特色社会主义制度的优势。",
    "战略新兴产业怎么布局，要请专家论证。",
    "居民的获得感幸福感和满意度明显提高。",
    "全县的安全感、幸福感都在提升。",
    "打开环保局面，要从源头做起。",
    "农业部门要主动服务，环境保护部门要跟上。",
    "省农业部署会上讲得很清楚。",
    "扶贫办法要因户而定。",
    "2015年，原县环保局对这条河做过一次普查。",
    "当时的国土资源局、规划局合并成了现在的局。",
    "机构改革中，工商局、质监局、食药监局并入市场监督管理局。",
    "《关于实施“一带一路”战略的意见》写得很细。",
    "“一带一路”战略支点城市的定位没有变。",
    "2018年以来，我们决胜全面建成小康社会，打了几场硬仗。",
    "从决胜全面建成小康社会转为推进乡村全面振兴，任务变了。",
    "培养德智体美劳全面发展的社会主义建设者和接班人。",
    "推进山水林田湖草沙一体化保护和系统治理。",
    "市场主体登记要再提速。",
    "这个词不能写成“融汇贯通”。",
    "是再接再厉，而不是再接再励。",
    "有人把按部就班写作按步就班，考卷上扣了分。",
    "《筑牢中华民族共同体意识的思想基础》是一本旧书。",
    "双随机、一公开监管覆盖面扩大了。",
    "放管服改革再深化。",
    "三管齐下，三个部门一起上。",
    "两个一百年，是两代人的接力。",
    "两个确立和两个维护要学深悟透。",
    "深刻领悟“两个确立”的决定性意义，坚决做到“两个维护”。",
    "完整准确全面贯彻新发展理念。",
    "完整、准确、全面贯彻新发展理念，加快构建新发展格局。",
    "全面准确贯彻政策，不搞一刀切。",
    "少数关键岗位的人员要轮岗。",
    "抓住极少数关键环节。",
    "这项成绩居首正创新高。",
    "形成更加紧密的团结协作机制。",
    "同志们要更加紧密地团结起来。",
    "我仅代表个人谈点看法。",
    "发布署名文章，引导舆论。",
    "榜单公布署了他的名字。",
    "小康社会的成果来之不易。",
    "防火就要防患于未“燃”。",
    "从安全生产看，安全第一、预防为主是硬道理。",
    "早发现、早诊断、早治疗，是防癌的关键。",
    "敢于斗争、善于斗争，敢于胜利。",
    "解放思想、实事求是，把情况摸透。",
    "实事求是、与时俱进地看问题。",
    "要创造性地抓落实，创新性地解难题。",
    "推动文化创造性转化、创新性发展。",
    "推进自治、德治试点，再谈法治。",
    "打造富强、文明、和谐的新农村。",
    "自由、民主的校园气氛很浓。",
    "爱国、诚信、敬业，是这家老店的家训。",
    "绿色、智慧、韧性、宜居的城市，正在变成现实。",
    "守护好碧水、蓝天、净土。",
    "讲政治、守规矩、懂感恩。",
    "讲正气、讲学习，村里的风气正了。",
    "能上能下、能者上庸者下的机制活了。",
    "“四个意识”是做好工作的前提，政治意识、大局意识尤其要强。",
    "“四个意识”（政治意识、大局意识等）要入脑入心。",
    "“四个自信”中，文化自信、道路自信是讨论最多的。",
    "“六稳”中的稳就业、稳预期由人社局牵头。",
    "县里的“四个不摘”，就是责任、政策、帮扶、监管都不摘。",
    "以上意见，请予审议。",
    "作出新的更大贡献；做出新的更大贡献。",
    "走在前、作示范，走在前、做示范，都有人写。",
    "全體黨員要增強「四個意識」、堅定「四個自信」、做到「兩個維護」。",
    "羣衆的事無小事，要踔厲奮發、篤行不怠。",
    "他姓𠮷，負責群眾工作，為人實在，裡裡外外都誇。",
];

/// The findings in both sets: those wanted, those not wanted, those missed.
#[test]
fn precision_and_recall_on_own_sentences() {
    let catalogue = Catalogue::builtin();
    let (mut hits, mut false_alarms, mut missed) = (0, Vec::new(), Vec::new());
    for (sentence, wanted, kind) in WRONG {
        let found = catalogue.check(sentence, &NOW);
        if found.iter().any(|m| m.found == wanted && m.kind == kind) {
            hits += 1;
        } else {
            missed.push(format!(
                "missed: {sentence} [{wanted}] found {found:?}",
                found = found.iter().map(|m| &m.found).collect::<Vec<_>>()
            ));
        }
        false_alarms.extend(
            found
                .iter()
                .filter(|m| m.found != wanted || m.kind != kind)
                .map(|m| format!("false: {sentence} {:?} {}", m.kind, m.found)),
        );
    }
    for sentence in CLEAN {
        false_alarms.extend(
            catalogue
                .check(sentence, &NOW)
                .iter()
                .map(|m| format!("false: {sentence} {:?} {}", m.kind, m.found)),
        );
    }
    let precision = hits as f64 / (hits + false_alarms.len()) as f64;
    let recall = hits as f64 / WRONG.len() as f64;
    println!(
        "{} wrong, {} clean: precision {precision:.3}, recall {recall:.3}",
        WRONG.len(),
        CLEAN.len(),
    );
    let details = [missed, false_alarms].concat().join("\n");
    println!("{details}");
    assert!(precision >= 0.98 && recall >= 0.9, "{details}");
}
