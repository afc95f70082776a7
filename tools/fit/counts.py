#!/usr/bin/env python3
"""tools/fit/counts.py BIN SHARED [--show]: fits src/outline/counts.tsv, which announced counts belong to which list.

In finished prose a count and the list that belongs to it agree, and a pair that differs hardly ever belongs together.
So the pairs that agree, with their count changed by one, two or more, are the faults to be found; the pairs that
differ (where no other pair of the same count or list agrees, and it can be told where the list ends) are what must stay silent. Documents for which
trust.third(name) holds are left out. The sentences of tests/it/counts.tsv that agree add shapes that prose has too few
of. Features come from `BIN features counts`. Points are hundredths of log odds: logistic
regression drawn towards the column `prior` of the table, since prose has few such pairs, with faults weighted to one in
every third document; the thresholds follow from the false alarms allowed per 10,000 characters, by
cross-validation over documents. Prints recall by shape, also with the shape left out of the fit, and the table of
reliability. Needs numpy, scipy and scikit-learn."""
import glob, os, sys, tempfile
import numpy as np
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

BINARY, SHARED = sys.argv[1], sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, '..', '..', 'src', 'outline', 'counts.tsv')
sys.path.insert(0, SHARED + '/corpus')
import trust
from common import export

REPORT_PER_10K, HINT_PER_10K = .0085, .03
# By how much a count is wrong, and how often.
OFF = [(1, .8, None), (2, .14, 'off-two'), (3, .06, 'off-more')]
SHAPES = ['row-head', 'row-tail', 'row-character', 'row-unit', 'row-quoted', 'row-length', 'unit', 'recurs-most', 'nth', 'nth-noun', 'shi', 'verb', 'cn-dun', 'cn-paren', 'arabic', 'first', 'markdown', 'other']


def decisive(rows):
    """The pairs that agree, and those that differ and share neither count nor list with one that agrees."""
    key = lambda r: (r['line'], r['place'])
    fits = [r for r in rows if r['agrees']]
    taken = {key(r) for r in fits} | {('list', r['list']) for r in fits if r['list'] is not None}
    return fits, [r for r in rows if not r['agrees'] and not r['open'] and key(r) not in taken and ('list', r['list']) not in taken]


class Model:
    def __init__(self, prior): self.prior = prior

    def fit(self, X, Y, sample_weight):
        def loss(w):
            z = X @ w
            p = 1 / (1 + np.exp(-z))
            return (sample_weight * np.logaddexp(0, np.where(Y == 1, -z, z))).sum() + ((w - self.prior) ** 2).sum() / 2, X.T @ (sample_weight * (p - Y)) + w - self.prior
        self.w = minimize(loss, self.prior, jac=True, method='L-BFGS-B').x
        return self


def shape(features):
    return next((s for s in SHAPES if s in features), 'other')


