"""The package as it is installed: `pytest integrations/python/tests`."""

import io
import shutil
import subprocess
import threading
import time
import zipfile
from typing import get_type_hints

import pytest

import jianggao

DRAFT = "同志们：\n我们要抓好落实。一要学，一要做，三要干。请【会议日期】前报送。\n"


def test_findings_are_what_the_types_say():
    found = jianggao.check(DRAFT, path="稿.txt")
    assert found.keys() == get_type_hints(jianggao.CheckedFile).keys()
    assert [one["code"] for one in found["diagnostics"]] == ["numbering-duplicate", "placeholder"]
    twice = found["diagnostics"][0]
    assert twice.keys() == get_type_hints(jianggao.Diagnostic).keys()
    assert DRAFT.splitlines()[twice["range"]["start"]["line"]][twice["range"]["start"]["character"] :].startswith("一要做")
    assert found["summary"]["warning"] == 2 and found["official"]


def test_every_edit_has_its_place():
    fixed = jianggao.fix(DRAFT)
    (edit,) = fixed["edits"]
    start, end = edit["range"]["start"], edit["range"]["end"]
    lines = DRAFT.splitlines(keepends=True)
    line = lines[start["line"]]
    lines[start["line"]] = line[: start["character"]] + edit["newText"] + line[end["character"] :]
    assert "".join(lines) == fixed["text"] and "二要做" in fixed["text"]


def test_outline():
    (speech,) = jianggao.outline("在大会上的讲话\n\n同志们：\n一、学\n要学。\n二、做\n要做。\n")["symbols"][-1:]
    assert speech.keys() == get_type_hints(jianggao.Symbol).keys()


def test_settings_and_language():
    off = jianggao.check(DRAFT, settings='[rules]\nnumbering-duplicate = "off"\n')
    assert [one["code"] for one in off["diagnostics"]] == ["placeholder"]
    english = jianggao.check(DRAFT, language="en")["diagnostics"][0]["message"]
    assert english != jianggao.check(DRAFT)["diagnostics"][0]["message"]


@pytest.mark.parametrize("text", ["", " \n", "All is well.\n"])
def test_what_holds_nothing_is_not_cleared(text):
    with pytest.raises(ValueError):
        jianggao.check(text)


def test_bad_input_is_said():
    with pytest.raises(ValueError, match="jianggao.toml:2"):
        jianggao.check(DRAFT, settings='[rules]\nnumbring-gap = "off"\n')
    with pytest.raises(ValueError):
        jianggao.text_of_docx(b"PK\x03\x04 and no more")
    with pytest.raises(TypeError):
        jianggao.check(DRAFT.encode())
    with pytest.raises(UnicodeEncodeError):
        jianggao.check("同志们：\ud800")


def test_a_document():
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>同志们：</w:t></w:r></w:p></w:body></w:document>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
    related = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        for name, text in [("[Content_Types].xml", types), ("_rels/.rels", related), ("word/document.xml", body)]:
            package.writestr(name, text)
    assert jianggao.text_of_docx(made.getvalue()).strip() == "同志们："


def test_other_threads_go_on():
    long = DRAFT * 20_000
    began = time.monotonic()
    thread = threading.Thread(target=jianggao.check, args=(long,))
    thread.start()
    turns = 0
    while thread.is_alive():
        turns += 1
        time.sleep(0.001)
    took = time.monotonic() - began
    assert took < 0.05 or turns > took * 100, (turns, took)


@pytest.mark.skipif(not shutil.which("jianggao"), reason="a wheel without the program")
def test_the_command_is_there():
    run = subprocess.run(["jianggao", "check", "-"], input=DRAFT.encode(), capture_output=True)
    assert run.returncode == 1, run.stderr
