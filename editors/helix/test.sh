#!/bin/bash
# Runs the checked-in configuration in the real Helix. Wants JIANGGAO_SERVER, and HX if `hx` is not on the PATH.
set -u
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hx=${HX:-hx}
home=$(mktemp -d)
name=helix status=0
. "$here/../test/screen.sh"
export HOME=$home XDG_CONFIG_HOME=$home/config XDG_CACHE_HOME=$home/cache LC_ALL=C.UTF-8
mkdir -p "$XDG_CONFIG_HOME/helix" "$home/drafts" "$home/bin"
ln -s "$JIANGGAO_SERVER" "$home/bin/jianggao"
export PATH=$home/bin:$PATH
cp "$here/languages.toml" "$XDG_CONFIG_HOME/helix/"
cp "$here"/../test/*.txt "$home/drafts/"
draft=$home/drafts/工作推进会讲话.txt
touch "$home/drafts/jianggao.toml"

# back: leaves a picker or insert mode. A key sent right behind Escape would count as Alt with it.
back() {
  keys Escape
  for _ in $(seq 100); do
    shown > "$home/screen"
    grep -q '┌──' "$home/screen" || ! grep -q ' NOR ' "$home/screen" || return 0
    sleep 0.05
  done
  return 1
}

health() { "$hx" --health jianggao | grep -q '✓.*jianggao: '; }

diagnostics() {
  open "$hx" "$draft"
  # The list holds what is there when it is opened: the status line counts.
  wait_for '● [0-9]' && keys Space d && wait_for '编号重复' && back
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

renaming() {
  keys -l '/XX区是' && keys Enter && sleep 0.2 && keys Space r && wait_for 'rename-to:' && keys C-u && keys -l 临江区 &&
    keys Enter && wait_for '临江区是全市' && wait_for '要发挥临江区'
}

saved() {
  keys -l ':wq' && keys Enter && ended || return
  diff <(sed 's/XX区/临江区/; s/二要真抓/三要真抓/; s/抓进度。/抓进度；三是/' "$here"/../test/工作推进会讲话.txt) "$draft" | sed 's/^/# /'
  return "${PIPESTATUS[0]}"
}

check 'the server is found' health
check 'findings' diagnostics
check 'symbols' symbols
check 'a code action behind 𠮷 and emoji' action
check 'completion' completion
check 'a placeholder is renamed' renaming
check 'the saved draft' saved
exit $status
