//! 繁简转换: 剛纔, 乾部, 同誌

use std::sync::LazyLock;

use super::words::Table;
use super::{Case, Check, Example, Hits, Message, Rule, Severity};
use crate::text::{Grade, Range};
use crate::text::chars::{after, before};

pub static RULE: Rule = Rule {
    code: "conversion-residue",
    name: "繁简转换",
    severity: Some(Severity::Information),
    summary: "繁简转换工具转错的字：“乾部”（幹部）、“同誌”（同志）、“剛纔”（剛才）、“關繫”（關係）。",
    why: "一个简化字对应几个繁体字，机器逐字转换就会选错；地区用词替换还会把“高考”改成“大學聯考”。只查表里列出的词。",
    source: "《通用规范汉字表》附件1（规范字与繁体字、异体字对照表）。",
    examples: &[
        Example { bad: "剛纔，縣委書記作了講話。", good: "剛才，縣委書記作了講話。" },
        Example { bad: "廣大乾部要帶頭。", good: "廣大幹部要帶頭，環境要乾淨。" },
        Example { bad: "同誌們要統籌考慮全麵工作。", good: "同志們要統籌考慮全面工作，雜誌、麵粉照舊。" },
        Example { bad: "大學聯考成績喜人。", good: "高考成績喜人。" },
        Example { bad: "為瞭方便群眾，由縣裡關註進展。", good: "為瞭解實情，由主管機關註銷登記，比照標準予以補助，加註意見後由院長徵詢各方。" },
    ],
    check: Check::Words(&TABLE, check),
    speak,
};

/// Words as a conversion leaves them, and as they are written.
const WORDS: &str = "\
剛纔 剛才|方纔 方才|人纔 人才|纔能 才能|纔華 才華|天纔 天才|英纔 英才|考覈 考核|審覈 審核|覈心 核心|覈查 核查|覈實 核實|\
乾部 幹部|骨乾 骨幹|主乾 主幹|實乾 實幹|苦乾 苦幹|大乾 大幹|乾事創業 幹事創業|乾勁 幹勁|乾群 幹群|乾警 幹警|才乾 才幹|\
能乾 能幹|乾預 干預|乾擾 干擾|若乾 若干|幹淨 乾淨|幹燥 乾燥|幹旱 乾旱|幹杯 乾杯|餅幹 餅乾|乾線 幹線|\
同誌 同志|意誌 意志|鬥誌 鬥志|誌願 志願|誌氣 志氣|有誌 有志|立誌 立志|勵誌 勵志|誌向 志向|壯誌 壯志|矢誌 矢志|\
全麵 全面|方麵 方面|下麵 下面|上麵 上面|裡麵 裡面|裏麵 裏面|麵對 面對|麵臨 面臨|麵向 面向|麵積 面積|層麵 層面|局麵 局面|\
體係 體系|係列 系列|係統 系統|派係 派系|院係 院系|関係 關係|關繫 關係|聯係 聯繫|聯系 聯繫|\
製度 制度|製定 制定|機製 機制|體製 體制|控製 控制|限製 限制|強製 強制|抑製 抑制|遏製 遏制|管製 管制|\
複興 復興|恢複 恢復|答複 答復|批複 批復|反複 反復|修複 修復|複蘇 復蘇|複工 復工|重覆 重複|\
曆史 歷史|經曆 經歷|曆程 歷程|曆來 歷來|學曆 學歷|來曆 來歷|曆屆 歷屆|\
皇後 皇后|太後 太后|北鬥 北斗|泰鬥 泰斗|漏鬥 漏斗|長徵 長征|徵程 征程|徵途 征途|特征 特徵|象征 象徵|征求 徵求|\
隻有 只有|隻要 只要|隻是 只是|隻能 只能|不隻 不只|髮展 發展|髮揮 發揮|髮現 發現|開髮 開發|頭發 頭髮|\
方嚮 方向|導嚮 導向|嚮前 向前|麵嚮 面向|分鍾 分鐘|鍾頭 鐘頭|平颱 平臺|舞颱 舞臺|颱階 臺階|\
山穀 山谷|峽穀 峽谷|河穀 河谷|硅穀 硅谷|鬆樹 松樹|鬆柏 松柏|慄鄉 栗鄉|板慄 板栗|\
詳儘 詳盡|儘力 盡力|儘職 盡職|儘責 盡責|準許 准許|批準 批准|準予 准予|標准 標準|精准 精準|水准 水準|對准 對準|\
瞭不起 了不起|爲瞭 爲了|為瞭 為了|齣版 出版|齣現 出現|突齣 突出|提齣 提出|傑齣 傑出|付齣 付出|\
註意 注意|關註 關注|傢鄉 家鄉|國傢 國家|傢庭 家庭|大傢 大家|專傢 專家|\
大學聯考 高考";

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    Table::new(WORDS.split('|').filter_map(|row| {
        let (wrong, right) = row.trim().split_once(' ')?;
        Some((wrong.to_owned(), right.to_owned()))
    }))
});

