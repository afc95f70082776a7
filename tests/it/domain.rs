//! The lines of the domain specification: what is an ordinal and what is not, what is a placeholder
//! and what is not, what each slip is reported as.

use std::sync::Arc;

use expect_test::{Expect, expect};
use jianggao::analysis::{Analysis, Markup};
use jianggao::features::symbols::{Symbol, symbols};
use jianggao::locale::Locale;
use jianggao::rules::diagnostics;
use jianggao::settings::Settings;
use jianggao::text::{Encoding, Flat};

/// The outline as `marker heading` lines, indented by level.
fn outline(text: &str, markup: Markup) -> String {
    fn walk(nodes: &[Symbol], depth: usize, out: &mut String) {
        for node in nodes {
            out.push_str(&format!("{}{}\n", "  ".repeat(depth), node.name));
            walk(&node.children, depth + 1, out);
        }
    }
    let lines = Flat::new(text);
    let mut out = String::new();
    walk(&symbols(&Analysis::new(&lines, markup, &Arc::default()), &lines), 0, &mut out);
    out
}

/// The findings as `line:column severity code message → fix`.
fn findings(text: &str, markup: Markup) -> String {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, markup, &settings);
    let mut out = String::new();
    for d in diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX) {
        let at = Encoding::Utf32.position(&lines, d.span.start);
        let fix = d.fix.map_or(String::new(), |f| {
            format!(" → {}", f.edits.iter().map(|e| e.text.as_str()).collect::<Vec<_>>().join("|"))
        });
        out.push_str(&format!(
            "{}:{} {} {} {}{fix}\n",
            at.line + 1,
            at.column + 1,
            d.severity.name(),
            d.rule.code,
            d.message
        ));
    }
    out
}

#[track_caller]
pub(crate) fn check(text: &str, expected: Expect) {
    check_as(text, Markup::Plain, expected);
}

#[track_caller]
pub(crate) fn check_as(text: &str, markup: Markup, expected: Expect) {
    let mut shown = outline(text, markup);
    shown.push_str(&findings(text, markup));
    expected.assert_eq(&shown);
}

/// Nothing in the outline, nothing to report — alone, and inside an otherwise sound draft.
#[track_caller]
pub(crate) fn nothing(text: &str) {
    assert_eq!(outline(text, Markup::Plain) + &findings(text, Markup::Plain), "", "{text}");
    let around = format!("同志们：\n一、提高认识\n{text}\n二、压实责任\n大家要抓好落实。");
    assert_eq!(findings(&around, Markup::Plain), "", "{around}");
    assert_eq!(outline(&around, Markup::Plain), "一、提高认识\n二、压实责任\n", "{around}");
}

