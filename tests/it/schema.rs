//! The published schema of `jianggao.toml`, made from what the program reads. `UPDATE_EXPECT=1` writes
//! it anew; that it takes and refuses what the program does is tested by `tests/protocol/schema.py`.

use std::borrow::Cow;

use jianggao::rules::{RULES, Rule};
use jianggao::settings::keys::{self, Entries, Key, Kind, TABLES, Table};
use jianggao::settings::{Settings, Severity};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

const FILE: &str = "docs/jianggao.schema.json";
const MADE_BY: &str =
    "由 tests/it/schema.rs 生成，不要手改；更新：UPDATE_EXPECT=1 cargo test --locked --test it schema";

struct SettingsFile;

impl JsonSchema for SettingsFile {
    fn schema_name() -> Cow<'static, str> {
        "jianggao.toml".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let [file, tables @ ..] = &TABLES;
        let mut schema = table(file, generator);
        let properties = schema.ensure_object()["properties"].as_object_mut().unwrap();
        properties.extend(tables.iter().map(|t| (t.name.to_owned(), table(t, generator).to_value())));
        schema.insert("$comment".to_owned(), MADE_BY.into());
        schema
    }
}

fn table(table: &Table, generator: &mut SchemaGenerator) -> Schema {
    let (properties, others): (Map<String, Value>, Value) = match table.entries {
        Entries::Keys(keys) => (keys.iter().map(|key| (key.name.to_owned(), setting(key))).collect(), json!(false)),
        Entries::Levels => {
            let of_rule = |rule: &&Rule| {
                let schema = level_of(rule, generator);
                [(rule.code.to_owned(), schema.clone()), (rule.name.to_owned(), schema)]
            };
            (RULES.iter().flat_map(of_rule).collect(), json!(false))
        }
        // Not empty, and in one line.
        Entries::List(keys, _) => return list(table, keys),
        Entries::Facts => (Map::new(), json!({ "type": "string", "pattern": r"^[^\n\r]*[^\s][^\n\r]*$" })),
    };
    json_schema!({
        "type": "object",
        "description": table.about,
        "properties": properties,
        "additionalProperties": others,
    })
}

/// A table that may stand several times.
fn list(table: &Table, keys: &[Key]) -> Schema {
    let properties: Map<String, Value> = keys.iter().map(|key| (key.name.to_owned(), setting(key))).collect();
    let is_needed = |key: &&Key| matches!(key.kind, Kind::Text { is_needed: true, .. });
    let required: Vec<&str> = keys.iter().filter(is_needed).map(|key| key.name).collect();
    json_schema!({
        "type": "array",
        "minItems": 1,
        "description": table.about,
        "items": {
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        },
    })
}

fn setting(key: &Key) -> Value {
    let texts = json!({ "type": "array", "items": { "type": "string", "minLength": 1 } });
    let (mut schema, default) = match &key.kind {
        Kind::Switch { default, .. } => (json!({ "type": "boolean" }), json!(default)),
        Kind::Number { range, default, .. } => {
            (json!({ "type": "integer", "minimum": range.start(), "maximum": range.end() }), json!(default))
        }
        Kind::Count { range, .. } => {
            (json!({ "type": "integer", "minimum": range.start(), "maximum": range.end() }), Value::Null)
        }
        Kind::Several => (texts, Value::Null),
        Kind::Pairs { .. } => {
            let text = json!({ "type": "string", "pattern": r"^[^\n\r]*[^\s][^\n\r]*$" });
            (json!({ "type": "object", "additionalProperties": text }), Value::Null)
        }
        Kind::Texts(_) | Kind::Patterns(_) | Kind::Files(_) => (texts, json!([])),
        Kind::Mark => (json!({ "type": "boolean" }), json!(false)),
        Kind::Text { is_rule: true, .. } => {
            let names: Vec<&str> = RULES.iter().flat_map(|rule| [rule.code, rule.name]).collect();
            (json!({ "type": "string", "enum": names }), Value::Null)
        }
        Kind::Text { .. } | Kind::File { .. } => {
            (json!({ "type": "string", "pattern": r"^[^\n\r]*[^\s][^\n\r]*$" }), Value::Null)
        }
    };
    schema["description"] = match &key.kind {
        Kind::Number { unit, .. } | Kind::Count { unit, .. } => format!("{}（{}）", key.about, unit[0]).into(),
        _ => key.about.into(),
    };
    if !default.is_null() {
        schema["default"] = default;
    }
    schema
}

