#!/usr/bin/env python3
"""histories.py PROGRAM [COUNT] [FOLDER]: edit histories with known consequences, and what `compare` says of them.

Out of the faultless speeches in ../shared/clean (JIANGGAO_SHARED names another place) COUNT histories are made, the same
each time: a few harmless edits, and one of the kinds below. By kind: how many there are, how many consequences that
follow were named, and how many others. Exit 1 where less than .95 are named or more than one a history is false. With
FOLDER the histories that miss are kept there."""
import collections, glob, json, os, random, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SHARED = os.environ.get('JIANGGAO_SHARED') or os.path.join(os.path.dirname(ROOT), 'shared')
NUMERALS = '一二三四五六七八九十'
SWAPS = [('切实', '扎实'), ('加强', '强化'), ('认真', '用心'), ('进一步', '更好地'), ('确保', '力争'), ('必须', '务必'),
         ('大力', '全力'), ('不断', '持续'), ('广大', '全体'), ('要求', '部署'), ('积极', '主动')]


def sections(lines):
    """The points of the first list of 一、二、三、: where each begins, and where the last one ends."""
    heads = []
    for n, line in enumerate(lines):
        if re.match(r'[\s　]*[一二三四五六七八九十]、', line):
            if line.strip()[0] != NUMERALS[len(heads) % 10] or len(heads) == 10:
                return None
            heads.append(n)
    return heads if len(heads) >= 3 else None


def renumbered(lines, heads_only=True):
    n = 0
    out = []
    for line in lines:
        if re.match(r'[\s　]*[一二三四五六七八九十]、', line):
            line = re.sub('[一二三四五六七八九十]、', NUMERALS[n] + '、', line, count=1)
            n += 1
        out.append(line)
    return out


def bodies(lines):
    return [n for n, line in enumerate(lines) if len(line) > 40 and '。' in line]


def planted(lines, rnd, sentence, n):
    """`sentence` at the end of paragraph n."""
    lines = list(lines)
    lines[n] = lines[n].rstrip() + sentence
    return lines


def two(lines, rnd):
    places = bodies(lines)
    return sorted(rnd.sample(places, 2)) if len(places) >= 2 else None


def end_of(lines, heads, last):
    return heads[last + 1] if last + 1 < len(heads) else None


def cut(lines, rnd):
    heads = sections(lines)
    if not heads or len(heads) < 4 and not heads[1:-1]:
        return None
    k = rnd.randrange(0, len(heads) - 1)
    return lines, lines[:heads[k]] + lines[heads[k + 1]:], {'ordinal', 'count'}


def cut_renumbered(lines, rnd):
    heads = sections(lines)
    counts = [n for n, line in enumerate(lines) if heads and n < heads[0] and re.search(f'[讲谈提说][{NUMERALS}](?:点|个方面|条)', line)]
    if not heads or not counts:
        return None
    k = rnd.randrange(0, len(heads) - 1)
    return lines, renumbered(lines[:heads[k]] + lines[heads[k + 1]:]), {'count'}


def moved(lines, rnd):
    heads = sections(lines)
    if not heads:
        return None
    k = rnd.randrange(0, len(heads) - 2)
    a, b, c = heads[k], heads[k + 1], heads[k + 2]
    return lines, lines[:a] + lines[b:c] + lines[a:b] + lines[c:], {'ordinal'}


def moved_renumbered(lines, rnd):
    found = moved(lines, rnd)
    return found and (lines, renumbered(found[1]), set())


def figure(lines, rnd, both=False):
    places = two(lines, rnd)
    if not places:
        return None
    old, new = f'{rnd.randrange(100, 900)}.{rnd.randrange(1, 10)}', f'{rnd.randrange(100, 900)}.{rnd.randrange(1, 10)}'
    one = rnd.choice(['去年全县完成固定资产投资{}亿元。', '这个项目总投资{}亿元。', '财政拿出{}万元支持这件事。'])
    unit = '万元' if '万元' in one else '亿元'
    lines = planted(lines, rnd, one.format(old), places[0])
    lines = planted(lines, rnd, f'{old}{unit}的背后，是大家的汗水。', places[1])
    after = list(lines)
    after[places[0]] = after[places[0]].replace(old, new)
    if both:
        after[places[1]] = after[places[1]].replace(old, new)
    return lines, after, set() if both else {'figure'}


def figure_everywhere(lines, rnd):
    return figure(lines, rnd, True)


def name(lines, rnd):
    places = two(lines, rnd)
    if not places:
        return None
    old, new = rnd.sample(['周明远', '李建国', '王文斌', '陈志强', '赵晓东', '刘德明'], 2)
    lines = planted(lines, rnd, f'会前，县长{old}作了部署。', places[0])
    lines = planted(lines, rnd, f'这件事请{old}同志牵头。', places[1])
    after = list(lines)
    k = rnd.choice(places)
    after[k] = after[k].replace(old, new)
    return lines, after, {'name'}


def date(lines, rnd):
    places = two(lines, rnd)
    if not places:
        return None
    month, old, new = rnd.randrange(3, 12), *rnd.sample(range(11, 29), 2)
    lines = planted(lines, rnd, f'方案于{month}月{old}日前报送。', places[0])
    lines = planted(lines, rnd, f'{month}月{old}日以后不再受理。', places[1])
    after = list(lines)
    after[places[0]] = after[places[0]].replace(f'{month}月{old}日', f'{month}月{new}日')
    return lines, after, {'date'}


