//! Every capability that the server advertises has a request here that it promises to answer.

use std::time::Duration;

use expect_test::expect;
use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, modern, position, range};
use crate::desk::SPEECH;

const URI: &str = "file:///drafts/offers.txt";

/// One promise: the capability, a request, and what its answer must hold.
struct Promise {
    capability: &'static str,
    method: &'static str,
    params: Value,
    holds: &'static str,
}

/// The place of `text` in [`SPEECH`].
fn place_of(text: &str) -> (u32, u32) {
    let at = SPEECH.find(text).unwrap();
    let before = &SPEECH[..at];
    let start = before.rfind('\n').map_or(0, |n| n + 1);
    (before.matches('\n').count() as u32, before[start..].encode_utf16().count() as u32)
}

fn promises() -> Vec<Promise> {
    let document = || json!({ "uri": URI });
    let about = || json!({ "textDocument": document() });
    let with = |more: Value| {
        let mut params = about();
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        params
    };
    let at = |text: &str| with(json!({ "position": position(place_of(text)) }));
    let all = || range((0, 0), (99, 0));
    let options = || json!({ "tabSize": 4, "insertSpaces": true });
    let mut promises = Vec::new();
    let mut promise = |capability, method, params, holds| promises.push(Promise { capability, method, params, holds });
    promise("documentSymbolProvider", "textDocument/documentSymbol", about(), "把种子备足");
    promise("foldingRangeProvider", "textDocument/foldingRange", about(), "endLine");
    promise("hoverProvider", "textDocument/hover", at("XX乡"), "地名");
    promise("completionProvider", "textDocument/completion", at("谢谢"), "三、");
    promise(
        "codeActionProvider",
        "textDocument/codeAction",
        with(json!({ "range": range(place_of("三点意见"), place_of("三点意见")), "context": { "diagnostics": [] } })),
        "数目改为 2",
    );
    promise("documentFormattingProvider", "textDocument/formatting", with(json!({ "options": options() })), "，");
    promise(
        "documentRangeFormattingProvider",
        "textDocument/rangeFormatting",
        with(json!({ "options": options(), "range": range((0, 0), (3, 0)) })),
        "[]",
    );
    promise(
        "documentOnTypeFormattingProvider",
        "textDocument/onTypeFormatting",
        with(json!({ "options": options(), "position": position((3, 0)), "ch": "\n" })),
        "[]",
    );
    promise("definitionProvider", "textDocument/definition", at("XX乡先行"), "\"line\":8");
    promise(
        "referencesProvider",
        "textDocument/references",
        with(json!({ "position": position(place_of("XX乡")), "context": { "includeDeclaration": false } })),
        "\"line\":14",
    );
    promise("documentHighlightProvider", "textDocument/documentHighlight", at("XX乡"), "\"line\":14");
    promise("renameProvider", "textDocument/prepareRename", at("XX乡"), "XX乡");
    promise(
        "renameProvider",
        "textDocument/rename",
        with(json!({ "position": position(place_of("XX乡")), "newName": "湖东乡" })),
        "湖东乡",
    );
    promise("linkedEditingRangeProvider", "textDocument/linkedEditingRange", at("XX乡"), "\"line\":14");
    promise(
        "selectionRangeProvider",
        "textDocument/selectionRange",
        with(json!({ "positions": [position(place_of("货比")), position((99, 0))] })),
        "parent",
    );
    promise("inlayHintProvider", "textDocument/inlayHint", with(json!({ "range": all() })), "2/3");
    promise("codeLensProvider", "textDocument/codeLens", about(), "[]");
    promise("semanticTokensProvider", "textDocument/semanticTokens/full", about(), "\"resultId\":\"1\"");
    promise(
        "semanticTokensProvider",
        "textDocument/semanticTokens/full/delta",
        with(json!({ "previousResultId": "1" })),
        "\"edits\":[]",
    );
    promise(
        "semanticTokensProvider",
        "textDocument/semanticTokens/range",
        with(json!({ "range": all() })),
        "\"data\":[2,",
    );
    promise("workspaceSymbolProvider", "workspace/symbol", json!({ "query": "水渠" }), "二、把水渠修好");
    promise("diagnosticProvider", "textDocument/diagnostic", about(), "\"kind\":\"full\"");
    for (command, holds) in [
        ("jianggao.nextPlaceholder", "\"line\":8"),
        ("jianggao.statistics", "（一）抓采购 | 23 |"),
        ("jianggao.placeholders", "XX乡"),
        ("jianggao.finalCheck", "\"ready\":false"),
    ] {
        promise(
            "executeCommandProvider",
            "workspace/executeCommand",
            json!({ "command": command, "arguments": [URI] }),
            holds,
        );
    }
    promises
}

