#!/usr/bin/env python3
"""tools/fit/lists.py BIN SHARED [--add FEATURE]: fits src/outline/points.tsv, which lists that do not count on are faults.

Negatives: the lists of finished prose that do not count on (hardly ever a fault; those judged true are left out).
Positives: faultless lists of the same prose with one numeral changed, repeated, shifted, swapped or an item dropped.
Documents for which trust.third(name) holds are left out. The features come from `BIN features lists`. Points are
hundredths of log odds (L2 logistic regression, planted faults weighted to one in every third document); the
thresholds follow from the false alarms allowed per 10,000 characters, by cross-validation over documents. Prints
recall by kind of fault, also with the kind left out of the fit. With `--add` only this feature is fitted and all
others keep their points: for kinds that prose has none of, so that nothing else changes. Needs numpy and scikit-learn."""
import collections, glob, json, os, random, sys, tempfile
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

BINARY, SHARED = sys.argv[1], sys.argv[2]
HERE = os.path.dirname(os.path.abspath(__file__))
TABLE = os.path.join(HERE, '..', '..', 'src', 'outline', 'points.tsv')
sys.path.insert(0, SHARED + '/corpus')
import trust
from common import export, threshold
from planted import KINDS, RARE, planted, turned

REPORT_PER_10K, HINT_PER_10K, VARIANTS = .015, .03, 10
# How often the documents are divided anew.
REPEATS = 8
# How often each kind of fault is met, against the others: a first item gets lost less often than it is said in other words.
SHARE = {'start': .5}


