//! What a request is answered with, written straight to the bytes that are sent.

use serde::Serialize;

pub trait Answer {
    /// Appends the answer as JSON; false when it cannot be written.
    fn write(&self, body: &mut Vec<u8>) -> bool;
}

impl<T: Serialize> Answer for T {
    fn write(&self, body: &mut Vec<u8>) -> bool {
        serde_json::to_writer(body, self).is_ok()
    }
}

/// An answer that is JSON already.
pub struct Json(pub Vec<u8>);

impl Answer for Json {
    fn write(&self, body: &mut Vec<u8>) -> bool {
        body.extend_from_slice(&self.0);
        true
    }
}
