//! Documents of other programs, read through LibreOffice where it is installed and the user asks for it.
//!
//! What is converted is a copy in a folder of its own, with a profile of its own: nothing of the user's is touched,
//! no macro runs, nothing is fetched, and nothing of what was read stays.

use std::ffi::OsString;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::locale::Locale;
use crate::workspace::reading::{self, LONGEST_DRAFT};

/// How long a document may take. The first start on a slow machine takes half a minute.
const LIMIT: Duration = Duration::from_secs(120);
/// How often is looked whether it is done.
const LOOK: Duration = Duration::from_millis(20);

/// What the new profile says: macros stay shut, links are not followed, and the way out leads nowhere.
const PROFILE: [(&str, &str, &str); 11] = [
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
];

/// LibreOffice as it is installed.
pub(super) struct Office {
    program: PathBuf,
    limit: Duration,
}

/// Why there is no Word document of it.
#[derive(Debug)]
pub(super) enum Unconverted {
    /// There is no LibreOffice.
    Missing,
    /// It was at work for so many seconds.
    Late(u64),
    /// It has made nothing: the document is damaged, or opens with a password.
    Nothing,
    Io(io::Error),
}

impl Unconverted {
    pub fn message(&self, locale: Locale) -> String {
        match self {
            Self::Missing => locale
                .pick(
                    "没有找到 LibreOffice（soffice），不能转换",
                    "沒有找到 LibreOffice（soffice），不能轉換",
                    "there is no LibreOffice (soffice) to convert it",
                )
                .to_owned(),
            Self::Late(seconds) => locale.pick(
                format!("LibreOffice 转换了 {seconds} 秒还没有完，停下来了"),
                format!("LibreOffice 轉換了 {seconds} 秒還沒有完，停下來了"),
                format!("LibreOffice was stopped after {seconds} seconds"),
            ),
            Self::Nothing => locale
                .pick(
                    "LibreOffice 转换不了，可能有打开密码，或者已损坏",
                    "LibreOffice 轉換不了，可能有開啟密碼，或者已損壞",
                    "LibreOffice cannot convert it; it may be encrypted or damaged",
                )
                .to_owned(),
            Self::Io(error) => locale.pick(
                format!("LibreOffice 没有转换成：{error}"),
                format!("LibreOffice 沒有轉換成：{error}"),
                format!("LibreOffice did not convert it: {error}"),
            ),
        }
    }
}

impl From<io::Error> for Unconverted {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Office {
    /// The one that is installed. A folder of the search path that depends on where we are does not count.
    pub fn installed() -> Result<Self, Unconverted> {
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders: Vec<PathBuf> = std::env::split_paths(&path).filter(|folder| folder.is_absolute()).collect();
        let names = if cfg!(windows) { ["soffice.com", "soffice.exe"] } else { ["soffice", "libreoffice"] };
        let searched = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
        let program = searched.chain(usual()).find(|program| program.is_file());
        Ok(Self { program: program.ok_or(Unconverted::Missing)?, limit: LIMIT })
    }

    /// A document as a Word document.
    pub fn convert(&self, bytes: &[u8]) -> Result<Vec<u8>, Unconverted> {
        let folder = private_folder()?;
        let profile = folder.path().join("profile");
        std::fs::create_dir_all(profile.join("user"))?;
        std::fs::write(profile.join("user/registrymodifications.xcu"), registry())?;
        let given = folder.path().join("draft").with_extension(extension(bytes));
        std::fs::write(&given, bytes)?;
        let mut installation = OsString::from("-env:UserInstallation=");
        installation.push(url(&profile));
        let mut command = Command::new(&self.program);
        command
            .arg(installation)
            .args(["--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", "docx"])
            .arg("--outdir")
            .arg(folder.path().join("made"))
            .arg(&given)
            .current_dir(folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        // It starts others, and all of them are to be stopped.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn()?;
        self.wait(&mut child)?;
        match reading::read(&folder.path().join("made/draft.docx"), LONGEST_DRAFT) {
            Ok(made) if !made.is_empty() => Ok(made),
            _ => Err(Unconverted::Nothing),
        }
    }

    fn wait(&self, child: &mut Child) -> Result<ExitStatus, Unconverted> {
        let began = Instant::now();
        loop {
            if let Some(status) = child.try_wait()? {
                return Ok(status);
            }
            if began.elapsed() > self.limit {
                stop(child);
                child.wait()?;
                return Err(Unconverted::Late(self.limit.as_secs()));
            }
            std::thread::sleep(LOOK);
        }
    }
}

/// Where it lies when the search path does not lead to it.
fn usual() -> Vec<PathBuf> {
    if cfg!(windows) {
        let programs = ["ProgramFiles", "ProgramFiles(x86)"].into_iter().filter_map(std::env::var_os);
        programs.map(|folder| PathBuf::from(folder).join("LibreOffice/program/soffice.com")).collect()
    } else if cfg!(target_os = "macos") {
        vec![PathBuf::from("/Applications/LibreOffice.app/Contents/MacOS/soffice")]
    } else {
        Vec::new()
    }
}

/// A folder that no other user looks into; it goes with what stands in it.
fn private_folder() -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("jianggao-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir()
}

/// Stops a program and those that it has started.
fn stop(child: &mut Child) {
    #[cfg(unix)]
    let _ = rustix::process::kill_process_group(rustix::process::Pid::from_child(child), rustix::process::Signal::KILL);
    // It may have gone by itself.
    let _ = child.kill();
}

fn registry() -> String {
    let mut xml = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\" xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">\n",
    );
    for (path, name, value) in PROFILE {
        let _ = writeln!(
            xml,
            "<item oor:path=\"/org.openoffice.{path}\"><prop oor:name=\"{name}\" oor:op=\"fuse\"><value>{value}</value></prop></item>"
        );
    }
    xml + "</oor:items>\n"
}

/// The extension that goes with the bytes: those who rename a document may have given it another.
fn extension(bytes: &[u8]) -> &'static str {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes).trim_ascii_start();
    let holds = |part: &[u8]| memchr::memmem::find(bytes, part).is_some();
    match text {
        [b'{', ..] => "rtf",
        [b'<', ..] if holds(b"office:document") => "fodt",
        [b'<', ..] => "xml",
        [b'P', b'K', ..] if holds(b"Index/Document.iwa") => "pages",
        [b'P', b'K', ..] => "odt",
        _ => "doc",
    }
}

