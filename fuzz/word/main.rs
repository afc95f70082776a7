//! word SECONDS [SEED] FILE…: documents with random changes in them, read, written into and read again.
//!
//! The FILEs are Word documents. Of each trial one of them is taken, elements and bytes of its parts are moved, doubled,
//! taken out, given extreme values or exchanged with those of others, sometimes bytes of the package. Whatever comes of
//! it: nobody panics, no trial takes more than five seconds of CPU nor a gigabyte; a document that is read and annotated is read again with
//! the same text and the same findings, without our comments its text is as it was, with our proposals it is the text
//! with the edits. What fails is kept as FAILED-SEED.docx in the folder of the program's start. The same seed and files
//! give the same trials. Prints a line each minute; ends with 1 when anything failed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jianggao::analysis::{Analysis, Markup};
use jianggao::features::actions::fix_all;
use jianggao::locale::Locale;
use jianggao::rules::{Diagnostic, diagnostics};
use jianggao::settings::Settings;
use jianggao::text::{Edit, Flat, apply};
use jianggao::word::{Document, Manner, Note, export, strip};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// A trial that takes more CPU has failed.
const SLOW: Duration = Duration::from_secs(5);
/// A trial that takes more memory has failed, in KB.
const LARGE: u64 = 1 << 20;
/// How many failures of one sort are kept; the others are counted.
const KEPT: u32 = 3;

type Parts = Vec<(String, Vec<u8>)>;

struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % end.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

fn main() {
    let mut arguments = std::env::args().skip(1).peekable();
    let mut number = || arguments.next_if(|text| text.parse::<u64>().is_ok()).and_then(|text| text.parse().ok());
    let (seconds, first): (u64, u64) = (number().unwrap_or(60), number().unwrap_or(0));
    let documents: Vec<Parts> = arguments.filter_map(|file| parts(&std::fs::read(file).ok()?)).collect();
    assert!(!documents.is_empty(), "no documents to begin with");
    std::panic::set_hook(Box::new(|_| {}));
    let (start, mut seed, mut read, mut peak) = (Instant::now(), first, 0u64, 0u64);
    let (mut failed, mut slowest, mut told) = (BTreeMap::<String, u32>::new(), (Duration::ZERO, 0), Instant::now());
    while start.elapsed() < Duration::from_secs(seconds) {
        seed += 1;
        let bytes = changed(&documents, &mut Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1));
        let began = cpu(start);
        let outcome = match catch_unwind(AssertUnwindSafe(|| look(&bytes))) {
            Ok(outcome) => outcome,
            Err(panic) => {
                let text = panic.downcast_ref::<String>().cloned();
                let text = text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
                Err(format!("panic: {}", text.unwrap_or_default()))
            }
        };
        let took = cpu(start) - began;
        slowest = slowest.max((took, seed));
        read += u64::from(outcome.as_ref().is_ok_and(|is_read| *is_read));
        let outcome = if took > SLOW { Err(format!("slow: {took:?}")) } else { outcome };
        let now = most();
        let outcome = if now > peak.max(LARGE) { Err(format!("large: {now} KB")) } else { outcome };
        peak = peak.max(now);
        if let Err(message) = outcome {
            let sort: String = message.chars().take(60).collect();
            let times = failed.entry(sort).or_default();
            *times += 1;
            if *times <= KEPT {
                println!("seed {seed}: {}", message.chars().take(2000).collect::<String>());
                let _ = std::fs::write(format!("FAILED-{seed}.docx"), &bytes);
            }
        }
        if told.elapsed() > Duration::from_secs(60) {
            told = Instant::now();
            println!("{} trials, {read} read, {:?} of CPU, at most {peak} KB", seed - first, cpu(start));
        }
    }
    println!("{} trials, {read} read, {:?} of CPU, at most {peak} KB; slowest {slowest:?}", seed - first, cpu(start));
    println!("failed: {failed:?}");
    std::process::exit(i32::from(!failed.is_empty()));
}

