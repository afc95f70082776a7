//! What a section is about.

use crate::lexicon::TOPIC;
use crate::text::fold::fold;

/// The topics that a heading or a sentence is about, in the words of the tables.
pub fn topics_in(text: &str) -> Vec<&'static str> {
    let text = fold(text);
    let mut topics = Vec::new();
    for (at, _) in text.char_indices() {
        for topic in TOPIC.at(&text, at).iter().flat_map(|(_, row)| row.value.split(' ')) {
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
    }
    topics
}
