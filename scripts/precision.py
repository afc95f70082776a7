#!/usr/bin/env python3
"""scripts/precision.py BIN: how often each rule is right.

What every rule finds at warning level in ../shared/corpus/prose, finished texts with one fault in a list and blanks of
one style put into every third (what is put in and found counts once a document), held against the verdicts of readers
(../shared/corpus/verdicts.jsonl and tests/corpus/*.jsonl; the first one counts, what nobody has judged counts as
false): found, true, of these planted, false, of these in the unseen third, arguable, precision. A rule that warns is to
be right nine times in ten; the exit is 1 where one is wrong more often and more than once. JIANGGAO_SHARED names
another place for the texts."""
import collections, glob, json, os, random, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.environ.get('JIANGGAO_SHARED') or os.path.join(os.path.dirname(ROOT), 'shared')
WANTED = .9


def verdicts():
    """What readers said: {(file, line, rule): verdict}."""
    known = {}
    for path in [f'{SHARED}/corpus/verdicts.jsonl', *sorted(glob.glob(f'{ROOT}/tests/corpus/*.jsonl'))]:
        for row in map(json.loads, filter(str.strip, open(path, encoding='utf-8'))):
            known.setdefault((row['file'], row['line'], row['code']), row['verdict'])
    return known


def planted_in(text, name, md):
    """The text with a fault and blanks in it, the lines of the fault and the places of the blanks."""
    rnd = random.Random(name)
    made, blanks = trust.blanked(text, rnd, md)
    kinds = rnd.sample(planted.KINDS, len(planted.KINDS))
    fault = next(filter(None, (planted.planted(made, rnd, kind) for kind in kinds)), (made, ()))
    return fault[0], fault[1], {line for line, *_ in blanks}


def tally(binary):
    """By rule: how many findings have each verdict."""
    known, rules = verdicts(), collections.defaultdict(collections.Counter)
    with tempfile.TemporaryDirectory() as folder:
        names, near = {}, {}
        for i, path in enumerate(sorted(glob.glob(f'{SHARED}/corpus/prose/*/*'))):
            name = os.path.relpath(path, f'{SHARED}/corpus')
            if i % 3 == 0:
                text = open(path, encoding='utf-8', newline='').read()
                made, faults, blanks = planted_in(text, name, path.endswith('.md'))
                path = f'{folder}/{i}{os.path.splitext(path)[1]}'
                open(path, 'w', encoding='utf-8', newline='').write(made)
                near[path] = {'numbering': faults, 'placeholder': blanks}
            names[path] = name
        for path, found in trust.check(binary, list(names)).items():
            name, seen = names[path], set()
            for finding in filter(trust.warns, found):
                line, code = finding['range']['start']['line'], finding['code']
                verdict = known.get((name, line + 1, code), 'false')
                kind = code.split('-')[0]
                if line in near.get(path, {}).get(kind, ()):
                    rules[code]['planted'] += kind not in seen
                    seen.add(kind)
                    continue
                rules[code][verdict] += 1
                rules[code]['third'] += verdict == 'false' and trust.third(os.path.basename(name))
    return rules


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    print(f'{"rule":24}{"found":>7}{"true":>7}{"planted":>9}{"false":>7}{"in the third":>14}{"arguable":>10}{"precision":>11}')
    low = []
    for code, n in sorted(tally(os.path.abspath(sys.argv[1])).items()):
        true = n['true'] + n['planted']
        judged = true + n['false']
        precision = true / judged if judged else 1
        print(f'{code:24}{judged + n["arguable"]:7}{true:7}{n["planted"]:9}{n["false"]:7}{n["third"]:14}{n["arguable"]:10}{precision:11.2f}')
        if precision < WANTED and n['false'] > 1:
            low.append(code)
    if low:
        sys.exit(f'right less often than {WANTED}: {", ".join(low)}')


if __name__ == '__main__':
    if not os.path.isdir(SHARED):
        print(f'no texts to measure with in {SHARED}: skipped')
        sys.exit()
    sys.path[:0] = [f'{SHARED}/corpus', f'{ROOT}/tools/fit']
    import planted, trust
    main()
