//! 易读错的字: 莅临, 亳州

use std::sync::LazyLock;

use super::words::Table;
use super::{Case, Check, Example, Message, Rule};

pub static RULE: Rule = Rule {
    code: "misread-characters",
    name: "易读错的字",
    severity: None,
    summary: "讲话时容易读错的字词，报出读音：莅（lì）临、亳（bó）州、粗犷（guǎng）。",
    why: "念错字比写错字更难看。默认关闭，定稿以后打开看一遍，在难字旁边注上音。",
    source: "《现代汉语词典》第7版的注音。",
    examples: &[Example { bad: "热烈欢迎各位领导莅临指导。", good: "热烈欢迎各位领导光临指导。" }],
    check: Check::Words(&TABLE, |_, range, row, hits| hits.push(range, row)),
    speak,
};

const READINGS: &str = "\
莅临 lì|亳州 bó|粗犷 guǎng|棘手 jí|恪守 kè|恪尽 kè|鞭笞 chī|踟蹰 chí chú|擘画 bò|砥砺 dǐ lì|跻身 jī|枢纽 niǔ|\
瞠目 chēng|谆谆 zhūn|缜密 zhěn|孜孜 zī|掣肘 chè zhǒu|桎梏 zhì gù|肇事 zhào|肇始 zhào|辍学 chuò|酗酒 xù|龋齿 qǔ|\
饕餮 tāo tiè|魑魅 chī mèi|觊觎 jì yú|斡旋 wò|筚路 bì|蓝缕 lǚ|栉风 zhì|沐雨 mù|踔厉 chuō|笃行 dǔ|赓续 gēng|\
蹚出 tāng|蓊郁 wěng|葳蕤 wēi ruí|氤氲 yīn yūn|邳州 pī|郫县 pí|盱眙 xū yí|涪陵 fú|歙县 shè|黟县 yī|\
秭归 zǐ|监利 jiàn|番禺 pān|莘县 shēn|莘庄 xīn|六安 lù|蚌埠 bèng bù|铅山 yán|丽水 lí|\
台州 tāi|尉犁 yù|燕山 yān|乐亭 lào|蔚县 yù|洪洞 tóng|解州 hài|吐蕃 bō|可汗 kè hán|心广体胖 pán|强弩之末 nǔ|\
一蹴而就 cù|锲而不舍 qiè|戛然 jiá|弥足 mí|濒临 bīn|脍炙 kuài zhì|悛改 quān|怙恶 hù|殚精 dān|惴惴 zhuì|龃龉 jǔ yǔ|\
毗邻 pí|绥靖 suí|隽永 juàn|璀璨 cuǐ càn|遒劲 qiú jìng|炽热 chì|卡脖子 qiǎ";

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    Table::new(READINGS.split('|').filter_map(|row| {
        let (word, reading) = row.trim().split_once(' ')?;
        Some((word.to_owned(), reading.to_owned()))
    }))
});

fn speak(case: &Case<'_>) -> Message {
    let (found, reading) = (case.found(), TABLE.remark(case.data()));
    let text = case.say(
        format!("易读错：“{found}”读 {reading}"),
        format!("易讀錯：“{found}”讀 {reading}"),
        format!("‘{found}’: read {reading}"),
    );
    Message { text, fix: None }
}
