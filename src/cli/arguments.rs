//! What can be said on the command line. What the help says of it stands here in Simplified Chinese, and in
//! `help.tsv` in the other languages.

mod mistakes;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use anstream::ColorChoice;
use clap::error::ErrorKind;
use clap::{Args, CommandFactory as _, FromArgMatches as _, Parser, ValueEnum};

use super::help;
use crate::locale::Locale;
use crate::settings::Severity;

#[derive(Parser)]
#[command(
    name = "jianggao",
    version,
    about = "讲稿：公文讲话稿的校对工具和语言服务器",
    after_help = "退出码：0 没有问题；1 有达到 --fail-on 等级的问题；2 有文件读不出来，或者用法有误。\n\
                  设置写在 jianggao.toml 里，从稿件所在的文件夹往上找。"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub command: Command,
    /// 颜色：auto（终端上才用）、always（总用）、never（不用）
    #[arg(
        long,
        global = true,
        value_name = "何时",
        default_value = "auto",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub color: Color,
}

#[derive(clap::Subcommand)]
pub(super) enum Command {
    /// 检查稿件
    Check(Check),
    /// 列出稿件的提纲
    Outline(Outline),
    /// 比较同一篇稿件的两稿：改了什么，改动以后哪里对不上了
    Compare(Compare),
    /// 输出读到的文字：Word 文档的正文和自动编号、脚注、页眉
    Text(Text),
    /// 把稿件排成 Word 文档，版式照《党政机关公文格式》（GB/T 9704-2012），或者排成打印用的网页
    Export(Export),
    /// 填占位符：按 --set 和设置里的 facts，Word 文档里写成修订
    Fill(Fill),
    /// 把 Word 里的修改拉回文本稿，标记、编码、空行照旧
    Pull(Pull),
    /// 待核清单：没有填的、存疑的数字日期名称，按责任单位列出来，附原句
    Ledger(Ledger),
    /// 列出全部规则
    Rules(Rules),
    /// 说明一条规则：查什么，为什么，例子
    Explain(Explain),
    /// 查提法：各项、出处、新旧说法
    Slogans(Slogans),
    /// What the fitted points are fitted on.
    #[command(hide = true)]
    Features(Features),
    /// 运行语言服务器（供编辑器使用）
    Lsp(Lsp),
    /// 在浏览器里用：把网页放在这台电脑上，只有这台电脑打得开
    Web(Web),
    /// 运行 MCP 服务器（供写作智能体使用）：检查、提纲、修正、规则说明，只读
    #[command(hide = !cfg!(feature = "mcp"))]
    Mcp,
    /// 输出命令补全脚本
    Completions(Completions),
    /// 输出 man 手册页
    Man(Man),
}

