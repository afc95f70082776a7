//! Findings as comments at their characters, certain corrections as proposals, and our comments out again.

use std::collections::BTreeMap;
use std::ops::Range;

use rustc_hash::FxHashSet;

use super::Refused;
use super::document::{Document, NONE};
use super::package::{Package, key, relationships_of};
use super::runs::Rank;
use super::write::{AUTHOR, Ids, Splices, TYPES, Touched, appended, escaped, rebuilt, without};
use super::xml::{Space, Token, Tokens, attribute, local};
use crate::locale::Locale;
use crate::rules::Diagnostic;
use crate::text::{Edit, Span};

/// What is said of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub span: Span,
    /// A paragraph each.
    pub text: Vec<String>,
}

impl Note {
    /// The comments about what was `found`, but for what `edits` correct as a whole.
    pub fn beside(found: &[Diagnostic], edits: &[Edit], locale: Locale) -> Vec<Self> {
        let edits: FxHashSet<&Edit> = edits.iter().collect();
        let is_made = |finding: &&Diagnostic| {
            finding.fix.as_ref().is_some_and(|fix| fix.edits.iter().all(|edit| edits.contains(edit)))
        };
        found.iter().filter(|finding| !is_made(finding)).map(|finding| Self::about(finding, locale)).collect()
    }

    /// The comment about a finding.
    fn about(finding: &Diagnostic, locale: Locale) -> Self {
        let mut text = vec![format!("〔{}〕{}", finding.rule.text(locale).name, finding.message)];
        if let Some(fix) = &finding.fix {
            text.push(locale.pick(
                format!("建议：{}", fix.title),
                format!("建議：{}", fix.title),
                format!("Suggestion: {}", fix.title),
            ));
        }
        Self { span: finding.span, text }
    }
}

/// The relationship of the comments that we have added a part for.
const RELATIONSHIP: &str = "rIdJianggaoComments";
const CONTENT: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml";

/// Comments and proposals that are written at once: nobody reads more, and Word hardly opens them.
const MOST: usize = 50_000;

/// How our comments look: what is usual in a document, large letters and wide leading above all, is not for them.
const PLAIN: &str = "<w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"240\" w:lineRule=\"auto\"/><w:ind w:left=\"0\" w:right=\"0\" w:firstLineChars=\"0\" w:firstLine=\"0\"/><w:jc w:val=\"left\"/></w:pPr>";
const SMALL: &str = "<w:rPr><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>";

/// A comment of ours.
struct Own {
    id: String,
    /// The element.
    range: Range<usize>,
    /// What its last paragraph is known by: answers name it.
    paragraph: Option<String>,
    text: String,
}

/// The parts that comments are about.
struct Parts {
    main: String,
    xml: String,
    /// The part of comments and what is in it.
    comments: Option<(String, String)>,
    /// What newer programs keep beside it: the names of the parts and what is in them.
    beside: Vec<(String, String)>,
}

impl Parts {
    fn read(bytes: &[u8]) -> Result<Self, Refused> {
        let mut package = Package::open(bytes)?;
        if package.is_signed() {
            return Err(Refused::Signed);
        }
        let main = package.main()?;
        let relationships = package.relationships(&main)?;
        let xml = package.part(&main)?.unwrap_or_default();
        let (mut comments, mut beside) = (None, Vec::new());
        for relationship in relationships {
            let Some(name) = relationship.target else { continue };
            match relationship.kind.as_str() {
                "comments" => comments = package.part(&name)?.map(|xml| (name, xml)),
                "commentsExtended" | "commentsIds" | "commentsExtensible" => {
                    beside.extend(package.part(&name)?.map(|xml| (name, xml)));
                }
                _ => {}
            }
        }
        let is_usual =
            xml.contains("<w:document") && comments.as_ref().is_none_or(|(_, xml)| xml.contains("<w:comments"));
        if !is_usual {
            return Err(Refused::Unusual);
        }
        Ok(Self { main, xml, comments, beside })
    }
}

