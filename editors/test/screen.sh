# Functions to look at an editor in a terminal, for the tests. Sourced by bash scripts that have set
# $name, $home and $status; what was started ends with the script.

screen=(tmux -L "jianggao-$$" -f /dev/null)
trap '"${screen[@]}" kill-server 2> /dev/null; rm -rf "$home"' EXIT

# open COMMAND...: runs it in a terminal of 110 columns.
open() { "${screen[@]}" -u new-session -d -x 110 -y 30 "$@"; }

shown() { "${screen[@]}" capture-pane -p; }

# wait_for PATTERN: waits until the screen shows it.
wait_for() {
  for _ in $(seq 100); do
    shown | grep -q -- "$1" && return
    sleep 0.1
  done
  echo "# waited in vain for: $1"
  shown | sed 's/^/# /'
  return 1
}

keys() { "${screen[@]}" send-keys "$@"; }

# ended: waits until the program has ended.
ended() {
  for _ in $(seq 50); do
    "${screen[@]}" has-session 2> /dev/null || return 0
    sleep 0.1
  done
  return 1
}

# check NAME COMMAND...: one step. The steps build on each other.
check() {
  local step=$1
  shift
  ((status == 0)) || return
  if "$@"; then
    echo "ok - $name: $step"
  else
    echo "not ok - $name: $step"
    status=1
  fi
}
