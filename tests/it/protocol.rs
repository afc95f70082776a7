//! What the server offers, and that each offer is kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, Seen, modern, plain, range};

const URI: &str = "file:///drafts/a.txt";
const DRAFT: &str = "在动员大会上的讲话\n\n同志们：\n一、提高认识\n一要学习，二要实干。\n二、狠抓落实\n";

#[tokio::test]
async fn the_offer() {
    let client = Client::start().await;
    let offer = &client.offer;
    assert_eq!(offer["serverInfo"]["name"], "jianggao");
    assert_eq!(offer["serverInfo"]["version"], env!("CARGO_PKG_VERSION"));
    let filter = |glob: &str, kind: &str| json!({ "scheme": "file", "pattern": { "glob": glob, "matches": kind } });
    let files = json!({ "filters": [
        filter("**/*.{txt,md,markdown,讲稿}", "file"),
        filter("**/jianggao.toml", "file"),
        filter("**/*.tsv", "file"),
        filter("**", "folder"),
    ] });
    assert_eq!(
        offer["capabilities"],
        json!({
            "positionEncoding": "utf-16",
            "textDocumentSync": { "openClose": true, "change": 2, "save": true },
            "documentSymbolProvider": true,
            "foldingRangeProvider": true,
            "hoverProvider": true,
            "completionProvider": { "triggerCharacters": ["；", "（", "第"], "resolveProvider": true },
            "codeActionProvider": { "codeActionKinds": [
                "quickfix", "refactor.rewrite", "refactor.move", "source.fixAll.jianggao", "source.renumber.jianggao", "source.why.jianggao",
            ] },
            "documentFormattingProvider": true,
            "documentRangeFormattingProvider": true,
            "documentOnTypeFormattingProvider": { "firstTriggerCharacter": "\n" },
            "definitionProvider": true,
            "referencesProvider": true,
            "documentHighlightProvider": true,
            "renameProvider": { "prepareProvider": true },
            "linkedEditingRangeProvider": true,
            "selectionRangeProvider": true,
            "inlayHintProvider": true,
            "codeLensProvider": {},
            "documentLinkProvider": {},
            "semanticTokensProvider": {
                "legend": {
                    "tokenTypes": ["keyword", "variable", "number", "string", "enumMember"],
                    "tokenModifiers": ["level1", "level2", "level3", "level4", "level5"],
                },
                "range": true,
                "full": { "delta": true },
            },
            "workspaceSymbolProvider": { "workDoneProgress": true },
            "workspace": {
                "workspaceFolders": { "supported": true, "changeNotifications": true },
                "fileOperations": { "didCreate": files, "didRename": files, "didDelete": files },
            },
            "executeCommandProvider": { "commands": [
                "jianggao.nextPlaceholder", "jianggao.statistics", "jianggao.placeholders", "jianggao.finalCheck",
                "jianggao.why", "jianggao.rehearsal", "jianggao.templates",
            ] },
        })
    );
    let client = Client::with(plain(), Hooks::default()).await;
    assert_eq!(client.offer["capabilities"]["codeActionProvider"], Value::Null);
}

/// The characters of a draft with its columns in each unit.
const ASTRAL: &str = "讲𠮷话😀稿";

#[tokio::test]
async fn columns_are_counted_in_the_unit_agreed_on() {
    // The edges of 话 in ASTRAL.
    for (offered, taken, from, to) in [
        (json!(["utf-8", "utf-16"]), "utf-8", 7, 10),
        (json!(["utf-16"]), "utf-16", 3, 4),
        (json!(null), "utf-16", 3, 4),
        (json!(["utf-32", "utf-8", "utf-16"]), "utf-32", 2, 3),
    ] {
        let mut params = modern();
        params["capabilities"]["general"] = json!({ "positionEncodings": offered });
        let seen = Seen::default();
        let mut client = Client::with(params, seen.hooks()).await;
        assert_eq!(client.offer["capabilities"]["positionEncoding"], taken);
        client.open(URI, ASTRAL).await;
        client.change(URI, 2, (0, from), (0, to), "演\n说").await;
        assert_eq!(client.text(URI, &seen).await, "讲𠮷演\n说😀稿", "{taken}");
    }
}

