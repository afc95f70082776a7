mod cli;
mod domain;
mod drafts;
mod incremental;
mod settings;
