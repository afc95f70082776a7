" 讲稿：把语言服务器接到 Vim 的 vim-lsp。用 ALE 的，见 ale_linters/。
if exists('g:loaded_jianggao')
  finish
endif
let g:loaded_jianggao = 1

let g:jianggao_server = get(g:, 'jianggao_server', empty($JIANGGAO_SERVER) ? 'jianggao' : $JIANGGAO_SERVER)

augroup jianggao
  autocmd!
  autocmd User lsp_setup call lsp#register_server({
        \ 'name': 'jianggao',
        \ 'cmd': {info -> [g:jianggao_server, 'lsp']},
        \ 'allowlist': ['jianggao', 'text', 'markdown'],
        \ 'languageId': {info -> &filetype ==# 'text' ? 'plaintext' : &filetype},
        \ 'root_uri': {info -> lsp#utils#path_to_uri(lsp#utils#find_nearest_parent_file_directory(
        \     lsp#utils#get_buffer_path(), ['jianggao.toml', '.git/']))},
        \ })
augroup END
