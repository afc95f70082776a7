//! The page about settings says what is true.

use jianggao::rules::RULES;
use jianggao::settings::Settings;

const PAGE: &str = include_str!("../../docs/configuration.md");
/// The real ones: the page must not name rules that there are not.
fn rules() -> Vec<(&'static str, &'static str)> {
    RULES.iter().map(|rule| (rule.code, rule.name)).collect()
}

#[test]
fn the_example_of_the_page_is_right() {
    let (_, rest) = PAGE.split_once("```toml\n").unwrap();
    let (example, _) = rest.split_once("```").unwrap();
    let (settings, problems) = Settings::parse(example, &rules());
    assert_eq!(problems, []);
    assert_eq!(settings.rules.len(), 3);
    assert!(settings.allows("10年来") && settings.allows("好好好") && !settings.allows("近10年来"));
    assert_eq!((settings.exceptions.len(), settings.exceptions[0].file.as_str()), (1, "春/讲话.txt"));
    assert_eq!(settings.placeholders_add.len(), 2);
    assert_eq!(settings.placeholders_remove, ["XXX"]);
    assert_eq!(settings.speed(), 180);
}

#[test]
fn the_mistake_of_the_page_is_reported_in_its_words() {
    let (_, problems) = Settings::parse("[rules]\nplaceholder = \"of\"\n", &rules());
    assert_eq!(problems.len(), 1);
    assert!(PAGE.contains(&*problems[0].message), "{}", problems[0].message);
}
