//! Clean prose of the genre, made up from a stock of sentences: what no rule may find fault with.

/// A small generator of numbers: the same prose on every machine.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n
    }

    pub fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.below(list.len())]
    }
}

const FIELDS: &[&str] = &[
    "项目建设", "招商引资", "乡村振兴", "安全生产", "生态环保", "信访稳定", "基层治理", "城市更新", "营商环境",
    "科技创新", "文化旅游", "粮食安全", "防汛抗旱", "教育医疗", "就业创业", "财政增收", "政务服务", "干部队伍建设",
    "党风廉政建设", "意识形态", "移风易俗", "数字经济", "物业管理", "农房改造", "河湖治理",
];
const PEOPLE: &[&str] = &[
    "各级干部", "广大党员", "各乡镇", "县直各部门", "村两委班子", "驻村工作队", "网格员", "行业主管部门", "人大代表",
    "政协委员", "企业负责人", "青年干部", "老同志", "包联领导", "窗口单位", "执法人员",
];
const VERBS: &[&str] =
    &["抓好", "推进", "落实", "做实", "统筹", "强化", "谋划", "部署", "督办", "盯紧", "摸清", "压实", "用好", "看住"];
const THINGS: &[&str] = &[
    "目标任务", "责任链条", "底数清单", "政策资金", "关键环节", "薄弱短板", "群众诉求", "工作台账", "时间节点",
    "风险隐患", "惠民实事", "要素保障", "制度机制", "作风纪律", "调度频次", "示范样板",
];
const RESULTS: &[&str] = &[
    "让群众得到实实在在的好处",
    "确保年底前见到明显成效",
    "推动各项工作再上新台阶",
    "为全年目标打下坚实基础",
    "把短板一项一项补起来",
    "真正做到件件有着落、事事有回音",
    "以钉钉子精神抓到底",
    "不达目的绝不收兵",
    "让改革成果更多更公平惠及全体人民",
    "切实守住不发生系统性风险的底线",
    "以实干实绩检验工作成色",
    "努力交出一份合格答卷",
    "一件事情一件事情地办",
    "把好事办好、实事办实",
    "决不让一个困难群众掉队",
];
const OPENERS: &[&str] = &[
    "今年以来", "当前", "从面上看", "从这次督查的情况看", "客观地讲", "换个角度看", "应当看到", "大家都清楚",
    "下一阶段", "四季度", "在座的各位都经历过", "前不久召开的会议明确要求", "说到底", "与此同时", "越是任务重",
    "借此机会", "实践证明", "我到几个村转了转", "春节过后", "进入汛期以来",
];
const STANDALONE: &[&str] = &[
    "干部干部，先干一步；示范示范，做给人看。",
    "我们讲发展，讲的是高质量的发展；我们抓落实，抓的是见实效的落实。",
    "大家回去以后，要认真研究研究，把思路理一理，把办法想一想，把责任分一分。",
    "这些事看似不大，却是群众的操心事、烦心事、揪心事，要一个一个过、一条一条改。",
    "他说，“组织把我放在这里，我就要对得起这方百姓”。这句话朴素，却很有分量。",
    "什么叫担当？关键时刻站得出来、危急关头豁得出去，这就是担当！",
    "对照“五个好”标准，查一查差在哪里、弱在何处，做到心中有数、手中有策。",
    "有的同志开会时点点头、表态时拍胸脯，回去后却一推了之、不了了之，这样的作风必须改。",
    "去年7月那场大雨，24小时降水量达到186.5毫米，全县转移群众2300余人，没有一人伤亡。",
    "《关于进一步加强防灾减灾救灾工作的实施意见》（县办发〔2023〕12号）已经印发，请大家对照执行。",
    "会议由县长主持，上午8:30开始，11:40结束，参会人员共计156人。",
    "规模以上工业增加值同比增长6.8%，一般公共预算收入完成12.35亿元，城镇新增就业4800人。",
    "从9月1日到11月30日，利用三个月时间集中攻坚；12月10日前，县委督查室逐项验收。",
    "目的的正当不等于手段的合理，程序该走的一步也不能少。",
    "为了了解真实情况，调研组走村入户，连续走访了7个乡镇、23个村、400多户群众。",
    "这个项目是我县唯一一个入选国家级名录的项目，来之不易，要倍加珍惜。",
    "与会同志一致认为，要把参与度与满意度结合起来评价，不能只看数字、不看口碑。",
    "正在在建的12个重点工程，要倒排工期、挂图作战，雨季之前完成主体施工。",
    "“绿水青山就是金山银山”的理念，在我们这里正一天一天变成现实。",
    "要学会“弹钢琴”，统筹好发展和安全、当前和长远、局部和全局的关系。",
    "群众说得好：“房子修得牢不牢，住进去才知道；干部当得好不好，老百姓心里有杆秤。”",
    "全县14.6万亩（其中高标准农田9.8万亩）耕地已全部落实到户，春灌面积达到九成以上。",
    "这既是一场硬仗，也是一场大考，更是一次实实在在的检验……容不得半点马虎。",
    "比如，行政审批事项由原来的187项压减到96项，平均办理时限缩短62%，“一网通办”率达98.5%。",
    "做好群众工作，要将心比心、以心换心，多说家常话，少打官腔、少摆架子。",
    "要形成“人人肩上有担子、个个身上有责任”的局面，绝不能上热中温下冷。",
    "历史和现实都告诉我们：发展是硬道理，稳定是硬任务，抓落实是硬功夫。",
    "前三季度的成绩单——投资增速全市第二、外贸进出口全市第三、群众安全感全市第一——凝聚着大家的心血。",
    "要把“三会一课”、主题党日等制度坚持好，做到形式服从内容、内容贴近实际。",
    "有位老支书打了个比方：“抓工作好比种庄稼，误了一时，就误了一季。”",
    "要算好政治账、民生账、长远账，不能捡了芝麻丢了西瓜。",
    "在办理时限上，凡是能当场办结的当场办结，一时办不了的要讲明原因、约定时间。",
    "我们常说“功成不必在我、功成必定有我”，讲的就是这种境界、这种担当。",
    "南水北调中线工程通水以来，累计向我县供水1.2亿立方米，相当于8个大型水库的库容。",
    "R&D经费投入强度由1.1%提高到1.6%，拥有高新技术企业37家，其中A股上市公司2家。",
    "全县义务教育阶段在校学生2.86万人，寄宿制学校实现了“热水、热饭、暖气”全覆盖。",
    "对外开放要上新水平，对内协作要有新气象，对口帮扶要见新成效。",
    "要教育引导广大党员干部知敬畏、存戒惧、守底线，习惯在受监督和约束的环境中工作生活。",
    "问题存在在哪里，措施就跟进到哪里；漏洞出现在哪个环节，整改就落实到哪个环节。",
    "同志们，基层是最大的课堂，群众是最好的老师，实践是最硬的标尺。",
];

