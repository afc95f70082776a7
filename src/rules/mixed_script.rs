//! 繁简混用: a Traditional character in a Simplified paragraph, and the reverse.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::{Check, Example, FindingContext, Hits, Message, Rule, Severity};
use crate::text::{Grade, Range};

pub static RULE: Rule = Rule {
    code: "mixed-script",
    name: "繁简混用",
    severity: Some(Severity::Information),
    summary: "一段简体字里混进个别繁体字，或者一段繁体字里混进个别简体字。",
    why: "多半是从别处粘贴、转换时漏下的。只看两边都不通用的常用字；“里”“后”“台”“面”“征”等繁简都用的字不算，书名号里的、成串的也不算。",
    source: "《国家通用语言文字法》第九条（国家机关以规范汉字为公务用字）；《通用规范汉字表》。",
    examples: &[
        Example {
            bad: "今年以来，全县上下凝心聚力，各项工作进展顺利，产业结构进一步优化，群众满意度明显提升，發展势头良好。",
            good: "今年以来，全县上下凝心聚力，各项工作进展顺利，产业结构进一步优化，群众满意度明显提升，发展势头良好。",
        },
        Example {
            bad: "今年以來，全縣上下凝心聚力，各項工作進展順利，產業結構進一步優化，群眾滿意度明顯提升，发展勢頭良好。",
            good: "今年以來，全縣上下凝心聚力，各項工作進展順利，產業結構進一步優化，群眾滿意度明顯提升，發展勢頭良好。",
        },
        Example {
            bad: "這次會議開得很好，對縣裡的產業發展問題議得深、講得實，為今後的工作指明了方向，幹部群衆参與熱情很高。",
            good: "這次會議開得很好，對縣裡的產業發展問題議得深、講得實，為今後的工作指明了方向，黄主任逐户走訪，態度温和。",
        },
    ],
    tags: &[],
    check: Check::Mixture(&SIDES, check),
    message,
};

/// Characters that only one of the two scripts has: Simplified, Traditional, in turn. 里 is one of both.
const PAIRS: &str = "\
个個们們这這为為来來时時国國学學实實动動进進过過经經现現业業问問题題务務战戰设設应應产產关關开開长長从從众眾书書两兩县縣区區际際党黨员員导導\
总總条條项項权權组組织織结結办辦议議论論记記让讓认認识識请請读讀谁誰调調谈談东東车車农農见見广廣说說对對发發会會军軍团團压壓厅廳历歷双雙参參\
变變号號听聽启啟围圍园園图圖场場坚堅坏壞块塊处處备備头頭奋奮奖獎妇婦宝寶审審宪憲宽寬尔爾层層属屬岁歲师師带帶帮幫库庫废廢张張归歸录錄忆憶忧憂\
怀懷态態怜憐恳懇恶惡惊驚惩懲惯慣愤憤户戶执執扩擴扫掃扬揚抚撫抢搶护護报報拥擁择擇挥揮损損换換掷擲摄攝携攜摆擺敌敵数數断斷无無旧舊显顯晓曉暂暫\
术術机機杀殺杂雜杨楊极極构構标標栋棟树樹样樣桥橋检檢榄欖欢歡欧歐残殘毁毀毕畢汇匯汉漢汤湯沟溝沪滬泽澤洁潔济濟测測浓濃润潤渐漸温溫湾灣湿濕满滿\
滥濫滨濱灭滅灯燈灵靈灾災炼煉热熱爱愛犹猶独獨狱獄献獻环環电電画畫畅暢疗療监監盖蓋盘盤矿礦码碼确確础礎离離积積称稱稳穩穷窮窃竊竞競笔筆签簽简簡\
类類粮糧纪紀约約级級纯純纲綱纳納纵縱纷紛纸紙线線练練细細终終绍紹绕繞绘繪给給络絡绝絕统統继繼绩績绪緒续續维維绿綠缓緩编編缩縮网網罚罰罗羅职職\
联聯聪聰肃肅胜勝脉脈脑腦腾騰舰艦艰艱节節荣榮药藥获獲营營蓝藍虑慮虚虛虽雖补補装裝规規视視览覽觉覺触觸订訂计計讨討训訓讯訊许許诉訴诊診词詞译譯\
试試诗詩诚誠话話该該详詳语語误誤课課谋謀谐諧谢謝谱譜负負贡貢财財责責贤賢败敗货貨质質贪貪贫貧购購贯貫贴貼贵貴费費贺賀资資赋賦赏賞赖賴赚賺赛賽\
赶趕趋趨跃躍践踐轨軌转轉轮輪软軟轻輕载載较較辅輔辆輛辉輝输輸边邊达達迁遷运運还還远遠违違连連迟遲选選逊遜递遞遗遺邮郵邻鄰郑鄭酿釀释釋针針钉釘\
钢鋼钱錢铁鐵铺鋪链鏈销銷锁鎖锐銳错錯锦錦键鍵镇鎮镜鏡门門闭閉闯闖间間闹鬧闻聞阅閱队隊阳陽阴陰阵陣阶階陆陸陈陳险險随隨隐隱难難雾霧静靜韩韓页頁\
顶頂顺順须須顾顧顿頓预預领領频頻颜顏额額风風飞飛饭飯饮飲饰飾馆館马馬驱驅驶駛驻駐驾駕骗騙验驗骤驟鱼魚鲜鮮鸟鳥鸡雞鸣鳴麦麥黄黃齐齊龙龍龄齡";

