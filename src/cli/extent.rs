//! What a report rests on.

/// How far a check has come.
#[derive(Clone, Copy, Default)]
pub(super) struct Extent {
    pub files: usize,
    /// How many of them are no official prose.
    pub others: usize,
    /// What was given and could not be checked.
    pub unread: usize,
    /// The settings, or something else that the findings rest on, are not in order.
    pub is_unsound: bool,
    /// What is not reported keeps the drafts from being handed in.
    pub is_concealed: bool,
}
