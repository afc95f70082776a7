//! What a placeholder stands for, from the words around it.

use std::sync::LazyLock;

use super::{Category, SURNAMES, is_x};
use crate::numeral;
use crate::text::Range;
use crate::text::chars::{after, any_of, before, digit, follows_any, has, is_boundary, is_han, is_space, skip_spaces};
use crate::text::words::Words;

/// Words that a number stands in front of, longest first where one begins another.
const MEASURES: &[&str] = &[
    "亿美元", "億美元", "万美元", "萬美元", "亿余元", "亿多元", "万余元", "亿元", "億元", "万元", "萬元", "万亩",
    "萬畝", "万吨", "万人", "万户", "美元", "亿", "億", "万", "萬", "元", "公里", "千米", "平方公里", "平方米", "平方",
    "立方米", "公顷", "亩", "畝", "吨", "噸", "千瓦", "兆瓦", "米", "人次", "人", "名", "户", "戶", "家", "个多月",
    "個多月", "个月", "個月", "个", "個", "件", "条", "條", "场", "場", "天", "岁", "歲", "周年", "週年", "年来",
    "多年", "余", "餘", "多", "倍", "类", "類", "套", "台", "臺", "辆", "輛", "所", "座", "处", "處", "支", "批", "步",
    "次", "起", "部", "篇", "份", "期", "轮", "分钟", "小时", "字", "例", "艘", "位", "句", "餐", "张", "張", "幢",
    "栋", "棟", "盏", "盞", "棵", "株", "头", "頭", "项", "項", "千万", "千萬", "百万", "百萬", "千万元", "千萬元",
    "百万元", "百萬元", "口", "斤", "公斤",
];
/// Words that only begin like a measure: 条例, 支部, 座谈会.
const NO_MEASURES: &[&str] = &[
    "条例", "條例", "条件", "條件", "部门", "部門", "部队", "部隊", "部长", "部長", "部署", "部分", "期间", "期間",
    "份额", "份額", "类似", "類似", "台账", "臺賬", "台风", "颱風", "台湾", "臺灣", "所有", "所在", "所长", "所長",
    "所谓", "所謂", "处理", "處理", "处置", "處置", "处长", "處長", "次要", "起来", "起來", "起步", "起点", "起點",
    "家庭", "家园", "家園", "家长", "家長", "家属", "家屬", "个人", "個人", "个性", "個性", "个体", "個體", "名单",
    "名單", "名优", "名優", "名师", "名師", "名城", "名镇", "名鎮", "支部", "支持", "支行", "支队", "支隊", "场所",
    "場所", "场馆", "場館", "步骤", "步驟", "批示", "批准", "批复", "批復", "轮换", "輪換", "天然", "万达", "萬達",
    "户籍", "戶籍", "座谈", "座談", "字画", "字畫", "多媒", "例如", "例会", "位于", "项目", "項目", "口岸", "步行街",
    "批发", "场站", "期刊",
];

const PERCENT: [&str; 7] = ["%", "％", "个百分点", "個百分點", "百分点", "‰", "成"];

static AMOUNTS: LazyLock<Words<Category>> =
    LazyLock::new(|| Words::new(&[(Category::Percentage, &PERCENT), (Category::Quantity, MEASURES)]));

static MEASURE_LIKE: LazyLock<Words<()>> = LazyLock::new(|| Words::new(&[((), NO_MEASURES)]));

/// The measure word or percent sign at byte `at`, and which of the two it is.
pub fn quantity_or_percent(line: &str, at: usize) -> Option<(&'static str, Category)> {
    // 增长X成, but 让X成为
    let other = |word: &str| word == "成" && after(line, at + word.len()).is_some_and(is_han);
    AMOUNTS.at(line, at).filter(|(word, _)| MEASURE_LIKE.at(line, at).is_none() && !other(word))
}

