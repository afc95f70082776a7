mod cli;
mod domain;
mod drafts;
mod features;
mod incremental;
mod settings;
