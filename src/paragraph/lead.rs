//! What an item of a list without numbers begins with: a bullet, or a title in bold.

use super::text_start;
use crate::text::chars::{is_boundary, is_opening_quote, is_space};
use crate::text::fold::fold;

/// The beginning of a line that may be one of several items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    pub form: Form,
    /// What the item is called, simplified: up to the first mark, or what is bold.
    pub title: Box<str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The bullet, and how many characters stand before it.
    Bullet(char, u8),
    Bold,
}

/// How many characters of a title are looked at.
const TITLE: usize = 20;
const BULLETS: [char; 12] = ['-', '*', '+', '·', '•', '●', '◆', '◇', '■', '▪', '★', '▶'];

/// The lead of a line as it is written.
pub fn find(line: &str) -> Option<Lead> {
    let text = line.trim_start_matches(is_space);
    let bullet = text.chars().next().filter(|c| BULLETS.contains(c));
    let indent = (line.len() - text.len()).min(usize::from(u8::MAX)) as u8;
    if let Some(c) = bullet {
        let rest = &text[c.len_utf8()..];
        // `- 甲`, ●甲; a second one is a rule or stands for a name.
        if !rest.starts_with(c) && (!c.is_ascii() || rest.starts_with(is_space)) {
            return Some(Lead { form: Form::Bullet(c, indent), title: title(&line[text_start(line)..]) });
        }
    }
    let bold = text.strip_prefix("**")?;
    let end = bold.find("**").filter(|end| *end > 0)?;
    Some(Lead { form: Form::Bold, title: title(&bold[..end]) })
}

fn title(text: &str) -> Box<str> {
    let text = text.trim_start_matches(|c| is_space(c) || matches!(c, '*' | '·' | '•' | '●' | '◆' | '◇' | '■'));
    let is_end = |c: char| is_boundary(c) && !is_opening_quote(c) || c == '*';
    let end = text.char_indices().enumerate().find(|(n, (_, c))| *n == TITLE || is_end(*c));
    fold(&text[..end.map_or(text.len(), |(_, (at, _))| at)]).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, form: Form, title: &str) {
        assert_eq!(find(line), Some(Lead { form, title: title.into() }), "{line}");
    }

    #[test]
    fn bullets_and_bold_titles_lead_items() {
        check("- 修通環湖路，年底通車。", Form::Bullet('-', 0), "修通环湖路");
        check("　　●建成新医院", Form::Bullet('●', 6), "建成新医院");
        check("* **强基**：打牢底子", Form::Bullet('*', 0), "强基");
        check("**产业提质行动。**盯住链主。", Form::Bold, "产业提质行动");
        for line in ["---", "**同志要到场", "*县的同志", "-5度", "●●村党支部", "* * *"] {
            assert_eq!(find(line).filter(|lead| !lead.title.is_empty()), None, "{line}");
        }
    }
}