/// The comments of ours in a part.
fn own(xml: &str) -> Result<Vec<Own>, Refused> {
    let mut tokens = Tokens::new(xml);
    let (mut found, mut now) = (Vec::new(), None::<(Own, usize)>);
    let mut depth = usize::from(tokens.root()?.is_some());
    while depth > 0 {
        match tokens.next()? {
            Token::Open { tag, empty } => {
                let is_word = tokens.space == Space::Word;
                if is_word && local(&tag) == "comment" && !empty && attribute(&tag, "author").as_deref() == Some(AUTHOR)
                {
                    let id = attribute(&tag, "id").unwrap_or_default();
                    let comment = Own { id, range: tokens.range.clone(), paragraph: None, text: String::new() };
                    now = Some((comment, depth));
                }
                if let (Some((comment, _)), true) = (&mut now, is_word && local(&tag) == "p") {
                    comment.paragraph = attribute(&tag, "paraId").or(comment.paragraph.take());
                    if !comment.text.is_empty() {
                        comment.text.push('\n');
                    }
                }
                depth += usize::from(!empty);
            }
            Token::Text(text) => {
                if let Some((comment, _)) = &mut now {
                    comment.text += &text;
                }
            }
            Token::Reference(c) => {
                if let Some((comment, _)) = &mut now {
                    comment.text.push(c);
                }
            }
            Token::Close => {
                depth -= 1;
                if let Some((mut comment, _)) = now.take_if(|(_, outside)| *outside == depth) {
                    comment.range.end = tokens.range.end;
                    found.push(comment);
                }
            }
            Token::End => return Err(Refused::Damaged),
        }
    }
    tokens.finish()?;
    Ok(found)
}

/// The values of an attribute in XML that programs write.
fn values<'a>(xml: &'a str, attribute: &'static str) -> impl Iterator<Item = &'a str> {
    let places = xml.match_indices(attribute);
    places.map(move |(at, _)| xml[at + attribute.len()..].split('"').next().unwrap_or_default())
}

/// The document without our comments; nothing where there are none. Comments that somebody has answered stay.
pub fn strip(bytes: &[u8]) -> Result<Option<Vec<u8>>, Refused> {
    let parts = Parts::read(bytes)?;
    let Some((name, comments)) = &parts.comments else { return Ok(None) };
    let parents = parts.beside.iter().flat_map(|(_, xml)| values(xml, "paraIdParent=\""));
    let answered: FxHashSet<&str> = parents.collect();
    let is_answered = |own: &Own| own.paragraph.as_ref().is_some_and(|id| answered.contains(id.as_str()));
    let all = own(comments)?;
    let gone: Vec<&Own> = all.iter().filter(|own| !is_answered(own)).collect();
    if gone.is_empty() {
        return Ok(None);
    }
    let mut left = String::with_capacity(comments.len());
    let mut at = 0;
    for own in &gone {
        left += &comments[at..own.range.start];
        at = own.range.end;
    }
    left += &comments[at..];
    let mut changes = BTreeMap::new();
    let ids: FxHashSet<&str> = gone.iter().map(|own| own.id.as_str()).collect();
    changes.insert(parts.main.clone(), Some(without_marks(&parts.xml, &ids)?));
    let paragraphs: FxHashSet<&str> = gone.iter().filter_map(|own| own.paragraph.as_deref()).collect();
    let is_of_one = |entry: &str| values(entry, "paraId=\"").any(|id| paragraphs.contains(id));
    for (name, xml) in &parts.beside {
        let rest = ["<w15:commentEx ", "<w16cid:commentId "]
            .iter()
            .fold(xml.clone(), |xml, start| without(&xml, start, is_of_one));
        if rest != *xml {
            changes.insert(name.clone(), Some(rest));
        }
    }
    let mut package = Package::open(bytes)?;
    let relationships_name = relationships_of(&parts.main);
    let relationships = package.part(&relationships_name)?.unwrap_or_default();
    if !left.contains("<w:comment ") && relationships.contains(RELATIONSHIP) {
        // The part was ours, and is empty.
        let types = package.part(TYPES)?.unwrap_or_default();
        let is_of_it = |entry: &str| values(entry, "PartName=\"").any(|part| key(part) == key(name));
        changes.insert(TYPES.to_owned(), Some(without(&types, "<Override ", is_of_it)));
        changes.insert(
            relationships_name,
            Some(without(&relationships, "<Relationship ", |entry| entry.contains(RELATIONSHIP))),
        );
        changes.insert(name.clone(), None);
    } else {
        changes.insert(name.clone(), Some(left));
    }
    rebuilt(bytes, &changes).map(Some)
}

