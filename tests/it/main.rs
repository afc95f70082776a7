mod cli;
mod client;
mod drafts;
mod lifecycle;
mod ordering;
mod protocol;
mod settings;
