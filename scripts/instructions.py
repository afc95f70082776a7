#!/usr/bin/env python3
"""instructions.py BIN [--write] [ROW…]: how many millions of instructions the program takes, counted by callgrind.

Time depends on the machine and on what else it does, instructions do not. A row of scripts/instructions.json says what is
counted and how much it may be at most:

  check KB [SHAPE]   `check --quiet` of a text of that size
  key KB [SHAPE]     one key in the middle of it: a session with some, less one with none, each sent when the findings of
                     the one before have come; what the protocol costs is part of it
  METHOD KB [SHAPE]  a request about the place of a key, sent behind it: a session with some, less one with keys alone

The text is the example draft, repeated, or of a shape of shapes.py; `against` holds it against the same of last year.
More than the limit ends the script with 1; --write
makes limits a third above what is counted now. Needs valgrind, the binary with the usual release profile."""
import argparse, glob, json, os, re, subprocess, sys, tempfile

from shapes import SHAPES, Server

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
LIMITS = os.path.join(ROOT, 'scripts', 'instructions.json')
CALLGRIND = ['valgrind', '--tool=callgrind', '--callgrind-out-file=/dev/null']
KEYS = 8
AGAINST = 'against'


def draft(size, shape):
    if shape == 'line':
        return draft(size, None).replace('\n', '')
    if shape and shape != AGAINST:
        return SHAPES[shape](size)
    [file] = glob.glob(f'{ROOT}/examples/*.txt')
    with open(file, encoding='utf-8') as text:
        lines = text.read().splitlines()
    out, n = [], 0
    while n < size:
        for line in lines:
            out.append(line)
            n += len(line.encode()) + 1
            if n >= size:
                break
    return '\n'.join(out) + '\n'


def collected(stderr):
    return int(re.search(r'Collected : (\d+)', stderr)[1])


def check(binary, text):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, 'a.txt')
        with open(file, 'w', encoding='utf-8') as out:
            out.write(text)
        run = subprocess.run([*CALLGRIND, binary, 'check', '--quiet', file], capture_output=True, text=True)
    return collected(run.stderr)


def last_year(text, folder):
    """A folder whose drafts are held against this text."""
    with open(os.path.join(folder, 'last.txt'), 'w', encoding='utf-8') as out:
        out.write(text)
    with open(os.path.join(folder, 'jianggao.toml'), 'w') as out:
        out.write('against = "last.txt"\n')


def session(binary, text, keys, method=None, folder='/x'):
    server = Server(*CALLGRIND, binary, stderr=subprocess.PIPE)
    uri = f'file://{folder}/a.txt'

    def change(method, version, **params):
        server.send(method=f'textDocument/{method}', params=params)
        published = lambda m: m.get('method') == 'textDocument/publishDiagnostics' and m['params'].get('version', 0) >= version
        if not server.wait(published, 600):
            sys.exit(f'no findings of version {version}')

    change('didOpen', 1, textDocument={'uri': uri, 'languageId': 'plaintext', 'version': 1, 'text': text})
    lines = text.split('\n')
    line = max(range(len(lines)), key=lambda n: (len(lines[n]) > 200, -abs(n - len(lines) // 2)))
    at = len(lines[line]) // 2
    for n in range(keys):
        # A character, then its removal. The other one makes a finding, so that there is news each time.
        start, end = {'line': line, 'character': at}, {'line': line, 'character': at + (n % 2) * 2}
        change('didChange', n + 2, textDocument={'uri': uri, 'version': n + 2}, contentChanges=[{'range': {'start': start, 'end': end}, 'text': '' if n % 2 else 'XX'}])
        if method:
            line_span = {'start': {'line': max(0, line - 20), 'character': 0}, 'end': {'line': line + 20, 'character': 0}}
            place = line_span if method == 'textDocument/inlayHint' else {'start': start, 'end': start}
            params = {'textDocument': {'uri': uri}, 'range': place, 'context': {'diagnostics': [], 'triggerKind': 1}, 'position': start, 'query': '粮食'}
            server.send(id=10 + n, method=method, params=params)
            if not server.wait(lambda m: m.get('id') == 10 + n and 'result' in m, 600):
                sys.exit(f'{method} is not answered')
    server.send(id=9, method='shutdown')
    server.wait(lambda m: m.get('id') == 9, 60)
    server.send(method='exit')
    server.process.stdin.close()
    stderr = server.process.stderr.read().decode()
    server.process.wait()
    return collected(stderr)


def count(binary, row):
    what, size, *shape = row.split(' ')
    text = draft(int(size) * 1000, ' '.join(shape) or None)
    if what == 'check':
        return check(binary, text)
    if what == 'key' and shape == [AGAINST]:
        with tempfile.TemporaryDirectory() as folder:
            last_year(text, folder)
            # Behind the first keys, for last year's draft is read beside them.
            return (session(binary, text, 3 * KEYS, folder=folder) - session(binary, text, KEYS, folder=folder)) / (2 * KEYS)
    if what == 'key':
        return (session(binary, text, KEYS) - session(binary, text, 0)) / KEYS
    return (session(binary, text, KEYS, what) - session(binary, text, KEYS)) / KEYS


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('binary')
    parser.add_argument('--write', action='store_true')
    parser.add_argument('rows', nargs='*')
    options = parser.parse_intermixed_args()
    with open(LIMITS) as file:
        limits = json.load(file)
    over = 0
    for row in options.rows or limits:
        found = count(options.binary, row) / 1e6
        most = limits.get(row)
        mark = ' <--' if most is not None and found > most else ''
        over += bool(mark)
        print(f'{row:36} {found:10.2f} M   at most {most}{mark}', flush=True)
        if options.write:
            limits[row] = float(f'{found * 4 / 3:.2g}')
    if options.write:
        with open(LIMITS, 'w') as file:
            json.dump(limits, file, indent=2, ensure_ascii=False)
            file.write('\n')
        return
    sys.exit(1 if over else 0)


if __name__ == '__main__':
    main()
