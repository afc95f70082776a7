"""`start.py NAME FILE PROGRAM…`: how many bytes the file has, how long the program takes to start and to check a small draft."""

import os
import statistics
import subprocess
import sys
import time

name, file, *program = sys.argv[1:]
DRAFT = "同志们：\n今天开会。\n".encode()


def took(*arguments: str) -> float:
    """Milliseconds of the median of many runs."""
    runs = []
    for _ in range(40):
        began = time.perf_counter()
        subprocess.run([*program, *arguments], input=DRAFT, capture_output=True)
        runs.append((time.perf_counter() - began) * 1000)
    return statistics.median(runs)


print(f"{name:8} {os.path.getsize(file):10} bytes, {took('--version'):5.1f} ms to start, {took('check', '-'):5.1f} ms for a small draft")
