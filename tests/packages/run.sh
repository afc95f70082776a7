#!/usr/bin/env bash
# Builds each package, installs it as its users do, and runs what was installed.
#
#   tests/packages/run.sh [crate] [npm] [deb] [windows] [musl]
#
# Wants root, Rust, Node and Debian's package tools; what else it needs it installs. The targets for Windows and musl come
# from rustup; where they cannot be had, it says so and goes on. The last line is a table: bytes, and how long a start takes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$(scripts/target.sh)
out=$target/packages
what=("$@")
((${#what[@]})) || what=(crate npm deb windows musl)
rm -rf "$out"
mkdir -p "$out"
table=()

need() { command -v "$1" > /dev/null || { apt-get -qq update && apt-get -qq -y install --no-install-recommends "$2" > /dev/null; }; }

# runs NAME PROGRAM...: it says its version, finds what is in the example, and refuses what is not there.
runs() {
  local name=$1 status=0
  shift
  "$@" --version
  "$@" check --quiet examples/开工动员讲话.txt > /dev/null || status=$?
  ((status == 1)) || { echo "$name: exit 1 expected, got $status" >&2; exit 1; }
  status=0
  "$@" check 没有这个文件.txt > /dev/null 2>&1 || status=$?
  ((status == 2)) || { echo "$name: exit 2 expected, got $status" >&2; exit 1; }
}

# measured NAME FILE PROGRAM...
measured() { table+=("$(python3 tests/packages/start.py "$@")"); }

# target_of TRIPLE: whether programs for it can be built.
target_of() {
  [[ -d $(rustc --print sysroot)/lib/rustlib/$1/lib ]] || timeout 120 rustup --quiet target add "$1" \
    || { echo "$1: its standard library cannot be had here; not built"; return 1; }
}

test_crate() {
  # What others get is what the build needs and the texts about it.
  cargo publish --locked --allow-dirty --dry-run --registry crates-io 2>&1 | grep -v '^warning: ignoring' | tail -n 6
  cargo package --locked --allow-dirty --no-verify --list | grep -vE '^(src/|build\.rs$|Cargo\.|\.cargo_vcs_info|LICENSE-|README|CHANGELOG)' \
    && { echo 'crate: more than what users need' >&2; exit 1; }
  return 0
}

test_npm() {
  local home
  scripts/package.sh --no-build --out "$out" npm
  home=$(mktemp -d)
  (cd "$home" && npm init -y > /dev/null && npm install --silent --no-audit --no-fund --offline --omit=optional "$out"/jianggao-[0-9]*.tgz)
  # Without the package of the platform it says what is wrong.
  local status=0
  "$home/node_modules/.bin/jianggao" --version 2> /dev/null || status=$?
  ((status == 2)) || { echo "npm: exit 2 expected, got $status" >&2; exit 1; }
  (cd "$home" && npm install --silent --no-audit --no-fund --offline --omit=optional "$out"/jianggao-cli-*.tgz)
  runs npm "$home/node_modules/.bin/jianggao"
  measured npm "$(ls "$out"/jianggao-cli-*.tgz)" "$home/node_modules/.bin/jianggao"
  rm -rf "$home"
}

test_deb() {
  local made
  command -v cargo-deb > /dev/null || cargo install --locked --quiet cargo-deb
  scripts/package.sh --no-build --out "$out" deb
  made=$(ls "$out"/*.deb)
  dpkg -i "$made" > /dev/null
  runs deb /usr/bin/jianggao
  [[ -f /usr/share/bash-completion/completions/jianggao && -f /usr/share/doc/jianggao/rules/placeholder.md ]]
  zcat -f /usr/share/man/man1/jianggao.1* | grep -q jianggao
  measured deb "$made" /usr/bin/jianggao
  dpkg -r jianggao > /dev/null
  [[ ! -e /usr/bin/jianggao ]]
}

test_windows() {
  target_of x86_64-pc-windows-gnu || return 0
  need x86_64-w64-mingw32-gcc gcc-mingw-w64-x86-64
  [[ -x /usr/lib/wine/wine64 ]] || need wine64 wine64
  locale -a | grep -qi '^zh_CN.gbk$' || { need locale-gen locales && localedef -i zh_CN -f GBK zh_CN.GBK && localedef -i zh_CN -f UTF-8 zh_CN.UTF-8; }
  cargo build --release --locked --target x86_64-pc-windows-gnu
  python3 tests/packages/wine.py "$target/x86_64-pc-windows-gnu/release/jianggao.exe" "$target/release/jianggao"
  table+=("windows $(stat -c %s "$target/x86_64-pc-windows-gnu/release/jianggao.exe") bytes")
}

test_musl() {
  target_of x86_64-unknown-linux-musl || return 0
  # Not left there: with musl installed, Spark takes the machine for one of musl, and reads no Parquet.
  command -v x86_64-linux-musl-gcc > /dev/null || trap 'apt-get -qq -y remove musl > /dev/null' EXIT
  need x86_64-linux-musl-gcc musl-tools
  cargo build --release --locked --target x86_64-unknown-linux-musl
  local built=$target/x86_64-unknown-linux-musl/release/jianggao
  ! ldd "$built" 2> /dev/null | grep -q '=>'
  runs musl "$built"
  measured musl "$built" "$built"
}

cargo build --release --locked
measured gnu "$target/release/jianggao" "$target/release/jianggao"
for one in "${what[@]}"; do
  printf '\n== %s\n' "$one"
  "test_$one"
done
printf '\n'
printf '%s\n' "${table[@]}"
