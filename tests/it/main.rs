mod cli;
mod drafts;
mod settings;
