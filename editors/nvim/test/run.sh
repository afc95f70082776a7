#!/bin/bash
# Runs the tests of the Neovim plugin. Wants JIANGGAO_SERVER, and NVIM if it is not on the PATH.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
nvim=${NVIM:-nvim}
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
status=0

# A fresh home with nothing in it but the plugin.
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_DATA_HOME=$home/data XDG_STATE_HOME=$home/state XDG_CACHE_HOME=$home/cache
site=$XDG_DATA_HOME/nvim/site/pack/jianggao/start
mkdir -p "$site" "$XDG_CONFIG_HOME/nvim"
cp -r "$here/.." "$site/jianggao"

run() {
  export JIANGGAO_TEST_FOLDER=$home/drafts
  rm -rf "$JIANGGAO_TEST_FOLDER"
  mkdir -p "$JIANGGAO_TEST_FOLDER"
  touch "$JIANGGAO_TEST_FOLDER/jianggao.toml"
  cp "$here"/../../test/*.txt "$JIANGGAO_TEST_FOLDER"
  timeout 60 "$nvim" --headless -n "$@" < /dev/null 2> "$home/stderr" || {
    local code=$?
    status=1
    sed 's/^/# /' "$home/stderr"
    ((code == 1)) || echo "not ok - nvim: $* ended with $code"
  }
}

run -c 'helptags ALL' -c "luafile $here/features.lua"
# has VERSION: this Neovim is that or newer.
has() { "$nvim" --headless --clean -c "if !has('nvim-$1') | cquit | endif" -c q 2> /dev/null; }

if has 0.11; then
  for encoding in utf-8 utf-16 utf-32; do
    JIANGGAO_TEST_ENCODING=$encoding run -c "luafile $here/encodings.lua"
  done
fi

# The documented way in with the plugin manager that Neovim has built in.
if command -v git > /dev/null && has 0.12; then
  rm -rf "$site"
  mkdir -p "$home/repository/editors"
  cp -r "$here/.." "$home/repository/editors/nvim"
  git -C "$home/repository" init -q -b main
  git -C "$home/repository" add .
  git -C "$home/repository" -c user.name=t -c user.email=t@localhost commit -q -m Plugin
  # The snippet of the README, with another source.
  sed -n '/^vim.pack.add/,/^})/p' "$here/../README.md" |
    sed "s#src = '[^']*'#src = 'file://$home/repository'#; s#load = #confirm = false, load = #" > "$XDG_CONFIG_HOME/nvim/init.lua"
  run -c "luafile $here/install.lua"
fi
exit $status