/// The main part without the marks of the comments `ids`.
fn without_marks(xml: &str, ids: &FxHashSet<&str>) -> Result<String, Refused> {
    let mut tokens = Tokens::new(xml);
    let mut gone: Vec<Range<usize>> = Vec::new();
    // The runs that are open: where they begin, what of them is gone, and whether anything else stands in them.
    let mut runs: Vec<(usize, usize, Option<Range<usize>>, bool)> = Vec::new();
    let mut depth = 0;
    loop {
        match tokens.next()? {
            Token::Open { tag, empty } => {
                let range = tokens.range.clone();
                let name = if tokens.space == Space::Word { local(&tag) } else { "" };
                let is_ours = || attribute(&tag, "id").is_some_and(|id| ids.contains(id.as_str()));
                let is_child = runs.last().is_some_and(|(_, outside, ..)| *outside + 1 == depth);
                match name {
                    "commentRangeStart" | "commentRangeEnd" if empty && is_ours() => gone.push(range),
                    "commentReference" if empty && is_child && is_ours() => {
                        if let Some(run) = runs.last_mut() {
                            run.2 = Some(range);
                        }
                    }
                    "r" if !empty => runs.push((range.start, depth, None, false)),
                    "rPr" => {}
                    _ if is_child => {
                        if let Some(run) = runs.last_mut() {
                            run.3 = true;
                        }
                    }
                    _ => {}
                }
                depth += usize::from(!empty);
            }
            Token::Close => {
                depth -= 1;
                if runs.last().is_some_and(|(_, outside, ..)| *outside == depth)
                    && let Some((start, _, Some(reference), has_more)) = runs.pop()
                {
                    gone.push(if has_more { reference } else { start..tokens.range.end });
                }
            }
            Token::End => break,
            _ => {}
        }
    }
    let mut out = String::with_capacity(xml.len());
    let mut at = 0;
    gone.sort_by_key(|range| range.start);
    for range in gone {
        out += &xml[at..range.start];
        at = range.end;
    }
    Ok(out + &xml[at..])
}

