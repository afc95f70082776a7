//! Properties of paragraphs, runs, rows, controls and sections, as far as they decide what is shown.

use std::hash::{Hash as _, Hasher as _};

use quick_xml::events::BytesStart;
use rustc_hash::FxHasher;

use super::lines::Ending;
use super::{Kind, Story};
use crate::word::Refused;
use crate::word::aside::proposed;
use crate::word::document::{Part, Unread};
use crate::word::styles::{RAISED, hides};
use crate::word::xml::{Space, Token, Tokens, attribute, is_on, local, number, value};

impl Story<'_> {
    pub(super) fn paragraph_properties(&mut self, tokens: &mut Tokens) -> Result<(), Refused> {
        let mut depth = 1;
        while depth > 0 {
            let token = tokens.next()?;
            let Some(open) = self.open.last_mut() else { return Err(Refused::Damaged) };
            match token {
                Token::Open { tag, empty } => {
                    let is_word = tokens.space == Space::Word;
                    if is_word
                        && self.part == Part::Body
                        && matches!(local(&tag), "ins" | "moveTo" | "del" | "moveFrom")
                    {
                        self.document.changed.insert(open.index);
                    }
                    match local(&tag) {
                        "pStyle" if is_word => open.style = value(&tag),
                        "numId" if is_word => open.direct.list = number(&tag),
                        "ilvl" if is_word => open.direct.level = number(&tag),
                        "outlineLvl" if is_word => open.outline = number(&tag),
                        "pPrChange" | "numberingChange" if !empty => {
                            tokens.skip()?;
                            continue;
                        }
                        "sectPr" if !empty => {
                            self.section(tokens)?;
                            continue;
                        }
                        "rPrChange" if !empty => {
                            tokens.skip()?;
                            continue;
                        }
                        "del" | "moveFrom" if is_word => open.ends = Ending::Deleted,
                        _ if is_word && hides(&tag) && open.ends == Ending::Line => open.ends = Ending::Hidden,
                        _ => {}
                    }
                    depth += usize::from(!empty);
                }
                Token::Close => depth -= 1,
                Token::End => return Err(Refused::Damaged),
                _ => {}
            }
        }
        if let Some(open) = self.open.last_mut() {
            open.at = tokens.range.end as u32;
        }
        self.prepare();
        Ok(())
    }
    pub(super) fn run_properties(&mut self, tokens: &mut Tokens) -> Result<(), Refused> {
        let start = tokens.range.start;
        // They stand at its head. What has come before them, other properties too, was not theirs.
        let run = self.frames.last().map_or(start, |frame| frame.start);
        let is_first = tokens.xml[run..start].match_indices('<').nth(1).is_none();
        let mut depth = 1;
        let (mut is_hidden, mut is_changed, mut is_underlined) = (false, false, false);
        let (mut look, mut is_raised) = (Look::default(), false);
        while depth > 0 {
            match tokens.next()? {
                Token::Open { tag, empty } => {
                    if tokens.space == Space::Word {
                        is_changed |= local(&tag) == "rPrChange";
                        is_hidden |= depth == 1 && hides(&tag);
                        is_raised |= depth == 1
                            && match local(&tag) {
                                "vertAlign" => value(&tag).as_deref() == Some(RAISED),
                                "rStyle" => self.styles.is_raised(value(&tag).as_deref()),
                                _ => false,
                            };
                        is_underlined |= depth == 1 && local(&tag) == "u" && is_drawn(value(&tag).as_deref());
                    }
                    if depth == 1 {
                        look.open(&tag, tokens);
                    }
                    depth += usize::from(!empty);
                }
                Token::Close => depth -= 1,
                Token::End => return Err(Refused::Damaged),
                _ => {}
            }
            if depth == 1 {
                look.close(tokens);
            }
        }
        if let Some((run, is_shown)) = self.runs.last_mut() {
            *is_shown &= !is_hidden;
            let run = &mut self.document.runs[*run as usize];
            run.properties = start as u32..tokens.range.end as u32;
            run.look = look.told;
            run.is_underlined = is_underlined;
            run.is_raised = is_raised;
            // A proposal about its form has an id, which may stand once only.
            run.is_divisible &= !is_changed && is_first;
            run.is_editable &= !is_changed && is_first;
        }
        Ok(())
    }

    /// Properties of a row or a cell: if somebody has taken it out, the rest of it is passed over.
    pub(super) fn removed(&mut self, tokens: &mut Tokens) -> Result<(), Refused> {
        let mut depth = 1;
        let mut is_gone = false;
        while depth > 0 {
            match tokens.next()? {
                Token::Open { tag, empty } => {
                    is_gone |= tokens.space == Space::Word && matches!(local(&tag), "del" | "cellDel");
                    depth += usize::from(!empty);
                }
                Token::Close => depth -= 1,
                Token::End => return Err(Refused::Damaged),
                _ => {}
            }
        }
        if is_gone {
            let from = tokens.range.end;
            tokens.skip()?;
            self.aside(Unread::Deleted, &tokens.xml[from..tokens.range.end]);
            self.close(tokens.range.end)?;
        }
        Ok(())
    }

    /// Properties of a content control: whether its text is its own, or still the prompt.
    pub(super) fn control(&mut self, tokens: &mut Tokens) -> Result<(), Refused> {
        let mut depth = 1;
        let (mut is_bound, mut is_prompt) = (false, false);
        while depth > 0 {
            match tokens.next()? {
                Token::Open { tag, empty } => {
                    is_bound |= matches!(local(&tag), "dataBinding" | "lock");
                    is_prompt |= local(&tag) == "showingPlcHdr" && is_on(&tag);
                    self.document.unread.extend(proposed(&tag));
                    depth += usize::from(!empty);
                }
                Token::Close => depth -= 1,
                Token::End => return Err(Refused::Damaged),
                _ => {}
            }
        }
        if let Some(frame) = self.frames.last_mut().filter(|frame| frame.kind == Kind::Control) {
            (frame.is_bound, frame.is_prompt) = (is_bound, is_prompt);
            self.bound += u32::from(is_bound);
            self.prompts += u32::from(is_prompt);
            self.is_prompted &= !is_prompt;
        }
        Ok(())
    }

    /// Properties of a section: its headers and footers.
    pub(super) fn section(&mut self, tokens: &mut Tokens) -> Result<(), Refused> {
        let mut depth = 1;
        let mut found = Vec::new();
        let mut first_differs = false;
        while depth > 0 {
            match tokens.next()? {
                Token::Open { tag, empty } => {
                    match local(&tag) {
                        name @ ("headerReference" | "footerReference") => {
                            let part = if name == "headerReference" { Part::Header } else { Part::Footer };
                            let kind = attribute(&tag, "type").unwrap_or_default();
                            found.push((part, kind, attribute(&tag, "id").unwrap_or_default()));
                        }
                        "titlePg" => first_differs = is_on(&tag),
                        "sectPrChange" if !empty => {
                            tokens.skip()?;
                            continue;
                        }
                        _ => {}
                    }
                    depth += usize::from(!empty);
                }
                Token::Close => depth -= 1,
                Token::End => return Err(Refused::Damaged),
                _ => {}
            }
        }
        found.retain(|(_, kind, _)| kind != "first" || first_differs);
        self.references.margins.extend(found);
        Ok(())
    }
}

