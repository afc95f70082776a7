//! What a writer wanted where completion was asked for: `situations.tsv`, written before the program was asked.

use jianggao::server::Hooks;
use serde_json::{Value, json};

use crate::client::{Client, modern};

/// One of the first so many items is the one.
const FIRST: usize = 3;
/// Of a hundred situations, in the half that was repaired by and in the half that was kept back.
const WANTED: [usize; 2] = [90, 90];

struct Situation {
    kind: &'static str,
    before: String,
    after: String,
    wanted: Vec<String>,
}

fn situations() -> Vec<Situation> {
    let rows = include_str!("situations.tsv").lines().filter(|line| !line.starts_with('#'));
    let lines = |text: &str| text.replace('⏎', "\n");
    rows.map(|row| {
        let [kind, text, wanted] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let (before, after) = text.split_once('‖').unwrap();
        let wanted = wanted.split('｜').map(lines).collect();
        Situation { kind, before: lines(before), after: lines(after), wanted }
    })
    .collect()
}

/// How a client differs from others.
#[derive(Clone, Copy)]
struct Way {
    crlf: bool,
    /// Takes two ranges, one to insert and one to replace.
    two_ranges: bool,
    snippets: bool,
    markdown: bool,
}

const WAYS: [Way; 3] = [
    Way { crlf: false, two_ranges: false, snippets: false, markdown: false },
    Way { crlf: true, two_ranges: true, snippets: true, markdown: false },
    Way { crlf: false, two_ranges: false, snippets: true, markdown: true },
];

async fn client(way: Way) -> Client {
    let mut params = modern();
    params["capabilities"]["textDocument"]["completion"] = json!({ "completionItem": {
        "insertReplaceSupport": way.two_ranges, "snippetSupport": way.snippets, "labelDetailsSupport": true,
        "tagSupport": { "valueSet": [1] },
    } });
    Client::with(params, Hooks::default()).await
}

/// Texts after each item was accepted, in the order shown, as an editor does it.
async fn outcomes(client: &mut Client, n: usize, way: Way, s: &Situation) -> Vec<String> {
    let uri = format!("file:///drafts/{n}.{}", if way.markdown { "md" } else { "txt" });
    let stands = |text: &str| if way.crlf { text.replace('\n', "\r\n") } else { text.to_owned() };
    let (before, after) = (stands(&s.before), stands(&s.after));
    client.open_as(&uri, if way.markdown { "markdown" } else { "plaintext" }, &format!("{before}{after}")).await;
    let row = before.matches('\n').count() as u32;
    let (above, line) = before.split_at(before.rfind('\n').map_or(0, |at| at + 1));
    let rest = after.split(['\r', '\n']).next().unwrap();
    let units: Vec<u16> = format!("{line}{rest}").encode_utf16().collect();
    let column = line.encode_utf16().count();
    let list = client.at("textDocument/completion", &uri, (row, column as u32)).await.unwrap();
    let mut items = list["items"].as_array().unwrap().clone();
    items.sort_by_key(|item| item["sortText"].as_str().unwrap().to_owned());
    client.close(&uri).await;
    let place = |place: &Value| {
        assert_eq!(place["line"].as_u64(), Some(row.into()), "one line only");
        place["character"].as_u64().unwrap() as usize
    };
    let apply = |item: &Value| {
        let edit = &item["textEdit"];
        // Editors insert by default where there is a choice.
        let range = if edit["insert"].is_object() { &edit["insert"] } else { &edit["range"] };
        let (from, to) = (place(&range["start"]), place(&range["end"]));
        assert!(from <= column && column <= to && to <= units.len(), "{item}");
        let text = |units: &[u16]| String::from_utf16(units).unwrap();
        let typed = text(&units[from..column]);
        let filter = item["filterText"].as_str().unwrap_or_else(|| item["label"].as_str().unwrap());
        if !typed.is_empty() && !filter.starts_with(&typed) {
            return None;
        }
        let new = edit["newText"].as_str().unwrap();
        let new = if item["insertTextFormat"] == 2 { without_stops(new) } else { new.to_owned() };
        let rest = after.get(rest.len()..).unwrap();
        Some(format!("{above}{}{new}{}{rest}", text(&units[..from]), text(&units[to..])).replace("\r\n", "\n"))
    };
    items.iter().filter_map(apply).collect()
}

