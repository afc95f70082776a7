//! Automatic numbers, as Word counts and writes them.

mod format;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Refused;
use super::styles::Styles;
use super::xml::{Space, Token, Tokens, attribute, is_on, local, number, value};
use format::formatted;

/// Levels of a list.
const LEVELS: usize = 9;
/// Characters of the text around numbers: what is longer is no number.
const LONGEST: usize = 255;

/// The lists of a document.
#[derive(Default)]
pub(super) struct Numbering {
    templates: FxHashMap<u32, Template>,
    lists: FxHashMap<u32, List>,
    /// The templates that bear a name.
    named: FxHashMap<String, u32>,
    /// There are none: the part is missing.
    is_missing: bool,
}

#[derive(Default)]
struct Template {
    levels: [Option<Level>; LEVELS],
    /// The name of the template that stands for it.
    link: Option<String>,
}

/// A use of a template.
#[derive(Default)]
struct List {
    template: u32,
    starts: [Option<u32>; LEVELS],
    levels: [Option<Level>; LEVELS],
}

#[derive(Clone)]
struct Level {
    start: u32,
    format: String,
    text: String,
    suffix: &'static str,
    /// It starts anew behind paragraphs of this level or above, counted from 1; 0: never.
    restart: Option<usize>,
    /// All numbers in its text are written with Arabic digits.
    is_legal: bool,
    style: Option<String>,
    is_hidden: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 0,
            format: "decimal".to_owned(),
            text: String::new(),
            suffix: "\t",
            restart: None,
            is_legal: false,
            style: None,
            is_hidden: false,
        }
    }
}

/// What a paragraph itself says of its number.
#[derive(Clone, Copy, Default)]
pub(super) struct Direct {
    pub list: Option<u32>,
    pub level: Option<u8>,
}

/// Where the counting stands in a run of text.
#[derive(Default)]
pub(super) struct Counters {
    by_template: FxHashMap<u32, [Option<u32>; LEVELS]>,
    /// The lists whose own starts have been used.
    begun: FxHashSet<(u32, usize)>,
}

impl Numbering {
    pub fn read(xml: &str) -> Result<Self, Refused> {
        let mut all = Self { is_missing: xml.trim().is_empty(), ..Self::default() };
        let mut tokens = Tokens::new(xml);
        // Where we are: in a template or in a list, and in which level of it.
        let (mut template, mut list, mut level) = (None, None, None::<usize>);
        loop {
            let token = tokens.next()?;
            let Token::Open { tag, empty } = token else {
                match token {
                    Token::End => return Ok(all),
                    _ => continue,
                }
            };
            match (tokens.space, local(&tag)) {
                // What stands for a format that only newer programs know.
                (Space::Compatibility, "Choice") if !empty => tokens.skip()?,
                (Space::Word, name) => match name {
                    "abstractNum" => {
                        let id = attribute(&tag, "abstractNumId").and_then(|id| id.parse().ok());
                        (template, list, level) = (id, None, None);
                        id.map(|id: u32| all.templates.entry(id).or_default());
                    }
                    "num" => {
                        let id = attribute(&tag, "numId").and_then(|id| id.parse().ok());
                        (template, list, level) = (None, id, None);
                        id.map(|id: u32| all.lists.entry(id).or_default());
                    }
                    "abstractNumId" => {
                        if let (Some(list), Some(id)) = (list.and_then(|id| all.lists.get_mut(&id)), number(&tag)) {
                            list.template = id;
                        }
                    }
                    "numStyleLink" | "styleLink" => {
                        if let (Some(id), Some(linked)) = (template, value(&tag)) {
                            match (name, all.templates.get_mut(&id)) {
                                ("numStyleLink", Some(template)) => template.link = Some(linked),
                                _ => {
                                    all.named.entry(linked).or_insert(id);
                                }
                            }
                        }
                    }
                    "lvlOverride" | "lvl" => {
                        level = attribute(&tag, "ilvl").and_then(|n| n.parse().ok()).filter(|n| *n < LEVELS);
                        if let (Some(at), "lvl") = (level, name) {
                            let levels = match (template, list) {
                                (Some(id), _) => all.templates.get_mut(&id).map(|template| &mut template.levels),
                                (_, Some(id)) => all.lists.get_mut(&id).map(|list| &mut list.levels),
                                _ => None,
                            };
                            if let Some(levels) = levels {
                                levels[at] = Some(Level::default());
                            }
                        }
                    }
                    "startOverride" => {
                        if let (Some(list), Some(at)) = (list.and_then(|id| all.lists.get_mut(&id)), level) {
                            list.starts[at] = number(&tag);
                        }
                    }
                    name => {
                        let levels = match (template, list) {
                            (Some(id), _) => all.templates.get_mut(&id).map(|template| &mut template.levels),
                            (_, Some(id)) => all.lists.get_mut(&id).map(|list| &mut list.levels),
                            _ => None,
                        };
                        if let (Some(levels), Some(at)) = (levels, level)
                            && let Some(level) = &mut levels[at]
                        {
                            level.set(name, &tag);
                        }
                    }
                },
                _ => {}
            }
        }
    }

