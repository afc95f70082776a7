//! The rules that hold a draft against itself: last year's draft, one figure with two values, one
//! paragraph in two places, one thing in two forms. Each draft is a few lines; what must be found
//! stands beside it, and what must not be found has a list of its own.

use std::sync::Arc;

use expect_test::{Expect, expect};
use jianggao::analysis::{Analysis, Markup};
use jianggao::locale::Locale;
use jianggao::rules::{RULES, diagnostics};
use jianggao::settings::{Settings, Severity};
use jianggao::text::{Encoding, Flat, Grade, apply};

/// The findings of one rule, on even where it is off by default.
fn found(code: &str, draft: &str) -> String {
    let rule = RULES.iter().find(|rule| rule.code == code).unwrap();
    let mut settings = Settings::default();
    settings.rules.insert(code.to_owned(), Some(rule.severity.unwrap_or(Severity::Hint)));
    let settings = Arc::new(settings);
    let lines = Flat::new(draft);
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let mut out = String::new();
    for d in diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX) {
        if d.rule.code != code {
            continue;
        }
        let at = Encoding::Utf32.position(&lines, d.span.start);
        out.push_str(&format!("{}:{} {} {}", at.line + 1, at.column + 1, d.severity.name(), d.message));
        for related in &d.related {
            out.push_str(&format!("（另一处 {}）", related.span.start.line + 1));
        }
        if let Some(fix) = &d.fix {
            let fixed = apply(draft, &fix.edits);
            let changed = fixed.lines().zip(draft.lines()).filter(|(a, b)| a != b).map(|(a, _)| a);
            out.push_str(&format!(
                " → {}{}",
                changed.collect::<Vec<_>>().join("⏎"),
                match fix.grade {
                    Grade::Certain => "（稳妥）",
                    Grade::Offered => "",
                    Grade::Style => "（格式）",
                }
            ));
        }
        out.push('\n');
    }
    out
}

#[track_caller]
fn check(code: &str, draft: &str, expected: Expect) {
    expected.assert_eq(&found(code, draft));
}