/// The CPU time of the program; where nobody says, the time.
fn cpu(start: Instant) -> Duration {
    let said = std::fs::read_to_string("/proc/self/schedstat").ok();
    let spent = said.and_then(|text| text.split(' ').next()?.parse().ok());
    spent.map_or_else(|| start.elapsed(), Duration::from_nanos)
}

/// The most memory that the program has had, in KB.
fn most() -> u64 {
    let said = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = said.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

fn parts(bytes: &[u8]) -> Option<Parts> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for n in 0..archive.len() {
        let mut file = archive.by_index(n).ok()?;
        let mut content = Vec::new();
        file.read_to_end(&mut content).ok()?;
        parts.push((file.name().ok()?.into_owned(), content));
    }
    Some(parts)
}

fn packed(parts: &Parts) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in parts {
        if writer.start_file(name.as_str(), options).is_ok() {
            let _ = writer.write_all(content);
        }
    }
    writer.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// One of the documents with some changes.
fn changed(documents: &[Parts], random: &mut Random) -> Vec<u8> {
    let mut parts = random.pick(documents).clone();
    for _ in 0..=random.below(6) {
        let other = random.pick(documents);
        match random.below(20) {
            0 => {
                let at = random.below(parts.len());
                parts.remove(at);
                if parts.is_empty() {
                    break;
                }
            }
            1 => parts.push(random.pick(other).clone()),
            n => {
                // The main part and those that decide on numbers more often than others.
                let main = parts.iter().position(|(name, _)| name == "word/document.xml");
                let at = match (main, n) {
                    (Some(main), 2..14) => main,
                    _ => random.below(parts.len()),
                };
                let text = String::from_utf8(parts[at].1.clone());
                if let Ok(text) = text {
                    let from = other.iter().find(|(name, _)| *name == parts[at].0).map(|(_, content)| content.clone());
                    let from = from.and_then(|content| String::from_utf8(content).ok()).unwrap_or_default();
                    parts[at].1 = mutated(&text, &from, random).into_bytes();
                }
            }
        }
    }
    let mut bytes = packed(&parts);
    if random.below(30) == 0 {
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.below(256) as u8;
            }
        }
    }
    bytes
}

/// Where tags begin and end.
fn tags(xml: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = xml[at..].find('<').map(|n| at + n) {
        let Some(end) = xml[start..].find('>').map(|n| start + n + 1) else { break };
        found.push((start, end));
        at = end;
    }
    found
}

/// The element that begins with a tag, as far as names tell.
fn element(xml: &str, (start, end): (usize, usize)) -> &str {
    let tag = &xml[start..end];
    let name = tag[1..].split([' ', '>', '/']).next().unwrap_or_default();
    if tag.ends_with("/>") || name.is_empty() {
        return tag;
    }
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let (mut depth, mut at) = (1, end);
    while depth > 0 {
        let Some(next) = xml[at..].find(&close).map(|n| at + n) else { return tag };
        depth += xml[at..next].matches(&open).filter(|_| true).count();
        depth -= 1;
        at = next + close.len();
    }
    &xml[start..at]
}

