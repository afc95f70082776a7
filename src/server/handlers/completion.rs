//! `textDocument/completion`: ordinals that go on, facts, formulations; in a settings file what it may say.

use std::path::Path;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::{blanks, completion, formulations, frames, indicators, settings_file};
use crate::rules::message_locale;
use crate::server::documents::Draft;
use crate::server::lsp::from::path;
use crate::server::lsp::to;
use crate::server::session::Session;
use crate::server::snapshot::{SettingsSnapshot, Snapshot};

pub fn run(snapshot: &Snapshot, params: lsp::CompletionParams) -> Result<lsp::CompletionResponse> {
    let (Draft { document, analysis, settings, .. }, uri) = (&snapshot.draft, &snapshot.uri);
    let at = snapshot.point(params.text_document_position.position);
    // Typing and asking look alike; a place where nothing is typed yet tells them apart.
    let asked = params.context.is_none_or(|c| c.trigger_kind == lsp::CompletionTriggerKind::INVOKED);
    let elsewhere = snapshot.workspace.index.elsewhere(uri);
    let mut candidates = blanks::complete_fact(analysis, document, settings, at);
    candidates.extend(indicators::complete(document, settings, at));
    let pairs = frames::complete(analysis, document, settings, at);
    let mut ordinals = completion::complete(analysis, document, at);
    ordinals.retain(|ordinal| pairs.iter().all(|pair| !pair.text.starts_with(&ordinal.text)));
    candidates.extend(ordinals.into_iter().chain(pairs));
    let formulations = formulations::complete(analysis, document, settings, at, asked, elsewhere);
    let client = snapshot.client();
    let locale = message_locale(client.locale, analysis);
    Ok(to::completion::completion(candidates, formulations, uri, document, client, locale))
}

pub fn in_settings(file: &SettingsSnapshot, params: lsp::CompletionParams) -> Result<lsp::CompletionResponse> {
    let at = file.point(params.text_document_position.position);
    let (names, client) = (names_below(&file.session, &file.uri), file.session.client());
    let found = settings_file::complete(&file.document, &names, at, client.locale);
    Ok(to::completion::completion(found, Vec::new(), &file.uri, &file.document, client, client.locale))
}

/// The names that are open in the drafts below the folder of a settings file.
fn names_below(session: &Session, file: &lsp::Uri) -> Vec<String> {
    let folder = path(file).and_then(|path| path.parent().map(Path::to_owned)).unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    for uri in session.drafts.uris() {
        let is_below = path(&uri).is_some_and(|path| path.starts_with(&folder));
        let Some(draft) = session.drafts.get(&uri).filter(|_| is_below) else { continue };
        names.extend(blanks::names(&draft.analysis, &draft.document));
    }
    names.sort_unstable();
    names.dedup();
    names
}