/// A clause or two put together from words.
fn sentence(dice: &mut Dice) -> String {
    let d = dice;
    let field = d.pick(FIELDS);
    let other =
        FIELDS[(FIELDS.iter().position(|f| *f == field).unwrap_or(0) + 1 + d.below(FIELDS.len() - 1)) % FIELDS.len()];
    let (people, verb, thing, result, opener) =
        (d.pick(PEOPLE), d.pick(VERBS), d.pick(THINGS), d.pick(RESULTS), d.pick(OPENERS));
    let (n, m) = (2 + d.below(90), 1 + d.below(9));
    match d.below(22) {
        0 => format!("{opener}，{people}围绕{field}主动作为，{verb}{thing}，{result}。"),
        1 => format!("要把{field}摆在突出位置，{verb}{thing}，健全机制，严格考核，{result}。"),
        2 => format!("{opener}，我县{field}取得积极进展，先后实施重点项目{n}个，完成投资{m}.{n}亿元。"),
        3 => format!("{people}要带头{verb}{thing}，主要负责同志亲自抓、负总责，分管同志具体抓、抓具体。"),
        4 => format!("要坚持问题导向，对{field}中存在的突出问题，逐一建立台账，逐一明确责任，逐一销号清零。"),
        5 => format!("{field}是民心所向，{other}是发展所需，两者相辅相成、缺一不可。"),
        6 => format!("对{people}来说，既要抬头看路，也要埋头拉车，{result}。"),
        7 => format!("{opener}，{field}和{other}两项工作进展不够平衡，有的单位还停留在口头上、纸面上。"),
        8 => format!("要用好“红黑榜”，对{field}工作推进有力的通报表扬，对行动迟缓的约谈提醒。"),
        9 => format!("截至目前，全县{field}任务完成{n}%，比去年同期提高{m}个百分点，居全市第{m}位。"),
        10 => format!("{people}要多到现场看、多听群众说，少坐办公室、少听汇报，{result}。"),
        11 => format!("围绕{field}，要抓紧制定三年行动计划，明确路线图、时间表、任务书，{verb}{thing}。"),
        12 => format!("没有{field}的突破，就没有高质量发展的底气；没有{other}的保障，也就没有长治久安的根基。"),
        13 => format!("今年第{}季度，{field}专项资金{n}万元已经拨付到位，请{people}抓紧组织实施。", 1 + m % 4),
        14 => format!("我反复讲过，{field}不是一家的事，而是大家的事；不是一阵子的事，而是一辈子的事。"),
        15 => format!("要深化“{field}+{other}”融合发展模式，{verb}{thing}，{result}。"),
        16 => format!("{opener}，还要看到，{field}面临的形势依然复杂，{people}必须保持清醒头脑。"),
        17 => format!("一方面要{verb}{thing}，另一方面要加强宣传引导，{result}。"),
        18 => format!("{field}工作点多、线长、面广，必须{verb}{thing}，一级做给一级看，一级带着一级干。"),
        19 => format!("去年{}月{}日，县委常委会专题研究{field}，提出{m}条具体措施。", 1 + n % 12, 1 + n % 28),
        20 => format!("要把{field}与{other}同谋划、同部署、同考核（牵头单位按月调度，县委办公室按季通报），{result}。"),
        _ => d.pick(STANDALONE).to_owned(),
    }
}

