#!/usr/bin/env bash
# The formats of `check` in the hands of others: the schema of SARIF (npm), JUnit's parser
# (PyPI), our published schema. Wants Node and Python.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$(scripts/target.sh)
program=${1:-$target/debug/jianggao}
home=$target/reports
mkdir -p "$home"
venv=$(scripts/venv.sh tests/reports/requirements.txt "$home/venv")
npm install --silent --no-fund --no-audit --prefix "$home" @microsoft/jest-sarif@1.0.0-beta.0
schemas=$home/node_modules/@microsoft/jest-sarif/lib/schemas
"$venv/bin/python" tests/reports/validate.py "$program" "$schemas/sarif-2.1.0-rtm.5.json"
