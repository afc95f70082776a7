#!/usr/bin/env python3
"""tools/fit/genre.py BIN SHARED OTHERS: fits src/paragraph/genre.tsv, what tells that a text is no official prose.

Official: finished prose, faultless speeches, drafts, templates, trials (each set again behind one another, so that
short texts count), rules and laws. Something else: the texts in the folders of OTHERS, one folder a kind (newsletters,
code documentation, novels cut into pieces, lists, chats, reports of cases); in the folder `rules` of OTHERS is more
official prose. Documents for which trust.third(name) holds are left out. The facts come from `BIN features genre`.
Points are hundredths of log odds (L2 logistic regression, each kind of text weighted alike); a fact may only speak for
the side that it is a sign of. The threshold leaves the official texts a margin of MARGIN; what an assistant wrote is
partly of another kind, and only has to lie below it. Prints, with each kind left out of the fit in turn, how much of it
is told. Needs numpy and scikit-learn."""
import collections, glob, json, os, sys, tempfile
import numpy as np
from scipy.optimize import minimize

BINARY, SHARED, OTHERS = sys.argv[1:4]
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, '..', '..', 'src', 'paragraph', 'genre.tsv')
sys.path.insert(0, SHARED + '/corpus')
import trust
from common import export

MARGIN, PIECE, DECAY = 1.0, 3000, .005
MIXED = {'assistant'}


def pieces(text):
    """A long text in pieces."""
    piece = ''
    for line in text.split('\n'):
        piece += line + '\n'
        if len(piece) > PIECE:
            yield piece
            piece = ''
    yield piece


def texts(folder):
    """(kind, official, suffix, text)"""
    read = lambda path: open(path, encoding='utf-8', errors='ignore').read()
    for path in sorted(glob.glob(SHARED + '/corpus/prose/*/*') + glob.glob(SHARED + '/corpus/templates/*/*.*') + glob.glob(SHARED + '/corpus/drafts/*/*') + glob.glob(SHARED + '/clean/*.*') + glob.glob(SHARED + '/drafts/*.txt')):
        name = os.path.basename(path)
        if name.endswith('.json') or name == 'README.md' or trust.third(name):
            continue
        text = read(path)
        kind = os.path.basename(os.path.dirname(path))
        yield kind, True, path, text
        for piece in list(pieces(text))[:3]:
            yield kind, True, path, piece
    cases = [c.get('text', '') for c in map(json.loads, open(SHARED + '/trials/cases.jsonl', encoding='utf-8'))]
    for i in range(0, len(cases), 12):
        yield 'trials', True, '.txt', '\n'.join(cases[i:i + 12])
    for path in sorted(glob.glob(folder + '/*/*')):
        kind = os.path.basename(os.path.dirname(path))
        for piece in list(pieces(read(path)))[:12:3]:
            yield kind, kind == 'rules', path, piece


def main():
    with tempfile.TemporaryDirectory() as t:
        plan = {}
        for kind, official, name, text in texts(OTHERS):
            path = f'{t}/{len(plan)}{os.path.splitext(name)[1] or ".txt"}'
            open(path, 'w', encoding='utf-8').write(text)
            plan[path] = (kind, official, name)
        rows = [(*plan[path], r) for path, found in export(BINARY, 'genre', list(plan)).items() for r in found if r['spoken'] >= 300]
    table = [l.rstrip('\n').split('\t') for l in open(TABLE, encoding='utf-8') if not l.startswith('#')][1:]
    names = [row[0] for row in table if row[0] not in ('bias', 'other')]
    against = {n for n in names if n.startswith(('official', 'form'))}
    X = np.array([[n in r['features'] for n in names] for *_, r in rows], float)
    Y = np.array([0. if official else 1. for _, official, *_ in rows])
    kinds = [kind for kind, *_ in rows]
    count = collections.Counter(zip(kinds, Y))
    sides = collections.Counter(y for _, y in count)
    W = np.array([1 / count[k, y] / sides[y] for k, y in zip(kinds, Y)])
    bounds = [(None, None)] + [(None, 0) if n in against else (0, None) for n in names]

    def fit(keep):
        x, y, w = X[keep], Y[keep], W[keep]

        def loss(p):
            z = p[0] + x @ p[1:]
            e = 1 / (1 + np.exp(-z)) - y
            return (w * (np.logaddexp(0, z) - y * z)).sum() + DECAY / 10 * (p[1:] ** 2).sum(), np.concatenate([[(w * e).sum()], x.T @ (w * e) + DECAY / 5 * p[1:]])
        return minimize(loss, np.zeros(1 + len(names)), jac=True, bounds=bounds, method='L-BFGS-B').x

    p = fit(np.full(len(rows), True))
    z = p[0] + X @ p[1:]
    margin = np.array([.03 if k in MIXED else MARGIN for k in kinds])
    least = lambda scores, keep: (scores + margin)[(Y == 0) & keep].max()
    threshold = least(z, np.full(len(rows), True))
    for kind in sorted(set(kinds)):
        here = np.array([k == kind for k in kinds])
        q = fit(~here)
        s = q[0] + X @ q[1:]
        limit = least(s, ~here)
        print(f'{kind:14} {here.sum():4} texts, scores {z[here].min():6.2f} … {np.median(z[here]):6.2f} … {z[here].max():6.2f}; taken for something else {(z[here] >= threshold).mean():.2f}, when left out {(s[here] >= limit).mean():.2f}')
    worst = sorted(zip(z, rows), key=lambda r: -r[0] if r[1][1] else 99)[:14]
    print('official texts nearest to the threshold:', [(round(float(s), 2), r[0], r[2][-20:]) for s, r in worst], 'threshold', round(float(threshold), 2))
    points = {'bias': p[0], 'other': threshold, **dict(zip(names, p[1:]))}
    with open(TABLE, 'w', encoding='utf-8') as f:
        f.write('# Written by tools/fit/genre.py: points in hundredths of log odds. Whether a text is something other than official prose.\nname\tmeaning\tpoints\n')
        for name, meaning, _ in table:
            f.write(f'{name}\t{meaning}\t{round(100 * points[name])}\n')


main()
