#!/bin/bash
# Packs the program, and the extension of VS Code with it, for one platform.
#
#   scripts/package.sh [--target TRIPLE] [--out FOLDER] [--no-build] [archive] [vsix] [wheel] [npm] [deb]
#
# Without names the first two are made: FOLDER (dist) then holds
#   jianggao-VERSION-TRIPLE.tar.gz (.zip for Windows), with its .sha256
#   jianggao-VERSION-PLATFORM.vsix
# The others are for package managers: a wheel with the program and the Python package (wants maturin), two packages of
# npm (the program of the platform, and the one that runs it), and a .deb (wants cargo-deb).
# TRIPLE is a target of Rust; without one, this machine's. Another one must be installed, with its
# linker (`rustup target add …`). The musl targets give programs that run on every Linux.
# --no-build takes the program that has been built already. Needs Node for the extension, and for the page that the
# program carries (`jianggao web`); what agents ask (`jianggao mcp`) is in it as well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

target='' out=dist build=1 what=()
while (($#)); do
  case $1 in
    --target) target=$2 && shift 2 ;;
    --out) out=$2 && shift 2 ;;
    --no-build) build=0 && shift ;;
    archive | vsix | wheel | npm | deb) what+=("$1") && shift ;;
    *) sed -n '2,14s/^# \{0,1\}//p' "$0" >&2 && exit 2 ;;
  esac
done
((${#what[@]})) || what=(archive vsix)
host=$(rustc -vV | sed -n 's/^host: //p')
version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
release=$(scripts/target.sh)/${target:+$target/}release
target=${target:-$host}
program=jianggao
[[ $target == *windows* ]] && program=jianggao.exe
mkdir -p "$out"
out=$(cd "$out" && pwd)

if ((build)); then
  rustup target add wasm32-unknown-unknown
  rustup component add rust-src
  (cd web && npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build)
  arguments=(build --release --locked --features web,mcp)
  [[ $release == */"$target"/release ]] && arguments+=(--target "$target")
  cargo "${arguments[@]}"
fi
[[ -f $release/$program ]] || { echo "error: no $release/$program" >&2; exit 1; }

# What belongs to the program beside it.
companions() {
  local file
  for file in README.md README.zh-CN.md LICENSE-MIT LICENSE-APACHE; do
    [[ -f $file ]] && cp "$file" "$1/"
  done
  return 0
}

make_archive() {
  local name=jianggao-$version-$target stage kept
  stage=$(mktemp -d)
  mkdir "$stage/$name"
  cp "$release/$program" "$stage/$name/"
  companions "$stage/$name"
  # The server looks for `docs/rules` beside itself; the READMEs show the rest.
  cp -r docs examples "$stage/$name/"
  if [[ $target == "$host" ]]; then
    mkdir "$stage/$name/completions"
    for kept in bash zsh fish; do
      LC_ALL=C "$release/$program" completions "$kept" > "$stage/$name/completions/jianggao.$kept"
    done
    LC_ALL=C "$release/$program" man > "$stage/$name/jianggao.1"
  fi
  if [[ $target == *windows* ]]; then
    name=$name.zip
    if command -v zip > /dev/null; then
      (cd "$stage" && zip -qr "$out/$name" ./*)
    else
      (cd "$stage" && 7z a -bd -bso0 "$out/$name" ./*)
    fi
  else
    tar -C "$stage" -czf "$out/$name.tar.gz" "$name"
    name=$name.tar.gz
  fi
  if command -v sha256sum > /dev/null; then
    (cd "$out" && sha256sum "$name" > "$name.sha256")
  else
    (cd "$out" && shasum -a 256 "$name" > "$name.sha256")
  fi
  rm -rf "$stage"
  echo "$out/$name"
}

# The name that VS Code has for the platform.
platform() {
  case $target in
    x86_64-*-linux-*) echo linux-x64 ;;
    aarch64-*-linux-*) echo linux-arm64 ;;
    x86_64-apple-darwin) echo darwin-x64 ;;
    aarch64-apple-darwin) echo darwin-arm64 ;;
    x86_64-pc-windows-*) echo win32-x64 ;;
    aarch64-pc-windows-*) echo win32-arm64 ;;
    *) echo "error: VS Code does not know $target" >&2 && return 1 ;;
  esac
}

make_vsix() {
  local platform file
  platform=$(platform)
  file=$out/jianggao-$version-$platform.vsix
  rm -rf editors/vscode/server
  mkdir editors/vscode/server
  cp "$release/$program" editors/vscode/server/
  companions editors/vscode/server
  rm -f editors/vscode/server/README* editors/vscode/server/LICENSE*
  [[ -f LICENSE-MIT ]] && cp LICENSE-MIT editors/vscode/LICENSE
  (
    cd editors/vscode
    [[ -d node_modules ]] || npm ci --ignore-scripts --no-audit --no-fund --silent
    npx --no-install vsce package --target "$platform" --no-dependencies --skip-license --allow-missing-repository \
      -o "$file" > vsce.log 2>&1 || { cat vsce.log >&2; exit 1; }
    rm -f vsce.log
  )
  echo "$file"
}

make_wheel() {
  local scripts=integrations/python/jianggao.data/scripts arguments=()
  rm -rf "$scripts"
  mkdir -p "$scripts"
  cp "$release/$program" "$scripts/"
  [[ $target == "$host" ]] || arguments=(--target "$target")
  (cd integrations/python && maturin build --release --locked --quiet --target-dir "$(dirname "$release")/python" \
    "${arguments[@]}" -o "$out")
  ls -t "$out"/jianggao-*.whl | head -n 1
}

make_npm() {
  local platform stage libc=''
  platform=$(platform)
  stage=$(mktemp -d)
  [[ $target == *-linux-gnu ]] && libc='"libc": ["glibc"], '
  cp "$release/$program" LICENSE-* "$stage/"
  cat > "$stage/package.json" << END
{
  "name": "@jianggao/cli-$platform", "version": "$version", "license": "MIT OR Apache-2.0",
  "description": "讲稿 for $platform", "files": ["$program", "LICENSE-*"], "preferUnplugged": true,
  $libc"os": ["${platform%-*}"], "cpu": ["${platform#*-}"]
}
END
  (cd "$stage" && npm pack --silent --pack-destination "$out")
  rm -rf "$stage" && cp -r integrations/npm "$stage" && cp LICENSE-* "$stage/"
  (cd "$stage" && npm pack --silent --pack-destination "$out")
  rm -rf "$stage"
}

make_deb() {
  # Where Cargo.toml has it.
  local made=target/deb kept
  mkdir -p "$made"
  for kept in bash zsh fish; do
    LC_ALL=C "$release/$program" completions "$kept" > "$made/jianggao.$kept"
  done
  LC_ALL=C "$release/$program" man > "$made/jianggao.1"
  cargo deb --quiet --no-build --no-strip --output "$out"
}

for one in "${what[@]}"; do "make_$one"; done
