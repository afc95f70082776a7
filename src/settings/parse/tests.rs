use super::*;
use crate::locale::Locale;
use crate::text::chars::is_han;
use expect_test::{Expect, expect};

const RULES: [KnownRule; 3] = [("placeholder", "占位符"), ("numbering-gap", "跳号"), ("numbering-duplicate", "重号")];

/// What is Chinese in an English message stands in the file, or in an example.
fn is_quoted(c: char, text: &str) -> bool {
    !is_han(c) || text.contains(c) || "东湖区甲乙占位符跳重号".contains(c)
}

fn check_problems(text: &str, expected: Expect) {
    let (_, problems) = parse(text, &RULES);
    for problem in &problems {
        let english = problem.message.text(Locale::English);
        assert!(!english.is_empty() && english.chars().all(|c| is_quoted(c, text)), "{english}");
    }
    let shown: String = problems.iter().map(|p| format!("{:?} {}\n", &text[p.range.clone()], p.message)).collect();
    expected.assert_eq(&shown);
}

#[test]
fn every_key_is_read() {
    let (settings, problems) = parse(
        r#"
allow = ["XX牌"]
allow-patterns = ['X{1,2}级|Y']

[rules]
placeholder = "error"
numbering-gap = "off"
"重号" = "提示"

[placeholders]
add = ["某某"]
remove = ["XXX"]

[speech]
characters-per-minute = 180
"#,
        &RULES,
    );
    assert_eq!(problems, []);
    let rules: Vec<_> = settings.rules.into_iter().collect();
    assert_eq!(
        rules,
        [
            ("numbering-duplicate".to_owned(), Some(Severity::Hint)),
            ("numbering-gap".to_owned(), None),
            ("placeholder".to_owned(), Some(Severity::Error)),
        ]
    );
    assert_eq!(settings.allow, ["XX牌"]);
    assert_eq!(settings.placeholders_add, ["某某"]);
    assert_eq!(settings.placeholders_remove, ["XXX"]);
    assert_eq!(settings.characters_per_minute, Some(180));
    let pattern = &settings.allow_patterns[0];
    assert!(pattern.is_match("XX级") && pattern.is_match("Y"));
    assert!(!pattern.is_match("XXX级") && !pattern.is_match("Y级"));
}

