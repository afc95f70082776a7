//! The colours that the client was last told of, for answers that say only what has changed.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types::{SemanticToken, Uri};

/// The last answer about each draft.
#[derive(Default)]
pub struct Tokens {
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    last_id: u64,
    answers: HashMap<Uri, (String, Vec<SemanticToken>)>,
}

impl Tokens {
    /// Keeps an answer; gives it a name.
    pub fn keep(&self, uri: &Uri, tokens: Vec<SemanticToken>) -> String {
        let mut told = self.lock();
        told.last_id += 1;
        let id = told.last_id.to_string();
        told.answers.insert(uri.clone(), (id.clone(), tokens));
        id
    }

    /// The answer of that name, while it is the last one about the draft.
    pub fn of(&self, uri: &Uri, id: &str) -> Option<Vec<SemanticToken>> {
        let told = self.lock();
        told.answers.get(uri).filter(|(known, _)| known == id).map(|(_, tokens)| tokens.clone())
    }

    pub fn forget(&self, uri: &Uri) {
        self.lock().answers.remove(uri);
    }

    fn lock(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
