-- What a writer does in Neovim, with the plugin as it is installed.
local h = dofile(vim.fs.joinpath(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)), 'helper.lua'))
local test, wait, same = h.test, h.wait, h.same

local client

test('a draft is told by its name and the server attaches', function()
  client = h.open(h.draft)
  same(vim.bo.filetype, 'jianggao')
  same(vim.fs.normalize(client.root_dir), vim.fs.normalize(h.folder))
end)

test('other text is not taken for a draft', function()
  -- 0.10 has no name for plain text in this way.
  same(vim.filetype.match({ filename = 'notes.txt', contents = { '' } }) or 'text', 'text')
  same(vim.filetype.match({ filename = 'README.md', contents = { '' } }), 'markdown')
  same(vim.filetype.match({ filename = '张主任讲稿.txt', contents = { '' } }), 'jianggao')
  same(vim.filetype.match({ filename = '年会.讲稿', contents = { '' } }), 'jianggao')
end)

test('findings stand at their text', function()
  same(h.texts('numbering-duplicate'), { '二要' })
  same(h.texts('numbering-gap'), { '（三）' })
  assert(vim.list_contains(h.texts('placeholder'), 'XX'))
end)

test('symbols', function()
  local names
  vim.lsp.buf.document_symbol({
    on_list = function(list)
      names = vim.tbl_map(function(item)
        return item.text
      end, list.items)
    end,
  })
  wait('symbols', function()
    return names
  end)
  local all = table.concat(names, '\n')
  for _, name in ipairs({ '一、提高认识，增强责任感', '（三）找准定位', '一是抓开工', '三、加强领导，确保实效' }) do
    assert(all:find(name, 1, true), name .. ' is not in ' .. all)
  end
end)

h.test_since('0.11', 'folding', function()
  vim.wo.foldmethod, vim.wo.foldexpr, vim.wo.foldlevel = 'expr', 'v:lua.vim.lsp.foldexpr()', 99
  local line = h.find('一、提高认识')
  wait('folds', function()
    return vim.fn.foldlevel(line) > 0
  end)
  vim.wo.foldlevel = 0
  same(vim.fn.foldclosed(line), line)
  same(vim.fn.foldclosedend(line) >= h.find('要发挥'), true)
  vim.wo.foldlevel = 99
end)

test('hover', function()
  h.go('XX区')
  local answer = h.request(client, 'textDocument/hover', vim.lsp.util.make_position_params(0, client.offset_encoding))
  assert(vim.inspect(answer):find('占位符', 1, true), vim.inspect(answer))
end)

h.test_since('0.11', 'completion in the popup', function()
  vim.lsp.completion.enable(true, client.id, 0, { autotrigger = false })
  vim.o.completeopt = 'menuone,noselect'
  vim.keymap.set('i', '<F2>', vim.lsp.completion.get, { buffer = 0 })
  local words
  vim.api.nvim_create_autocmd('CompleteChanged', {
    once = true,
    callback = function()
      words = vim.tbl_map(function(item)
        return item.word
      end, vim.fn.complete_info({ 'items' }).items)
    end,
  })
  local line = h.find('一是抓开工')
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  h.typing('<BS>；<F2>', function()
    return vim.fn.pumvisible() == 1
  end, '<C-n><C-y>')
  same(words and words[1], '三是')
  same(vim.api.nvim_get_current_line(), '一是抓开工；二是抓进度；三是')
  vim.cmd.undo()
end)

test('a formulation is completed after words from an input method', function()
  vim.lsp.completion.enable(true, client.id, 0, { autotrigger = false })
  vim.o.completeopt = 'menuone,noinsert'
  vim.keymap.set('i', '<F2>', vim.lsp.completion.get, { buffer = 0 })
  local line = h.find('一是抓开工')
  vim.api.nvim_win_set_cursor(0, { line, 0 })
  local timer = vim.uv.new_timer()
  local since = vim.uv.now()
  timer:start(20, 20, vim.schedule_wrap(function()
    if vim.fn.pumvisible() == 1 or vim.uv.now() - since > 8000 then
      timer:stop()
      vim.api.nvim_input('<C-y><Esc>')
    end
  end))
  -- An input method hands over several characters at once.
  vim.api.nvim_feedkeys(h.keys('A要讲“四个意<F2>'), 'x!', false)
  same(vim.api.nvim_get_current_line(), '一是抓开工；二是抓进度。要讲“四个意识”')
  vim.cmd.undo()
end)

test('a code action is applied', function()
  h.go('二要真抓')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('三要', 1, true) ~= nil
    end,
  })
  local line = h.find('𠮷祥')
  wait('the fix', function()
    return vim.fn.getline(line):find('三要真抓实干', 1, true)
  end)
  wait('no finding', function()
    return #h.texts('numbering-duplicate') == 0
  end)
  vim.cmd.undo()
  wait('the finding', function()
    return #h.texts('numbering-duplicate') == 1
  end)
end)

