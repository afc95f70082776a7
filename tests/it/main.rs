mod cli;
mod settings;