#[derive(Args)]
pub(super) struct Check {
    /// 文件、文件夹，或者 -（标准输入）；不写就是当前文件夹
    #[arg(value_name = "路径")]
    pub paths: Vec<PathBuf>,
    /// 输出格式：text、json、jsonl、sarif、github、gitlab、junit、checkstyle、rdjson
    #[arg(long, value_name = "格式", hide_possible_values = true)]
    pub format: Option<ReportFormat>,
    /// 另写一份报告，如 sarif=报告.sarif；不写文件就是标准输出；可以写几次
    #[arg(long, value_name = "格式[=文件]")]
    pub output: Vec<String>,
    /// 标准输入的内容算作这个文件（决定设置和是不是 Markdown）
    #[arg(long, value_name = "文件名")]
    pub stdin_filename: Option<PathBuf>,
    /// 标准输入里一行一份稿件，如 {"path": "讲话.txt", "text": "……"}，一份答一行：jsonl
    #[arg(long, value_name = "格式", hide_possible_values = true,
          conflicts_with_all = ["format", "output", "stdin_filename", "quiet", "fix", "fix_style", "fix_only", "diff",
                                "baseline", "write_baseline", "is_final", "accept_suppressed", "annotate", "revise",
                                "strip", "in_place", "why"])]
    pub input: Option<InputFormat>,
    /// 到哪一级就以 1 退出：error、warning（默认）、information、hint、never
    #[arg(
        long,
        value_name = "等级",
        default_value = "warning",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub fail_on: FailOn,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long, conflicts_with_all = ["strip", "input"])]
    pub convert: bool,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
    /// 只输出合计
    #[arg(long, short)]
    pub quiet: bool,
    /// 查完不退出，稿件或者设置一存盘就再查一遍；按 Ctrl-C 结束
    #[arg(long, conflicts_with_all = ["output", "input", "stdin_filename", "fix", "fix_style", "fix_only", "is_final",
                                      "write_baseline", "annotate", "revise", "strip", "why"])]
    pub watch: bool,
    /// 把有把握的修正写进文件（标准输入的稿件，改好的写到标准输出），再报告剩下的问题
    #[arg(long)]
    pub fix: bool,
    /// 把写法也改成常用的：序号的标点、半角标点、空格、缩进；可以和 --fix 一起用
    #[arg(long)]
    pub fix_style: bool,
    /// 只显示会改什么，不写文件；有要改的以 1 退出
    #[arg(long)]
    pub diff: bool,
    /// 只修正这些规则的问题，要斟酌的也改；可以写几次，或者用逗号隔开
    #[arg(long, value_name = "规则", value_delimiter = ',')]
    pub fix_only: Vec<String>,
    /// 去年的稿子：指出还是去年的年份、届次、数字，整段照念的，说过没有下文的
    #[arg(long, value_name = "去年的稿子", conflicts_with_all = ["strip", "input"])]
    pub against: Option<PathBuf>,
    /// 与去年一字不差的，连着多少字才说；默认 50
    #[arg(long, value_name = "字数", value_parser = clap::value_parser!(u32).range(20..=2000))]
    pub against_characters: Option<u32>,
    /// 已经认可的问题记在这个文件里，不再报告
    #[arg(long, value_name = "文件")]
    pub baseline: Option<PathBuf>,
    /// 把现在的问题都算作认可，写进 --baseline 的文件
    #[arg(long, requires = "baseline")]
    pub write_baseline: bool,
    /// 定稿检查：占位符没有填完，或者还有错误、警告，就以 1 退出
    #[arg(long = "final")]
    pub is_final: bool,
    /// 定稿检查时，被设置、忽略标记、基线略过的占位符不算数
    #[arg(long, requires = "is_final")]
    pub accept_suppressed: bool,
    /// 把问题写成 Word 批注，存到这个文件里，原文件不动
    #[arg(long, value_name = "文件", conflicts_with_all = ["fix", "fix_style", "fix_only", "diff", "write_baseline", "revise", "strip"])]
    pub annotate: Option<PathBuf>,
    /// 把有把握的修正写成 Word 修订，其余的写成批注，存到这个文件里，原文件不动
    #[arg(long, value_name = "文件", conflicts_with_all = ["fix", "fix_style", "fix_only", "diff", "write_baseline", "strip"])]
    pub revise: Option<PathBuf>,
    /// 不检查，只去掉 Word 文档里讲稿的批注，存到这个文件里，原文件不动
    #[arg(long, value_name = "文件", conflicts_with_all = ["fix", "fix_style", "fix_only", "diff", "write_baseline", "is_final"])]
    pub strip: Option<PathBuf>,
    /// 和 --fix 一起用：Word 文档也在原文件里改，写成修订，改动前的另存一份
    #[arg(long, requires = "fix")]
    pub in_place: bool,
    /// 不报告问题，只说明为什么：各个候选的依据；--why=12 只看第 12 行
    #[arg(long, value_name = "行", num_args = 0..=1, require_equals = true, value_parser = line(),
          conflicts_with_all = ["fix", "fix_style", "fix_only", "diff", "is_final", "baseline", "quiet"])]
    pub why: Option<Option<u32>>,
    /// 说明为什么时，把分值也列出来
    #[arg(long, short, requires = "why")]
    pub verbose: bool,
}