/// How Chinese characters, letters and digits of a run look. Word splits runs by what nobody sees as well: the
/// language, whether the spelling is checked, which of its fonts a quotation mark takes, and the form of scripts that
/// are written from right to left.
#[derive(Default)]
struct Look {
    hasher: FxHasher,
    /// Where the property that is open begins.
    from: Option<usize>,
    /// 0 where nothing is said, as in a run without properties.
    told: u64,
}

impl Look {
    fn open(&mut self, tag: &BytesStart, tokens: &Tokens) {
        match local(tag) {
            _ if tokens.space != Space::Word => self.from = Some(tokens.range.start),
            "lang" | "noProof" | "webHidden" | "bCs" | "iCs" | "szCs" => {}
            "rFonts" => {
                for font in tag.attributes().with_checks(false).flatten() {
                    let name = font.key.local_name().into_inner();
                    if !matches!(name, "hint" | "cs" | "cstheme") {
                        (name, &*font.value).hash(&mut self.hasher);
                        self.told = self.hasher.finish();
                    }
                }
            }
            _ => self.from = Some(tokens.range.start),
        }
    }

    fn close(&mut self, tokens: &Tokens) {
        if let Some(from) = self.from.take() {
            tokens.xml[from..tokens.range.end].hash(&mut self.hasher);
            self.told = self.hasher.finish();
        }
    }
}

/// Whether blanks are underlined, too.
fn is_drawn(underline: Option<&str>) -> bool {
    !matches!(underline, Some("none" | "words"))
}
