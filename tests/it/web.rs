//! `jianggao web`, as a browser of this machine and as somebody else asks it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// The program, ended when it is not needed any more.
struct Site {
    program: Child,
    port: u16,
}

impl Site {
    fn of(page: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianggao"));
        command.args(["web", "--port", "0", "--page"]).arg(page).env("LC_ALL", "en_US.UTF-8");
        let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let address = line.split("http://127.0.0.1:").nth(1).unwrap_or_else(|| panic!("no address in {line}"));
        let port = address.split('/').next().unwrap().parse().unwrap();
        Self { program, port }
    }

    fn answer(&self, request: &str) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let request = request.replace("PORT", &self.port.to_string());
        stream.write_all(format!("{request}\r\n\r\n").as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

#[test]
fn the_page_is_there_for_this_machine_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("index.html"), "<title>page</title>").unwrap();
    std::fs::write(folder.path().join("secret.txt"), "secret").unwrap();
    let site = Site::of(folder.path());

    let answer = site.answer("GET /?lang=en HTTP/1.1\r\nHost: 127.0.0.1:PORT");
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n") && answer.ends_with("\r\n\r\n<title>page</title>"), "{answer}");
    for head in [
        "Content-Type: text/html; charset=utf-8",
        "Content-Security-Policy: default-src 'none'; ",
        "; frame-ancestors 'none'\r\n",
        "X-Content-Type-Options: nosniff",
    ] {
        assert!(answer.contains(head), "{head}: {answer}");
    }
    assert!(site.answer("HEAD / HTTP/1.1\r\nHost: localhost:PORT").ends_with("\r\n\r\n"));
    for (request, status) in [
        ("GET /secret.txt HTTP/1.1\r\nHost: 127.0.0.1:PORT", "404"),
        ("GET /page.js HTTP/1.1\r\nHost: 127.0.0.1:PORT", "404"),
        ("GET / HTTP/1.1\r\nHost: jianggao.example:PORT", "421"),
        ("POST / HTTP/1.1\r\nHost: 127.0.0.1:PORT", "405"),
        ("nonsense", "400"),
    ] {
        assert!(site.answer(request).starts_with(&format!("HTTP/1.1 {status} ")), "{request}");
    }
}

#[test]
fn what_cannot_be_served_is_said() {
    let empty = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let page = tempfile::tempdir().unwrap();
    std::fs::write(page.path().join("index.html"), "").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    for (folder, port, said) in [(empty.path(), "0", "index.html"), (page.path(), &port, "--port 0")] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jianggao"));
        command.args(["web", "--port", port, "--page"]).arg(folder).env("LC_ALL", "zh_CN.UTF-8");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        let error = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(error.contains(said) && output.stdout.is_empty(), "{error}");
    }
}