/// Random edits sent one by one give the text that the client has.
#[tokio::test]
async fn incremental_edits_add_up_to_the_full_text() {
    fn column(unit: &str, text: &[char]) -> u32 {
        let width = |c: &char| match unit {
            "utf-8" => c.len_utf8(),
            "utf-16" => c.len_utf16(),
            _ => 1,
        };
        text.iter().map(width).sum::<usize>() as u32
    }
    fn place(unit: &str, text: &[char], at: usize) -> (u32, u32) {
        let before = &text[..at];
        let start = before.iter().rposition(|&c| c == '\n').map_or(0, |n| n + 1);
        let line = before.iter().filter(|&&c| c == '\n').count();
        (line as u32, column(unit, &before[start..]))
    }
    const PIECES: [&str; 7] = ["", "一", "𠮷", "😀，", "\n", "二要\n三", "a"];
    for unit in ["utf-8", "utf-16", "utf-32"] {
        let mut params = modern();
        params["capabilities"]["general"] = json!({ "positionEncodings": [unit] });
        let seen = Seen::default();
        let mut client = Client::with(params, seen.hooks()).await;
        let mut text: Vec<char> = DRAFT.chars().collect();
        client.open(URI, DRAFT).await;
        let mut state = 7_usize;
        let mut random = |below: usize| {
            state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
            (state >> 33) % below
        };
        for version in 2..300 {
            let mut changes = Vec::new();
            for _ in 0..=random(3) {
                let from = random(text.len() + 1);
                let to = (from + random(5)).min(text.len());
                let piece = PIECES[random(PIECES.len())];
                let places = (place(unit, &text, from), place(unit, &text, to));
                changes.push(json!({ "range": range(places.0, places.1), "text": piece }));
                text.splice(from..to, piece.chars());
            }
            client.changes(URI, version, json!(changes)).await;
        }
        let expected: String = text.iter().collect();
        assert_eq!(client.text(URI, &seen).await, expected, "{unit}");
        client.changes(URI, 300, json!([{ "text": "全文" }])).await;
        assert_eq!(client.text(URI, &seen).await, "全文");
    }
}

#[tokio::test]
async fn places_outside_the_text_are_harmless() {
    let mut client = Client::start().await;
    client.open(URI, ASTRAL).await;
    for place in [(0, 99), (9, 0), (u32::MAX, u32::MAX)] {
        for method in ["textDocument/hover", "textDocument/completion"] {
            client.at(method, URI, place).await.unwrap();
        }
    }
    client.change(URI, 2, (7, 7), (0, 2), "字").await;
    client.diagnostics(URI, 2).await;
}

#[tokio::test]
async fn each_request_is_answered() {
    let mut client = Client::start().await;
    client.open(URI, DRAFT).await;
    let symbols = client.about("textDocument/documentSymbol", URI).await;
    assert!(symbols.unwrap().is_array());
    let folds = client.about("textDocument/foldingRange", URI).await;
    assert!(folds.unwrap().is_array());
    let list = client.at("textDocument/completion", URI, (4, 5)).await;
    assert!(list.unwrap()["items"].is_array());
    client.at("textDocument/hover", URI, (0, 0)).await.unwrap();
    let params = json!({
        "textDocument": { "uri": URI },
        "range": range((0, 0), (5, 0)),
        "context": { "diagnostics": [] },
    });
    let actions = client.request("textDocument/codeAction", params).await;
    assert!(actions.unwrap().is_array());
}

/// Kate sends names of files as they are. They come back the same.
#[tokio::test]
async fn a_name_need_not_be_escaped() {
    let names = [
        "file:///稿件/送审 [讲话].txt", "file:///%e7%a8%bf.txt", "untitled:/稿 (1).txt", "inmemory://model/1",
        "稿.txt", "",
    ];
    for uri in names {
        let mut client = Client::with(crate::client::plain(), Hooks::default()).await;
        client.open(uri, DRAFT).await;
        assert_eq!(client.told("textDocument/publishDiagnostics").await["uri"], uri);
        let symbols = client.about("textDocument/documentSymbol", uri).await.unwrap();
        assert_eq!(symbols[0]["location"]["uri"], uri);
        client.changes(uri, 2, json!([{ "text": "同志们：\n请XX区发言。\n" }])).await;
        let mut params = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 1 } });
        params["newName"] = "东湖区".into();
        let edit = client.request("textDocument/rename", params).await.unwrap();
        let changes = edit["changes"].as_object().unwrap();
        assert_eq!(changes.keys().collect::<Vec<_>>(), [uri]);
        let command = json!({ "command": "jianggao.placeholders", "arguments": [uri, { "quiet": true }] });
        let open = client.request("workspace/executeCommand", command).await.unwrap();
        assert_eq!(open["open"].as_array().map(Vec::len), Some(1), "{uri} {open}");
    }
}

