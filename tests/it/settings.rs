//! The page about settings says what is true.

use jianggao::settings::{Settings, Severity};

const PAGE: &str = include_str!("../../docs/configuration.md");
const RULES: [(&str, &str); 3] =
    [("placeholder", "占位符"), ("numbering-gap", "跳号"), ("numbering-duplicate", "重号")];

#[test]
fn the_example_of_the_page_is_right() {
    let (_, rest) = PAGE.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let (settings, problems) = Settings::parse(example, &RULES);
    assert_eq!(problems, []);
    assert_eq!(settings.rules.len(), 3);
    assert!(settings.allows("XX级") && settings.allows("某某") && !settings.allows("XXX级"));
    assert_eq!(settings.placeholders_add.len(), 2);
    assert_eq!(settings.placeholders_remove, ["XXX"]);
    assert_eq!(settings.speed(), 180);
}

#[test]
fn the_page_names_every_level() {
    for severity in Severity::ALL {
        let row = format!("| `{}` | `{}` |", severity.name(), severity.chinese_name());
        assert!(PAGE.contains(&row), "{row}");
    }
}

#[test]
fn the_mistake_of_the_page_is_reported_in_its_words() {
    let (_, problems) = Settings::parse("[rules]\nplaceholder = \"of\"\n", &RULES);
    assert_eq!(problems.len(), 1);
    assert!(PAGE.contains(&problems[0].message), "{}", problems[0].message);
}
