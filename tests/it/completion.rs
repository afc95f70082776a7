//! Formulations in the editor: completion, its explanation, hover.

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, modern, plain, position, range};

const URI: &str = "file:///drafts/a.txt";

/// A client that shows snippets and struck-out items.
async fn client() -> Client {
    let mut params = modern();
    params["capabilities"]["textDocument"]["completion"] = json!({ "completionItem": {
        "snippetSupport": true,
        "tagSupport": { "valueSet": [1] },
        "documentationFormat": ["markdown", "plaintext"],
    } });
    Client::with(params, Hooks::default()).await
}

/// Opens the draft without its `$0`, and completes there.
async fn complete(client: &mut Client, draft: &str) -> Vec<Value> {
    complete_as(client, "plaintext", draft).await
}

async fn complete_as(client: &mut Client, language: &str, draft: &str) -> Vec<Value> {
    let (before, after) = draft.split_once("$0").unwrap();
    let line = before.matches('\n').count() as u32;
    let column = before.rsplit('\n').next().unwrap().encode_utf16().count() as u32;
    client.open_as(URI, language, &format!("{before}{after}")).await;
    let list = client.at("textDocument/completion", URI, (line, column)).await.unwrap();
    assert_eq!(list["isIncomplete"], true);
    let mut items = list["items"].as_array().unwrap().clone();
    items.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
    // What is replaced ends at the cursor, and is what the client filters by.
    for item in items.iter().filter(|item| item["data"]["id"].is_string()) {
        let (start, end) = (&item["textEdit"]["range"]["start"], &item["textEdit"]["range"]["end"]);
        assert_eq!((end["line"].as_u64(), end["character"].as_u64()), (Some(line.into()), Some(column.into())));
        let from = start["character"].as_u64().unwrap() as usize;
        let units: Vec<u16> = before.rsplit('\n').next().unwrap().encode_utf16().skip(from).collect();
        let typed = String::from_utf16(&units).unwrap();
        assert_eq!(item["filterText"].as_str().unwrap_or(""), typed);
    }
    items
}

