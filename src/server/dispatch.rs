//! Which message goes where.
//!
//! *Changes* (notifications, `initialize`, `shutdown`) go to the library, which knows the life of a session; they are
//! made on the message loop, in wire order. *Reads* are answered beside it, each of what there was when its message
//! came, and their answers are written straight to the bytes that are sent. Before `initialize` and after `shutdown`
//! all go to the library: it refuses them.

use std::collections::HashMap;
use std::future::{self, Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{self, Poll, Waker};

use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, Id, Request, Response, Result};
use tower_lsp::{LspService, ls_types as lsp};
use tower_service::Service;

use super::background::background;
use super::changes::Changes;
use super::context::Context;
use super::handlers::{
    code_action, code_action_resolve, code_lens, completion, completion_resolve, definition, document_diagnostic,
    document_highlight, document_link, document_symbol, execute_command, folding_range, formatting, hover, inlay_hint,
    linked_editing_range, on_type_formatting, prepare_rename, range_formatting, references, rename, selection_range,
    semantic_tokens_delta, semantic_tokens_full, semantic_tokens_range, text_document_content, workspace_diagnostic,
    workspace_symbol,
};
use super::lsp::Answer;
use super::lsp::from::OfDocument;
use super::snapshot::{SettingsSnapshot, Snapshot};
use super::transport::{Frame, Writer};

/// The handler of a request, begun; `None` when that is for the library.
fn read(method: &str, request: Read<'_>) -> Option<Answering> {
    Some(match method {
        "codeAction/resolve" => request.whole(code_action_resolve::run),
        "completionItem/resolve" => request.whole(completion_resolve::run),
        "textDocument/codeAction" => request.of_draft(code_action::run),
        "textDocument/codeLens" => request.of_draft(code_lens::run),
        "textDocument/completion" => request.of_document(completion::run, completion::in_settings),
        "textDocument/definition" => request.of_draft(definition::run),
        "textDocument/diagnostic" => request.whole(document_diagnostic::run),
        "textDocument/documentHighlight" => request.of_draft(document_highlight::run),
        "textDocument/documentLink" => request.of_draft(document_link::run),
        "textDocument/documentSymbol" => request.of_draft(document_symbol::run),
        "textDocument/foldingRange" => request.of_draft(folding_range::run),
        "textDocument/formatting" => request.of_draft(formatting::run),
        "textDocument/hover" => request.of_document(hover::run, hover::in_settings),
        "textDocument/inlayHint" => request.of_draft(inlay_hint::run),
        "textDocument/linkedEditingRange" => request.of_draft(linked_editing_range::run),
        "textDocument/onTypeFormatting" => request.of_draft(on_type_formatting::run),
        "textDocument/prepareRename" => request.of_draft(prepare_rename::run),
        "textDocument/rangeFormatting" => request.of_draft(range_formatting::run),
        "textDocument/references" => request.of_draft(references::run),
        "textDocument/rename" => request.of_draft(rename::run),
        "textDocument/selectionRange" => request.of_draft(selection_range::run),
        "textDocument/semanticTokens/full" => request.of_draft(semantic_tokens_full::run),
        "textDocument/semanticTokens/full/delta" => request.of_draft(semantic_tokens_delta::run),
        "textDocument/semanticTokens/range" => request.of_draft(semantic_tokens_range::run),
        "workspace/diagnostic" => request.whole(workspace_diagnostic::run),
        "workspace/executeCommand" => request.whole(execute_command::run),
        "workspace/symbol" => request.whole(workspace_symbol::run),
        "workspace/textDocumentContent" => request.whole(text_document_content::run),
        _ => return None,
    })
}

/// What a request is answered with in the end.
type Answering = Pin<Box<dyn Future<Output = Result<Option<Frame>>> + Send>>;

/// A request that changes nothing.
struct Read<'a> {
    context: &'a Context,
    request: &'a Request,
    id: &'a Id,
}

impl Read<'_> {
    /// About a draft; null when it is not open.
    fn of_draft<P, A>(self, run: fn(&Snapshot, P) -> Result<A>) -> Answering
    where
        P: OfDocument + DeserializeOwned + Send + 'static,
        A: Answer + 'static,
    {
        let params: P = match self.params() {
            Ok(params) => params,
            Err(error) => return Box::pin(future::ready(Err(error))),
        };
        let (method, id) = (self.request.method().to_owned(), self.id.clone());
        let Some(snapshot) = self.context.snapshot(params.uri()) else {
            return Box::pin(future::ready(Ok(frame(&id, &Value::Null))));
        };
        let answer = move |snapshot: &Snapshot| run(snapshot, params).map(|answer| frame(&id, &answer));
        Box::pin(async move { snapshot.read(&method, answer).await? })
    }

    /// About a draft or a settings file.
    fn of_document<P, A>(
        self,
        run: fn(&Snapshot, P) -> Result<A>,
        in_settings: fn(&SettingsSnapshot, P) -> Result<A>,
    ) -> Answering
    where
        P: OfDocument + DeserializeOwned + Send + 'static,
        A: Answer + 'static,
    {
        let file =
            self.params::<P>().ok().and_then(|params| Some((self.context.settings_snapshot(params.uri())?, params)));
        let Some((file, params)) = file else { return self.of_draft(run) };
        let id = self.id.clone();
        Box::pin(async move { background(move || in_settings(&file, params).map(|answer| frame(&id, &answer))).await? })
    }

    /// About more than one document, or none.
    fn whole<P, A, F>(self, run: fn(Context, P) -> F) -> Answering
    where
        P: DeserializeOwned + Send + 'static,
        A: Answer,
        F: Future<Output = Result<A>> + Send + 'static,
    {
        let (params, context, id) = (self.params(), self.context.clone(), self.id.clone());
        Box::pin(async move { run(context, params?).await.map(|answer| frame(&id, &answer)) })
    }

    fn params<P: DeserializeOwned>(&self) -> Result<P> {
        let params = self.request.params().ok_or_else(|| Error::invalid_params("Missing params field"))?;
        P::deserialize(params).map_err(|error| Error::invalid_params(error.to_string()))
    }
}