/// A folder as LibreOffice wants it named.
fn url(path: &Path) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const KEPT: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b':');
    let path = path.to_string_lossy().replace('\\', "/");
    format!("file:///{}", utf8_percent_encode(path.trim_start_matches('/'), KEPT))
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// A program that takes the place of LibreOffice.
    fn office(folder: &Path, script: &str, limit: Duration) -> Office {
        let program = folder.join("soffice");
        std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&program, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
        Office { program, limit }
    }

    #[test]
    fn a_copy_is_converted_in_a_folder_that_goes() {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        // The last two arguments are the folder and the copy.
        let script = format!(
            "pwd > {0}; echo \"$@\" >> {0}; ls -ld . >> {0}; cat profile/user/registrymodifications.xcu >> {0}; mkdir -p made; cp draft.rtf made/draft.docx",
            log.display()
        );
        let made = office(folder.path(), &script, LIMIT).convert(b"{\\rtf1 x}").unwrap();
        assert_eq!(made, b"{\\rtf1 x}");
        let log = std::fs::read_to_string(log).unwrap();
        let mut lines = log.lines();
        let place = lines.next().unwrap();
        assert!(!Path::new(place).exists(), "{place}");
        let arguments = lines.next().unwrap();
        assert!(arguments.starts_with("-env:UserInstallation=file:///"), "{arguments}");
        assert!(arguments.ends_with("draft.rtf") && arguments.contains("--convert-to docx"), "{arguments}");
        assert!(lines.next().unwrap().starts_with("drwx------"), "{log}");
        assert!(log.contains("DisableMacrosExecution"), "{log}");
    }

    #[test]
    fn who_makes_nothing_or_takes_too_long_is_said() {
        let folder = tempfile::tempdir().unwrap();
        for script in ["exit 0", "exit 3", "mkdir made; : > made/draft.docx"] {
            let failed = office(folder.path(), script, LIMIT).convert(b"x").unwrap_err();
            assert!(matches!(failed, Unconverted::Nothing), "{script}: {failed:?}");
        }
        // What it has started is stopped as well.
        let mark = folder.path().join("alive");
        let script = format!("(sleep 2; : > {}) & wait", mark.display());
        let began = Instant::now();
        let failed = office(folder.path(), &script, Duration::from_millis(200)).convert(b"x").unwrap_err();
        assert!(matches!(failed, Unconverted::Late(0)), "{failed:?}");
        assert!(began.elapsed() < Duration::from_millis(1_500));
        std::thread::sleep(Duration::from_millis(2_300));
        assert!(!mark.exists());
    }

    #[test]
    fn formats_are_told_by_their_bytes() {
        for (bytes, is) in [
            (&b"{\\rtf1}"[..], "rtf"),
            (b"\xd0\xcf\x11\xe0", "doc"),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
            (b"PK\x03\x04Index/Document.iwa", "pages"),
            (b"\xef\xbb\xbf<?xml?><office:document>", "fodt"),
            (b"<?xml?><?mso-application progid=\"Word.Document\"?>", "xml"),
        ] {
            assert_eq!(extension(bytes), is);
        }
        assert_eq!(url(Path::new("/tmp/a b/甲")), "file:///tmp/a%20b/%E7%94%B2");
    }
}
