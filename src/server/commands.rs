//! The commands: 下一处占位符, 统计, 占位符清单, 定稿检查.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use super::backend::Backend;
use super::capabilities::Session;
use super::convert;
use super::convert::marks;
use super::outbox::Outbox;
use super::store::Entry;
use crate::features::report::{self, Report};
use crate::features::{blanks, metrics};
use crate::locale::Locale;
use crate::rules::message_locale;
use crate::text::Point;

pub const NEXT_PLACEHOLDER: &str = "jianggao.nextPlaceholder";
pub const STATISTICS: &str = "jianggao.statistics";
pub const LEDGER: &str = "jianggao.placeholders";
pub const FINAL_CHECK: &str = "jianggao.finalCheck";

pub const ALL: [&str; 4] = [NEXT_PLACEHOLDER, STATISTICS, LEDGER, FINAL_CHECK];

impl Backend {
    /// Each command takes the URI of a draft. The answer of a report is `{ summary, markdown }` and the
    /// figures in it, each under a name; the summary is shown as well. 统计 and 占位符清单 answer with
    /// the figures alone, and show nothing, for `{ "quiet": true }`. 下一处占位符 takes a position, too:
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
        let more = arguments.next().unwrap_or_default();
        let outbox = self.shared().outbox.clone();
        let asked = uri.clone();
        let answer = self.query("workspace/executeCommand", &asked, move |entry, session| {
            let Entry { document, analysis, settings, .. } = entry;
            let locale = message_locale(session.locale, analysis);
            let quiet = more["quiet"] == true;
            match command {
                STATISTICS if quiet => figures(entry, locale),
                LEDGER if quiet => json!({ "open": open(entry, session, locale) }),
                STATISTICS => {
                    shown(&outbox, report::statistics(analysis, document, settings, locale), figures(entry, locale))
                }
                LEDGER => {
                    let open = json!({ "open": open(entry, session, locale) });
                    shown(&outbox, report::ledger(analysis, document, locale), open)
                }
                FINAL_CHECK => {
                    let (ready, report) = report::final_check(analysis, document, settings, locale);
                    shown(&outbox, report, json!({ "ready": ready }))
                }
                _ => {
                    let position: Option<lsp::Position> = serde_json::from_value(more).ok();
                    let place = position.map(convert::position);
                    let at = place.map_or(Point::default(), |p| session.encoding.point(document, p));
                    let Some(span) = blanks::next_blank(analysis, document, at) else {
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

/// The answer of a report, whose summary is shown.
fn shown(outbox: &Outbox, report: Report, mut answer: Value) -> Value {
    outbox.notify("window/showMessage", json!({ "type": lsp::MessageType::INFO, "message": report.summary }));
    answer["summary"] = report.summary.into();
    answer["markdown"] = report.markdown.into();
    answer
}

/// The length of the draft and what is open in it. `draft` is false for text that is no Chinese prose.
fn figures(entry: &Entry, locale: Locale) -> Value {
    let Entry { document, analysis, settings, .. } = entry;
    let total = metrics::total(&metrics::measure(analysis, document));
    json!({
        "draft": analysis.is_chinese(),
        "official": !analysis.is_other(),
        "label": metrics::in_short(total, settings, locale),
        "characters": total.words,
        "minutes": metrics::minutes(total.spoken, settings),
        "targetMinutes": settings.target_minutes,
        "placeholders": total.blanks,
    })
}

/// The open placeholders, in text order.
fn open(entry: &Entry, session: &Session, locale: Locale) -> Vec<Value> {
    let mut positions = convert::Positions::new(&entry.document, session.encoding);
    let open = report::open(&entry.analysis, &entry.document);
    let item = |o: report::Open| {
        let [hans, hant, english] = o.category.names();
        json!({
            "category": locale.pick(hans, hant, english),
            "text": o.unit,
            "range": positions.range(o.span),
            "section": o.section,
            "context": o.around,
        })
    };
    open.into_iter().map(item).collect()
}
