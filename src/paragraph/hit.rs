//! What a rule found in a paragraph, in twenty bytes.

use crate::settings::Severity;
use crate::text::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The rule, as its place in the registry.
    pub rule: u16,
    pub severity: Severity,
    pub range: Range,
    /// Something [`Packed`] of a type that only the rule knows.
    evidence: u32,
}

/// What a rule keeps of a hit for when it is put into words: a type of its own that fits into four bytes.
pub trait Packed: Copy {
    fn pack(self) -> u32;
    fn unpack(bits: u32) -> Self;
}

impl Hit {
    pub fn new(rule: u16, severity: Severity, range: Range, evidence: impl Packed) -> Self {
        Self { rule, severity, range, evidence: evidence.pack() }
    }

    /// The same at another severity.
    #[must_use]
    pub fn as_severe(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }

    /// The same at another place.
    #[must_use]
    pub fn at(self, range: Range) -> Self {
        Self { range, ..self }
    }

    /// What the rule has packed into it.
    pub fn evidence<E: Packed>(&self) -> E {
        E::unpack(self.evidence)
    }
}

/// There is nothing more to be said of it.
impl Packed for () {
    fn pack(self) -> u32 {
        0
    }

    fn unpack(_: u32) {}
}

impl Packed for u32 {
    fn pack(self) -> u32 {
        self
    }

    fn unpack(bits: u32) -> Self {
        bits
    }
}

/// A place in a list or a line.
impl Packed for usize {
    fn pack(self) -> u32 {
        self as u32
    }

    fn unpack(bits: u32) -> Self {
        bits as Self
    }
}

/// An enum without values, [`Packed`].
macro_rules! packed {
    ($(#[$about:meta])* $vis:vis enum $name:ident { $($(#[$doc:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $($(#[$doc])* $variant),+ }

        impl $crate::paragraph::Packed for $name {
            fn pack(self) -> u32 {
                self as u32
            }

            fn unpack(bits: u32) -> Self {
                let all = [$(Self::$variant),+];
                all.get(bits as usize).copied().unwrap_or(all[0])
            }
        }
    };
}
pub(crate) use packed;

#[cfg(test)]
mod tests {
    use super::*;

    packed! {
        enum Colour { Red, Green }
    }

    #[test]
    fn what_is_packed_comes_back_and_stays_small() {
        let hit = |evidence| Hit::new(1, Severity::Hint, Range::default(), evidence);
        assert_eq!(
            [Colour::Red, Colour::Green].map(|colour| hit(colour).evidence::<Colour>()),
            [Colour::Red, Colour::Green]
        );
        assert!(size_of::<Hit>() <= 20);
    }
}