/// Nouns that a name stands in front of, by category.
const PEOPLE: &[&str] = &[
    "同志", "书记", "書記", "副书记", "市长", "市長", "副市长", "区长", "區長", "县长", "縣長", "省长", "镇长", "乡长",
    "局长", "局長", "主任", "部长", "部長", "常委", "主席", "校长", "校長", "院长", "院長", "董事长", "总经理", "经理",
    "会长", "處長", "处长", "厅长", "廳長", "科长", "先生", "女士", "老师", "教授", "院士", "秘书长", "总理", "司令",
    "政委", "站长", "副書記", "省長", "副省长", "副省長", "副区长", "副區長", "副县长", "副縣長", "副局长", "副局長",
    "副主任", "副主席", "副部长", "副部長", "鎮長", "副镇长", "鄉長", "副乡长", "會長", "副会长", "科長", "老師",
    "秘書長", "總理", "站長", "董事長", "總經理", "經理", "议员", "議員", "里長", "组长", "組長", "队长", "隊長",
    "所长", "所長", "检察长", "檢察長", "行长", "行長", "医生", "醫生", "护士", "師傅", "师傅", "同学", "同學",
    "参谋长", "代表",
];
const PLACES: &[&str] = &[
    "自贸区", "開發區", "开发区", "高新区", "园区", "園區", "街道", "社区", "社區", "流域", "城市群", "东线", "東線",
    "西线", "北线", "南线", "立交", "监测点", "大道", "湿地", "半岛", "水库", "区", "區", "市", "县", "縣", "省", "镇",
    "鎮", "乡", "鄉", "村", "路", "河", "江", "湖", "山", "段", "州", "湾", "港", "岛", "桥", "高新區", "西線", "北線",
    "南線", "監測點", "濕地", "半島", "水庫", "灣", "島", "橋", "院区", "院區", "校区", "校區", "厂区", "廠區", "景区",
    "景區", "矿区", "新区", "新區", "片区", "片區", "林场", "农场", "灌区", "口岸",
];
const UNITS: &[&str] = &[
    "集团", "集團", "公司", "银行", "銀行", "大学", "大學", "学院", "學院", "中学", "中學", "小学", "医院", "醫院",
    "管委会", "指挥部", "指揮部", "办事处", "委员会", "商会", "商會", "协会", "協會", "分会", "研究院", "研究所",
    "党组", "局", "委", "办", "辦", "厅", "廳", "部门", "小學", "管委會", "辦事處", "委員會", "分會", "黨組", "部門",
    "事业部", "事業部", "分公司", "支部", "党支部", "黨支部", "支队", "支隊", "支行", "分行", "法院", "检察院",
    "檢察院", "派出所", "幼儿园", "幼兒園", "学校", "學校", "企业", "企業", "单位", "單位", "合作社", "卫生院",
    "衛生院", "部队",
];
const NAMES: &[&str] = &[
    "产业园", "產業園", "科技园", "物流园", "物流中心", "项目", "項目", "工程", "基地", "中心", "品牌", "速度", "精神",
    "环境", "環境", "计划", "計劃", "行动", "行動", "活动", "活動", "规划", "規劃", "战略", "戰略", "模式", "经验",
    "經驗", "开发", "平台", "平臺", "论坛", "論壇", "奖", "杯", "节", "奋斗目标", "目标", "机制", "任务", "条例",
    "條例", "办法", "辦法", "方案",
];
const MEETINGS: &[&str] = &[
    "全会", "全會", "大会", "大會", "会议", "會議", "座谈会", "推进会", "动员会", "现场会", "讲话", "講話", "文件",
    "会", "會", "通知", "座談會", "推進會", "動員會", "現場會",
];

static PERSONS: LazyLock<Words<Category>> = LazyLock::new(|| Words::new(&[(Category::Person, PEOPLE)]));
static THINGS: LazyLock<Words<Category>> = LazyLock::new(|| {
    Words::new(&[
        (Category::Name, NAMES),
        (Category::Place, PLACES),
        (Category::Organisation, UNITS),
        (Category::Meeting, MEETINGS),
    ])
});

