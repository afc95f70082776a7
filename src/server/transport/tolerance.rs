//! Messages as clients send them, made into such as the protocol has.

use serde_json::{Map, Value, json};
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::InitializeParams;

/// The request with what would have it refused left out.
pub fn tolerated(request: Request) -> Request {
    match request.method() {
        "shutdown" | "exit" => with_params(request, |_| None),
        "initialized" => with_params(request, |_| Some(json!({}))),
        "initialize" => with_params(request, |params| Some(understood(params.unwrap_or_default()))),
        _ => request,
    }
}

fn with_params(request: Request, change: impl FnOnce(Option<Value>) -> Option<Value>) -> Request {
    let (method, id, params) = request.into_parts();
    let mut request = Request::build(method);
    if let Some(params) = change(params) {
        request = request.params(params);
    }
    match id {
        Some(id) => request.id(id).finish(),
        None => request.finish(),
    }
}

/// What of the parameters of `initialize` can be read. A part that cannot is left out, and no more than that
/// part: a client that says half of what it can do can do the rest.
fn understood(params: Value) -> Value {
    let reads = |params: &Value| serde_json::from_value::<InitializeParams>(params.clone()).is_ok();
    let Value::Object(mut members) = params else { return json!({ "capabilities": {} }) };
    members
        .entry("capabilities")
        .and_modify(|c| {
            if !c.is_object() {
                *c = json!({})
            }
        })
        .or_insert_with(|| json!({}));
    let params = Value::Object(members);
    if reads(&params) {
        return params;
    }
    readable(params, &|params| {
        let mut whole = params.clone();
        if let Value::Object(members) = &mut whole {
            members.entry("capabilities").or_insert_with(|| json!({}));
        }
        reads(&whole)
    })
    .unwrap_or_else(|| json!({ "capabilities": {} }))
}

/// The part of `value` that `reads`; none when no part does.
fn readable(value: Value, reads: &dyn Fn(&Value) -> bool) -> Option<Value> {
    if reads(&value) {
        return Some(value);
    }
    match value {
        // Each member is read by itself where none is needed, …
        Value::Object(members) if reads(&json!({})) => {
            let mut kept = Map::new();
            for (key, member) in members {
                let alone = |member: &Value| reads(&json!({ (key.as_str()): member }));
                if let Some(member) = readable(member, &alone) {
                    kept.insert(key, member);
                }
            }
            Some(Value::Object(kept)).filter(reads)
        }
        // … else within the others.
        Value::Object(members) => members.keys().find_map(|key| {
            let within = |member: Option<&Value>| {
                let mut all = members.clone();
                match member {
                    Some(member) => all.insert(key.clone(), member.clone()),
                    None => all.remove(key),
                };
                Value::Object(all)
            };
            let mended = readable(members[key].clone(), &|member| reads(&within(Some(member))));
            Some(within(mended.as_ref())).filter(reads)
        }),
        Value::Array(items) if reads(&json!([])) => {
            Some(items.into_iter().filter(|item| reads(&json!([item]))).collect())
        }
        _ => None,
    }
}

/// A message whose text holds half characters, with U+FFFD in their place: a client that counts in UTF-16
/// may cut a character in two. None when there is nothing to mend.
pub fn mended(body: &[u8]) -> Option<Vec<u8>> {
    const REPLACEMENT: &[u8] = b"\\uFFFD";
    let unit = |at: usize| -> Option<u16> {
        let digits = body.get(at..at + 6)?.strip_prefix(b"\\u")?;
        u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
    };
    let (mut out, mut at, mut changed) = (Vec::with_capacity(body.len()), 0, false);
    while at < body.len() {
        let width = match (body[at], unit(at)) {
            (b'\\', Some(0xD800..=0xDBFF)) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => 12,
            (b'\\', Some(0xD800..=0xDFFF)) => {
                out.extend_from_slice(REPLACEMENT);
                (at, changed) = (at + 6, true);
                continue;
            }
            (b'\\', _) => 2,
            // The same as bytes, which is no UTF-8.
            (0xED, _) if body.get(at + 1).is_some_and(|next| *next >= 0xA0) && body.len() >= at + 3 => {
                out.extend_from_slice(REPLACEMENT);
                (at, changed) = (at + 3, true);
                continue;
            }
            _ => 1,
        };
        let end = (at + width).min(body.len());
        out.extend_from_slice(&body[at..end]);
        at = end;
    }
    if let Err(error) = std::str::from_utf8(&out) {
        let _ = error;
        out = String::from_utf8_lossy(&out).into_owned().into_bytes();
        changed = true;
    }
    changed.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_written_capabilities_cost_only_themselves() {
        let base = || {
            json!({
                "processId": null, "rootUri": null,
                "capabilities": {
                    "textDocument": { "rename": { "prepareSupport": true }, "publishDiagnostics": { "dataSupport": true } },
                    "general": { "positionEncodings": ["utf-8"] },
                },
            })
        };
        for (pointer, key, bad) in [
            ("/capabilities/textDocument", "semanticTokens", json!({})),
            (
                "/capabilities/textDocument",
                "codeAction",
                json!({ "codeActionLiteralSupport": { "codeActionKind": {} } }),
            ),
            ("/capabilities/textDocument", "completion", json!({ "completionItem": { "tagSupport": {} } })),
            ("/capabilities/textDocument/publishDiagnostics", "tagSupport", json!(true)),
            ("/capabilities", "window", json!({ "showDocument": {} })),
            ("/capabilities/general", "markdown", json!({})),
            ("/capabilities", "workspace", json!(7)),
            ("", "trace", json!("compact")),
            ("", "clientInfo", json!({})),
        ] {
            let mut params = base();
            params.pointer_mut(pointer).unwrap()[key] = bad;
            let read = understood(params);
            let params: InitializeParams = serde_json::from_value(read.clone()).expect(key);
            let text = params.capabilities.text_document.expect(key);
            assert_eq!(text.rename.and_then(|rename| rename.prepare_support), Some(true), "{key}: {read}");
            assert_eq!(text.publish_diagnostics.and_then(|d| d.data_support), Some(true), "{key}: {read}");
            assert_eq!(
                params.capabilities.general.and_then(|g| g.position_encodings).map(|e| e.len()),
                Some(1),
                "{key}"
            );
        }
        assert_eq!(understood(json!([])), json!({ "capabilities": {} }));
    }

    #[test]
    fn half_characters() {
        for (body, text) in [
            (&br#"{"t":"\ud83d"}"#[..], Some("{\"t\":\"\\uFFFD\"}")),
            (br#"{"t":"\ud83d\n\ude00"}"#, Some("{\"t\":\"\\uFFFD\\n\\uFFFD\"}")),
            (br#"{"t":"\ud83d\ude00"}"#, None),
            (br#"{"t":"\\ud83d"}"#, None),
            (b"{\"t\":\"\xED\xA0\xBD\"}", Some("{\"t\":\"\\uFFFD\"}")),
            ("{\"t\":\"讲\u{D7FF}\"}".as_bytes(), None),
        ] {
            assert_eq!(mended(body).map(|body| String::from_utf8(body).unwrap()).as_deref(), text);
        }
    }
}
