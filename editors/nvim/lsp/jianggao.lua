---@brief
---
--- 讲稿：公文讲话稿的语言服务器。
---
--- `jianggao` 要在 `PATH` 上（`cargo install --locked --path .`），或者用环境变量 `JIANGGAO_SERVER` 指明。
--- 设置写在 `jianggao.toml` 里，打开和保存稿件时重新读。
---
--- ```lua
--- vim.lsp.enable('jianggao')
--- ```

local function server()
  local path = vim.env.JIANGGAO_SERVER
  return path and path ~= '' and path or 'jianggao'
end

local languages = { text = 'plaintext' }

---@type vim.lsp.Config
return {
  cmd = { server(), 'lsp' },
  -- Text that is not a Chinese draft gets no findings, and of TOML only `jianggao.toml` is read.
  filetypes = { 'jianggao', 'text', 'markdown', 'toml' },
  root_markers = { 'jianggao.toml', '.git' },
  -- What 填写… in the menu calls, where the rest of the plug-in is there.
  init_options = pcall(require, 'jianggao') and { fillCommand = 'jianggao.fill' } or nil,
  get_language_id = function(_, filetype)
    return languages[filetype] or filetype
  end,
  on_attach = function(client, buffer)
    local jianggao = require('jianggao')
    jianggao.commands(client, buffer)
    jianggao.watch_settings()
  end,
}