#[track_caller]
fn silent(code: &str, drafts: &[&str]) {
    let wrong: Vec<String> = drafts
        .iter()
        .map(|draft| (draft, found(code, draft)))
        .filter(|(_, found)| !found.is_empty())
        .map(|(draft, found)| format!("{found}in\n{draft}\n"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A draft with a title, a date below it, some text, and perhaps a signature.
fn dated(title: &str, date: &str, text: &str, signed: &str) -> String {
    let text = if text.is_empty() { "今天开会，主要任务是总结经验、部署工作。" } else { text };
    let mut draft = format!("{title}\n");
    if !date.is_empty() {
        draft.push_str(&format!("（{date}）\n"));
    }
    draft.push_str(&format!("同志们：\n{text}\n一、提高认识\n要学深悟透。\n二、狠抓落实\n要抓到底。\n谢谢大家。\n"));
    if !signed.is_empty() {
        draft.push_str(&format!("{signed}\n"));
    }
    draft
}

#[test]
fn a_title_of_another_year() {
    let title = |title: &str, date: &str| found("year-mismatch", &dated(title, date, "", ""));
    let mut out = String::new();
    for (name, date) in [
        ("在全县2025年工作会议上的讲话", "2026年5月8日"),
        ("在2024年全市安全生产工作会议上的讲话", "2026年1月8日"),
        ("在全县2025年教育工作会议上的讲话", "2026年2月20日"),
        ("在全县2025年重点工作推进会上的讲话", "2026年X月X日"),
        ("在全县2026年工作会议上的讲话", "2025年2月8日"),
        ("在二〇二四年全县农村工作会议上的讲话", "二〇二六年三月一日"),
    ] {
        out.push_str(&title(name, date));
    }
    expect![[r#"
        1:4 warning 年份不符：标题写“2025年”，另一处的日期是2026年5月（另一处 2） → 在全县2026年工作会议上的讲话
        1:2 warning 年份不符：标题写“2024年”，另一处的日期是2026年1月（另一处 2） → 在2026年全市安全生产工作会议上的讲话
        1:4 information 年份不符：标题写“2025年”，另一处的日期是2026年2月（另一处 2） → 在全县2026年教育工作会议上的讲话
        1:4 information 年份不符：标题写“2025年”，另一处的日期是2026年（另一处 2） → 在全县2026年重点工作推进会上的讲话
        1:4 warning 年份不符：标题写“2026年”，另一处的日期是2025年2月（另一处 2） → 在全县2025年工作会议上的讲话
        1:2 warning 年份不符：标题写“2024年”，另一处的日期是2026年3月（另一处 2）
    "#]]
    .assert_eq(&out);
}

#[test]
fn a_year_in_the_title_that_is_right() {
    let drafts: Vec<String> = [
        ("在全县2026年工作会议上的讲话", "2026年1月8日"),
        ("在全县2025年度总结表彰大会上的讲话", "2026年2月8日"),
        ("在2025年县委经济工作会议上的讲话", "2026年1月4日"),
        ("在2025年述职评议会上的讲话", "2026年3月4日"),
        ("在全县2025年度民主生活会上的讲话", "2026年1月20日"),
        ("在2026年全县经济工作会议上的讲话", "2025年12月28日"),
        ("在2026年度党报党刊发行工作会议上的讲话", "2025年10月28日"),
        ("在2026年省运动会筹备工作会上的讲话", "2025年3月28日"),
        ("在纪念2008年抗震救灾十五周年座谈会上的讲话", "2023年5月12日"),
        ("在2021—2025年规划中期评估会上的讲话", "2023年7月1日"),
        ("在2035年远景目标研讨会上的讲话", "2025年7月1日"),
        ("在2020年以来重点项目推进会上的讲话", "2026年7月1日"),
        ("关于2025年计划执行情况和2026年计划草案的报告", "2026年1月10日"),
        ("在全县工作会议上的讲话", "2026年1月10日"),
        ("在2025级新生开学典礼上的讲话", "2026年5月10日"),
        ("在20XX年全县工作会议上的讲话", "2026年1月10日"),
        ("在县委全会上的讲话", ""),
    ]
    .iter()
    .map(|(title, date)| dated(title, date, "", ""))
    .collect();
    silent("year-mismatch", &drafts.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn what_this_year_is() {
    let title = "在全县工作会议上的讲话";
    let date = "2026年1月8日";
    check(
        "year-mismatch",
        &dated(title, date, "今年是“十四五”规划的收官之年。", ""),
        expect![[r#"
            4:1 warning 年份不符：照这里说，“今年”是2025年，另一处是2026年1月（另一处 2）
        "#]],
    );
    check(
        "year-mismatch",
        &dated(title, "", "今年是中国共产党成立104周年。", date),
        expect![[r#"
            3:1 information 年份不符：照这里说，“今年”是2025年，另一处是2026年1月（另一处 9）
        "#]],
    );
    check(
        "year-mismatch",
        &dated(title, "", "今年是2026年，任务很重。今年是“十四五”规划收官之年。", ""),
        expect![[r#"
            3:15 warning 年份不符：照这里说，“今年”是2025年，另一处是2026年（另一处 3）
        "#]],
    );
    check(
        "year-mismatch",
        &dated(title, "2025年1月8日", "", "2026年1月8日"),
        expect![[r#"
            10:1 warning 年份不符：落款是2026年1月，题下的日期是2025年1月（另一处 2）
        "#]],
    );
    let right = [
        dated(title, date, "今年是“十五五”规划的开局之年，去年是“十四五”规划的收官之年。", ""),
        dated(title, date, "今年是中国共产党成立105周年、红军长征胜利90周年。", date),
        dated(title, "2025年12月30日", "今年是“十四五”规划收官之年，明年是“十五五”规划开局之年。", "2026年1月5日"),
        dated(title, date, "去年，他在会上说：“今年是‘十四五’收官之年，大家要冲刺。”", ""),
        dated(title, date, "今年以来，全县上下同心协力。今年的任务很重，今年是攻坚之年。", ""),
        dated(title, date, "今年是我县实施“十四五”规划以来的第六年。", ""),
        dated(title, "", "截至2025年12月31日，完成投资120亿元。", ""),
        "2024年5月1日\n开工\n2025年6月1日\n竣工\n2026年7月1日\n投产\n大事记到此为止，以后再补。\n还有一些。\n还有两些。\n末尾。\n末二。\n末三。\n".to_owned(),
    ];
    silent("year-mismatch", &right.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn one_figure_with_two_values() {
    check(
        "figure-mismatch",
        "2025年，全县地区生产总值完成312.5亿元，增长6.1%；规模以上工业增加值增长8%。\n要再接再厉。\n2025年，全县地区生产总值达到321.5亿元，跨上新台阶。",
        expect![[r#"
            3:9 warning 数据不一致：地区生产总值此处是321.5亿元，前面是312.5亿元（另一处 1）
        "#]],
    );
    check(
        "figure-mismatch",
        "去年，我县粮食总产量达到5.2亿斤。去年，我县粮食总产量为26万吨。去年，我县粮食产量达到28万吨。",
        expect![[r#"
            1:40 warning 数据不一致：粮食总产量此处是28万吨，前面是5.2亿斤（另一处 1）
        "#]],
    );
    check(
        "figure-mismatch",
        "截至去年末，全县森林覆盖率达到46.2%。\n截至去年末，全县森林覆盖率达到42.6%。\n去年，全市一般公共预算收入完成12亿元。\n去年，全市一般公共预算收入12万元。",
        expect![[r#"
            2:9 warning 数据不一致：森林覆盖率此处是42.6%，前面是46.2%（另一处 1）
            4:6 warning 数据不一致：一般公共预算收入此处是12万元，前面是12亿元（另一处 3）
        "#]],
    );
}

/// Figures that may well stand in one draft.
const FIGURES: [&str; 30] = [
    "去年，全县地区生产总值完成120亿元。今年，全县地区生产总值达到130亿元。",
    "去年，全县地区生产总值完成120.4亿元。去年，全县地区生产总值达到120亿元。",
    "去年，全县地区生产总值完成120亿元。去年，全市地区生产总值完成980亿元。",
    "去年，全县地区生产总值完成120亿元。去年上半年，全县地区生产总值完成58亿元。",
    "去年，全县地区生产总值完成120亿元。去年，力争全县地区生产总值达到125亿元。",
    "去年，全县地区生产总值完成120亿元，去年前三季度，全县地区生产总值完成88亿元。",
    "今年，全县地区生产总值完成120亿元。今年，要确保全县地区生产总值达到125亿元。",
    "去年，全县地区生产总值突破120亿元。去年，全县地区生产总值125亿元。",
    "去年，全县地区生产总值增长6%。去年，全县地区生产总值增长8%。",
    "去年，全县地区生产总值完成120亿元。全县地区生产总值达到125亿元。",
    "去年，全县固定资产投资完成80亿元。去年，全县工业固定资产投资完成35亿元。",
    "去年，全县固定资产投资完成80亿元。去年，其中固定资产投资完成35亿元。",
    "去年，东湖镇固定资产投资完成8亿元。去年，西山镇固定资产投资完成9亿元。",
    "去年，开发区规上工业增加值12亿元。去年，全县规上工业增加值20亿元。",
    "去年，全县城镇居民人均可支配收入32000元。去年，全县农村居民人均可支配收入18000元。",
    "去年，全县粮食总产量5亿斤。去年，全县粮食总产量25万吨。",
    "去年，全县粮食总产量由5亿斤增加到6亿斤。",
    "2023年，全县常住人口42.5万人。2024年，全县常住人口42.1万人。",
    "去年，全县常住人口城镇化率达到56%。去年，全县户籍城镇化率达到45%。",
    "去年末，全县常住人口42.5万人。去年，全县常住人口城镇化率58%。",
    "到2030年，全县森林覆盖率达到50%。去年，全县森林覆盖率达到46%。",
    "一季度，全县一般公共预算收入完成3亿元。二季度，全县一般公共预算收入完成4亿元。",
    "1-9月，全县一般公共预算收入完成9亿元。1-10月，全县一般公共预算收入完成10亿元。",
    "1—9月，全县一般公共预算收入完成9亿元。9月，全县一般公共预算收入完成10亿元。",
    "去年，全县完成一般公共预算收入9亿元，占年度目标的102%。去年，全县完成一般公共预算收入8亿元的目标已经实现。",
    "“十三五”时期，全县地区生产总值达到200亿元。“十四五”时期，全县地区生产总值达到300亿元。",
    "去年，全县旅游总收入约12亿元。去年，全县旅游总收入13亿元。",
    "去年，全县进出口总额2.3亿元。去年，全县进出口总额3200万美元。",
    "去年，全县人均地区生产总值5.2万元。去年，全县地区生产总值300亿元。",
    "去年，全县规上工业总产值300亿元。去年，全县规上工业增加值80亿元。去年，农林牧渔业总产值90亿元。",
];

#[test]
fn figures_that_agree_or_are_of_something_else() {
    silent("figure-mismatch", &FIGURES);
}

const STORY: &str = "要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化，得到实实在在的好处，始终同群众想在一起、干在一起，把工作做到群众的心坎上，用党员干部的辛苦指数换取群众的幸福指数。";

#[test]
fn a_paragraph_in_two_places() {
    let edited = STORY.replace("一件一件解决好", "一项一项解决好").replace("要坚持", "（三）为民服务。要坚持");
    check(
        "similar-paragraph",
        &format!("{STORY}\n要狠抓落实。\n{edited}"),
        expect![[r#"
            3:1 information 雷同段落：77% 与第 1 行相同（另一处 1）
        "#]],
    );
    let cut = STORY.replace("，让群众看到实实在在的变化", "").replace('，', "、");
    check(
        "similar-paragraph",
        &format!("{STORY}\n{cut}\n要狠抓落实。\n{STORY}"),
        expect![[r#"
            2:1 information 雷同段落：79% 与第 1 行相同（另一处 1）
        "#]],
    );
    silent("similar-paragraph", &[&format!("{STORY}\n要狠抓落实。\n{STORY}"), STORY]);
    // Word for word is another rule's.
    assert!(!found("duplicate-paragraph", &format!("{STORY}\n要狠抓落实。\n{STORY}")).is_empty());
}

/// Parallel paragraphs, which share their frame and not their matter.
const PARALLEL: [&str; 5] = [
    "要在抓项目、扩投资上争先进、创一流。坚持领导包抓、专班推进，盯紧前期手续、要素保障、施工进度三个环节，倒排工期、挂图作战，确保新建项目入库纳统、在建项目提速放量，以项目建设的实际成效检验干部的能力和作风。\n要在抓产业、强集群上争先进、创一流。坚持规划引领、链条延伸，做强特色种植、精深加工、品牌营销三个关键，一链一策、精准滴灌，确保龙头企业扩产增效、配套企业聚链成群，以项目建设的实际成效检验干部的能力和作风。",
    "第一项议程，请县委副书记、县长张强同志宣读表彰决定，请获奖的同志做好准备，按照先集体后个人的顺序依次上台领奖，会务人员做好引导，请大家以热烈的掌声表示祝贺。\n第二项议程，请县委常委、组织部部长李明同志通报考核结果，请参会的同志认真听取，对照差距查找原因，会后各单位要专题研究，拿出整改措施，报县委办公室备案。",
    "坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，认真落实省委、市委部署要求，坚持稳中求进工作总基调，完整准确全面贯彻新发展理念，加快推进项目建设，奋力实现全年目标，不断开创各项工作新局面。\n坚持以习近平新时代中国特色社会主义思想为指导，深入贯彻党的二十大精神，突出抓好基层党建，健全组织体系，建强战斗堡垒，把党的政治优势转化为治理优势，把组织活力转化为发展动力，让党旗在基层一线高高飘扬。",
    "有的干部学习不深不透，满足于一知半解，讲起来头头是道，干起来束手无策，遇到矛盾绕着走，碰到问题往上交，群众很不满意，必须下大力气加以解决，切实把作风转过来、把干劲提起来。\n有的干部担当不够有力，满足于完成任务，布置工作雷声大，落实起来雨点小，该管的事情不敢管，该抓的工作不敢抓，群众很不满意，必须下大力气加以解决，切实把作风转过来、把干劲提起来。",
    "各乡镇要切实担负起主体责任，主要负责同志要亲自部署、亲自过问、亲自协调，层层传导压力，压紧压实责任，把工作抓实抓细抓到位。\n县直各部门要切实担负起监管责任，主要负责同志要亲自部署、亲自过问、亲自协调，主动靠前服务，加强业务指导，形成齐抓共管的合力。",
];

#[test]
fn parallel_paragraphs_are_no_copies() {
    silent("similar-paragraph", &PARALLEL);
}

#[test]
fn blanks_written_in_several_ways() {
    check(
        "mixed-placeholder",
        "XX区要带头，XX镇要跟上，完成投资X亿元。\n刚才，××同志作了说明，某某市的做法值得学习。\n20XX年X月",
        expect![[r#"
            2:4 hint 占位符写法不一：X、×、某（另一处 1） → 刚才，XX同志作了说明，XX市的做法值得学习。
        "#]],
    );
    silent(
        "mixed-placeholder",
        &[
            "XX区要带头，X镇要跟上，完成投资X亿元，20XX年X月X日，Ｘ个项目。",
            "会议由____主持，请假        名。【待补】XX区要带头。",
            "XX区要建设4×100米跑道，1+X证书，某些同志，二〇二四年，5*8小时。",
            "推动*高质量发展，*市*局，增长*%。",
        ],
    );
}

#[test]
fn one_thing_in_two_forms() {
    check(
        "mixed-form",
        "按照县委、县政府部署，抓好落实。县委县政府高度重视。\n县委、县政府多次研究，建好台账。",
        expect![[r#"
            1:17 hint 写法不一：“县委县政府” 1 处，“县委、县政府” 2 处（另一处 1） → 按照县委、县政府部署，抓好落实。县委、县政府高度重视。
        "#]],
    );
    check(
        "mixed-form",
        "算清時間賬、任務帳，年底算總賬。",
        expect![[r#"
            1:9 hint 寫法不一：“帳” 1 處，“賬” 1 處（另一处 1） → 算清時間賬、任務賬，年底算總賬。
        "#]],
    );
    silent(
        "mixed-form",
        &[
            "按照县委、县政府部署，县委县政府督查室跟踪督办。",
            "市委、市政府高度重视，县委县政府抓好落实。",
            "一部分量化指标已经完成，要掂出责任的分量。",
        ],
    );
}

#[test]
fn days_in_a_dated_draft() {
    let draft = |text: &str| dated("在全县工作会议上的讲话", "2026年1月8日", text, "");
    check(
        "relative-day",
        &draft("昨天我到两个村转了转，请各单位于明天下午报送，今天下午3点签收。"),
        expect![[r#"
            4:1 hint 日期指代：“昨天”宜写明几月几日
            4:17 hint 日期指代：“明天”宜写明几月几日
            4:24 hint 日期指代：“今天”宜写明几月几日
        "#]],
    );
    let right: Vec<String> = [
        "今天，我们召开会议，就是要走好今天的路，创造更加美好的明天。",
        "昨天、今天和明天，一代一代接着干；明天会更好，迈向明天，赢得明天！",
        "先天不足、后天努力，打造明日之星，过了昨日的关。",
    ]
    .iter()
    .map(|text| draft(text))
    .chain(["同志们：\n请各单位明天报送方案。".to_owned()])
    .collect();
    silent("relative-day", &right.iter().map(String::as_str).collect::<Vec<_>>());
}

#[test]
fn what_a_filter_left() {
    check(
        "filter-residue",
        "要进1步统1思想，1旦发现问题，1票否决；1把手要做到1以贯之。党的2十大、十9大精神。",
        expect![[r#"
            1:2 warning 过滤残留：“进1步”应为“进一步” → 要进一步统1思想，1旦发现问题，1票否决；1把手要做到1以贯之。党的2十大、十9大精神。（稳妥）
            1:5 warning 过滤残留：“统1思想”应为“统一思想” → 要进1步统一思想，1旦发现问题，1票否决；1把手要做到1以贯之。党的2十大、十9大精神。（稳妥）
            1:10 warning 过滤残留：“1旦”应为“一旦” → 要进1步统1思想，一旦发现问题，1票否决；1把手要做到1以贯之。党的2十大、十9大精神。（稳妥）
            1:17 warning 过滤残留：“1票否决”应为“一票否决” → 要进1步统1思想，1旦发现问题，一票否决；1把手要做到1以贯之。党的2十大、十9大精神。（稳妥）
            1:22 warning 过滤残留：“1把手”应为“一把手” → 要进1步统1思想，1旦发现问题，1票否决；一把手要做到1以贯之。党的2十大、十9大精神。（稳妥）
            1:28 warning 过滤残留：“1以贯之”应为“一以贯之” → 要进1步统1思想，1旦发现问题，1票否决；1把手要做到一以贯之。党的2十大、十9大精神。（稳妥）
            1:35 warning 过滤残留：“2十大”应为“二十大” → 要进1步统1思想，1旦发现问题，1票否决；1把手要做到1以贯之。党的二十大、十9大精神。（稳妥）
            1:39 warning 过滤残留：“十9大”应为“十九大” → 要进1步统1思想，1旦发现问题，1票否决；1把手要做到1以贯之。党的2十大、十九大精神。（稳妥）
        "#]],
    );
    silent(
        "filter-residue",
        &[
            "前进1步，再进1步。迈进1步就是胜利，荣获第1名，第1把手术刀，系统1套，1系、2系，11旦、21些。",
            "增长1.1%，1、提高认识，（1）压实责任，1件1件抓落实，1起事故，1直升机，A1些。",
            "目录. . . . . . 5\n第一章. . . . . 7\n1. . 标题",
        ],
    );
}

#[test]
fn what_shows_where_a_reference_leads_nowhere() {
    check(
        "field-error",
        "任务分工见错误！未找到引用源。全年完成投资#REF!亿元。\n一、总体要求\t错误!未定义书签。\n未找到目录项。",
        expect![[r#"
            1:6 warning 域错误：“错误！未找到引用源。”处的引用没有找到所指的内容，请重新插入，或者改成文字
            1:22 warning 域错误：“#REF!”处的引用没有找到所指的内容，请重新插入，或者改成文字
            2:8 warning 域错误：“错误!未定义书签。”处的引用没有找到所指的内容，请重新插入，或者改成文字
            3:1 warning 域错误：“未找到目录项。”处的引用没有找到所指的内容，请重新插入，或者改成文字
        "#]],
    );
    let draft =
        "各乡镇要把重点任务逐项分解，落实到单位、落实到人，定期调度，年底对账销号，分工見錯誤! 找不到參照來源。";
    check(
        "field-error",
        draft,
        expect![[r#"
        1:41 warning 域错误：“錯誤! 找不到參照來源。”处的引用没有找到所指的内容，请重新插入，或者改成文字
    "#]],
    );
    let draft = "各乡镇要把重点任务逐项分解，落实到单位、落实到人，定期调度，年底对账销号，分工见Error! Reference source not found.，从严考核。";
    check(
        "field-error",
        draft,
        expect![[r#"
        1:41 warning 域错误：“Error! Reference source not found.”处的引用没有找到所指的内容，请重新插入，或者改成文字
    "#]],
    );
    silent(
        "field-error",
        &[
            "纠正错误！未找到引用源头的水库要排查。",
            "档案里未定义书签，网页上未找到目录项的有三处。",
            "C#、#1机组、N/A都要讲清楚。",
        ],
    );
}

#[test]
fn where_a_stop_is_missing() {
    let long = "今年以来，全县上下凝心聚力、真抓实干，项目建设、民生改善、作风转变都取得了明显成效";
    check(
        "missing-stop",
        &format!("同志们：\n　　{long} \n要狠抓落实。"),
        expect![[r#"
            2:3 hint 段末缺标点 → 　　今年以来，全县上下凝心聚力、真抓实干，项目建设、民生改善、作风转变都取得了明显成效。 
        "#]],
    );
    silent(
        "missing-stop",
        &[
            &format!("一、{long}\n要狠抓落实。"),
            &format!("{long}。"),
            &format!("{long}："),
            &format!("（{long}）"),
            "要狠抓落实",
        ],
    );
}

#[test]
fn times_that_can_be_reckoned() {
    let speech = |date: &str, text: &str| format!("在全县工作会议上的讲话\n（{date}）\n同志们：\n{text}");
    check(
        "period-mismatch",
        &speech("2026年3月3日", "培训班3月6日（星期六）开班。"),
        expect![[r#"
        4:9 warning 时期不符：“星期六”，2026年的这一天是星期五
    "#]],
    );
    check(
        "period-mismatch",
        &speech("2026年6月28日", "学校创办于1956年，今年迎来建校80周年。"),
        expect![[r#"
        4:18 warning 时期不符：“80周年”，算来是70周年
    "#]],
    );
    silent(
        "period-mismatch",
        &[
            &speech("2026年3月3日", "培训班3月6日（星期五）开班。"),
            &speech("2026年12月3日", "培训班1月6日（星期三）开班。"),
            &speech("2026年6月28日", "学校创办于1956年，今年迎来建校70周年。"),
            "同志们：\n培训班3月6日（星期六）开班。",
            "学校创办于1956年，今年迎来建校80周年。",
        ],
    );
}

#[test]
fn one_person_that_the_sentence_goes_on_from() {
    check(
        "name-mismatch",
        "第一书记李晓楠带着大家修渠。\n今天，第一书记李小楠也来了。",
        expect![[r#"
        2:8 warning 姓名不一致：书记此处是“李小楠”，另一处是“李晓楠”（另一处 1）
    "#]],
    );
    check(
        "name-mismatch",
        "请来了全国劳模孟广福同志。\n孟广富同志干了三十一年。",
        expect![[r#"
        2:1 warning 姓名不一致：此处是“孟广富”，另一处是“孟广福”（另一处 1）
    "#]],
    );
    silent("name-mismatch", &["副县长王海明主持会议，县政协副主席王海民参加会议。", "校长高度重视。\n校长高度中肯。"]);
}

#[test]
fn a_meeting_with_two_numbers() {
    let speech = |text: &str| format!("在青山镇第九次党员代表大会上的开幕词\n各位代表：\n{text}");
    check(
        "meeting-mismatch",
        &speech("今天，我们召开青山镇第十次党员代表大会。"),
        expect![[r#"
        3:11 warning 会议不符：标题是“第九次”，这里说的是“第十次”（另一处 1）
    "#]],
    );
    silent(
        "meeting-mismatch",
        &[
            &speech("今天，我们召开青山镇第九次党员代表大会。"),
            &speech("今天回顾第八次党员代表大会以来的工作，成绩很大。"),
        ],
    );
}
