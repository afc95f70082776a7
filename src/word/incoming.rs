//! The body of a document in paragraphs, for the draft that it was made of.

use super::Document;
use super::document::Part;
use crate::history::pull::Incoming;

impl Document {
    /// The paragraphs of the body that say something, and how many others there are: in notes and text boxes.
    pub fn incoming(&self) -> (Vec<Incoming>, usize) {
        let (mut found, mut others) = (Vec::new(), 0);
        for (n, line) in self.lines.iter().enumerate() {
            let n = n as u32;
            let text = self.line(n);
            match line.place.part {
                _ if text.trim().is_empty() => {}
                Part::Body => found.push(Incoming {
                    text: text.to_owned(),
                    number: self.number(n).len(),
                    level: line.outline,
                    is_marked: self.changed.contains(&line.place.paragraph),
                    line: n,
                }),
                Part::Footnote | Part::Endnote | Part::TextBox => others += 1,
                Part::Header | Part::Footer => {}
            }
        }
        (found, others)
    }
}
