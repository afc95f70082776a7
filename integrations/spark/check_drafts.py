"""Checks an archive of drafts on Spark, whatever its size.

    spark-submit check_drafts.py --input ARCHIVE --output FOLDER

ARCHIVE is Parquet with the columns `path` and `text`, or, with `--files`, a folder of UTF-8 text files. FOLDER gets two
tables in Parquet:

- `findings`: path, code, severity, message, line, character, end_line, end_character. Lines and characters are counted
  from 0, a character is a Unicode scalar value, as in `jianggao check --format json`.
- `unread`: path, error; the drafts that could not be checked. They are not cleared.

Each task streams its drafts through `jianggao check --input jsonl`, an object a line in and one out, in the same order.
The job fails rather than lose a draft: a program that dies fails its task, and Spark tries it again; a task that
answers with fewer lines than it was given fails.
"""

import argparse
import json
import shlex
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator

from pyspark.sql import DataFrame, Row, SparkSession
from pyspark.sql import functions as F
from pyspark.sql import types as T

# Text for one task, in bytes: some seconds of work, so that a long draft or a slow machine holds up little.
TASK = 16 << 20
# What the program ends with when it has answered: nothing found, findings, a draft that could not be read.
ANSWERED = (0, 1, 2)

FINDING = T.StructType(
    [T.StructField(name, T.StringType(), False) for name in ("path", "code", "severity", "message")]
    + [T.StructField(name, T.IntegerType(), False) for name in ("line", "character", "end_line", "end_character")]
)
UNREAD = T.StructType([T.StructField(name, T.StringType(), False) for name in ("path", "error")])


def answers(command: list[str], drafts: Iterable[Row]) -> Iterator[str]:
    """One line of JSON for each draft, in their order. Raises `RuntimeError` when one is missing."""
    program = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    given = 0
    failure: list[BaseException] = []

    def feed() -> None:
        nonlocal given
        try:
            with program.stdin as sink:
                for draft in drafts:
                    record = json.dumps({"path": draft.path, "text": draft.text or ""}, ensure_ascii=False)
                    sink.write(record.encode("utf-8", "replace") + b"\n")
                    given += 1
        except BrokenPipeError:
            pass  # The program has died; how it ended says so below.
        except BaseException as error:  # What Spark raises while it reads the drafts belongs to the task.
            failure.append(error)

    feeder = threading.Thread(target=feed, daemon=True)
    feeder.start()
    answered = 0
    try:
        for line in program.stdout:
            answered += 1
            yield line.decode("utf-8")
        feeder.join()
        status = program.wait()
    finally:
        program.kill()
        program.wait()
    if failure:
        raise failure[0]
    if status not in ANSWERED or answered != given:
        raise RuntimeError(f"{command[0]} ended with {status}: {answered} answers for {given} drafts")


def check(drafts: DataFrame, command: list[str]) -> DataFrame:
    """The answer of the program for each row (`path`, `text`) of `drafts`, a line of JSON in the column `value`."""
    lines = drafts.rdd.mapPartitions(lambda rows: ((line,) for line in answers(command, rows)))
    return drafts.sparkSession.createDataFrame(lines, T.StructType([T.StructField("value", T.StringType(), False)]))


def findings(line: str) -> list[tuple]:
    answer = json.loads(line)
    rows = []
    for found in answer.get("diagnostics", ()):
        start, end = found["range"]["start"], found["range"]["end"]
        rows.append(
            (answer["path"], found["code"], found["severity"], found["message"])
            + (start["line"], start["character"], end["line"], end["character"])
        )
    return rows


def read(spark: SparkSession, archive: str, is_files: bool) -> DataFrame:
    """The drafts, cut into tasks of about [`TASK`] bytes, long and short ones mixed."""
    if is_files:
        names = F.col("_metadata.file_path").alias("path")
        drafts = spark.read.text(archive, wholetext=True, recursiveFileLookup=True).select(names, F.col("value").alias("text"))
    else:
        drafts = spark.read.parquet(archive).select("path", "text")
    size = drafts.agg(F.sum(F.octet_length("text"))).first()[0] or 0
    # By chance and not by neighbourhood: the drafts of one office are of one length.
    return drafts.repartition(max(size // TASK + 1, spark.sparkContext.defaultParallelism), F.xxhash64("path"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True, help="Parquet (path, text), or a folder of text files with --files")
    parser.add_argument("--files", action="store_true", help="the archive is a folder of text files")
    parser.add_argument("--output", required=True, help="the folder for the tables `findings` and `unread`")
    parser.add_argument("--command", default="jianggao", help="the program on the workers (default: %(default)s)")
    parser.add_argument("--config", help="a jianggao.toml that all workers can read")
    parser.add_argument("--mode", default="errorifexists", choices=["errorifexists", "overwrite"], help="if there is an output")
    given = parser.parse_args()

    command = [*shlex.split(given.command), "check", "--input", "jsonl"]
    if given.config:
        command += ["--config", given.config]
    spark = SparkSession.builder.appName("jianggao").getOrCreate()
    answered = check(read(spark, given.input, given.files), command).persist()
    rows = answered.rdd.flatMap(lambda row: findings(row.value))
    spark.createDataFrame(rows, FINDING).write.mode(given.mode).parquet(f"{given.output}/findings")
    refused = answered.select(
        F.get_json_object("value", "$.path").alias("path"), F.get_json_object("value", "$.error").alias("error")
    ).where("error is not null")
    refused.write.mode(given.mode).parquet(f"{given.output}/unread")
    drafts, unread = answered.count(), refused.count()
    print(f"{drafts} drafts, {unread} of them unread", file=sys.stderr)
    spark.stop()
    return 2 if unread else 0


if __name__ == "__main__":
    sys.exit(main())
