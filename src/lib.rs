//! 讲稿: the language server and linter for Chinese official speeches.
//!
//! In reading order, each module knowing only those above it:

pub mod text;

pub mod numeral;

pub mod locale;

pub mod lexicon;

pub mod slip;

pub mod markup;

pub mod slogans;

pub mod former;
pub mod indicators;

pub mod settings;

pub mod paragraph;
pub mod placeholder;

pub mod outline;

pub mod analysis;

pub mod rules;

pub mod features;

pub mod history;

pub mod report;

#[cfg(feature = "word")]
pub mod word;

#[cfg(any(feature = "cli", feature = "server"))]
pub mod workspace;

#[cfg(feature = "cli")]
pub mod cli;
#[cfg(feature = "server")]
pub mod server;
