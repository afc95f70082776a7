"""What the commands that fit points have in common."""
import collections, json, subprocess


def export(binary, kind, paths):
    """The features of this kind that the program finds, by file."""
    rows = collections.defaultdict(list)
    for i in range(0, len(paths), 300):
        out = subprocess.run([binary, 'features', kind, *paths[i:i + 300]], capture_output=True, text=True)
        for line in out.stdout.splitlines():
            row = json.loads(line)
            rows[row['file']].append(row)
    return rows