fn paragraph(dice: &mut Dice, sentences: usize) -> String {
    let mut text = String::new();
    let mut said = Vec::new();
    while said.len() < sentences {
        let next = sentence(dice);
        if !said.contains(&next) {
            text.push_str(&next);
            said.push(next);
        }
    }
    text
}

const NUMERALS: [&str; 6] = ["一", "二", "三", "四", "五", "六"];

/// A whole speech of some thousand characters.
pub fn speech(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let d = &mut dice;
    let indent = if seed.is_multiple_of(2) { "　　" } else { "" };
    let gap = if seed.is_multiple_of(3) { "\n\n" } else { "\n" };
    let mut lines = vec![
        format!("在全县{}工作推进会上的讲话", d.pick(FIELDS)),
        format!("（2024年{}月{}日）", 1 + d.below(12), 1 + d.below(28)),
        "同志们：".to_owned(),
    ];
    lines.push(format!("{indent}{}下面，我讲三点意见。", paragraph(d, 4)));
    for numeral in NUMERALS.iter().take(3) {
        lines.push(format!("{indent}{numeral}、{}{}，{}", d.pick(VERBS), d.pick(THINGS), d.pick(RESULTS)));
        let count = 2 + d.below(3);
        for (i, inner) in NUMERALS.iter().enumerate().take(count) {
            let text = paragraph(d, 5);
            match seed % 3 {
                0 => lines.push(format!("{indent}（{inner}）{}{}。{text}", d.pick(VERBS), d.pick(THINGS))),
                1 => lines.push(format!("{indent}{}.{}{}。{text}", i + 1, d.pick(VERBS), d.pick(THINGS))),
                _ => lines.push(format!("{indent}{inner}要{}{}。{text}", d.pick(VERBS), d.pick(THINGS))),
            }
        }
    }
    lines.push(format!("{indent}同志们，{}让我们更加紧密地团结起来，{}！", paragraph(d, 2), d.pick(RESULTS)));
    lines.join(gap)
}
