//! A run taken apart where something is to stand between its characters.

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::Refused;
use super::xml::attribute;

/// What is to be done inside a run. All places are bytes of the part.
#[derive(Debug, Default)]
pub(super) struct Cuts {
    /// What is put in, and in which order where places are the same.
    pub inserted: Vec<(u32, Rank, String)>,
    /// Characters that are proposed for deletion, and the `w:del` element around them.
    pub deleted: Vec<(Range<u32>, String)>,
}

/// The order of what is put in at one place: what ends there stands before what begins there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    End,
    Text,
    Start,
}

/// A child of a run.
struct Child {
    range: Range<usize>,
    /// The characters of a `w:t`.
    text: Option<Range<usize>>,
}

/// Where between the children, or in which of them.
type Key = (usize, usize);

/// The run in `xml[range]` with its cuts made.
pub(super) fn cut(xml: &str, range: Range<usize>, cuts: &Cuts) -> Result<String, Refused> {
    let raw = xml.get(range.clone()).ok_or(Refused::Damaged)?;
    let Parts { tag, properties, children } = parts(raw)?;
    let head = format!("{}{}", &raw[tag], &raw[properties]);
    let numbered = children.iter().enumerate();
    let texts: Vec<(usize, &Range<usize>)> =
        numbered.filter_map(|(n, child)| Some((n, child.text.as_ref()?))).collect();
    let key = |at: u32| place(&texts, (at as usize).saturating_sub(range.start));
    let mut inserted: Vec<(Key, Rank, &str)> = Vec::new();
    for (at, rank, text) in &cuts.inserted {
        inserted.push((key(*at).ok_or(Refused::Damaged)?, *rank, text));
    }
    inserted.sort_by_key(|(key, rank, _)| (*key, *rank));
    let mut deleted: Vec<(Range<Key>, &str)> = Vec::new();
    for (gone, element) in &cuts.deleted {
        let (Some(start), Some(end)) = (key(gone.start), key(gone.end)) else { return Err(Refused::Damaged) };
        deleted.push((start..end, element));
    }
    deleted.sort_by_key(|(range, _)| range.start);
    let mut edges: Vec<Key> = deleted.iter().flat_map(|(range, _)| [range.start, range.end]).collect();
    edges.sort_unstable();
    let gone_at = |at: &Key| {
        let before = deleted.partition_point(|(range, _)| range.start <= *at).checked_sub(1)?;
        Some(&deleted[before]).filter(|(range, _)| range.contains(at)).map(|(_, element)| *element)
    };
    let mut writer = Writer { out: String::new(), head: &head, open: None };
    let mut waiting = inserted.into_iter().peekable();
    for (n, child) in children.iter().enumerate() {
        let mut ends = vec![(n, 0)];
        if let Some(text) = &child.text {
            let of_child = |key: &Key| key.0 <= n;
            let edges = edges[edges.partition_point(|key| *key <= (n, 0))..].iter().copied();
            let inner = waiting.clone().map(|(key, ..)| key).take_while(of_child).chain(edges.take_while(of_child));
            ends.extend(inner.filter(|key| *key > (n, 0)));
            ends.sort_unstable();
            ends.dedup();
            let cut_at = |i: usize| ends.get(i).map_or(text.end, |key| text.start + key.1);
            for (i, start) in ends.iter().enumerate() {
                while let Some((_, _, what)) = waiting.next_if(|(key, ..)| key <= start) {
                    writer.between(what);
                }
                let gone = gone_at(start);
                let from = if i == 0 { text.start } else { cut_at(i) };
                let piece = &raw[from..cut_at(i + 1)];
                match (gone, ends.len()) {
                    (None, 1) => writer.child(&raw[child.range.clone()], None),
                    (None, _) if piece.is_empty() => {}
                    (None, _) => writer.child(&format!("<w:t xml:space=\"preserve\">{piece}</w:t>"), None),
                    (Some(_), _) => {
                        writer.child(&format!("<w:delText xml:space=\"preserve\">{piece}</w:delText>"), gone);
                    }
                }
            }
        } else {
            while let Some((_, _, what)) = waiting.next_if(|(key, ..)| *key <= (n, 0)) {
                writer.between(what);
            }
            writer.child(&raw[child.range.clone()], None);
        }
    }
    for (_, _, what) in waiting {
        writer.between(what);
    }
    writer.close();
    Ok(writer.out)
}

struct Writer<'a> {
    out: String,
    head: &'a str,
    /// The run that is open, and what it is deleted by.
    open: Option<Option<&'a str>>,
}

impl<'a> Writer<'a> {
    fn between(&mut self, what: &str) {
        self.close();
        self.out += what;
    }

    fn child(&mut self, xml: &str, gone: Option<&'a str>) {
        if self.open != Some(gone) {
            self.close();
            self.out += gone.unwrap_or_default();
            self.out += self.head;
            self.open = Some(gone);
        }
        self.out += xml;
    }

    fn close(&mut self) {
        match self.open.take() {
            Some(Some(_)) => self.out += "</w:r></w:del>",
            Some(None) => self.out += "</w:r>",
            None => {}
        }
    }
}

