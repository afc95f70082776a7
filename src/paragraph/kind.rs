//! What a line as a whole is: salutation, title, furniture, code; and its script.

use super::{Kind, Script, directive};
use crate::markup::Block;
use crate::text::chars::{any_of, is_han, is_space};

/// How a closing paragraph begins.
pub(super) const ADDRESSES: [&str; 12] =
    ["同志们", "同志們", "各位", "最后，", "最後，", "最后,", "让我们", "讓我們", "朋友们", "朋友們", "谢谢", "謝謝"];

/// Lines that are not read at all.
pub(super) fn special_kind(line: &str, at: usize, block: Block) -> Option<Kind> {
    match block {
        Block::Fence => return Some(Kind::Fence),
        Block::Unread => return Some(Kind::Skipped),
        Block::Rule => return Some(Kind::Rule),
        Block::Aside => return None,
        Block::Text | Block::Heading(_) => {}
    }
    let text = line[at..].trim_end_matches(is_space);
    let bytes = text.as_bytes();
    if bytes.len() >= 3
        && matches!(bytes[0], b'-' | b'*' | b'_' | b'=')
        && bytes.iter().all(|b| *b == bytes[0] || *b == b' ')
    {
        return Some(Kind::Rule);
    }
    let comment = text.starts_with("<!--") && text.ends_with("-->");
    let note = text.starts_with("【讲稿") || text.starts_with("【講稿") || text.starts_with("【jianggao");
    (comment || note && directive::find(line).is_some_and(|d| d.alone)).then_some(Kind::Skipped)
}

/// What a short line without an ordinal is.
pub(super) fn kind_of_short(line: &str, at: usize) -> Kind {
    let text = line[at..].trim_matches(|c| is_space(c) || c == '*' || c == '#');
    if matches!(text.chars().filter(|c| !is_space(*c)).collect::<String>().as_str(), "目录" | "目錄" | "目次" | "提纲")
    {
        Kind::Contents
    } else if is_salutation(text) {
        Kind::Salutation
    } else if is_title(text) {
        Kind::Title
    } else if is_furniture(text) {
        Kind::Furniture
    } else {
        Kind::Prose
    }
}

/// 同志们： 尊敬的各位领导、各位来宾：
fn is_salutation(text: &str) -> bool {
    const WORDS: [&str; 34] = [
        "同志们", "同志們", "各位", "尊敬的", "女士们", "女士們", "先生们", "先生們", "朋友们", "朋友們", "老师们",
        "老師們", "同学们", "同學們", "代表们", "代表們", "委员们", "委員們", "亲爱的", "親愛的", "乡亲们", "鄉親們",
        "战友们", "戰友們", "青年朋友", "企业家朋友", "父老乡亲", "父老鄉親", "嘉宾们", "全体", "全體", "家长们",
        "家長們", "同事们",
    ];
    text.strip_suffix(['：', ':']).is_some_and(|text| {
        any_of(text, 0, &WORDS).is_some()
            && !text.contains(['。', '；', '：', '“'])
            && [
                "们", "們", "领导", "領導", "来宾", "來賓", "同志", "代表", "委员", "朋友", "嘉宾", "嘉賓", "同仁",
                "专家", "同学", "老师", "书记", "市长", "主任", "局长", "主席", "组长", "部长",
            ]
            .iter()
            .any(|word| text.contains(word))
    })
}

const OCCASIONS: [&str; 28] = [
    "讲话", "講話", "发言", "發言", "致辞", "致辭", "致词", "致詞", "主持词", "主持詞", "讲话稿", "講話稿", "发言稿",
    "讲稿", "报告", "報告", "党课", "表态", "汇报", "述职", "总结", "總結", "党课讲稿", "动员讲话", "主持讲话",
    "祝酒词", "答谢词", "欢迎词",
];

/// 在……会议上的讲话, 篇二: a line that names a speech.
fn is_title(text: &str) -> bool {
    let stem = text.trim_end_matches(['）', ')', '》']);
    if text.contains(['。', '；', '！', '？', ';']) || text.chars().count() > 50 {
        return false;
    }
    if stem.ends_with("会讲话")
        || OCCASIONS.iter().any(|word| stem.ends_with(word))
            && (stem.contains("上的")
                || stem.contains("会")
                || stem.contains("會")
                || stem.contains("关于")
                || stem.contains("在"))
    {
        return !text.starts_with(['听', '聽']) && !text.contains(['，', ',']);
    }
    text.strip_prefix('篇').is_some_and(|rest| {
        crate::numeral::read_count(rest)
            .is_some_and(|(_, len)| rest[len..].trim_start_matches([':', '：', ' ']).chars().count() < 40)
    })
}

