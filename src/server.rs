//! Server.

/// Serves one client on standard input and output until it leaves.
pub fn run() -> std::process::ExitCode {
    std::process::ExitCode::FAILURE
}
