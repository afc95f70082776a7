//! `--output FORMAT[=FILE]`: which reports are asked for, and the files that they go to.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum as _;
use tempfile::NamedTempFile;

use crate::cli::arguments::ReportFormat;
use crate::cli::foreign::Foreign;
use crate::cli::save;
use crate::locale::Locale;
use crate::workspace;

/// The reports of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Destination {
    pub on_stdout: ReportFormat,
    pub files: Vec<(ReportFormat, PathBuf)>,
}

impl Destination {
    /// What `--output` and `--format` say together; an error says what is wrong.
    pub fn all(outputs: &[String], format: Option<ReportFormat>, locale: Locale) -> Result<Self, String> {
        let (mut on_stdout, mut files) = (format, Vec::<(ReportFormat, PathBuf)>::new());
        for output in outputs {
            let (name, path) = output.split_once('=').map_or((&**output, None), |(name, path)| (name, Some(path)));
            let format = ReportFormat::from_str(name, false).map_err(|_| no_format(name, locale))?;
            match path {
                None if on_stdout.is_some() => {
                    return Err(locale.pick(
                        "标准输出上只能有一份报告；另一份写到文件里：--output 格式=文件".to_owned(),
                        "標準輸出上只能有一份報告；另一份寫到檔案裡：--output 格式=檔案".to_owned(),
                        "one report only on standard output; write the other one to a file: --output FORMAT=FILE"
                            .to_owned(),
                    ));
                }
                None => on_stdout = Some(format),
                Some("") => {
                    return Err(locale.pick(
                        format!("“{output}”缺少文件名"),
                        format!("「{output}」缺少檔名"),
                        format!("‘{output}’ names no file"),
                    ));
                }
                Some(path) if files.iter().any(|(_, known)| place(known) == place(Path::new(path))) => {
                    return Err(locale.pick(
                        format!("两份报告写到同一个文件：{path}"),
                        format!("兩份報告寫到同一個檔案：{path}"),
                        format!("two reports go to one file: {path}"),
                    ));
                }
                Some(path) => files.push((format, PathBuf::from(path))),
            }
        }
        Ok(Self { on_stdout: on_stdout.unwrap_or(ReportFormat::Text), files })
    }
}

/// The file that a path leads to, which need not be there yet.
fn place(path: &Path) -> PathBuf {
    let in_folder = || {
        let path = std::path::absolute(path)?;
        let folder = path.parent().map_or_else(|| Ok(PathBuf::new()), Path::canonicalize)?;
        Ok::<_, io::Error>(folder.join(path.file_name().unwrap_or_default()))
    };
    path.canonicalize().or_else(|_| in_folder()).unwrap_or_else(|_| path.to_owned())
}

fn no_format(name: &str, locale: Locale) -> String {
    let known: Vec<_> = ReportFormat::value_variants().iter().filter_map(|format| format.to_possible_value()).collect();
    let known: Vec<_> = known.iter().map(|value| value.get_name()).collect();
    locale.pick(
        format!("没有格式“{name}”，可用的有：{}", known.join("、")),
        format!("沒有格式「{name}」，可用的有：{}", known.join("、")),
        format!("no format ‘{name}’; there are {}", known.join(", ")),
    )
}

/// A report that is being written. It takes the place of an older one when it is whole; until then the older one
/// stands.
pub(super) struct ReportFile {
    path: PathBuf,
    /// Where that leads.
    place: PathBuf,
    out: Out,
    /// What went wrong first; nothing more is written then.
    failed: Option<io::Error>,
}

enum Out {
    Whole(BufWriter<NamedTempFile>),
    /// A pipe or a device: what is written is gone.
    Stream(BufWriter<File>),
}

impl ReportFile {
    /// An error says why it cannot be written.
    pub fn create(format: ReportFormat, path: &Path, locale: Locale) -> Result<Self, String> {
        // Somebody may have meant the draft that is to be checked.
        let is_draft = workspace::is_draft(path) && format != ReportFormat::Text && path.exists();
        if is_draft || is_document(path) {
            let path = path.display();
            return Err(locale.pick(
                format!("{path} 看来是稿件或者设置文件，报告不写在那里"),
                format!("{path} 看來是稿件或者設定檔，報告不寫在那裡"),
                format!("{path} looks like a draft or a settings file; no report is written there"),
            ));
        }
        let target = place(path);
        let out = || -> io::Result<Out> {
            match std::fs::metadata(path) {
                Ok(known) if known.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
                Ok(known) if known.permissions().readonly() => Err(io::ErrorKind::PermissionDenied.into()),
                Ok(known) if !known.is_file() || is_of_system(path) => {
                    Ok(Out::Stream(BufWriter::new(File::options().append(true).open(path)?)))
                }
                _ => {
                    #[cfg_attr(not(unix), allow(unused_mut))]
                    let mut builder = tempfile::Builder::new();
                    // A temporary file is its owner's alone; a report is read by others.
                    #[cfg(unix)]
                    builder.permissions(permissions(path));
                    // A link stays: the report stands where it leads to.
                    Ok(Out::Whole(BufWriter::new(builder.tempfile_in(save::folder(&target))?)))
                }
            }
        };
        match out() {
            Ok(out) => Ok(Self { path: path.to_owned(), place: target, out, failed: None }),
            Err(error) => Err(cannot_write(path, &error, locale)),
        }
    }

