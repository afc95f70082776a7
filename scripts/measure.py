#!/usr/bin/env python3
"""measure.py BIN: runs the trials, the corpus and the faultless speeches and holds the figures to what has been reached.

The texts lie beside the project in ../shared, or where JIANGGAO_SHARED says; without them nothing is measured and the
script says so. The figures to be held are in tests/corpus/thresholds.json: they are only ever made stricter. Trials that
are known to fail are named there with the reason; a case that passes although it is named, or fails although it is not,
is an error. Standard library only."""
import glob, json, os, re, subprocess, sys, tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.environ.get('JIANGGAO_SHARED') or os.path.join(os.path.dirname(ROOT), 'shared')


def trials(binary, limits):
    """Errors of the trial cases."""
    folder = os.path.join(SHARED, 'trials')
    run = subprocess.run([sys.executable, f'{folder}/trials.py', binary, f'{folder}/cases.jsonl', '--show'], capture_output=True, text=True)
    if run.returncode > 1:
        return [f'trials.py ended with {run.returncode}: {run.stderr.strip()}']
    failed = set(re.findall(r'^== (\S+) FAIL', run.stdout, re.M))
    print(run.stdout.strip().splitlines()[-1])
    known = limits['trials_known_to_fail']
    return [f'trial {case} fails' for case in sorted(failed - set(known))] + [f'trial {case} passes: take it off the list' for case in sorted(set(known) - failed)]


def clean(binary):
    """A warning in a faultless speech."""
    files = sorted(f for f in glob.glob(f'{SHARED}/clean/*.*') if not f.endswith('README.md'))
    run = subprocess.run([binary, 'check', '--format', 'json', *files], capture_output=True, text=True)
    found = json.loads(run.stdout)['files']
    warned = [f"{os.path.basename(f['path'])}:{d['range']['start']['line'] + 1}: {d['code']}" for f in found for d in f['diagnostics'] if d['severity'] in ('warning', 'error')]
    print(f'{len(files)} faultless speeches, {len(warned)} warnings')
    return [f'warning in a faultless speech: {w}' for w in warned]


def corpus(binary, limits):
    """Figures of the corpus that are worse than what has been reached."""
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'figures.json')
        verdicts = glob.glob(f'{ROOT}/tests/corpus/*.jsonl')
        subprocess.run([sys.executable, f'{SHARED}/corpus/score.py', binary, '--json', out, *(x for v in verdicts for x in ('--verdicts', v))], check=True, stdout=subprocess.DEVNULL)
        figures = json.load(open(out, encoding='utf-8'))
    errors = []
    for name, (bound, value) in limits['corpus'].items():
        group, figure = name.split('.')
        have = figures[group][figure]
        print(f'{name} {have} (to hold: {bound} {value})')
        if have > value if bound == 'at most' else have < value:
            errors.append(f'{name} is {have}, to hold: {bound} {value}')
    return errors


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    if not os.path.isdir(SHARED):
        print(f'no texts to measure with in {SHARED}: skipped')
        return
    binary = os.path.abspath(sys.argv[1])
    limits = json.load(open(f'{ROOT}/tests/corpus/thresholds.json', encoding='utf-8'))
    errors = trials(binary, limits) + clean(binary) + corpus(binary, limits)
    for error in errors:
        print(f'not held: {error}', file=sys.stderr)
    sys.exit(bool(errors))


if __name__ == '__main__':
    main()
