//! Every capability that the server advertises has a request here that it promises to answer.

use std::time::Duration;

use expect_test::expect;
use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, modern, position, range};
use crate::features::SPEECH;

const URI: &str = "file:///drafts/capabilities.txt";

/// A draft with a suppression.
const NOTED: &str = "file:///drafts/noted.txt";

/// One promise: the capability (`a.b` is the switch `b` in `a`), a request, and what its answer must hold.
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
    promise("renameProvider.prepareProvider", "textDocument/prepareRename", at("XX乡"), "XX乡");
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
        "semanticTokensProvider.full.delta",
        "textDocument/semanticTokens/full/delta",
        with(json!({ "previousResultId": "1" })),
        "\"edits\":[]",
    );
    promise(
        "semanticTokensProvider.range",
        "textDocument/semanticTokens/range",
        with(json!({ "range": all() })),
        "\"data\":[2,",
    );
    promise("workspaceSymbolProvider", "workspace/symbol", json!({ "query": "水渠" }), "二、把水渠修好");
    promise("diagnosticProvider", "textDocument/diagnostic", about(), "\"kind\":\"full\"");
    promise(
        "diagnosticProvider.workspaceDiagnostics",
        "workspace/diagnostic",
        json!({ "previousResultIds": [] }),
        "numbering-duplicate",
    );
    promise(
        "documentLinkProvider",
        "textDocument/documentLink",
        json!({ "textDocument": { "uri": NOTED } }),
        "https://example.org/rules/placeholder.md",
    );
    for (command, holds) in [
        ("jianggao.nextPlaceholder", "\"line\":8"),
        ("jianggao.statistics", "[　（一）抓采购](#L9) | 23 |"),
        ("jianggao.placeholders", "XX乡"),
        ("jianggao.finalCheck", "\"ready\":false"),
        ("jianggao.why", "这一行没有问题"),
        ("jianggao.rehearsal", "\"charactersPerMinute\":200"),
        ("jianggao.templates", "工作会议讲话"),
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

/// Promises that one request cannot show the keeping of, and the tests that do.
const SHOWN_ELSEWHERE: [(&str, &str); 12] = [
    ("positionEncoding", "columns_are_counted_in_the_unit_agreed_on"),
    ("textDocumentSync.openClose", "a_closed_draft_has_no_findings"),
    ("textDocumentSync", "incremental_edits_add_up_to_the_full_text"),
    ("textDocumentSync.save", "whoever_saves_sees_it_at_once"),
    ("completionProvider.resolveProvider", "an_item_is_explained_when_asked"),
    ("codeActionProvider.resolveProvider", "an_action_is_resolved_when_it_is_chosen"),
    ("workspaceSymbolProvider.workDoneProgress", "a_search_tells_how_far_it_is_and_can_be_stopped"),
    ("workspace.workspaceFolders.supported", "symbols_of_all_drafts_of_the_folders"),
    ("workspace.workspaceFolders.changeNotifications", "settings_and_folders_that_change_make_the_client_ask_again"),
    ("workspace.fileOperations.didCreate", "a_draft_that_is_renamed_or_deleted_takes_its_findings_along"),
    ("workspace.fileOperations.didRename", "a_draft_that_is_renamed_or_deleted_takes_its_findings_along"),
    ("workspace.fileOperations.didDelete", "a_draft_that_is_renamed_or_deleted_takes_its_findings_along"),
];

/// The files with those tests.
const ELSEWHERE: [&str; 6] = [
    include_str!("protocol.rs"),
    include_str!("typing.rs"),
    include_str!("completion.rs"),
    include_str!("capabilities.rs"),
    include_str!("session.rs"),
    include_str!("workspace.rs"),
];

/// Every capability, and every switch in one that is on.
fn switches(capabilities: &Value) -> Vec<String> {
    fn walk(path: &str, value: &Value, found: &mut Vec<String>) {
        for (key, value) in value.as_object().into_iter().flatten() {
            let path = format!("{path}.{key}");
            if *value == json!(true) || value.get("filters").is_some() {
                found.push(path);
            } else {
                walk(&path, value, found);
            }
        }
    }
    let mut found = Vec::new();
    for (key, value) in capabilities.as_object().unwrap() {
        // The workspace is only what is in it.
        if key != "workspace" {
            found.push(key.clone());
        }
        walk(key, value, &mut found);
    }
    found
}

#[test]
fn what_is_shown_elsewhere_is() {
    for (capability, test) in SHOWN_ELSEWHERE {
        let test = format!("async fn {test}()");
        assert!(ELSEWHERE.iter().any(|text| text.contains(&test)), "{capability}: no {test}");
    }
}

/// Every capability that is promised, and its requests, have a row in the tables for users.
#[test]
fn the_tables_of_features_are_whole() {
    let tables = [
        ("README.md", include_str!("../../README.md")),
        ("README.zh-CN.md", include_str!("../../README.zh-CN.md")),
        ("docs/lsp.md", include_str!("../../docs/lsp.md")),
    ];
    for method in promises().iter().map(|promise| promise.method) {
        let name = method.split_once('/').unwrap().1.split('/').next().unwrap();
        for (file, table) in tables {
            let in_row = table.lines().any(|line| line.starts_with('|') && line.contains(&format!("{name}`")));
            assert!(in_row, "{method} is in no table of {file}");
        }
    }
}

#[tokio::test]
async fn every_offer_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("旧稿.txt"), "同志们：\n一、抓春耕\n一、抓夏收\n").unwrap();
    let mut params = modern();
    let text = &mut params["capabilities"]["textDocument"];
    text["diagnostic"] = json!({});
    text["codeAction"]["dataSupport"] = json!(true);
    text["codeAction"]["resolveSupport"] = json!({ "properties": ["edit"] });
    params["workspaceFolders"] = json!([{ "uri": crate::client::uri(folder.path()), "name": "稿" }]);
    params["initializationOptions"] = json!({ "rulesUrl": "https://example.org/rules" });
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(URI, &draft()).await;
    client.open(NOTED, "【讲稿：忽略 placeholder】\nXX区要带头。\n").await;
    let promises = promises();
    for capability in switches(&client.offer["capabilities"]) {
        let kept = SHOWN_ELSEWHERE.iter().any(|(shown, _)| **shown == capability)
            || promises.iter().any(|promise| promise.capability == capability);
        assert!(kept, "{capability} is advertised, and nothing here shows that it works");
    }
    for command in client.offer["capabilities"]["executeCommandProvider"]["commands"].as_array().unwrap() {
        assert!(promises.iter().any(|p| p.params["command"] == *command), "{command}");
    }
    for Promise { capability, method, params, holds } in promises {
        let offer = client.offer["capabilities"].pointer(&format!("/{}", capability.replace('.', "/")));
        assert!(offer.is_some(), "{capability} is not advertised");
        let answer = client.request(method, params).await;
        let answer = answer.unwrap_or_else(|error| panic!("{method}: {error}")).to_string();
        assert!(answer.contains(holds), "{method}: no {holds} in {answer}");
    }
}