    /// Whether it would take the place of this file.
    pub fn is_at(&self, path: &Path) -> bool {
        self.place == place(path)
    }

    /// An error is said at the end, with the name of the file; only a reader that has gone is told at once.
    pub fn write(&mut self, text: &str) -> io::Result<()> {
        if self.failed.is_some() {
            return Ok(());
        }
        let written = match &mut self.out {
            Out::Whole(out) => out.write_all(text.as_bytes()),
            Out::Stream(out) => out.write_all(text.as_bytes()),
        };
        match written {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => self.failed = Some(error),
            other => return other,
        }
        Ok(())
    }

    /// The report is whole.
    pub fn finish(self, locale: Locale) -> Result<(), String> {
        let done = match self.out {
            _ if self.failed.is_some() => self.failed.map_or(Ok(()), Err),
            Out::Whole(out) => {
                let file = out.into_inner().map_err(io::IntoInnerError::into_error);
                file.and_then(|file| file.persist(&self.place).map(|_| ()).map_err(|error| error.error))
            }
            Out::Stream(mut out) => out.flush(),
        };
        done.map_err(|error| cannot_write(&self.path, &error, locale))
    }
}

/// What the system keeps of open files: `/dev/stdout` may lead to a file, and is none.
fn is_of_system(path: &Path) -> bool {
    cfg!(unix) && ["/dev", "/proc"].iter().any(|folder| path.starts_with(folder))
}

/// What is never the name of a report: a settings file, or a draft in another format than text.
fn is_document(path: &Path) -> bool {
    Foreign::by_name(path).is_some_and(Foreign::may_be_a_draft) || path.extension().is_some_and(|e| e == "toml")
}

/// Those of the report before it, or of a new file.
#[cfg(unix)]
fn permissions(path: &Path) -> std::fs::Permissions {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::metadata(path).map_or(std::fs::Permissions::from_mode(0o666), |known| known.permissions())
}

fn cannot_write(path: &Path, error: &io::Error, locale: Locale) -> String {
    let (path, reason) = (path.display(), save::message(error, locale));
    locale.pick(
        format!("无法写入 {path}：{reason}"),
        format!("無法寫入 {path}：{reason}"),
        format!("cannot write {path}: {reason}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(outputs: &[&str], format: Option<ReportFormat>) -> Result<Destination, String> {
        let outputs: Vec<_> = outputs.iter().map(ToString::to_string).collect();
        Destination::all(&outputs, format, Locale::Hans)
    }

    #[test]
    fn one_report_on_standard_output_and_any_number_in_files() {
        let both = all(&["sarif=报告=1.sarif", "junit=a.xml", "jsonl"], None).unwrap();
        assert_eq!(both.on_stdout, ReportFormat::Jsonl);
        let expected = [(ReportFormat::Sarif, "报告=1.sarif".into()), (ReportFormat::Junit, "a.xml".into())];
        assert_eq!(both.files, expected);
        assert_eq!(all(&[], None).unwrap().on_stdout, ReportFormat::Text);
    }

    #[test]
    fn mistakes_are_named() {
        let wrong = |outputs: &[&str], format| all(outputs, format).unwrap_err();
        assert!(wrong(&["sarif"], Some(ReportFormat::Json)).starts_with("标准输出上只能有一份"));
        assert!(wrong(&["xml=a.xml"], None).starts_with("没有格式“xml”，可用的有：text、json"));
        assert_eq!(wrong(&["json="], None), "“json=”缺少文件名");
        assert_eq!(wrong(&["json=a", "sarif=a"], None), "两份报告写到同一个文件：a");
    }

    #[test]
    fn a_report_that_is_not_finished_leaves_the_older_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("报告.json");
        std::fs::write(&path, "旧").unwrap();
        let mut file = ReportFile::create(ReportFormat::Json, &path, Locale::Hans).unwrap();
        file.write("新").unwrap();
        assert!(file.is_at(&path));
        drop(file);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "旧");
        let mut file = ReportFile::create(ReportFormat::Json, &path, Locale::Hans).unwrap();
        file.write("新").unwrap();
        file.finish(Locale::Hans).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "新");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
