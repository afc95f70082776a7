#!/usr/bin/env python3
"""tools/fit/counts.py BIN SHARED [--show]: fits src/outline/counts.tsv, which announced counts belong to which list.

In finished prose a count and the list that belongs to it agree, and a pair that differs hardly ever belongs together.
So the pairs that agree, with their count changed by one, two or more, are the faults to be found; the pairs that
differ (where no other pair of the same count or list agrees, and it can be told where the list ends) are what must
stay silent. Documents for which trust.third(name) holds are left out. Prose has few of some shapes and of some signs,
so made texts (announced.py) are added: they weigh as much as the faults of prose, and what is foreign in them a fifth
of what is in prose. Features come from `BIN features counts`. Points are hundredths of log odds: logistic regression
with L2, faults weighted to one in every third document; the thresholds follow from the false alarms allowed per 10,000
characters of prose, by cross-validation over documents. Prints recall by shape, also with the shape left out of the
fit, and the table of reliability. Needs numpy and scikit-learn."""
import glob, os, sys, tempfile
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

BINARY, SHARED = sys.argv[1], sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, '..', '..', 'src', 'outline', 'counts.tsv')
sys.path.insert(0, SHARED + '/corpus')
import announced, trust
from common import export, threshold

REPORT_PER_10K, HINT_PER_10K = .003, .02
# How many made texts of each shape, and what a foreign count in them weighs.
EACH, FOREIGN = 40, .2
# How often the documents are divided anew.
REPEATS = 8
# By how much a count is wrong, and how often.
OFF = [(1, .8, None), (2, .14, 'off-two'), (3, .06, 'off-more')]
SHAPES = ['row-head', 'row-tail', 'row-character', 'row-unit', 'row-quoted', 'row-length', 'unit', 'recurs-most', 'nth', 'nth-noun', 'shi', 'verb', 'cn-dun', 'cn-paren', 'arabic', 'first', 'markdown', 'other']


def decisive(rows):
    """The pairs that agree, and those that differ and share neither count nor list with one that agrees."""
    key = lambda r: (r['line'], r['place'])
    fits = [r for r in rows if r['agrees']]
    taken = {key(r) for r in fits} | {('list', r['list']) for r in fits if r['list'] is not None}
    return fits, [r for r in rows if not r['agrees'] and not r['open'] and key(r) not in taken and ('list', r['list']) not in taken]


def shape(features):
    return next((s for s in SHAPES if s in features), 'other')