/// What the placeholder stands for, and the unit it belongs to, from the words around it.
pub(super) fn classify(line: &str, start: usize, end: usize) -> (Category, Range) {
    let next_at = skip_spaces(line, end);
    let unit_to = |to: usize| Range::new(start, to);
    if let Some(found) = dated(line, start, end) {
        return found;
    }
    if has(line, start.wrapping_sub(3), "第") && start >= 3 {
        let word = any_of(line, end, &["位", "名", "届", "屆", "次", "批", "个", "期", "名次", "方阵", "轮"]);
        let category = if matches!(word, Some("届" | "屆" | "次")) { Category::Session } else { Category::Rank };
        return (category, Range::new(start - 3, end + word.map_or(0, str::len)));
    }
    if let Some(found) = session(line, start, end) {
        return found;
    }
    if let Some(word) = PERSONS.at(line, next_at).map(|(word, _)| word) {
        return (Category::Person, unit_to(next_at + word.len()));
    }
    // X总，X总强调, not X总体
    if let Some(total) = any_of(line, next_at, &["总", "總"])
        && after(line, next_at + total.len())
            .is_none_or(|c| is_boundary(c) || "传傳讲講强強提作说說全对對就的和与".contains(c))
    {
        return (Category::Person, unit_to(next_at + total.len()));
    }
    // 〔20XX〕XX号
    if follows_any(line, start, &["〔", "〕", "[", "]"])
        && (has(line, end, "〕") || has(line, end, "号") || has(line, end, "號"))
    {
        return (Category::Name, unit_to(end));
    }
    if let Some((word, category)) = quantity_or_percent(line, next_at)
        && !(word == "人"
            && any_of(line, next_at + 3, &["民", "大", "才", "社", "力", "员", "員", "物", "武", "防"]).is_some())
    {
        return (category, unit_to(next_at + word.len()));
    }
    const NUMBERS: [&str; 6] = ["电话：", "電話：", "电话:", "手机：", "手機：", "电话"];
    if follows_any(line, start, &NUMBERS) {
        return (Category::Quantity, unit_to(end));
    }
    if is_name_behind(line, start, end) {
        return (Category::Person, unit_to(end));
    }
    if any_of(line, end, SAYING).is_some() || is_name_in_list(line, start, end) {
        return (Category::Person, unit_to(end));
    }
    // 民生“XX”工程, 民生XX工程
    let behind_quote = any_of(line, end, &["”", "」", "\""]).map_or(end, |q| end + q.len());
    if let Some((word, category)) = THINGS.at(line, next_at) {
        return (category, unit_to(next_at + word.len()));
    }
    if behind_quote > end
        && let Some((word, Category::Name)) = THINGS.at(line, behind_quote)
    {
        return (Category::Name, unit_to(behind_quote + word.len()));
    }
    if let Some(word) = any_of(line, end, &["等"]) {
        if let Some(to) =
            noun_ahead(line, end + word.len(), &["单位", "單位", "企业", "企業", "部门", "公司", "集团", "局"])
        {
            return (Category::Organisation, unit_to(to));
        }
        if let Some(to) = noun_ahead(line, end + word.len(), &["同志", "领导", "領導"]) {
            return (Category::Person, unit_to(to));
        }
    }
    if let Some(to) = noun_ahead(
        line,
        end,
        &["产业园", "物流中心", "科技园", "产业基地", "工业园", "示范区", "城市群", "高速", "铁路", "机场"],
    ) {
        return (Category::Name, unit_to(to));
    }
    if let Some(to) = noun_ahead(line, end, &["商会", "商會", "公司", "集团", "集團", "银行", "大学", "医院"])
    {
        return (Category::Organisation, unit_to(to));
    }
    if before(line, start) == Some('《') {
        return (Category::Meeting, unit_to(end));
    }
    (Category::Place, unit_to(end))
}

/// What a speaker does whose name is missing.
const SAYING: &[&str] = &[
    "强调", "強調", "指出", "宣读", "宣讀", "通报", "通報", "主持", "讲话", "講話", "发言", "發言", "致辞", "致辭",
    "致词", "领学", "領學", "宣布", "宣佈", "传达", "傳達", "作报告", "作報告", "作重要", "作动员", "作動員", "作总结",
    "作總結", "作典型", "作表态", "作表態", "作交流",
];

/// ×××、×××, XX、XXX: names of people have two characters or three, names of places seldom three.
fn is_name_in_list(line: &str, start: usize, end: usize) -> bool {
    let is_mark = |c: char| is_x(c) || matches!(c, '×' | '*' | '○');
    let length = |text: &str| text.chars().count();
    let mut lengths = vec![length(&line[start..end])];
    let mut rest = &line[end..];
    while let Some(next) = rest.strip_prefix(['、', '和']) {
        let mark = &next[..next.find(|c| !is_mark(c)).unwrap_or(next.len())];
        if mark.is_empty() {
            break;
        }
        lengths.push(length(mark));
        rest = &next[mark.len()..];
    }
    let mut head = &line[..start];
    while let Some(before) = head.strip_suffix(['、', '和']) {
        let stem = before.trim_end_matches(is_mark);
        if stem.len() == before.len() {
            break;
        }
        lengths.push(length(&before[stem.len()..]));
        head = stem;
    }
    lengths.len() > 1 && lengths.contains(&3) && lengths.iter().all(|n| matches!(n, 2 | 3))
}

/// 张XX, 县委书记　XXX, 董事长某某某，: a name behind a surname or a post.
fn is_name_behind(line: &str, start: usize, end: usize) -> bool {
    let head = line[..start].trim_end_matches(is_space);
    const LABELS: [&str; 8] =
        ["联系人：", "主持人：", "主讲人：", "记录人：", "负责人：", "姓名：", "發言人：", "发言人："];
    let alone = head.len() < start || line[end..].chars().next().is_none_or(|c| is_boundary(c) || is_space(c));
    if alone && PEOPLE.iter().any(|post| head.ends_with(post)) || LABELS.iter().any(|label| head.ends_with(label)) {
        return true;
    }
    let surname = before(line, start).is_some_and(|c| SURNAMES.contains(c));
    surname
        && before(line, start - before(line, start).map_or(0, char::len_utf8))
            .is_none_or(|c| is_boundary(c) || is_space(c))
}