fn check(line: &str, range: Range, row: u32, hits: &mut Hits) {
    match TABLE.remark(row as usize) {
        _ if is_chance(range, line) => {}
        // In Taiwan it was the word; 覈, 纔 and 重覆 are what some write there and in Hong Kong.
        "高考" | "重複" => hits.push_as(Severity::Hint, range, row),
        _ if range.of(line).contains(['覈', '纔']) => hits.push_as(Severity::Hint, range, row),
        _ if is_simplified_text(range, line) => {}
        _ => hits.push(range, row),
    }
}

/// What stands there by chance, across words: 飛機製造, 若能乾淨, 兩隻是, 備註意見, 關係統一.
fn is_chance(range: Range, line: &str) -> bool {
    let found = range.of(line);
    let next = after(line, range.end as usize).unwrap_or_default();
    let previous = before(line, range.start as usize).unwrap_or_default();
    match found.chars().next_back() {
        // 為瞭解, 機關註銷, 加註意見, 標準予以, 院長徵詢
        Some('瞭') if "解望".contains(next) => true,
        Some('註') if "銷記册冊解釋明".contains(next) => true,
        Some('意') if next == '見' => true,
        Some('予') if next == '以' => true,
        Some('徵') if "詢求得收集用信調選稅".contains(next) => true,
        Some('製') if "造作成品版圖衣藥劑片紙糖革冰".contains(next) => true,
        Some('麵') if "包粉條食館糰團筋點皮攤".contains(next) => true,
        Some('乾') if "淨燥旱坤杯脆涸癟糧".contains(next) => true,
        Some('後') if "來面代續方".contains(next) => true,
        _ => {
            found.starts_with('隻') && "一二三四五六七八九十百千兩幾這那每半數".contains(previous)
                || found.starts_with('註') && "備附批".contains(previous)
                || found.starts_with('係') && "關聯".contains(previous)
        }
    }
}

/// 特征 and 精准 are right in Simplified text.
fn is_simplified_text(range: Range, line: &str) -> bool {
    const SHARED: [&str; 9] = ["特征", "象征", "征求", "標准", "精准", "水准", "對准", "聯系", "頭發"];
    SHARED.contains(&range.of(line)) && !line.contains(['們', '這', '會', '為', '爲', '個', '來', '時', '國', '發', '對'])
}

fn speak(case: &Case<'_>) -> Message {
    let (found, right) = (case.found(), TABLE.remark(case.data()));
    let text = case.say(
        format!("繁简转换：“{found}”应为“{right}”"),
        format!("繁簡轉換：“{found}”應為“{right}”"),
        format!("conversion: ‘{found}’ should be ‘{right}’"),
    );
    Message { text, fix: case.replaced(right, Grade::Offered) }
}
