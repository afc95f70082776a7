"""The program for Windows in Wine, beside the one of this machine: `wine.py JIANGGAO.EXE PROGRAM`.

`check`, `check` of a folder with a draft in GBK, `--fix`, a session of `lsp`; and what a console of code page 936 shows.
Wants Debian's `wine64` and the locale zh_CN.GBK.
"""

import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
EXE, PROGRAM = (str(pathlib.Path(argument).resolve()) for argument in sys.argv[1:3])
WINE = "/usr/lib/wine/wine64"
# Rust takes its random numbers from a library that the Wine of Debian 12 does not have yet.
PRNG = """#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) { return SystemFunction036(data, (ULONG)length); }
"""
DRAFT = "同志们：\n我们要抓好落实。一要学，一要做，三要干。\n"


def run(command: list[str], given: bytes | None = None, code: int = 1) -> bytes:
    ran = subprocess.run(command, input=given, capture_output=True)
    assert ran.returncode == code, (command, ran.returncode, ran.stdout, ran.stderr)
    return ran.stdout


def checks() -> int:
    drafts = sorted(path.name for path in (ROOT / "tests/drafts").iterdir() if path.suffix in (".txt", ".md"))
    os.chdir(ROOT / "tests/drafts")
    arguments = ["check", "--format", "json", *drafts]
    here, there = (json.loads(run([*program, *arguments])) for program in ([PROGRAM], [WINE, EXE]))
    assert here == there, "other findings on Windows"
    return sum(len(file["diagnostics"]) for file in there["files"])


def fixes(folder: pathlib.Path) -> None:
    draft = folder / "讲话.txt"
    draft.write_bytes(DRAFT.replace("\n", "\r\n").encode("gb18030"))
    (file,) = json.loads(run([WINE, EXE, "check", "--format", "json", f"Z:{folder}".replace("/", "\\")]))["files"]
    assert (file["encoding"], [one["code"] for one in file["diagnostics"]]) == ("GB18030", ["numbering-duplicate"]), file
    run([WINE, EXE, "check", "--fix", f"Z:{draft}"], code=0)
    assert draft.read_bytes().decode("gb18030") == DRAFT.replace("一要做", "二要做").replace("\n", "\r\n")


def serves() -> None:
    uri = "file:///c%3A/%E8%AE%B2%E8%AF%9D.txt"
    capabilities = {"textDocument": {"diagnostic": {}}}
    messages = [
        {"id": 1, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": capabilities}},
        {"method": "initialized", "params": {}},
        {"method": "textDocument/didOpen", "params": {"textDocument": {"uri": uri, "languageId": "plaintext", "version": 1, "text": DRAFT}}},
        {"id": 2, "method": "textDocument/diagnostic", "params": {"textDocument": {"uri": uri}}},
        {"id": 3, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **message}).encode() for message in messages]
    said = run([WINE, EXE, "lsp"], b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies), 0)
    assert b'"capabilities"' in said and b"numbering-duplicate" in said, said


def console() -> str:
    """What a console of code page 936 shows of a report: Wine hands it on in the encoding of the terminal."""
    shown = bytearray()

    def read(terminal: int) -> bytes:
        data = os.read(terminal, 1 << 16)
        shown.extend(data)
        return b""

    os.environ["LC_ALL"] = "zh_CN.GBK"
    with tempfile.TemporaryDirectory() as name:
        draft = pathlib.Path(name, "a.txt")
        draft.write_text(DRAFT, "utf-8")
        pty.spawn([WINE, EXE, "check", f"Z:{draft}"], read)
    text = re.sub(rb"\x1b\[[0-9;?]*[A-Za-z]", b"", bytes(shown)).decode("gbk", "replace")
    assert "编号重复" in text and "一要做" in text, text
    return text


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        os.environ |= {"WINEDEBUG": "-all", "WINEPREFIX": os.environ.get("WINEPREFIX", f"{name}/prefix"), "LC_ALL": "zh_CN.UTF-8"}
        subprocess.run([WINE, "wineboot", "--init"], capture_output=True)
        source = pathlib.Path(name, "prng.c")
        source.write_text(PRNG)
        library = f"{name}/bcryptprimitives.dll"
        subprocess.run(["x86_64-w64-mingw32-gcc", "-shared", "-o", library, source, "-ladvapi32"], check=True)
        EXE = shutil.copy(EXE, name)
        version = run([WINE, EXE, "--version"], code=0).decode().strip()
        print(f"Wine: {version}; {checks()} findings, the same as here")
        (folder := pathlib.Path(name, "稿件")).mkdir()
        fixes(folder)
        serves()
        console()
        print("Wine: a draft in GBK is read and fixed, lsp answers, a console of code page 936 shows the report")
