#!/usr/bin/env bash
# Word documents made by python-docx and by LibreOffice, held to what these show. Wants Python; without LibreOffice
# (Debian: libreoffice-writer) half of it is left out, which it says. WML_XSD names ECMA-376's wml.xsd.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$(scripts/target.sh)
[[ -x $target/debug/jianggao ]] || cargo build --locked
venv=$target/word-venv
[[ -x $venv/bin/python ]] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import docx, lxml' 2> /dev/null || "$venv/bin/pip" -q install 'python-docx>=1.2' lxml
"$venv/bin/python" tests/word/hold.py "${1:-$target/debug/jianggao}" "$target/word"
