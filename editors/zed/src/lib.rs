//! The Zed end of 讲稿: finds the program and starts it.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Jianggao;

impl zed::Extension for Jianggao {
    fn new() -> Self {
        Self
    }

    /// The setting, then `JIANGGAO_SERVER`, then the search path.
    fn language_server_command(&mut self, id: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let binary = LspSettings::for_worktree(id.as_ref(), worktree).ok().and_then(|settings| settings.binary);
        let env = worktree.shell_env();
        let named = env.iter().find(|(name, value)| name == "JIANGGAO_SERVER" && !value.is_empty());
        let command = binary
            .as_ref()
            .and_then(|binary| binary.path.clone())
            .or_else(|| named.map(|(_, value)| value.clone()))
            .or_else(|| worktree.which("jianggao"))
            .ok_or("找不到 jianggao：请安装它，或者设置 lsp.jianggao.binary.path")?;
        let args = binary.and_then(|binary| binary.arguments).unwrap_or_else(|| vec!["lsp".to_owned()]);
        Ok(Command { command, args, env })
    }
}

zed::register_extension!(Jianggao);
