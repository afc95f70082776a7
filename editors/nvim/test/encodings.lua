-- The same edits around 𠮷 and emoji, with columns counted as JIANGGAO_TEST_ENCODING says.
local h = dofile(vim.fs.joinpath(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)), 'helper.lua'))

local encoding = vim.env.JIANGGAO_TEST_ENCODING
vim.lsp.config('jianggao', { capabilities = { general = { positionEncodings = { encoding } } } })

h.test('edits by ' .. encoding, function()
  local client = h.open(h.draft)
  h.same(client.offset_encoding, encoding)
  local function settled(what)
    h.wait(what, function()
      return vim.deep_equal(h.texts('numbering-duplicate'), { '二要' })
    end)
  end
  settled('the findings')
  local function put(before, text)
    local number, column = h.find(before)
    vim.api.nvim_buf_set_text(0, number - 1, column, number - 1, column, { text })
  end
  local function cut(text)
    local number, column = h.find(text)
    vim.api.nvim_buf_set_text(0, number - 1, column, number - 1, column + #text, { '' })
  end
  -- Text of all widths before, inside and behind what is reported in the same line.
  put('祥社区', '𠮷👨‍👩‍👧')
  put('。一要', '😀é𠮷')
  cut('的群众')
  put('学深悟透', '𠀀')
  cut('𠮷👨')
  put('XX区是全市', '👍🏽')
  put('今天我们', '𠮷')
  settled('the findings after the edits')
  h.go('二要真抓')
  vim.lsp.buf.code_action({
    apply = true,
    filter = function(action)
      return action.title:find('三要', 1, true) ~= nil
    end,
  })
  h.wait('the fix', function()
    return pcall(h.find, '三要真抓实干')
  end)
  local line = vim.fn.getline((h.find('三要真抓实干')))
  local expected = '👍🏽XX区是全市发展的重要一极，𠮷‍👩‍👧祥社区盼着早日通车😀😀é𠮷。'
    .. '一要𠀀学深悟透，二要对标对表，三要真抓实干。'
  h.same(line, expected)
end)

h.finish()
