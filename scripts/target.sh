#!/bin/sh
# Prints the folder that Cargo builds into, whatever CARGO_TARGET_DIR or its own settings say.
set -e
cd "$(dirname "$0")/.."
cargo metadata --locked --no-deps --format-version 1 | sed -n 's/.*"target_directory":"\([^"]*\)".*/\1/p' | sed 's|\\\\|/|g'
