#!/bin/bash
# What a writer does in Neovim, in a terminal. Wants JIANGGAO_SERVER, tmux, and NVIM if it is not on the PATH.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
home=$(mktemp -d)
name='nvim in a terminal' status=0
. "$here/../../test/screen.sh"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state XDG_CACHE_HOME=$home/cache
site=$XDG_DATA_HOME/nvim/site/pack/jianggao/start
mkdir -p "$site" "$XDG_CONFIG_HOME/nvim" "$home/drafts"
cp -r "$here/.." "$site/jianggao"
echo 'vim.diagnostic.config({ virtual_text = true })' > "$XDG_CONFIG_HOME/nvim/init.lua"
cp "$here"/../../test/*.txt "$home/drafts/"
draft=$home/drafts/工作推进会讲话.txt
touch "$home/drafts/jianggao.toml"

# Signs beside the lines, and what is found below the line of the cursor.
diagnostics() {
  open "$nvim" -n "$draft" && wait_for '同志们' && wait_for '待（XX年X月X日）' && wait_for '疑XX区是' || return
  keys -l 2G && wait_for '占位符.*未填写' && keys -l gg
}

# `grn` is what Neovim has for it, with the old name as the proposal.
renaming() {
  local key='grn'
  "$nvim" --headless --clean -c 'if !has("nvim-0.11") | cquit | endif' -c q 2> /dev/null || key=':lua vim.lsp.buf.rename()'
  keys -l '/XX区是' && keys Enter && keys -l "$key"
  [[ $key == :* ]] && keys Enter
  wait_for 'New Name: XX区' && keys C-u && keys -l 临江区 && keys Enter && wait_for '临江区是全市' && wait_for '要发挥临江区'
}

saved() {
  keys -l ':wq' && keys Enter && ended || return
  diff <(sed 's/XX区/临江区/' "$here"/../../test/工作推进会讲话.txt) "$draft" | sed 's/^/# /'
  return "${PIPESTATUS[0]}"
}

check 'findings beside and below the lines' diagnostics
check 'a placeholder is renamed' renaming
check 'the saved draft' saved
exit $status