fn level_of(rule: &Rule, generator: &mut SchemaGenerator) -> Value {
    let mut schema = generator.subschema_for::<Level>();
    schema.insert("title".to_owned(), rule.name.into());
    schema.insert("description".to_owned(), rule.summary.into());
    schema.insert("default".to_owned(), keys::level_names(rule.severity)[0].into());
    schema.to_value()
}

struct Level;

impl JsonSchema for Level {
    fn schema_name() -> Cow<'static, str> {
        "level".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let all = || keys::LEVELS.into_iter().flat_map(|level| keys::level_names(level).map(|name| (name, level)));
        json_schema!({
            "type": "string",
            "enum": all().map(|(name, _)| name).collect::<Vec<_>>(),
            // Editors show them beside the values.
            "enumDescriptions": all().map(|(_, level)| keys::about_level(level)).collect::<Vec<_>>(),
        })
    }
}

#[test]
fn the_published_schema_is_what_the_program_reads() {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<SettingsFile>();
    let expected = format!("{}\n", serde_json::to_string_pretty(&schema).unwrap());
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    let published = std::fs::read_to_string(&path).unwrap_or_default();
    if published == expected {
        return;
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, expected).unwrap();
        return;
    }
    panic!("{FILE} is out of date: UPDATE_EXPECT=1 cargo test --locked --test it schema writes it anew");
}

/// The examples of a file in `tests/settings`, which the schema is checked with as well.
fn examples(file: &str) -> Vec<&str> {
    file.split("# ================\n").skip(1).collect()
}

fn problems(text: &str) -> Vec<String> {
    let rules: Vec<_> = RULES.iter().map(|rule| (rule.code, rule.name)).collect();
    let (_, problems) = Settings::parse(text, &rules);
    problems.into_iter().map(|problem| problem.message.to_string()).collect()
}

#[test]
fn the_program_agrees_with_the_schema_about_the_examples() {
    for right in examples(include_str!("../settings/right.toml")) {
        assert_eq!(problems(right), [""; 0], "{right}");
    }
    for wrong in examples(include_str!("../settings/wrong.toml")) {
        assert_eq!(problems(wrong).len(), 1, "{wrong}: {:?}", problems(wrong));
    }
}

#[test]
fn every_setting_is_kept_where_it_says() {
    let default = format!("{:?}", Settings::default());
    for table in TABLES.iter().filter(|table| !matches!(table.entries, Entries::List(..))) {
        for key in table.keys() {
            let value = match &key.kind {
                Kind::Switch { .. } => "false".to_owned(),
                Kind::Number { example, .. } => example.to_string(),
                Kind::Text { example, .. } | Kind::File { example, .. } => format!("{example:?}"),
                _ => "[\"a\"]".to_owned(),
            };
            let header = if table.name.is_empty() { String::new() } else { format!("[{}]\n", table.name) };
            let (settings, problems) = Settings::parse(&format!("{header}{} = {value}\n", key.name), &[]);
            assert_eq!(problems, []);
            // Files are read before one is laid over another.
            let names_files = !settings.formulations.files.is_empty()
                || !settings.word_files.is_empty()
                || !settings.against.is_empty();
            let settings = Settings::layered(Settings::default(), settings);
            let kept = format!("{settings:?}") != default || names_files;
            assert!(kept, "{}", key.name);
        }
    }
}

#[test]
fn the_page_about_settings_names_them_all() {
    let page = include_str!("../../docs/configuration.md");
    for table in TABLES.iter().filter(|table| !table.name.is_empty()) {
        let is_list = matches!(table.entries, Entries::List(..));
        let header = if is_list { format!("[[{}]]", table.name) } else { format!("[{}]", table.name) };
        assert!(page.contains(&format!("### `{header}`")), "{}", table.name);
    }
    for key in TABLES.iter().flat_map(Table::keys) {
        assert!(page.contains(&format!("- `{}`：", key.name)), "{}", key.name);
        if let Kind::Number { range, .. } | Kind::Count { range, .. } = &key.kind {
            let (least, most) = (range.start(), range.end());
            assert!(page.contains(&format!("{least} 到 {most}")), "{}", key.name);
        }
    }
    for level in keys::LEVELS {
        let [name, chinese] = keys::level_names(level);
        let row = format!("| `{name}` | `{chinese}` | {} |", keys::about_level(level));
        assert!(page.contains(&row), "{row}");
    }
    assert_eq!(keys::LEVELS.iter().flatten().count(), Severity::ALL.len());
}
