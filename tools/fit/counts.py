#!/usr/bin/env python3
"""tools/fit/counts.py BIN SHARED [--show] [MODEL ...]: fits src/outline/counts.tsv, which announced counts belong to which list.

In finished prose a count and the list that belongs to it agree, and a pair that differs hardly ever belongs together.
So the pairs that agree, with their count changed by one, two or more, are the faults to be found; the pairs that
differ (where no other pair of the same count or list agrees, and it can be told where the list ends) are what must
stay silent. Documents for which trust.third(name) holds are left out. Prose has few of some shapes and of some signs,
so made texts (announced.py) are added: they weigh as much as the faults of prose, and what is foreign in them a fifth
of what is in prose. Features come from `BIN features counts`. Points are hundredths of log odds: logistic regression
with L2, faults weighted to one in every third document; the thresholds follow from the false alarms allowed per 10,000
characters of prose, by cross-validation over documents. Prints recall by shape, also with the shape left out of the
fit, and the table of reliability. There are four models: `announced` (lists, and rows whose items are
alike in something), `before` and `behind` (rows that only marks delimit), `after` (以上三点 behind a list). Those that are
not named keep their points. Needs numpy and scikit-learn."""
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

REPORT_PER_10K, LOOSE_PER_10K, HINT_PER_10K = .003, .006, .02
# What share of the foreign counts beside loose rows in made texts may be reported, and hinted at.
FOREIGN_REPORTED, FOREIGN_HINTED = .005, .02
# How many made texts of each shape, and what a foreign count in them weighs.
EACH, FOREIGN = 40, .2
C = 5.0
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


# Each way of holding a count and what it counts together has features, points and thresholds of its own.
MODELS = ['', 'before-', 'behind-', 'after-']


def model(features):
    return next((m for m in MODELS[1:] if m + 'bias' in features), '')


def main():
    table = [l.split('\t') for l in open(TABLE, encoding='utf-8').read().splitlines()[2:]]
    meaning = {row[0]: row[1] for row in table}
    docs = [p for d in ('corpus/prose/*/*', 'clean/*.[tm]*', 'corpus/other/law/*', 'drafts/*.txt') for p in sorted(glob.glob(f'{SHARED}/{d}')) if 'README' not in p and not trust.third(os.path.basename(p))]
    prose = export(BINARY, 'counts', docs)
    chars = sum(len(open(p, encoding='utf-8').read()) for p in docs)
    made = announced.texts(20, EACH) + announced.loose_texts(20, EACH)
    with tempfile.TemporaryDirectory() as t:
        paths = [f'{t}/{i:05}.txt' for i in range(len(made))]
        for path, (_, _, text) in zip(paths, made): open(path, 'w', encoding='utf-8').write(text)
        of_made = export(BINARY, 'counts', paths)
        texts = [(kind, true, of_made.get(path, ())) for path, (kind, true, _) in zip(paths, made)]
    rows = []
    wanted = [a + '-' if a != 'announced' else '' for a in sys.argv[3:] if not a.startswith('--')] or MODELS
    for own in MODELS:
        of_own = [text for text in texts if (text[0] in announced.SHAPES or text[0] == 'foreign') == (not own)]
        names = [row[0] for row in table if not row[0].startswith('threshold') and next((m for m in MODELS[1:] if row[0].startswith(m)), '') == own]
        if own not in wanted:
            kept = set(names) | {f'threshold-{own}report', f'threshold-{own}hint'}
            rows += [row for row in table if row[0] in kept]
            continue
        rows += fit(own, names, meaning, docs, chars, prose, of_own)
    with open(TABLE, 'w', encoding='utf-8') as f:
        f.write('# 由 tools/fit/counts.py 写成：百分之一对数几率。宣布的数目与列表是否相属。\nname\tmeaning\tpoints\tspread\n')
        for row in sorted(rows, key=lambda row: row[0].startswith('threshold')): f.write('\t'.join(map(str, row)) + '\n')