#[derive(Args)]
pub(super) struct Outline {
    /// 文件、文件夹，或者 -（标准输入）；不写就是标准输入
    #[arg(value_name = "路径")]
    pub path: Option<PathBuf>,
    /// 输出格式：text、json
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
    /// 标准输入的内容算作这个文件
    #[arg(long, value_name = "文件名")]
    pub stdin_filename: Option<PathBuf>,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long)]
    pub convert: bool,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
    /// 不列提纲，只说明为什么：各个序号的依据；--why=12 只看第 12 行
    #[arg(long, value_name = "行", num_args = 0..=1, require_equals = true, value_parser = line(),
          conflicts_with = "format")]
    pub why: Option<Option<u32>>,
    /// 说明为什么时，把分值也列出来
    #[arg(long, short, requires = "why")]
    pub verbose: bool,
}

#[derive(Args)]
pub(super) struct Compare {
    /// 前一稿：.txt、.md 或者 .docx
    #[arg(value_name = "前一稿", display_order = 0)]
    pub old: PathBuf,
    /// 后一稿
    #[arg(value_name = "后一稿", display_order = 1)]
    pub new: PathBuf,
    /// 输出格式：text、json、html（左右对照的网页）
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub format: CompareFormat,
    /// 只改了措辞的也逐处列出来
    #[arg(long)]
    pub wording: bool,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long)]
    pub convert: bool,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum CompareFormat {
    Text,
    Json,
    Html,
}

#[derive(Args)]
pub(super) struct Text {
    /// 文件、文件夹，或者 -（标准输入）
    #[arg(value_name = "路径", required = true)]
    pub paths: Vec<PathBuf>,
    /// 标准输入的内容算作这个文件
    #[arg(long, value_name = "文件名")]
    pub stdin_filename: Option<PathBuf>,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long)]
    pub convert: bool,
}

#[derive(Args)]
pub(super) struct Export {
    /// 文件，或者 -（标准输入）
    #[arg(value_name = "路径")]
    pub path: PathBuf,
    /// 排好的文档存到这个文件里：.docx，或者 .html
    #[arg(long = "output", short = 'o', value_name = "文件")]
    pub to: PathBuf,
    /// 排成念稿：大字、宽行距，标出停顿的地方
    #[arg(long, conflicts_with = "template")]
    pub reading: bool,
    /// 样式、页边、页眉页脚用这个 Word 文档的
    #[arg(long, value_name = "文件")]
    pub template: Option<PathBuf>,
    /// 标准输入的内容算作这个文件
    #[arg(long, value_name = "文件名")]
    pub stdin_filename: Option<PathBuf>,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long)]
    pub convert: bool,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Fill {
    /// 文件，或者 -（标准输入）
    #[arg(value_name = "路径")]
    pub path: PathBuf,
    /// 要填什么，如 'XX区=东湖区'；可以写几次
    #[arg(long, value_name = "占位符=文字", value_parser = fact)]
    pub set: Vec<(String, String)>,
    /// 填好的稿件存到这个文件里；不写就写到标准输出（Word 文档一定要写）
    #[arg(long = "output", short = 'o', value_name = "文件")]
    pub to: Option<PathBuf>,
    /// 标准输入的内容算作这个文件
    #[arg(long, value_name = "文件名")]
    pub stdin_filename: Option<PathBuf>,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long)]
    pub convert: bool,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Pull {
    /// 改过的 Word 文档；修订接受了的、还没有接受的，都算接受
    #[arg(value_name = "Word 文档", display_order = 0)]
    pub document: PathBuf,
    /// 文本稿：.txt、.md；不写 -o、--in-place 就只显示会改什么
    #[arg(value_name = "稿件", display_order = 1)]
    pub draft: PathBuf,
    /// 导出 Word 时的稿件；写明了，两边都改过的段落不动，一一列出来
    #[arg(long, value_name = "文件")]
    pub base: Option<PathBuf>,
    /// 改好的稿件存到这个文件里
    #[arg(long = "output", short = 'o', value_name = "文件")]
    pub to: Option<PathBuf>,
    /// 改好的稿件存回原文件
    #[arg(long, conflicts_with = "to")]
    pub in_place: bool,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long)]
    pub convert: bool,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Ledger {
    /// 文件、文件夹，或者 -（标准输入）
    #[arg(value_name = "路径", required = true)]
    pub paths: Vec<PathBuf>,
    /// 输出格式：text、json
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
    /// 清单存到这个文件里：.docx、.html、.csv、.json
    #[arg(long = "output", short = 'o', value_name = "文件", conflicts_with = "format")]
    pub to: Option<PathBuf>,
    /// 与上次的清单（.json、.docx）比：哪些已落实，哪些是新增的
    #[arg(long, value_name = "旧清单")]
    pub since: Option<PathBuf>,
    /// 旧版 Word（.doc）、WPS、RTF、OpenDocument 文档，用本机装的 LibreOffice 转换了再读
    #[arg(long)]
    pub convert: bool,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
}

