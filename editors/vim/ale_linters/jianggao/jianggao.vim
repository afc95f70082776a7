" 讲稿：把语言服务器接到 Vim 的 ALE。
function! s:Server(buffer) abort
  return get(g:, 'jianggao_server', empty($JIANGGAO_SERVER) ? 'jianggao' : $JIANGGAO_SERVER)
endfunction

function! s:Root(buffer) abort
  let l:settings = ale#path#FindNearestFile(a:buffer, 'jianggao.toml')
  return fnamemodify(empty(l:settings) ? bufname(a:buffer) : l:settings, ':p:h')
endfunction

call ale#linter#Define('jianggao', {
\   'name': 'jianggao',
\   'lsp': 'stdio',
\   'language': 'jianggao',
\   'executable': function('s:Server'),
\   'command': '%e lsp',
\   'project_root': function('s:Root'),
\})
