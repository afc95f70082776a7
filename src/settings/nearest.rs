//! “Did you mean …?”

/// No longer name is compared (bytes).
const LONGEST: usize = 100;

/// The one of `names` that was most likely meant by `wrong`; `None` when nothing is near.
pub fn nearest<'a>(wrong: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // No name is as long, and the time goes with the length.
    if wrong.len() > LONGEST {
        return None;
    }
    let wrong = wrong.to_lowercase().replace('_', "-");
    let length = wrong.chars().count();
    names
        .into_iter()
        .filter_map(|name| {
            let distance = strsim::osa_distance(&wrong, &name.to_lowercase());
            let limit = (length.max(name.chars().count()) / 3).max(1);
            let near = distance <= limit && distance < length;
            // `info` means `information`, `gap` means `numbering-gap`.
            let part = length >= 3 && name.split('-').any(|word| word.starts_with(&wrong));
            (near || part).then_some((!near, distance, name))
        })
        .min()
        .map(|(_, _, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn names() {
        let names = ["numbering-gap", "numbering-duplicate", "placeholder", "information", "跳号"];
        for (wrong, meant) in [
            ("placeholders", Some("placeholder")),
            ("Placeholder", Some("placeholder")),
            ("numbering_gap", Some("numbering-gap")),
            ("numberign-gap", Some("numbering-gap")),
            ("gap", Some("numbering-gap")),
            ("info", Some("information")),
            ("跳好", Some("跳号")),
            ("重号", Some("跳号")),
            ("缺号了", None),
            ("x", None),
            ("colour", None),
        ] {
            assert_eq!(nearest(wrong, names), meant, "{wrong}");
        }
    }
}
