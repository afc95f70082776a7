//! The colours that the client was last sent, for answers that say only what has changed.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tower_lsp::ls_types::{SemanticToken, Uri};

/// The last answer about each draft.
#[derive(Default)]
pub struct Tokens {
    sent: Mutex<Sent>,
}

#[derive(Default)]
struct Sent {
    last_id: u64,
    answers: HashMap<Uri, (String, Vec<SemanticToken>)>,
}

impl Tokens {
    /// Keeps an answer; gives it a name.
    pub fn keep(&self, uri: &Uri, tokens: Vec<SemanticToken>) -> String {
        let mut sent = self.lock();
        sent.last_id += 1;
        let id = sent.last_id.to_string();
        sent.answers.insert(uri.clone(), (id.clone(), tokens));
        id
    }

    /// The answer of that name, while it is the last one about the draft.
    pub fn of(&self, uri: &Uri, id: &str) -> Option<Vec<SemanticToken>> {
        let sent = self.lock();
        sent.answers.get(uri).filter(|(known, _)| known == id).map(|(_, tokens)| tokens.clone())
    }

    pub fn forget(&self, uri: &Uri) {
        self.lock().answers.remove(uri);
    }

    fn lock(&self) -> MutexGuard<'_, Sent> {
        self.sent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
