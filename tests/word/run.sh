#!/usr/bin/env bash
# Word documents made by python-docx, by LibreOffice, by docx.js and by hand, held to what these show. Wants Python; without
# LibreOffice (Debian: libreoffice-writer) or npm a part is left out. WML_XSD names ECMA-376's wml.xsd.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$(scripts/target.sh)
[[ -x $target/debug/jianggao ]] || cargo build --locked
venv=$(scripts/venv.sh tests/word/requirements.txt "$target/word-venv")
more=()
if command -v npm > /dev/null; then
  [[ -d $target/word-js/node_modules/docx ]] || npm install --silent --prefix "$target/word-js" docx > /dev/null
  rm -rf "$target/word-js/made"
  node tests/word/more.mjs "$target/word-js/node_modules" "$target/word-js/made"
  more=("$target"/word-js/made/*.docx)
fi
"$venv/bin/python" tests/word/hold.py "${1:-$target/debug/jianggao}" "$target/word" "${more[@]}"
