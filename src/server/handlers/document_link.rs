//! `textDocument/documentLink`: the rules that suppressions name, and the files beside the draft that there are.

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types as lsp;

use crate::features::links::{self, Target};
use crate::server::lsp::from::path;
use crate::server::snapshot::Snapshot;
use crate::workspace;

pub fn run(snapshot: &Snapshot, _: lsp::DocumentLinkParams) -> Result<Vec<lsp::DocumentLink>> {
    let draft = &snapshot.draft;
    let folder = path(&snapshot.uri).and_then(|path| Some(path.parent()?.to_owned()));
    let mut positions = snapshot.positions();
    let link = |link: links::Link| {
        let target = match &link.target {
            Target::Rule(rule) => format!("{}/{}.md", snapshot.session.rule_pages()?, rule.code).parse().ok(),
            Target::File(name) => {
                let file = Some(folder.as_ref()?.join(name)).filter(|file| workspace::is_file(file))?;
                lsp::Uri::from_file_path(file)
            }
        };
        let range = positions.range(link.span);
        Some(lsp::DocumentLink { range, target: Some(target?), tooltip: None, data: None })
    };
    Ok(links::links(&draft.analysis, &draft.document).into_iter().filter_map(link).collect())
}
