"""The same drafts through every door, and the same findings from each: `equal.py PROGRAM`.

Wants the package `jianggao` (integrations/python) and the client `mcp`; Spark is asked where `pyspark` is installed.
`PROGRAM` is built with `--features mcp`. The drafts are `examples/` and, where it is there, `../shared/drafts`.
"""

import asyncio
import importlib.util
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

import jianggao
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

ROOT = pathlib.Path(__file__).resolve().parents[2]
SHARED = pathlib.Path(os.environ.get("JIANGGAO_SHARED", ROOT.parent / "shared"))
PROGRAM = str(pathlib.Path(sys.argv[1]).resolve())
LEVELS = {"error": 1, "warning": 2, "information": 3, "hint": 4}


def run(*arguments: str, given: bytes | None = None, codes: tuple[int, ...] = (0, 1)) -> bytes:
    ran = subprocess.run([PROGRAM, *arguments], input=given, capture_output=True)
    assert ran.returncode in codes, (arguments, ran.returncode, ran.stderr.decode())
    return ran.stdout


def of_json(answer: dict) -> list[tuple]:
    """Code, level, message, and the place: lines and characters from 0."""
    places = lambda at: (at["start"]["line"], at["start"]["character"], at["end"]["line"], at["end"]["character"])
    return sorted((one["code"], LEVELS[one["severity"]], one["message"], *places(one["range"])) for one in answer["diagnostics"])


def json_report(paths: list[str]) -> dict[str, list[tuple]]:
    answer = json.loads(run("check", "--format", "json", *paths))
    return {file["path"]: of_json(file) for file in answer["files"]}


def jsonl_stream(paths: list[str]) -> dict[str, list[tuple]]:
    given = "".join(json.dumps({"path": path, "text": text(path)}) + "\n" for path in paths)
    lines = run("check", "--input", "jsonl", given=given.encode()).decode().splitlines()
    return {answer["path"]: of_json(answer) for answer in map(json.loads, lines)}


def sarif(paths: list[str]) -> dict[str, list[tuple]]:
    found = {path: [] for path in paths}
    # What SARIF has no level for is a note, as hints are.
    for one in json.loads(run("check", "--format", "sarif", *paths))["runs"][0]["results"]:
        (location,) = [location["physicalLocation"] for location in one["locations"]]
        at = location["region"]
        place = (at["startLine"] - 1, at["startColumn"] - 1, at["endLine"] - 1, at["endColumn"] - 1)
        path = "/" + urllib.parse.unquote(location["artifactLocation"]["uri"]).split("://")[-1].lstrip("/")
        level = {"error": 1, "warning": 2, "note": 3}[one["level"]]
        found[path].append((one["ruleId"], level, one["message"]["text"], *place))
    return found


def rdjson(paths: list[str]) -> dict[str, list[tuple]]:
    found = {path: [] for path in paths}
    lines = {path: text(path).split("\n") for path in paths}
    for one in json.loads(run("check", "--format", "rdjson", *paths))["diagnostics"]:
        path = one["location"]["path"]

        def place(at: dict) -> tuple[int, int]:
            line = lines[path][at["line"] - 1].encode()
            return at["line"] - 1, len(line[: at["column"] - 1].decode())

        at = one["location"]["range"]
        level = {"ERROR": 1, "WARNING": 2, "INFO": 3}[one["severity"]]
        found[path].append((one["code"]["value"], level, one["message"], *place(at["start"]), *place(at["end"])))
    return found


