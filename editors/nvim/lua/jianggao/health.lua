--- `:checkhealth jianggao`
local M = {}

local health = vim.health

local function check_server()
  health.start('讲稿：服务器')
  local wanted = vim.env.JIANGGAO_SERVER
  local name = wanted and wanted ~= '' and wanted or 'jianggao'
  local path = vim.fn.exepath(name)
  if path == '' then
    health.error('找不到 ' .. name, {
      '安装：在源码的文件夹里 cargo install --locked --path .，并把 ~/.cargo/bin 放进 PATH',
      '或者让环境变量 JIANGGAO_SERVER 指向它',
    })
    return
  end
  local run = vim.system({ path, '--version' }, { text = true }):wait(5000)
  if run.code == 0 then
    health.ok(vim.trim(run.stdout) .. '（' .. path .. '）')
  else
    health.error(path .. ' 不能运行：' .. vim.trim(run.stderr or ''))
  end
end

local function check_editor()
  health.start('讲稿：Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()) .. '，用 vim.lsp.enable')
    local enabled = vim.lsp.is_enabled == nil or vim.lsp.is_enabled('jianggao')
    if enabled then
      health.ok("vim.lsp.enable('jianggao') 已启用")
    else
      health.warn('没有启用', { "在 init.lua 里写 vim.lsp.enable('jianggao')" })
    end
  elseif vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. tostring(vim.version()) .. '，用 FileType 自动命令')
  else
    health.error('要 Neovim 0.10 以上')
  end
  if vim.filetype.match({ filename = '讲话.txt', contents = { '' } }) == 'jianggao' then
    health.ok('认得讲话稿的文件名')
  else
    health.warn('不认得讲话稿的文件名', { '把 editors/nvim 放进 runtimepath，或者调用 require("jianggao").setup()' })
  end
end

local function check_sessions()
  health.start('讲稿：会话')
  local clients = vim.lsp.get_clients({ name = 'jianggao' })
  if #clients == 0 then
    health.info('没有打开的稿件')
  end
  for _, client in ipairs(clients) do
    local root = client.root_dir or client.config.root_dir
    health.ok(('第 %d 个：文件夹 %s，位置按 %s'):format(client.id, root or '（无）', client.offset_encoding))
    local settings = root and vim.fs.joinpath(root, 'jianggao.toml')
    if settings and vim.uv.fs_stat(settings) then
      health.info('设置：' .. settings .. '（保存或打开稿件时重新读）')
    end
  end
end

function M.check()
  check_editor()
  check_server()
  check_sessions()
end

return M
