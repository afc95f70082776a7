//! The language server.
//!
//! `tower_lsp` routes the messages and knows the life of a session; the loop that feeds it is
//! [`serve`]. Its own loop ends the session at the first message that is not JSON and at the first
//! handler that panics, and can send nothing but what has gone through a `serde_json::Value`.

mod backend;
mod capabilities;
mod closed;
mod commands;
mod config;
mod convert;
mod desk;
mod exceptions;
mod inbox;
mod index;
mod input;
mod life;
mod linked;
mod outbox;
mod pages;
mod publish;
mod refactor;
mod scan;
mod settings_files;
mod shown;
mod store;
mod tokens;
mod tolerance;
mod typing;
mod uris;

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::pin::Pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::task::JoinSet;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ExitedError, LspService};
use tower_service::Service;

use crate::text::Document;
use backend::{Backend, LONG_ANSWERS};
use inbox::{Inbox, Incoming};
use input::Input;
use outbox::Outbox;
use uris::Uris;

/// How long the work in hand may take once the session is over.
const GRACE: Duration = Duration::from_secs(1);

/// No more threads than this work beside the message loop.
const THREADS: usize = 16;

/// Serves one client on standard input and output.
pub fn run() -> ExitCode {
    // One thread for the protocol: what must not wait runs on the blocking pool beside it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().max_blocking_threads(THREADS).build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("jianggao: {error}");
            return ExitCode::from(2);
        }
    };
    let code = runtime.block_on(serve(Input::open(), tokio::io::stdout()));
    // A thread may still sit in a read that never ends.
    runtime.shutdown_background();
    ExitCode::from(code)
}

/// Serves one client until it says `exit`, closes `input` or dies. Gives the exit code of the
/// process: 0 after an orderly `shutdown`, else 1.
pub async fn serve<I, O>(input: I, output: O) -> u8
where
    I: AsyncRead + Unpin,
    O: AsyncWrite + Unpin + Send + 'static,
{
    serve_with(input, output, Hooks::default()).await
}

/// Places where a test can look into the server, or make it fail.
#[doc(hidden)]
#[derive(Clone, Default)]
pub struct Hooks {
    /// Called by each request about a document, with the method and the version it works on.
    pub query: Option<QueryHook>,
    /// Called before a version is analysed.
    pub analysis: Option<AnalysisHook>,
    /// Called before a file of the workspace is looked at.
    pub file: Option<FileHook>,
}

type QueryHook = Arc<dyn Fn(&str, &Document) + Send + Sync>;
type AnalysisHook = Arc<dyn Fn(&Document) + Send + Sync>;
type FileHook = Arc<dyn Fn(&Path) + Send + Sync>;

/// [`serve`], with hooks.
#[doc(hidden)]
pub async fn serve_with<I, O>(input: I, output: O, hooks: Hooks) -> u8
where
    I: AsyncRead + Unpin,
    O: AsyncWrite + Unpin + Send + 'static,
{
    let uris = Uris::default();
    let (outbox, mut writer) = Outbox::open(output, uris.clone());
    let (backend, publisher) = Backend::new(outbox.clone(), hooks);
    let publisher = tokio::spawn(publisher.run());
    let (mut service, _) = LspService::build(|_| backend)
        .custom_method(LONG_ANSWERS[0].1, Backend::document_symbol)
        .custom_method(LONG_ANSWERS[1].1, Backend::folding_range)
        .custom_method(LONG_ANSWERS[2].1, Backend::tokens_full)
        .custom_method(LONG_ANSWERS[3].1, Backend::tokens_delta)
        .custom_method(LONG_ANSWERS[4].1, Backend::pull)
        .custom_method(LONG_ANSWERS[5].1, Backend::pull_all)
        .custom_method("window/workDoneProgress/cancel", Backend::abandon)
        .custom_method("workspace/textDocumentContent", Backend::content)
        .finish();
    let client_died = service.inner().client_died();
    let mut inbox = Inbox::new(input, uris);
    let mut requests = JoinSet::new();

    loop {
        let incoming = tokio::select! {
            biased;
            incoming = inbox.next() => incoming,
            () = client_died.notified() => break,
            _ = &mut writer => break,
        };
        let request = match incoming {
            Incoming::Request(request) => request,
            Incoming::Response(answer) => {
                service.inner().shared().answered(&answer);
                continue;
            }
            Incoming::Malformed(answer) => {
                outbox.send(&answer);
                continue;
            }
            Incoming::End => break,
        };
        // Not passed on: the library would cancel the work in hand.
        if request.method() == "exit" || poll_fn(|cx| service.poll_ready(cx)).await.is_err() {
            break;
        }
        let (request, long) = rename(request);
        let id = request.id().cloned();
        let mut answer = service.call(request);
        // The first poll happens here and in wire order. Handlers change the store, or take the
        // version they read, before their first await; so every request sees the changes before it
        // and none after it.
        match poll(&mut answer, &id, &mut Context::from_waker(Waker::noop())) {
            Poll::Ready(Some(response)) => respond(&outbox, &response, long),
            Poll::Ready(None) => {}
            Poll::Pending => {
                let outbox = outbox.clone();
                requests.spawn(async move {
                    if let Some(response) = poll_fn(|cx| poll(&mut answer, &id, cx)).await {
                        respond(&outbox, &response, long);
                    }
                });
            }
        }
        while requests.try_join_next().is_some() {}
    }

    let code = u8::from(!service.inner().is_shut_down());
    service.inner().shared().index.stop();
    // Each stage ends when the one before it has dropped its sender.
    let rest = async move {
        while requests.join_next().await.is_some() {}
        drop(service);
        let _ = publisher.await;
        drop(outbox);
        if !writer.is_finished() {
            let _ = writer.await;
        }
    };
    let _ = tokio::time::timeout(GRACE, rest).await;
    code
}

/// Gives a request with a long answer the name of its handler here; true when it is one.
fn rename(request: Request) -> (Request, bool) {
    let is_it = |(name, _): &&(&str, &str)| *name == request.method();
    let Some(&(_, name)) = LONG_ANSWERS.iter().find(is_it) else {
        return (request, false);
    };
    let (_, id, params) = request.into_parts();
    let request = Request::build(name).params(params.unwrap_or_default());
    let request = match id {
        Some(id) => request.id(id),
        None => request,
    };
    (request.finish(), true)
}

fn respond(outbox: &Outbox, response: &Response, long: bool) {
    match response.result() {
        Some(Value::String(json)) if long => outbox.send_result(response.id(), json),
        _ => outbox.send(response),
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Option<Response>, ExitedError>> + Send>>;

/// Polls `answer`; a panic inside is an error for this request alone.
fn poll(answer: &mut Answer, id: &Option<Id>, cx: &mut Context<'_>) -> Poll<Option<Response>> {
    match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(cx))) {
        Ok(poll) => poll.map(|answer| answer.ok().flatten()),
        Err(_) => Poll::Ready(id.clone().map(|id| Response::from_error(id, Error::internal_error()))),
    }
}
