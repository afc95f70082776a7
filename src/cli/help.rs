//! The help in the language of the user: what `arguments` says in Simplified Chinese, by the rows of `help.tsv`.

use std::sync::OnceLock;

use clap::{Arg, ArgAction, Command};

use crate::locale::Locale;
use crate::text::tables;

static TABLE: &str = include_str!("help.tsv");

/// The command and its subcommands with their help in this language.
pub(super) fn localised(command: Command, locale: Locale) -> Command {
    static VERSION: OnceLock<String> = OnceLock::new();
    let version = VERSION.get_or_init(|| {
        let (program, tables) = (env!("CARGO_PKG_VERSION"), crate::features::why::tables());
        locale.pick(
            format!("{program}（判定表 {tables}）"),
            format!("{program}（判定表 {tables}）"),
            format!("{program} (tables {tables})"),
        )
    });
    let argument = Arg::new("version").short('V').long("version").help("显示版本").action(ArgAction::Version);
    let usage = format!("jianggao <{}> [{}]", say("命令", locale), say("选项", locale));
    let command = command.disable_version_flag(true).version(version.as_str()).arg(argument);
    one(command, locale).override_usage(usage).mut_subcommands(|command| {
        let mut usage = format!("jianggao {} [{}]", command.get_name(), say("选项", locale));
        let command = one(command, locale);
        for argument in command.get_positionals() {
            let name = argument.get_value_names().and_then(|names| names.first()).map_or("", |name| name.as_str());
            let many = if argument.get_num_args().is_some_and(|n| n.max_values() > 1) { "..." } else { "" };
            usage += &if argument.is_required_set() { format!(" <{name}>{many}") } else { format!(" [{name}]{many}") };
        }
        command.override_usage(usage)
    })
}

/// One command, without its subcommands.
fn one(command: Command, locale: Locale) -> Command {
    let help = Arg::new("help").short('h').long("help").help("显示帮助").action(ArgAction::Help);
    let (about, after) =
        (command.get_about().map(ToString::to_string), command.get_after_help().map(ToString::to_string));
    let command = command
        .help_template(locale.pick(
            "{about}\n\n用法：{usage}\n\n{all-args}{after-help}",
            "{about}\n\n用法：{usage}\n\n{all-args}{after-help}",
            "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
        ))
        .subcommand_help_heading(locale.pick("命令", "命令", "COMMANDS"))
        .subcommand_value_name(say("命令", locale))
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .arg(help)
        .mut_args(|argument| self::argument(argument, locale));
    let command = match about {
        Some(about) => command.about(translated(&about, locale)),
        None => command,
    };
    match after {
        Some(after) => command.after_help(translated(&after, locale)),
        None => command,
    }
}

fn argument(argument: Arg, locale: Locale) -> Arg {
    let heading = say(if argument.is_positional() { "参数" } else { "选项" }, locale);
    let help = argument.get_help().map(ToString::to_string);
    let names =
        argument.get_value_names().map(|names| names.iter().map(|name| known(name, locale)).collect::<Vec<_>>());
    let argument = argument.help_heading(heading);
    let argument = match help {
        Some(help) => argument.help(translated(&help, locale)),
        None => argument,
    };
    match names.and_then(|names| names.into_iter().collect::<Option<Vec<_>>>()) {
        Some(names) => argument.value_names(names),
        None => argument,
    }
}

/// A text of the table in this language.
pub(super) fn say(text: &'static str, locale: Locale) -> &'static str {
    known(text, locale).unwrap_or(text)
}

/// The text in this language with its lines, or as it is where the table does not have it.
fn translated(text: &str, locale: Locale) -> String {
    known(&text.replace('\n', "\\n"), locale).map_or_else(|| text.to_owned(), |text| text.replace("\\n", "\n"))
}

fn known(text: &str, locale: Locale) -> Option<&'static str> {
    rows().find(|row| row[0] == text).map(|[hans, hant, english]| locale.pick(hans, hant, english))
}

/// Simplified, Traditional, English.
fn rows() -> impl Iterator<Item = [&'static str; 3]> {
    tables::rows(TABLE).map(|mut cells| std::array::from_fn(|_| cells.next().unwrap_or("")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments;

    fn texts(command: &Command, found: &mut Vec<String>) {
        found.extend([command.get_about(), command.get_after_help()].into_iter().flatten().map(ToString::to_string));
        for argument in command.get_arguments().filter(|argument| !argument.is_hide_set()) {
            found.extend(argument.get_help().map(ToString::to_string));
            found.extend(argument.get_value_names().into_iter().flatten().map(ToString::to_string));
        }
        // `mcp` is hidden where it is not built in.
        for command in command.get_subcommands().filter(|it| !it.is_hide_set() || it.get_name() == "mcp") {
            texts(command, found);
        }
    }

    #[test]
    fn the_command_is_sound_in_every_language() {
        for locale in [Locale::Hans, Locale::Hant, Locale::English] {
            arguments::command(locale).debug_assert();
        }
    }

    #[test]
    fn every_text_has_a_row_and_every_row_a_use() {
        let mut found = Vec::new();
        texts(&arguments::command(Locale::Hans), &mut found);
        found.retain(|text| !text.is_ascii());
        for text in ["命令", "选项", "参数"].into_iter().chain(super::super::manual::TEXTS) {
            found.push(text.to_owned());
        }
        for text in &found {
            let text = text.replace('\n', "\\n");
            assert!(known(&text, Locale::Hans).is_some(), "help.tsv has no row for “{text}”");
        }
        for [hans, hant, english] in rows() {
            assert!(found.iter().any(|text| text.replace('\n', "\\n") == hans), "nothing says “{hans}”");
            assert!(!hant.is_empty() && !english.is_empty(), "“{hans}” wants Traditional and English");
        }
    }

    #[test]
    fn english_help_has_nothing_in_chinese() {
        let mut found = Vec::new();
        texts(&arguments::command(Locale::English), &mut found);
        for text in found {
            assert!(text.is_ascii() || text.contains('…'), "{text}");
        }
    }
}
