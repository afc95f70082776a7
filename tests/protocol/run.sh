#!/usr/bin/env bash
# What is checked by Python's packages: the schema of the settings, and that the server (built before,
# by the tests) sends nothing but messages of the protocol.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$(scripts/target.sh)
venv=$(scripts/venv.sh tests/protocol/requirements.txt "$target/protocol-venv")
"$venv/bin/python" tests/protocol/schema.py
"$venv/bin/python" tests/protocol/metamodel_test.py
"$venv/bin/python" tests/protocol/replay.py "${1:-$target/debug/jianggao}"