test('fix all', function()
  local before = vim.api.nvim_buf_get_lines(0, 0, -1, false)
  -- What is certain is a word said twice; the numeral of the last item may be meant otherwise.
  local line = h.find('各部门要密切配合')
  vim.fn.setline(line, '各部门要密切的的配合，由XXX同志牵头，每周调度一次。')
  vim.lsp.buf.code_action({ apply = true, context = { only = { 'source.fixAll.jianggao' }, diagnostics = {} } })
  wait('the fixes', function()
    return vim.fn.getline(line):find('密切的配合', 1, true)
  end)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, before)
  wait('the findings', function()
    return #h.texts('numbering-duplicate') == 1
  end)
end)

test('a placeholder is renamed everywhere', function()
  h.go('XX区')
  vim.lsp.buf.rename('临江区')
  wait('the name', function()
    return not pcall(h.find, 'XX区')
  end)
  h.find('临江区是全市')
  h.find('发挥临江区的优势')
  local function open(count)
    return function()
      return #h.texts('placeholder') == count
    end
  end
  wait('fewer placeholders', open(2))
  vim.cmd.undo()
  -- The two places of the district are one entry.
  wait('the placeholders again', open(3))
end)

h.test_since('0.11', 'findings stand below the line of the cursor, what is open after what is wrong', function()
  local config = vim.diagnostic.config(nil, vim.diagnostic.get(0)[1].namespace) or {}
  same({ config.virtual_text, config.virtual_lines.current_line }, { false, true })
  -- The name of the rule comes before its code.
  local found = vim.diagnostic.get(0, { severity = vim.diagnostic.severity.WARN })[1]
  assert(config.virtual_lines.format(found):find('^编号.*（numbering%-%a+）$'), config.virtual_lines.format(found))
  vim.cmd.LspJianggaoProblems()
  local kinds = vim.tbl_map(function(item)
    assert((item.text:match('^待填') == nil) == (item.text:match('占位符') == nil), item.text)
    return item.text:match('^[^　]+')
  end, vim.fn.getqflist())
  vim.cmd.cclose()
  same({ kinds[1], kinds[#kinds] }, { '警告', '待填' })
  local open = false
  for _, kind in ipairs(kinds) do
    open = open or kind == '待填'
    assert(kind == '待填' or not open, table.concat(kinds, ' '))
  end
end)

test('a placeholder is picked, and the status line counts them', function()
  local asked
  local before = vim.ui.select
  vim.ui.select = function(items, options, chosen)
    asked = vim.tbl_map(options.format_item, items)
    chosen(items[#items])
  end
  vim.cmd.LspJianggaoPick()
  wait('the question', function()
    return asked
  end)
  vim.ui.select = before
  same(#asked, 4)
  wait('the status', function()
    return require('jianggao').status():find('字', 1, true)
  end)
  assert(require('jianggao').status():find('待填 4', 1, true), require('jianggao').status())
  local length = require('jianggao').status()
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { '各乡镇要负起责任，把各项工作抓紧抓实抓好。' })
  vim.api.nvim_exec_autocmds('TextChanged', { buffer = 0 })
  wait('another length', function()
    return require('jianggao').status() ~= length
  end)
  vim.cmd.undo()
end)

test('at a placeholder it is filled in first of all', function()
  h.go('XX区是全市')
  local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
  params.context = { diagnostics = {}, only = { 'quickfix' } }
  local first = h.request(client, 'textDocument/codeAction', params).result[1] or {}
  same(first.title, '填写“XX区”（全文 2 处）…')
  local asked
  local before = vim.lsp.buf.rename
  vim.lsp.buf.rename = function()
    asked = vim.api.nvim_win_get_cursor(0)
  end
  vim.lsp.commands[first.command.command](first.command, { client_id = client.id })
  vim.lsp.buf.rename = before
  same(asked[1], h.find('XX区是全市'))
end)

-- Everything else that docs/lsp.md has a line for: what is asked, and what the answer must hold.
local at = function()
  return vim.lsp.util.make_position_params(0, client.offset_encoding)
end
local about = function()
  return { textDocument = vim.lsp.util.make_text_document_params() }
end
local with = function(more)
  return vim.tbl_extend('force', about(), more)
end
local whole = { start = { line = 0, character = 0 }, ['end'] = { line = 99, character = 0 } }
local options = { tabSize = 4, insertSpaces = true }
for method, asked in pairs({
  ['textDocument/definition'] = { at, '"line":8' },
  ['textDocument/references'] = { function()
    return vim.tbl_extend('force', at(), { context = { includeDeclaration = false } })
  end, '"line":12' },
  ['textDocument/documentHighlight'] = { at, '"line":12' },
  ['textDocument/prepareRename'] = { at, 'XX区' },
  ['textDocument/linkedEditingRange'] = { at, '"line":12' },
  ['textDocument/selectionRange'] = { function()
    return with({ positions = { at().position } })
  end, 'parent' },
  ['textDocument/semanticTokens/full'] = { about, 'resultId' },
  ['textDocument/semanticTokens/range'] = { function()
    return with({ range = whole })
  end, 'data' },
  ['textDocument/inlayHint'] = { function()
    return with({ range = whole })
  end, '全文 ' },
  ['textDocument/codeLens'] = { about, '[]' },
  ['textDocument/formatting'] = { function()
    return with({ options = options })
  end, '[]' },
  ['textDocument/rangeFormatting'] = { function()
    return with({ options = options, range = whole })
  end, '[]' },
  ['textDocument/diagnostic'] = { about, '"kind":"full"' },
  ['workspace/symbol'] = { function()
    return { query = '抓好落实' }
  end, '二、突出重点' },
}) do
  test(method, function()
    h.go('XX区')
    local answer = h.request(client, method, asked[1]())
    assert(not answer.err, vim.inspect(answer.err))
    local text = vim.json.encode(answer.result)
    assert(text:find(asked[2], 1, true), text)
  end)
end

test('the commands of a draft', function()
  vim.api.nvim_win_set_cursor(0, { 3, 0 })
  vim.cmd.LspJianggaoNextPlaceholder()
  wait('the place', function()
    return vim.fn.getline('.'):sub(vim.fn.col('.'), vim.fn.col('.') + 4) == 'XX区'
  end)
  vim.cmd.LspJianggaoPlaceholders()
  wait('the list', function()
    return vim.bo.buftype == 'quickfix'
  end)
  same(vim.fn.line('$'), 4)
  local last = vim.fn.getloclist(0)[3]
  assert(last.text:find('^地名 XX区：'), last.text)
  vim.cmd.lclose()
  same(vim.fn.getline(last.lnum):sub(last.col, last.col + 4), 'XX区')
end)

test('a command of the server shows its report', function()
  local draft = vim.api.nvim_get_current_buf()
  vim.cmd.LspJianggaoCommand('jianggao.placeholders')
  wait('the report', function()
    return vim.bo.filetype == 'markdown'
  end)
  assert(table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'):find('XX区', 1, true))
  vim.cmd.bwipeout()
  same(vim.api.nvim_get_current_buf(), draft)
end)

test('settings arrive when the settings file is saved', function()
  local draft = vim.api.nvim_get_current_buf()
  vim.cmd.split(vim.fn.fnameescape(vim.fs.joinpath(h.folder, 'jianggao.toml')))
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[rules]', 'numbering-duplicate = "off"' })
  vim.cmd.write({ bang = true })
  vim.cmd.close()
  same(vim.api.nvim_get_current_buf(), draft)
  wait('fewer findings', function()
    return #h.texts('numbering-duplicate') == 0
  end)
end)

test('settings that another program has written arrive when the writer comes back', function()
  vim.fn.writefile({}, vim.fs.joinpath(h.folder, 'jianggao.toml'))
  vim.api.nvim_exec_autocmds('FocusGained', {})
  wait('the finding', function()
    return #h.texts('numbering-duplicate') == 1
  end)
end)

test('a settings file is read while it is written', function()
  vim.cmd.split(vim.fn.fnameescape(vim.fs.joinpath(h.folder, 'jianggao.toml')))
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[rules]', 'placeholder = "of"' })
  wait('the finding', function()
    local found = vim.tbl_filter(function(d)
      return d.source == 'jianggao'
    end, vim.diagnostic.get(0))
    return found[1] and h.text_of(found[1]):find('of', 1, true)
  end)
  same(vim.fn.exists(':LspJianggaoPlaceholders'), 0)
  vim.cmd.bwipeout({ bang = true })
end)

test(':checkhealth', function()
  vim.cmd.checkhealth('jianggao')
  local report = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
  assert(report:find('jianggao 0', 1, true) or report:find('jianggao %d'), report)
  assert(report:find('会话', 1, true), report)
  assert(not report:find('ERROR', 1, true) and not report:find('WARNING', 1, true), report)
  vim.cmd.bwipeout()
end)

test('the help', function()
  vim.cmd.help('jianggao')
  assert(vim.api.nvim_buf_get_name(0):find('jianggao.txt', 1, true))
end)

h.test_since('0.12', 'Enter goes on with the numbering', function()
  vim.lsp.on_type_formatting.enable(true, { client_id = client.id })
  vim.cmd.edit(vim.fn.fnameescape(vim.fs.joinpath(h.folder, '列表讲话.txt')))
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '同志们：', '我讲三点意见。', '一是抓开工。', '二是抓进度。' })
  wait('the server to attach', function()
    return vim.lsp.get_clients({ bufnr = 0, name = 'jianggao' })[1]
  end)
  h.go('二是抓进度')
  h.typing('<CR>', function()
    -- The next word is typed behind it.
    return vim.fn.line('$') == 5 and vim.fn.getline(5) ~= '' and vim.fn.col('.') == #'三是' + 1
  end)
  same(vim.fn.getline(5), '三是')
end)

test('the server ends', function()
  h.call(client, 'stop')
  wait('the end', function()
    return h.call(client, 'is_stopped')
  end)
end)

h.finish()
