//! The commands: 下一处占位符, 统计, 占位符清单, 定稿检查.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::backend::Backend;
use super::convert;
use super::convert::marks;
use super::store::Entry;
use crate::features::blanks;
use crate::features::report::{self, Report};
use crate::rules::message_locale;
use crate::text::Point;

pub const NEXT_PLACEHOLDER: &str = "jianggao.nextPlaceholder";
pub const STATISTICS: &str = "jianggao.statistics";
pub const LEDGER: &str = "jianggao.placeholders";
pub const FINAL_CHECK: &str = "jianggao.finalCheck";

pub const ALL: [&str; 4] = [NEXT_PLACEHOLDER, STATISTICS, LEDGER, FINAL_CHECK];

impl Backend {
    /// Each command takes the URI of a draft. The answer of a report is `{ summary, markdown }`, with
    /// `ready` for the final check; the summary is shown as well. 下一处占位符 takes a position, too:
    /// it answers with the place, and has it shown where the client can.
    pub(super) async fn execute(&self, params: lsp::ExecuteCommandParams) -> Result<Option<Value>> {
        let Some(command) = ALL.into_iter().find(|name| *name == params.command) else {
            return Err(Error::invalid_params(format!("no command {}", params.command)));
        };
        let mut arguments = params.arguments.into_iter();
        let uri: lsp::Uri = match arguments.next().map(serde_json::from_value) {
            Some(Ok(uri)) => uri,
            _ => return Err(Error::invalid_params("the first argument must be the URI of a draft")),
        };
        let position: Option<lsp::Position> = arguments.next().and_then(|at| serde_json::from_value(at).ok());
        let outbox = self.shared().outbox.clone();
        let asked = uri.clone();
        let answer = self.query("workspace/executeCommand", &asked, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            let locale = message_locale(session.locale, analysis);
            let shown = |report: Report, more: Value| {
                let params = json!({ "type": lsp::MessageType::INFO, "message": report.summary });
                outbox.notify("window/showMessage", params);
                let mut answer = json!({ "summary": report.summary, "markdown": report.markdown });
                if let (Some(answer), Value::Object(more)) = (answer.as_object_mut(), more) {
                    answer.extend(more);
                }
                answer
            };
            match command {
                STATISTICS => shown(report::statistics(analysis, document, settings, locale), Value::Null),
                LEDGER => shown(report::ledger(analysis, document, locale), Value::Null),
                FINAL_CHECK => {
                    let (ready, report) = report::final_check(analysis, document, settings, locale);
                    shown(report, json!({ "ready": ready }))
                }
                _ => {
                    let place = position.map(convert::position);
                    let at = place.map_or(Point::default(), |p| session.encoding.point(document, p));
                    let Some(span) = blanks::next_blank(analysis, at) else {
                        return Value::Null;
                    };
                    let found = marks::locations(&[span], &uri, document, session);
                    if let Some(location) = found.first().filter(|_| session.show_document) {
                        outbox.ask_once(
                            "window/showDocument",
                            json!({ "uri": uri, "takeFocus": true, "selection": location.range }),
                        );
                    }
                    found.first().map_or(Value::Null, |location| json!(location))
                }
            }
        });
        answer.await
    }
}