/// A placeholder and what it stands for.
fn fact(text: &str) -> Result<(String, String), String> {
    let (unit, fact) = text.split_once('=').ok_or("=")?;
    let is_line = !unit.trim().is_empty() && !fact.trim().is_empty() && !text.contains(['\n', '\r']);
    is_line.then(|| (unit.trim().to_owned(), fact.trim().to_owned())).ok_or_else(|| "=".to_owned())
}

/// The number of a line, from 1.
fn line() -> clap::builder::RangedI64ValueParser<u32> {
    clap::value_parser!(u32).range(1..)
}

#[derive(Args)]
pub(super) struct Rules {
    /// 把每条规则的说明写进这个文件夹，编辑器里的链接就能打开；不写文件夹就放在程序找得到的地方
    #[arg(long, value_name = "文件夹", num_args = 0..=1, require_equals = true)]
    pub write_pages: Option<Option<PathBuf>>,
    /// 输出格式：text、json
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
}

#[derive(Args)]
pub(super) struct Explain {
    /// 规则的代码或者名称，如 numbering-gap、编号跳号
    #[arg(value_name = "规则")]
    pub rule: String,
}

#[derive(Args)]
pub(super) struct Slogans {
    /// 提法、其中一项、主题，或者拼音、首字母，如 四个意识、sgys；不写就是全部
    #[arg(value_name = "查什么")]
    pub query: Option<String>,
    /// 输出格式：text、json
    #[arg(long, value_name = "格式", default_value = "text", hide_default_value = true, hide_possible_values = true)]
    pub format: Format,
    /// 只用这个设置文件，不再查找别的
    #[arg(long, value_name = "设置文件")]
    pub config: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum FeatureKind {
    /// Candidates for placeholders.
    Marks,
    /// Lists that do not count on.
    Lists,
    /// Kinds of text.
    Genre,
    /// Announced counts and the lists that they may be about.
    Counts,
    /// Corrections of characters that may be slips.
    Slips,
    /// The names of the features of placeholders.
    Names,
}

#[derive(Args)]
pub(super) struct Features {
    pub kind: FeatureKind,
    pub paths: Vec<PathBuf>,
}

#[derive(Args)]
pub(super) struct Lsp {
    /// 用标准输入输出通信（只有这一种方式，可以不写）
    #[arg(long)]
    stdio: bool,
    /// Some clients add their process id; the initialize request says it as well.
    #[arg(long = "clientProcessId", hide = true)]
    client_process_id: Option<String>,
}

#[derive(Args)]
pub(super) struct Web {
    /// 端口；0 是随便用一个空着的
    #[arg(long, value_name = "端口", default_value_t = 8418, hide_default_value = true)]
    pub port: u16,
    /// 网页在这个文件夹里（web/dist），不用程序里带的
    #[arg(long, value_name = "文件夹")]
    pub page: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Completions {
    /// 哪一种 shell：bash、zsh、fish、powershell、elvish
    #[arg(value_name = "shell", hide_possible_values = true)]
    pub shell: clap_complete::Shell,
}

#[derive(Args)]
pub(super) struct Man {
    /// 哪一个命令的手册页，如 check；不写就是总的
    #[arg(value_name = "命令")]
    pub command: Option<String>,
}

/// The formats of `check`; each has a file in `reporter/`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    Text,
    Json,
    Jsonl,
    Sarif,
    Github,
    Gitlab,
    Junit,
    Checkstyle,
    Rdjson,
}

/// How drafts stand on standard input, if not one alone as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InputFormat {
    Jsonl,
}

/// The formats of the other commands.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