    /// Whether a paragraph has a number, and there is nothing that says which.
    pub fn lacks(&self, direct: Direct, style: Option<&str>, styles: &Styles) -> bool {
        self.is_missing && direct.list.or_else(|| Some(styles.numbered(style)?.list)).is_some_and(|id| id != 0)
    }

    /// The number of the next paragraph, with what stands between it and the text; nothing where it has none.
    pub fn next(
        &self,
        direct: Direct,
        style: Option<&str>,
        styles: &Styles,
        counters: &mut Counters,
    ) -> Option<String> {
        let from_style = styles.numbered(style);
        let id = direct.list.or(from_style.as_ref().map(|found| found.list)).filter(|id| *id != 0)?;
        let list = self.lists.get(&id)?;
        let (template_id, template) = self.template(list.template)?;
        let linked = || {
            let name = from_style.as_ref().filter(|_| direct.list.is_none())?.style;
            let is_of = |level: &Option<Level>| level.as_ref().is_some_and(|l| l.style.as_deref() == Some(name));
            template.levels.iter().position(is_of).map(|at| at as u8)
        };
        let level = direct.level.or_else(linked).or(from_style.and_then(|found| found.level)).unwrap_or(0);
        let level = usize::from(level).min(LEVELS - 1);
        let of = |at: usize| list.levels[at].as_ref().or(template.levels[at].as_ref());
        let here = of(level)?;
        let counts = counters.by_template.entry(template_id).or_default();
        let own = list.starts[level].filter(|_| counters.begun.insert((id, level)));
        counts[level] = Some(match (own, counts[level]) {
            (Some(start), _) => start,
            (None, Some(count)) => count.saturating_add(1),
            (None, None) => list.starts[level].unwrap_or(here.start),
        });
        for (below, count) in counts.iter_mut().enumerate().skip(level + 1) {
            let restarts = match of(below).and_then(|level| level.restart) {
                Some(0) => false,
                Some(behind) => level < behind,
                None => true,
            };
            if restarts {
                *count = None;
                // A restart begins with the list's own start again.
                counters.begun.remove(&(id, below));
            }
        }
        if here.is_hidden {
            return None;
        }
        let counts = *counts;
        let write = |at: usize| {
            let level = of(at);
            let count = counts[at].or(list.starts[at]).unwrap_or(level.map_or(1, |level| level.start));
            match (here.is_legal, level) {
                (true, Some(level)) if level.format != "decimalZero" && level.format != "none" => count.to_string(),
                (_, level) => formatted(count, level.map_or("decimal", |level| &level.format)),
            }
        };
        let text = match here.format.as_str() {
            "bullet" if here.text.chars().any(|c| matches!(c, '\u{e000}'..='\u{f8ff}')) => "•".to_owned(),
            "bullet" => here.text.clone(),
            _ => filled(&here.text, write),
        };
        (!text.is_empty()).then(|| text + here.suffix)
    }

    /// A template, where it stands under another name that one.
    fn template(&self, id: u32) -> Option<(u32, &Template)> {
        let template = self.templates.get(&id)?;
        let Some(link) = &template.link else { return Some((id, template)) };
        let named = self.named.get(link).and_then(|named| Some((*named, self.templates.get(named)?)));
        Some(named.unwrap_or((id, template)))
    }
}

impl Level {
    fn set(&mut self, name: &str, tag: &quick_xml::events::BytesStart) {
        match name {
            "start" => self.start = number(tag).unwrap_or(0),
            "numFmt" => self.format = value(tag).unwrap_or_default(),
            "lvlText" => self.text = value(tag).filter(|text| text.len() <= LONGEST).unwrap_or_default(),
            "lvlRestart" => self.restart = number(tag),
            "isLgl" => self.is_legal = is_on(tag),
            "pStyle" => self.style = value(tag),
            "vanish" => self.is_hidden = is_on(tag),
            "suff" => {
                self.suffix = match value(tag).as_deref() {
                    Some("nothing") => "",
                    Some("space") => " ",
                    _ => "\t",
                }
            }
            _ => {}
        }
    }
}

/// `pattern` with each `%1` … `%9` written out.
fn filled(pattern: &str, write: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        let level = chars.peek().and_then(|c| c.to_digit(10)).filter(|n| c == '%' && *n > 0);
        match level {
            Some(level) => {
                chars.next();
                text += &write(level as usize - 1);
            }
            None => text.push(c),
        }
    }
    text
}
