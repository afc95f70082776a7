//! The words that what breaks is told by.

/// What stands between a number and what it counts (`measures`), before a number that is none of things, in a list
/// that is not whole (`loose`), behind the number of an item, of an item that is told of by its place (`places`), what
/// is no list of the draft (`of-law`); beside a sum (`summed`), what is left of one (`rest`), a share, a difference
/// (`more`, `fewer`), what one of many gets (`each`), a mean; what a column is called that is made of others (`made`);
/// where something begins (`begun`), up to when it lasts (`until`), where it ends, before a length of time (`lasting`)
/// and by how much something is early or late (`ahead`); what people are counted in, and what is counted alike; what
/// ratios, hours, weeks and lengths of time are counted in.
const WORDS: &str = include_str!("words.tsv");

/// Whether a text has one of the words in it.
pub(super) fn has(text: &str, of: &str) -> bool {
    words(of).split(' ').any(|word| text.contains(word))
}

pub(super) fn words(of: &str) -> &'static str {
    let row = WORDS.lines().find_map(|row| row.strip_prefix(of)?.strip_prefix('\t'));
    row.unwrap_or_default()
}
