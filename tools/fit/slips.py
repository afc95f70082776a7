#!/usr/bin/env python3
"""What src/slip.rs knows: how often characters stand side by side, which are taken for which, and points.

    tools/fit/slips.py statistics SOURCES SHARED [part]    src/lexicon/statistics.bin and confusions.bin
    tools/fit/slips.py points BIN SOURCES SHARED           src/slip/points.tsv

SOURCES is a folder with what is counted and fitted on:

    laws/               the repository LawRefBook/Laws: laws and regulations of China (no copyright: its Copyright Law, art. 5)
    reports/*.jsonl     aldohemsn/chinese-political-corpora: reports to congresses (no copyright, likewise)
    policies.xlsx       xvshiting/politic_analysis_paper_2025, "Policies Data.xlsx": policies of the state (likewise)
    news/**/*.md        yuekcc/cctv_news and DuckBurnIncense/xin-wen-lian-bo: what the news on television says, by day,
                        from 2022 on (the station's text: counted, not kept); days that SHARED has are left out
    odw.train           Aopolin-Lv/ECSpell (MIT), Data/domains_data: sentences with slips and their corrections
    ucd.all.grouped.xml Unicode 14, with Unihan (Unicode License v3): readings, Cangjie codes
    *.ttc               Noto Serif CJK and Noto Sans CJK (SIL Open Font License): shapes

and SHARED/corpus/prose, but for the documents that trust.third names; speeches of SHARED/clean and SHARED/corpus/drafts
are fitted on. Of texts only numbers are kept: in how many
documents a stretch of up to four characters stands, on a scale of fifteen, if in enough of them; and of the stretch no
more than 12 bits of a hash. The test part of ECSpell is never looked at.

Points are fitted with counts that know neither the texts nor their kind by heart: `statistics … part` leaves out ECSpell
and the prose, the program is built, `points` fits on just those, `statistics` counts all.
Positives are the right corrections in odw.train and of slips made in the prose (`slipped`), negatives what is corrected in the prose (but for slips.verdicts.jsonl,
which are slips) and away from any slip in odw.train. Points are hundredths of log odds (L2 logistic regression); the
thresholds follow from the false alarms allowed per 10,000 characters of prose, by cross-validation over documents; in
Traditional characters there are no warnings. Needs jieba, numpy, openpyxl, pillow, pypinyin and scikit-learn."""
import collections, glob, json, os, random, re, struct, subprocess, sys, tempfile, unicodedata
import numpy as np
from common import export, threshold

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.join(HERE, '..', '..')
WARNING_PER_10K, INFORMATION_PER_10K = .03, .15

# --- what is counted -------------------------------------------------------------------------------------------------
LEVELS = np.array([3, 5, 9, 16, 28, 49, 86, 151, 264, 462, 808, 1414, 2475, 4331, 7579])
# The fewest documents of a stretch of one character, two, three, four.
LEAST = (3, 3, 4, 5)
BUCKET_BITS, MARK_BITS, PAIR_BITS, STEP = 18, 12, 22, 256
END, FIGURES, LATIN, FIRST, LAST = 1, 2, 3, 0x4E00, 0xA000
UNITS = np.full(0x110000, END, np.uint16)
UNITS[FIRST:LAST] = np.arange(FIRST, LAST)
for a, b, unit in (('0', '9', FIGURES), ('０', '９', FIGURES), *((a, b, LATIN) for a, b in ('az', 'AZ', 'ａｚ', 'ＡＺ'))):
    UNITS[ord(a):ord(b) + 1] = unit


def folding():
    """Traditional characters and what they are in Simplified ones, as the program folds them."""
    table = {}
    for row in open(f'{ROOT}/src/text/variants.tsv', encoding='utf-8').read().splitlines()[1:]:
        cells = row.split('\t')
        table.update((ord(c), cells[0]) for c in cells[2] if '\u3400' <= c <= '\u9fff' or '\uf900' <= c <= '\ufaff')
    return table


def prose(shared):
    sys.path.insert(0, shared + '/corpus')
    import trust
    return [p for p in sorted(glob.glob(shared + '/corpus/prose/*/*')) if not trust.third(os.path.basename(p))]