const ELEMENTS: [&str; 34] = [
    "<w:p><w:r><w:t>各级各部门要分表必争，请XX区带头。</w:t></w:r></w:p>",
    "<w:r><w:t xml:space=\"preserve\"> 一、甲 </w:t></w:r>",
    "<w:r><w:br/></w:r>",
    "<w:r><w:tab/><w:noBreakHyphen/><w:sym w:font=\"Wingdings\" w:char=\"F06C\"/></w:r>",
    "<w:ins w:id=\"7\" w:author=\"a\"><w:r><w:t>插入XX</w:t></w:r></w:ins>",
    "<w:del w:id=\"8\" w:author=\"a\"><w:r><w:delText>删去XX</w:delText></w:r></w:del>",
    "<w:moveTo w:id=\"9\"><w:r><w:t>移来</w:t></w:r></w:moveTo>",
    "<w:moveFrom w:id=\"10\"><w:r><w:t>移走</w:t></w:r></w:moveFrom>",
    "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>",
    "<w:r><w:instrText> REF a </w:instrText></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>",
    "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
    "<w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple>",
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处</w:t></w:r></w:sdtContent></w:sdt>",
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>增长XX%</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    "<w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
    "<w:pPr><w:rPr><w:del w:id=\"3\"/></w:rPr></w:pPr>",
    "<w:pPr><w:pStyle w:val=\"Heading1\"/><w:outlineLvl w:val=\"0\"/></w:pPr>",
    "<w:rPr><w:u w:val=\"single\"/></w:rPr>",
    "<w:rPr><w:vanish/></w:rPr>",
    "<w:commentRangeStart w:id=\"1\"/><w:commentRangeEnd w:id=\"1\"/><w:r><w:commentReference w:id=\"1\"/></w:r>",
    "<w:r><w:footnoteReference w:id=\"2\"/></w:r>",
    "<w:txbxContent><w:p><w:r><w:t>框里XX局</w:t></w:r></w:p></w:txbxContent>",
    "<w:hyperlink w:anchor=\"a\"><w:r><w:t>链接</w:t></w:r></w:hyperlink>",
    "<w:smartTag><w:r><w:t>标记</w:t></w:r></w:smartTag>",
    "<w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>音</w:t></w:r></w:rubyBase></w:ruby>",
    "<w:trPr><w:del w:id=\"4\"/></w:trPr>",
    "<w:sectPr><w:headerReference w:type=\"default\"/><w:titlePg/></w:sectPr>",
    "<w:t><![CDATA[甲]]>乙&amp;&#x4E00;</w:t>",
    "<w:lvl w:ilvl=\"0\"><w:start w:val=\"4294967295\"/><w:numFmt w:val=\"chineseCounting\"/><w:lvlText w:val=\"%1%2%9、\"/></w:lvl>",
    "<w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"0\"/></w:lvlOverride>",
    "<w:lvlRestart w:val=\"1\"/><w:isLgl/>",
    "<!-- x --><?y z?>",
    "<w:r><w:ffData><w:textInput/></w:ffData><w:t> </w:t></w:r>",
];
const VALUES: [&str; 12] =
    ["", "0", "-1", "1", "9", "255", "4294967295", "99999999999999999999", "%1", "true", "啊", "&amp;"];

fn mutated(xml: &str, other: &str, random: &mut Random) -> String {
    let all = tags(xml);
    if all.is_empty() {
        return xml.to_owned();
    }
    let (start, end) = *random.pick(&all);
    let whole = element(xml, (start, end));
    let behind = start + whole.len();
    let with = |at: usize, until: usize, text: &str| format!("{}{text}{}", &xml[..at], &xml[until..]);
    match random.below(12) {
        0 => with(start, behind, ""),
        1 => with(behind, behind, whole),
        2 => {
            let to = random.pick(&all).0;
            with(to, to, whole)
        }
        3 => with(start, behind, &xml[end.min(behind)..behind]),
        4..=6 => with(end, end, ELEMENTS[random.below(ELEMENTS.len())]),
        7 => {
            let theirs = tags(other);
            match theirs.is_empty() {
                true => xml.to_owned(),
                false => {
                    let tag = *random.pick(&theirs);
                    with(start, start, element(other, tag))
                }
            }
        }
        8 => {
            // A value of an attribute.
            let tag = &xml[start..end];
            let places: Vec<usize> = tag.match_indices("=\"").map(|(n, _)| start + n + 2).collect();
            if places.is_empty() {
                return xml.to_owned();
            }
            let from = *random.pick(&places);
            let to = xml[from..end].find('"').map_or(from, |n| from + n);
            with(from, to, VALUES[random.below(VALUES.len())])
        }
        9 => {
            // The same many times.
            let times = 1 << random.below(11);
            match whole.len() * times < 1 << 20 {
                true => with(behind, behind, &whole.repeat(times)),
                false => xml.to_owned(),
            }
        }
        10 => {
            let mut at = random.below(xml.len());
            while !xml.is_char_boundary(at) {
                at += 1;
            }
            let text =
                *random.pick(&["<", ">", "&", "\"", "\u{0}", "\u{fffe}", "]]>", "一", " ", "\n", "XX", "。", "𠮷"]);
            with(at, at, text)
        }
        _ => {
            let deep = 1 << random.below(9);
            let tag = &xml[start..end];
            let name = tag[1..].split([' ', '>', '/']).next().unwrap_or_default();
            with(
                start,
                behind,
                &format!("{}{whole}{}", format!("<{name}>").repeat(deep), format!("</{name}>").repeat(deep)),
            )
        }
    }
}