/// Promises that are kept without a request: `protocol` has tests of the first two, `life` of the folders.
const WITHOUT_REQUEST: [&str; 3] = ["positionEncoding", "textDocumentSync", "workspace"];

#[tokio::test]
async fn every_offer_is_kept() {
    let mut params = modern();
    params["capabilities"]["textDocument"]["diagnostic"] = json!({});
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(URI, &draft()).await;
    let promises = promises();
    for capability in client.offer["capabilities"].as_object().unwrap().keys() {
        let kept = WITHOUT_REQUEST.contains(&capability.as_str())
            || promises.iter().any(|promise| promise.capability == capability);
        assert!(kept, "{capability} is advertised, and no request here shows that it works");
    }
    for command in client.offer["capabilities"]["executeCommandProvider"]["commands"].as_array().unwrap() {
        assert!(promises.iter().any(|p| p.params["command"] == *command), "{command}");
    }
    for Promise { capability, method, params, holds } in promises {
        assert!(client.offer["capabilities"].get(capability).is_some(), "{capability} is not advertised");
        let answer = client.request(method, params).await;
        let answer = answer.unwrap_or_else(|error| panic!("{method}: {error}")).to_string();
        assert!(answer.contains(holds), "{method}: no {holds} in {answer}");
    }
}

/// Promises are made about the speech with a half-width comma in it.
fn draft() -> String {
    SPEECH.replace("货比三家，", "货比三家,")
}

#[tokio::test]
async fn renaming_elsewhere_is_refused_with_a_reason() {
    let mut client = Client::start().await;
    client.open(URI, SPEECH).await;
    let error = client.at("textDocument/prepareRename", URI, place_of("货比")).await.unwrap_err();
    assert_eq!(error["code"], -32803);
    assert!(error["message"].as_str().unwrap().starts_with("这里不是占位符"), "{error}");
    let params = json!({
        "textDocument": { "uri": URI }, "position": position(place_of("XX乡")), "newName": " ",
    });
    let error = client.request("textDocument/rename", params).await.unwrap_err();
    assert_eq!(error["message"], "要填入的文字不能是空的。");
}

