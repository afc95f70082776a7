//! The tree of sections.