impl From<Color> for ColorChoice {
    fn from(color: Color) -> Self {
        match color {
            Color::Auto => Self::Auto,
            Color::Always => Self::Always,
            Color::Never => Self::Never,
        }
    }
}

#[derive(Clone, Copy, ValueEnum)]
pub(super) enum FailOn {
    #[value(aliases = ["错误", "錯誤"])]
    Error,
    #[value(alias = "警告")]
    Warning,
    #[value(aliases = ["信息", "資訊"])]
    Information,
    #[value(alias = "提示")]
    Hint,
    #[value(alias = "从不")]
    Never,
}

impl FailOn {
    /// The least severity that counts; `None`: none does.
    pub fn threshold(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Information => Some(Severity::Information),
            Self::Hint => Some(Severity::Hint),
            Self::Never => None,
        }
    }
}

/// Reads the arguments. Help, the version and mistakes are printed here; the code is then that of
/// the process.
pub(super) fn parse(arguments: impl IntoIterator<Item = OsString>, locale: Locale) -> Result<Arguments, ExitCode> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    // The texts of the help are made only where somebody will read them.
    Arguments::command()
        .try_get_matches_from(&arguments)
        .or_else(|_| command(locale).try_get_matches_from(&arguments))
        .and_then(|matches| Arguments::from_arg_matches(&matches))
        .and_then(|arguments| consistent(arguments, locale))
        .map_err(|error| mistakes::refuse(&error, locale))
}

/// The whole command line, with its help in this language.
pub(super) fn command(locale: Locale) -> clap::Command {
    help::localised(Arguments::command(), locale)
}

fn consistent(arguments: Arguments, locale: Locale) -> Result<Arguments, clap::Error> {
    let message = match &arguments.command {
        Command::Check(check) => check.conflict().map(|options| {
            locale.pick(
                format!("{} 不能同时使用", options.join(" 和 ")),
                format!("{} 不能同時使用", options.join(" 和 ")),
                format!("{} cannot be used together", options.join(" and ")),
            )
        }),
        Command::Fill(fill) => fill.repeated().map(|unit| {
            locale.pick(
                format!("“--set {unit}=…”写了不止一次"),
                format!("「--set {unit}=…」寫了不止一次"),
                format!("‘--set {unit}=…’ is given more than once"),
            )
        }),
        _ => None,
    };
    match message {
        Some(message) => Err(command(locale).error(ErrorKind::ArgumentConflict, message)),
        None => Ok(arguments),
    }
}

impl Fill {
    /// A placeholder that is to be filled in twice.
    fn repeated(&self) -> Option<&str> {
        let mut units: Vec<&str> = self.set.iter().map(|(unit, _)| &**unit).collect();
        units.sort_unstable();
        units.windows(2).find(|pair| pair[0] == pair[1]).map(|pair| pair[0])
    }
}

impl Check {
    /// Options that exclude each other. A final check looks at the drafts as they are.
    fn conflict(&self) -> Option<&'static [&'static str]> {
        let is_stdin = self.stdin_filename.is_some() || self.paths.iter().any(|path| path.as_os_str() == "-");
        let fixes = self.fix || !self.fix_only.is_empty();
        let is_for_programs = |format| format != ReportFormat::Text;
        let excluded: [(bool, &[&str]); 9] = [
            (self.quiet && self.format.is_some_and(is_for_programs), &["--quiet", "--format"]),
            (self.why.is_some() && self.format.is_some_and(is_for_programs), &["--why", "--format"]),
            (self.why.is_some() && !self.output.is_empty(), &["--why", "--output"]),
            (self.input.is_some() && self.paths.iter().any(|path| path.as_os_str() != "-"), &["--input", "PATH"]),
            (self.diff && !self.output.is_empty(), &["--diff", "--output"]),
            (fixes && is_stdin && !self.output.is_empty(), &["-", "--fix", "--output"]),
            (self.is_final && self.diff, &["--final", "--diff"]),
            (self.is_final && self.write_baseline, &["--final", "--write-baseline"]),
            (self.is_final && fixes && is_stdin, &["-", "--final", "--fix"]),
        ];
        excluded.into_iter().find_map(|(excluded, options)| excluded.then_some(options))
    }
}
