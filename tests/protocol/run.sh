#!/usr/bin/env bash
# What is checked by Python's packages: the schema of the settings, and that the server (built before,
# by the tests) sends nothing but messages of the protocol.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$(scripts/target.sh)
venv=$target/protocol-venv
if ! cmp -s tests/protocol/requirements.txt "$venv/requirements.txt"; then
  rm -rf "$venv"
  mkdir -p "$target"
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tests/protocol/requirements.txt
  cp tests/protocol/requirements.txt "$venv/requirements.txt"
fi
"$venv/bin/python" tests/protocol/schema.py
"$venv/bin/python" tests/protocol/metamodel_test.py
"$venv/bin/python" tests/protocol/replay.py "${1:-$target/debug/jianggao}"