/// A line with a word of site furniture or advertisement.
fn is_furniture(text: &str) -> bool {
    /// What no speech says.
    const STRONG: [&str; 25] = [
        "仅供学习", "仅供参考", "仅供内部", "僅供學習", "僅供參考", "禁止外传", "请勿转", "请勿照搬", "请勿外传",
        "請勿轉", "請勿照搬", "作者原创", "原创投稿", "倒卖会员", "订阅立享", "范文在线", "范文网", "范文站", "文秘网",
        "当前位置", "未完，全文", "预览结束", "试读结束", "版权所有", "QQ群",
    ];
    /// What a sentence of the speech may say too, but no line without any mark of a sentence.
    const WEAK: [&str; 19] = [
        "倒卖会员", "倒卖活动", "扫码关注", "扫码加", "扫码进", "扫码下载", "关注公众号", "公众号：", "關注公眾號",
        "下载全文", "下载本文", "下载地址", "点击下载", "免费下载", "更新时间", "会员群", "会员资料", "會員群",
        "會員資料",
    ];
    const ADDRESSES: [&str; 3] = ["http://", "https://", "www."];
    /// Labels, perhaps behind others. 问题的来源： is none.
    const LABELS: [&str; 4] = ["来源：", "來源：", "来源:", "來源:"];
    /// Who wrote it is part of the draft, unless the site says more beside it.
    const AUTHOR: [&str; 2] = ["作者：", "作者:"];
    const BESIDE: [&str; 9] = ["编辑", "編輯", "责编", "責編", "浏览", "瀏覽", "点击", "字号", "发布"];
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    let sentence = text.contains(['。', '；', '，']) || text.ends_with('！');
    // A reference is no advertisement: 参见[手册](https://…)和…….
    let prose = text.chars().filter(|c| is_han(*c)).count() > 8;
    // 以上意见仅供参考。
    let modest = has(&["意见", "意見", "建议", "建議", "看法", "想法", "体会", "體會"]);
    let path = (has(&["首页", "首頁"])) && text.contains(['>', '›', '»', '＞']);
    let labelled = LABELS
        .iter()
        .any(|label| text.find(label).is_some_and(|at| text[..at].chars().next_back().is_none_or(|c| !is_han(c))))
        || has(&AUTHOR) && has(&BESIDE);
    has(&STRONG) && !modest
        || has(&WEAK) && !sentence
        || has(&ADDRESSES) && !prose
        || path
        || labelled
        || text.find("QQ").is_some_and(|at| text[at..].bytes().take(12).filter(u8::is_ascii_digit).count() >= 5)
}

/// The script of the first character that only one of the two has, among the first hundred or so.
pub(super) fn script(line: &str) -> Option<Script> {
    line.chars().take(120).find_map(|c| match c {
        '们' | '这' | '会' | '说' | '对' | '发' | '为' | '个' | '来' | '时' | '国' | '学' | '实' | '动' | '进'
        | '过' | '经' | '现' | '业' | '问' | '题' | '务' | '战' | '设' | '与' | '应' | '产' | '关' | '开' | '长'
        | '从' | '众' | '书' | '两' | '县' | '区' | '际' | '党' | '员' | '导' | '总' | '条' | '项' | '权' | '组'
        | '织' | '结' | '办' | '议' | '论' | '记' | '让' | '认' | '识' | '请' | '读' | '谁' | '调' | '谈' | '东'
        | '车' | '农' | '见' | '广' => Some(Script::Simplified),
        '們' | '這' | '會' | '說' | '對' | '發' | '為' | '爲' | '個' | '來' | '時' | '國' | '學' | '實' | '動'
        | '進' | '過' | '經' | '現' | '業' | '問' | '題' | '務' | '戰' | '設' | '與' | '應' | '產' | '關' | '開'
        | '長' | '從' | '眾' | '衆' | '書' | '兩' | '縣' | '區' | '際' | '黨' | '員' | '導' | '總' | '條' | '項'
        | '權' | '組' | '織' | '結' | '議' | '論' | '記' | '讓' | '認' | '識' | '請' | '讀' | '誰' | '調' | '談'
        | '東' | '車' | '農' | '見' | '廣' => Some(Script::Traditional),
        _ => None,
    })
}
