"""What the commands that fit points have in common."""
import collections, json, subprocess
import numpy as np


def export(binary, kind, paths):
    """The features of this kind that the program finds, by file."""
    rows = collections.defaultdict(list)
    for i in range(0, len(paths), 300):
        out = subprocess.run([binary, 'features', kind, *paths[i:i + 300]], capture_output=True, text=True)
        for line in out.stdout.splitlines():
            row = json.loads(line)
            rows[row['file']].append(row)
    return rows


def threshold(scores, chars, per10k, tail=8):
    """The score above which so many of these false candidates are expected in 10,000 characters.

    The worst few say little by themselves, so the tail is taken to fall off evenly in the logarithm."""
    worst = np.sort(scores)[::-1][:tail + 1]
    if len(worst) <= tail: return float(worst[0]) + .01
    return float(worst[-1] + (worst[:-1] - worst[-1]).mean() * np.log(tail / (per10k * chars / 1e4)))
