//! The language of messages.

/// The language a message is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Locale {
    #[default]
    Hans,
    Hant,
    English,
}

impl Locale {
    /// From a BCP 47 or POSIX name: `zh-TW`, `zh_HK.UTF-8`, `zh-Hant`, `en`, … Chinese unless the
    /// name says another language.
    pub fn from_name(name: &str) -> Self {
        let name = name.to_ascii_lowercase().replace('_', "-");
        let name = name.split(['.', '@']).next().unwrap_or("");
        match name.split('-').next().unwrap_or("") {
            "zh" if ["tw", "hk", "mo", "hant"].iter().any(|r| name.split('-').any(|p| p == *r)) => Self::Hant,
            "zh" | "" | "c" | "posix" => Self::Hans,
            _ => Self::English,
        }
    }

    /// The one of three texts that is in this language.
    pub fn pick<T>(self, hans: T, hant: T, english: T) -> T {
        match self {
            Self::Hans => hans,
            Self::Hant => hant,
            Self::English => english,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Locale::{self, *};

    #[test]
    fn names() {
        for (name, locale) in [
            ("zh-CN", Hans),
            ("zh_TW.UTF-8", Hant),
            ("zh-Hant-HK", Hant),
            ("zh", Hans),
            ("", Hans),
            ("C", Hans),
            ("C.UTF-8", Hans),
            ("en-US", English),
            ("de", English),
        ] {
            assert_eq!(Locale::from_name(name), locale, "{name}");
        }
    }
}