fn labels(items: &[Value]) -> Vec<&str> {
    items.iter().map(|item| item["label"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn formulations_are_offered_while_typing() {
    let mut client = client().await;
    for (draft, first) in [
        ("要增强四个意$0", "增强“四个意识”"),
        ("要讲四个意$0", "“四个意识”"),
        ("要讲“四个意$0", "四个意识"),
        ("要增强“四个意$0”，坚定信心。", "四个意识"),
        ("会议强调，要增强，四个意$0。", "“四个意识”"),
        ("要增强sgys$0", "增强“四个意识”"),
        ("要增强“sigeyi$0”", "四个意识"),
        ("要增強為羣眾服務的四個意$0", "「四個意識」"),
        ("同志们：\n一、加强安全生产工作\n　　要从根$0", "从根本上消除事故隐患、从根本上解决问题"),
        ("1.sgys$0", "“四个意识”"),
    ] {
        let items = complete(&mut client, draft).await;
        assert_eq!(labels(&items).first(), Some(&first), "{draft}");
    }
    for draft in [
        "要增强四个意识$0",
        "要增强“四个意$0识”，坚定信心。",
        "要$0",
        "，$0",
        "this is sgys, an English text$0",
        "见https://example.org/sgys$0",
        "见https://example.org/四个$0",
        "写信到li@sgys$0，请尽快。",
        "见www.sgys$0",
        "要增强“四个意识$0”，坚定信心。",
        "同志们：\n大家好，sg$0",
    ] {
        let items = complete(&mut client, draft).await;
        assert_eq!(labels(&items), [""; 0], "{draft}");
    }
}

#[tokio::test]
async fn code_is_left_alone() {
    let mut client = client().await;
    for (draft, offered) in [
        ("# 讲话\n\n要增强四个意$0", true),
        ("# 讲话\n\n```\n要增强四个意$0\n```\n", false),
        ("# 讲话\n\n```\n要增强四个意\n```\n\n要增强四个意$0\n", true),
        ("+++\ntitle = '要增强四个意$0'\n+++\n\n正文在这里。\n", false),
        ("---\ntitle: 要增强四个意$0\n---\n\n正文在这里。\n", false),
        ("# 讲话\n\n要写`四个意$0`这个词\n", false),
        ("# 讲话\n\n| 要增强四个意$0 | 二 |\n|---|---|\n", false),
    ] {
        let items = complete_as(&mut client, "markdown", draft).await;
        assert_eq!(!items.is_empty(), offered, "{draft}");
    }
}

#[tokio::test]
async fn characters_come_several_at_once() {
    let mut client = client().await;
    client.open(URI, "同志们：\n　　要增强“”，狠抓落实。\n").await;
    // What an input method commits, and the completion that follows it.
    client.change(URI, 2, (1, 6), (1, 6), "四个").await;
    let list = client.at("textDocument/completion", URI, (1, 8)).await.unwrap();
    let items = list["items"].as_array().unwrap();
    let found = items.iter().find(|item| item["label"] == "四个意识").unwrap();
    assert_eq!(found["textEdit"], json!({ "range": range((1, 6), (1, 8)), "newText": "四个意识" }));
    client.change(URI, 3, (1, 6), (1, 8), "四个意识").await;
    let list = client.at("textDocument/completion", URI, (1, 10)).await.unwrap();
    assert_eq!(list["items"], json!([]), "the word is complete");
}

#[tokio::test]
async fn what_took_another_place_is_last_and_struck_out() {
    let mut client = client().await;
    let items = complete(&mut client, "要推进三个$0").await;
    let is_old = |item: &Value| item["tags"] == json!([1]);
    let first = items.iter().position(is_old).unwrap();
    let bare = |item: &Value| item["label"].as_str().is_some_and(|label| !label.contains(['“', '（']));
    assert!(items.iter().skip(first).filter(|item| bare(item)).all(is_old), "{:?}", labels(&items));
}

#[tokio::test]
async fn slots_are_stops_where_the_client_has_them() {
    let draft = "同志们：\n这次会议的主要任务是，xi$0";
    let openings = "同志们：\n今天，我们召$0";
    let mut modern = client().await;
    let items = complete(&mut modern, openings).await;
    let slot = items.iter().find(|item| item["insertTextFormat"] == 2).unwrap();
    assert!(slot["textEdit"]["newText"].as_str().unwrap().contains("${1:"), "{slot}");
    assert_eq!(slot["kind"], 15);
    assert!(complete(&mut modern, draft).await.is_empty(), "two letters");
    let mut simple = Client::with(plain(), Hooks::default()).await;
    let items = complete(&mut simple, openings).await;
    assert!(!items.is_empty());
    assert!(items.iter().all(|item| item.get("insertTextFormat").is_none()));
    assert!(items.iter().all(|item| !item["textEdit"]["newText"].as_str().unwrap().contains('$')));
}

#[tokio::test]
async fn skeletons_openings_transitions_and_closings() {
    let mut client = client().await;
    let body = "同志们：\n一、提高认识\n各级各部门要把思想统一起来。\n二、抓好落实\n各级各部门要把责任扛起来。\n";
    for (draft, first, snippet) in [
        ("同志们：\n今天，我们召$0\n", "今天，我们召开〔会议名称〕", "今天，我们召开${1:会议名称}"),
        ("同志们：\n下面，就$0\n", "下面，就〔工作〕，我讲三点意见", "下面，就${1:工作}，我讲三点意见"),
        (&format!("{body}预祝$0\n"), "预祝〔会议/活动〕取得圆满成功", "预祝${1:会议/活动}取得圆满成功"),
        (&format!("{body}让我们更$0\n"), "让我们更加紧密地团结在以习近平同志为核心的党中央周围", ""),
    ] {
        let items = complete(&mut client, draft).await;
        let item = items.iter().find(|item| item["label"].as_str().is_some_and(|label| label.starts_with(first)));
        let item = item.unwrap_or_else(|| panic!("{draft}: {:?}", labels(&items)));
        let text = item["textEdit"]["newText"].as_str().unwrap();
        assert!(text.starts_with(if snippet.is_empty() { first } else { snippet }), "{text}");
        assert_eq!(item["insertTextFormat"] == 2, !snippet.is_empty(), "{item}");
    }
    // 三点式: the frame of a whole speech, with a stop for each point.
    let items = complete(&mut client, "同志们：\n下面，就$0\n").await;
    let frame = items.iter().map(|item| item["textEdit"]["newText"].as_str().unwrap());
    let frame = frame.max_by_key(|text| text.len()).unwrap();
    for part in ["一、${2:", "二、${3:", "三、${4:", "$0"] {
        assert!(frame.contains(part), "{frame}");
    }
}

#[tokio::test]
async fn an_item_is_explained_when_asked() {
    let mut client = client().await;
    let items = complete(&mut client, "要讲四个意$0").await;
    assert!(items[0].get("documentation").is_none());
    let item = client.request("completionItem/resolve", items[0].clone()).await.unwrap();
    assert_eq!(item["documentation"]["kind"], "markdown");
    let text = item["documentation"]["value"].as_str().unwrap();
    for part in ["**四个意识** 数字缩略", "1\\. 政治意识\n2\\. 大局意识", "提出：2016", "出处："]
    {
        assert!(text.contains(&part.replace("\\.", ".")), "{part}: {text}");
    }
    // An ordinal has nothing to explain, and a client may ask when the draft is closed.
    let ordinal = json!({ "label": "三、" });
    assert_eq!(client.request("completionItem/resolve", ordinal.clone()).await.unwrap(), ordinal);
    client.close(URI).await;
    client.request("completionItem/resolve", items[0].clone()).await.unwrap();
}

#[tokio::test]
async fn at_an_empty_place_the_topic_of_the_section_counts() {
    let mut client = client().await;
    let draft = "同志们：\n一、加强安全生产工作\n　　$0\n";
    let items = complete(&mut client, draft).await;
    assert!(labels(&items).contains(&"“三管三必须”"), "{:?}", labels(&items));
    // Not when the client asked by itself.
    let params = json!({
        "textDocument": { "uri": URI },
        "position": position((2, 2)),
        "context": { "triggerKind": 2, "triggerCharacter": "；" },
    });
    let list = client.request("textDocument/completion", params).await.unwrap();
    let items = list["items"].as_array().unwrap();
    assert!(items.iter().all(|item| item["data"]["id"].is_null()), "{:?}", labels(items));
}

#[tokio::test]
async fn hover_explains_a_formulation() {
    let mut client = client().await;
    let text = "要增强“四个意识”，推动发展。\n\n再说一遍，增强“四个意识”、“四个意识”。\n";
    client.open(URI, text).await;
    let hover = client.at("textDocument/hover", URI, (0, 5)).await.unwrap();
    assert_eq!(hover["range"], range((0, 4), (0, 8)));
    let shown = hover["contents"]["value"].as_str().unwrap();
    for part in ["**四个意识** 数字缩略", "4. 看齐意识", "出处：", "全文 3 处，另见第 3 行"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert_eq!(client.at("textDocument/hover", URI, (0, 11)).await.unwrap(), Value::Null);
}

#[tokio::test]
async fn settings_switch_and_fill() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jianggao.toml");
    let uri = format!("file://{}/draft.txt", folder.path().display());
    let pack = "text\tkind\tright\n四个意气风发\tphrase\t大家四个意气风发。\n好好干活\tnonsense\t\n";
    std::fs::write(folder.path().join("unit.tsv"), pack).unwrap();
    std::fs::write(&file, "[formulations]\npacks = [\"unit.tsv\"]\n").unwrap();
    let mut client = client().await;
    client.open(&uri, "要增强四个意\n").await;
    let shown = client.told("window/showMessage").await;
    assert!(shown["message"].as_str().unwrap().contains("unit.tsv:3: kind"), "{shown}");
    let list = client.at("textDocument/completion", &uri, (0, 6)).await.unwrap();
    let items = list["items"].as_array().unwrap();
    assert!(labels(items).contains(&"四个意气风发"), "{:?}", labels(items));

    std::fs::write(&file, "[formulations]\ncomplete = false\n").unwrap();
    let saved = json!({ "textDocument": { "uri": uri } });
    client.notify("textDocument/didSave", saved).await;
    client.diagnostics(&uri, 1).await;
    client.diagnostics(&uri, 1).await;
    let list = client.at("textDocument/completion", &uri, (0, 6)).await.unwrap();
    assert_eq!(list["items"], json!([]));
}

#[tokio::test]
async fn formulations_are_coloured() {
    let mut client = client().await;
    client.open(URI, "同志们：\n要增强“四个意识”。\n推动高质量发展。\n").await;
    let full = client.about("textDocument/semanticTokens/full", URI).await.unwrap();
    // The salutation, and the two formulations: line and column from the last one, length, type.
    assert_eq!(full["data"], json!([0, 0, 4, 3, 0, 1, 4, 4, 4, 0, 1, 2, 5, 4, 0]));
    let params = json!({ "textDocument": { "uri": URI }, "range": range((2, 0), (2, 8)) });
    let part = client.request("textDocument/semanticTokens/range", params).await.unwrap();
    assert_eq!(part["data"], json!([2, 2, 5, 4, 0]));
    client.change(URI, 2, (2, 7), (2, 7), "和高水平安全良性互动").await;
    let params = json!({ "textDocument": { "uri": URI }, "previousResultId": full["resultId"] });
    let delta = client.request("textDocument/semanticTokens/full/delta", params).await.unwrap();
    assert_eq!(delta["edits"], json!([{ "start": 10, "deleteCount": 5, "data": [1, 2, 15, 4, 0] }]));
}

#[tokio::test]
async fn all_places_of_a_formulation() {
    let mut client = client().await;
    client.open(URI, "要增强“四个意识”。\n增強“四個意識”，提高政治站位。\n再说四个意识\n").await;
    let places = [range((0, 4), (0, 8)), range((1, 3), (1, 7)), range((2, 2), (2, 6))];
    let lit = client.at("textDocument/documentHighlight", URI, (0, 5)).await.unwrap();
    assert_eq!(lit, json!(places.clone().map(|range| json!({ "range": range, "kind": 1 }))));
    let params = json!({
        "textDocument": { "uri": URI },
        "position": position((1, 6)),
        "context": { "includeDeclaration": false },
    });
    let found = client.request("textDocument/references", params).await.unwrap();
    assert_eq!(found, json!(places.map(|range| json!({ "uri": URI, "range": range }))));
    // A set phrase is none.
    assert_eq!(client.at("textDocument/documentHighlight", URI, (1, 11)).await.unwrap(), Value::Null);
}

#[tokio::test]
async fn what_other_drafts_say_is_offered_first() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    file("jianggao.toml", "");
    file("甲.txt", "同志们：\n我们要坚持人民至上，办好实事。\n");
    file("乙.md", "# 讲话\n\n坚持人民至上。\n");
    file("丙.txt", "同志们：\n要坚持\n");
    let uri = |name: &str| format!("file://{}/{name}", folder.path().display());
    let mut params = modern();
    params["workspaceFolders"] = json!([{ "uri": uri(""), "name": "稿" }]);
    let mut client = Client::with(params, Hooks::default()).await;
    let draft = uri("丙.txt");
    client.open(&draft, "同志们：\n要坚持\n").await;
    let rank = async |client: &mut Client, label: &str| {
        let list = client.at("textDocument/completion", &draft, (1, 3)).await.unwrap();
        labels(list["items"].as_array().unwrap()).iter().position(|found| *found == label)
    };
    // The other drafts are read beside the message loop.
    let mut first = None;
    for _ in 0..500 {
        first = rank(&mut client, "坚持人民至上").await;
        if first == Some(0) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(first, Some(0));
    // What changes on disk is not looked for at a key, but when the draft is saved.
    let other = "坚持以人民为中心";
    let behind = rank(&mut client, other).await;
    for name in ["甲.txt", "乙.md"] {
        file(name, &format!("同志们：\n{other}，{other}，办好实事。\n"));
    }
    client.change(&draft, 2, (1, 0), (1, 1), "也要").await;
    client.change(&draft, 3, (1, 0), (1, 2), "要").await;
    assert_eq!((rank(&mut client, "坚持人民至上").await, rank(&mut client, other).await), (Some(0), behind));
    for name in ["甲.txt", "乙.md"] {
        client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri(name) } })).await;
    }
    for _ in 0..500 {
        first = rank(&mut client, other).await;
        if first == Some(0) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert_eq!(first, Some(0));
}
