"""The configurations that are checked in without a test in their editor: they can be read, agree on
what a draft is called, and start the server the same way."""

import json
import re
import sys
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path
from xml.etree import ElementTree

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
        "kate/jianggao.xml",
        "jetbrains/lsp4ij/template.json",
        "vim/ftdetect/jianggao.vim",
    ]:
        text = (EDITORS / file).read_text(encoding="utf-8")
        missing = [name for name in NAMES if name not in text]
        if missing:
            return f"{file} does not know {missing}"


def kate():
    server = read_json("kate/settings.json")["servers"]["jianggao"]
    if server["command"] != ["jianggao", "lsp"]:
        return str(server["command"])
    language = ElementTree.parse(EDITORS / "kate/jianggao.xml").getroot()
    mode = language.get("name")
    if not re.fullmatch(server["highlightingModeRegex"], mode):
        return f"{mode} has no server"
    # Every colour and context that is used is there.
    colours = {data.get("name") for data in language.iter("itemData")}
    contexts = {context.get("name") for context in language.iter("context")}
    rules = [rule for context in language.iter("context") for rule in [context, *context]]
    used = {rule.get("attribute") for rule in rules} - {None}
    entered = {name for rule in rules if (name := rule.get("context")) and not name.startswith("#")}
    if not used <= colours or not entered <= contexts:
        return f"{used - colours} {entered - contexts}"


def zed():
    settings = read_json("zed/settings.json")
    if settings["lsp"]["jianggao"]["binary"] != {"path": "jianggao", "arguments": ["lsp"]}:
        return str(settings)
    manifest = read_toml("zed/extension.toml")
    server = manifest["language_servers"]["jianggao"]
    if manifest["schema_version"] != 1 or set(server["languages"]) != set(server["language_ids"]):
        return str(manifest)


def sublime():
    client = read_json("sublime/LSP.sublime-settings")["clients"]["jianggao"]
    scope = re.search(r"^scope: (.*)$", (EDITORS / "sublime/jianggao.sublime-syntax").read_text("utf-8"), re.M)[1]
    # What the package LSP reads of a client; a word it does not know it passes over in silence.
    known = {"enabled", "command", "selector", "schemes", "initializationOptions", "settings", "env"}
    if not set(client) <= known:
        return f"unknown: {set(client) - known}"
    if client["command"] != ["jianggao", "lsp"] or scope not in client["selector"].split(" | "):
        return str(client)


def jetbrains():
    template = read_json("jetbrains/lsp4ij/template.json")
    known = {"id", "name", "programArgs", "fileTypeMappings", "languageMappings"}
    if not set(template) <= known or not set(template["programArgs"]) <= {"default", "windows", "mac", "linux"}:
        return f"unknown words in {template}"
    # A type with a name is looked up among those of the IDE, which has none of ours.
    if any(set(m["fileType"]) != {"patterns"} for m in template["fileTypeMappings"]):
        return "a type of file with more than patterns"
    if template["programArgs"]["default"] != "jianggao lsp":
        return str(template)
    if [m["languageId"] for m in template["fileTypeMappings"]] != ["jianggao"]:
        return str(template)


def upstream():
    """What is to be handed to others agrees with what is packed."""
    package = (EDITORS / "upstream/mason/package.yaml").read_text(encoding="utf-8")
    packed = json.loads((EDITORS.parent / "integrations/npm/package.json").read_text(encoding="utf-8"))
    if f"id: pkg:npm/{packed['name']}@{packed['version']}\n" not in package or "jianggao: npm:jianggao\n" not in package:
        return package
    platforms = {f"{packed['name']}@{version}" for version in packed["optionalDependencies"].values()}
    if platforms != {f"jianggao@{packed['version']}"}:
        return str(packed)
    server = (EDITORS / "upstream/nvim-lspconfig/jianggao.lua").read_text(encoding="utf-8")
    if "cmd = { 'jianggao', 'lsp' }," not in server:
        return server


def workflow():
    """What the workflow builds can be packed, and what it calls is there."""
    root = EDITORS.parent
    text = (root / ".github/workflows/release.yml").read_text(encoding="utf-8")
    packing = (root / "scripts/package.sh").read_text(encoding="utf-8")
    platforms = re.findall(r"^    (\S+)\) echo [a-z0-9]+-\w+ ;;$", packing, re.M)
    targets = re.findall(r"target: ([\w-]+), runner:", text)
    lost = [t for t in targets if not any(fnmatchcase(t, pattern) for pattern in platforms)]
    missing = [f for f in re.findall(r"run: (scripts/\S+)", text) if not (root / f).is_file()]
    missing += [f for f in re.findall(r"dependency-path: (\S+)", text) if not (root / f).is_file()]
    if len(targets) < 6 or lost or missing:
        return f"{targets} {lost} {missing}"


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


def versions():
    program = tomllib.loads((EDITORS.parent / "Cargo.toml").read_text(encoding="utf-8"))["package"]["version"]
    others = {
        "VS Code": read_json("vscode/package.json")["version"],
        "VS Code's lock file": read_json("vscode/package-lock.json")["version"],
        "Zed": read_toml("zed/extension.toml")["version"],
        "npm": read_json("../integrations/npm/package.json")["version"],
        "Python": read_toml("../integrations/python/Cargo.toml")["package"]["version"],
        "Emacs": re.search(r"^;; Version: (.*)$", (EDITORS / "emacs/jianggao.el").read_text("utf-8"), re.M)[1],
    }
    wrong = {name: version for name, version in others.items() if version != program}
    if wrong:
        return f"not {program}: {wrong}"


for name, run in [
    ("all have the version of the program", versions),
    ("all know the names of drafts", names_of_drafts),
    ("Kate", kate),
    ("Zed", zed),
    ("Sublime Text", sublime),
    ("JetBrains", jetbrains),
    ("what is handed to Mason and nvim-lspconfig", upstream),
    ("the workflow of a release", workflow),
    ("VS Code's texts and commands are complete", manifest),
    ("the lock file names no registry", lock),
]:
    attempt(name, run)
sys.exit(failed)
