#!/bin/bash
# Runs the plugin in the real Vim with the real ALE. Wants JIANGGAO_SERVER, and the folder of ALE in
# ALE if it is not where Debian has it.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home LC_ALL=C.UTF-8
cp "$here"/../test/*.txt "$home/"
cat > "$home/test.vim" <<VIM
set nocompatible encoding=utf-8 runtimepath^=$here,${ALE:-/usr/share/vim-ale}
filetype plugin on
runtime plugin/ale.vim
runtime plugin/jianggao.vim
edit $home/工作推进会讲话.txt
let s:out = [(&filetype ==# 'jianggao' ? 'ok' : 'not ok') . ' - vim: a draft is told by its name']
let s:found = []
for s:i in range(300)
  let s:found = filter(copy(ale#engine#GetLoclist(bufnr(''))), 'v:val.linter_name ==# "jianggao"')
  if !empty(s:found) | break | endif
  sleep 20m
endfor
let s:seen = filter(copy(s:found), 'v:val.lnum == 9 && v:val.text =~# "三要"')
call add(s:out, (empty(s:seen) ? 'not ok' : 'ok') . ' - vim: findings by ALE')
call writefile(s:out, '$home/results')
qall!
VIM
timeout 30 vim -u NONE -i NONE -n -es -S "$home/test.vim" < /dev/null > /dev/null 2> "$home/stderr"
if [[ -s $home/results ]]; then
  cat "$home/results"
else
  echo 'not ok - vim: ran to its end'
  sed 's/^/# /' "$home/stderr"
fi
! grep -q '^not ok' "$home/results"