def main():
    docs = [p for p in sorted(glob.glob(SHARED + '/corpus/prose/*/*') + glob.glob(SHARED + '/clean/*.[tm]*') + glob.glob(SHARED + '/corpus/other/law/*')) if 'README' not in p and not trust.third(os.path.basename(p))]
    judged = [v for f in (SHARED + '/corpus/verdicts.jsonl', os.path.join(HERE, 'lists.verdicts.jsonl')) for v in map(json.loads, open(f, encoding='utf-8'))]
    true = {(v['file'], v['line']) for v in judged if v['verdict'] == 'true' and v['code'].startswith('numbering')}
    texts = {p: open(p, encoding='utf-8', newline='').read() for p in docs}
    chars = sum(map(len, texts.values()))
    natural = export(BINARY, 'lists', docs)
    X, Y, G, W, K, info = [], [], [], [], [], []
    names = None
    for p, rows in natural.items():
        for r in rows:
            names = names or list(r['features'])
            if any((os.path.relpath(p, SHARED + '/corpus'), l + 1) in true for l in r['lines']):
                continue
            X.append([r['features'][n] / 100 for n in names]); Y.append(0); G.append(p); W.append(1); K.append(''); info.append((p, r['line'] + 1, r['text']))
    seen = {p: {(tuple(r['text']), r['line']) for r in rows} for p, rows in natural.items()}
    total, proposed = collections.Counter(), collections.Counter()
    with tempfile.TemporaryDirectory() as t:
        plan = {}
        for p in docs:
            rnd = random.Random('fit' + os.path.basename(p))
            for v in range(VARIANTS + 4):
                kind = KINDS[v % len(KINDS)] if v < VARIANTS else 'turn' if v < VARIANTS + 2 else RARE[0]
                made = turned(texts[p], rnd) if kind == 'turn' else planted(texts[p], rnd, kind)
                if made:
                    q = f'{t}/{len(plan)}{os.path.splitext(p)[1] or ".txt"}'
                    open(q, 'w', encoding='utf-8', newline='').write(made[0])
                    plan[q] = (p, kind, made[1])
        rows = export(BINARY, 'lists', list(plan))
        for q, (p, kind, near) in plan.items():
            total[kind] += 1
            hit = [r for r in rows.get(q, []) if (near & set(r['lines'])) and (tuple(r['text']), r['line']) not in seen.get(p, ())]
            proposed[kind] += bool(hit)
            for r in hit[:1]:
                X.append([r['features'][n] / 100 for n in names]); Y.append(int(kind != 'turn')); G.append(p); W.append(SHARE.get(kind, 1) / 3 / VARIANTS * 5); K.append(kind); info.append((p, r['line'] + 1, r['text']))
    X, Y, W, K = np.array(X), np.array(Y), np.array(W), np.array(K)
    print(f'{len(docs)} documents, {chars} characters: {int((K == "").sum())} lists that do not count on, {int(Y.sum())} planted, {int((K == "turn").sum())} turned')
    if '--add' in sys.argv:
        return add(sys.argv[sys.argv.index('--add') + 1], names, X, Y, W)
    make = lambda: LogisticRegression(max_iter=5000, C=1.0, fit_intercept=False)
    score, coefs = np.zeros(len(Y)), []
    groups = np.unique(G, return_inverse=True)[1]
    # Prose has so few lists that do not count on that one way of dividing it says little.
    for seed in range(REPEATS):
        for train, test in GroupKFold(5, shuffle=True, random_state=seed).split(X, Y, groups):
            m = make().fit(X[train], Y[train], sample_weight=W[train]); coefs.append(m.coef_[0]); score[test] += X[test] @ m.coef_[0] / REPEATS
    report, hint = (threshold(score[K == ''], chars, rate) for rate in (REPORT_PER_10K, HINT_PER_10K))
    for name, th in (('report', report), ('hint', hint)):
        print(f'{name}: turns of speech taken for faults {((score > th) & (K == "turn")).sum()} of {total["turn"]}')
        print(f'{name} > {th:.2f}: false {int((score[K == ""] > th).sum())} ({(score[K == ""] > th).sum() / chars * 1e4:.3f} per 10k)', *(f'{k} {((score > th) & (K == k)).sum() / max(1, total[k]):.3f} (proposed {proposed[k] / max(1, total[k]):.3f})' for k in KINDS + RARE))
    for kind in KINDS + RARE:
        m = make().fit(X[K != kind], Y[K != kind], sample_weight=W[K != kind])
        print(f'without {kind} in the fit: {((X[K == kind] @ m.coef_[0]) > report).mean():.3f} of it found')
    for edge in (-4, -2, 0, 2, 4):
        near = (score >= edge) & (score < edge + 2)
        if near.any(): print(f'points {edge * 100} to {edge * 100 + 200}: {np.average(Y[near], weights=W[near]):.2f} are planted, of {int(near.sum())}')
    if '--show' in sys.argv:
        for i in np.argsort(-score):
            if K[i] == '' and score[i] > hint: print('false', round(score[i], 2), *info[i])
        for i in np.argsort(score):
            if Y[i] == 1 and score[i] < report: print('missed', round(score[i], 2), K[i], *info[i])
    final = make().fit(X, Y, sample_weight=W).coef_[0]
    spread = np.std(coefs, axis=0)
    meaning = {l.split('\t')[0]: l.split('\t')[1] for l in open(TABLE, encoding='utf-8') if l.count('\t') >= 3}
    with open(TABLE, 'w', encoding='utf-8') as f:
        f.write('# 由 tools/fit/lists.py 写成：百分之一对数几率。数不下去的列是不是毛病。\nname\tmeaning\tpoints\tspread\n')
        for n, c, s in zip(names, final, spread):
            f.write(f'{n}\t{meaning.get(n, "")}\t{round(c * 100)}\t{round(s * 100)}\n')
        for n, th in (('threshold-report', report), ('threshold-hint', hint)):
            f.write(f'{n}\t{meaning.get(n, "")}\t{round(th * 100)}\t0\n')


# How much one feature by itself is held: prose has hardly any of what it marks.
L2 = .2


def add(name, names, X, Y, W):
    """Writes the points of one feature, the others held."""
    lines = open(TABLE, encoding='utf-8').read().splitlines()
    points = {l.split('\t')[0]: float(l.split('\t')[2]) / 100 for l in lines[2:]}
    points[name], own = 0, X[:, names.index(name)]
    held, w = X @ np.array([points[n] for n in names]), 0.0
    for _ in range(100):
        p = 1 / (1 + np.exp(-(held + own * w)))
        w -= ((W * own * (p - Y)).sum() + L2 * w) / ((W * own * own * p * (1 - p)).sum() + L2)
    of = (own > 0) & (Y == 1)
    print(f'{name}: {w:.2f}; {int(of.sum())} planted with it, {int(((own > 0) & (Y == 0)).sum())} in prose; found {((held + own * w)[of] * 100 > points["threshold-report"] * 100).mean():.2f} of them')
    with open(TABLE, 'w', encoding='utf-8') as f:
        f.write('\n'.join('\t'.join([*l.split('\t')[:2], str(round(w * 100)), '0']) if l.split('\t')[0] == name else l for l in lines) + '\n')


main()