def main():
    table = [l.split('\t') for l in open(TABLE, encoding='utf-8').read().splitlines()[2:]]
    names = [row[0] for row in table if not row[0].startswith('threshold')]
    prior = np.array([float(row[2]) / 100 for row in table if row[0] in names])
    meaning = {row[0]: row[1] for row in table}
    docs = [p for d in ('corpus/prose/*/*', 'clean/*.[tm]*', 'corpus/other/law/*', 'drafts/*.txt') for p in sorted(glob.glob(f'{SHARED}/{d}')) if 'README' not in p and not trust.third(os.path.basename(p))]
    prose = export(BINARY, 'counts', docs)
    chars = sum(len(open(p, encoding='utf-8').read()) for p in docs)
    with tempfile.TemporaryDirectory() as t:
        rows = [l.rstrip('\n').split('\t') for l in open(os.path.join(HERE, '../../tests/it/counts.tsv'), encoding='utf-8') if not l.startswith('#')]
        made = []
        for i, (_, text) in enumerate(r for r in rows if r[0] == '-'):
            made.append(f'{t}/{i:03}.txt')
            open(made[-1], 'w', encoding='utf-8').write(text.replace('¶', '\n'))
        shapes = export(BINARY, 'counts', made)
    X, Y, W, G, S, info = [], [], [], [], [], []

    def add(r, y, w, group, off=None):
        f = {n for n in r['features'] if not n.startswith('off-')} | ({off} if off else set())
        if not y: f = set(r['features'])
        X.append([float(n in f) for n in names]); Y.append(y); W.append(w); G.append(group); S.append(shape(f)); info.append((os.path.relpath(group, SHARED), r['line'] + 1, r['text'], r['count'], r['actual'], ' '.join(r['features'])))
    for source, natural in ((prose, True), (shapes, False)):
        for p, rows in source.items():
            fits, differ = decisive(rows)
            for r in (r for r in fits if not r['open']):
                for _, w, off in OFF: add(r, 1, w, p, off)
            for r in differ: add(r, 0, 1, p)
    X, Y, W, S = np.array(X), np.array(Y), np.array(W), np.array(S)
    share = len(docs) / 3 / W[Y == 1].sum()
    W[Y == 1] *= share
    natural = np.array([not g.startswith('/tmp') for g in G])
    print(f'{len(docs)} documents, {chars} characters: {int((Y == 0).sum())} pairs that differ, {int((Y == 1).sum() / len(OFF))} that agree, weight {share:.3f}')
    make = lambda: Model(prior)
    score, coefs = np.zeros(len(Y)), []
    groups = np.unique(G, return_inverse=True)[1]
    for train, test in GroupKFold(5).split(X, Y, groups):
        m = make().fit(X[train], Y[train], sample_weight=W[train]); coefs.append(m.w); score[test] = X[test] @ m.w

    def threshold(per10k):
        worst = np.sort(score[(Y == 0) & natural])[::-1]
        return worst[min(int(per10k * chars / 1e4), len(worst) - 1)] + .01
    report, hint = threshold(REPORT_PER_10K), threshold(HINT_PER_10K)
    for name, th in (('report', report), ('hint', hint)):
        print(f'{name} > {th:.2f}: false {int((score[(Y == 0) & natural] > th).sum())} ({(score[(Y == 0) & natural] > th).sum() / chars * 1e4:.4f} per 10k), found {np.average(score[Y == 1] > th, weights=W[Y == 1]):.3f} of all', *(f'{s} {np.average(score[(Y == 1) & (S == s)] > th, weights=W[(Y == 1) & (S == s)]):.2f}/{int(((Y == 1) & (S == s)).sum() / len(OFF))}' for s in SHAPES if ((Y == 1) & (S == s)).any()))
    for s in SHAPES:
        own = (S == s) & (Y == 1)
        if own.any():
            m = make().fit(X[~own], Y[~own], sample_weight=W[~own])
            print(f'without {s} in the fit: {np.average(X[own] @ m.w > report, weights=W[own]):.2f} of it found')
    for edge in range(-6, 6, 2):
        near = (score >= edge) & (score < edge + 2)
        if near.any(): print(f'points {edge * 100} to {edge * 100 + 200}: {np.average(Y[near], weights=W[near]):.2f} are faults, of {int(near.sum())}')
    if '--show' in sys.argv:
        for i in np.argsort(-score):
            if not Y[i] and score[i] > hint: print('false', round(score[i], 2), *info[i])
        for i in np.argsort(score):
            if Y[i] and score[i] < report and 'off-' not in info[i][-1] and i % 3 == 0: print('missed', round(score[i], 2), *info[i])
    final, spread = make().fit(X, Y, sample_weight=W).w, np.std(coefs, axis=0)
    with open(TABLE, 'w', encoding='utf-8') as f:
        f.write('# 由 tools/fit/counts.py 写成：百分之一对数几率。宣布的数目与列表是否相属。prior 一栏是手写的先验。\nname\tmeaning\tprior\tpoints\tspread\n')
        for n, q, c, s in zip(names, prior, final, spread):
            f.write(f'{n}\t{meaning[n]}\t{round(q * 100)}\t{round(c * 100)}\t{round(s * 100)}\n')
        for n, th in (('threshold-report', report), ('threshold-hint', hint)):
            f.write(f'{n}\t{meaning[n]}\t0\t{round(th * 100)}\t0\n')


main()
