//! The language server: `transport` has the bytes, `dispatch` tells each message where it goes, `changes` makes what
//! changes a session, `handlers` answer what reads it.
//!
//! In reading order, each module knowing only those above it:

mod transport;

mod background;
mod client;
mod commands;
mod hooks;

mod lsp;

mod capabilities;

mod typing;

mod documents;
mod findings;

mod session;

mod configuration;
mod publish;

mod workspace;

mod snapshot;

mod context;

mod actions;

mod handlers;

mod changes;

mod dispatch;

use std::process::ExitCode;
use std::time::Duration;

use tokio::io::AsyncRead;

use context::Context;
use dispatch::Dispatch;
pub use hooks::Hooks;
use publish::Publisher;
use transport::{Incoming, Output, Reader, Stdin, Stdout, Uris, Writer};

/// How long the work in hand may take once the session is over.
const GRACE: Duration = Duration::from_secs(1);

/// No more threads than this work beside the message loop.
const THREADS: usize = 16;

/// Serves one client on standard input and output.
pub fn run() -> ExitCode {
    // One thread for the protocol: what must not wait runs on the blocking pool beside it.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().max_blocking_threads(THREADS).build();
    let (runtime, output) = match runtime.and_then(|runtime| Ok((runtime, Stdout::open()?))) {
        Ok(both) => both,
        Err(error) => {
            eprintln!("jianggao: {error}");
            return ExitCode::from(2);
        }
    };
    let code = runtime.block_on(serve(Stdin::open(), output));
    // A thread may still sit in a read that never ends.
    runtime.shutdown_background();
    ExitCode::from(code)
}

/// Serves one client until it says `exit`, closes `input` or dies. Gives the exit code of the
/// process: 0 after an orderly `shutdown`, else 1.
pub async fn serve<I, O>(input: I, output: O) -> u8
where
    I: AsyncRead + Unpin,
    O: Output,
{
    serve_with(input, output, Hooks::default()).await
}

/// [`serve`], with hooks.
#[doc(hidden)]
pub async fn serve_with<I, O>(input: I, output: O, hooks: Hooks) -> u8
where
    I: AsyncRead + Unpin,
    O: Output,
{
    let uris = Uris::default();
    let (writer, mut writing) = Writer::open(output, uris.clone());
    let (context, changed) = Context::new(writer.clone(), hooks);
    let (session, workspace) = (context.session.clone(), context.workspace.clone());
    let publisher = tokio::spawn(Publisher { session: session.clone(), changed }.run());
    let mut reader = Reader::new(input, uris);
    let mut dispatch = Dispatch::new(context);

    loop {
        let incoming = tokio::select! {
            biased;
            incoming = reader.next() => incoming,
            () = dispatch.client_died() => break,
            _ = &mut writing => break,
        };
        match incoming {
            Incoming::Request(request) => {
                if !dispatch.take(request).await {
                    break;
                }
            }
            Incoming::Response(answer) => session.answered(&answer),
            Incoming::Malformed(answer) => writer.send(&answer),
            Incoming::End => break,
        }
    }

    let code = u8::from(!session.is_shut_down());
    workspace.index.stop();
    // Each stage ends when the one before it has dropped its sender.
    let rest = async move {
        dispatch.finish().await;
        let _ = publisher.await;
        drop((writer, session));
        if !writing.is_finished() {
            let _ = writing.await;
        }
    };
    let _ = tokio::time::timeout(GRACE, rest).await;
    code
}