def blank(lines, rnd):
    places = bodies(lines)
    if not places:
        return None
    k = rnd.choice(places)
    old, new = rnd.choice([('刚才，县长周明远讲了话。', '刚才，县长XX讲了话。'), ('全年完成投资32.6亿元。', '全年完成投资XX亿元。'),
                           ('会后请东湖镇报送方案。', '会后请XX镇报送方案。'), ('4月18日前完成。', 'X月X日前完成。')])
    return planted(lines, rnd, old, k), planted(lines, rnd, new, k), {'placeholder'}


def short_name(lines, rnd):
    places = two(lines, rnd)
    if not places:
        return None
    long, short = rnd.choice([('全县农村供水保障三年行动', '供水行动'), ('营商环境提升工程', '提升工程'), ('县城更新改造项目', '更新项目')])
    lines = planted(lines, rnd, f'要启动{long}（以下简称“{short}”）。', places[0])
    lines = planted(lines, rnd, f'“{short}”要一抓到底。', places[1])
    after = list(lines)
    after[places[0]] = after[places[0]].replace(f'（以下简称“{short}”）', '')
    return lines, after, {'short-name'}


def reference(lines, rnd):
    heads = sections(lines)
    places = bodies(lines)
    if not heads or len(heads) < 3 or not places:
        return None
    k = rnd.randrange(1, len(heads) - 1)
    lines = planted(lines, rnd, f'具体要求见第{NUMERALS[k]}部分。', rnd.choice([n for n in places if n < heads[0]] or places[:1]))
    a, b = heads[k], heads[k + 1]
    # Where the points are announced their number is wrong as well.
    return lines, renumbered(lines[:a] + lines[b:]), {'reference'}, {'count'}


def wording(lines, rnd):
    return lines, list(lines), set()


KINDS = [cut, cut_renumbered, moved, moved_renumbered, figure, figure_everywhere, name, date, blank, short_name, reference, wording]


def harmless(lines, rnd):
    lines = list(lines)
    for _ in range(rnd.randrange(2, 6)):
        n = rnd.choice(bodies(lines))
        for old, new in rnd.sample(SWAPS, len(SWAPS)):
            if old in lines[n]:
                lines[n] = lines[n].replace(old, new, 1)
                break
    if rnd.random() < .3:
        n = rnd.choice(bodies(lines))
        lines[n] = lines[n].rstrip() + '这一点，希望同志们反复掂量。'
    return lines


def main():
    program, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    kept = sys.argv[3] if len(sys.argv) > 3 else None
    texts = [open(path, encoding='utf-8').read().split('\n') for path in sorted(glob.glob(f'{SHARED}/clean/*.txt'))]
    if not texts:
        print(f'no speeches in {SHARED}/clean: nothing is measured')
        return 0
    table, rnd = collections.defaultdict(collections.Counter), random.Random(16)
    with tempfile.TemporaryDirectory() as folder:
        one, other = os.path.join(folder, '一稿.txt'), os.path.join(folder, '二稿.txt')
        for i in range(count):
            kind = KINDS[i % len(KINDS)]
            made = None
            for _ in range(100):
                made = made or kind(rnd.choice(texts), rnd)
            if made is None:
                continue
            old, new, wanted, *others = made
            allowed = wanted.union(*others)
            new = harmless(new, rnd)
            for path, lines in ((one, old), (other, new)):
                with open(path, 'w', encoding='utf-8') as file:
                    file.write('\n'.join(lines))
            done = subprocess.run([program, 'compare', '--format', 'json', one, other], capture_output=True)
            if done.returncode not in (0, 1):
                raise SystemExit(done.stderr.decode())
            found = json.loads(done.stdout)['consequences']
            kinds = [broken['kind'] for broken in found]
            row = table[kind.__name__]
            row['histories'] += 1
            row['wanted'] += bool(wanted)
            hit = any(k in wanted for k in kinds)
            row['named'] += hit
            false = [broken for broken in found if broken['kind'] not in allowed]
            row['false'] += len(false)
            if kept and (bool(wanted) != hit or false):
                path = os.path.join(kept, f'{kind.__name__}-{i}')
                os.makedirs(path, exist_ok=True)
                open(os.path.join(path, '一稿.txt'), 'w').write('\n'.join(old))
                open(os.path.join(path, '二稿.txt'), 'w').write('\n'.join(new))
                json.dump(found, open(os.path.join(path, 'found.json'), 'w'), ensure_ascii=False, indent=1)
    total = collections.Counter()
    for kind, row in table.items():
        total.update(row)
        print(f"{kind:18} {row['histories']:5} histories  {row['named']:4} of {row['wanted']:4} named  {row['false']:4} false")
    recall, false = total['named'] / max(total['wanted'], 1), total['false'] / max(total['histories'], 1)
    print(f"{'all':18} {total['histories']:5} histories  recall {recall:.3f}  {false:.3f} false a history")
    return int(recall < .95 or false > 1)


sys.exit(main())
