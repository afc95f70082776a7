//! Ordinals, counts and placeholders as real drafts have them, beyond the lines of the specification: each was
//! once missed or taken for something else.

use expect_test::expect;
use jianggao::analysis::{Analysis, Markup};
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::Settings;
use jianggao::text::Flat;

use crate::domain::{check, check_as, nothing, placeholders};

#[test]
fn the_first_item_stands_behind_a_word() {
    check(
        "成绩滑坡，主要原因一是抓得不紧，二是查得不严，三是改得不实。",
        expect![[r#"
        一是抓得不紧
        二是查得不严
        三是改得不实
    "#]],
    );
    check(
        "问题的根子，最直接的原因一是抓得不紧。\n二是查得不严。\n三是改得不实。",
        expect![[r#"
        一是抓得不紧
        二是查得不严
        三是改得不实
    "#]],
    );
    check(
        "各单位一要抓早，二要抓小，三要抓实。",
        expect![[r#"
        一要抓早
        二要抓小
        三要抓实
    "#]],
    );
    // The first is said in other words: nothing is missing.
    check(
        "抓班子，这是第一；第二，抓队伍；第三，抓作风。",
        expect![[r#"
        第二，抓队伍
        第三，抓作风
    "#]],
    );
}

#[test]
fn names_that_begin_with_a_numeral() {
    nothing("四川的经验值得学习。\n四川的同志介绍得很好。");
    nothing("八大路线是正确的。\n八大以后走了弯路。");
    nothing("详见《选集》，第 2 册，第 34 页。");
}

#[test]
fn the_programme_of_a_meeting() {
    check(
        "今天的会议有三项议程：一是通报情况；二是表态发言；三是领导讲话。\n下面，进行会议第一项议程，请局长通报情况。\n……\n现在进行第二项，请村支书发言。\n……\n最后，进行第四项议程，请县长讲话。",
        expect![[r#"
            一是通报情况
            二是表态发言
            三是领导讲话
            第一项议程，请局长通报情况
            第二项，请村支书发言
            第四项议程，请县长讲话
            6:6 warning numbering-gap 编号跳号：此处“第四项议程”应为“第三项议程”，或者缺少“第三项议程”（一、二、四） → 第三项议程，
        "#]],
    );
    check(
        "今天会议的议程共有四项。\n第一项，奏国歌。\n第二项，作报告。\n第三项，宣布结果。",
        expect![[r#"
        第一项，奏国歌
        第二项，作报告
        第三项，宣布结果
        1:10 warning count-mismatch 数目不符：宣布“四项”（4），下文列出 3 项（“第一项”至“第三项”），文稿可能不完整 → 三
    "#]],
    );
    nothing("下面进行第二项改革。\n会议第一项议程已经结束。");
}

#[test]
fn articles_letters_and_roman_numerals() {
    check(
        "第一章　总则\n第一条　为规范管理，制定本办法。\n第二条　本办法适用于全体职工。\n第二章　考勤\n第三条　请假按下列规定办理：\n（一）半天的，口头报告；\n（二）一天的，书面报告。\n第五条　本办法自印发之日起施行。",
        expect![[r#"
            第一章总则
              第一条为规范管理，制定本办法
              第二条本办法适用于全体职工
            第二章考勤
              第三条请假按下列规定办理
                （一）半天的，口头报告
                （二）一天的，书面报告
              第五条本办法自印发之日起施行
            8:1 information numbering-gap 编号跳号：此处“第五条”应为“第四条”，或者缺少“第四条”（三、五） → 第四条
        "#]],
    );
    check(
        "Ⅰ.基本情况\nⅡ.主要做法\nⅣ.下步打算\nⅤ.几点建议",
        expect![[r#"
        Ⅰ.基本情况
        Ⅱ.主要做法
        Ⅳ.下步打算
        Ⅴ.几点建议
        3:1 warning numbering-gap 编号跳号：“Ⅳ”之前缺“Ⅲ”（Ⅰ、Ⅱ、Ⅳ、Ⅴ） → Ⅲ.|Ⅳ.
    "#]],
    );
    check(
        "一、学习内容\nA.学原著。B.学讲话。C.学党章。\n二、学习方式\na）自学\nb）研讨",
        expect![[r#"
        一、学习内容
          A.学原著
          B.学讲话
          C.学党章
        二、学习方式
          a）自学
          b）研讨
    "#]],
    );
    nothing("Ⅱ类水质占比提高，A类企业、B类企业分级管理。");
    nothing("A、B两个标段同时开工，A股、H股上市。");
}

#[test]
fn labels_that_number_a_topic() {
    check(
        "下面，我和大家交流三个话题。\n话题一：怎样沟通\n话题二：怎样陪伴",
        expect![[r#"
        话题一：怎样沟通
        话题二：怎样陪伴
        1:10 warning count-mismatch 数目不符：宣布“三个话题”（3），下文列出 2 项（“话题一”至“话题二”），文稿可能不完整 → 两
    "#]],
    );
}

#[test]
fn things_to_do() {
    check(
        "今天主要议三件事：第一件，修路；第二件，通水。\n下步，重点抓好两件事。\n第一件事，抓项目。\n第二件事，抓企业。",
        expect![[r#"
        第一件，修路
        第二件，通水
        第一件事，抓项目
        第二件事，抓企业
        1:6 warning count-mismatch 数目不符：宣布“三件事”（3），下文列出 2 项（“第一件”至“第二件”） → 两
    "#]],
    );
}

#[test]
fn a_list_begins_anew_behind_the_first() {
    check(
        "有三个特点：一是大，二是优，三是快。同时，也有两个不足：一是不平衡，二是不充分，三是不配套。",
        expect![[r#"
            一是大
            二是优
            三是快
            一是不平衡
            二是不充分
            三是不配套
            1:24 warning count-mismatch 数目不符：宣布“两个不足”（2），下文列出 3 项（“一是”至“三是”） → 三
        "#]],
    );
    check(
        "一是抓学习，做到三个结合：一是学思结合，二是知行结合，三是学用结合。二是抓作风。",
        expect![[r#"
        一是抓学习，做到三个结合
          一是学思结合
          二是知行结合
          三是学用结合
        二是抓作风
    "#]],
    );
}

#[test]
fn the_odd_first_of_a_list() {
    check(
        "首先，党委政府要主导。\n第二，企业要主体。\n第三，群众要主动。",
        expect![[r#"
        首先，党委政府要主导
        第二，企业要主体
        第三，群众要主动
        1:1 hint numbering-mixed 序号混用：此处“首先”与同一序列的写法不一致，应为“第一” → 第一，
    "#]],
    );
    check(
        "他的发言很好。首先，主题鲜明。\n其次，层次清楚。\n第三，语言生动。",
        expect![[r#"
        首先，主题鲜明
        其次，层次清楚
        第三，语言生动
    "#]],
    );
}

#[test]
fn a_list_of_several_items_that_is_over() {
    // The requirements are complete; what follows is the next part, not a lower level of the last.
    check(
        "要求：\n1.观点明确；\n2.语言流畅。\n一、标题要新\n二、开头要快",
        expect![[r#"
        1.观点明确
        2.语言流畅
        一、标题要新
        二、开头要快
    "#]],
    );
    check(
        "要求：1.观点明确；\n2.语言流畅；\n3.字数适当。",
        expect![[r#"
        1.观点明确
        2.语言流畅
        3.字数适当
    "#]],
    );
    // The outer list goes on: upside down.
    check(
        "1.抓谋划。\n（一）定方案。\n（二）排工期。\n2.抓推进。\n（一）周调度。\n（二）月通报。",
        expect![[r#"
            1.抓谋划
              （一）定方案
              （二）排工期
            2.抓推进
              （一）周调度
              （二）月通报
            2:1 information numbering-level 层级倒置：“（一）”用在“1.”之下，次序应为 一、→（一）→ 1. →（1）
            5:1 information numbering-level 层级倒置：“（一）”用在“2.”之下，次序应为 一、→（一）→ 1. →（1）
        "#]],
    );
}

#[test]
fn what_stands_behind_the_speech() {
    check(
        "我讲两点意见。\n一、抓学习\n二、抓落实\n大家回去就办。\n附件：1.任务清单\n　　　2.责任清单\n　　　3.时间表",
        expect![[r#"
            一、抓学习
            二、抓落实
        "#]],
    );
    check(
        "一、抓学习\n二、抓落实\n同志们，会后要做到：一要传达，二要部署，三要督查！",
        expect![[r#"
        一、抓学习
        二、抓落实
        一要传达
        二要部署
        三要督查
    "#]],
    );
}

#[test]
fn the_ordinals_of_hard_wrapped_text() {
    check(
        "在全县经济形势分析会上的讲话\n同志们：\n今年以来，各级各部门抓项目抓招商抓服务，总的看形势是好的，\n但问题也不少。究其原因，一是思想认识不到位，存在等一等看一\n看的想法；二是工作措施不到位，办法不多；三是督促检查不到位，\n走了过场。\n一、突出重点抓项目\n（一）抓好在建项目。要倒排工期，挂图作战，一要保进度，二要\n保质量，三要保安全，确保年底前全部完工。\n（二）抓好储备项目。要眼睛向上，主动对接。\n二、转变作风抓落实\n大家要一级带着一级干，一件接着一件办，把说过的话落到实处。",
        expect![[r#"
            一是思想认识不到位，存在等一等看一
            二是工作措施不到位，办法不多
            三是督促检查不到位，
            一、突出重点抓项目
              （一）抓好在建项目
                一要保进度
                二要
                三要保安全，确保年底前全部完工
              （二）抓好储备项目
            二、转变作风抓落实
        "#]],
    );
}

#[test]
fn headings_and_lists_of_markdown() {
    let text = "# 在现场会上的讲话\n\n## 1. 看变化\n\n产值增长**12.5%**，达到**3亿元**，引进**5G**基站。\n\n## 2. 看差距\n\n1. 链条短。\n2. 人才少。\n\n## 3. 看未来\n\n1. 抓产业。\n3. 抓人才。\n4. 抓治理。\n";
    check_as(
        text,
        Markup::Markdown,
        expect![[r#"
        1.看变化
        2.看差距
          1.链条短
          2.人才少
        3.看未来
          1.抓产业
          3.抓人才
          4.抓治理
        15:1 warning numbering-gap 编号跳号：“3.”之前缺“2.”（1、3、4） → 2.|3.
    "#]],
    );
}

#[test]
fn beside_a_placeholder() {
    for (text, expected) in [
        ("上线应用**46个**，办结率达到**98.5%**。", &[][..]),
        ("“文旅+”和数据要素×，都要抓好。", &[]),
        ("经费○○萬元。", &["○○"]),
        ("省政府已于今年月底批复，责任落实到人，应到人员都到了。", &["年月"]),
        ("（某位领导，可以前后对照进行准确替换）指出，要抓早抓小。", &["（某位领导，可以前后对照进行准确替换）"]),
        ("请假人员要报备，今年十月底前完成。", &[]),
        ("中欧班列X8037次发车，新增X00人、X.5亿元、X0万亩。", &["X00", "X.5", "X0"]),
    ] {
        placeholders(text, expected);
    }
}

/// What the placeholders of `text` are said to stand for, and in how many places.
#[track_caller]
fn kinds(text: &str, expected: &[&str]) {
    let lines = Flat::new(text);
    let settings = std::sync::Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let found: Vec<String> = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .iter()
        .filter(|d| d.rule.code == "placeholder")
        .filter_map(|d| d.message.strip_prefix("占位符").or(d.message.strip_prefix("佔位符")))
        .map(|message| message.replace("未填写：", "").replace("未填寫：", ""))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn what_a_placeholder_stands_for() {
    kinds("《××条例》要宣传，××座谈会要开好。", &["“××条例”名称", "“××座谈会”会议"]);
    kinds("增长×成，冲锋舟×艘，抢救×例。", &["“×成”百分比", "“×艘”数量", "“×例”数量"]);
    kinds("让×成为标杆，××支部、××事业部带头。", &["“×”未填写", "“××支部”单位", "“××事业部”单位"]);
    kinds("由×××、×××领学，涌现出XX、XXX等典型。", &["“×××”人名", "“×××”人名", "“XX”人名", "“XXX”人名"]);
    kinds("跑遍了××、××、××三省，我代表××致谢。", &["“××”未填写", "“××”未填写", "“××”未填写", "“××”未填写"]);
    kinds("X总强调，×××代表发言，X总体向好。", &["“X总”人名", "“×××代表”人名", "“X”未填写"]);
    kinds("请【姓名】讲话，投资[金额]。", &["“【姓名】”人名", "“[金额]”数量"]);
    kinds("請××省長講話，××議員列席。", &["“××省長”人名", "“××議員”人名"]);
}
