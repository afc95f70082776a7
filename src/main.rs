fn main() -> std::process::ExitCode {
    jianggao::cli::run(jianggao::server::run)
}