/// A client that counts in UTF-16 may send half a character.
#[tokio::test]
async fn half_a_character_keeps_the_draft_in_step() {
    let seen = Seen::default();
    let mut client = Client::with(modern(), seen.hooks()).await;
    client.open(URI, "同志们：\n请XX区发言。\n").await;
    let half = r#"{"jsonrpc":"2.0","method":"textDocument/didChange","params":{"textDocument":{"uri":"URI","version":2},
        "contentChanges":[{"range":{"start":{"line":1,"character":0},"end":{"line":1,"character":0}},"text":"\ud83d\n"}]}}"#;
    client.send_text(&half.replace("URI", URI)).await;
    client.change(URI, 3, (2, 1), (2, 3), "东湖").await;
    assert_eq!(client.text(URI, &seen).await, "同志们：\n\u{FFFD}\n请东湖区发言。\n");
}

#[tokio::test]
async fn whatever_comes_with_shutdown_is_passed_over() {
    for params in [Value::Null, json!({}), json!([]), json!([null])] {
        let mut client = Client::start().await;
        client.send(json!({ "jsonrpc": "2.0", "id": 7000, "method": "shutdown", "params": params })).await;
        assert_eq!(client.answer(7000).await, Ok(Value::Null), "{params}");
        client.send(json!({ "jsonrpc": "2.0", "method": "exit", "params": params })).await;
        assert_eq!(client.exit_code().await, 0);
    }
}

#[tokio::test]
async fn what_cannot_be_read_of_the_capabilities_costs_only_itself() {
    let mut params = modern();
    params["trace"] = "compact".into();
    params["capabilities"]["textDocument"]["semanticTokens"] = json!({});
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(URI, DRAFT).await;
    let place = client.at("textDocument/prepareRename", URI, (0, 0)).await;
    assert!(place.is_err(), "the client may ask: {place:?}");
}