/// What a run is made of.
struct Parts {
    /// Its start tag.
    tag: Range<usize>,
    properties: Range<usize>,
    children: Vec<Child>,
}

fn parts(raw: &str) -> Result<Parts, Refused> {
    let mut reader = Reader::from_str(raw);
    let (mut depth, mut tag, mut properties) = (0, 0..0, 0..0);
    let mut children: Vec<Child> = Vec::new();
    let (mut start, mut inner) = (0, 0);
    let (mut is_text, mut keeps) = (false, false);
    loop {
        let from = reader.buffer_position() as usize;
        let event = reader.read_event().map_err(|_| Refused::Damaged)?;
        let to = reader.buffer_position() as usize;
        let mut ended = None;
        match event {
            Event::Start(element) => {
                match depth {
                    0 => tag = from..to,
                    1 => {
                        (start, inner) = (from, to);
                        is_text = element.name().as_ref() == "w:t";
                        keeps = attribute(&element, "space").as_deref() == Some("preserve");
                    }
                    _ => {}
                }
                depth += 1;
            }
            Event::Empty(_) if depth == 1 => {
                (start, is_text) = (from, false);
                ended = Some(to);
            }
            Event::End(_) => {
                depth -= 1;
                match depth {
                    0 => return Ok(Parts { tag, properties, children }),
                    1 => ended = Some(to),
                    _ => {}
                }
            }
            Event::Eof => return Err(Refused::Damaged),
            _ => {}
        }
        let Some(end) = ended else { continue };
        let is_properties = raw[start..end].starts_with("<w:rPr");
        match is_properties {
            true => properties = start..end,
            false => children.push(Child { range: start..end, text: is_text.then(|| shown(raw, keeps, inner, from)) }),
        }
    }
}

/// The characters of a `w:t` that are shown: without `xml:space` the blanks around them are not.
fn shown(raw: &str, keeps: bool, from: usize, to: usize) -> Range<usize> {
    if keeps {
        return from..to;
    }
    const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
    let text = &raw[from..to];
    let front = text.len() - text.trim_start_matches(BLANKS).len();
    from + front..(from + front).max(from + text.trim_end_matches(BLANKS).len())
}

/// The place of a byte, in the first of the `texts` that it touches.
fn place(texts: &[(usize, &Range<usize>)], at: usize) -> Option<Key> {
    let (n, text) = *texts.get(texts.partition_point(|(_, text)| text.end < at))?;
    match at {
        _ if at < text.start => None,
        _ if at == text.start => Some((n, 0)),
        _ if at == text.end => Some((n + 1, 0)),
        _ => Some((n, at - text.start)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RUN: &str =
        r#"<w:r a="1"><w:rPr><w:b/></w:rPr><w:t>甲乙丙</w:t><w:tab/><w:t xml:space="preserve">丁 </w:t></w:r>"#;

    /// The run with `|` put in, and what lies between `[` and `]` deleted.
    fn check(marked: &str, expected: &str) {
        let mut run = String::new();
        let mut cuts = Cuts::default();
        let mut from = 0;
        for c in marked.chars() {
            let at = run.len() as u32;
            match c {
                '|' => cuts.inserted.push((at, Rank::Start, "|".to_owned())),
                '[' => from = at,
                ']' => cuts.deleted.push((from..at, "<w:del>".to_owned())),
                c => run.push(c),
            }
        }
        assert_eq!(run, RUN);
        assert_eq!(cut(&run, 0..run.len(), &cuts).unwrap(), expected);
    }

    #[test]
    fn runs_are_taken_apart_where_something_stands() {
        let head = r#"<w:r a="1"><w:rPr><w:b/></w:rPr>"#;
        let rest = r#"<w:tab/><w:t xml:space="preserve">丁 </w:t></w:r>"#;
        let t = |text: &str| format!("<w:t xml:space=\"preserve\">{text}</w:t>");
        check(&RUN.replace("甲", "|甲"), &format!("|{RUN}"));
        check(&RUN.replace("丁 ", "丁 |"), &format!("{RUN}|"));
        check(&RUN.replace("丙", "丙|"), &format!("{head}<w:t>甲乙丙</w:t></w:r>|{head}{rest}"));
        check(
            &RUN.replace("乙", "|乙|"),
            &format!("{head}{}</w:r>|{head}{}</w:r>|{head}{}{rest}", t("甲"), t("乙"), t("丙")),
        );
        check(
            &RUN.replace("乙", "[乙]|"),
            &format!(
                "{head}{}</w:r><w:del>{head}<w:delText xml:space=\"preserve\">乙</w:delText></w:r></w:del>|{head}{}{rest}",
                t("甲"),
                t("丙")
            ),
        );
        check(
            &RUN.replace("甲乙丙", "[甲乙丙]"),
            &format!("<w:del>{head}<w:delText xml:space=\"preserve\">甲乙丙</w:delText></w:r></w:del>{head}{rest}"),
        );
    }
}
