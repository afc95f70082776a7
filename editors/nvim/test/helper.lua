--- A minimal test runner: `test(name, run)` prints a line of TAP; `finish()` ends Neovim.
local M = { failed = 0 }

M.folder = assert(vim.env.JIANGGAO_TEST_FOLDER, 'run by editors/test.sh')
M.draft = vim.fs.joinpath(M.folder, '工作推进会讲话.txt')

function M.test(name, run)
  local ok, message = xpcall(run, debug.traceback)
  io.stdout:write((ok and 'ok - ' or 'not ok - ') .. 'nvim: ' .. name .. '\n')
  if not ok then
    M.failed = M.failed + 1
    io.stdout:write('# ' .. tostring(message):gsub('\n', '\n# ') .. '\n')
  end
end

--- A test of something that Neovim has since `version`.
function M.test_since(version, name, run)
  if vim.fn.has('nvim-' .. version) == 1 then
    M.test(name, run)
  end
end

--- Calls a method of a client; before 0.11 they were plain functions.
function M.call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

function M.request(client, method, params)
  return assert(M.call(client, 'request_sync', method, params, 5000, 0))
end

--- Waits until `condition` gives something, and gives that.
function M.wait(what, condition)
  local found
  local ok = vim.wait(10000, function()
    found = condition()
    return found
  end, 10)
  assert(ok, 'waited in vain for ' .. what)
  return found
end

--- Opens a draft and waits for its findings.
function M.open(file)
  vim.cmd.edit({ vim.fn.fnameescape(file), bang = true })
  local client = M.wait('a client', function()
    return vim.lsp.get_clients({ bufnr = 0, name = 'jianggao' })[1]
  end)
  M.wait('findings', function()
    return #vim.diagnostic.get(0) > 0
  end)
  return client
end

function M.text_of(d)
  return table.concat(vim.api.nvim_buf_get_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {}), '\n')
end

--- The texts of all findings of a rule, in order.
function M.texts(code)
  local found = vim.tbl_filter(function(d)
    return d.code == code
  end, vim.diagnostic.get(0))
  table.sort(found, function(a, b)
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  return vim.tbl_map(M.text_of, found)
end

function M.same(actual, expected)
  assert(vim.deep_equal(actual, expected), vim.inspect(actual) .. ' is not ' .. vim.inspect(expected))
end

--- The number and byte column of the first place where `text` stands.
function M.find(text)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local column = line:find(text, 1, true)
    if column then
      return number, column - 1
    end
  end
  error('no ' .. text)
end

function M.go(text)
  local number, column = M.find(text)
  vim.api.nvim_win_set_cursor(0, { number, column })
end

function M.keys(text)
  return vim.api.nvim_replace_termcodes(text, true, true, true)
end

--- Types `keys` at the end of the line, and once `condition` gives something the keys `after`. Insert
--- mode needs the main loop: a timer types, and looks.
function M.typing(keys, condition, after)
  local timer, since, typed = vim.uv.new_timer(), vim.uv.now(), false
  timer:start(20, 20, vim.schedule_wrap(function()
    if not typed then
      typed = true
      vim.api.nvim_input(keys)
    elseif condition() or vim.uv.now() - since > 8000 then
      timer:stop()
      vim.api.nvim_input((after or '') .. '<Esc>')
    end
  end))
  vim.api.nvim_feedkeys('A', 'x!', false)
end

function M.finish()
  vim.cmd(M.failed == 0 and 'qall!' or 'cquit 1')
end

return M
