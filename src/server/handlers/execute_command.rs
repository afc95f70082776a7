//! `workspace/executeCommand`: 下一处占位符, 统计, 占位符清单, 定稿检查, 这里为什么这样判断, 试讲, 新建.

use serde_json::{Value, json};
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types as lsp;

use crate::features::report::{self, Report};
use crate::features::templates::{TEMPLATES as TEMPLATE_TEXTS, Template};
use crate::features::why::words::explained;
use crate::features::{blanks, metrics, rehearsal};
use crate::locale::Locale;
use crate::server::commands::{ALL, FINAL_CHECK, LEDGER, NEXT_PLACEHOLDER, REHEARSAL, STATISTICS, TEMPLATES, WHY};
use crate::server::context::Context;
use crate::server::documents::Draft;
use crate::server::lsp::to::marks;
use crate::server::snapshot::Snapshot;
use crate::server::transport::Writer;
use crate::text::Point;

/// Each command but for 新建, which answers with the skeletons, takes the URI of a draft. The answer of a report is `{ summary, markdown }` and the figures in it,
/// each under a name; the summary is shown as well, but for `{ "quiet": true }`. 统计 and 占位符清单 answer then with the
/// figures alone, unless `"report": true` stands beside it. Places in a report are links to `#L` and the line. 下一处占位符 and 这里为什么这样判断 take a position, too: the former answers with the
/// place, and has it shown where the client can, the latter with a report, which is not shown for `"quiet": true` in
/// the position.
pub async fn run(context: Context, params: lsp::ExecuteCommandParams) -> Result<Value> {
    let Some(command) = ALL.into_iter().find(|name| *name == params.command) else {
        return Err(Error::invalid_params(format!("no command {}", params.command)));
    };
    if command == TEMPLATES {
        let template = |t: &Template| json!({ "id": t.id, "name": t.name, "text": t.text });
        return Ok(TEMPLATE_TEXTS.iter().map(template).collect());
    }
    let mut arguments = params.arguments.into_iter();
    let uri: lsp::Uri = match arguments.next().map(serde_json::from_value) {
        Some(Ok(uri)) => uri,
        _ => return Err(Error::invalid_params("the first argument must be the URI of a draft")),
    };
    let argument = arguments.next().unwrap_or_default();
    let Some(snapshot) = context.snapshot(&uri) else { return Ok(Value::Null) };
    snapshot.read("workspace/executeCommand", move |now| execute(command, now, argument)).await
}

fn execute(command: &str, snapshot: &Snapshot, argument: Value) -> Value {
    let (draft, writer, locale) = (&snapshot.draft, &snapshot.session.writer, snapshot.locale());
    let Draft { document, analysis, settings, .. } = draft;
    let quiet = argument["quiet"] == true;
    let alone = quiet && argument["report"] != true;
    let told =
        |report: Report, answer: Value| if quiet { answered(report, answer) } else { shown(writer, report, answer) };
    match command {
        STATISTICS if alone => figures(draft, locale),
        LEDGER if alone => json!({ "open": open(snapshot, locale) }),
        STATISTICS => told(report::statistics(analysis, document, settings, locale), figures(draft, locale)),
        LEDGER => told(report::ledger(analysis, document, locale), json!({ "open": open(snapshot, locale) })),
        FINAL_CHECK => {
            let (ready, report) = report::final_check(analysis, document, settings, locale);
            told(report, json!({ "ready": ready }))
        }
        WHY => told(explained(analysis, document, settings, locale, place(snapshot, argument)), json!({})),
        NEXT_PLACEHOLDER => next_placeholder(snapshot, argument),
        REHEARSAL => rehearsed(snapshot, argument),
        _ => Value::Null,
    }
}

/// Where a command is about; without a position the beginning of the draft.
fn place(snapshot: &Snapshot, argument: Value) -> Point {
    let position: Option<lsp::Position> = serde_json::from_value(argument).ok();
    position.map_or(Point::default(), |position| snapshot.point(position))
}

