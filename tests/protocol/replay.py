"""Real sessions of the server: every message that it sends must be one of the protocol's.

  replay.py target/debug/jianggao

Three clients (one that is sent findings, one that asks for them, one that can do nothing) ask for
everything the server offers, about the example and the drafts of the tests. An offer that no client takes
up fails as well. The sessions are kept in `protocol` beside the program, a message a line.
"""

import shutil
import sys
import tempfile
from pathlib import Path

import metamodel
from client import Client, write

ROOT = Path(__file__).resolve().parents[2]
KEPT = Path(sys.argv[1]).resolve().parent / "protocol"
SETTINGS = """\
[facts]
"XX区" = "东湖区"

[formulations]
packs = ["提法.tsv"]
"""
PACK = "text\tkind\tright\n四个意气风发\tphrase\t大家四个意气风发。\n好好干活\tnonsense\t\n"
# A draft has more places than can be asked about in time.
PLACES = 8

# What shows that an offer is kept.
OFFERS = {
    "positionEncoding": [],
    "textDocumentSync": [],
    "workspace": [],
    "documentSymbolProvider": ["textDocument/documentSymbol"],
    "foldingRangeProvider": ["textDocument/foldingRange"],
    "hoverProvider": ["textDocument/hover"],
    "completionProvider": ["textDocument/completion", "completionItem/resolve"],
    "codeActionProvider": ["textDocument/codeAction", "codeAction/resolve"],
    "documentFormattingProvider": ["textDocument/formatting"],
    "documentRangeFormattingProvider": ["textDocument/rangeFormatting"],
    "documentOnTypeFormattingProvider": ["textDocument/onTypeFormatting"],
    "definitionProvider": ["textDocument/definition"],
    "referencesProvider": ["textDocument/references"],
    "documentHighlightProvider": ["textDocument/documentHighlight"],
    "documentLinkProvider": ["textDocument/documentLink"],
    "renameProvider": ["textDocument/prepareRename", "textDocument/rename"],
    "linkedEditingRangeProvider": ["textDocument/linkedEditingRange"],
    "selectionRangeProvider": ["textDocument/selectionRange"],
    "inlayHintProvider": ["textDocument/inlayHint"],
    "codeLensProvider": ["textDocument/codeLens"],
    "semanticTokensProvider": [
        "textDocument/semanticTokens/full",
        "textDocument/semanticTokens/full/delta",
        "textDocument/semanticTokens/range",
    ],
    "diagnosticProvider": ["textDocument/diagnostic", "workspace/diagnostic"],
    "workspaceSymbolProvider": ["workspace/symbol"],
    "executeCommandProvider": ["workspace/executeCommand"],
}

EDITOR = {
    "general": {"positionEncodings": ["utf-16"]},
    "window": {"workDoneProgress": True, "showDocument": {"support": True}},
    "workspace": {
        "configuration": True,
        "workspaceFolders": True,
        "didChangeConfiguration": {"dynamicRegistration": True},
        "didChangeWatchedFiles": {"dynamicRegistration": True},
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "inlayHint": {"refreshSupport": True},
        "codeLens": {"refreshSupport": True},
        "semanticTokens": {"refreshSupport": True},
        "fileOperations": {"willRename": True, "didRename": True, "didCreate": True, "didDelete": True},
    },
    "textDocument": {
        "hover": {"contentFormat": ["markdown"]},
        "rename": {"prepareSupport": True},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "completion": {
            "completionItem": {
                "snippetSupport": True,
                "tagSupport": {"valueSet": [1]},
                "documentationFormat": ["markdown"],
            }
        },
        "codeAction": {
            "codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix", "refactor", "source"]}},
            "dataSupport": True,
            "disabledSupport": True,
            "isPreferredSupport": True,
            "resolveSupport": {"properties": ["edit"]},
        },
        "publishDiagnostics": {
            "relatedInformation": True,
            "codeDescriptionSupport": True,
            "dataSupport": True,
            "tagSupport": {"valueSet": [1, 2]},
            "versionSupport": True,
        },
    },
}
PULL = {
    **EDITOR,
    "general": {"positionEncodings": ["utf-8", "utf-16"]},
    "workspace": {**EDITOR["workspace"], "diagnostics": {"refreshSupport": True}},
    "textDocument": {**EDITOR["textDocument"], "diagnostic": {"relatedDocumentSupport": True}},
}


def at(line, character=0):
    return {"line": line, "character": character}


