//! What may be written next.

use serde_json::json;
use tower_lsp::ls_types as lsp;

use crate::features::completion::Candidate;
use crate::features::formulations;
use crate::locale::Locale;
use crate::server::client::Client;
use crate::server::lsp::Positions;
use crate::slogans::Kind;
use crate::text::{Document, Lines};

/// The ordinals that may follow, then the formulations.
pub fn completion(
    ordinals: Vec<Candidate>,
    formulations: Vec<formulations::Candidate>,
    uri: &lsp::Uri,
    document: &Document,
    client: &Client,
    locale: Locale,
) -> lsp::CompletionResponse {
    let mut positions = Positions::new(document, client.encoding);
    let mut items: Vec<lsp::CompletionItem> = Vec::with_capacity(ordinals.len() + formulations.len());
    items.extend(ordinals.into_iter().enumerate().map(|(n, candidate)| lsp::CompletionItem {
        label: candidate.label,
        label_details: beside(&candidate.detail, client),
        detail: Some(candidate.detail).filter(|detail| !detail.is_empty()),
        kind: Some(lsp::CompletionItemKind::VALUE),
        sort_text: Some(format!("{n:03}")),
        // Clients match this with the text in the range; only what is there is sure to match.
        filter_text: Some(document.text(candidate.span)).filter(|text| !text.is_empty()),
        text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(
            positions.range(candidate.span),
            candidate.text,
        ))),
        preselect: (n == 0).then_some(true),
        ..Default::default()
    }));
    items.extend(formulations.into_iter().map(|found| {
        let snippet = found.snippet.filter(|_| client.snippets);
        let why = formulations::why(found.why, locale);
        lsp::CompletionItem {
            label: found.label,
            label_details: beside(&why, client),
            detail: Some(joined(why, found.detail)).filter(|detail| !detail.is_empty()),
            kind: Some(if snippet.is_some() { lsp::CompletionItemKind::SNIPPET } else { formulation_kind(found.kind) }),
            // Behind the ordinals, whose order has three digits.
            sort_text: Some(format!("1{}", found.sort)),
            filter_text: Some(found.filter).filter(|text| !text.is_empty()),
            insert_text_format: snippet.is_some().then_some(lsp::InsertTextFormat::SNIPPET),
            text_edit: Some(lsp::CompletionTextEdit::Edit(lsp::TextEdit::new(
                positions.range(found.span),
                snippet.unwrap_or(found.text),
            ))),
            tags: (found.deprecated && client.deprecated_tag).then(|| vec![lsp::CompletionItemTag::DEPRECATED]),
            data: Some(json!({ "uri": uri, "id": found.id })),
            ..Default::default()
        }
    }));
    lsp::CompletionResponse::List(lsp::CompletionList { is_incomplete: true, items })
}

/// What a client shows on the line of the item.
fn beside(remark: &str, client: &Client) -> Option<lsp::CompletionItemLabelDetails> {
    let description = Some(remark.to_owned()).filter(|remark| client.label_details && !remark.is_empty())?;
    Some(lsp::CompletionItemLabelDetails { detail: None, description: Some(description) })
}

fn joined(why: String, detail: String) -> String {
    if why.is_empty() || detail.is_empty() { why + &detail } else { format!("{why}；{detail}") }
}

/// The nearest of the kinds that editors have an icon for. Not “text”: clients drop it among words of
/// the file.
fn formulation_kind(kind: Kind) -> lsp::CompletionItemKind {
    match kind {
        Kind::Numbered => lsp::CompletionItemKind::ENUM,
        Kind::Principle | Kind::Term => lsp::CompletionItemKind::KEYWORD,
        Kind::Parallel | Kind::Idiom | Kind::Phrase => lsp::CompletionItemKind::CONSTANT,
        Kind::Opening | Kind::Transition | Kind::Closing => lsp::CompletionItemKind::REFERENCE,
    }
}

/// The item with its explanation.
pub fn resolved(mut item: lsp::CompletionItem, explanation: Option<String>, client: &Client) -> lsp::CompletionItem {
    let kind = if client.completion_markdown { lsp::MarkupKind::Markdown } else { lsp::MarkupKind::PlainText };
    item.documentation = explanation.map(|value| lsp::Documentation::MarkupContent(lsp::MarkupContent { kind, value }));
    item
}