struct Found {
    document: Document,
    found: Vec<Diagnostic>,
    edits: Vec<Edit>,
}

fn found(bytes: &[u8]) -> Option<Found> {
    let document = Document::read(bytes).ok()?;
    let settings = Arc::new(Settings::default());
    let lines = Flat::new(document.text());
    let analysis = Analysis::new(&lines, Markup::Shown, &settings);
    let mut found = diagnostics(&analysis, &lines, &settings, Locale::Hans, usize::MAX);
    document.settle(&mut found, &lines, &settings, Locale::Hans);
    let edits = document.revisable(&found, fix_all(&analysis, &lines, &settings));
    Some(Found { document, found, edits })
}

/// Whether the document could be read; an error, where anything is wrong.
fn look(bytes: &[u8]) -> Result<bool, String> {
    let bare = match strip(bytes) {
        Ok(bare) => bare.unwrap_or_else(|| bytes.to_vec()),
        Err(_) => bytes.to_vec(),
    };
    let Some(Found { document, found: before, edits }) = found(&bare) else { return Ok(false) };
    let text = document.text();
    let notes = Note::beside(&before, &[], Locale::Hans);
    if let Ok(annotated) = document.annotated(&bare, &notes, &[]) {
        let Some(again) = found(&annotated) else { return Err("annotated: not read".to_owned()) };
        if again.document.text() != text {
            return Err(format!("annotated: {}", difference(text, again.document.text())));
        }
        let (a, b) = (format!("{before:?}"), format!("{:?}", again.found));
        if a != b {
            return Err(format!("findings: {a}\n{b}"));
        }
        match strip(&annotated) {
            Ok(None) => {}
            Ok(Some(bare)) => match Document::read(&bare) {
                Ok(bare) if bare.text() == text => {}
                Ok(bare) => return Err(format!("stripped: {}", difference(text, bare.text()))),
                Err(_) => return Err("stripped: not read".to_owned()),
            },
            Err(_) => return Err("stripped: refused".to_owned()),
        }
    }
    let notes = Note::beside(&before, &edits, Locale::Hans);
    if let Ok(revised) = document.annotated(&bare, &notes, &edits) {
        let Ok(again) = Document::read(&revised) else { return Err("revised: not read".to_owned()) };
        let wanted = apply(text, &edits);
        if again.text() != wanted {
            return Err(format!("revised: {}", difference(&wanted, again.text())));
        }
    }
    let settings = Arc::new(Settings::default());
    let lines = Flat::new(text);
    let analysis = Analysis::new(&lines, Markup::Shown, &settings);
    let manner = Manner { is_for_reading: false, template: Some(bytes) };
    if let Ok(made) = export(&analysis, &lines, manner)
        && Document::read(&made).is_err()
    {
        return Err("exported: not read".to_owned());
    }
    Ok(true)
}

fn difference(wanted: &str, got: &str) -> String {
    let mut both = wanted.lines().zip(got.lines());
    match both.find(|(a, b)| a != b) {
        Some((a, b)) => format!("{b:?} instead of {a:?}"),
        None => format!("{} lines instead of {}", got.lines().count(), wanted.lines().count()),
    }
}