/// A snippet in which nothing has been filled in.
fn without_stops(snippet: &str) -> String {
    let mut out = String::new();
    let mut chars = snippet.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '$' if chars.next_if_eq(&'{').is_some() => {
                while chars.next_if(char::is_ascii_digit).is_some() {}
                chars.next_if_eq(&':');
                out.push('〔');
            }
            '$' => while chars.next_if(char::is_ascii_digit).is_some() {},
            '}' => out.push('〕'),
            c => out.push(c),
        }
    }
    out
}

/// The same without a mark at the end.
fn plain(text: &str) -> String {
    text.trim_end_matches(['，', '。', '：', '！', ' ']).to_owned()
}

/// Two or more characters that stand twice where they stood once.
fn doubled(text: &str, was: &str) -> Option<String> {
    let chars: Vec<char> = text.chars().collect();
    let is_han = |c: &char| ('\u{4e00}'..'\u{9fff}').contains(c);
    for length in 2..8 {
        for at in 0..chars.len().saturating_sub(2 * length - 1) {
            let (a, b) = (&chars[at..at + length], &chars[at + length..at + 2 * length]);
            let twice: String = chars[at..at + 2 * length].iter().collect();
            if a == b && a.iter().all(is_han) && !was.contains(&twice) {
                return Some(twice);
            }
        }
    }
    let nests = ["““", "””", "，，", "、、", "：：", "（（"]
        .into_iter()
        .find(|pair| text.contains(pair) && !was.contains(pair));
    nests.map(str::to_owned)
}

#[tokio::test]
async fn the_first_three_hold_what_the_writer_wanted() {
    let all = situations();
    let mut held = [0, 0];
    let mut of = [0, 0];
    let mut missed = [Vec::new(), Vec::new()];
    let mut doubles = Vec::new();
    let mut clients = Vec::new();
    for way in WAYS {
        clients.push(client(way).await);
    }
    for (n, s) in all.iter().enumerate() {
        let half = n % 2;
        of[half] += 1;
        let was = format!("{}{}", s.before, s.after);
        let nothing = s.wanted.contains(&was);
        let mut right = true;
        let mut first: Vec<String> = Vec::new();
        for (client, way) in clients.iter_mut().zip(WAYS) {
            let found = outcomes(client, n, way, s).await;
            let is_wanted = |text: &String| *text != was && s.wanted.iter().any(|wanted| plain(wanted) == plain(text));
            let good = if nothing { found.is_empty() } else { found.iter().take(FIRST).any(is_wanted) };
            doubles.extend(found.iter().filter_map(|text| Some(format!("{was}: {} in {text}", doubled(text, &was)?))));
            if !good && right {
                first = found.into_iter().take(FIRST).collect();
                right = false;
            }
        }
        held[half] += usize::from(right);
        if !right {
            let first = first.iter().map(|t| t.rsplit('\n').next().unwrap()).collect::<Vec<_>>().join(" / ");
            let at = s.before.rsplit('\n').next().unwrap();
            missed[half].push(format!("{}: {at}‖{}: {first}", s.kind, s.after.replace('\n', "⏎")));
        }
    }
    eprintln!("held {held:?} of {of:?}, {} doubled", doubles.len());
    eprintln!("{}", missed[0].join("\n"));
    if std::env::var_os("KEPT_BACK").is_some() {
        eprintln!("kept back:\n{}", missed[1].join("\n"));
    }
    assert!(doubles.is_empty(), "{}", doubles.join("\n"));
    for half in 0..2 {
        assert!(held[half] * 100 >= WANTED[half] * of[half], "{held:?} of {of:?}: {}", missed[half].join("\n"));
    }
}