/// So many characters of the one script make a paragraph that of the script.
const ENOUGH: usize = 10;
/// And so many of the other, or more, make it mixed on purpose.
const FEW: usize = 3;

/// Of the Simplified forms, those that are as common in Traditional text.
const SHARED: &str = "毁温黄户脉携";

/// By code point: 1 for Simplified, 2 for Traditional, 0 for neither or both.
static SCRIPT: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let mut table = vec![0; 0x1_0000];
    for (simplified, traditional) in pairs() {
        table[simplified as usize] = u8::from(!SHARED.contains(simplified));
        table[traditional as usize] = 2;
    }
    table
});

/// The Simplified characters, and the Traditional ones.
static SIDES: LazyLock<[String; 2]> = LazyLock::new(|| pairs().unzip::<_, _, String, String>().into());

static OTHER: LazyLock<FxHashMap<char, char>> = LazyLock::new(|| pairs().flat_map(|(s, t)| [(s, t), (t, s)]).collect());

fn pairs() -> impl Iterator<Item = (char, char)> {
    let mut chars = PAIRS.chars();
    std::iter::from_fn(move || Some((chars.next()?, chars.next()?)))
}

fn script(c: char) -> u8 {
    SCRIPT.get(c as usize).copied().unwrap_or(0)
}

fn check(line: &str, hits: &mut Hits) {
    let mut counts = [0usize; 3];
    for c in line.chars() {
        counts[usize::from(script(c))] += 1;
    }
    let (minority, few, many) =
        if counts[1] < counts[2] { (1, counts[1], counts[2]) } else { (2, counts[2], counts[1]) };
    if few == 0 || few > FEW || many < ENOUGH || few * 10 > many {
        return;
    }
    for (at, c) in line.char_indices().filter(|(_, c)| script(*c) == minority) {
        let end = at + c.len_utf8();
        let in_a_row = line[end..].chars().next().is_some_and(|c| script(c) == minority)
            || line[..at].chars().next_back().is_some_and(|c| script(c) == minority);
        if !in_a_row && !in_title(&line[..at]) {
            hits.push(Range::new(at, end), ());
        }
    }
}

fn in_title(head: &str) -> bool {
    head.rfind('《').is_some_and(|open| head.rfind('》').is_none_or(|close| close < open))
}

fn message(context: &FindingContext<'_>) -> Message {
    let found = context.found();
    let c = found.chars().next().unwrap_or_default();
    let right = OTHER.get(&c).map_or(String::new(), |c| c.to_string());
    let (hans, hant, english) =
        if script(c) == 1 { ("简体", "簡體", "Simplified") } else { ("繁体", "繁體", "Traditional") };
    let text = context.say(
        format!("繁简混用：“{found}”是{hans}字，应为“{right}”"),
        format!("繁簡混用：“{found}”是{hant}字，應為“{right}”"),
        format!("‘{found}’ is {english}; ‘{right}’ is expected here"),
    );
    Message { text, fix: context.replaced_raw(&right, Grade::Offered) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_character_is_of_both_scripts() {
        for (s, t) in pairs() {
            assert_eq!((script(s), script(t)), (u8::from(!SHARED.contains(s)), 2), "{s}{t}");
        }
    }
}
