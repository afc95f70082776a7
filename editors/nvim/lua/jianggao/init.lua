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

--- What Neovim 0.10 can do. It takes a UTF-16 column in the latter half of a Chinese line for the end of
--- the line, and cannot be told to ask for findings again when the settings have changed.
function M.capabilities()
  local all = vim.lsp.protocol.make_client_capabilities()
  all.general.positionEncodings = { 'utf-8', 'utf-16' }
  all.textDocument.diagnostic = nil
  return all
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
      start.capabilities = M.capabilities()
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

--- Calls a method of a client: before 0.11 they were plain functions.
local function call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- Runs a command of the server on a draft; `answered` gets what it answers.
local function run(client, buffer, command, more, answered)
  local params = { command = command, arguments = { vim.uri_from_bufnr(buffer), more } }
  local function handler(err, answer)
    if err then
      vim.notify(err.message, vim.log.levels.ERROR)
    else
      answered(answer)
    end
  end
  call(client, 'request', 'workspace/executeCommand', params, handler, buffer)
end

--- Puts the open placeholders that the server has found into the location list.
local function list(client, buffer, answer)
  local items = {}
  for _, open in ipairs(answer.open) do
    local at = { uri = vim.uri_from_bufnr(buffer), range = open.range }
    local item = vim.lsp.util.locations_to_items({ at }, client.offset_encoding)[1]
    item.text = ('%s %s：%s'):format(open.category, open.text, open.context)
    table.insert(items, item)
  end
  if #items == 0 then
    vim.notify('没有未填的占位符')
    return
  end
  vim.fn.setloclist(0, {}, ' ', { title = '占位符', items = items })
  vim.cmd.lopen()
end

--- Lets the writer choose among the open placeholders, with whatever `vim.ui.select` is.
local function pick(client, buffer, answer)
  if #answer.open == 0 then
    vim.notify('没有未填的占位符')
    return
  end
  vim.ui.select(answer.open, {
    prompt = ('未填的占位符 %d 处'):format(#answer.open),
    kind = 'jianggao.placeholder',
    format_item = function(open)
      return ('%s %s · 第 %d 行 · %s'):format(open.category, open.text, open.range.start.line + 1, open.context)
    end,
  }, function(open)
    if open then
      local at = { uri = vim.uri_from_bufnr(buffer), range = open.range }
      vim.lsp.util.show_document(at, client.offset_encoding, { focus = true })
    end
  end)
end

--- What a kind of finding is called in the list of them all, in its order there.
local kinds = { '错误', '警告', '信息', '提示', '待填' }

local function kind(found)
  return found.source == '待填' and #kinds or found.severity
end

--- The findings of the server in a draft.
local function own(buffer)
  return vim.tbl_filter(function(found)
    return found.source == 'jianggao' or found.source == '待填'
  end, vim.diagnostic.get(buffer))
end

--- Puts the findings of a draft into the quickfix list: what is wrong first, what is merely open behind it.
function M.quickfix(buffer)
  local found = own(buffer)
  table.sort(found, function(a, b)
    if kind(a) ~= kind(b) then
      return kind(a) < kind(b)
    end
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  local items = {}
  for _, one in ipairs(found) do
    -- Of many it would make an order of its own.
    local item = vim.diagnostic.toqflist({ one })[1]
    item.text = ('%s　%s'):format(kinds[kind(one)], item.text)
    table.insert(items, item)
  end
  vim.fn.setqflist({}, ' ', { title = '讲稿', items = items })
  vim.cmd.copen()
end

--- How findings look: a paragraph is one line, so what is wrong with it stands below it while the cursor is
--- there, and not behind it. `vim.g.jianggao_diagnostics = false` leaves all to your own settings.
local severity = vim.diagnostic.severity
local look = {
  virtual_text = false,
  virtual_lines = {
    current_line = true,
    -- A message begins with the name of the rule: its code is behind it.
    format = function(found)
      return found.code and ('%s（%s）'):format(found.message, found.code) or found.message
    end,
  },
  severity_sort = true,
  signs = { text = {
    [severity.ERROR] = '错',
    [severity.WARN] = '疑',
    [severity.INFO] = '待',
    [severity.HINT] = '提',
  } },
}

--- Gives the findings of the server in a draft that look. Their namespaces are there when they are.
local looks = {}
function M.show_findings(buffer)
  if vim.g.jianggao_diagnostics == false or vim.fn.has('nvim-0.11') == 0 then
    return
  end
  for _, found in ipairs(own(buffer)) do
    if not looks[found.namespace] then
      looks[found.namespace] = true
      vim.diagnostic.config(look, found.namespace)
    end
  end
end

--- Length, time and what is open in a draft, for a status line: `%{v:lua.require'jianggao'.status()}`.
function M.status()
  return vim.b.jianggao_status or ''
end

--- How long after the last key the figures are asked for, in milliseconds.
local pause = 200

--- Keeps that up to date, while one types as well.
local function follow(client, buffer)
  local keys = 0
  local function ask()
    if not vim.api.nvim_buf_is_loaded(buffer) then
      return
    end
    run(client, buffer, 'jianggao.statistics', { quiet = true }, function(figures)
      if type(figures) == 'table' and figures.draft and vim.api.nvim_buf_is_loaded(buffer) then
        local open = figures.placeholders > 0 and (' · 待填 %d'):format(figures.placeholders) or ''
        vim.b[buffer].jianggao_status = figures.label .. open
        vim.cmd.redrawstatus()
      end
    end)
  end
  local group = vim.api.nvim_create_augroup('jianggao.status.' .. buffer, {})
  vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI', 'TextChangedP' }, {
    group = group,
    buffer = buffer,
    callback = function()
      keys = keys + 1
      local mine = keys
      vim.defer_fn(function()
        if mine == keys and vim.lsp.get_client_by_id(client.id) then
          ask()
        end
      end, pause)
    end,
  })
  vim.api.nvim_create_autocmd('DiagnosticChanged', {
    group = group,
    buffer = buffer,
    callback = function()
      M.show_findings(buffer)
      if vim.lsp.get_client_by_id(client.id) then
        ask()
      end
    end,
  })
  ask()
