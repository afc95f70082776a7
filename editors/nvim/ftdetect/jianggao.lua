require('jianggao').filetypes()
