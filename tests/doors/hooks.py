"""The hooks as their real counterparts run them: `hooks.py PROGRAM [--build]`.

- pre-commit, from a local clone of this repository: the hook of the PATH, and with `--build` the one that builds;
- the steps of `action.yml`, in bash, as the runner would (the step that builds with `--build` only);
- the script of the GitLab template, in bash, and its report in the form of GitLab;
- the problem matcher of the VS Code extension, over real output.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
BUILDS = "--build" in sys.argv
SOUND, FAULTY = "同志们：\n今天开会，讲三点意见。\n", "同志们：\n我们要抓好落实。一要学，二要做，四要干。\n"


def run(*command: str, cwd: pathlib.Path, code: int, **environment: str) -> str:
    path = f"{PROGRAM.parent}{os.pathsep}{os.environ['PATH']}"
    ran = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env={**os.environ, "PATH": path, **environment})
    assert ran.returncode == code, (command, ran.returncode, ran.stdout, ran.stderr)
    return ran.stdout


def repository(folder: pathlib.Path, **drafts: str) -> pathlib.Path:
    folder.mkdir()
    git = ("git", "-c", "user.name=n", "-c", "user.email=n@localhost")
    run(*git, "init", "-q", cwd=folder, code=0)
    for name, text in drafts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    run(*git, "add", "-A", cwd=folder, code=0)
    run(*git, "commit", "-q", "--allow-empty", "-m", "drafts", cwd=folder, code=0)
    return folder


def pre_commit(folder: pathlib.Path) -> None:
    clone, drafts = folder / "clone", repository(folder / "drafts")
    run("git", "clone", "-q", str(ROOT), str(clone), cwd=folder, code=0)
    revision = run("git", "rev-parse", "HEAD", cwd=clone, code=0).strip()
    for hook in ["jianggao-system"] + ["jianggao"] * BUILDS:
        # `args` as the documentation has them.
        hooks = {"repo": str(clone), "rev": revision, "hooks": [{"id": hook, "args": ["--fail-on", "error"]}, {"id": hook}]}
        (drafts / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [hooks]}))
        for text, code in ((SOUND, 0), (FAULTY, 1)):
            (drafts / "讲话.txt").write_text(text, "utf-8")
            run("git", "add", "-A", cwd=drafts, code=0)
            said = run(sys.executable, "-m", "pre_commit", "run", "--all-files", "-v", cwd=drafts, code=code)
            assert said.count("Passed") == 2 - code and ("numbering-gap" in said) == bool(code), said
        print(f"pre-commit, {hook}: a sound draft passes, a faulty one does not")


def action(folder: pathlib.Path) -> None:
    steps = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["runs"]["steps"]
    checkout = repository(folder / "checkout", 讲话=FAULTY)
    home = folder / "runner/jianggao/bin"
    home.mkdir(parents=True)
    for step in steps:
        assert step["shell"] == "bash"
        environment = {"GITHUB_ACTION_PATH": str(ROOT), "RUNNER_TEMP": str(folder / "runner")}
        if step["name"] == "Build" and not BUILDS:
            (home / "jianggao").symlink_to(PROGRAM)
            continue
        code = 0
        if step["name"] == "Check":
            environment |= {"PATHS": "讲话.txt $(touch$IFS$9owned)", "ARGUMENTS": "--fail-on warning"}
            run("bash", "-eo", "pipefail", "-c", step["run"], cwd=checkout, code=2, **environment)
            assert not (checkout / "owned").exists()
            environment["PATHS"], code = "讲话.txt", 1
        said = run("bash", "-eo", "pipefail", "-c", step["run"], cwd=checkout, code=code, **environment)
    assert said.startswith("::warning file=讲话.txt,line=2,col="), said
    print("GitHub Action: its steps run, and a faulty draft is annotated")


def gitlab(folder: pathlib.Path) -> None:
    (job,) = yaml.safe_load((ROOT / "integrations/gitlab/jianggao.yml").read_text("utf-8")).values()
    checkout = repository(folder / "merged", 讲话=FAULTY)
    for line in job["script"]:
        run("bash", "-eo", "pipefail", "-c", line, cwd=checkout, code=1, **job["variables"])
    (found,) = json.loads((checkout / job["artifacts"]["reports"]["codequality"]).read_text("utf-8"))
    # What GitLab asks for: docs.gitlab.com, "Code Quality report format".
    assert found["description"] and found["check_name"] == "numbering-gap" and found["fingerprint"], found
    assert found["severity"] in ("info", "minor", "major", "critical", "blocker")
    assert (found["location"]["path"], found["location"]["positions"]["begin"]["line"]) == ("讲话.txt", 2)
    print("GitLab: the script leaves its report and fails")


def matcher(folder: pathlib.Path) -> None:
    contributed = json.loads((ROOT / "editors/vscode/package.json").read_text("utf-8"))["contributes"]
    (matcher,) = contributed["problemMatchers"]
    pattern = matcher["pattern"]
    # The same expression in Python as in VS Code: it has no group that is named, and no `\u`.
    expression = re.compile(pattern["regexp"])
    drafts = sorted(map(str, (ROOT / "tests/drafts").glob("*.[tm][xd]*")))
    drafts = [path for path in drafts if path.endswith((".txt", ".md"))]
    expected = json.loads(run(str(PROGRAM), "check", "--format", "json", *drafts, cwd=folder, code=1))
    levels = {"error": "error", "warning": "warning", "information": "notice", "hint": "notice"}
    want = [
        (file["path"], at["line"] + 1, levels[one["severity"]], one["message"])
        for file in expected["files"]
        for one in file["diagnostics"]
        for at in [one["range"]["start"]]
    ]
    found = []
    for line in run(str(PROGRAM), "check", "--format", "github", *drafts, cwd=folder, code=1).splitlines():
        match = expression.match(line)
        assert match, line
        path, severity = match[pattern["file"]], match[pattern["severity"]]
        found.append((path, int(match[pattern["line"]]), severity, match[pattern["message"]].replace("%25", "%")))
    assert found == want and len(found) > 100, len(found)
    print(f"problem matcher: {len(found)} lines, each a problem in its place")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        for door in (pre_commit, action, gitlab, matcher):
            door(pathlib.Path(name))