/// The end of the first of `words` within eight Han characters from byte `at`.
fn noun_ahead(line: &str, at: usize, words: &[&str]) -> Option<usize> {
    let mut here = at;
    for c in line.get(at..)?.chars().take(8) {
        if let Some(word) = any_of(line, here, words) {
            return Some(here + word.len());
        }
        if !(is_han(c) || c.is_ascii_digit()) || matches!(c, '的' | '要' | '是' | '在' | '将' | '已') {
            return None;
        }
        here += c.len_utf8();
    }
    None
}

/// X月X日, 20XX年X月X日, X月份, XX年度
fn dated(line: &str, start: usize, end: usize) -> Option<(Category, Range)> {
    // XX：XX, X时X分
    let clock =
        |at: usize| any_of(line, at, &["：", ":"]).is_some_and(|mark| line[at + mark.len()..].starts_with(is_x));
    let behind_clock =
        follows_any(line, start, &["：", ":"]) && line[..start].trim_end_matches(['：', ':']).ends_with(is_x);
    if clock(end)
        || behind_clock
        || has(line, end, "分") && before(line, start).is_some_and(|c| matches!(c, '时' | '時'))
    {
        return Some((Category::Date, Range::new(start, end)));
    }
    let next = any_of(line, end, &["年度", "年", "月份", "月底", "月初", "月中", "月", "日", "号", "時", "时"])?;
    // X年来, X年时间, X日游, X时代, X号楼: no dates.
    if next == "年"
        && any_of(line, end + 3, &["来", "來", "时间", "時間", "多", "前", "后", "後", "内", "级"]).is_some()
    {
        return Some((Category::Quantity, Range::new(start, end + 3)));
    }
    if matches!(next, "时" | "時" | "号")
        && any_of(line, end + 3, &["代", "期", "刻", "候", "楼", "线", "召"]).is_some()
    {
        return None;
    }
    let mut from = start;
    // Backwards over the parts of the date that stand before: 20XX年X月_.
    loop {
        let head = &line[..from];
        let Some(c) = head.chars().next_back() else {
            break;
        };
        if !matches!(c, '年' | '月') {
            break;
        }
        let head = &head[..head.len() - c.len_utf8()];
        let body = head.trim_end_matches(|c: char| {
            is_x(c) || digit(c).is_some() || matches!(c, '×' | '*' | '＊' | '_' | '＿' | '○' | '〇')
        });
        if body.len() == head.len() {
            break;
        }
        from = body.len();
    }
    let mut to = end + next.len();
    loop {
        let rest = &line[to..];
        let body = rest.trim_start_matches(|c: char| {
            is_x(c) || digit(c).is_some() || matches!(c, '×' | '*' | '＊' | '_' | '＿' | '○' | '〇')
        });
        let Some(word) = (body.len() < rest.len()).then(|| any_of(body, 0, &["月", "日"])).flatten() else {
            break;
        };
        to = line.len() - body.len() + word.len();
    }
    Some((Category::Date, Range::new(from, to)))
}

/// X届X次, ×次党代会
fn session(line: &str, start: usize, end: usize) -> Option<(Category, Range)> {
    let is_mark = |c: char| is_x(c) || matches!(c, '×' | '*' | '＊' | '○' | '_');
    if let Some(word) = any_of(line, end, &["届", "屆"]) {
        let mut to = end + word.len();
        let rest = line[to..].trim_start_matches(is_mark);
        if rest.len() < line.len() - to && (rest.starts_with('次') || rest.starts_with("中全")) {
            to = line.len() - rest.len() + 3;
        }
        return Some((Category::Session, Range::new(start, to)));
    }
    if before(line, start).is_some_and(|c| matches!(c, '届' | '屆'))
        && any_of(line, end, &["中全会", "中全會"]).is_some()
    {
        return Some((Category::Session, Range::new(start, end + 9)));
    }
    if has(line, end, "次") {
        if start >= 3 && before(line, start).is_some_and(|c| matches!(c, '届' | '屆')) {
            let session_start = line[..start - 3]
                .trim_end_matches(|c: char| is_mark(c) || numeral::is_chinese(c) || digit(c).is_some())
                .len();
            return Some((Category::Session, Range::new(session_start, end + 3)));
        }
        if any_of(
            line,
            end + 3,
            &["党代会", "黨代會", "全会", "全會", "常委", "会议", "會議", "代表大会", "全体", "党代表"],
        )
        .is_some()
        {
            return Some((Category::Session, Range::new(start, end + 3)));
        }
    }
    None
}
