//! What an editor can ask of an analysed draft. Pure functions, no protocol types.

pub mod actions;
pub mod completion;
pub mod folding;
pub mod formulations;
pub mod hover;
pub mod symbols;