#[track_caller]
pub(crate) fn placeholders(text: &str, expected: &[&str]) {
    let lines = Flat::new(text);
    let settings = Arc::new(Settings::default());
    let analysis = Analysis::new(&lines, Markup::Plain, &settings);
    let found: Vec<String> = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX)
        .iter()
        .filter(|d| d.rule.code.starts_with("placeholder"))
        .map(|d| jianggao::text::Lines::text(&lines, d.span))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn what_is_no_ordinal() {
    for text in [
        "做到一是一、二是二。",
        "“丁是丁，卯是卯，一是一”",
        "十是十，十四是十四，四十是四十。",
        "一、二、三产业占比进一步优化。",
        "一、二线城市",
        "三、四点意见",
        "十一、十二月份",
        "五、六月间",
        "第一、二、三产业协调发展。",
        "他考了理科第一、二名。",
        "第一、第二批已经到位。",
        "要抓住第一时间，争当第一方阵，落实第一责任人。",
        "第一季度，全县开局良好。",
        "第一批项目、第一梯队、第一位、第一产业、第一要务、第一书记、第一个百年奋斗目标。",
        "一些地方，一种现象，一件接着一件，一切为了群众，一定要抓，一般公共预算，一会儿。",
        "一手抓发展，一手抓稳定。",
        "一山放过一山拦。",
        "一年出形象、两年成规模、三年见成效。",
        "说一千道一万，三步并作两步。",
        "二中、三中、四中全会精神。",
        "一产抓特色、二产抓提升、三产抓融合。",
        "一本、二本以上上线人数。",
        "一期、二期工程进展顺利。",
        "“六要六不要”，“五比五不比”，“三管三必须”。",
        "再除去双休日、十一长假。",
        "十一、长假期间注意安全。",
        "小（二）型水库，大(一)型水库。",
        "第（三）项，见（二），前款（一）规定，本节（二）所述。",
        "十九大，“十三五”，十四五，三中全会，五四青年节。",
        "二〇二四年工作总结。",
        "139.2亿元，3.8%，-1.8%，3.15晚会，1.1，10:00。",
        "1.5亿元的投资已经落地。",
        "2012.7.1起施行。",
        "1、2月份开局良好。",
        "3、4号楼已经封顶。",
        "分别为1、2；3、4。",
        "再次强调，再次感谢，再次获得，再次召开。",
        "首先要统一思想认识。",
        "打通最后一公里，打好最后一百天。",
        "二者兼顾，三者统一，一来二去，一则消息。",
        "赵一德同志，王二要来。",
        "这是第一要务。",
        "他一要就给。",
        "一是因为情况复杂。",
        "四分之三是山地，方法一是试点，二选一要就地。",
        "一抓到底，一查到底，一问三不知。",
        "一方面军的历史。",
        "我讲几点意见。",
        "切实增强“四个意识”。",
        "一、三、五季度对比。",
    ] {
        nothing(text);
    }
}

