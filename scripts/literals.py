#!/usr/bin/env python3
"""literals.py [FILE]: how many Chinese words stand in the code of the engine and not in a table.

Counts string and character literals with ideographs in `src`, but for the shells (`cli`, `server`, `features`, `word`,
`report`, `settings`, the pages of rules), tests, comments, what a rule says of itself (`RULE`, `Example`) and what is
said to the user (`fn message`, `fn names`, `format!` and the like). Prints how many there are, how many are different, and the files with most of
them; with a FILE those of it. More different ones than LIMIT end the script with 1."""
import collections, os, re, sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHELLS = re.compile(r'src/(cli|server|features|word|report|settings|workspace|locale|main|lib|rules/page)\b')
LITERAL = re.compile(r'b?r#+"(?:.|\n)*?"#+|"(?:\\.|[^"\\])*"|\'(?:\\.[^\']*|[^\'\\])\'')
SAID = re.compile(r'static RULE: Rule = Rule \{|\bfn (?:message|names)\b[^{]*\{|Example \{|\b(?:format|write|writeln|println|panic|fault|assert\w*)!\s*\(|\b(?:expect|reason)\(')
LIMIT = 250


def code(text):
    """The text without comments, tests and what is said, the lines kept."""
    text = text.split('#[cfg(test)]\nmod tests {')[0]
    text = re.sub(f'({LITERAL.pattern})|//[^\n]*', lambda m: m[1] or '', text)
    while said := SAID.search(text):
        depth, at = 0, said.end() - 1
        while at < len(text):
            if literal := LITERAL.match(text, at):
                at = literal.end()
                continue
            depth += (text[at] in '({') - (text[at] in ')}')
            at += 1
            if depth == 0:
                break
        text = text[:said.start()] + '\n' * text.count('\n', said.start(), at) + text[at:]
    return text


def literals():
    for folder, _, files in os.walk(os.path.join(ROOT, 'src')):
        for file in sorted(files):
            path = os.path.relpath(os.path.join(folder, file), ROOT)
            if not file.endswith('.rs') or file == 'tests.rs' or SHELLS.match(path):
                continue
            with open(os.path.join(ROOT, path), encoding='utf-8') as source:
                text = code(source.read())
            for found in LITERAL.finditer(text):
                if re.search('[\u3400-\u9fff]', found[0]):
                    yield path, text.count('\n', 0, found.start()) + 1, found[0]


found = list(literals())
if len(sys.argv) > 1:
    for path, line, literal in found:
        if path == sys.argv[1]:
            print(f'{line}: {literal}')
    sys.exit()
different = {literal.strip('\'"') for _, _, literal in found}
print(f'{len(found)} literals, {len(different)} different ones (at most {LIMIT})')
for path, count in collections.Counter(path for path, _, _ in found).most_common(10):
    print(f'{count:5} {path}')
sys.exit(len(different) > LIMIT)