#[test]
fn facts_and_the_editor() {
    let (settings, problems) =
        parse("[facts]\n\"XX区\" = \"东湖区\"\n[speech]\ntarget-minutes = 20\n[editor]\ninlay-hints = false\n", &RULES);
    assert_eq!(problems, []);
    assert_eq!(settings.facts.get("XX区").map(String::as_str), Some("东湖区"));
    assert_eq!(settings.target_minutes, Some(20));
    assert!(!settings.editor.shows_hints() && settings.editor.shows_lenses() && settings.editor.continues_lists());
    check_problems(
        "[facts]\n\"XX区\" = 3\n\"XX县\" = \"\"\n[speech]\ntarget-minutes = 0\n[editor]\ncode-lens = \"on\"\nlens = true\n",
        expect![[r#"
            "3" “XX区”应是要填入的文字，如 "东湖区"；这里是整数。
            "\"\"" 要填入的文字应是不空的一行。
            "0" “target-minutes”（分钟）应在 1 到 600 之间，这里是 0。
            "\"on\"" “code-lens”应是 true 或 false；这里是字符串。
            "lens" [editor] 里没有设置项“lens”。是不是“code-lens”？
        "#]],
    );
}

#[test]
fn mistakes_do_not_stop_the_rest() {
    let text = r#"
alow = ["甲"]
allow = ["乙", 3, ""]
allow-patterns = ["(", "[一", "+", "a)(b", "甲.*"]
colour = true
[rules]
placeholder = "err"
numbering-gpa = "off"
跳 = 1
numbering-duplicate = false
"跳号" = "warning"
[placeholders]
added = []
remove = "XX"
[speech]
characters-per-minute = 1000
"#;
    let (settings, _) = parse(&text.replace("跳 = 1\n", ""), &RULES);
    assert_eq!(settings.allow, ["乙"]);
    assert_eq!(settings.allow_patterns.len(), 1);
    assert_eq!(settings.rules.get("numbering-gap"), Some(&Some(Severity::Warning)));
    check_problems(
        &text.replace("跳 = 1\n", ""),
        expect![[r#"
            "alow" 没有设置项“alow”。是不是“allow”？
            "3" “allow”里应是字符串，这里是整数；请加上半角引号。
            "\"\"" 空字符串不起作用，请删去。
            "\"(\"" 正则表达式“(”有误：左括号“(”没有配对的“)”。
            "\"[一\"" 正则表达式“[一”有误：左方括号“[”没有配对的“]”。
            "\"+\"" 正则表达式“+”有误：“*”“+”“?”前面没有可重复的内容；表示符号本身请在前面加 \。
            "\"a)(b\"" 正则表达式“a)(b”有误：右括号“)”没有配对的“(”；表示括号本身请写 \)。
            "colour" 没有设置项“colour”。可用的有：allow、allow-patterns、official-prose、against、against-characters、rules、placeholders、speech、facts、private、editor、formulations、words、ignore、roster、profile。
            "\"err\"" 没有等级“err”。是不是“error”？
            "numbering-gpa" 没有规则“numbering-gpa”。是不是“numbering-gap”？
            "false" “numbering-duplicate”应是一个等级，可用 off、hint、information、warning、error（关闭、提示、信息、警告、错误）；这里是true/false。
            "added" [placeholders] 里没有设置项“added”。可用的有：add、remove。
            "\"XX\"" “remove”应是一个字符串列表，如 ["甲", "乙"]；这里是字符串。
            "1000" “characters-per-minute”（每分钟字数）应在 60 到 400 之间，这里是 1000。
        "#]],
    );
}

#[test]
fn keys_in_the_wrong_place() {
    check_problems(
        "placeholder = 'off'\nadd = []\n[rules]\nallow = ['甲']\n",
        expect![[r#"
            "placeholder" 没有设置项“placeholder”。请写在 [rules] 下面。
            "add" 没有设置项“add”。请写在 [placeholders] 下面。
            "allow" 没有规则“allow”。请写在文件开头，第一个 [表] 之前。
        "#]],
    );
    check_problems(
        "rules = 3\n[[speech]]\n",
        expect![[r#"
            "3" “rules”应是一个表，写作 [rules]；这里是整数。
            "speech" “speech”应是一个表，写作 [speech]；这里是表的列表。
        "#]],
    );
}

#[test]
fn what_is_no_toml_leaves_the_defaults() {
    for (text, expected) in [
        (
            "allow = [“甲”]",
            expect![[r#"
                "“甲”" TOML 写法有误：引号、等号、逗号、方括号要用半角。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
        (
            "[rules]\nplaceholder = off",
            expect![[r#"
                "off" TOML 写法有误：文字要用半角双引号括起来。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
        (
            "allow = ['a']\nallow = ['b']",
            expect![[r#"
                "allow" TOML 写法有误：同一个设置项写了两次，请只留一处。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
        (
            "allow = ['a'",
            expect![[r#"
                "" TOML 写法有误：列表没有用“]”结束。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
        (
            "allow = ['a' 'b']",
            expect![[r#"
                "" TOML 写法有误：列表各项之间要用半角逗号分开。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
        (
            "[rules]\n跳号 = 'off'",
            expect![[r#"
            "跳号" TOML 写法有误：中文的设置项要用半角双引号括起来。改好之前，这个文件里的设置都不起作用。
        "#]],
        ),
        (
            "[rules\n",
            expect![[r#"
                "" TOML 写法有误：表名没有用“]”结束。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
        (
            "allow",
            expect![[r#"
                "" TOML 写法有误：应写成“设置项 = 值”。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
        (
            "allow = [\"甲]\n",
            expect![[r#"
                "" TOML 写法有误：列表没有用“]”结束。改好之前，这个文件里的设置都不起作用。
            "#]],
        ),
    ] {
        let (settings, problems) = parse(text, &RULES);
        assert_eq!(problems.len(), 1, "{text}");
        assert!(settings.allow.is_empty() && settings.rules.is_empty());
        check_problems(text, expected);
    }
}

#[test]
fn a_pattern_may_end_in_a_comment() {
    let (regex, _) = whole("(?x) 甲 # 乙", PATTERN_BUDGET).unwrap();
    assert!(regex.is_match("甲") && !regex.is_match("甲甲"));
}

#[test]
fn layers() {
    let parse = |text| parse(text, &RULES).0;
    let user = parse(
        "allow = ['甲']\nallow-patterns = ['丙']\n[rules]\nplaceholder = 'off'\nnumbering-gap = 'hint'\n\
             [placeholders]\nadd = ['某某']\nremove = ['XX']\n[speech]\ncharacters-per-minute = 180",
    );
    let project = parse(
        "allow = ['乙', '甲']\nallow-patterns = ['丙']\n[rules]\nplaceholder = 'error'\n\
             [placeholders]\nadd = ['XX']\nremove = ['某某']",
    );
    let all = Settings::layered(user, project);
    assert_eq!(all.allow, ["甲", "乙"]);
    assert_eq!(all.allow_patterns.len(), 1);
    assert_eq!(all.severity("placeholder", None), Some(Severity::Error));
    assert_eq!(all.severity("numbering-gap", None), Some(Severity::Hint));
    assert_eq!(all.severity("other", None), None);
    assert_eq!((all.placeholders_add, all.placeholders_remove), (vec!["XX".to_owned()], vec!["某某".to_owned()]));
    assert_eq!(all.characters_per_minute, Some(180));
    assert_eq!(Settings::default().speed(), 200);
}

#[test]
fn formulations_are_read() {
    let text = r#"
[formulations]
packs = ["unit.tsv", "提法/我的.tsv"]
builtin = false
complete = false
min-han = 3
"#;
    let (settings, problems) = parse(text, &RULES);
    assert_eq!(problems, []);
    let own = settings.formulations;
    assert_eq!((own.builtin, own.complete, own.minimum_han), (Some(false), Some(false), Some(3)));
    let files: Vec<&str> = own.files.iter().map(|(file, _)| file.as_str()).collect();
    assert_eq!(files, ["unit.tsv", "提法/我的.tsv"]);
    check_problems(
        "min-han = 2\n[formulations]\npacks = \"a.tsv\"\nbuiltin = \"no\"\ncomplete = 1\nmin-han = 0\npack = []\n",
        expect![[r#"
            "min-han" 没有设置项“min-han”。请写在 [formulations] 下面。
            "\"a.tsv\"" “packs”应是一个字符串列表，如 ["甲", "乙"]；这里是字符串。
            "\"no\"" “builtin”应是 true 或 false；这里是字符串。
            "1" “complete”应是 true 或 false；这里是整数。
            "0" “min-han”（汉字数）应在 1 到 8 之间，这里是 0。
            "pack" [formulations] 里没有设置项“pack”。是不是“packs”？
        "#]],
    );
}

#[test]
fn mistakes_and_patterns_cost_no_more_than_was_agreed() {
    let many: String = (0..2000).map(|n| format!("rule-{n} = \"off\"\n")).collect();
    let (_, problems) = parse(&format!("[rules]\n{many}"), &[]);
    assert_eq!(problems.len(), MOST_PROBLEMS + 1);
    assert!(problems[MOST_PROBLEMS].message.contains("另有 1900 处有误"), "{:?}", problems[MOST_PROBLEMS]);

    let pattern = r"'\p{Han}{1,40}\w{1,40}'";
    let list = vec![pattern; 150].join(", ");
    let (settings, problems) = parse(&format!("allow-patterns = [{list}]\n"), &[]);
    assert!((1..150).contains(&settings.allow_patterns.len()), "{}", settings.allow_patterns.len());
    assert!(problems[0].message.contains("合起来太大"), "{:?}", problems[0]);

    let list = vec!["\"甲\""; 3000].join(", ");
    let (settings, problems) = parse(&format!("allow = [{list}]\n"), &[]);
    assert_eq!((settings.allow.len(), problems.len()), (MOST_TEXTS, 1));
}