fn next_placeholder(snapshot: &Snapshot, argument: Value) -> Value {
    let (Draft { document, analysis, .. }, uri) = (&snapshot.draft, &snapshot.uri);
    let at = place(snapshot, argument);
    let Some(span) = blanks::next_blank(analysis, document, at) else {
        return Value::Null;
    };
    let found = marks::locations(&[span], uri, document, snapshot.client());
    if let Some(location) = found.first().filter(|_| snapshot.client().show_document) {
        let place = json!({ "uri": uri, "takeFocus": true, "selection": location.range });
        snapshot.session.writer.request("window/showDocument", place);
    }
    found.first().map_or(Value::Null, |location| json!(location))
}

/// Which sentence of the speech at a position is spoken when, in milliseconds from its beginning.
fn rehearsed(snapshot: &Snapshot, argument: Value) -> Value {
    let Draft { document, analysis, settings, .. } = &snapshot.draft;
    let Some(speech) = rehearsal::rehearsal(analysis, document, place(snapshot, argument).line) else {
        return Value::Null;
    };
    let settings = &*metrics::paced(analysis, document, settings);
    let time = |spoken: u32| u64::from(spoken) * 60_000 / u64::from(settings.speed());
    let mut positions = snapshot.positions();
    let sentences = speech.sentences.into_iter();
    let sentences: Vec<Value> =
        sentences.map(|one| json!({ "range": positions.range(one.span), "at": time(one.before) })).collect();
    let part = |part: rehearsal::Part| json!({ "name": part.name, "line": part.line, "at": time(part.before) });
    json!({
        "length": time(speech.spoken),
        "charactersPerMinute": settings.speed(),
        "targetMinutes": speech.target.or(settings.target_minutes),
        "sentences": sentences,
        "sections": speech.sections.into_iter().map(part).collect::<Vec<_>>(),
    })
}

/// The answer of a report, whose summary is shown.
fn shown(writer: &Writer, report: Report, answer: Value) -> Value {
    writer.notify("window/showMessage", json!({ "type": lsp::MessageType::INFO, "message": report.summary }));
    answered(report, answer)
}

fn answered(report: Report, mut answer: Value) -> Value {
    answer["summary"] = report.summary.into();
    answer["markdown"] = report.markdown.into();
    answer
}

/// The length of the draft and what is open in it. `draft` is false for text that is no Chinese prose.
fn figures(draft: &Draft, locale: Locale) -> Value {
    let Draft { document, analysis, settings, .. } = draft;
    let settings = &*metrics::paced(analysis, document, settings);
    let measured = metrics::measure(analysis, document);
    let total = metrics::total(&measured);
    let section = |section: &metrics::Section| {
        json!({
            "name": section.name,
            "level": section.level,
            "line": section.line,
            "characters": section.size.words,
            "minutes": metrics::minutes(section.size.spoken, settings),
            "targetMinutes": section.target,
            "until": metrics::clock(section.until, settings),
            "time": metrics::duration(section.size.spoken, settings, locale),
            "placeholders": section.size.blanks,
        })
    };
    let sections: Vec<Value> = measured.iter().flat_map(|speech| &speech.sections).map(section).collect();
    json!({
        "draft": analysis.is_chinese(),
        "official": !analysis.is_other(),
        "label": metrics::in_short(&measured, settings, locale),
        "characters": total.words,
        "minutes": metrics::minutes(total.spoken, settings),
        "targetMinutes": metrics::target(&measured, settings),
        "placeholders": total.blanks,
        "sections": sections,
    })
}

/// The open placeholders, in text order.
fn open(snapshot: &Snapshot, locale: Locale) -> Vec<Value> {
    let mut positions = snapshot.positions();
    let open = report::open(&snapshot.draft.analysis, &snapshot.draft.document);
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