/// A client that says that it asks for findings, and never does, is sent them after a while; no longer once
/// it asks.
#[tokio::test(start_paused = true)]
async fn whoever_never_asks_is_told() {
    let mut client = Client::with(crate::client::pulling(), Hooks::default()).await;
    client.open(URI, "请XX区发言。\n").await;
    assert_eq!(client.diagnostics(URI, 1).await.len(), 1);
    let report = client.about("textDocument/diagnostic", URI).await.unwrap();
    assert_eq!(report["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.told("textDocument/publishDiagnostics").await["diagnostics"], json!([]));
    client.change(URI, 2, (0, 0), (0, 0), "请").await;
    let rest = client.rest(Duration::from_secs(30)).await;
    assert!(rest.iter().all(|message| message["method"] != "textDocument/publishDiagnostics"), "{rest:?}");
}

/// Kate asks about its whole draft with one finding, and applies whatever it is given.
#[tokio::test]
async fn quick_fixes_keep_to_the_findings_in_the_context() {
    let mut client = Client::start().await;
    client.open(URI, "同志们：\n我们的的工作，是是要抓好的的。XX区要带头。\n").await;
    let found = client.diagnostics(URI, 1).await;
    let doubled: Vec<_> = found.iter().filter(|finding| finding["code"] == "repeated-word").cloned().collect();
    assert!(doubled.len() > 1, "{found:?}");
    let params = json!({
        "textDocument": { "uri": URI },
        "range": range((0, 0), (2, 0)),
        "context": { "diagnostics": [doubled[1]] },
    });
    let actions = client.request("textDocument/codeAction", params.clone()).await.unwrap();
    let [action] = &actions.as_array().unwrap()[..] else { panic!("{actions}") };
    assert_eq!(action["diagnostics"], json!([doubled[1]]));
    let mut none = params;
    none["context"]["diagnostics"] = json!([]);
    let actions = client.request("textDocument/codeAction", none).await.unwrap();
    let kinds: Vec<_> = actions.as_array().unwrap().iter().map(|action| action["kind"].as_str().unwrap()).collect();
    assert!(kinds.iter().all(|kind| *kind != "quickfix"), "{actions}");
}

/// A name is followed while it is typed in all its places, also when it is emptied in between.
#[tokio::test]
async fn what_is_typed_together_stays_together() {
    let mut client = Client::start().await;
    client.open(URI, "XX区要带头，XX区要实干。\n").await;
    let both = |a: u32, b: u32, width: u32| json!([range((0, a), (0, a + width)), range((0, b), (0, b + width))]);
    let linked = client.at("textDocument/linkedEditingRange", URI, (0, 1)).await.unwrap();
    assert_eq!(linked["ranges"], both(0, 7, 3));
    let change = |at: u32, to: u32, text: &str| json!({ "range": range((0, at), (0, to)), "text": text });
    let steps = [
        // The first character, as an input method shows it, and as it is; more; all taken back; and again.
        (json!([change(7, 9, "d"), change(0, 2, "d")]), both(0, 6, 2), 1),
        (json!([change(6, 7, "东"), change(0, 1, "东")]), both(0, 6, 2), 1),
        (json!([change(7, 7, "湖"), change(1, 1, "湖")]), both(0, 7, 3), 2),
        (json!([change(7, 10, ""), change(0, 3, "")]), both(0, 4, 0), 0),
        (json!([change(4, 4, "西"), change(0, 0, "西")]), both(0, 5, 1), 1),
    ];
    for (version, (changes, ranges, at)) in (2..).zip(steps) {
        client.changes(URI, version, changes).await;
        let linked = client.at("textDocument/linkedEditingRange", URI, (0, at)).await.unwrap();
        assert_eq!(linked["ranges"], ranges, "{version}");
    }
    // Elsewhere, it is over.
    assert_eq!(client.at("textDocument/linkedEditingRange", URI, (0, 3)).await, Ok(Value::Null));
    assert_eq!(client.at("textDocument/linkedEditingRange", URI, (0, 1)).await, Ok(Value::Null));
}

#[tokio::test]
async fn a_draft_that_is_not_open_has_no_answers() {
    let mut client = Client::start().await;
    for method in ["textDocument/documentSymbol", "textDocument/foldingRange"] {
        assert_eq!(client.about(method, URI).await, Ok(Value::Null));
    }
    client.close(URI).await;
    client.open(URI, DRAFT).await;
    client.diagnostics(URI, 1).await;
}

#[tokio::test]
async fn a_closed_draft_has_no_findings() {
    let mut client = Client::start().await;
    for uri in [URI, "untitled:Untitled-1"] {
        client.open(uri, "请XX同志讲话。\n").await;
        client.diagnostics(uri, 1).await;
        client.close(uri).await;
        let list = client.told("textDocument/publishDiagnostics").await;
        assert_eq!(list, json!({ "uri": uri, "diagnostics": [] }));
        client.open(uri, "再开。\n").await;
        client.diagnostics(uri, 1).await;
    }
}

#[tokio::test]
async fn each_language_is_served() {
    let mut client = Client::start().await;
    for (uri, language) in [
        ("file:///a.txt", "plaintext"),
        ("file:///a.md", "markdown"),
        ("file:///b.MARKDOWN", "plaintext"),
        ("file:///c", "jianggao"),
    ] {
        client.open_as(uri, language, DRAFT).await;
        client.diagnostics(uri, 1).await;
    }
}

#[tokio::test]
async fn a_panic_fails_its_own_request_only() {
    let hooks = Hooks {
        query: Some(Arc::new(|method, _| {
            assert_ne!(method, "textDocument/hover", "as the test wants it");
        })),
        ..Hooks::default()
    };
    let mut client = Client::with(modern(), hooks).await;
    client.open(URI, DRAFT).await;
    for _ in 0..3 {
        let error = client.at("textDocument/hover", URI, (0, 0)).await;
        assert_eq!(error.unwrap_err()["code"], -32603);
    }
    client.about("textDocument/documentSymbol", URI).await.unwrap();
    client.change(URI, 2, (0, 0), (0, 0), "字").await;
    client.diagnostics(URI, 2).await;
    assert_eq!(client.stop().await, 0);
}

#[tokio::test]
async fn a_panic_in_the_analysis_does_not_lose_the_text() {
    // The update panics, then the analysis from scratch too.
    let calls = Arc::new(AtomicUsize::new(0));
    let seen = Seen::default();
    let hooks = Hooks {
        analysis: Some(Arc::new({
            let calls = calls.clone();
            move |_| {
                let call = calls.fetch_add(1, Ordering::Relaxed);
                assert!(![1, 3, 4].contains(&call), "as the test wants it");
            }
        })),
        ..seen.hooks()
    };
    let mut client = Client::with(modern(), hooks).await;
    client.open(URI, "一").await;
    for (version, text) in [(2, "二"), (3, "三"), (4, "四")] {
        client.change(URI, version, (0, 0), (0, 0), text).await;
        client.diagnostics(URI, version).await;
    }
    assert_eq!(client.text(URI, &seen).await, "四三二一");
    assert_eq!(calls.load(Ordering::Relaxed), 6);
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_the_session_goes_on() {
    let mut client = Client::start().await;
    client.open(URI, DRAFT).await;
    let broken = r#"{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{"#;
    let frame = format!("Content-Length: {}\r\n\r\n{broken}", broken.len());
    client.send_raw(frame.as_bytes()).await;
    let refusal = client.wait(|m| m.get("error").is_some()).await;
    assert_eq!((&refusal["id"], &refusal["error"]["code"]), (&Value::Null, &json!(-32700)));

    client.send(json!({ "jsonrpc": "2.0", "id": 77 })).await;
    assert_eq!(client.answer(77).await.unwrap_err()["code"], -32600);
    let error = client.request("textDocument/hover", json!({ "position": 1 })).await;
    assert_eq!(error.unwrap_err()["code"], -32602);
    let error = client.request("textDocument/hover", Value::Null).await;
    assert_eq!(error.unwrap_err()["code"], -32602);
    let error = client.request("jianggao/noSuchMethod", Value::Null).await;
    assert_eq!(error.unwrap_err()["code"], -32601);
    client.notify("textDocument/didChange", json!({})).await;
    client.notify("$/setTrace", json!({ "value": "off" })).await;
    client.send(json!({ "jsonrpc": "2.0", "id": 5, "result": null })).await;
    client.change(URI, 2, (0, 0), (0, 0), "字").await;
    client.diagnostics(URI, 2).await;
    assert_eq!(client.stop().await, 0);
}

#[tokio::test]
async fn the_settings_file_is_watched_where_the_client_can() {
    let mut client = Client::start().await;
    let request = client.wait(|m| m["method"] == "client/registerCapability").await;
    let registration = &request["params"]["registrations"][0];
    assert_eq!(registration["method"], "workspace/didChangeWatchedFiles");
    let watchers = &registration["registerOptions"]["watchers"];
    assert_eq!(watchers[0]["globPattern"], "**/jianggao.toml");
    client.send(json!({ "jsonrpc": "2.0", "id": request["id"], "result": null })).await;

    let mut client = Client::with(plain(), Hooks::default()).await;
    client.open(URI, DRAFT).await;
    client.diagnostics(URI, 1).await;
    assert_eq!(client.rest(Duration::from_millis(100)).await, [Value::Null; 0]);
}

/// A draft with one wrong ordinal and one placeholder, on a line with a character outside the BMP.
const WRONG: &str = "在动员大会上的讲话\n\n同志们：\n\n下面，我代表市委讲三点意见。\n\n一、提高思想认识\n\n各级各部门要把思想统一到中央的决策部署上来，把力量凝聚到各项任务的落实上来。\n\n二、狠抓任务落实\n\n𠮷安县要在XX月底以前完成全部工程建设任务，各部门要密切配合，形成工作合力。\n\n二、加强组织领导\n\n各级领导干部要靠前指挥，以上率下，为实现全年目标任务而努力奋斗。\n\n谢谢大家！\n";

fn found<'a>(list: &'a [Value], code: &str) -> &'a Value {
    let mut found = list.iter().filter(|finding| finding["code"] == code);
    found.next().unwrap_or_else(|| panic!("no {code} in {list:?}"))
}

#[tokio::test]
async fn a_finding_says_all_that_the_client_can_show() {
    let mut params = modern();
    params["initializationOptions"] = json!({ "rulesUrl": "https://example.org/rules/" });
    let mut client = Client::with(params, Hooks::default()).await;
    client.open(URI, WRONG).await;
    let list = client.diagnostics(URI, 1).await;
    let duplicate = found(&list, "numbering-duplicate");
    assert_eq!(duplicate["range"]["start"]["line"], 14);
    assert_eq!(duplicate["source"], "jianggao");
    assert_eq!(duplicate["codeDescription"]["href"], "https://example.org/rules/numbering-duplicate.md");
    let related = &duplicate["relatedInformation"][0];
    assert_eq!(related["location"]["uri"], URI);
    let new_text = duplicate["data"]["edits"][0]["newText"].as_str();
    assert!(new_text.unwrap().starts_with("三"), "{duplicate}");
    let placeholder = found(&list, "placeholder");
    assert_eq!(placeholder["range"], range((12, 6), (12, 8)), "𠮷 is two units");
    assert!((1..=4).contains(&placeholder["severity"].as_i64().unwrap()));

    let page = json!({ "uri": duplicate["codeDescription"]["href"] });
    let page = client.request("workspace/textDocumentContent", page).await.unwrap();
    assert!(page["text"].as_str().unwrap().contains("numbering-duplicate = \"off\""), "{page}");
    let none = client.request("workspace/textDocumentContent", json!({ "uri": "jianggao-rule:/nothing.md" })).await;
    assert!(none.is_err());

    let mut client = Client::with(plain(), Hooks::default()).await;
    client.open(URI, WRONG).await;
    let list = client.diagnostics(URI, 1).await;
    let duplicate = found(&list, "numbering-duplicate").as_object().unwrap();
    for key in ["codeDescription", "relatedInformation", "data", "tags"] {
        assert!(!duplicate.contains_key(key), "{key}");
    }
}

#[tokio::test]
async fn no_more_than_a_thousand_findings() {
    let mut client = Client::start().await;
    let line = "各级各部门要在XX月底以前完成XX项任务，市委书记XXX同志亲自负责。\n";
    client.open(URI, &format!("{WRONG}{}", line.repeat(600))).await;
    let list = client.diagnostics(URI, 1).await;
    assert_eq!(list.len(), 1000);
    found(&list, "numbering-duplicate");
}

#[tokio::test]
async fn findings_follow_the_text() {
    let mut client = Client::start().await;
    client.open(URI, WRONG).await;
    client.diagnostics(URI, 1).await;
    client.change(URI, 2, (14, 0), (14, 1), "三").await;
    let list = client.diagnostics(URI, 2).await;
    assert!(list.iter().all(|finding| finding["code"] != "numbering-duplicate"));
    client.change(URI, 3, (0, 0), (0, 0), "\n").await;
    let list = client.diagnostics(URI, 3).await;
    assert_eq!(found(&list, "placeholder")["range"]["start"]["line"], 13);
}

#[tokio::test]
async fn symbols_are_a_tree_or_a_list() {
    let mut client = Client::start().await;
    client.open(URI, WRONG).await;
    let tree = client.about("textDocument/documentSymbol", URI).await.unwrap();
    let text = tree.to_string();
    assert!(text.contains("一、提高思想认识") && text.contains("selectionRange"), "{text}");

    let mut client = Client::with(plain(), Hooks::default()).await;
    client.open(URI, WRONG).await;
    let list = client.about("textDocument/documentSymbol", URI).await.unwrap();
    let list = list.as_array().unwrap();
    let section = list.iter().find(|s| s["name"] == "一、提高思想认识").unwrap();
    assert_eq!(section["location"]["uri"], URI);
    assert_eq!(section["location"]["range"]["start"], json!({ "line": 6, "character": 0 }));
}

#[tokio::test]
async fn settings_change_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jianggao.toml");
    let uri = format!("file://{}/draft.txt", folder.path().display());
    let mut client = Client::start().await;
    client.open(&uri, WRONG).await;
    found(&client.diagnostics(&uri, 1).await, "placeholder");

    std::fs::write(&file, "[rules]\nplaceholder = \"off\"\n").unwrap();
    let watched = json!({ "changes": [{ "uri": format!("file://{}", file.display()), "type": 1 }] });
    client.notify("workspace/didChangeWatchedFiles", watched).await;
    let list = client.diagnostics(&uri, 1).await;
    assert!(list.iter().all(|finding| finding["code"] != "placeholder"));

    // A client that does not watch files: what is saved makes us look. A problem is shown once.
    std::fs::write(&file, "[rules]\nplaceholder = \"loud\"\n").unwrap();
    for _ in 0..2 {
        let saved = json!({ "textDocument": { "uri": uri } });
        client.notify("textDocument/didSave", saved).await;
    }
    found(&client.diagnostics(&uri, 1).await, "placeholder");
    let shown = client.told("window/showMessage").await;
    assert!(shown["message"].as_str().unwrap().contains("jianggao.toml:2: "), "{shown}");
    let rest = client.rest(Duration::from_millis(100)).await;
    assert!(rest.iter().all(|message| message["method"] != "window/showMessage"));
}
