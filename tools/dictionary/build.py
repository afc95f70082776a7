#!/usr/bin/env python3
"""Makes src/lexicon/dictionary.bin from the dictionary of the jieba segmenter.

    tools/dictionary/build.py DICT.TXT src/lexicon/dictionary.bin

DICT.TXT is `src/data/dict.txt` of the crate jieba-rs (0.11.0; MIT): word, count, part of speech. Kept are words of one to
four ideographs that were counted more than three times (three stands for "not counted"), rare personal names left out,
and whatever says a character or a pair twice, however rare. A word keeps its cost, the binary logarithm of how rare it is,
and its class. The layout is described in src/lexicon/dictionary.rs."""
import math, sys

FIRST, LAST, LONGEST = 0x4E00, 0xA000, 4
# The classes of src/lexicon/dictionary.rs, by the first letters of the part of speech.
CLASSES = [('nr', 6), ('ns', 6), ('nt', 6), ('nz', 6), ('n', 1), ('v', 2), ('ad', 3), ('an', 3), ('a', 3), ('b', 3), ('z', 3), ('d', 4), ('o', 3), ('e', 3), ('y', 3), ('m', 5),
           ('q', 5), ('t', 5), ('i', 7), ('l', 7), ('j', 1), ('s', 1), ('f', 1)]


def class_of(part):
    return next((number for prefix, number in CLASSES if part.startswith(prefix) and part != 'zg'), 0)


def repeats(word):
    return len(word) > 1 and any(word[at:at + n] == word[at + n:at + 2 * n] for n in (1, 2) for at in range(len(word) - 2 * n + 1))


def read(path):
    words, total = {}, 0
    for line in open(path, encoding='utf-8'):
        word, count, part = line.split()
        count = int(count)
        total += count
        if len(word) > LONGEST or not all(FIRST <= ord(c) < LAST for c in word):
            continue
        rare = len(word) > 1 and (count <= 3 or part.startswith('nr') and count < 50)
        if not rare or repeats(word):
            words[word] = (count, class_of(part))
    top = math.log2(total)
    return {word: min(31, max(1, round(top - math.log2(max(count, 1))))) << 3 | part for word, (count, part) in words.items()}


def main(source, target):
    words = read(source)
    prefixes = {word[:n] for word in words for n in range(1, len(word) + 1)}
    levels = [sorted(p for p in prefixes if len(p) == n) for n in range(1, LONGEST + 1)]
    children = {}
    for prefix in prefixes:
        children[prefix[:-1]] = children.get(prefix[:-1], 0) + 1
    out = bytearray(b'JGW1')
    for level in levels:
        out += len(level).to_bytes(4, 'little')
    first = {ord(p) - FIRST for p in levels[0]}
    bits = [sum(1 << bit for bit in range(64) if block * 64 + bit in first) for block in range((LAST - FIRST) // 64)]
    for block in bits:
        out += block.to_bytes(8, 'little')
    rank = 0
    for block in bits:
        out += rank.to_bytes(2, 'little')
        rank += block.bit_count()
    for depth, level in enumerate(levels):
        if depth:
            for prefix in level:
                out += ord(prefix[-1]).to_bytes(2, 'little')
        out += bytes(words.get(prefix, 0) for prefix in level)
        if depth == LONGEST - 1:
            break
        degrees = [children.get(prefix, 0) for prefix in level]
        if depth:
            assert max(degrees) < 256
            out += bytes(degrees)
        start = 0
        for n, degree in enumerate(degrees):
            if depth == 0 or n % 16 == 0:
                out += start.to_bytes(3, 'little')
            start += degree
        out += start.to_bytes(3, 'little')
    open(target, 'wb').write(out)
    print(f'{len(words)} words, {len(out)} bytes')


if __name__ == '__main__':
    main(*sys.argv[1:])
