//! What the formats in XML have in common.

use quick_xml::escape::escape;

use crate::cli::output::clean;

pub(super) const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// Text as the value of an attribute. XML knows no way to write control characters and U+FFFE, U+FFFF.
pub(super) fn attribute(text: &str) -> String {
    escape(clean(text).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")).into_owned()
}