#[tokio::test]
async fn the_next_placeholder_is_shown_where_the_client_can() {
    let mut params = modern();
    params["capabilities"]["window"] = json!({ "showDocument": { "support": true } });
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(URI, SPEECH).await;
    let command = json!({
        "command": "jianggao.nextPlaceholder", "arguments": [URI, position(place_of("XX乡"))],
    });
    let found = client.request("workspace/executeCommand", command.clone()).await.unwrap();
    let show = client.told("window/showDocument").await;
    assert_eq!((&show["uri"], &show["takeFocus"]), (&json!(URI), &json!(true)));
    assert_eq!(show["selection"], found["range"]);
    let actions = json!({
        "textDocument": { "uri": URI },
        "range": range(place_of("XX乡"), place_of("XX乡")),
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", actions).await.unwrap();
    let next = actions.as_array().unwrap().iter().find(|action| action["title"] == "下一处占位符").unwrap();
    assert_eq!(next["command"]["command"], command["command"]);
    for broken in [json!({ "command": "jianggao.no" }), json!({ "command": "jianggao.statistics" })] {
        assert_eq!(client.request("workspace/executeCommand", broken).await.unwrap_err()["code"], -32602);
    }
}

#[tokio::test]
async fn figures_are_answered_without_a_message() {
    let mut client = Client::start().await;
    client.open(URI, SPEECH).await;
    let quiet = |command: &str, uri: &str| json!({ "command": command, "arguments": [uri, { "quiet": true }] });
    let figures = client.request("workspace/executeCommand", quiet("jianggao.statistics", URI)).await.unwrap();
    expect![[r#"{"characters":130,"draft":true,"label":"130 字 · 约 40 秒","minutes":1,"placeholders":3,"targetMinutes":null}"#]]
        .assert_eq(&figures.to_string());
    let open = client.request("workspace/executeCommand", quiet("jianggao.placeholders", URI)).await.unwrap();
    assert_eq!(open["open"].as_array().unwrap().len(), 3);
    expect![[r#"{"category":"地名","context":"购。货比三家，早定早运。XX乡要带头。","range":{"end":{"character":20,"line":8},"start":{"character":17,"line":8}},"section":"（一）抓采购","text":"XX乡"}"#]]
        .assert_eq(&open["open"][0].to_string());
    let english = "file:///notes.txt";
    client.open(english, "Chapter XX. Nothing in here is Chinese.\n").await;
    let figures = client.request("workspace/executeCommand", quiet("jianggao.statistics", english)).await.unwrap();
    assert_eq!(figures["draft"], false);
    // Aloud, the same figures come with the report.
    let command = json!({ "command": "jianggao.statistics", "arguments": [URI] });
    let report = client.request("workspace/executeCommand", command).await.unwrap();
    assert_eq!((&report["characters"], &report["summary"]), (&json!(130), &json!("130 字，约 40 秒，未填占位符 3 处")));
    // A message goes before its answer.
    let told = client.rest(Duration::from_millis(1)).await;
    assert_eq!(told.iter().filter(|message| message["method"] == "window/showMessage").count(), 1);
}

#[tokio::test]
async fn tokens_of_an_edited_draft_are_told_as_a_change() {
    let mut client = Client::start().await;
    client.open(URI, SPEECH).await;
    let full = client.about("textDocument/semanticTokens/full", URI).await.unwrap();
    client.change(URI, 2, place_of("XX乡先行"), place_of("乡先行"), "东").await;
    let params = json!({ "textDocument": { "uri": URI }, "previousResultId": full["resultId"] });
    let delta = client.request("textDocument/semanticTokens/full/delta", params.clone()).await.unwrap();
    assert_eq!(delta["edits"].as_array().unwrap().len(), 1, "{delta}");
    // The name is that of the answer before now.
    let again = client.request("textDocument/semanticTokens/full/delta", params).await.unwrap();
    assert!(again["data"].is_array(), "{again}");
}

fn actions_at(text: &str, only: &str) -> Value {
    json!({
        "textDocument": { "uri": URI },
        "range": range(place_of(text), place_of(text)),
        "context": { "diagnostics": [], "only": [only] },
    })
}

#[tokio::test]
async fn an_action_is_resolved_when_it_is_chosen() {
    let mut params = modern();
    let actions = &mut params["capabilities"]["textDocument"]["codeAction"];
    actions["dataSupport"] = json!(true);
    actions["resolveSupport"] = json!({ "properties": ["edit"] });
    let mut client = Client::with(params, Hooks::default()).await;
    assert_eq!(client.offer["capabilities"]["codeActionProvider"]["resolveProvider"], true);
    client.open(URI, SPEECH).await;
    let list = client.request("textDocument/codeAction", actions_at("二、把", "refactor.move")).await.unwrap();
    assert_eq!(list[0]["title"], "本节上移");
    assert_eq!(list[0].get("edit"), None);
    let resolved = client.request("codeAction/resolve", list[0].clone()).await.unwrap();
    let edits = &resolved["edit"]["documentChanges"][0]["edits"];
    assert!(edits[0]["newText"].as_str().unwrap().starts_with("一、把水渠修好"), "{resolved}");
    client.change(URI, 2, (0, 0), (0, 0), "\n").await;
    let error = client.request("codeAction/resolve", list[0].clone()).await.unwrap_err();
    assert_eq!(error["code"], -32801);
}

#[tokio::test]
async fn renumbering_has_a_kind_of_its_own() {
    let mut client = Client::start().await;
    client.open(URI, "一、抢农时\n三、保质量\n四、保安全\n").await;
    let params = json!({
        "textDocument": { "uri": URI },
        "range": range((0, 0), (0, 0)),
        "context": { "diagnostics": [], "only": ["source.renumber.jianggao"] },
    });
    let list = client.request("textDocument/codeAction", params).await.unwrap();
    assert_eq!(list.as_array().unwrap().len(), 1, "{list}");
    assert_eq!(list[0]["edit"]["documentChanges"][0]["edits"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn enter_goes_on_with_the_list_unless_told_otherwise() {
    for (wish, edits) in [(json!({}), 1), (json!({ "onTypeFormatting": false }), 0)] {
        let mut params = modern();
        params["initializationOptions"] = wish;
        let mut client = Client::with(params, Hooks::default()).await;
        client.open(URI, "（一）选种。\n（二）育苗。\n\n").await;
        let params = json!({
            "textDocument": { "uri": URI }, "position": position((2, 0)), "ch": "\n",
            "options": { "tabSize": 4, "insertSpaces": true },
        });
        let found = client.request("textDocument/onTypeFormatting", params).await.unwrap();
        assert_eq!(found.as_array().unwrap().len(), edits, "{found}");
    }
}
