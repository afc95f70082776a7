"""The configurations that are checked in without a test in their editor: they can be read, agree on
what a draft is called, and start the server the same way."""

import json
import re
import sys
import tomllib
from pathlib import Path

EDITORS = Path(__file__).resolve().parent.parent
failed = False


def check(name, condition, why=""):
    global failed
    print(f"{'ok' if condition else 'not ok'} - configs: {name}")
    if not condition:
        failed = True
        print(f"# {why}")


def read_json(name):
    """JSON, with comments on lines of their own and trailing commas, as Sublime Text and Zed have it."""
    text = (EDITORS / name).read_text(encoding="utf-8")
    text = re.sub(r"^\s*//.*$", "", text, flags=re.M)
    return json.loads(re.sub(r",(\s*[}\]])", r"\1", text))


def read_toml(name):
    return tomllib.loads((EDITORS / name).read_text(encoding="utf-8"))


def attempt(name, run):
    try:
        why = run()
    except Exception as error:  # whatever is wrong with a file is what we look for
        why = repr(error)
    check(name, why is None, why)


NAMES = ["讲话", "讲稿", "发言", "致辞", "主持词"]


def names_of_drafts():
    for file in [
        "vscode/package.json",
        "nvim/lua/jianggao/init.lua",
        "helix/languages.toml",
        "emacs/jianggao.el",
        "zed/settings.json",
        "sublime/jianggao.sublime-syntax",
        "kate/settings.json",
        "jetbrains/README.md",
        "vim/jianggao.vim",
    ]:
        text = (EDITORS / file).read_text(encoding="utf-8")
        missing = [name for name in NAMES if name not in text]
        if missing:
            return f"{file} does not know {missing}"


def kate():
    server = read_json("kate/settings.json")["servers"]["jianggao"]
    if server["command"] != ["jianggao", "lsp"]:
        return str(server["command"])


def zed():
    settings = read_json("zed/settings.json")
    binary = settings["lsp"]["jianggao"]["binary"]
    if binary != {"path": "jianggao", "arguments": ["lsp"]}:
        return str(binary)
    manifest = read_toml("zed/extension.toml")
    if manifest["language_servers"]["jianggao"]["languages"] != ["讲稿"]:
        return str(manifest)
    if read_toml("zed/languages/jianggao/config.toml")["name"] != "讲稿":
        return "another name"


def sublime():
    client = read_json("sublime/LSP-jianggao.sublime-settings")
    if client["command"] != ["jianggao", "lsp"] or not client["selector"].startswith("text.jianggao"):
        return str(client)


def manifest():
    package = read_json("vscode/package.json")
    english, chinese = read_json("vscode/package.nls.json"), read_json("vscode/package.nls.zh-cn.json")
    used = set(re.findall(r'"%([\w.]+)%"', json.dumps(package)))
    if not used == set(english) == set(chinese):
        return str(used ^ set(english) | used ^ set(chinese))
    source = "".join(p.read_text(encoding="utf-8") for p in (EDITORS / "vscode/src").glob("*.ts"))
    told = set(re.findall(r'l10n\.t\(\s*"([^"]*)"', source))
    translated = set(read_json("vscode/l10n/bundle.l10n.zh-cn.json"))
    if told != translated:
        return str(told ^ translated)
    commands = {c["command"].rsplit(".", 1)[1] for c in package["contributes"]["commands"]}
    defined = set(re.findall(r'^    command\("(\w+)"', source, flags=re.M))
    if commands != defined:
        return str(commands ^ defined)


def lock():
    text = (EDITORS / "vscode/package-lock.json").read_text(encoding="utf-8")
    if '"resolved"' in text:
        return "the lock file names a registry"


for name, run in [
    ("all know the names of drafts", names_of_drafts),
    ("Kate", kate),
    ("Zed", zed),
    ("Sublime Text", sublime),
    ("VS Code's texts and commands are complete", manifest),
    ("the lock file names no registry", lock),
]:
    attempt(name, run)
sys.exit(failed)
