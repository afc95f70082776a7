mod cli;
mod drafts;
mod features;
mod settings;