def main():
    table = [l.split('\t') for l in open(TABLE, encoding='utf-8').read().splitlines()[2:]]
    names = [row[0] for row in table if not row[0].startswith('threshold')]
    meaning = {row[0]: row[1] for row in table}
    docs = [p for d in ('corpus/prose/*/*', 'clean/*.[tm]*', 'corpus/other/law/*', 'drafts/*.txt') for p in sorted(glob.glob(f'{SHARED}/{d}')) if 'README' not in p and not trust.third(os.path.basename(p))]
    prose = export(BINARY, 'counts', docs)
    chars = sum(len(open(p, encoding='utf-8').read()) for p in docs)
    X, Y, W, G, S, info = [], [], [], [], [], []

    def add(r, y, w, group, kind, off=None):
        f = set(r['features']) if off is None else {n for n in r['features'] if not n.startswith('off-')} | {off}
        X.append([float(n in f) for n in names]); Y.append(y); W.append(w); G.append(group); S.append(kind); info.append((group, r['line'] + 1, r['text'], r['count'], r['actual'], ' '.join(r['features'])))
    for p, rows in prose.items():
        group = os.path.relpath(p, SHARED)
        fits, differ = decisive(rows)
        for r in (r for r in fits if not r['open']):
            for _, w, off in OFF: add(r, 1, w, group, shape(set(r['features'])), off)
        for r in differ: add(r, 0, 1, group, 'prose')
    made = announced.texts(20, EACH)
    with tempfile.TemporaryDirectory() as t:
        paths = [f'{t}/{i:05}.txt' for i in range(len(made))]
        for path, (_, _, text) in zip(paths, made): open(path, 'w', encoding='utf-8').write(text)
        rows = export(BINARY, 'counts', paths)
        for i, (path, (kind, true, _)) in enumerate(zip(paths, made)):
            for r in rows.get(path, ()):
                if not true: add(r, 0, FOREIGN, f'made {i}', 'foreign') if not r['agrees'] and not r['open'] else None
                elif r['agrees']:
                    for _, w, off in OFF: add(r, 1, w, f'made {i}', 'made ' + kind, off)
                elif kind == 'such': add(r, 1, 1, f'made {i}', 'made ' + kind)
    X, Y, W, S = np.array(X), np.array(Y), np.array(W), np.array(S)
    natural = np.array([not g.startswith('made') for g in G])
    for own in (natural, ~natural): W[own & (Y == 1)] *= len(docs) / 6 / W[own & (Y == 1)].sum()
    print(f'{len(docs)} documents, {chars} characters: {int((Y == 0).sum())} pairs that differ, {int((Y == 1).sum() / len(OFF))} that agree; {int((~natural).sum())} made')
    make = lambda: LogisticRegression(C=1.0, max_iter=5000, fit_intercept=False)
    score, coefs = np.zeros(len(Y)), []
    groups = np.unique(G, return_inverse=True)[1]
    # Prose has so few pairs that one way of dividing it says little.
    for seed in range(REPEATS):
        for train, test in GroupKFold(5, shuffle=True, random_state=seed).split(X, Y, groups):
            m = make().fit(X[train], Y[train], sample_weight=W[train]); coefs.append(m.coef_[0]); score[test] += X[test] @ m.coef_[0] / REPEATS

    kinds = sorted({s for s, y in zip(S, Y) if y})
    report, hint = (threshold(score[(Y == 0) & natural], chars, rate) for rate in (REPORT_PER_10K, HINT_PER_10K))
    for name, th in (('report', report), ('hint', hint)):
        print(f'{name} > {th:.2f}: false {int((score[(Y == 0) & natural] > th).sum())} ({(score[(Y == 0) & natural] > th).sum() / chars * 1e4:.4f} per 10k), found {np.average(score[Y == 1] > th, weights=W[Y == 1]):.3f} of all', *(f'{s} {np.average(score[(Y == 1) & (S == s)] > th, weights=W[(Y == 1) & (S == s)]):.2f}/{int(((Y == 1) & (S == s)).sum() / len(OFF) + .5)}' for s in kinds if ((Y == 1) & (S == s)).any()))
    for s in kinds:
        own = (S == s) & (Y == 1)
        if own.any():
            m = make().fit(X[~own], Y[~own], sample_weight=W[~own])
            print(f'without {s} in the fit: {np.average(X[own] @ m.coef_[0] > report, weights=W[own]):.2f} of it found')
    for edge in range(-6, 6, 2):
        near = (score >= edge) & (score < edge + 2)
        if near.any(): print(f'points {edge * 100} to {edge * 100 + 200}: {np.average(Y[near], weights=W[near]):.2f} are faults, of {int(near.sum())}')
    if '--show' in sys.argv:
        for i in np.argsort(-score):
            if not Y[i] and score[i] > hint: print('false', round(score[i], 2), *info[i])
        for i in np.argsort(score):
            if Y[i] and score[i] < report and 'off-' not in info[i][-1] and i % 3 == 0: print('missed', round(score[i], 2), *info[i])
    final, spread = make().fit(X, Y, sample_weight=W).coef_[0], np.std(coefs, axis=0)
    with open(TABLE, 'w', encoding='utf-8') as f:
        f.write('# 由 tools/fit/counts.py 写成：百分之一对数几率。宣布的数目与列表是否相属。\nname\tmeaning\tpoints\tspread\n')
        for n, c, s in zip(names, final, spread):
            f.write(f'{n}\t{meaning[n]}\t{round(c * 100)}\t{round(s * 100)}\n')
        for n, th in (('threshold-report', report), ('threshold-hint', hint)):
            f.write(f'{n}\t{meaning[n]}\t{round(th * 100)}\t0\n')


main()
