//! URIs as the client writes them. Some are none: Kate sends the names of files as they are, Chinese, blanks
//! and all. Inside they are escaped; in what we say they are again as they came, for clients that compare
//! them as text.

use std::collections::HashMap;
use std::fmt::Write as _;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;

/// How the client writes the URIs that are escaped inside. A clone is the same.
#[derive(Clone, Default)]
pub struct Uris(Arc<RwLock<Spellings>>);

#[derive(Default)]
struct Spellings {
    outside: HashMap<String, String>,
    inside: HashMap<String, String>,
}

impl Uris {
    /// Escapes the URIs in the parameters of a message.
    pub fn take_in(&self, params: &mut Value) {
        if self.has_raw(params) {
            self.escape(params);
        }
    }

    fn has_raw(&self, value: &Value) -> bool {
        match value {
            Value::Array(items) => items.iter().any(|item| match item {
                Value::String(text) => self.is_known(text),
                _ => self.has_raw(item),
            }),
            Value::Object(members) => members.iter().any(|(key, value)| match value {
                Value::String(uri) => is_uri_key(key) && is_raw(uri),
                _ => self.has_raw(value),
            }),
            _ => false,
        }
    }

    fn escape(&self, value: &mut Value) {
        match value {
            Value::Array(items) => items.iter_mut().for_each(|item| match item {
                // The arguments of a command.
                Value::String(text) if self.is_known(text) => *text = self.inside(text),
                _ => self.escape(item),
            }),
            Value::Object(members) => {
                for (key, value) in members.iter_mut() {
                    match value {
                        Value::String(uri) if is_uri_key(key) && is_raw(uri) => *uri = self.inside(uri),
                        _ => self.escape(value),
                    }
                }
            }
            _ => {}
        }
    }

    fn is_known(&self, text: &str) -> bool {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        all.inside.contains_key(text)
    }

    fn inside(&self, raw: &str) -> String {
        let mut all = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = all.inside.get(raw) {
            return known.clone();
        }
        let escaped = escaped(raw);
        all.outside.insert(escaped.clone(), raw.to_owned());
        all.inside.insert(raw.to_owned(), escaped.clone());
        escaped
    }

    /// The JSON of a message with the URIs as the client writes them; none when there is nothing to change.
    pub fn give_out(&self, json: impl FnOnce() -> Vec<u8>) -> Option<Vec<u8>> {
        let all = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if all.outside.is_empty() {
            return None;
        }
        let json = &json()[..];
        let (mut out, mut copied) = (Vec::new(), 0);
        for (start, end) in strings(json) {
            let text = std::str::from_utf8(&json[start..end]).unwrap_or("");
            let Some(raw) = all.outside.get(text) else { continue };
            let quoted = serde_json::to_string(raw).unwrap_or_default();
            out.extend_from_slice(&json[copied..start - 1]);
            out.extend_from_slice(quoted.as_bytes());
            copied = end + 1;
        }
        if copied == 0 {
            return None;
        }
        out.extend_from_slice(&json[copied..]);
        Some(out)
    }
}

/// The strings in a JSON text: what stands between the quotation marks.
fn strings(json: &[u8]) -> impl Iterator<Item = (usize, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + memchr::memchr(b'"', json.get(at..)?)? + 1;
        let mut end = start;
        loop {
            end += memchr::memchr2(b'"', b'\\', json.get(end..)?)?;
            if json[end] == b'"' {
                at = end + 1;
                return Some((start, end));
            }
            end += 2;
        }
    })
}

fn is_uri_key(key: &str) -> bool {
    key == "uri" || key.ends_with("Uri")
}

/// Whether a byte may not stand in a URI.
fn is_raw_byte(byte: u8) -> bool {
    !byte.is_ascii_graphic() || br#""<>[\]^`{|}"#.contains(&byte)
}

fn is_raw(uri: &str) -> bool {
    uri.bytes().enumerate().any(|(at, byte)| is_raw_byte(byte) || byte == b'%' && !is_escape(uri, at))
        || !has_scheme(uri)
}

fn is_escape(uri: &str, at: usize) -> bool {
    uri.as_bytes().get(at + 1..at + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

fn has_scheme(uri: &str) -> bool {
    let scheme = uri.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn escaped(uri: &str) -> String {
    let mut escaped = String::with_capacity(uri.len() * 3);
    if !has_scheme(uri) {
        escaped.push_str("unnamed:");
    }
    for (at, byte) in uri.bytes().enumerate() {
        if is_raw_byte(byte) || byte == b'%' && !is_escape(uri, at) {
            let _ = write!(escaped, "%{byte:02X}");
        } else {
            escaped.push(char::from(byte));
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn uris_that_are_none() {
        for (raw, uri) in [
            ("file:///稿/讲话 1.txt", "file:///%E7%A8%BF/%E8%AE%B2%E8%AF%9D%201.txt"),
            ("file:///[送审]{一}.txt", "file:///%5B%E9%80%81%E5%AE%A1%5D%7B%E4%B8%80%7D.txt"),
            ("file:///%E7%A8%BF/a.txt?b#c", "file:///%E7%A8%BF/a.txt?b#c"),
            ("file:///50%.txt", "file:///50%25.txt"),
            ("稿.txt", "unnamed:%E7%A8%BF.txt"),
        ] {
            let uris = Uris::default();
            let message = |uri: &str| json!({ "textDocument": { "uri": uri, "text": raw }, "folders": [{ "oldUri": uri }], "rootUri": null });
            let mut params = message(raw);
            uris.take_in(&mut params);
            assert_eq!(params, message(uri));
            let mut command = json!({ "arguments": [raw, 1] });
            uris.take_in(&mut command);
            assert_eq!(command, json!({ "arguments": [uri, 1] }));
            let said = json!({ "uri": uri, "changes": { uri: [] }, "text": format!("“{uri}”\" \\") });
            let back = uris.give_out(|| said.to_string().into_bytes()).unwrap_or_else(|| said.to_string().into_bytes());
            let back: Value = serde_json::from_slice(&back).unwrap();
            assert_eq!(back, json!({ "uri": raw, "changes": { raw: [] }, "text": said["text"] }));
        }
    }
}
