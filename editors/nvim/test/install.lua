-- What remains to be seen after an installation.
local h = dofile(vim.fs.joinpath(vim.fs.dirname(debug.getinfo(1, 'S').source:sub(2)), 'helper.lua'))

h.test('installed by vim.pack', function()
  h.open(h.draft)
  h.same(vim.bo.filetype, 'jianggao')
  h.same(h.texts('numbering-duplicate'), { '二要' })
end)

h.finish()