def speeches(shared):
    """Faultless speeches, of which nothing is counted."""
    import trust
    paths = glob.glob(shared + '/clean/*.[tm]*') + glob.glob(shared + '/corpus/drafts/*/*.[tm]*')
    return [p for p in sorted(paths) if not p.endswith('README.md') and not trust.third(os.path.basename(p))]


def news(sources, shared):
    """A file for each day that is none of the measured texts."""
    measured = set()
    for path in glob.glob(shared + '/corpus/prose/news/*'):
        measured.update(re.findall(r'新闻联播》\s*[（(](\d{8})[）)]', open(path, encoding='utf-8').read(4000)))
    days = {os.path.basename(path)[:8]: path for path in sorted(glob.glob(sources + '/news/**/2*.md', recursive=True))}
    return [(day, path) for day, path in sorted(days.items()) if day not in measured]


def documents(sources, shared, part):
    """The texts by document: versions of one law are one, four sentences of ECSpell are one."""
    texts = collections.defaultdict(list)
    for path in sorted(glob.glob(sources + '/laws/**/*.md', recursive=True)):
        if not path.endswith(('_index.md', 'README.md')) and '/scripts/' not in path:
            texts['law', re.sub('[（(].*', '', os.path.basename(path))].append(open(path, encoding='utf-8', errors='replace').read())
    for path in sorted(glob.glob(sources + '/reports/*.jsonl')):
        for n, line in enumerate(open(path, encoding='utf-8')):
            texts[path, n].append(json.loads(line)['content'])
    import openpyxl
    for sheet in openpyxl.load_workbook(sources + '/policies.xlsx', read_only=True):
        for n, row in enumerate(sheet.iter_rows(values_only=True)):
            if n and row[5]:
                texts[sheet.title, n].append(str(row[5]))
    for day, path in news(sources, shared):
        for n, item in enumerate(re.split('^## ', open(path, encoding='utf-8', errors='replace').read(), flags=re.M)):
            texts[day, n].append(item)
    if not part:
        for path in prose(shared):
            texts[path, 0].append(open(path, encoding='utf-8').read())
        rights = dict.fromkeys(row[2] for row in ecspell(sources))
        for n, right in enumerate(rights):
            texts['odw', n // 4].append(right)
    fold = folding()
    return [[units(text.translate(fold)) for text in texts] for texts in texts.values()]


def units(text):
    """What src/lexicon/statistics.rs makes of a text, with an end on both sides."""
    all = UNITS[np.frombuffer(text.encode('utf-32-le'), np.uint32)]
    keep = np.ones(len(all), bool)
    keep[1:] = (all[1:] != all[:-1]) | (all[1:] >= FIRST)
    return np.concatenate([[END], all[keep], [END]]).astype(np.uint16)


def stretches(text, length):
    count = len(text) - length + 1
    keys, whole, ideographs = np.zeros(max(count, 0), np.uint64), np.ones(max(count, 0), bool), 0
    for n in range(length if count > 0 else 0):
        unit = text[n:n + count]
        keys = keys << np.uint64(16) | unit.astype(np.uint64)
        ideographs = ideographs + (unit >= FIRST)
        if 0 < n < length - 1:
            whole &= unit != END
    return keys[whole & (ideographs >= min(2, length - 1))] if count > 0 else keys


def counted(texts, length):
    """The stretches of this length that enough documents have, and how many have them."""
    all = np.sort(np.concatenate([np.unique(np.concatenate([stretches(t, length) for t in document])) for document in texts]))
    starts = np.flatnonzero(np.concatenate([[True], all[1:] != all[:-1]]))
    counts = np.diff(np.append(starts, len(all)))
    enough = counts >= LEAST[length - 1]
    return all[starts][enough], counts[enough]


def hashed(keys):
    hash = keys * np.uint64(0x9E3779B97F4A7C15)
    hash = (hash ^ hash >> np.uint64(29)) * np.uint64(0xBF58476D1CE4E5B9)
    return hash ^ hash >> np.uint64(32)


def statistics(texts):
    """The bytes of statistics.bin, and in how many documents each character stands."""
    found = [counted(texts, length) for length in range(1, 5)]
    pairs = np.zeros(1 << PAIR_BITS, np.uint8)
    pairs[(hashed(found[1][0]) >> np.uint64(64 - PAIR_BITS)).astype(np.int64)] = 1
    keys, counts = map(np.concatenate, zip(*found))
    hash = hashed(keys)
    bucket = (hash >> np.uint64(64 - BUCKET_BITS)).astype(np.int64)
    mark = (hash >> np.uint64(64 - BUCKET_BITS - MARK_BITS) & np.uint64((1 << MARK_BITS) - 1)).astype(np.uint16)
    entry = mark << np.uint16(4) | np.searchsorted(LEVELS, counts, side='right').astype(np.uint16)
    order = np.lexsort((entry, bucket))
    starts = np.searchsorted(bucket[order], np.arange(1 << BUCKET_BITS)).astype(np.uint32)
    relative = (starts - np.repeat(starts[::STEP], STEP)).astype(np.uint16)
    print(*(f'{len(keys)} of {length}' for length, (keys, _) in enumerate(found, 1)), sep=', ')
    data = struct.pack('<I', len(entry)) + np.packbits(pairs, bitorder='little').tobytes() + starts[::STEP].tobytes() + relative.tobytes() + entry[order].tobytes()
    return data, dict(zip(map(int, found[0][0]), map(int, found[0][1])))


# --- what is taken for what ------------------------------------------------------------------------------------------
SAME, NEARLY, SHAPE = 1, 2, 4
LIKE, NEAREST = .6, 16


def syllable(reading):
    return ''.join(c for c in unicodedata.normalize('NFD', reading.replace('ü', 'v')) if not unicodedata.combining(c))


def blurred(syllable):
    """zh and z, n and l, f and h, ing and in are one."""
    syllable = re.sub('ng$', 'n', re.sub('^([zcs])h', r'\1', syllable))
    return re.sub('^f', 'h', re.sub('^n(?=.)', 'l', syllable))


def unihan(path):
    """The characters of the standard table, readings, Cangjie codes."""
    standard, readings, codes = set(), {}, {}
    for line in open(path, encoding='utf-8'):
        m = re.match(r'\s*<char cp="([4-9][0-9A-F]{3})"', line)
        if not m or not FIRST <= int(m[1], 16) < LAST:
            continue
        c, said = int(m[1], 16), dict(re.findall(r'(k\w+)="([^"]*)"', line))
        if 'kTGH' in said:
            standard.add(c)
        all = re.findall(r'([^\s(]+)\(\d+\)', said.get('kHanyuPinlu', ''))
        for field in ('kTGHZ2013', 'kXHC1983'):
            all += [reading for place in said.get(field, '').split() for reading in place.split(':')[-1].split(',')]
        readings[c] = set(map(syllable, list(dict.fromkeys(all or said.get('kMandarin', '').split()))[:4]))
        if 'kCangjie' in said:
            codes[c] = said['kCangjie'].split()[0]
    return standard, readings, codes


def shapes(fonts, characters):
    """The most similar of these characters, as fonts draw them: {character: [(character, likeness)]}."""
    from PIL import Image, ImageDraw, ImageFilter, ImageFont
    total = 0
    for path in fonts:
        font, drawn = ImageFont.truetype(path, 44, index=2), []
        for c in characters:
            image = Image.new('L', (52, 52), 0)
            ImageDraw.Draw(image).text((26, 26), chr(c), fill=255, font=font, anchor='mm')
            drawn.append(np.asarray(image.filter(ImageFilter.GaussianBlur(1.6)), np.float32).ravel())
        drawn = np.array(drawn)
        drawn -= drawn.mean(1, keepdims=True)
        drawn -= drawn.mean(0)
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        total = total + drawn @ drawn.T / len(fonts)
    np.fill_diagonal(total, 0)
    nearest = np.argsort(-total, axis=1)[:, :NEAREST]
    return {c: [(characters[j], total[i, j]) for j in nearest[i]] for i, c in enumerate(characters)}


def is_like(a, b):
    """One Cangjie code is the head or tail of the other, or they differ in one place."""
    short, long = sorted((a, b), key=len)
    part = len(short) >= 2 and len(long) - len(short) in (1, 2) and (long.startswith(short) or long.endswith(short))
    return part or min(len(a), len(b)) >= 4 and (a[1:] == b[1:] or len(a) == len(b) and sum(x != y for x, y in zip(a, b)) == 1)


def confusions(sources, frequent):
    standard, readings, codes = unihan(sources + '/ucd.all.grouped.xml')
    # 著 is written 着 in the one spelling: which of them is right cannot be told.
    right = sorted(c for c, count in frequent.items() if c >= FIRST and count >= 5 and c != ord('着'))
    wrong = sorted(standard | set(right))
    near = shapes(sorted(glob.glob(sources + '/*.ttc')), sorted(standard))
    same, nearly = collections.defaultdict(set), collections.defaultdict(set)
    for c in right:
        for reading in readings.get(c, ()):
            same[reading].add(c)
            nearly[blurred(reading)].add(c)
    place, pairs, starts = {c: n for n, c in enumerate(right)}, [], [0]
    for c in wrong:
        why = collections.defaultdict(int)
        own = readings.get(c, ())
        for other in {other for reading in own for other in nearly[blurred(reading)]}:
            why[other] |= SAME if any(other in same[reading] for reading in own) else NEARLY
        for other, likeness in near.get(c, ()):
            if other in place and likeness >= LIKE:
                why[other] |= SHAPE
        for other in right:
            if c in codes and other in codes and is_like(codes[c], codes[other]):
                why[other] |= SHAPE
        # Those of the same sound first, those that are nearly so last.
        order = lambda other: (0 if why[other] & SAME else 1 if why[other] & SHAPE else 2, other)
        pairs += [why[other] << 13 | place[other] for other in sorted(why, key=order) if other != c]
        starts.append(len(pairs))
    print(f'{len(right)} characters that are meant for {len(wrong)}, {len(pairs)} pairs')
    return struct.pack('<III', len(right), len(wrong), len(pairs)) + b''.join(np.array(a, t).tobytes() for a, t in ((right, '<u2'), (wrong, '<u2'), (starts, '<u4'), (pairs, '<u2')))


# --- points ----------------------------------------------------------------------------------------------------------
def ecspell(sources):
    return [row.rstrip('\n').split('\t') for row in open(sources + '/odw.train', encoding='utf-8')]


def apart(rows, score):
    """The best of the corrections of a line that do not touch each other."""
    kept = []
    for n in sorted(rows, key=lambda n: -score[n]):
        row = ROWS[n]
        if all(row['end'] < ROWS[m]['start'] or ROWS[m]['end'] < row['start'] for m in kept):
            kept.append(n)
    return kept


def readings():
    """How words of two characters and characters are said: words of a reading, characters of a reading, of a word."""
    import jieba
    from pypinyin import lazy_pinyin
    jieba.setLogLevel(60)
    jieba.initialize()
    words, characters = collections.defaultdict(list), collections.defaultdict(list)
    for word, count in jieba.dt.FREQ.items():
        if all('\u4e00' <= c <= '\u9fff' for c in word):
            if len(word) == 2 and count >= 30:
                words[tuple(lazy_pinyin(word))].append(word)
            elif len(word) == 1 and count >= 300:
                characters[lazy_pinyin(word)[0]].append(word)
    return words, characters, lazy_pinyin, jieba


def slipped(path, fold, said, most=25):
    """Lines of a document with a slip each as a keyboard makes them: another word of the same sound, another
    character, two exchanged. [line, start, wrong, right, kind]"""
    words, characters, sound, jieba = said
    frequency = jieba.dt.FREQ
    chance, made = random.Random(os.path.basename(path)), []
    lines = [line.strip()[:200] for line in open(path, encoding='utf-8').read().translate(fold).split('\n')]
    for line in lines:
        if len(line) < 20 or sum('\u4e00' <= c <= '\u9fff' for c in line) < .6 * len(line):
            continue
        places, at = [], 0
        for word in jieba.cut(line):
            if len(word) > 1 and all('\u4e00' <= c <= '\u9fff' for c in word):
                places.append((at, word))
            at += len(word)
        if not places:
            continue
        at, word = chance.choice(places)
        kind = chance.choice(['word', 'word', 'swap', 'character'])
        n = chance.randrange(len(word) - (kind != 'character'))
        right = word[n:n + 1 + (kind != 'character')]
        if kind == 'swap':
            others = [right[::-1]] if right[::-1] != right and right[::-1] not in frequency else []
        else:
            others = words[tuple(sound(right))] if kind == 'word' else characters[sound(word)[n]]
            others = [other for other in others if other != right]
        if others:
            wrong, start = chance.choices(others, [max(1, frequency.get(other) or 0) ** .5 for other in others])[0], at + n
            while wrong[0] == right[0]:
                wrong, right, start = wrong[1:], right[1:], start + 1
            while wrong[-1] == right[-1]:
                wrong, right = wrong[:-1], right[:-1]
            made.append((line[:start] + wrong + line[start + len(wrong):], start, wrong, right, kind))
    chance.shuffle(made)
    return made[:most]


FAMILIES = ('one', 'two', 'swap')


def points(binary, sources, shared):
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import GroupKFold
    global ROWS
    fold = folding()
    pairs = [[cell.translate(fold).strip('\u3000 ') for cell in row] for row in ecspell(sources) if len(row[1]) == len(row[2])]
    held = prose(shared) + speeches(shared)
    judged = {(v['file'], v['text'], v['right']) for v in map(json.loads, open(f'{HERE}/slips.verdicts.jsonl', encoding='utf-8'))}
    said = readings()
    made = [(path, *slip) for path in held if 'traditional' not in path for slip in slipped(path, fold, said)]
    ROWS = []
    with tempfile.TemporaryDirectory() as folder:
        path = folder + '/odw.txt'
        open(path, 'w', encoding='utf-8').write('\n'.join(row[1] for row in pairs))
        for row in export(binary, 'slips', [path])[path]:
            wrong, right = pairs[row['line']][1:]
            start, end = row['start'], row['start'] + len(row['text'])
            assert wrong[start:end] == row['text'], (wrong, row)
            good = right[start:end] == row['right'] and all(a != b for a, b in zip(wrong[start:end], right[start:end]))
            if good or wrong[max(0, start - 2):end + 2] == right[max(0, start - 2):end + 2]:
                ROWS.append(dict(row, end=end, good=good, group=('odw', row['line']), kind='odw'))
        path = folder + '/made.txt'
        open(path, 'w', encoding='utf-8').write('\n'.join(slip[1] for slip in made))
        for row in export(binary, 'slips', [path])[path]:
            source, line, start, wrong, right, kind = made[row['line']]
            end = row['start'] + len(row['text'])
            if line[:row['start']] + row['right'] + line[end:] == line[:start] + right + line[start + len(wrong):]:
                ROWS.append(dict(row, end=end, good=True, group=(source, 0), kind=kind))
    chars = collections.Counter()
    for path in held:
        chars['traditional' in path] += len(open(path, encoding='utf-8').read())
    for path, rows in export(binary, 'slips', held).items():
        name = os.path.relpath(path, shared + '/corpus')
        for row in rows:
            if (name, row['text'], row['right']) not in judged:
                kind = 'traditional' if 'traditional' in path else 'prose'
                ROWS.append(dict(row, end=row['start'] + len(row['text']), good=False, group=(path, 0), kind=kind))
    table = f'{ROOT}/src/slip/points.tsv'
    old = {l.split('\t')[0]: l.split('\t')[1] for l in open(table, encoding='utf-8') if l.count('\t') >= 3}
    names = sorted({name for row in ROWS for name in row['features']})
    place = {name: n for n, name in enumerate(names)}
    plain = np.zeros((len(ROWS), len(names)))
    for n, row in enumerate(ROWS):
        plain[n, [place[name] for name in row['features']]] = 1
    # What the families share, and what the later ones have of their own.
    own = [np.array([[row['family'] == family] for row in ROWS]) for family in FAMILIES[1:]]
    X, Y = np.concatenate([plain, *(plain * family for family in own)], axis=1), np.array([row['good'] for row in ROWS])
    groups = {group: n for n, group in enumerate(dict.fromkeys(row['group'] for row in ROWS))}
    G = [groups[row['group']] for row in ROWS]
    fit = lambda which: LogisticRegression(max_iter=5000, C=.1, fit_intercept=False).fit(X[which], Y[which]).coef_[0]
    score, coefs = np.zeros(len(Y)), []
    for train, test in GroupKFold(5).split(X, Y, G):
        coefs.append(fit(train))
        score[test] = X[test] @ coefs[-1]
    lines = collections.defaultdict(list)
    for n, row in enumerate(ROWS):
        lines[row['kind'] not in ('odw', 'prose', 'traditional'), row['group'], row['line']].append(n)
    kept = [n for rows in lines.values() for n in apart(rows, score)]
    false = np.array([score[n] for n in kept if ROWS[n]['kind'] == 'prose'])
    slips = collections.Counter(kind for *_, kind in made)
    slips['odw'] = sum(a != b for row in pairs for a, b in zip(row[1], row[2]))
    limits = {}
    print(f'{len(held)} documents, {chars[False]} characters in Simplified and {chars[True]} in Traditional')
    for name, allowed in (('warning', WARNING_PER_10K), ('information', INFORMATION_PER_10K)):
        expected = allowed * chars[False] / 1e4
        limits[name] = round(threshold(false, chars[False], allowed, tail=max(8, round(1.5 * expected))) * 100) + 1
        over = [n for n in kept if score[n] * 100 >= limits[name]]
        right = collections.Counter()
        for n in over:
            right[ROWS[n]['kind']] += len(ROWS[n]['text']) if ROWS[n]['kind'] == 'odw' else 1
        wrong = [n for n in over if ROWS[n]['kind'] == 'odw' and not ROWS[n]['good']]
        print(f"{name}: {limits[name]};", ', '.join(f'{right[kind] / slips[kind]:.3f} of {kind}' for kind in sorted(slips)) + f"; {len(wrong)} right ones changed, {right['prose']} false ({right['prose'] / chars[False] * 1e4:.3f} per 10k), in Traditional {right['traditional']} ({right['traditional'] / chars[True] * 1e4:.2f})")
    if '--show' in sys.argv:
        for n in [n for n in sorted(kept, key=lambda n: -score[n]) if ROWS[n]['kind'] == 'prose'][:60]:
            print(round(score[n] * 100), ROWS[n]['family'], os.path.relpath(ROWS[n]['file'], shared + '/corpus'), ROWS[n]['line'] + 1, ROWS[n]['around'], ROWS[n]['text'], ROWS[n]['right'])
    final, spread = fit(np.arange(len(Y))), np.std(coefs, axis=0)
    with open(table, 'w', encoding='utf-8') as f:
        f.write(f'# 由 tools/fit/slips.py 写成：百分之一对数几率。改一个字（one）、改两个字（two）、两个字换位（swap），是不是改对了。\n')
        f.write(f'# A warning is expected to be false {WARNING_PER_10K} times in 10,000 characters of finished prose, information {INFORMATION_PER_10K} times.\nname\tmeaning\tpoints\tspread\n')
        for more, family in enumerate(FAMILIES):
            for n, name in sorted(enumerate(names), key=lambda item: item[1]):
                own = final[n] + (final[more * len(names) + n] if more else 0)
                own_spread = spread[n] + (spread[more * len(names) + n] if more else 0)
                f.write(f"{family}.{name}\t{old.get(f'{family}.{name}', '')}\t{round(own * 100)}\t{round(own_spread * 100)}\n")
        for name, limit in limits.items():
            f.write(f"threshold-{name}\t{old.get(f'threshold-{name}', '')}\t{limit}\t0\n")


def main():
    match sys.argv[1:]:
        case ['statistics', sources, shared, *part]:
            data, frequent = statistics(documents(sources, shared, part == ['part']))
            open(f'{ROOT}/src/lexicon/statistics.bin', 'wb').write(data)
            open(f'{ROOT}/src/lexicon/confusions.bin', 'wb').write(confusions(sources, frequent))
        case ['points', binary, sources, shared, *_]:
            points(binary, sources, shared)
        case _:
            sys.exit(__doc__)


main()
