#!/usr/bin/env bash
# Every door with its real counterpart: equal findings through all of them, the Python package, MCP, the hooks.
#
#   tests/doors/run.sh [PROGRAM]
#
# PROGRAM is built with `--features mcp`; without one it is built here. Wants Python, Rust and git.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$(scripts/target.sh)
home=$target/doors
mkdir -p "$home/bin"
venv=$(scripts/venv.sh tests/doors/requirements.txt "$home/venv")
if (($# == 0)); then
  cargo build --locked --release --features mcp
  set -- "$target/release/jianggao"
fi
# Hooks look for a program of this name.
ln -sf "$(realpath "$1")" "$home/bin/jianggao"
PATH=$venv/bin:$PATH
rm -f "$home"/*.whl
scripts/package.sh --no-build --out "$home" wheel
pip install --quiet --disable-pip-version-check --force-reinstall "$home"/*.whl
pytest -q -p no:cacheprovider integrations/python/tests
python tests/doors/equal.py "$home/bin/jianggao"
python tests/doors/tools.py "$home/bin/jianggao"
CARGO_TARGET_DIR=$target python tests/doors/hooks.py "$home/bin/jianggao" --build
