//! What is wrong with the arguments, said in Chinese.

use std::io::Write as _;
use std::process::ExitCode;

use clap::error::{ContextKind, ErrorKind};

use crate::cli::EXIT_ERROR;
use crate::cli::output::{clean, print_error};
use crate::locale::Locale;

pub(super) fn refuse(error: &clap::Error, locale: Locale) -> ExitCode {
    let shown = match mistake(error, locale) {
        Some(message) if locale != Locale::English => {
            print_error(locale, &message);
            let how = locale.pick("用 jianggao --help 查看用法。", "用 jianggao --help 查看用法。", "");
            writeln!(std::io::stderr().lock(), "{how}")
        }
        _ if error.use_stderr() => {
            // What was typed stands in it.
            let text = error.render().to_string();
            text.lines().try_for_each(|line| writeln!(std::io::stderr().lock(), "{}", clean(line)))
        }
        _ => error.print(),
    };
    match shown {
        Ok(()) => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(EXIT_ERROR)),
        Err(_) => ExitCode::from(EXIT_ERROR),
    }
}

/// A mistake in Chinese; `None` for help, the version, and what clap alone has words for.
fn mistake(error: &clap::Error, locale: Locale) -> Option<String> {
    let say = |hans: String, hant: String| locale.pick(hans, hant, String::new());
    let context = |kind| error.get(kind).map(ToString::to_string);
    let argument = context(ContextKind::InvalidArg).unwrap_or_default();
    let value = context(ContextKind::InvalidValue).unwrap_or_default();
    let message = match error.kind() {
        ErrorKind::UnknownArgument => say(format!("没有参数“{argument}”"), format!("沒有參數「{argument}」")),
        ErrorKind::InvalidSubcommand => {
            let command = context(ContextKind::InvalidSubcommand).unwrap_or_default();
            say(format!("没有命令“{command}”"), format!("沒有命令「{command}」"))
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            say(format!("“{argument}”后面缺少内容"), format!("「{argument}」後面缺少內容"))
        }
        ErrorKind::InvalidValue => {
            let valid = context(ContextKind::ValidValue).unwrap_or_default();
            say(
                format!("“{argument}”不能是“{value}”，可用的有：{valid}"),
                format!("「{argument}」不能是「{value}」，可用的有：{valid}"),
            )
        }
        ErrorKind::MissingRequiredArgument => say(format!("缺少参数 {argument}"), format!("缺少參數 {argument}")),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            say(format!("“{argument}”的个数不对"), format!("「{argument}」的個數不對"))
        }
        // One of ours: the text is all there is.
        ErrorKind::ArgumentConflict if argument.is_empty() => {
            let text = error.render().to_string();
            let first = text.lines().next().unwrap_or_default();
            first.trim_start_matches("error: ").to_owned()
        }
        ErrorKind::ArgumentConflict => {
            let other = context(ContextKind::PriorArg).unwrap_or_default();
            match other == argument || other.is_empty() {
                true => say(format!("“{argument}”写了不止一次"), format!("「{argument}」寫了不止一次")),
                false => {
                    say(format!("{argument} 和 {other} 不能同时使用"), format!("{argument} 和 {other} 不能同時使用"))
                }
            }
        }
        ErrorKind::ValueValidation => {
            say(format!("“{argument}”不能是“{value}”"), format!("「{argument}」不能是「{value}」"))
        }
        _ => return None,
    };
    let suggested = context(ContextKind::SuggestedArg)
        .or_else(|| context(ContextKind::SuggestedSubcommand))
        .or_else(|| context(ContextKind::SuggestedValue))
        .map_or(String::new(), |suggested| {
            say(format!("；是不是“{suggested}”？"), format!("；是不是「{suggested}」？"))
        });
    Some(say(format!("用法有误：{message}{suggested}"), format!("用法有誤：{message}{suggested}")))
}
