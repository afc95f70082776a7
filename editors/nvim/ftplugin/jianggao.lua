-- A paragraph is one long line.
vim.opt_local.wrap = true
vim.opt_local.breakindent = true
-- Chinese breaks anywhere, and joins without a blank.
vim.opt_local.formatoptions:append('mM')
vim.opt_local.matchpairs:append('（:）,《:》,〈:〉,【:】,「:」,『:』,〔:〕,“:”,‘:’')
vim.b.undo_ftplugin = 'setlocal wrap< breakindent< formatoptions< matchpairs<'
