//! Who gives a speech, and what was agreed for it.

use std::sync::Arc;

use super::Speech;
use crate::lexicon::own::places;
use crate::lexicon::{OCCASION, PERSON};
use crate::paragraph::{Kind, Paragraph};
use crate::settings::{Profile, Settings};
use crate::text::Lines;
use crate::text::chars::is_han;

/// How many lines of a speech, blank ones counted, may stand above what is spoken.
const HEAD: usize = 16;

impl Speech {
    /// What stands above the salutation or the first sentence, from which on everything is spoken.
    pub fn head(&self) -> impl Iterator<Item = (u32, &Arc<Paragraph>)> {
        let parts = &self.outline.parts;
        let is_spoken = |n: u32, paragraph: &Paragraph| {
            let facts = &paragraph.structural;
            // A date in brackets ends like a sentence.
            let is_title = || parts.title.contains(&n) || parts.subtitle.contains(&n);
            facts.kind == Kind::Salutation || facts.kind == Kind::Prose && facts.ends_sentence && !is_title()
        };
        let lines = (0..).zip(self.lines.iter().take(HEAD));
        lines.take_while(move |(n, paragraph)| paragraph.head().is_none() && !is_spoken(*n, paragraph))
    }

    /// The profile of the speech, which starts at line `base`, with its place in the settings.
    pub fn profile<'a>(&self, base: usize, lines: &dyn Lines, settings: &'a Settings) -> Option<(usize, &'a Profile)> {
        if settings.profiles.is_empty() {
            return None;
        }
        let text =
            |(n, paragraph): (u32, &Arc<Paragraph>)| paragraph.simplified(&lines.line(base + n as usize)).into_owned();
        let head: Vec<String> = self.head().map(text).collect();
        settings.profile(|speaker| head.iter().any(|line| speaks(line, speaker)))
    }
}

/// Whether a line above a speech says that it is given by this one: his name stands there with nothing but his post,
/// or in front of where he speaks. Not where he is whom the occasion is about (在欢送……同志座谈会上的讲话, 悼念……), and
/// not where the name goes on.
fn speaks(line: &str, speaker: &str) -> bool {
    places(line, speaker).any(|name| {
        let (head, tail) = (&line[..name.start as usize], &line[name.end as usize..]);
        let start = head.char_indices().rfind(|(_, c)| !is_han(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        let is_titled = head.len() == start || PERSON.ends_at(head, head.len());
        let rest = PERSON.word_at(tail, 0).map_or(tail, |title| &tail[title.len()..]);
        let is_whole = rest.chars().next().is_none_or(|c| !is_han(c));
        // 在……会议上的讲话, 讲话
        let given = rest.strip_prefix('的').unwrap_or(rest);
        let speaks = rest.starts_with(['在', '于']) || OCCASION.word_at(given, 0).is_some_and(|word| word == given);
        is_titled && (is_whole || speaks) && !head.contains('在')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_one_who_speaks() {
        let by_him = [
            "周明远",
            "县委书记　周明远",
            "县委书记周明远",
            "（2026年3月2日　周明远）",
            "周明远同志在全县农村工作会议上的讲话",
            "周明远书记在全县农村工作会议上的讲话",
            "市长周明远：",
            "周　明　远",
            "——周明远在全县农村工作会议上的讲话",
            "讲话人：周明远",
            "县委书记周明远讲话",
            "周明远同志",
        ];
        let not = [
            "悼念周明远",
            "沉痛悼念周明远同志",
            "缅怀周明远",
            "怀念周明远同志",
            "学习周明远同志先进事迹",
            "周明远同志追悼会悼词",
            "周明远纪念馆开馆致辞",
            "周明远同志逝世一周年",
            "在欢送周明远同志座谈会上的讲话",
            "致周明远同志的慰问信",
            "给周明远同志的回信",
            "沈琬怡",
        ];
        let says = |line: &&&str| speaks(line, "周明远");
        assert_eq!(by_him.iter().filter(says).count(), by_him.len());
        assert_eq!(not.iter().find(says), None);
        assert!(!speaks("周明远", "周明"));
    }
}
