//! `jianggao web`: the page, for the browsers of this machine.
//!
//! The only network code of the program. It listens on the loopback address, calls nobody, and answers with the files
//! of [`FILES`]: nothing that a request says becomes the name of a file.

use std::borrow::Cow;
use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fs, thread};

use super::output::{self, Output};
use super::{EXIT_ERROR, arguments};
use crate::locale::Locale;

/// What the page consists of, and the types of its files.
const FILES: [(&str, &str); 8] = [
    ("index.html", "text/html; charset=utf-8"),
    ("page.js", "text/javascript; charset=utf-8"),
    ("worker.js", "text/javascript; charset=utf-8"),
    ("offline.js", "text/javascript; charset=utf-8"),
    ("style.css", "text/css; charset=utf-8"),
    ("engine.lzma", "application/octet-stream"),
    ("words.lzma", "application/octet-stream"),
    ("counts.bin", "application/octet-stream"),
];

/// The files of [`FILES`], as `web/build.mjs` makes them.
#[cfg(feature = "web")]
static CARRIED: Option<[&[u8]; FILES.len()]> = Some([
    include_bytes!("../../web/dist/index.html"),
    include_bytes!("../../web/dist/page.js"),
    include_bytes!("../../web/dist/worker.js"),
    include_bytes!("../../web/dist/offline.js"),
    include_bytes!("../../web/dist/style.css"),
    include_bytes!("../../web/dist/engine.lzma"),
    include_bytes!("../../web/dist/words.lzma"),
    include_bytes!("../../web/dist/counts.bin"),
]);
#[cfg(not(feature = "web"))]
static CARRIED: Option<[&[u8]; FILES.len()]> = None;

/// The same that the page says of itself, and that no other page shows it.
const POLICY: &str = include_str!("web/policy.txt");
const UNFRAMED: &str = "frame-ancestors 'none'";

/// Longer requests are none of a browser that wants the page.
const LONGEST: usize = 16 << 10;
const PATIENCE: Duration = Duration::from_secs(10);
/// So many requests are answered at once; a browser makes six.
const AT_ONCE: usize = 64;

pub(super) fn run(arguments: &arguments::Web, output: &mut Output) -> io::Result<u8> {
    let locale = output.locale;
    let refused = |message: &str| {
        output::print_error(locale, message);
        Ok(EXIT_ERROR)
    };
    let page = match (&arguments.page, CARRIED) {
        (Some(folder), _) if !folder.join(FILES[0].0).is_file() => return refused(&no_page(folder, locale)),
        (Some(folder), _) => Page::Folder(folder.clone()),
        (None, Some(carried)) => Page::Carried(carried),
        (None, None) => return refused(none_carried(locale)),
    };
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)) {
        Ok(listener) => listener,
        Err(error) => return refused(&taken(arguments.port, &error, locale)),
    };
    let port = listener.local_addr()?.port();
    output.text(&address(port, locale))?;
    output.finish()?;
    let site = Arc::new(Site { page, port });
    for stream in listener.incoming().filter_map(Result::ok) {
        // Each of those that answer holds one.
        if Arc::strong_count(&site) > AT_ONCE {
            continue;
        }
        let site = Arc::clone(&site);
        // Who does not listen to an answer gets none.
        thread::spawn(move || site.answer(stream));
    }
    Ok(0)
}

fn address(port: u16, locale: Locale) -> String {
    let url = format!("http://{}:{port}/", Ipv4Addr::LOCALHOST);
    locale.pick(
        format!("网页在 {url} ，用浏览器打开；只有这台电脑打得开。按 Ctrl+C 结束。\n"),
        format!("網頁在 {url} ，用瀏覽器開啟；只有這台電腦打得開。按 Ctrl+C 結束。\n"),
        format!("The page is at {url} for the browsers of this machine alone. Ctrl+C ends it.\n"),
    )
}

fn none_carried(locale: Locale) -> &'static str {
    locale.pick(
        "这个程序里没有带网页。照 web/README.md 编好以后，用 --page 指出它的文件夹（web/dist）。",
        "這個程式裡沒有帶網頁。照 web/README.md 編好以後，用 --page 指出它的資料夾（web/dist）。",
        "this program does not carry the page; build it (web/README.md) and name its folder (web/dist) with --page",
    )
}

fn no_page(folder: &Path, locale: Locale) -> String {
    let folder = folder.display();
    locale.pick(
        format!("{folder} 里没有网页（index.html）"),
        format!("{folder} 裡沒有網頁（index.html）"),
        format!("there is no page (index.html) in {folder}"),
    )
}

fn taken(port: u16, error: &io::Error, locale: Locale) -> String {
    locale.pick(
        format!("用不了端口 {port}（{error}）；换一个，或者写 --port 0，随便用一个空着的"),
        format!("用不了連接埠 {port}（{error}）；換一個，或者寫 --port 0，隨便用一個空著的"),
        format!("port {port} cannot be used ({error}); take another one, or --port 0 for any that is free"),
    )
}

