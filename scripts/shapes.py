#!/usr/bin/env python3
"""shapes.py BIN [--what check,fix,key,symbols] [--sizes 100,400,1600] [--limit S] [SHAPE…]: how the cost grows with the text.

Makes texts of one shape in three sizes (KB) and prints the seconds of CPU that each takes, and the exponent of the growth
between the last two sizes that could be told apart: 1 is linear, 2 quadratic. More than 1.1 where a run takes longer than
a tenth of a second ends the script with 1. `check` and `fix` are the command line, `key` is one key in the server at the
end of the text, `symbols` the outline. Standard library only."""
import argparse, json, math, os, resource, subprocess, sys, tempfile, threading, time

PROSE = '要坚持问题导向，把群众的操心事、烦心事、揪心事一件一件解决好，让群众看到实实在在的变化。'


def line(piece):
    return lambda size: '同志们：\n' + piece * (size // len(piece.encode()) + 1) + '\n'


def paragraphs(piece):
    return lambda size: '同志们：\n' + (piece + '\n') * (size // (len(piece.encode()) + 1) + 1)


def numbered(form):
    def make(size):
        out, n = ['同志们：\n'], 0
        while size > 0:
            n += 1
            out.append(form.replace('#', str(n)))
            size -= len(out[-1].encode())
        return ''.join(out)
    return make


SHAPES = {
    # One long line.
    'line-prose': line(PROSE), 'line-open-brackets': line('（'), 'line-open-quotes': line('“'), 'line-ascii-brackets': line('('),
    'line-short-name': line('（以下简称“'), 'line-short-names': line('东湖公司（以下简称“东湖”）很好，'), 'line-year': line('20XX年'), 'line-years': line('在20XX年，'),
    'line-firsts': line('首先，要抓。其次，要抓。最后，要抓。'), 'line-firsts-bare': line('首先…其次…最后…'), 'line-comment': line('<!--'), 'line-one': line('1.'), 'line-ordinals': line('1.抓好。'),
    'line-field': line('【待补'), 'line-fields': line('【待补】'), 'line-square': line('[甲'), 'line-brace': line('{{'), 'line-angle': line('<'), 'line-names': line('在XX区，'), 'line-marks': line('X'),
    'line-stars': line('*'), 'line-emphasis': line('**一、**'), 'line-crosses': line('×'), 'line-gaps': line('要 '), 'line-spaces': lambda size: '同志们：\n要' + ' ' * size + '要\n',
    'line-dots': lambda size: '同志们：\n要抓' + '.' * size + '好\n', 'line-underscores': line('_'), 'line-commas': line(','), 'line-must': line('一要抓好。'), 'line-is': line('一是快，二是稳。'),
    'line-circled': line('①抓②抓③抓'), 'line-announced': line('我讲三点意见。'), 'line-twice': line('落实'), 'line-urls': line('http://www.a.com/'), 'line-ticks': line('`'), 'line-ticks-growing': lambda size: '同志们：\n' + ' '.join('`' * n for n in range(1, int((2 * size) ** .5))) + '\n',
    'line-formulations': line('增强“四个意识”、坚定“四个自信”、做到“两个维护”，'), 'line-some': line('某'), 'line-question': line('？'), 'line-pending': line('待补'), 'line-links': line('[甲](乙.md)'), 'line-open-links': line('[甲]('), 'line-entities': line('&nbsp;'), 'line-percent': line('增长%，'), 'line-figures': line('完成投资120亿元，'), 'line-date': line('2026年2月30日，'),
    'line-this-year': line('今年是，'), 'line-this-year-open': line('今年（'), 'line-crossed': line('“》'), 'line-opened-then-closed': lambda size: '同志们：\n' + '（' * (size // 6) + '》' * (size // 6) + '\n',
    'line-nested': lambda size: '同志们：\n' + '（' * (size // 4) + ')' * (size // 4) + '\n', 'line-circles-then-counts': lambda size: '同志们：\n' + '①' * (size // 6) + '三点' * (size // 12) + '\n', 'line-apposed': line('甲、乙、丙这三个单位'), 'line-spaced': line('( )'), 'line-measured': line('3类问题突出，'), 'line-letters': line('A村'), 'line-somebody': line('某村，'), 'line-rings': line('○好，'), 'line-converted': line('乾部，'),
    'line-growth': line('增长5%，'), 'line-parts': line('共7个，其中3个，'), 'line-posts': line('县长张三，'), 'line-defined': line('（以下简称“甲”）'), 'line-articles': line('第1条、'), 'line-quoted': line('“一”“二”、'), 'line-verbs': line('坚定“四个意识”'), 'line-members': line('坚持真理、坚守理想，'),
    # Many paragraphs.
    'prose': paragraphs(PROSE), 'blank': paragraphs(''), 'names': paragraphs('在XX区开会。'), 'fields': paragraphs('【待补】'), 'headings': numbered('#. 抓好第#件事\n'), 'same-heading': paragraphs('一、提高认识'),
    'sections': numbered('一、抓落实#\n（一）抓学习\n'), 'announced': paragraphs('下面，我讲三点意见。'), 'salutations': lambda size: '同志们：\n今天讲三点意见。\n一、抓好落实。\n' * (size // 60 + 1), 'titles': paragraphs('在全县工作会议上的讲话'),
    'chapters': numbered('第#章 总则\n第#条 要抓好。\n'), 'references': paragraphs('（一）抓好工作，见（三）。'), 'short-names': numbered('东湖#公司（以下简称“湖#公司”）很好。\n'), 'figures': numbered('去年，全县地区生产总值完成#亿元。\n'), 'twice': numbered('同志们要抓好落实，确保成效#。\n'),
    'similar': numbered(PROSE + '同群众想在一起、干在一起，把工作做到群众的心坎上#。\n'), 'open-quotes': paragraphs('“要抓好落实。'), 'open-brackets': paragraphs('（要抓好落实。'), 'half-width': paragraphs('今天,开会;好:的。'), 'parallel': numbered('要在抓#上争先进。要抓好。\n'), 'comments': paragraphs('<!-- 讲稿：忽略开始 -->'), 'suppressed': paragraphs('XX区要带头。【讲稿：忽略】'),
    'rules': paragraphs('---'), 'lists': paragraphs('一要抓好落实，二要抓好成效。'), 'nested': numbered('- 项目#\n  - 子项\n    - 孙项\n'), 'fences': paragraphs('```'), 'table': paragraphs('| 一、抓 | XX区 |'), 'quotes': paragraphs('> 引文'), 'definitions': numbered('[甲#]: 乙#.md\n'), 'footnotes': numbered('要抓好。[^#]\n\n[^#]: 出处\n\n'), 'emphasis': paragraphs('**一、**抓*好*'), 'html': paragraphs('<a id="x"></a>'),
}
MARKDOWN = {'nested', 'fences', 'table', 'quotes', 'definitions', 'footnotes', 'emphasis', 'html', 'line-ticks', 'line-ticks-growing', 'line-links', 'line-open-links', 'line-comment', 'line-emphasis', 'line-angle', 'line-square'}


def command(binary, args, limit):
    """Seconds of CPU; None when it took longer than the limit."""
    def bounds():
        resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 2))
        resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
    child = subprocess.Popen([binary, *args], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=bounds)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = status
    return None if os.WIFSIGNALED(status) else used.ru_utime + used.ru_stime


# What an editor of today can do.
CLIENT = {
    'documentSymbol': {'hierarchicalDocumentSymbolSupport': True},
    'codeAction': {
        'codeActionLiteralSupport': {'codeActionKind': {'valueSet': ['quickfix', 'refactor', 'source']}},
        'resolveSupport': {'properties': ['edit']},
        'dataSupport': True,
    },
}


class Server:
    def __init__(self, *command, stderr=subprocess.DEVNULL):
        self.process = subprocess.Popen([*command, 'lsp'], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr)
        self.seen, self.came = [], threading.Condition()
        threading.Thread(target=self.listen, daemon=True).start()
        self.send(id=1, method='initialize', params={'processId': None, 'rootUri': None, 'capabilities': {'textDocument': CLIENT}})
        self.wait(lambda m: m.get('id') == 1, 30)
        self.send(method='initialized', params={})

    def listen(self):
        out = self.process.stdout
        while head := out.readline():
            length = 0
            while head.strip():
                if head.lower().startswith(b'content-length:'):
                    length = int(head.split(b':')[1])
                head = out.readline()
            message = json.loads(out.read(length))
            with self.came:
                self.seen.append(message)
                self.came.notify_all()

    def send(self, **message):
        body = json.dumps({'jsonrpc': '2.0', **message}).encode()
        self.process.stdin.write(b'Content-Length: %d\r\n\r\n' % len(body) + body)
        self.process.stdin.flush()

    def wait(self, wanted, limit):
        with self.came:
            if not self.came.wait_for(lambda: any(map(wanted, self.seen)), limit):
                return False
            self.seen = [m for m in self.seen if not wanted(m)]
            return True

    def cpu(self):
        fields = open(f'/proc/{self.process.pid}/stat').read().rsplit(')', 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def served(binary, what, text, markdown, limit):
    server = Server(binary)
    uri = 'file:///x/a.md' if markdown else 'file:///x/a.txt'
    published = lambda version: lambda m: m.get('method') == 'textDocument/publishDiagnostics' and m['params'].get('version', 0) >= version
    try:
        server.send(method='textDocument/didOpen', params={'textDocument': {'uri': uri, 'languageId': 'markdown' if markdown else 'plaintext', 'version': 1, 'text': text}})
        if not server.wait(published(1), limit):
            return None
        before = server.cpu()
        if what == 'symbols':
            server.send(id=2, method='textDocument/documentSymbol', params={'textDocument': {'uri': uri}})
            return server.cpu() - before if server.wait(lambda m: m.get('id') == 2, limit) else None
        keys, lines = 3, text.split('\n')
        last = len(lines) - 2
        place = {'line': last, 'character': len(lines[last])}
        for version in range(2, keys + 2):
            server.send(method='textDocument/didChange', params={'textDocument': {'uri': uri, 'version': version}, 'contentChanges': [{'range': {'start': place, 'end': place}, 'text': '好'}]})
            if not server.wait(published(version), limit):
                return None
        return (server.cpu() - before) / keys
    finally:
        server.process.kill()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('binary')
    parser.add_argument('--what', default='check,fix,key,symbols')
    parser.add_argument('--sizes', default='100,400,1600')
    parser.add_argument('--limit', type=float, default=20)
    parser.add_argument('shapes', nargs='*')
    options = parser.parse_intermixed_args()
    sizes = [int(size) * 1000 for size in options.sizes.split(',')]
    bad = 0
    print(f'{"shape":20} {"what":8} ' + ' '.join(f'{size // 1000:>6}KB' for size in sizes) + '   exponent')
    for name in options.shapes or SHAPES:
        for what in options.what.split(','):
            costs = []
            for size in sizes:
                text, markdown = SHAPES[name](size), name in MARKDOWN
                if what in ('check', 'fix'):
                    with tempfile.TemporaryDirectory() as folder:
                        file = os.path.join(folder, 'a.md' if markdown else 'a.txt')
                        with open(file, 'w', encoding='utf-8') as out:
                            out.write(text)
                        cost = command(options.binary, ['check', *(['--fix'] if what == 'fix' else ['--quiet']), file], options.limit)
                else:
                    cost = served(options.binary, what, text, markdown, options.limit)
                costs.append(cost)
                if cost is None:
                    break
            known = [(size, cost) for size, cost in zip(sizes, costs) if cost is not None]
            slow = costs[-1] is None or costs[-1] > .1
            if costs[-1] is None:
                exponent = 9.99
            elif len(known) > 1 and known[-2][1] > 0:
                exponent = math.log(max(known[-1][1], 1e-4) / max(known[-2][1], 1e-4)) / math.log(known[-1][0] / known[-2][0])
            else:
                exponent = 0
            mark = ' <--' if slow and exponent > 1.1 else ''
            bad += bool(mark)
            shown = ' '.join('      > ' if cost is None else f'{cost:8.3f}' for cost in costs)
            print(f'{name:20} {what:8} {shown}   {exponent:.2f}{mark}', flush=True)
    sys.exit(1 if bad else 0)


if __name__ == '__main__':
    main()
