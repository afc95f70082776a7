//! One file a method: `run` answers it. No handler knows another.
//!
//! A request about one draft is given a [`Snapshot`](super::snapshot::Snapshot) of it, and runs beside the message
//! loop. What is about a settings file as well has an `in_settings`; all else is given the
//! [`Context`](super::context::Context).

pub mod code_action;
pub mod code_action_resolve;
pub mod code_lens;
pub mod completion;
pub mod completion_resolve;
pub mod definition;
pub mod document_diagnostic;
pub mod document_highlight;
pub mod document_link;
pub mod document_symbol;
pub mod execute_command;
pub mod folding_range;
pub mod formatting;
pub mod hover;
pub mod inlay_hint;
pub mod linked_editing_range;
pub mod on_type_formatting;
pub mod prepare_rename;
pub mod range_formatting;
pub mod references;
pub mod rename;
pub mod selection_range;
pub mod semantic_tokens_delta;
pub mod semantic_tokens_full;
pub mod semantic_tokens_range;
pub mod text_document_content;
pub mod workspace_diagnostic;
pub mod workspace_symbol;
