"""That the check of messages can fail: good ones pass, and each of them once spoilt does not."""

import copy
import sys

from metamodel import problems

HERE = {"start": {"line": 0, "character": 2}, "end": {"line": 0, "character": 4}}
FINDING = {"range": HERE, "severity": 2, "code": "placeholder", "source": "jianggao", "message": "未填写", "data": [1]}
PUBLISHED = {
    "jsonrpc": "2.0",
    "method": "textDocument/publishDiagnostics",
    "params": {"uri": "file:///稿.txt", "version": 1, "diagnostics": [FINDING]},
}
EDIT = {"textDocument": {"uri": "file:///稿.txt", "version": None}, "edits": [{"range": HERE, "newText": "二"}]}
RENAMED = {"jsonrpc": "2.0", "id": 1, "result": {"documentChanges": [EDIT, {"kind": "create", "uri": "file:///新"}]}}
HOVER = {"jsonrpc": "2.0", "id": 2, "result": {"contents": {"kind": "markdown", "value": "一"}, "range": HERE}}
FAILED = {"jsonrpc": "2.0", "id": None, "error": {"code": -32700, "message": "no JSON"}}
METHODS = {1: "textDocument/rename", 2: "textDocument/hover"}

# A message, the place in it that is spoilt, and what is put there; `...` takes it away.
SPOILT = [
    (PUBLISHED, ["jsonrpc"], ...),
    (PUBLISHED, ["method"], "textDocument/publish"),
    (PUBLISHED, ["params", "version"], "1"),
    (PUBLISHED, ["params", "diagnostics", 0, "range"], ...),
    (PUBLISHED, ["params", "diagnostics", 0, "range", "start", "line"], -1),
    (PUBLISHED, ["params", "diagnostics", 0, "range", "start", "line"], True),
    (PUBLISHED, ["params", "diagnostics", 0, "range", "end", "column"], 1),
    (PUBLISHED, ["params", "diagnostics", 0, "severity"], 5),
    (PUBLISHED, ["params", "diagnostics", 0, "code"], None),
    (PUBLISHED, ["params", "diagnostics", 0, "fix"], {}),
    (RENAMED, ["id"], 3),
    (RENAMED, ["result", "documentChanges", 0, "textDocument", "version"], ...),
    (RENAMED, ["result", "documentChanges", 0, "edits", 0, "text"], "二"),
    (RENAMED, ["result", "documentChanges", 1, "kind"], "make"),
    (HOVER, ["result"], ...),
    (HOVER, ["result", "contents", "kind"], "html"),
    (FAILED, ["error", "code"], "-32700"),
]


def main():
    failed = 0
    for good in [PUBLISHED, RENAMED, HOVER, FAILED, HOVER | {"result": None}]:
        for problem in problems(good, METHODS):
            failed += 1
            print(f"refused, though good: {problem}")
    for message, (*path, last), new in SPOILT:
        spoilt = copy.deepcopy(message)
        part = spoilt
        for step in path:
            part = part[step]
        if new is ...:
            del part[last]
        else:
            part[last] = new
        if not problems(spoilt, METHODS):
            failed += 1
            print(f"taken, though spoilt: {spoilt}")
    print(f"messages: {5 + len(SPOILT) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
