//! The command line: reads files, prints reports.
//!
//! Exit codes: 0 nothing at or above the threshold, 1 findings, 2 something could not be done.

mod arguments;
mod baseline;
mod check;
mod compare;
mod convert;
mod diff;
mod explain;
mod export;
mod extent;
mod features;
mod files;
mod fill;
mod fix;
mod foreign;
mod gate;
mod help;
mod input;
mod ledger;
mod manual;
#[cfg(feature = "mcp")]
mod mcp;
mod outline;
mod output;
mod parallel;
mod passed;
mod progress;
mod pull;
mod reporter;
mod save;
mod slogans;
mod text;
mod watch;
mod web;
mod why;
mod word;

use std::io;
use std::process::ExitCode;

use arguments::{Arguments, Command};
use output::Output;

/// Something could not be done.
const EXIT_ERROR: u8 = 2;

/// Runs the program with the arguments of the process. `serve` is the language server: the command
/// line knows that there is one and no more.
pub fn run(serve: fn() -> ExitCode) -> ExitCode {
    let locale = output::locale();
    let arguments = match arguments::parse(std::env::args_os(), locale) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    if let Command::Lsp(_) = arguments.command {
        return serve();
    }
    if let Command::Mcp = arguments.command {
        return mcp(locale);
    }
    match dispatch(arguments, locale) {
        Ok(code) => ExitCode::from(code),
        // The reader has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            let what = locale.pick("写不出结果：", "寫不出結果：", "cannot write the output: ");
            output::print_error(locale, &format!("{what}{error}"));
            ExitCode::from(EXIT_ERROR)
        }
    }
}

#[cfg(feature = "mcp")]
use mcp::run as mcp;

#[cfg(not(feature = "mcp"))]
fn mcp(locale: crate::locale::Locale) -> ExitCode {
    let message = locale.pick(
        "这个程序没有带 mcp：编译时要加 --features mcp",
        "這個程式沒有帶 mcp：編譯時要加 --features mcp",
        "this program has no mcp: build it with --features mcp",
    );
    output::print_error(locale, message);
    ExitCode::from(EXIT_ERROR)
}

fn dispatch(arguments: Arguments, locale: crate::locale::Locale) -> io::Result<u8> {
    let mut output = Output::new(arguments.color.into(), locale);
    let code = match arguments.command {
        Command::Check(check) if check.watch => watch::run(&check, &mut output)?,
        Command::Check(check) => check::run(&check, &mut output)?,
        Command::Outline(outline) => outline::run(&outline, &mut output)?,
        Command::Compare(arguments) => compare::run(&arguments, &mut output)?,
        Command::Export(export) => export::run(&export, &mut output),
        Command::Fill(fill) => fill::run(&fill, &mut output)?,
        Command::Ledger(ledger) => ledger::run(&ledger, &mut output)?,
        Command::Pull(pull) => pull::run(&pull, &mut output)?,
        Command::Text(text) => text::run(&text, &mut output)?,
        Command::Rules(rules) => explain::list(&rules, &mut output)?,
        Command::Explain(explain) => explain::explain(&explain, &mut output)?,
        Command::Features(features) => features::run(&features, &mut output)?,
        Command::Slogans(slogans) => slogans::run(&slogans, &mut output)?,
        Command::Completions(completions) => {
            let mut command = arguments::command(locale);
            let mut script = Vec::new();
            clap_complete::generate(completions.shell, &mut command, "jianggao", &mut script);
            output.raw(&script)?;
            0
        }
        Command::Man(man) => manual::run(&man, &mut output)?,
        Command::Web(web) => web::run(&web, &mut output)?,
        Command::Lsp(_) | Command::Mcp => 0,
    };
    match output.finish() {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error),
        _ => Ok(code),
    }
}
