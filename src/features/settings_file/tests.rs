use super::*;
use expect_test::{Expect, expect};

/// The text without its `$0`, and the place of it.
fn cursor(text: &str) -> (Document, Point) {
    let at = text.find("$0").unwrap();
    let document = Document::new(0, &text.replacen("$0", "", 1));
    let point = document.point(at);
    (document, point)
}

/// What is offered first, and the file after the first has been taken.
#[track_caller]
fn check_completion(text: &str, labels: &str, expected: Expect) {
    let (document, at) = cursor(text);
    let found = complete(&document, &["XX区".to_owned(), "某某局".to_owned()], at, Locale::Hans);
    let shown: Vec<&str> = found.iter().take(4).map(|candidate| candidate.label.as_str()).collect();
    assert_eq!(shown.join(" "), labels);
    let Some(Candidate { text: new, span, .. }) = found.into_iter().next() else {
        return expected.assert_eq("");
    };
    let mut taken = document.to_string();
    taken.replace_range(document.offset(span.start)..document.offset(span.end), &new);
    expected.assert_eq(&taken);
}

#[test]
fn tables_and_settings() {
    check_completion("$0", "allow allow-patterns official-prose against", expect!["allow = []"]);
    check_completion("al$0", "allow allow-patterns", expect!["allow = []"]);
    check_completion(
        "allow = [\"甲\"]\n$0\n",
        "allow-patterns official-prose against against-characters",
        expect![[r#"
        allow = ["甲"]
        allow-patterns = []
    "#]],
    );
    check_completion("[sp$0", "[speech]", expect!["[speech]"]);
    check_completion(
        "[sp$0]\n",
        "[speech]",
        expect![[r#"
        [speech]
    "#]],
    );
    check_completion(
        "[speech]\n$0",
        "characters-per-minute reading target-minutes [rules]",
        expect![[r#"
        [speech]
        characters-per-minute = 200"#]],
    );
    check_completion("[speech]\ntar$0get-minutes = 20\n[editor]\n", "", expect![""]);
    check_completion(
        "[speech]\nchar$0 = 20\n",
        "characters-per-minute",
        expect![[r#"
        [speech]
        characters-per-minute = 20
    "#]],
    );
    check_completion(
        "speech.t$0\n",
        "target-minutes",
        expect![[r#"
        speech.target-minutes = 20
    "#]],
    );
    check_completion(
        "[editor]\ninlay-hints = true\nl$0",
        "code-lens",
        expect![[r#"
        [editor]
        inlay-hints = true
        code-lens = true"#]],
    );
}

#[test]
fn rules_and_levels() {
    check_completion(
        "[rules]\ngap$0",
        "numbering-gap",
        expect![[r#"
        [rules]
        numbering-gap = "off""#]],
    );
    check_completion(
        "[rules]\n跳号$0",
        "numbering-gap",
        expect![[r#"
        [rules]
        numbering-gap = "off""#]],
    );
    check_completion(
        "[rules]\n\"编号跳$0\n",
        "numbering-gap",
        expect![[r#"
        [rules]
        numbering-gap = "off"
    "#]],
    );
    check_completion("[rules]\n\"编号跳号\" = \"off\"\ngap$0", "", expect![""]);
    check_completion(
        "[rules]\nnumbering-gap = $0\n",
        "off hint information warning",
        expect![[r#"
        [rules]
        numbering-gap = "off"
    "#]],
    );
    check_completion(
        "[rules]\nnumbering-gap = \"w$0\"\n",
        "warning",
        expect![[r#"
        [rules]
        numbering-gap = "warning"
    "#]],
    );
    check_completion(
        "[rules]\nnumbering-gap = \"警$0\nplaceholder = \"off\"\n",
        "警告",
        expect![[r#"
        [rules]
        numbering-gap = "警告"
        placeholder = "off"
    "#]],
    );
    check_completion("[rules]\nnumbering-gap = \"off\" $0", "", expect![""]);
    check_completion("[rules] # g$0", "", expect![""]);
}

#[test]
fn values_and_facts() {
    check_completion(
        "[editor]\ncode-lens = $0",
        "true false",
        expect![[r#"
        [editor]
        code-lens = true"#]],
    );
    check_completion(
        "[editor]\ncode-lens = f$0\n",
        "false",
        expect![[r#"
        [editor]
        code-lens = false
    "#]],
    );
    check_completion(
        "[speech]\ntarget-minutes = $0",
        "20",
        expect![[r#"
        [speech]
        target-minutes = 20"#]],
    );
    check_completion(
        "[facts]\n\"XX区\" = \"东湖区\"\n$0",
        "某某局 [rules] [placeholders] [speech]",
        expect![[r#"
        [facts]
        "XX区" = "东湖区"
        "某某局" = """#]],
    );
    check_completion("allow = [\n  $0\n]\n", "", expect![""]);
    check_completion("colour = $0", "", expect![""]);
}

#[track_caller]
fn check_hover(text: &str, expected: Expect) {
    let (document, at) = cursor(text);
    let found = hover(&document, at, Locale::Hans)
        .map(|hover| format!("{}\n---\n{}\n", document.text(hover.span), hover.markdown));
    expected.assert_eq(&found.unwrap_or_default());
}

#[test]
fn explanations() {
    check_hover(
        "[$0speech]\n",
        expect![[r#"
        speech
        ---
        `[speech]` 语速和时间。
    "#]],
    );
    check_hover(
        "[speech]\n$0characters-per-minute = 200\n",
        expect![[r#"
        characters-per-minute
        ---
        `characters-per-minute` 语速，用来估算讲话时间；讲话一般在 160 到 260 之间。

        每分钟字数，60 到 400，默认 200
    "#]],
    );
    check_hover(
        "$0speech.target-minutes = 200\n",
        expect![[r#"
        speech
        ---
        `[speech]` 语速和时间。
    "#]],
    );
    check_hover(
        "[rules]\n\"编号$0跳号\" = \"off\"\n",
        expect![[r#"
            "编号跳号"
            ---
            **编号跳号** `numbering-gap`

            同一序列缺了序号：一……二……四……。

            要么漏了一段，要么删了一段没有改号；是哪一种只有作者知道，所以只提供重新编号，不自动改。缺口在最后一项之前、又没有宣布数目时，是号错还是漏项，两种可能都写明；只有两项的序列降为信息。

            默认：`warning`（警告）
        "#]],
    );
    check_hover(
        "[rules]\nplaceholder = \"o$0ff\"\n",
        expect![[r#"
        "off"
        ---
        `off` 关闭：不查
    "#]],
    );
    check_hover(
        "[editor]\n$0code-lens = true\n",
        expect![[r#"
        code-lens
        ---
        `code-lens` 代码透镜：字数和时间显示在行上方。不写就与 `inlay-hints` 相反。

        `true` 或 `false`
    "#]],
    );
    check_hover("[rules]\nplaceholder =$0 \"off\"\n", expect![""]);
    check_hover("$0colour = 3\n", expect![""]);
    check_hover("[formulations]\npacks = [\"$0a.tsv\"]\n", expect![""]);
}

#[test]
fn no_text_is_too_broken() {
    for text in [
        "[", "[[", "=", "= =", "a.b.", "{", "a = {", "a = [[[[", "a = \"\"\"", "\"", "a = [\n\n[b]\nc = 1", "]", ",\n.",
    ] {
        let document = Document::new(0, text);
        for at in (0..=text.len()).filter(|&at| text.is_char_boundary(at)) {
            complete(&document, &[], document.point(at), Locale::Hans);
            hover(&document, document.point(at), Locale::Hans);
        }
    }
}

#[test]
fn it_is_explained_in_the_language_of_the_client() {
    let said = |text: &str, locale| {
        let (document, at) = cursor(text);
        hover(&document, at, locale).unwrap().markdown
    };
    let english = said("[speech]\ncharacters$0-per-minute = 20\n", Locale::English);
    assert!(english.ends_with("\n\ncharacters a minute, 60 to 400, 200 if not set"), "{english}");
    assert!(said("[rules]\nplaceholder = \"o$0ff\"\n", Locale::English).is_ascii());
    assert!(said("[rules]\nplaceholder = \"o$0ff\"\n", Locale::Hant).contains("關閉"));
    assert!(said("[$0rules]\n", Locale::Hant).contains("規則"));
    let (document, at) = cursor("[edi$0]\n");
    let found = complete(&document, &[], at, Locale::English);
    assert!(found[0].detail.is_ascii(), "{}", found[0].detail);
}