fn frame(id: &Id, answer: &impl Answer) -> Option<Frame> {
    Frame::answer(id, |body| answer.write(body))
}

/// Sends each message on its way.
pub struct Dispatch {
    context: Context,
    writer: Writer,
    library: LspService<Changes>,
    client_died: Arc<Notify>,
    running: Running,
    tasks: JoinSet<()>,
}

/// The requests that are being answered, and what cancels them.
#[derive(Clone, Default)]
struct Running(Arc<Mutex<HashMap<Id, oneshot::Sender<()>>>>);

impl Running {
    fn lock(&self) -> MutexGuard<'_, HashMap<Id, oneshot::Sender<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Dispatch {
    pub fn new(context: Context) -> Self {
        let client_died = Arc::<Notify>::default();
        let changes = Changes::new(context.clone(), client_died.clone());
        let (library, _) = LspService::build(|_| changes)
            .custom_method("window/workDoneProgress/cancel", Changes::cancel_progress)
            .finish();
        let (writer, running, tasks) = (context.session.writer.clone(), Running::default(), JoinSet::new());
        Self { context, writer, library, client_died, running, tasks }
    }

    /// Waits until the process of the client is gone.
    pub async fn client_died(&self) {
        self.client_died.notified().await;
    }

    /// Takes a message. False when the session is over.
    pub async fn take(&mut self, request: Request) -> bool {
        while self.tasks.try_join_next().is_some() {}
        let id = request.id().cloned();
        let read = match &id {
            Some(id) if self.context.session.is_running() => {
                read(request.method(), Read { context: &self.context, request: &request, id })
            }
            _ => None,
        };
        match (request.method(), read, id) {
            // Not passed on: the library would cancel the work in hand.
            ("exit", ..) => return false,
            ("$/cancelRequest", ..) => self.cancel(&request),
            (_, Some(answer), Some(id)) => self.answer(id, answer),
            (.., id) => return self.change(request, id).await,
        }
        true
    }

    /// The first poll happens here and in wire order: whoever takes the version that it reads, or makes a change,
    /// before its first await, sees the changes before it and none after it.
    fn answer(&mut self, id: Id, mut answer: Answering) {
        if self.running.lock().contains_key(&id) {
            return self.writer.send(&Response::from_error(id, Error::invalid_request()));
        }
        if let Poll::Ready(result) = poll(&mut answer, &mut task::Context::from_waker(Waker::noop())) {
            return respond(&self.writer, id, result);
        }
        let (cancel, cancelled) = oneshot::channel();
        self.running.lock().insert(id.clone(), cancel);
        let (running, writer) = (self.running.clone(), self.writer.clone());
        self.tasks.spawn(async move {
            let result = tokio::select! {
                biased;
                Ok(()) = cancelled => Err(Error::request_cancelled()),
                result = poll_fn(|cx| poll(&mut answer, cx)) => result,
            };
            // Who scans for it leaves off.
            drop(answer);
            running.lock().remove(&id);
            respond(&writer, id, result);
        });
    }

    fn cancel(&self, request: &Request) {
        let params = request.params().cloned().and_then(|params| serde_json::from_value(params).ok());
        let Some(lsp::CancelParams { id }) = params else { return };
        let id = match id {
            lsp::NumberOrString::Number(id) => Id::from(i64::from(id)),
            lsp::NumberOrString::String(id) => Id::from(id),
        };
        if let Some(cancel) = self.running.lock().remove(&id) {
            // No receiver: it has just been answered.
            let _ = cancel.send(());
        }
    }

    async fn change(&mut self, request: Request, id: Option<Id>) -> bool {
        if poll_fn(|cx| self.library.poll_ready(cx)).await.is_err() {
            return false;
        }
        let mut change = self.library.call(request);
        // No handler there awaits anything.
        let answer =
            catch_unwind(AssertUnwindSafe(|| change.as_mut().poll(&mut task::Context::from_waker(Waker::noop()))));
        match (answer, id) {
            (Ok(Poll::Ready(Ok(Some(response)))), _) => self.writer.send(&response),
            (Err(_), Some(id)) => self.writer.send(&Response::from_error(id, Error::internal_error())),
            _ => {}
        }
        true
    }

    /// Waits for what is being answered.
    pub async fn finish(mut self) {
        while self.tasks.join_next().await.is_some() {}
    }
}

fn respond(writer: &Writer, id: Id, result: Result<Option<Frame>>) {
    match result {
        Ok(Some(frame)) => writer.queue(Some(frame)),
        Ok(None) => writer.send(&Response::from_error(id, Error::internal_error())),
        Err(error) => writer.send(&Response::from_error(id, error)),
    }
}

/// Polls `answer`; a panic inside is an error for this request alone.
fn poll(answer: &mut Answering, cx: &mut task::Context<'_>) -> Poll<Result<Option<Frame>>> {
    catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx)))
        .unwrap_or_else(|_| Poll::Ready(Err(Error::internal_error())))
}
