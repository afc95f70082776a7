//! What the styles of paragraphs say of numbers and levels.

use rustc_hash::FxHashMap;

use super::Refused;
use super::xml::{Space, Token, Tokens, attribute, is_on, local, number, value};

#[derive(Default)]
pub(super) struct Styles {
    styles: FxHashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
    /// There are none: the part is missing.
    pub is_missing: bool,
}

#[derive(Default)]
struct Style {
    based_on: Option<String>,
    numbered: Option<(Option<u32>, Option<u8>)>,
    outline: Option<u8>,
    is_raised: bool,
}

/// What `vertAlign` says of characters above the line.
pub(super) const RAISED: &str = "superscript";

/// How a style numbers its paragraphs.
pub(super) struct Numbered<'a> {
    pub list: u32,
    pub level: Option<u8>,
    /// The style that says so.
    pub style: &'a str,
}

impl Styles {
    pub fn read(xml: &str) -> Result<Self, Refused> {
        let mut styles = Self { is_missing: xml.trim().is_empty(), ..Self::default() };
        let mut tokens = Tokens::new(xml);
        let mut now = (String::new(), Style::default());
        loop {
            let token = tokens.next()?;
            if tokens.space != Space::Word && !matches!(token, Token::End) {
                continue;
            }
            match token {
                Token::Open { tag, empty } => match local(&tag) {
                    "style" => {
                        now = (attribute(&tag, "styleId").unwrap_or_default(), Style::default());
                        let is_paragraph = attribute(&tag, "type").is_none_or(|kind| kind == "paragraph");
                        if is_paragraph && attribute(&tag, "default").is_some_and(|on| on == "1" || on == "true") {
                            styles.usual = Some(now.0.clone());
                        }
                    }
                    "basedOn" => now.1.based_on = value(&tag),
                    "numPr" => now.1.numbered = Some((None, None)),
                    "numId" => now.1.numbered.get_or_insert_default().0 = number(&tag),
                    "ilvl" => now.1.numbered.get_or_insert_default().1 = number(&tag),
                    "outlineLvl" => now.1.outline = number(&tag),
                    "vertAlign" => now.1.is_raised = value(&tag).as_deref() == Some(RAISED),
                    "pPrChange" | "rPrChange" if !empty => tokens.skip()?,
                    _ => {}
                },
                // The end of any element: what is known of the style by now.
                Token::Close if !now.0.is_empty() => {
                    let (name, style) = &mut now;
                    let kept = styles.styles.entry(name.clone()).or_default();
                    *kept = Style { based_on: style.based_on.clone(), ..*style };
                }
                Token::End => return Ok(styles),
                _ => {}
            }
        }
    }

    /// A style and those that it is based on.
    fn chain<'a>(&'a self, style: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let start = style.filter(|style| self.styles.contains_key(*style)).or(self.usual.as_deref());
        let with_name = |name: &'a str| self.styles.get(name).map(|style| (name, style));
        let next = move |(_, style): &(&'a str, &'a Style)| with_name(style.based_on.as_deref()?);
        // A circle ends, too.
        std::iter::successors(start.and_then(with_name), next).take(32)
    }

    /// Whether characters of this style stand above the line.
    pub fn is_raised(&self, style: Option<&str>) -> bool {
        let known = style.filter(|style| self.styles.contains_key(*style));
        known.is_some_and(|style| self.chain(Some(style)).any(|(_, style)| style.is_raised))
    }

    /// How paragraphs of this style are numbered.
    pub fn numbered<'a>(&'a self, style: Option<&'a str>) -> Option<Numbered<'a>> {
        let mut level = None;
        for (style, found) in self.chain(style) {
            if let Some((list, at)) = found.numbered {
                level = level.or(at);
                if let Some(list) = list {
                    return (list != 0).then_some(Numbered { list, level, style });
                }
            }
        }
        None
    }

    /// The level of headings of this style, from 0.
    pub fn outline(&self, style: Option<&str>) -> Option<u8> {
        self.chain(style).find_map(|(_, style)| style.outline).filter(|level| *level < 9)
    }
}

/// Whether a run or a mark with this property is not shown.
pub(super) fn hides(tag: &quick_xml::events::BytesStart) -> bool {
    matches!(local(tag), "vanish" | "specVanish") && is_on(tag)
}

/// The ids of the styles of paragraphs by their names, in small letters.
pub(super) fn names(xml: &str) -> Result<FxHashMap<String, String>, Refused> {
    let mut tokens = Tokens::new(xml);
    let (mut found, mut now) = (FxHashMap::default(), None);
    loop {
        match tokens.next()? {
            Token::Open { tag, .. } if local(&tag) == "style" => {
                let is_paragraph = attribute(&tag, "type").is_none_or(|kind| kind == "paragraph");
                now = attribute(&tag, "styleId").filter(|_| is_paragraph);
            }
            Token::Open { tag, .. } if local(&tag) == "name" => {
                if let (Some(id), Some(name)) = (now.take(), value(&tag)) {
                    found.insert(name.to_lowercase(), id);
                }
            }
            Token::End => return Ok(found),
            _ => {}
        }
    }
}
