//! What an editor can ask of an analysed draft. Pure functions, no protocol types.

pub mod actions;
pub mod blanks;
pub mod completion;
mod fixing;
pub mod folding;
pub mod format;
pub mod formulations;
pub mod gate;
pub mod hover;
pub mod ignore;
pub mod links;
mod markdown;
pub mod metrics;
pub mod names;
pub mod references;
pub mod report;
pub mod selection;
pub mod settings_file;
pub mod short_names;
pub mod structure;
pub mod symbols;
pub mod tokens;
mod trial;
pub mod typing;
pub mod why;
pub mod words;
pub mod writing;
