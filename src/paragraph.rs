//! The facts of one paragraph.
