if vim.g.loaded_jianggao == nil then
  vim.g.loaded_jianggao = true
  if vim.g.jianggao_auto ~= false then
    require('jianggao').enable()
  end
end
