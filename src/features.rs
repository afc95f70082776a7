//! What an editor can ask of an analysed draft. Pure functions, no protocol types.

pub mod actions;
pub mod blanks;
pub mod completion;
pub mod folding;
pub mod hover;
pub mod metrics;
pub mod report;
pub mod selection;
pub mod symbols;
pub mod tokens;