#[test]
fn inline_sequences() {
    check(
        "一是抓学习。一是抓作风。三是抓落实。",
        expect![[r#"
            一是抓学习
            一是抓作风
            三是抓落实
            1:7 warning numbering-duplicate 编号重复：此处“一是”应为“二是”（一、一、三） → 二是
        "#]],
    );
    check(
        "一要吃饭，二要建设。",
        expect![[r#"
            一要吃饭
            二要建设
        "#]],
    );
    check(
        "主要原因：一是情况复杂，二是力量不足。",
        expect![[r#"
            一是情况复杂
            二是力量不足
        "#]],
    );
    check(
        "有三个环节：一是二级审核，二是三级复核，三是三方会签。",
        expect![[r#"
            一是二级审核
            二是三级复核
            三是三方会签
        "#]],
    );
    check(
        "要做到“一要明、二要细”，二是抓细节。",
        expect![[r#"
            一要明
            二要细
        "#]],
    );
    check(
        "第一，讲政治；二是讲纪律；第三，讲规矩。",
        expect![[r#"
            第一，讲政治
            二是讲纪律
            第三，讲规矩
            1:8 hint numbering-mixed 序号混用：此处“二是”与同一序列的写法不一致，应为“第二” → 第二，
        "#]],
    );
    check(
        "首先，抓学习。其次，抓整改。再次，抓巩固。最后，抓提升。",
        expect![[r#"
        首先，抓学习
        其次，抓整改
        再次，抓巩固
        最后，抓提升
    "#]],
    );
    check(
        "一二三一二三是两个序列：一要快，二要稳，三要准。一要真，二要实，三要新。",
        expect![[r#"
            一要快
            二要稳
            三要准
            一要真
            二要实
            三要新
        "#]],
    );
    check(
        "一方面要抓防控，另一方面要促生产。",
        expect![[r#"
            一方面要抓防控
            另一方面要促生产
        "#]],
    );
    check(
        "大家要扪心自问：一问初心在不在，二问作风实不实，三问群众满意不满意。",
        expect![[r#"
            一问初心在不在
            二问作风实不实
            三问群众满意不满意
        "#]],
    );
    check(
        "主要有三个原因：一是情况复杂。\n二是力量不足。\n三是办法不多。",
        expect![[r#"
        一是情况复杂
        二是力量不足
        三是办法不多
    "#]],
    );
}

#[test]
fn sections() {
    check(
        "一、提高认识\n（一）深化学习。要学深悟透。\n1.学原文。\n（1）通读。\n①第一章\n②第二章\n（二）搞好宣传。\n二、压实责任",
        expect![[r#"
        一、提高认识
          （一）深化学习
            1.学原文
              （1）通读
                ①第一章
                ②第二章
          （二）搞好宣传
        二、压实责任
    "#]],
    );
    check(
        "⼀、提高认识\n二、压实责任",
        expect![[r#"
        ⼀、提高认识
        二、压实责任
        1:1 hint numbering-mark 序号标点：“⼀、”应为“一、” → 一、
    "#]],
    );
    check(
        "一、提高认识\n（一）、加强领导。要动真格。\n（二）压实责任。要见成效。",
        expect![[r#"
        一、提高认识
          （一）、加强领导
          （二）压实责任
        2:1 hint numbering-mark 序号标点：“（一）、”应为“（一）” → （一）
    "#]],
    );
    check(
        "1。标题\n2.标题",
        expect![[r#"
        1。标题
        2.标题
        1:1 hint numbering-mark 序号标点：“1。”应为“1.” → 1.
    "#]],
    );
    check(
        "　　壹、前言\n　　貳、現況\n　　參、對策",
        expect![[r#"
        壹、前言
        貳、現況
        參、對策
    "#]],
    );
    check(
        "## 一、提高认识\n\n**（一）加强学习。** 要学深。\n\n**（二）加强宣传。** 要讲透。\n\n## 二、压实责任",
        expect![[r#"
            一、提高认识
              （一）加强学习
              （二）加强宣传
            二、压实责任
            1:1 information markdown-residue 标记残留：4 行带有 Markdown 的记号，印出来会是井号、星号或横线
        "#]],
    );
    check(
        "第一句话：成绩来之不易。\n第二句话：问题不容忽视。",
        expect![[r#"
        第一句话：成绩来之不易
        第二句话：问题不容忽视
    "#]],
    );
    check(
        "要讲政治。大家记牢。\n要讲纪律。大家守住。\n要讲规矩。大家做到。",
        expect![[r#"
        要讲政治
        要讲纪律
        要讲规矩
    "#]],
    );
}

#[test]
fn the_first_item_may_be_said_in_other_words() {
    for first in ["头一件，修路。", "先说第一桩，修路。"] {
        let found =
            findings(&format!("{first}路通了。\n第二件，架桥。桥成了。\n第三件，引水。水来了。"), Markup::Plain);
        assert!(!found.contains("numbering-start"), "{first} {found}");
    }
    let found = findings("修路的事。路通了。\n第二件，架桥。桥成了。\n第三件，引水。水来了。", Markup::Plain);
    assert!(found.contains("numbering-start"), "{found}");
}

#[test]
fn what_announced_a_list_may_stand_behind_it() {
    let items = "一看坡脚有没有渗水，二看堤顶有没有裂缝，三看闸门灵不灵，四看沙袋够不够";
    let back = findings(&format!("巡堤要做到“四看”：{items}。四看做到了，心里才踏实。"), Markup::Plain);
    assert!(!back.contains("numbering"), "{back}");
    let again = findings(&format!("巡堤要做到“五看”：{items}，四看队伍齐不齐。"), Markup::Plain);
    assert!(again.contains("numbering-duplicate"), "{again}");
}

#[test]
fn defects_of_lists() {
    check(
        "（一）抓学习。\n（二）抓作风。\n（二）抓落实。\n（三）抓考核。",
        expect![[r#"
        （一）抓学习
        （二）抓作风
        （二）抓落实
        （三）抓考核
        3:1 warning numbering-duplicate 编号重复：此处“（二）”应为“（三）”（一、二、二、三） → （三）|（四）
    "#]],
    );
    check(
        "一、提高认识\n二、压实责任\n四、狠抓落实\n五、严明纪律",
        expect![[r#"
        一、提高认识
        二、压实责任
        四、狠抓落实
        五、严明纪律
        3:1 warning numbering-gap 编号跳号：“四、”之前缺“三、”（一、二、四、五） → 三、|四、
    "#]],
    );
    check(
        "一、提高认识\n二、压实责任\n三、狠抓落实\n五、严明纪律",
        expect![[r#"
        一、提高认识
        二、压实责任
        三、狠抓落实
        五、严明纪律
        4:1 warning numbering-gap 编号跳号：此处“五、”应为“四、”，或者缺少“四、”（一、二、三、五） → 四、
    "#]],
    );
    // The announced count tells which of the two it is.
    check(
        "下面，我讲四点意见。\n一、提高认识\n二、压实责任\n四、狠抓落实",
        expect![[r#"
        一、提高认识
        二、压实责任
        四、狠抓落实
        4:1 warning numbering-gap 编号跳号：“四、”之前缺“三、”（一、二、四）
    "#]],
    );
    check(
        "下面，我讲三点意见。\n一、提高认识\n二、压实责任\n四、狠抓落实",
        expect![[r#"
        一、提高认识
        二、压实责任
        四、狠抓落实
        4:1 warning numbering-gap 编号跳号：此处“四、”应为“三、”（一、二、四） → 三、
    "#]],
    );
    check(
        "二、压实责任\n三、狠抓落实",
        expect![[r#"
        二、压实责任
        三、狠抓落实
        1:1 warning numbering-start 编号从“二、”开始，缺“一、”（二、三） → 一、|二、
    "#]],
    );
    check(
        "一、提高认识\n1.学理论。\n（一）抓推进。\n（二）抓督查。",
        expect![[r#"
            一、提高认识
              1.学理论
                （一）抓推进
                （二）抓督查
            3:1 information numbering-level 层级倒置：“（一）”用在“1.”之下，次序应为 一、→（一）→ 1. →（1）
        "#]],
    );
    check(
        "下面，我讲三点意见。\n一、提高认识\n二、压实责任\n三、狠抓落实\n四、严明纪律",
        expect![[r#"
        一、提高认识
        二、压实责任
        三、狠抓落实
        四、严明纪律
        1:6 warning count-mismatch 数目不符：宣布“三点意见”（3），下文列出 4 项（“一、”至“四、”） → 四
    "#]],
    );
    check(
        "切实增强“四个意识”。一要讲政治。二要顾大局。",
        expect![[r#"
        一要讲政治
        二要顾大局
    "#]],
    );
    check(
        "同志们：\n我讲三点意见。\n一、提高认识\n二、压实责任\n三、狠抓落实\n同志们：\n我讲两点意见。\n一、再提高认识\n二、再压实责任",
        expect![[r#"
        一、提高认识
        二、压实责任
        三、狠抓落实
        一、再提高认识
        二、再压实责任
    "#]],
    );
}

#[test]
fn what_is_a_placeholder() {
    for (text, expected) in [
        ("XX光微公司落户。", &["XX"][..]),
        ("X光检查。", &[]),
        ("1+X证书制度。", &[]),
        ("建设X区。", &["X"]),
        ("全市GDPXX亿元，保持较快增长。", &["XX"]),
        ("全市GDPXX 亿元，保持较快增长。", &["XX"]),
        ("XXL码，MAXX品牌，xx.com网站，XXI世纪。", &[]),
        ("4×100米接力，2×2，7×24小时，3.5米×2米。", &[]),
        ("×县的经验。", &["×"]),
        ("“数据要素×”行动，“人工智能×”行动。", &[]),
        ("times;同志通报了情况。", &["times;"]),
        ("5*8小时。", &[]),
        ("摆放盆花*1。", &[]),
        ("*市*局的做法。", &["*", "*"]),
        ("**坚持党的领导。**要抓紧。", &[]),
        ("在**县委、**镇调研。", &["**", "**"]),
        ("某些同志，某种程度，某个方面，张某某，李某。", &[]),
        ("某某市的做法。", &["某某"]),
        ("○○縣的同志。", &["○○"]),
        ("自20XX年以来。", &["20XX"]),
        ("今年请假        名。", &["        "]),
        ("刚才，同志传达了精神。", &["同志"]),
        ("投资增长%，", &["%"]),
        ("下面谈打算。【待补】", &["【待补】"]),
        ("文号〔2024〕5号。", &[]),
        ("办法有待补充完善。", &[]),
        ("我讲X点意见。", &["X"]),
        ("维生素X，X射线，染色体XX染色体，5G+X，X-光。", &[]),
        ("增长X.X%，达到XX.X亿元。", &["X.X", "XX.X"]),
        ("会议由____主持，＿＿＿记录。", &["____", "＿＿＿"]),
        ("（此处插入数据）（待核实）（试行）（扩大）", &["（此处插入数据）", "（待核实）"]),
        ("我市第届人代会，连续个季度增长。", &["第届", "连续个"]),
        ("第X届X次全会，第××届。", &["X届X次", "××"]),
        ("TODO 补数据", &["TODO"]),
        ("网址 http://xx.com/XX/XX区，邮箱 xx@xx.com。", &[]),
        ("今年X月X日X书记来X调研。", &["X月X日", "X", "X"]),
        ("西康高铁*段，G345*东线，*北立交。", &["*", "*", "*"]),
        ("关注*、认可*、投资*、扎根*。", &["*", "*", "*", "*"]),
        ("* 第一条\n* 第二条", &[]),
        ("***", &[]),
        ("今天，我们欢聚一堂，隆重举行青石中学建校    周年庆典。", &["    "]),
        ("大家说是不是？？", &[]),
        ("增长？？%。", &["？？"]),
        ("　　年　　月　　日", &["年　　月　　日"]),
        ("5A景区，升A创A，Ⅱ类水质，+承诺制。", &[]),
        ("形成“X”字形交通网，X形布局，打“×”，“互联网+×”，A*算法。", &[]),
        ("*注：以上为初步统计。", &[]),
        ("20XX-20XX年，今年1-X月。", &["20XX-20XX", "1-X"]),
        ("GXX高速、SXX省道全线贯通，里程XXkm。", &["XX", "XX", "XX"]),
        ("请（姓名）同志讲话，（根据本地实际修改）。", &["（姓名）", "（根据本地实际修改）"]),
        ("表彰___名教师、___名班主任和___个集体。", &["___", "___", "___"]),
        ("自[ ]年[ ]月起。", &["[ ]年[ ]月"]),
        ("（此处停顿）（此处略有改动）", &[]),
        ("投资X,XXX万元，138XXXXXXXX。", &["X,XXX", "138XXXXXXXX"]),
        ("成效=机制×执行力，长×宽×高。", &[]),
        ("感谢 XX 同志。", &["XX"]),
        ("投入5X亿元，惠及1XX万人，增长3.X%，下降X.5%，新增X00人。", &["5X", "1XX", "3.X", "X.5", "X00"]),
        ("日期20XX.XX.XX，截至20XX-XX-XX。", &["20XX.XX.XX", "20XX-XX-XX"]),
        ("注：*为估算值，带*的为必办事项。", &[]),
        ("某月某日，（下略）", &["某月某日", "（下略）"]),
        ("毕业于**大学，**岁入党。", &["**", "**"]),
        ("增长[X]%，- [x] 已核对。", &["[X]"]),
        ("在市政协第○届○次会议上，定于○月○日召开。", &["○届○次", "○月○日"]),
        ("二○二四年，二〇一〇年○三月，第一○二次。", &[]),
        ("在此，我谨代表      向大家致谢，涌现出以      为代表的校友。", &["      ", "      "]),
        ("张三      李四      王五", &[]),
        ("值班电话0371-6XXXXXXX。", &["0371-6XXXXXXX"]),
        ("由20**年的***亿元增加到20**年的***亿元，增长**.*%。", &["20**", "***", "20**", "***", "**.*"]),
        ("截至{{年份}}，（开场白：此处介绍背景，约200字）", &["{{年份}}", "（开场白：此处介绍背景，约200字）"]),
    ] {
        placeholders(text, expected);
    }
}

#[test]
fn the_message_names_the_unit_and_how_often_it_stands() {
    check(
        "XX区要发力，XX区要创新，XX同志、XX同志要带头。",
        expect![[r#"
        1:1 warning placeholder 占位符“XX区”未填写：地名（全文 2 处）
        1:8 warning placeholder 占位符“XX区”未填写：地名（全文 2 处）
        1:15 warning placeholder 占位符“XX同志”未填写：人名
        1:20 warning placeholder 占位符“XX同志”未填写：人名
    "#]],
    );
}

#[test]
fn gaps_are_facts_of_their_own() {
    check(
        "由____主持，____发言，____区承办，____区协办。",
        expect![[r#"
        1:2 warning placeholder 占位符“____”未填写：人名
        1:9 warning placeholder 占位符“____”未填写：人名
        1:16 warning placeholder 占位符“____区”未填写：地名（全文 2 处）
        1:24 warning placeholder 占位符“____区”未填写：地名（全文 2 处）
    "#]],
    );
    check(
        "我谨代表      向大家致谢，涌现出以      为代表的校友。",
        expect![[r#"
        1:5 warning placeholder 占位符“      ”未填写
        1:21 warning placeholder 占位符“      ”未填写
    "#]],
    );
}

#[test]
fn what_it_stands_for() {
    check(
        "整治山塘XX口，挤出X千万元，新建XX斤粮仓，XX口岸、XX支行、XX部门、XX条例。",
        expect![[r#"
        1:5 warning placeholder 占位符“XX口”未填写：数量
        1:11 warning placeholder 占位符“X千万元”未填写：数量
        1:18 warning placeholder 占位符“XX斤”未填写：数量
        1:24 warning placeholder 占位符“XX口岸”未填写：地名
        1:29 warning placeholder 占位符“XX支行”未填写：单位
        1:34 warning placeholder 占位符“XX部门”未填写：单位
        1:39 warning placeholder 占位符“XX条例”未填写：名称
    "#]],
    );
    check(
        "出席会议的有：党委书记、董事长某某某，总经理XXX。县委书记XX县长，XX所长。电话：____",
        expect![[r#"
        1:16 warning placeholder 占位符“某某某”未填写：人名
        1:16 hint mixed-placeholder 占位符写法不一：X、某 → XXX
        1:23 warning placeholder 占位符“XXX”未填写：人名
        1:31 warning placeholder 占位符“XX县长”未填写：人名
        1:36 warning placeholder 占位符“XX所长”未填写：人名
        1:44 warning placeholder 占位符“____”未填写：号码
    "#]],
    );
}

#[test]
fn what_was_once_wrong() {
    // Numbered on over the sections.
    check(
        "一、抓项目\n（一）抓谋划。\n（二）抓开工。\n二、抓招商\n（三）抓队伍。\n（四）抓平台。",
        expect![[r#"
        一、抓项目
          （一）抓谋划
          （二）抓开工
        二、抓招商
          （三）抓队伍
          （四）抓平台
    "#]],
    );
    // A heading that begins with a number.
    check(
        "1.2024年完成投资12亿元。\n2.新开工项目36个。\n3.招商引资到位。",
        expect![[r#"
        1.2024年完成投资12亿元
        2.新开工项目36个
        3.招商引资到位
    "#]],
    );
    check(
        "二、主要任务\n2.1 抓项目\n2.2 抓民生",
        expect![[r#"
            二、主要任务
              2.1抓项目
              2.2抓民生
        "#]],
    );
    // 班子 is no class.
    check(
        "（一）思想方面。\n（二）队伍方面。\n（三）班子方面。\n（四）作风方面。",
        expect![[r#"
        （一）思想方面
        （二）队伍方面
        （三）班子方面
        （四）作风方面
    "#]],
    );
    // A list inside an item.
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
    // Two quotations, two lists.
    check(
        "有的“一是不愿干，二是不会干”；有的“一是怕，二是拖”。",
        expect![[r#"
        一是不愿干
        二是不会干
        一是怕
        二是拖
    "#]],
    );
    // Half-width full stops.
    check(
        "一是责任要压实.要亲自部署.二是监管要到位.三是考核要严.",
        expect![[r#"
            一是责任要压实
            二是监管要到位
            三是考核要严
            1:14 information halfwidth-punctuation 半角标点：应为全角“。” → 。
            1:22 information halfwidth-punctuation 半角标点：应为全角“。” → 。
            1:29 information halfwidth-punctuation 半角标点：应为全角“。” → 。
        "#]],
    );
    // An odd item between commas.
    check(
        "一要快，二要稳，三是准，四要实。",
        expect![[r#"
            一要快
            二要稳
            三是准
            四要实
            1:9 hint numbering-mixed 序号混用：此处“三是”与同一序列的写法不一致，应为“三要” → 三要
        "#]],
    );
    check(
        "第一，认识要到位。第二是措施要到位。第三，责任要到位。",
        expect![[r#"
        第一，认识要到位
        第二是措施要到位
        第三，责任要到位
        1:10 hint numbering-mixed 序号混用：此处“第二是”与同一序列的写法不一致，应为“第二” → 第二，
    "#]],
    );
    // The gap has said it.
    check(
        "有四点体会：第一，要坚定。第二，要务实。第四，要清廉。",
        expect![[r#"
        第一，要坚定
        第二，要务实
        第四，要清廉
        1:21 warning numbering-gap 编号跳号：“第四”之前缺“第三”（一、二、四）
    "#]],
    );
    check(
        "十、抓队伍\n十一、抓作风\n十三、抓考核",
        expect![[r#"
        十、抓队伍
        十一、抓作风
        十三、抓考核
        1:1 warning numbering-start 编号从“十、”开始，缺“一、”（十、十一、十三） → 一、|二、|三、
    "#]],
    );
    check(
        "①提高认识；②加强领导；③抓好落实。",
        expect![[r#"
        ①提高认识
        ②加强领导
        ③抓好落实
    "#]],
    );
    nothing("三、五年内见成效。");
    check(
        "第一，第一书记要驻村。第二，第一时间部署。第三，抓好落实。",
        expect![[r#"
        第一，第一书记要驻村
        第二，第一时间部署
        第三，抓好落实
    "#]],
    );
    check(
        "下面，我讲三点意见。\n（一）抓学习。（二）抓作风。\n（三）抓落实。",
        expect![[r#"
        （一）抓学习
        （二）抓作风
        （三）抓落实
    "#]],
    );
    check(
        "（1）抓学习；\n（2）抓作风；（3）抓落实；\n（4）抓纪律。",
        expect![[r#"
        （1）抓学习
        （2）抓作风
        （3）抓落实
        （4）抓纪律
    "#]],
    );
    check(
        "今天讲三个问题，每个问题讲两点。\n一、学\n二、干\n三、廉",
        expect![[r#"
            一、学
            二、干
            三、廉
        "#]],
    );
    // A contents page.
    check(
        "在会上的报告\n目　录\n一、提高认识\n二、压实责任\n同志们：\n一、提高认识\n大家要学。\n二、压实责任\n大家要干。",
        expect![[r#"
        一、提高认识
        二、压实责任
    "#]],
    );
    // Attachments.
    check(
        "大家抓好落实。\n附件：1.任务清单\n2.责任清单\n3.时间表",
        expect![[r#"
        1.任务清单
        2.责任清单
        3.时间表
    "#]],
    );
}
