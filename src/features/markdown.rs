//! Text of a draft inside Markdown that an editor shows.

/// `text` so that Markdown shows it as it is.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut previous = '\0';
    for c in text.chars() {
        let opens = matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&');
        // 1. at the start of a line would be a list.
        let numbers = matches!(c, '.' | ')') && previous.is_ascii_digit();
        // An image, an address, a command: none is made of what stands in a draft.
        let links = matches!(c, '!' | ':' | '@') || c == '.' && previous.is_ascii_alphabetic();
        if opens || numbers || links {
            out.push('\\');
        }
        out.push(c);
        previous = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_of_the_draft_is_shown_as_it_is() {
        assert_eq!(escaped("1.*市<b>_x_"), "1\\.\\*市\\<b\\>\\_x\\_");
        assert_eq!(escaped("（一）3.5%"), "（一）3\\.5%");
        assert_eq!(escaped("![](https://a.b)"), "\\!\\[\\](https\\://a\\.b)");
        assert_eq!(escaped("[x](command:y)"), "\\[x\\](command\\:y)");
    }
}
