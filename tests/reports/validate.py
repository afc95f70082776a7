"""Reads every format of `check` as its real readers do: schemas, JUnit's parser, XML. `validate.py PROGRAM SCHEMA_OF_SARIF`"""
import json
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

import jsonschema
import junitparser

root = pathlib.Path(__file__).resolve().parents[2]
program = str(pathlib.Path(sys.argv[1]).resolve())
drafts = sorted(str(path) for path in (root / "tests/drafts").iterdir() if path.suffix in (".txt", ".md"))

with tempfile.TemporaryDirectory() as folder:
    names = ["json", "jsonl", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson"]
    outputs = [part for name in names for part in ("--output", f"{name}={folder}/{name}")]
    run = subprocess.run([program, "check", "--quiet", *outputs, *drafts, "missing.txt"], capture_output=True, text=True)
    assert run.returncode == 2, run
    text = {name: pathlib.Path(folder, name).read_text(encoding="utf-8") for name in names}

    report = json.loads(text["json"])
    jsonschema.validate(report, json.loads((root / "docs/report.schema.json").read_text(encoding="utf-8")))
    found = sum(len(file["diagnostics"]) for file in report["files"])
    assert found > 100, found
    assert [json.loads(line) for line in text["jsonl"].splitlines()] == report["files"]

    sarif = json.loads(text["sarif"])
    schema = jsonschema.Draft7Validator(json.loads(pathlib.Path(sys.argv[2]).read_text(encoding="utf-8")))
    schema.validate(sarif)
    sarif["runs"][0]["results"][0]["level"] = "warn"
    assert not schema.is_valid(sarif), "a schema that takes everything"
    assert len(sarif["runs"][0]["results"]) == found

    assert sum(line.startswith("::") for line in text["github"].splitlines()) == found + 1
    assert len(json.loads(text["gitlab"])) == found + 1
    assert len(json.loads(text["rdjson"])["diagnostics"]) == found

    suites = junitparser.JUnitXml.fromstring(text["junit"].encode())
    cases = [case for suite in suites for case in suite]
    results = [result for case in cases for result in case.result]
    assert len(results) == found + 1, (len(results), found)
    assert sum(isinstance(result, junitparser.Error) for result in results) == 1
    for suite in suites:
        assert suite.failures == sum(isinstance(r, junitparser.Failure) for case in suite for r in case.result)
        assert suite.tests == len(list(suite))

    assert len(list(ElementTree.fromstring(text["checkstyle"].encode()).iter("error"))) == found + 1
print(f"reports: {len(drafts)} drafts, {found} findings, the same in {len(names)} formats")