end

--- Shows the report that a command of the server answers with; the rest is done by the server. Enter goes to the
--- place on its line.
local function show(answer)
  local draft = vim.api.nvim_get_current_win()
  if type(answer) ~= 'table' or type(answer.markdown) ~= 'string' then
    return
  end
  vim.cmd.new()
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(0, 0, -1, false, vim.split(vim.trim(answer.markdown), '\n'))
  vim.bo.filetype = 'markdown'
  vim.bo.modifiable = false
  vim.keymap.set('n', '<CR>', function()
    local line = tonumber(vim.api.nvim_get_current_line():match('%(#L(%d+)%)'))
    if line and vim.api.nvim_win_is_valid(draft) then
      vim.api.nvim_set_current_win(draft)
      vim.api.nvim_win_set_cursor(draft, { line, 0 })
    end
  end, { buffer = true, desc = '到这一处' })
end

--- Defines the commands of a draft. What a code action does has none.
function M.commands(client, buffer)
  if vim.bo[buffer].filetype == 'toml' then
    return
  end
  local function define(name, body, options)
    vim.api.nvim_buf_create_user_command(buffer, name, body, options)
  end
  local function position()
    return vim.lsp.util.make_position_params(0, client.offset_encoding).position
  end
  define('LspJianggaoNextPlaceholder', function()
    -- The server has the place shown.
    run(client, buffer, 'jianggao.nextPlaceholder', position(), function(place)
      if not place or place == vim.NIL then
        vim.notify('没有未填的占位符')
      end
    end)
  end, { desc = '下一处占位符' })
  define('LspJianggaoPlaceholders', function()
    run(client, buffer, 'jianggao.placeholders', { quiet = true }, function(answer)
      list(client, buffer, answer)
    end)
  end, { desc = '占位符清单' })
  define('LspJianggaoPick', function()
    run(client, buffer, 'jianggao.placeholders', { quiet = true }, function(answer)
      pick(client, buffer, answer)
    end)
  end, { desc = '选一处占位符' })
  define('LspJianggaoProblems', function()
    M.quickfix(buffer)
  end, { desc = '问题在前，待填在后' })
  -- 填写… in the menu of actions.
  vim.lsp.commands['jianggao.fill'] = function(command)
    local uri, at = command.arguments[1], command.arguments[2]
    vim.lsp.util.show_document({ uri = uri, range = { start = at, ['end'] = at } }, client.offset_encoding, { focus = true })
    vim.lsp.buf.rename()
  end
  M.show_findings(buffer)
  follow(client, buffer)
  if vim.fn.has('nvim-0.12') == 1 and not client.jianggao_goes_behind then
    client.jianggao_goes_behind = true
    M.go_behind(client)
  end
  define('LspJianggaoCommand', function(options)
    run(client, buffer, options.args, position(), show)
  end, {
    nargs = 1,
    desc = '运行服务器的命令',
    complete = function(start)
      local offered = (client.server_capabilities.executeCommandProvider or {}).commands or {}
      return vim.tbl_filter(function(command)
        return vim.startswith(command, start)
      end, offered)
    end,
  })
end

--- Goes behind the ordinal that Enter has brought: Neovim leaves the cursor before what is put where it stands.
function M.go_behind(client)
  local request = client.request
  client.request = function(self, method, params, handler, buffer)
    if method ~= 'textDocument/onTypeFormatting' or handler == nil then
      return request(self, method, params, handler, buffer)
    end
    return request(self, method, params, function(err, edits, context)
      local before = vim.api.nvim_win_get_cursor(0)
      handler(err, edits, context)
      local put = not err and type(edits) == 'table' and #edits == 1 and edits[1]
      local is_here = put and vim.deep_equal(put.range.start, params.position) and vim.deep_equal(put.range['end'], params.position)
      if is_here and vim.deep_equal(vim.api.nvim_win_get_cursor(0), before) and not put.newText:find('\n') then
        vim.api.nvim_win_set_cursor(0, { before[1], before[2] + #put.newText })
      end
    end, buffer)
  end
end

--- Tells the server of settings that have changed: Neovim watches no files on Linux. Those written by
--- another program are told of when the writer comes back.
function M.watch_settings()
  vim.api.nvim_create_autocmd({ 'BufWritePost', 'FocusGained' }, {
    group = vim.api.nvim_create_augroup('jianggao.settings', {}),
    callback = function(event)
      local name = vim.fs.basename(event.match)
      if event.event == 'BufWritePost' and name ~= 'jianggao.toml' and not vim.endswith(name, '.tsv') then
        return
      end
      for _, client in ipairs(vim.lsp.get_clients({ name = 'jianggao' })) do
        local file = vim.uri_from_fname(vim.fs.joinpath(client.root_dir or vim.fn.getcwd(), 'jianggao.toml'))
        call(client, 'notify', 'workspace/didChangeWatchedFiles', { changes = { { uri = file, type = 2 } } })
      end
    end,
  })
end

return M