/// Where the files of the page are.
enum Page {
    Carried([&'static [u8]; FILES.len()]),
    Folder(PathBuf),
}

impl Page {
    fn file(&self, n: usize) -> io::Result<Cow<'static, [u8]>> {
        match self {
            Self::Carried(files) => Ok(Cow::Borrowed(files[n])),
            Self::Folder(folder) => Ok(Cow::Owned(fs::read(folder.join(FILES[n].0))?)),
        }
    }
}

struct Site {
    page: Page,
    port: u16,
}

/// The file that a request asks for and whether its content is wanted, or the status that it is refused with.
type Asked = Result<(usize, bool), &'static str>;

const MALFORMED: &str = "400 Bad Request";
const MISSING: &str = "404 Not Found";
const REFUSED: &str = "405 Method Not Allowed";
const MISDIRECTED: &str = "421 Misdirected Request";

impl Site {
    fn answer(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_write_timeout(Some(PATIENCE))?;
        let head = head_of(&mut stream)?;
        let asked = self.asked(&head);
        let found = asked.and_then(|(n, _)| self.page.file(n).map(|body| (n, body)).map_err(|_| MISSING));
        let (status, kind, body) = match found {
            Ok((n, body)) => ("200 OK", FILES[n].1, body),
            Err(status) => (status, "text/plain; charset=utf-8", Cow::Borrowed(status.as_bytes())),
        };
        let allowed = if status == REFUSED { "Allow: GET, HEAD\r\n" } else { "" };
        write!(
            stream,
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n{allowed}\
             Content-Security-Policy: {}; {UNFRAMED}\r\nX-Content-Type-Options: nosniff\r\n\
             Referrer-Policy: no-referrer\r\nCross-Origin-Opener-Policy: same-origin\r\n\
             Cross-Origin-Resource-Policy: same-origin\r\nCache-Control: no-cache\r\nConnection: close\r\n\r\n",
            body.len(),
            POLICY.trim_end(),
        )?;
        if !matches!(asked, Ok((_, false))) {
            stream.write_all(&body)?;
        }
        stream.flush()
    }

    /// Only somebody who asks for this machine by its own name is answered: another name that leads here is that of a
    /// page elsewhere, which wants to see what only this machine may.
    fn asked(&self, head: &str) -> Asked {
        let mut lines = head.split("\r\n");
        let mut words = lines.next().ok_or(MALFORMED)?.split(' ');
        let (Some(method), Some(target), Some(version), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(MALFORMED);
        };
        if !version.starts_with("HTTP/1.") {
            return Err(MALFORMED);
        }
        let mut hosts =
            lines.filter_map(|line| line.split_once(':')).filter(|(name, _)| name.eq_ignore_ascii_case("host"));
        let (Some((_, host)), None) = (hosts.next(), hosts.next()) else { return Err(MALFORMED) };
        let own = ["127.0.0.1", "localhost"].map(|name| format!("{name}:{}", self.port));
        if !own.iter().any(|own| own.eq_ignore_ascii_case(host.trim())) {
            return Err(MISDIRECTED);
        }
        let with_body = match method {
            "GET" => true,
            "HEAD" => false,
            _ => return Err(REFUSED),
        };
        let path = target.split(['?', '#']).next().unwrap_or(target);
        let name = path.strip_prefix('/').ok_or(MALFORMED)?;
        let name = if name.is_empty() { FILES[0].0 } else { name };
        let n = FILES.iter().position(|(own, _)| *own == name).ok_or(MISSING)?;
        Ok((n, with_body))
    }
}

/// The lines of a request before the empty one.
fn head_of(stream: &mut TcpStream) -> io::Result<String> {
    let (mut head, mut part) = (Vec::new(), [0; 1024]);
    loop {
        let count = stream.read(&mut part)?;
        head.extend_from_slice(&part[..count]);
        if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            head.truncate(end);
            return Ok(String::from_utf8_lossy(&head).into_owned());
        }
        if count == 0 || head.len() > LONGEST {
            return Err(io::ErrorKind::InvalidData.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(head: &str) -> Result<(&'static str, bool), &'static str> {
        let site = Site { page: Page::Folder(PathBuf::new()), port: 8418 };
        site.asked(&head.replace('\n', "\r\n")).map(|(n, with_body)| (FILES[n].0, with_body))
    }

    #[test]
    fn only_files_of_the_page_are_answered() {
        const HOST: &str = "\nHost: 127.0.0.1:8418";
        for (request, answer) in [
            ("GET / HTTP/1.1", Ok(("index.html", true))),
            ("GET /?lang=en HTTP/1.1", Ok(("index.html", true))),
            ("HEAD /engine.lzma HTTP/1.1", Ok(("engine.lzma", false))),
            ("GET /../Cargo.toml HTTP/1.1", Err(MISSING)),
            ("GET /%2e%2e/Cargo.toml HTTP/1.1", Err(MISSING)),
            ("GET http://127.0.0.1:8418/ HTTP/1.1", Err(MALFORMED)),
            ("POST / HTTP/1.1", Err(REFUSED)),
            ("GET /", Err(MALFORMED)),
            ("", Err(MALFORMED)),
        ] {
            assert_eq!(asked(&format!("{request}{HOST}")), answer, "{request}");
        }
    }

    #[test]
    fn only_who_asks_for_this_machine_is_answered() {
        for (hosts, is_own) in [
            ("Host: 127.0.0.1:8418", true),
            ("host:LOCALHOST:8418", true),
            ("Host: 127.0.0.1", false),
            ("Host: 127.0.0.1:80", false),
            ("Host: jianggao.example:8418", false),
            ("Host: 127.0.0.1.example:8418", false),
        ] {
            let answer = asked(&format!("GET / HTTP/1.1\n{hosts}\nAccept: */*"));
            let expected = if is_own { Ok(("index.html", true)) } else { Err(MISDIRECTED) };
            assert_eq!(answer, expected, "{hosts}");
        }
        let twice = "GET / HTTP/1.1\nHost: 127.0.0.1:8418\nHost: jianggao.example";
        assert_eq!((asked(twice), asked("GET / HTTP/1.1")), (Err(MALFORMED), Err(MALFORMED)));
    }
}
