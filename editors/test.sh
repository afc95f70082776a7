#!/bin/bash
# Sets up real editors and tests the integrations in them, without a screen.
#
#   editors/test.sh [vscode] [nvim] [helix] [emacs] [vim] [configs]
#
# Wants root, Rust, Node 20, Python 3.11 and Debian's package tools; the rest comes through apt and npm. Whoever
# else is installing something meanwhile, or setting up these editors, is waited for.
# The editors are kept in $JIANGGAO_EDITORS (by default ~/.cache/jianggao-editors) for the next time.
# Pictures of a failed workbench go to $JIANGGAO_PICTURES. The last line counts the checks.
set -u
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit
root=$PWD
. editors/test/setup.sh
suites=("$@")
((${#suites[@]})) || suites=(nvim helix emacs vim vscode configs)
target=$(scripts/target.sh)
export JIANGGAO_PICTURES=${JIANGGAO_PICTURES:-$target/editor-pictures}
mkdir -p "$JIANGGAO_EDITORS"
results=$(mktemp)
trap 'rm -f "$results"' EXIT

# check NAME COMMAND...: one check of our own.
check() {
  local name=$1
  shift
  if "$@"; then echo "ok - $name"; else echo "not ok - $name"; fi
}

# timed NAME COMMAND...: runs the command and says how long it took.
timed() {
  local name=$1 began=$EPOCHREALTIME status
  shift
  "$@"
  status=$?
  awk -v name="$name" -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "# %s: %.1f s\n", name, to - from }'
  return $status
}

# run_suite NAME COMMAND...: a suite that fails without a word about it has failed all the same.
run_suite() {
  local name=$1 output status
  shift
  output=$(mktemp)
  timed "$name" "$@" 2>&1 | tee "$output"
  status=${PIPESTATUS[0]}
  if ((status != 0)) && ! grep -q '^not ok ' "$output"; then
    echo "not ok - $name: ended with $status"
  fi
  rm -f "$output"
}

wants() { [[ " ${suites[*]} " == *" $1 "* ]]; }

build_server() {
  cargo build --quiet --release --locked || return
  JIANGGAO_SERVER=$target/release/jianggao
  export JIANGGAO_SERVER
  "$JIANGGAO_SERVER" --version
}

# What npm has put there is up to date when its own list is newer than ours.
setup_extension() {
  cd "$root/editors/vscode" || return
  if ! [[ node_modules/.package-lock.json -nt package-lock.json ]]; then
    npm ci --ignore-scripts --no-audit --no-fund --silent || { cd "$root" && return 1; }
    touch node_modules/.package-lock.json
  fi
  cd "$root" || return
}

test_nvim() {
  local one status=0
  for one in run terminal; do
    NVIM=$JIANGGAO_EDITORS/bin/nvim "editors/nvim/test/$one.sh" || status=1
  done
  return $status
}

test_helix() { HX=$JIANGGAO_EDITORS/bin/hx editors/helix/test.sh; }

test_emacs() { EMACS=$JIANGGAO_EDITORS/bin/emacs editors/emacs/test.sh; }

test_vscode() {
  local vsix
  export VSCODE_ROOT=$JIANGGAO_EDITORS/vscode-$JIANGGAO_CODE_SERVER
  (
    cd editors/vscode || exit
    check 'vscode: types' npx --no-install tsc --noEmit
    npm run --silent build -- --log-level=warning && npm run --silent build-tests -- --log-level=warning
  ) || return
  run_suite 'VS Code, in the extension host' node editors/vscode/test/host.mjs
  vsix=$(scripts/package.sh --no-build --out "$target/editor-package" vsix) || { echo 'not ok - vscode: packed' && return 1; }
  echo "ok - vscode: packed ($(du -k "$vsix" | cut -f 1) KB)"
  run_suite 'VS Code, in the workbench' node editors/vscode/test/workbench.mjs "$vsix"
}

test_vim() {
  vim --version | head -n 1
  editors/vim/test.sh
}

test_configs() { python3 editors/test/configs.py; }

# part NAME COMMAND...: sets something up; a failure counts, and the rest goes on. One at a time on this machine.
part() {
  local name=$1 status
  shift
  exec 9> "$JIANGGAO_EDITORS/lock"
  flock 9
  timed "$name" "$@" 9>&-
  status=$?
  exec 9>&-
  ((status == 0)) || { echo "not ok - $name"; return 1; }
}

run_all() {
  part 'the server' build_server || return
  part 'packages of this Debian' setup_system || return
  if wants nvim || wants helix || wants emacs; then
    if part 'Neovim, Helix, Emacs set up' setup_terminal_editors; then
      "$JIANGGAO_EDITORS/bin/nvim" --version | head -n 1
      "$JIANGGAO_EDITORS/bin/hx" --version
      "$JIANGGAO_EDITORS/bin/emacs" --version | head -n 1
      for suite in nvim helix emacs; do
        wants "$suite" && run_suite "tests in $suite" "test_$suite"
      done
    fi
  fi
  wants vim && run_suite 'tests in Vim' test_vim
  if wants vscode; then
    if part 'VS Code set up' setup_vscode && part 'npm packages of the extension' setup_extension; then
      echo "VS Code $(vscode_version), Node $(node --version), $(chromium --version 2> /dev/null)"
      run_suite 'tests in VS Code' test_vscode
    fi
  fi
  wants configs && run_suite 'configurations' test_configs
}

timed 'editors in all' run_all 2>&1 | tee "$results"
passed=$(grep -c '^ok ' "$results")
failed=$(grep -c '^not ok ' "$results")
# Every suite that was wanted must have said something.
for suite in "${suites[@]}"; do
  grep -q "^\(not \)\?ok - ${suite}" "$results" || { echo "not ok - $suite: nothing was tested"; failed=$((failed + 1)); }
done
echo "$passed passed, $failed failed"
((failed == 0 && passed > 0))
