"""Faults put into the faultless lists of a text, and turns of speech that are none. Standard library only."""
import collections, re

KINDS = ['wrong', 'repeat', 'skip', 'swap', 'start']
# Met so seldom that a few are enough.
RARE = ['reverse']
CN = '一二三四五六七八九'
INLINE = [r'([一二三四五六七八九])(是)', r'([一二三四五六七八九])(要)', r'第([一二三四五六七八九])(，)', r'（([一二三四五六七八九])）()', r'([一二三四五六七八九])([\u4e00-\u9fff])']
BLOCK = [r'^[\s　]*(?:#+ )?(?:\*\*)?([一二三四五六七八九])、', r'^[\s　]*(?:#+ )?(?:\*\*)?（([一二三四五六七八九])）', r'^[\s　]*([1-9])[.．、](?!\d)', r'^[\s　]*第([一二三四五六七八九])，', r'^[\s　]*([一二三四五六七八九])是']


def lists(lines):
    """The faultless lists of three or more (of paragraphs: two): [(line, column, numeral)]."""
    found = []
    for i, line in enumerate(lines):
        for rx in INLINE:
            by = collections.defaultdict(list)
            for m in re.finditer(r'(?:^|(?<=[。；：， 　]))' + rx, line):
                by[m[2]].append(m)
            for ms in by.values():
                v = [CN.index(m[1]) + 1 for m in ms]
                if len(v) >= 3 and v == list(range(1, len(v) + 1)):
                    found.append([(i, m.start(1), m[1]) for m in ms])
    for rx in BLOCK:
        run = []
        for i, line in enumerate(lines + ['']):
            m = re.match(rx, line)
            if not m and i < len(lines):
                continue
            n = 0 if not m else int(m[1]) if m[1].isdigit() else CN.index(m[1]) + 1
            if m and n == len(run) + 1:
                run.append((i, m.start(1), m[1]))
            else:
                if len(run) >= 2:
                    found.append(run)
                run = [(i, m.start(1), m[1])] if n == 1 else []
    return found


def planted(text, rnd, kind):
    """The text with one fault of this kind, and the lines near it; or None."""
    lines = text.split('\n')
    runs = lists(lines)
    if not runs:
        return None
    run = rnd.choice(runs)
    n = len(run)
    k = rnd.randrange(1, n)
    values = list(range(1, n + 1))
    if n == 9 and kind in ('repeat', 'skip', 'start'):
        return None  # 10 may follow
    if kind == 'wrong':
        values[k] += rnd.choice([-1, 1]) if k + 1 < n else -1
    elif kind == 'repeat':
        values = values[:k] + [v - 1 for v in values[k:]]
    elif kind == 'skip':
        values = values[:k] + [v + 1 for v in values[k:]]
        if n < 4 or k + 1 == n:
            return None
    elif kind == 'swap':
        if k + 1 >= n:
            return None
        values[k], values[k + 1] = values[k + 1], values[k]
    elif kind == 'reverse':
        if n < 3 or any(i != j for i, j in zip([r[0] for r in run], [r[0] for r in run][1:])):
            return None
        values.reverse()
    elif kind == 'start':
        values = [v + 1 for v in values]
        k = 0
        if any(i == j for i, j in zip([r[0] for r in run], [r[0] for r in run][1:])):
            return None
    if max(values) > 9:
        return None
    for (i, at, old), v in sorted(zip(run, values), reverse=True):
        lines[i] = lines[i][:at] + (str(v) if old.isdigit() else CN[v - 1]) + lines[i][at + len(old):]
    return '\n'.join(lines), {run[j][0] for j in range(max(0, k - 1), min(n, k + 2))}


WORDS = ['首先，', '首先要', '最重要的是，', '头一条，', '先说', '一方面，', '第一个是']


def turned(text, rnd):
    """The text with the first item of a list in other words: a turn of speech, no fault. Like planted."""
    lines = text.split('\n')
    runs = [run for run in lists(lines) if lines[run[0][0]][run[0][1] - 1:run[0][1] + 3][:1] == '第' or lines[run[0][0]][run[0][1] + 1:run[0][1] + 2] in '是要']
    if not runs:
        return None
    run = rnd.choice(runs)
    i, at, _ = run[0]
    m = re.compile('第?[一二三四五六七八九](是|要|，)').match(lines[i], at - (lines[i][at - 1:at] == '第'))
    if not m:
        return None
    lines[i] = lines[i][:m.start()] + rnd.choice(WORDS) + lines[i][m.end():]
    return '\n'.join(lines), {r[0] for r in run[:2]}