class Desk:
    """A client at work in a folder."""

    def __init__(self, program, folder, capabilities, **more):
        self.client = Client(program, folder, capabilities, **more)
        self.folder = folder

    def ask(self, method, params):
        return self.client.request(method, params).get("result")

    def about(self, method, uri, **more):
        return self.ask(method, {"textDocument": {"uri": uri}, **more})

    def open(self, path, text=None, language=None):
        uri = path.as_uri()
        text = path.read_text("utf-8") if text is None else text
        language = language or {".md": "markdown", ".toml": "toml"}.get(path.suffix, "plaintext")
        document = {"uri": uri, "languageId": language, "version": 1, "text": text}
        self.client.notify("textDocument/didOpen", {"textDocument": document})
        return uri

    def change(self, uri, version, text, place):
        changes = [{"range": {"start": place, "end": place}, "text": text}]
        document = {"uri": uri, "version": version}
        self.client.notify("textDocument/didChange", {"textDocument": document, "contentChanges": changes})

    def draft(self, path):
        """Asks for everything there is about one draft."""
        uri = self.open(path)
        whole = {"start": at(0), "end": at(9999)}
        options = {"tabSize": 4, "insertSpaces": True}
        self.about("textDocument/documentSymbol", uri)
        self.about("textDocument/foldingRange", uri)
        self.about("textDocument/codeLens", uri)
        self.about("textDocument/documentLink", uri)
        self.about("textDocument/inlayHint", uri, range=whole)
        tokens = self.about("textDocument/semanticTokens/full", uri)
        self.about("textDocument/semanticTokens/range", uri, range={"start": at(0), "end": at(5)})
        self.about("textDocument/formatting", uri, options=options)
        self.about("textDocument/rangeFormatting", uri, options=options, range={"start": at(1), "end": at(4)})
        known = self.about("textDocument/diagnostic", uri)
        lines = path.read_text("utf-8").split("\n")
        for line, text in enumerate(lines):
            if line % (len(lines) // PLACES + 1) == 0:
                self.place(uri, at(line, max(0, text.find("X"))))
                self.place(uri, at(line, len(text.encode("utf-16-le")) // 2))
        self.about("textDocument/selectionRange", uri, positions=[at(0), at(3, 2)])
        self.actions(uri, whole, None)
        for kind in ["source.fixAll.jianggao", "source.renumber.jianggao", "refactor", "quickfix"]:
            self.actions(uri, whole, [kind])
        for command in self.client.offer.get("executeCommandProvider", {}).get("commands", []):
            self.ask("workspace/executeCommand", {"command": command, "arguments": [uri]})
        self.change(uri, 2, "三要讲XX区。\n", at(2))
        if tokens and "resultId" in tokens:
            delta = {"previousResultId": tokens["resultId"]}
            self.about("textDocument/semanticTokens/full/delta", uri, **delta)
            self.about("textDocument/semanticTokens/full/delta", uri, **delta)
        for _ in range(2):
            more = {"previousResultId": known["resultId"]} if known and "resultId" in known else {}
            known = self.about("textDocument/diagnostic", uri, **more)
        self.change(uri, 3, "\n", at(3))
        self.about("textDocument/onTypeFormatting", uri, position=at(4), ch="\n", options=options)
        self.client.notify("textDocument/didSave", {"textDocument": {"uri": uri}})
        self.change(uri, 1, "旧", at(0))
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})
        self.about("textDocument/hover", uri, position=at(0))

    def place(self, uri, position):
        here = {"position": position}
        self.about("textDocument/hover", uri, **here)
        self.about("textDocument/definition", uri, **here)
        self.about("textDocument/references", uri, **here, context={"includeDeclaration": True})
        self.about("textDocument/documentHighlight", uri, **here)
        self.about("textDocument/linkedEditingRange", uri, **here)
        self.about("textDocument/prepareRename", uri, **here)
        self.about("textDocument/rename", uri, **here, newName="东湖区")
        self.complete(uri, position)
        self.actions(uri, {"start": position, "end": position}, None)

    def complete(self, uri, position):
        found = self.about("textDocument/completion", uri, position=position)
        for item in (found or {}).get("items", [])[:3]:
            self.ask("completionItem/resolve", item)

    def actions(self, uri, whole, only):
        context = {"diagnostics": [], **({"only": only} if only else {})}
        for action in self.about("textDocument/codeAction", uri, range=whole, context=context) or []:
            if "data" in action:
                self.ask("codeAction/resolve", action)

    def blank(self):
        uri = self.open(self.folder / "空.txt", "同志们：\nXX区要带头，XX区要先行。\n")
        self.place(uri, at(1))
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def formulations(self):
        # One alone, one that took another's place, and one with something to fill in.
        for text in ("要增强四个意", "要推进三个", "今天，我们召"):
            uri = self.open(self.folder / "新稿.txt", f"同志们：\n{text}")
            self.complete(uri, at(1, 9999))
            self.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def settings(self):
        """The settings file while it is written, with and without mistakes."""
        uri = self.open(self.folder / "jianggao.toml", SETTINGS + '\n[rules]\nplaceholder = "of"\n')
        for line in range(9):
            self.about("textDocument/hover", uri, position=at(line, 1))
            for column in (0, 1, 15):
                self.complete(uri, at(line, column))
        self.actions(uri, {"start": at(7), "end": at(9)}, None)
        self.about("textDocument/documentSymbol", uri)
        self.about("textDocument/diagnostic", uri)
        self.change(uri, 2, "[[[\n", at(0))
        self.about("textDocument/diagnostic", uri)
        self.client.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def life(self):
        """What is about no draft, and what is wrong."""
        client, folder = self.client, self.folder
        self.ask("workspace/symbol", {"query": "项目", "workDoneToken": "t"})
        reports = self.ask("workspace/diagnostic", {"previousResultIds": [], "partialResultToken": "p"})
        known = [
            {"uri": report["uri"], "value": report["resultId"]}
            for report in (reports or {}).get("items", [])
            if report.get("resultId")
        ]
        self.ask("workspace/diagnostic", {"previousResultIds": known})
        draft = self.open(folder / "坏.txt", "同志们：\n　　XX区要带头。\n")
        (folder / "jianggao.toml").write_text('[rules]\nplaceholder = "of"\n', "utf-8")
        changes = {"changes": [{"uri": (folder / "jianggao.toml").as_uri(), "type": 2}]}
        client.notify("workspace/didChangeWatchedFiles", changes)
        self.actions(draft, {"start": at(1, 2), "end": at(1, 4)}, ["quickfix"])
        (folder / "jianggao.toml").write_text("allow = [\n", "utf-8")
        client.notify("textDocument/didSave", {"textDocument": {"uri": draft}})
        self.actions(draft, {"start": at(1, 2), "end": at(1, 4)}, ["quickfix"])
        (folder / "jianggao.toml").unlink()
        client.notify("workspace/didChangeWatchedFiles", changes)
        self.actions(draft, {"start": at(1, 2), "end": at(1, 4)}, ["quickfix"])
        client.notify("workspace/didChangeConfiguration", {"settings": {"jianggao": {"inlayHints": False}}})
        self.about("textDocument/codeLens", draft)
        folders = {"added": [], "removed": [{"uri": folder.as_uri(), "name": "稿"}]}
        client.notify("workspace/didChangeWorkspaceFolders", {"event": folders})
        self.change("file:///nothing.txt", 2, "无", at(0))
        self.ask("workspace/executeCommand", {"command": "jianggao.none"})
        client.send_raw(b"{")


def session(name, program, capabilities, drafts, **more):
    """Everything with one client. Gives what is wrong with its messages, and the methods it has used."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder).resolve() / "稿"
        folder.mkdir()
        for draft in drafts:
            shutil.copy(draft, folder)
        (folder / "jianggao.toml").write_text(SETTINGS, "utf-8")
        (folder / "提法.tsv").write_text(PACK, "utf-8")
        desk = Desk(program, folder, capabilities, **more)
        client = desk.client
        for draft in drafts:
            desk.draft(folder / draft.name)
        desk.blank()
        desk.formulations()
        desk.settings()
        desk.life()
        client.stop()
    write(client.received, KEPT / f"{name}.jsonl")
    asked = {message["id"]: message["method"] for message in client.received if {"id", "method"} <= message.keys()}
    found = [("server", *wrong) for wrong in check(client.received, client.methods)]
    # A client that asks for what the protocol does not know shows nothing.
    found += [("client", *wrong) for wrong in check(client.sent, asked)]
    used = {client.methods.get(m.get("id"), m.get("method")) for m in client.received if "error" not in m}
    for offer in client.offer:
        if offer not in OFFERS:
            found.append(("offer", f"{offer} is advertised, and no client here takes it up", client.offer))
        for method in OFFERS.get(offer, []):
            options = client.offer[offer]
            if method == "workspace/diagnostic" and not options["workspaceDiagnostics"]:
                continue
            if method == "textDocument/prepareRename" and options is True:
                continue
            if method == "codeAction/resolve" and not options.get("resolveProvider"):
                continue
            if method not in used:
                found.append(("offer", f"{offer} is advertised, and {method} gave no result", client.offer))
    return found, client.received


def check(messages, methods):
    for message in messages:
        for problem in metamodel.problems(message, methods):
            yield problem, message


def main():
    program = str(Path(sys.argv[1]).resolve())
    drafts = [*sorted((ROOT / "examples").glob("*.txt"))]
    drafts += [path for path in sorted((ROOT / "tests/drafts").iterdir()) if path.suffix in (".txt", ".md")]
    sessions = {
        "push": (EDITOR, drafts, {"settings": {"codeLens": True}, "locale": "zh-CN"}),
        "pull": (PULL, drafts[:3], {"settings": None, "locale": "en"}),
        "plain": ({}, drafts[:3], {}),
    }
    passed = failed = 0
    kinds = set()
    for name, (capabilities, some, more) in sessions.items():
        found, received = session(name, program, capabilities, some, **more)
        passed += len(received)
        failed += len(found)
        kinds |= {message.get("method", "an answer") for message in received}
        for side, problem, message in found[:20]:
            print(f"{name}: {side}: {problem}\n  {str(message)[:400]}")
    print("told and asked by the server: " + ", ".join(sorted(kinds)))
    print(f"protocol: {passed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