/// Promises are made about the speech with a half-width comma and a slip in it.
fn draft() -> String {
    format!("{}要再接再励。\n", SPEECH.replace("货比三家，", "货比三家,"))
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
async fn a_verdict_is_explained_on_request() {
    let mut client = Client::start().await;
    client.open(URI, SPEECH).await;
    let at = place_of("XX乡");
    let actions = |diagnostics: Value, only: Value| {
        json!({
            "textDocument": { "uri": URI },
            "range": range(at, at),
            "context": { "diagnostics": diagnostics, "only": only },
        })
    };
    let kinds = |actions: &Value| -> Vec<String> {
        actions.as_array().unwrap().iter().map(|action| action["kind"].as_str().unwrap().to_owned()).collect()
    };
    // Of a finding, or where one asks for it: not beside everything else that can be done here.
    let plain = client.request("textDocument/codeAction", actions(json!([]), Value::Null)).await.unwrap();
    assert!(!kinds(&plain).contains(&"source.why.jianggao".to_owned()), "{plain}");
    let asked = client.request("textDocument/codeAction", actions(json!([]), json!(["source.why"]))).await.unwrap();
    assert_eq!(kinds(&asked), ["source.why.jianggao"]);
    let found = client.request("textDocument/diagnostic", json!({ "textDocument": { "uri": URI } })).await.unwrap();
    let beside = client.request("textDocument/codeAction", actions(found["items"].clone(), Value::Null)).await.unwrap();
    assert!(kinds(&beside).contains(&"source.why.jianggao".to_owned()), "{beside}");
    let report = client.request("workspace/executeCommand", asked[0]["command"].clone()).await.unwrap();
    assert!(report["markdown"].as_str().unwrap().contains("没填的占位符**\n\n- "), "{report}");
    let told = client.rest(Duration::from_millis(1)).await;
    let told = told.iter().find(|message| message["method"] == "window/showMessage").unwrap();
    assert_eq!(told["params"]["message"], report["summary"]);
    let quiet = json!({ "line": at.0, "character": at.1, "quiet": true });
    let command = json!({ "command": "jianggao.why", "arguments": [URI, quiet] });
    assert_eq!(client.request("workspace/executeCommand", command).await.unwrap(), report);
    assert!(client.rest(Duration::from_millis(1)).await.is_empty());
}

#[tokio::test]
async fn figures_are_answered_without_a_message() {
    let mut client = Client::start().await;
    client.open(URI, SPEECH).await;
    let quiet = |command: &str, uri: &str| json!({ "command": command, "arguments": [uri, { "quiet": true }] });
    let figures = client.request("workspace/executeCommand", quiet("jianggao.statistics", URI)).await.unwrap();
    expect![[r#"{"characters":130,"draft":true,"label":"130 字 · 约 30 秒","minutes":1,"official":true,"placeholders":3,"sections":[{"characters":52,"level":1,"line":6,"minutes":0,"name":"一、把种子备足","placeholders":1,"targetMinutes":null,"time":"约 10 秒","until":"0:22"},{"characters":23,"level":2,"line":8,"minutes":0,"name":"（一）抓采购","placeholders":1,"targetMinutes":null,"time":"约 10 秒","until":"0:17"},{"characters":22,"level":2,"line":10,"minutes":0,"name":"（二）抓储备","placeholders":0,"targetMinutes":null,"time":"约 10 秒","until":"0:22"},{"characters":31,"level":1,"line":12,"minutes":0,"name":"二、把水渠修好","placeholders":2,"targetMinutes":null,"time":"约 10 秒","until":"0:30"}],"targetMinutes":null}"#]]
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
    assert_eq!((&report["characters"], &report["summary"]), (&json!(130), &json!("130 字，约 30 秒，未填占位符 3 处")));
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
    // All fixes of a long draft take a while: they come when they are asked for.
    let all = client.request("textDocument/codeAction", actions_at("二、把", "source.fixAll.jianggao")).await.unwrap();
    assert_eq!(all, json!([]), "nothing is to be fixed");
    client.open(&format!("{URI}.txt"), &draft()).await;
    let mut params = actions_at("二、把", "source.fixAll.jianggao");
    params["textDocument"]["uri"] = json!(format!("{URI}.txt"));
    let all = client.request("textDocument/codeAction", params).await.unwrap();
    assert_eq!(all[0].get("edit"), None);
    let resolved = client.request("codeAction/resolve", all[0].clone()).await.unwrap();
    assert_eq!(resolved["edit"]["documentChanges"][0]["edits"][0]["newText"], "再接再厉", "{resolved}");
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

/// The titles of the quick fixes at a place.
fn titles(list: &Value) -> Vec<&str> {
    list.as_array().unwrap().iter().map(|action| action["title"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn all_findings_of_a_kind_are_fixed_at_once() {
    const DRAFT: &str =
        "同志们：\n一、抓春耕\n一、抓夏收\n三、抓秋种\n（一）早。\n（一）快。\n（三）好。\nXX区要带头。\n";
    const TITLE: &str = "修正全文此类问题：编号重复（2 处）";
    for resolves in [true, false] {
        let mut params = modern();
        let actions = &mut params["capabilities"]["textDocument"]["codeAction"];
        actions["dataSupport"] = json!(resolves);
        actions["resolveSupport"] = json!({ "properties": ["edit"] });
        let mut client = Client::with(params, Hooks::default()).await;
        client.open(URI, DRAFT).await;
        let at = |line: u32| {
            json!({
                "textDocument": { "uri": URI },
                "range": range((line, 0), (line, 0)),
                "context": { "diagnostics": [], "only": ["quickfix"] },
            })
        };
        let list = client.request("textDocument/codeAction", at(2)).await.unwrap();
        assert_eq!(titles(&list)[1], TITLE, "behind the fix of this one: {list}");
        let mut action = list[1].clone();
        assert_eq!(action["diagnostics"][0]["code"], "numbering-duplicate");
        assert_eq!(action.get("edit").is_none(), resolves);
        if resolves {
            action = client.request("codeAction/resolve", action).await.unwrap();
        }
        let edits = action["edit"]["documentChanges"][0]["edits"].as_array().unwrap();
        let lines: Vec<_> = edits.iter().map(|edit| edit["range"]["start"]["line"].as_u64().unwrap()).collect();
        assert_eq!(lines, [2, 5]);
        // A placeholder has no fix, and with one finding left there is no kind.
        let list = client.request("textDocument/codeAction", at(7)).await.unwrap();
        assert!(titles(&list).iter().all(|title| !title.starts_with("修正全文")), "{list}");
        client.change(URI, 2, (5, 1), (5, 2), "二").await;
        let list = client.request("textDocument/codeAction", at(2)).await.unwrap();
        assert!(titles(&list).iter().all(|title| !title.starts_with("修正全文")), "{list}");
    }
}

#[tokio::test]
async fn links_lead_to_rules_and_to_files_that_there_are() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("附件 1.docx"), "").unwrap();
    std::fs::write(folder.path().join("表.md"), "").unwrap();
    let draft = crate::client::uri(&folder.path().join("稿.md"));
    let mut params = modern();
    params["initializationOptions"] = json!({ "rulesUrl": "https://example.org/rules" });
    let mut client = Client::with(params, Hooks::default()).await;
    let text = "# 讲话\n\n详见[附件](附件%201.docx)、![图](<附件 1.docx>)和[表](表.md#一)。\n\n[表]: 表.md\n\n\
        没有的[附件](附件2.docx)、[网页](https://example.org/表.md)、`[代码](表.md)`。\n\n\
        <!-- 讲稿：忽略 占位符未填、没有这条、numbering-gap -->\nXX区要带头。\n\n```\n[码](表.md)\n```\n";
    client.open_as(&draft, "markdown", text).await;
    let links = client.about("textDocument/documentLink", &draft).await.unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let shown: Vec<String> = links
        .as_array()
        .unwrap()
        .iter()
        .map(|link| {
            let at = |end: &str| link["range"][end]["character"].as_u64().unwrap() as usize;
            let line: Vec<char> = lines[link["range"]["start"]["line"].as_u64().unwrap() as usize].chars().collect();
            let target = link["target"].as_str().unwrap();
            let name = target.rsplit('/').next().unwrap();
            format!("{} → {name}", line[at("start")..at("end")].iter().collect::<String>())
        })
        .collect();
    let (file, table) = ("%E9%99%84%E4%BB%B6%201.docx", "%E8%A1%A8.md");
    assert_eq!(
        shown,
        [
            format!("附件%201.docx → {file}"),
            format!("附件 1.docx → {file}"),
            format!("表.md#一 → {table}"),
            format!("表.md → {table}"),
            "占位符未填 → placeholder.md".to_owned(),
            "numbering-gap → numbering-gap.md".to_owned(),
        ]
    );
}

#[tokio::test]
async fn a_short_name_is_followed_to_where_it_is_defined() {
    let mut client = Client::start().await;
    client
        .open(URI, "全县水利工程（以下简称“水利工程”）今天开工。\n要对水利工程的进度负责，水利工程队要早到。\n")
        .await;
    let place = (1, 3);
    let found = client.at("textDocument/definition", URI, place).await.unwrap();
    assert_eq!(found[0]["range"], range((0, 12), (0, 16)));
    let found = client.at("textDocument/documentHighlight", URI, place).await.unwrap();
    assert_eq!(found.as_array().unwrap().len(), 2, "{found}");
    let found = client.at("textDocument/prepareRename", URI, place).await.unwrap();
    assert_eq!(found["placeholder"], "水利工程");
    let hover = client.at("textDocument/hover", URI, place).await.unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("全县水利工程"), "{hover}");
    let params = json!({ "textDocument": { "uri": URI }, "position": position(place), "newName": "引水工程" });
    let edit = client.request("textDocument/rename", params).await.unwrap();
    let edits = edit["documentChanges"][0]["edits"].as_array().unwrap();
    let ranges: Vec<_> = edits.iter().map(|edit| edit["range"].clone()).collect();
    assert_eq!(ranges, [range((0, 12), (0, 16)), range((1, 2), (1, 6))]);
}