def fit(own, names, meaning, docs, chars, prose, texts):
    """The rows of one model."""
    print(f'== {own or "announced"}')
    X, Y, W, G, S, info = [], [], [], [], [], []

    def add(r, y, w, group, kind, off=None, more=None):
        f = set(r['features']) if off is None else {n for n in r['features'] if not n.startswith(own + 'off-')} | {own + off}
        if more is not None: f = f - {own + 'more'} | ({own + 'more'} if more else set())
        X.append([float(n in f) for n in names]); Y.append(y); W.append(w); G.append(group); S.append(kind); info.append((group, r['line'] + 1, r['text'], r['count'], r['actual'], ' '.join(r['features'])))

    def add_wrong(r, w, group, kind):
        for _, share, off in OFF:
            if own + 'more' not in names: add(r, 1, w * share, group, kind, off or '')
            else: [add(r, 1, w * share / 2, group, kind, off or '', more) for more in (False, True)]
    for p, rows in prose.items():
        group = os.path.relpath(p, SHARED)
        fits, differ = decisive(rows)
        for r in (r for r in fits if not r['open'] and model(r['features']) == own): add_wrong(r, 1, group, shape(set(r['features'])) if not own else 'prose')
        for r in (r for r in differ if model(r['features']) == own): add(r, 0, 1, group, 'prose')
    for i, (kind, true, rows) in enumerate(texts):
        for r in (r for r in rows if model(r['features']) == own):
            if not true: add(r, 0, FOREIGN, f'made {i}', 'foreign') if not r['agrees'] and not r['open'] else None
            elif r['agrees']: add_wrong(r, 1, f'made {i}', 'made ' + kind)
            elif kind == 'such': add(r, 1, 1, f'made {i}', 'made ' + kind)
    X, Y, W, S = np.array(X), np.array(Y), np.array(W), np.array(S)
    natural = np.array([not g.startswith('made') for g in G])
    for part in (natural, ~natural): W[part & (Y == 1)] *= len(docs) / (6 if not own else 24) / W[part & (Y == 1)].sum()
    print(f'{len(docs)} documents, {chars} characters: {int((Y == 0).sum())} pairs that differ, {int((natural & (Y == 0)).sum())} of them in prose, {int((Y == 1).sum())} made wrong; {int((~natural).sum())} of made texts')
    # The faults of one model weigh little, so its points are held less.
    make = lambda: LogisticRegression(C=C if own else 1.0, max_iter=5000, fit_intercept=False)
    score, coefs = np.zeros(len(Y)), []
    groups = np.unique(G, return_inverse=True)[1]
    # Prose has so few pairs that one way of dividing it says little.
    for seed in range(REPEATS):
        for train, test in GroupKFold(5, shuffle=True, random_state=seed).split(X, Y, groups):
            m = make().fit(X[train], Y[train], sample_weight=W[train]); coefs.append(m.coef_[0]); score[test] += X[test] @ m.coef_[0] / REPEATS

    kinds = sorted({s for s, y in zip(S, Y) if y})
    report, hint = (threshold(score[(Y == 0) & natural], chars, rate) if ((Y == 0) & natural).any() else -9 for rate in (LOOSE_PER_10K if own else REPORT_PER_10K, HINT_PER_10K))
    if own:
        # Prose says little of loose rows: what is foreign in made texts holds the thresholds too.
        foreign = score[(Y == 0) & ~natural]
        report, hint = max(report, np.quantile(foreign, 1 - FOREIGN_REPORTED)), max(hint, np.quantile(foreign, 1 - FOREIGN_HINTED))
        hint = min(hint, report)
    for name, th in (('report', report), ('hint', hint)):
        false = (Y == 0) & (score > th)
        print(f'{name} > {th:.2f}: false {int((false & natural).sum())} ({(false & natural).sum() / chars * 1e4:.4f} per 10k), {int((false & ~natural).sum())} of made texts, found {np.average(score[Y == 1] > th, weights=W[Y == 1]):.3f} of all', *(f'{s} {np.average(score[(Y == 1) & (S == s)] > th, weights=W[(Y == 1) & (S == s)]):.2f}/{int(((Y == 1) & (S == s)).sum())}' for s in kinds))
    for s in kinds if '--show' not in sys.argv else []:
        out = (S == s) & (Y == 1)
        if (Y[~out] == 1).any():
            m = make().fit(X[~out], Y[~out], sample_weight=W[~out])
            print(f'without {s} in the fit: {np.average(X[out] @ m.coef_[0] > report, weights=W[out]):.2f} of it found')
    for edge in range(-6, 6, 2):
        near = (score >= edge) & (score < edge + 2)
        if near.any(): print(f'points {edge * 100} to {edge * 100 + 200}: {np.average(Y[near], weights=W[near]):.2f} are faults, of {int(near.sum())}')
    if '--show' in sys.argv:
        for i in np.argsort(-score):
            if not Y[i] and score[i] > hint - 1: print('false', round(score[i], 2), *info[i])
        for i in np.argsort(score):
            if Y[i] and score[i] < report and 'off-' not in info[i][-1] and i % 3 == 0: print('missed', round(score[i], 2), *info[i])
    final, spread = make().fit(X, Y, sample_weight=W).coef_[0], np.std(coefs, axis=0)
    rows = [(n, meaning[n], round(c * 100), round(s * 100)) for n, c, s in zip(names, final, spread)]
    return rows + [(n, meaning[n], round(th * 100), 0) for n, th in ((f'threshold-{own}report', report), (f'threshold-{own}hint', hint))]


if __name__ == '__main__':
    main()
