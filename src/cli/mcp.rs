//! `jianggao mcp`: what a writing agent asks, by the Model Context Protocol over standard input and output. Nothing is
//! written: corrections are part of an answer.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use rmcp::handler::server::wrapper::{Json, Parameters};
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig};
use rmcp::{ServerHandler, ServiceExt as _, tool, tool_handler, tool_router};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};

use super::files::{Manner, Source, cannot_read};
use super::input::{self, Content, Decoded, Unreadable};
use super::output::{Look, print_error};
use super::{EXIT_ERROR, check, explain};
use crate::locale::Locale;
use crate::report::{CheckedFile, FixedFile, OutlinedFile, RuleEntry, Text};
use crate::settings::Settings;
use crate::text::Grade;
use crate::workspace::reading::{LONGEST_DRAFT, Unread};
use crate::workspace::{of_draft, settings_for};

/// Answers until standard input ends.
pub(super) fn run(locale: Locale) -> ExitCode {
    let served = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(|error| error.to_string())
        .and_then(|runtime| {
            runtime.block_on(async {
                let streams = (tokio::io::stdin(), tokio::io::stdout());
                let service = Tools { locale }.serve(streams).await.map_err(|error| error.to_string())?;
                service.waiting().await.map_err(|error| error.to_string())
            })
        });
    match served {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            print_error(locale, &error);
            ExitCode::from(EXIT_ERROR)
        }
    }
}

struct Tools {
    locale: Locale,
}

/// 一份稿件：path 和 text 写一个
#[derive(Deserialize, JsonSchema)]
struct Draft {
    /// 稿件的文件：.txt、.md 或者 Word 文档（.docx）
    path: Option<PathBuf>,
    /// 稿件的全文
    text: Option<String>,
}

#[derive(Deserialize, JsonSchema)]
struct Fixing {
    #[serde(flatten)]
    draft: Draft,
    /// 把写法也改成常用的：序号的标点、半角标点、空格、缩进
    #[serde(default)]
    style: bool,
}

#[derive(Deserialize, JsonSchema)]
struct Named {
    /// 规则的代码或者名称，如 numbering-gap
    rule: String,
}

/// The answer of the command line as it is.
#[derive(Serialize)]
#[serde(transparent)]
struct Checked(serde_json::Value);

impl JsonSchema for Checked {
    fn schema_name() -> Cow<'static, str> {
        CheckedFile::schema_name()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        CheckedFile::json_schema(generator)
    }
}

#[tool_router]
impl Tools {
    /// 检查一份稿件：编号、数目、占位符、提法、错别字。行、字从 0 数起。fix 里各处改动带着自己的位置；grade 为 offered 的，看过那一句再改。
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn check(&self, Parameters(draft): Parameters<Draft>) -> Result<Json<Checked>, String> {
        let Read { source, content, settings } = self.read(draft)?;
        let look = Look { locale: self.locale, ..Look::default() };
        let json = check::in_json(&source, content, &settings, look).map_err(|error| self.refused(&source, &error))?;
        serde_json::from_str(&json).map(|value| Json(Checked(value))).map_err(|error| error.to_string())
    }

    /// 列出一份稿件的提纲：各部分、各级标题、段内分项。
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn outline(&self, Parameters(draft): Parameters<Draft>) -> Result<Json<OutlinedFile>, String> {
        let read = self.read(draft)?;
        self.with_text(&read, |_, text| Ok(Json(text.outline())))
    }

    /// 做有把握的修正，回答改好的全文（text）和改了哪些地方（edits，位置是改动以前的）。不写文件。
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn fix(&self, Parameters(Fixing { draft, style }): Parameters<Fixing>) -> Result<Json<FixedFile>, String> {
        let read = self.read(draft)?;
        let grades = if style { &[Grade::Certain, Grade::Style][..] } else { &[Grade::Certain] };
        self.with_text(&read, |decoded, text| match decoded.document {
            Some(_) => Err(self
                .locale
                .pick(
                    "Word 文档的修正写成修订：jianggao check --revise 新文件 原文件",
                    "Word 文件的修正寫成修訂：jianggao check --revise 新檔案 原檔案",
                    "corrections of a Word document are tracked changes: jianggao check --revise NEW DOCUMENT",
                )
                .to_owned()),
            None => Ok(Json(text.fix(grades))),
        })
    }

    /// 说明一条规则：查什么、为什么、正例和反例。
    #[tool(annotations(read_only_hint = true, open_world_hint = false))]
    fn explain(&self, Parameters(Named { rule }): Parameters<Named>) -> Result<Json<RuleEntry>, String> {
        explain::find(&rule, self.locale).map(|rule| Json(RuleEntry::new(rule)))
    }
}

#[tool_handler]
impl ServerHandler for Tools {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("jianggao", env!("CARGO_PKG_VERSION")))
            .with_instructions(
                "中文公文讲话稿的校对。不知道的事实留占位符（如【会议日期】），不要编；写完用 check 查，用 fix 做有把握的修正，\
                 其余的逐条看过再改，再查到没有新问题为止。看不懂一条问题，用 explain。",
            )
    }
}

struct Read {
    source: Source,
    content: Content,
    settings: Arc<Settings>,
}

impl Tools {
    fn read(&self, Draft { path, text }: Draft) -> Result<Read, String> {
        let (source, content) = match (path, text) {
            (Some(path), None) => {
                let source = Source::File(path, Manner::Named);
                let content = source.read(false).map_err(|error| self.refused(&source, &error))?;
                (source, content)
            }
            (None, Some(text)) if text.len() as u64 > LONGEST_DRAFT => {
                let error = Unreadable::File(Unread::TooLong(LONGEST_DRAFT));
                return Err(self.refused(&Source::Stdin(None), &error));
            }
            (None, Some(text)) => (Source::Stdin(None), Content { bytes: text.into_bytes(), converted: None }),
            _ => {
                let message = self.locale.pick(
                    "path 和 text 要写一个，也只能写一个",
                    "path 和 text 要寫一個，也只能寫一個",
                    "either path or text is wanted",
                );
                return Err(message.to_owned());
            }
        };
        let loaded = settings_for(source.path().unwrap_or(Path::new(".")));
        if let Some(told) = loaded.problems().iter().find(|told| told.problem.is_mistake()) {
            return Err(format!("{}：{}", told.path.display(), told.problem.message.text(self.locale)));
        }
        let settings = Arc::new(loaded.settings);
        let settings = source.path().map_or_else(|| Arc::clone(&settings), |path| of_draft(&settings, path));
        Ok(Read { source, content, settings })
    }

    fn with_text<T>(&self, read: &Read, work: impl FnOnce(&Decoded, Text) -> Result<T, String>) -> Result<T, String> {
        let Read { source, content, settings } = read;
        let decoded = input::decode(&content.bytes).map_err(|error| self.refused(source, &error))?;
        let (path, markup) = (&source.shown(), source.markup(&decoded));
        work(&decoded, Text { path, text: &decoded.text, markup, settings, locale: self.locale })
    }

    fn refused(&self, source: &Source, error: &Unreadable) -> String {
        cannot_read(&source.shown(), &error.message(self.locale), self.locale)
    }
}
