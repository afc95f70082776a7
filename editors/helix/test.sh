#!/bin/bash
# Runs the checked-in configuration in the real Helix. Wants JIANGGAO_SERVER, and HX if `hx` is not on the PATH.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hx=${HX:-hx}
home=$(mktemp -d)
screen=(tmux -L "jianggao-$$" -f /dev/null)
trap '"${screen[@]}" kill-server 2> /dev/null; rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache LC_ALL=C.UTF-8
mkdir -p "$XDG_CONFIG_HOME/helix" "$home/drafts" "$home/bin"
ln -s "$JIANGGAO_SERVER" "$home/bin/jianggao"
export PATH=$home/bin:$PATH
cp "$here/languages.toml" "$XDG_CONFIG_HOME/helix/"
cp "$here"/../test/*.txt "$home/drafts/"
draft=$home/drafts/工作推进会讲话.txt
touch "$home/drafts/jianggao.toml"
status=0

# wait_for PATTERN: waits until the screen shows it.
wait_for() {
  for _ in $(seq 100); do
    "${screen[@]}" capture-pane -p | grep -q -- "$1" && return
    sleep 0.1
  done
  echo "# waited in vain for: $1"
  "${screen[@]}" capture-pane -p | sed 's/^/# /'
  return 1
}

keys() { "${screen[@]}" send-keys "$@"; }

# back: leaves a picker or insert mode. A key sent right behind Escape would count as Alt with it.
back() {
  keys Escape
  for _ in $(seq 100); do
    "${screen[@]}" capture-pane -p > "$home/screen"
    grep -q '┌──' "$home/screen" || ! grep -q ' NOR ' "$home/screen" || return 0
    sleep 0.05
  done
  return 1
}

# check NAME COMMAND...: one step. The steps build on each other.
check() {
  local name=$1
  shift
  ((status == 0)) || return
  if "$@"; then
    echo "ok - helix: $name"
  else
    echo "not ok - helix: $name"
    status=1
  fi
}

health() { "$hx" --health jianggao | grep -q '✓.*jianggao: '; }

diagnostics() {
  "${screen[@]}" -u new-session -d -x 110 -y 30 "$hx" "$draft"
  wait_for '同志们' && keys Space d && wait_for '编号重复' && back
}

symbols() { keys Space s && wait_for '提高认识' && wait_for '抓好落实' && back; }

# The selection is the text that was searched for.
action() {
  keys -l '/二要真抓' && keys Enter && sleep 0.2 && keys Space a && wait_for '改为“三要”' && keys Enter &&
    wait_for '三要真抓实干'
}

completion() {
  keys -l '/抓进度。' && keys Enter && sleep 0.2 && keys g l a BSpace && sleep 0.2 && keys -l '；' && wait_for '三是' &&
    keys Tab Enter && wait_for '；三是' && back
}

saved() {
  keys -l ':wq' && keys Enter
  for _ in $(seq 50); do
    "${screen[@]}" has-session 2> /dev/null || break
    sleep 0.1
  done
  diff <(sed 's/二要真抓/三要真抓/; s/抓进度。/抓进度；三是/' "$here"/../test/工作推进会讲话.txt) "$draft" | sed 's/^/# /'
  return "${PIPESTATUS[0]}"
}

check 'the server is found' health
check 'findings' diagnostics
check 'symbols' symbols
check 'a code action behind 𠮷 and emoji' action
check 'completion' completion
check 'the saved draft' saved
exit $status
