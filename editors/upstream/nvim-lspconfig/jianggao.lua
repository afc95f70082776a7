---@brief
---
--- Language server for drafts of Chinese official speeches (公文讲话稿): numbering, announced counts, open placeholders,
--- set formulations, slips of the pen. Text that is no such draft gets no findings.
---
--- It can be installed with `npm install --global jianggao`, `pip install jianggao` or `cargo install jianggao`.
---
--- Settings stand in `jianggao.toml`.
---@type vim.lsp.Config
return {
  cmd = { 'jianggao', 'lsp' },
  filetypes = { 'text', 'markdown' },
  root_markers = { 'jianggao.toml', '.git' },
  get_language_id = function(_, filetype)
    return filetype == 'text' and 'plaintext' or filetype
  end,
}
