--- The Neovim end of 讲稿. What is known about drafts is in the server; here is only what connects it.
local M = {}

--- Names of files that are drafts. A `.md` file stays Markdown, which the server reads as well.
M.patterns = {
  '.*讲话.*%.txt',
  '.*讲稿.*%.txt',
  '.*发言.*%.txt',
  '.*致辞.*%.txt',
  '.*主持词.*%.txt',
}

--- Tells drafts by their names.
function M.filetypes()
  local patterns = {}
  for _, pattern in ipairs(M.patterns) do
    patterns[pattern] = 'jianggao'
  end
  vim.filetype.add({ extension = { jianggao = 'jianggao', ['讲稿'] = 'jianggao' }, pattern = patterns })
end

--- Starts the server for every draft, with `vim.lsp.enable` where there is one (0.11).
function M.enable()
  if vim.lsp.enable and vim.lsp.config then
    vim.lsp.enable('jianggao')
    return
  end
  local file = vim.api.nvim_get_runtime_file('lsp/jianggao.lua', false)[1]
  local config = assert(loadfile(file))()
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('jianggao', {}),
    pattern = config.filetypes,
    callback = function(event)
      if vim.bo[event.buf].buftype ~= '' then
        return
      end
      if vim.fn.executable(config.cmd[1]) == 0 then
        vim.notify_once('讲稿：找不到 ' .. config.cmd[1] .. '，见 :checkhealth jianggao', vim.log.levels.WARN)
        return
      end
      local start = vim.deepcopy(config)
      start.name = 'jianggao'
      start.root_dir = vim.fs.root(event.buf, config.root_markers)
      vim.lsp.start(start, { bufnr = event.buf })
    end,
  })
end

--- For plugin managers that put the folder on the runtimepath after start-up. Drafts that are open
--- already are looked at again.
function M.setup()
  M.filetypes()
  vim.g.loaded_jianggao = true
  M.enable()
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.bo[buffer].buftype == '' then
      local filetype = vim.filetype.match({ buf = buffer })
      if filetype == 'jianggao' or filetype == 'text' or filetype == 'markdown' then
        vim.bo[buffer].filetype = filetype
      end
    end
  end
end

---@param buffer integer
---@return vim.Diagnostic[] # the placeholders that are still open, in order
function M.placeholders(buffer)
  local open = vim.tbl_filter(function(diagnostic)
    return diagnostic.code == 'placeholder' and diagnostic.source == 'jianggao'
  end, vim.diagnostic.get(buffer))
  table.sort(open, function(a, b)
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  return open
end

--- Puts the cursor on the next open placeholder, from the last one on the first.
function M.next_placeholder()
  local row, column = unpack(vim.api.nvim_win_get_cursor(0))
  local open = M.placeholders(0)
  for _, diagnostic in ipairs(open) do
    if diagnostic.lnum > row - 1 or diagnostic.lnum == row - 1 and diagnostic.col > column then
      vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
      return
    end
  end
  if open[1] then
    vim.api.nvim_win_set_cursor(0, { open[1].lnum + 1, open[1].col })
  else
    vim.notify('没有未填的占位符')
  end
end

--- Shows the report that a command of the server answers with; the rest is done by the server.
local function show(answer)
  if type(answer) ~= 'table' or type(answer.markdown) ~= 'string' then
    return
  end
  vim.cmd.new()
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.trim(answer.markdown), '\n'))
  vim.bo.filetype = 'markdown'
  vim.bo.modifiable = false
end

--- Defines the commands of a draft. What a code action does has none.
function M.commands(client, buffer)
  local function define(name, run, options)
    vim.api.nvim_buf_create_user_command(buffer, name, run, options)
  end
  define('LspJianggaoNextPlaceholder', M.next_placeholder, { desc = '下一处占位符' })
  define('LspJianggaoPlaceholders', function()
    vim.fn.setloclist(0, vim.diagnostic.toqflist(M.placeholders(buffer)))
    vim.cmd.lopen()
  end, { desc = '占位符清单' })
  local offered = (client.server_capabilities.executeCommandProvider or {}).commands or {}
  if #offered == 0 then
    return
  end
  define('LspJianggaoCommand', function(options)
    local at = vim.lsp.util.make_position_params(0, client.offset_encoding)
    local params = { command = options.args, arguments = { at.textDocument.uri, at.position } }
    local function answered(err, answer)
      if err then
        vim.notify(err.message, vim.log.levels.ERROR)
      else
        show(answer)
      end
    end
    if vim.fn.has('nvim-0.11') == 1 then
      client:request('workspace/executeCommand', params, answered, buffer)
    else
      client.request('workspace/executeCommand', params, answered, buffer)
    end
  end, {
    nargs = 1,
    desc = '运行服务器的命令',
    complete = function(start)
      return vim.tbl_filter(function(command)
        return vim.startswith(command, start)
      end, offered)
    end,
  })
end

return M