def language_server(paths: list[str]) -> dict[str, list[tuple]]:
    """As an editor has them, characters in Unicode scalar values."""
    capabilities = {"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}}
    messages = [{"id": 0, "method": "initialize", "params": {"processId": None, "rootUri": None, "capabilities": capabilities}}]
    messages.append({"method": "initialized", "params": {}})
    for n, path in enumerate(paths, 1):
        uri = pathlib.Path(path).as_uri()
        document = {"uri": uri, "languageId": "plaintext", "version": 1, "text": text(path)}
        messages.append({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        messages.append({"id": n, "method": "textDocument/diagnostic", "params": {"textDocument": {"uri": uri}}})
    messages += [{"id": len(paths) + 1, "method": "shutdown"}, {"method": "exit"}]
    given = b""
    for message in messages:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        given += b"Content-Length: %d\r\n\r\n" % len(body) + body
    answered, rest = {}, run("lsp", given=given)
    while rest:
        head, rest = rest.split(b"\r\n\r\n", 1)
        length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0])
        message, rest = json.loads(rest[:length]), rest[length:]
        if "id" in message and "result" in message:
            answered[message["id"]] = message["result"]
    names = {level: name for name, level in LEVELS.items()}
    found = {}
    for n, path in enumerate(paths, 1):
        items = [{**one, "severity": names[one["severity"]]} for one in answered[n]["items"]]
        # Each blank once, as information, with its other places: it stands for as many findings.
        others = [
            {**one, "range": other["location"]["range"]}
            for one in items
            if one["code"] == "placeholder"
            for other in one.get("relatedInformation", ())
        ]
        found[path] = of_json({"diagnostics": items + others})
    return found


def package(paths: list[str]) -> dict[str, list[tuple]]:
    return {path: of_json(jianggao.check(text(path), path=path)) for path in paths}


def over_mcp(paths: list[str]) -> dict[str, list[tuple]]:
    async def ask() -> dict[str, list[tuple]]:
        found = {}
        async with stdio_client(StdioServerParameters(command=PROGRAM, args=["mcp"], env=dict(os.environ))) as streams:
            async with ClientSession(*streams) as session:
                await session.initialize()
                for path in paths:
                    by_path = await session.call_tool("check", {"path": path})
                    by_text = await session.call_tool("check", {"text": text(path)})
                    found[path] = of_json(structured(by_path))
                    assert found[path] == of_json(structured(by_text)), path
        return found

    return asyncio.run(ask())


def structured(result) -> dict:
    return getattr(result, "structuredContent", None) or result.structured_content


def spark(paths: list[str]) -> dict[str, list[tuple]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        pq.write_table(pa.table({"path": paths, "text": [text(path) for path in paths]}), f"{folder}/drafts.parquet")
        job = [sys.executable, str(ROOT / "integrations/spark/check_drafts.py"), "--command", PROGRAM]
        subprocess.run([*job, "--input", f"{folder}/drafts.parquet", "--output", f"{folder}/out"], check=True, capture_output=True)
        found = {path: [] for path in paths}
        for row in pq.read_table(f"{folder}/out/findings").to_pylist():
            place = tuple(row[name] for name in ("line", "character", "end_line", "end_character"))
            found[row["path"]].append((row["code"], LEVELS[row["severity"]], row["message"], *place))
        return found


def told(door, findings: list[tuple]) -> list[tuple]:
    """What of the findings every door of its kind tells."""
    if door in (sarif, rdjson):
        # They have three levels: the last is the last two of ours.
        return sorted((code, min(level, 3), *rest) for code, level, *rest in findings)
    if door is language_server:
        blank = "placeholder"
        return sorted((code, *(("", "") if code == blank else rest[:2]), *rest[2:]) for code, *rest in findings)
    return sorted(map(tuple, findings))


def text(path: str) -> str:
    return pathlib.Path(path).read_bytes().decode()


def main() -> None:
    given = sorted([*ROOT.glob("examples/*.txt"), *SHARED.glob("drafts/*.txt")])
    paths = [str(path.resolve()) for path in given]
    expected = json_report(paths)
    count = sum(map(len, expected.values()))
    assert count > 20, count
    doors = [jsonl_stream, sarif, rdjson, language_server, package, over_mcp]
    if importlib.util.find_spec("pyspark"):
        doors.append(spark)
    for door in doors:
        found = door(paths)
        for path in paths:
            got, want = told(door, found[path]), told(door, expected[path])
            if door is language_server:
                # Of the other places of one blank it names twenty.
                want = [one for one in want if one in got or one[0] != "placeholder"]
            assert got == want, (door.__name__, path, sorted(set(got) ^ set(want))[:6])
        print(f"{door.__name__}: {count} findings in {len(paths)} drafts, the same as json")


if __name__ == "__main__":
    main()