impl Document {
    /// The document, which was read from `bytes`, with `notes` as comments and `edits` as proposals, each of which
    /// [`can_revise`](Self::can_revise).
    pub fn annotated(&self, bytes: &[u8], notes: &[Note], edits: &[Edit]) -> Result<Vec<u8>, Refused> {
        let parts = Parts::read(bytes)?;
        let known = parts.comments.as_ref().map_or(Ok(Vec::new()), |(_, xml)| own(xml))?;
        let known: FxHashSet<&str> = known.iter().map(|own| own.text.as_str()).collect();
        let is_new = |note: &&Note| !known.contains(self.note_text(note).join("\n").as_str());
        let notes: Vec<&Note> = notes.iter().filter(is_new).collect();
        if notes.is_empty() && edits.is_empty() {
            return Ok(bytes.to_vec());
        }
        if notes.len() + edits.len() > MOST {
            return Err(Refused::Crowded);
        }
        let comments = parts.comments.as_ref().map_or("", |(_, xml)| xml);
        let mut ids = Ids::new(&[&parts.xml, comments]);
        let mut splices = Splices::default();
        let mut written = String::new();
        for note in &notes {
            let id = ids.next();
            self.mark(note, id, &mut splices);
            let paragraphs = self.note_text(note);
            let paragraph = |(n, text): (usize, &String)| {
                let sign = if n == 0 { "<w:r><w:annotationRef/></w:r>" } else { "" };
                let text = escaped(text);
                format!("<w:p>{PLAIN}{sign}<w:r>{SMALL}<w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
            };
            let body: String = paragraphs.iter().enumerate().map(paragraph).collect();
            written +=
                &format!("<w:comment w:id=\"{id}\" w:author=\"{AUTHOR}\" w:initials=\"{AUTHOR}\">{body}</w:comment>");
        }
        for edit in edits {
            let Touched { gone, spot, form } = self.touched(edit).ok_or(Refused::Unusual)?;
            for (run, range) in gone {
                splices.delete(run, range, format!("<w:del w:id=\"{}\" w:author=\"{AUTHOR}\">", ids.next()));
            }
            if !edit.text.is_empty() {
                let properties = self.runs[form as usize].properties.clone();
                let properties = &parts.xml[properties.start as usize..properties.end as usize];
                let text = escaped(&edit.text);
                let insertion = format!(
                    "<w:ins w:id=\"{}\" w:author=\"{AUTHOR}\"><w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r></w:ins>",
                    ids.next()
                );
                splices.put(spot, Rank::Text, insertion);
            }
        }
        let mut changes = BTreeMap::new();
        // It was read: what cannot be taken apart is only written in another way than Word writes it.
        let main = splices.apply(&parts.xml, &self.runs).map_err(|_| Refused::Unusual)?;
        changes.insert(parts.main.clone(), Some(main));
        if !written.is_empty() {
            add_comments(bytes, &parts, &written, &mut changes)?;
        }
        rebuilt(bytes, &changes)
    }

    /// Puts the marks of a comment.
    fn mark(&self, note: &Note, id: u32, splices: &mut Splices) {
        let line = note.span.start.line;
        let end = match note.span.end.line == line {
            true => note.span.end.byte,
            false => self.line(line).len() as u32,
        };
        let span = Span::in_line(line, crate::text::Range { start: note.span.start.byte, end });
        let reference = format!("<w:commentRangeEnd w:id=\"{id}\"/><w:r><w:commentReference w:id=\"{id}\"/></w:r>");
        let start = format!("<w:commentRangeStart w:id=\"{id}\"/>");
        match self.spots(span) {
            Some((from, to, _)) if from != to => {
                splices.put(from, Rank::Start, start);
                splices.put(to, Rank::End, reference);
            }
            Some((at, ..)) => splices.put(at, Rank::Text, start + &reference),
            None => {}
        }
    }

    /// The paragraphs of a comment. Where it cannot stand at its characters, they are quoted.
    fn note_text(&self, note: &Note) -> Vec<String> {
        let mut text = note.text.clone();
        let line = note.span.start.line;
        let is_elsewhere =
            self.lines.get(line as usize).is_some_and(|line| line.host != NONE || line.place.part != super::Part::Body);
        if let (true, Some(first)) = (is_elsewhere, text.first_mut()) {
            let quote: String = self.line(line).trim().chars().take(40).collect();
            *first = format!("“{quote}”：{first}");
        }
        text
    }
}

/// Adds comments to their part, which is made where there is none.
fn add_comments(
    bytes: &[u8],
    parts: &Parts,
    written: &str,
    changes: &mut BTreeMap<String, Option<String>>,
) -> Result<(), Refused> {
    if let Some((name, xml)) = &parts.comments {
        let xml = appended(xml, "w:comments", written).ok_or(Refused::Unusual)?;
        changes.insert(name.clone(), Some(xml));
        return Ok(());
    }
    let mut package = Package::open(bytes)?;
    let folder = parts.main.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let file = ["comments.xml", "commentsOf讲稿.xml"].into_iter().find(|file| !package.has(&format!("{folder}{file}")));
    let file = file.ok_or(Refused::Unusual)?;
    let is_strict = parts.xml.contains("http://purl.oclc.org/ooxml/wordprocessingml/main");
    let (space, kind) = match is_strict {
        true => (
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
        ),
        false => (
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
        ),
    };
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    let xml = format!("{HEAD}<w:comments xmlns:w=\"{space}\">{written}</w:comments>");
    let types = package.part(TYPES)?.ok_or(Refused::Damaged)?;
    let entry = format!("<Override PartName=\"/{folder}{file}\" ContentType=\"{CONTENT}\"/>");
    let types = appended(&types, "Types", &entry).ok_or(Refused::Unusual)?;
    let relationships_name = relationships_of(&parts.main);
    let of = "http://schemas.openxmlformats.org/package/2006/relationships";
    let none = || format!("{HEAD}<Relationships xmlns=\"{of}\"></Relationships>");
    let relationships = package.part(&relationships_name)?.unwrap_or_else(none);
    let entry = format!("<Relationship Id=\"{RELATIONSHIP}\" Type=\"{kind}\" Target=\"{file}\"/>");
    let relationships = appended(&relationships, "Relationships", &entry).ok_or(Refused::Unusual)?;
    changes.insert(format!("{folder}{file}"), Some(xml));
    changes.insert(TYPES.to_owned(), Some(types));
    changes.insert(relationships_name, Some(relationships));
    Ok(())
}
