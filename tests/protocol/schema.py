"""The published schema of jianggao.toml takes what the program takes, and refuses what it refuses.

The examples are those of tests/settings; tests/it/schema.rs shows them to the program.
"""

import json
import sys
import tomllib
from pathlib import Path

import jsonschema

ROOT = Path(__file__).resolve().parents[2]
BORDER = "# ================\n"


def examples(name):
    _, *found = (ROOT / "tests/settings" / name).read_text("utf-8").split(BORDER)
    if not found:
        sys.exit(f"schema.py: no examples in {name}")
    return found


def main():
    schema = json.loads((ROOT / "docs/jianggao.schema.json").read_text("utf-8"))
    jsonschema.Draft7Validator.check_schema(schema)
    validator = jsonschema.Draft7Validator(schema)
    page = (ROOT / "docs/configuration.md").read_text("utf-8")
    example = page.split("```toml\n", 1)[1].split("```", 1)[0]
    right, wrong = [*examples("right.toml"), example], examples("wrong.toml")
    failed = 0
    for text in right:
        for error in validator.iter_errors(tomllib.loads(text)):
            failed += 1
            print(f"refused: {error.json_path}: {error.message}\n{text}")
    for text in wrong:
        if validator.is_valid(tomllib.loads(text)):
            failed += 1
            print(f"taken, though wrong:\n{text}")
    print(f"schema: {len(right) + len(wrong) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
