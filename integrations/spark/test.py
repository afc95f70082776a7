"""The job on a real local Spark with two workers, against the plain command line.

    python3 integrations/spark/test.py PROGRAM [DRAFTS]

Makes DRAFTS (20,000) drafts out of `examples/` and, where it is there, `../shared/clean` and `../shared/drafts`, one of
them of 4 MB and one without text; compares the findings one by one; and kills the program in the middle of a task once.
"""

import json
import os
import pathlib
import random
import stat
import subprocess
import sys
import tempfile
import time

import pyarrow as pa
import pyarrow.parquet as pq

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent


def drafts(count: int) -> list[tuple[str, str]]:
    shared = pathlib.Path(os.environ.get("JIANGGAO_SHARED", ROOT.parent / "shared"))
    files = [*ROOT.glob("examples/*.txt"), *shared.glob("clean/*.txt"), *shared.glob("drafts/*.txt")]
    lines = [line for file in files for line in file.read_text("utf-8").splitlines(keepends=True) if line.strip()]
    chance = random.Random(7)
    made = []
    for n in range(count):
        start = chance.randrange(len(lines))
        made.append((f"{n % 97}/{n}.txt", "".join(lines[start : start + chance.randrange(1, 40)])))
    made[count // 2] = ("long.txt", "".join(lines) * (1_400_000 // sum(map(len, lines)) + 1))
    made[count // 3] = ("empty.txt", "")
    return made


def plainly(program: str, made: list[tuple[str, str]]) -> tuple[list[tuple], float]:
    given = "".join(json.dumps({"path": path, "text": text}, ensure_ascii=False) + "\n" for path, text in made)
    began = time.monotonic()
    answered = subprocess.run([program, "check", "--input", "jsonl"], input=given.encode(), stdout=subprocess.PIPE)
    took = time.monotonic() - began
    sys.path.insert(0, str(HERE))
    from check_drafts import findings

    return sorted(row for line in answered.stdout.decode().splitlines() for row in findings(line)), took


def on_spark(program: str, archive: pathlib.Path, output: pathlib.Path) -> tuple[list[tuple], float, int]:
    began = time.monotonic()
    job = [sys.executable, str(HERE / "check_drafts.py"), "--input", str(archive), "--output", str(output)]
    # local[2, 4]: two workers, and a task may fail three times, as on a cluster.
    environment = {**os.environ, "PYSPARK_SUBMIT_ARGS": "--master local[2,4] --driver-memory 4g pyspark-shell"}
    status = subprocess.run([*job, "--command", program], env=environment).returncode
    took = time.monotonic() - began
    table = pq.read_table(output / "findings").to_pylist()
    return sorted(tuple(row.values()) for row in table), took, status


def dying_once(program: str, folder: pathlib.Path) -> str:
    """The program, but the first run ends in the middle of its answers."""
    mark, script = folder / "died", folder / "dying"
    script.write_text(
        f'#!/bin/sh\nif mkdir "{mark}" 2> /dev/null; then\n  "{program}" "$@" | head -c 5000\n  kill -9 $$\nfi\nexec "{program}" "$@"\n'
    )
    script.chmod(script.stat().st_mode | stat.S_IEXEC)
    return str(script)


def main() -> int:
    program, count = str(pathlib.Path(sys.argv[1]).resolve()), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    made = drafts(count)
    characters = sum(len(text) for _, text in made)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        archive = folder / "drafts.parquet"
        pq.write_table(pa.table({"path": [path for path, _ in made], "text": [text for _, text in made]}), archive)
        expected, alone = plainly(program, made)
        found, took, status = on_spark(program, archive, folder / "out")
        assert status == 2, status
        assert pq.read_table(folder / "out" / "unread").column("path").to_pylist() == ["empty.txt"]
        assert found == expected, f"{len(found)} findings in place of {len(expected)}"
        again, with_death, status = on_spark(dying_once(program, folder), archive, folder / "again")
        assert (folder / "died").exists()
        assert status == 2 and again == expected, f"after a death {len(again)} findings in place of {len(expected)}"
    print(f"{count} drafts, {characters} characters, {len(expected)} findings, the same three times")
    print(f"command line {alone:.1f} s, Spark {took:.1f} s, Spark with a program that dies {with_death:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
