//! Colours.

use expect_test::expect;
use jianggao::features::tokens::{TokenKind, tokens};
use jianggao::text::{Edit, Lines, Span, apply};

use crate::features::{SPEECH, analysed, markup};

fn shown(text: &str) -> String {
    let (lines, settings, analysis) = analysed(text, markup(text));
    let found = tokens(&analysis, &lines, &settings, 0, u32::MAX);
    for pair in found.windows(2) {
        assert!((pair[0].line, pair[0].range.end) <= (pair[1].line, pair[1].range.start));
    }
    let edits: Vec<Edit> = found
        .iter()
        .map(|t| {
            let span = Span::in_line(t.line, t.range);
            let text = lines.text(span);
            let shown = match t.kind {
                TokenKind::Marker(level) => format!("〔{level} {text}〕"),
                TokenKind::Placeholder => format!("〔空 {text}〕"),
                TokenKind::Announcement => format!("〔数 {text}〕"),
                TokenKind::Salutation => format!("〔称 {text}〕"),
                TokenKind::Formulation => format!("〔提 {text}〕"),
            };
            Edit::new(span, shown)
        })
        .collect();
    apply(text, &edits)
}

#[test]
fn markers_placeholders_announcements_and_the_salutation() {
    expect![[r#"
        在全县春耕备耕会议上的讲话

        〔称 同志们：〕

        今天开这个会，主要是安排春耕。下面，我讲〔数 三点意见〕。

        〔1 一、〕把种子备足

        〔2 （一）〕抓采购。货比三家，早定早运。〔空 XX〕乡要带头。

        〔2 （二）〕抓储备。〔3 一是〕备粮，〔3 二是〕备种，〔3 三是〕备肥。

        〔1 二、〕把水渠修好

        各乡镇分段包干，〔空 XX〕乡先行一步，月底前完成〔空 X〕公里。

        谢谢大家！
    "#]]
    .assert_eq(&shown(SPEECH));
    expect![[r#"
        在会上的讲话

        〔空 XX〕区的各位同志们：
        今天讲〔空 X〕点意见。
    "#]]
    .assert_eq(&shown("在会上的讲话\n\nXX区的各位同志们：\n今天讲X点意见。\n"));
}

#[test]
fn formulations_but_no_set_phrases() {
    expect![[r#"
        # 讲话

        要增强“〔提 四个意识〕”，推动〔提 高质量发展〕，提高政治站位。〔空 XX〕乡要〔提 踏石留印、抓铁有痕〕。

        ```
        四个意识
        ```

        〔1 一、〕坚持〔提 高质量发展〕
    "#]]
    .assert_eq(&shown(
        "# 讲话\n\n要增强“四个意识”，推动高质量发展，提高政治站位。XX乡要踏石留印、抓铁有痕。\n\n```\n四个意识\n```\n\n一、坚持高质量发展\n",
    ));
}
