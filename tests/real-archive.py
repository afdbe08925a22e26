#!/usr/bin/env python3
"""Plan everything in a folder of real upstream tarballs that can be planned, install it into a fresh prefix, and import it.

    tests/real-archive.py ARCHIVE [--wheels DIR] [--resolver EXE] [--work DIR] [--at-least 40]

Prints how many of how many have a plan and, for the rest, the reasons, grouped; once from sdists alone and, where --wheels is given,
once with those wheels beside them. What the larger plan holds is then really installed, each step with a real pip, into a prefix that
did not exist before, for an interpreter without pip or setuptools. A project whose step fails is reported, taken out together
with what then has no plan, and the rest goes on. Exit code 0 where at least --at-least distributions were installed, imported, and
come from every backend that the plan has.
"""
import argparse
import collections
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

IMPORT = """
import importlib, importlib.metadata, json, pathlib, sys
site = pathlib.Path(sys.argv[1])
answers = {}
for distribution in importlib.metadata.distributions(path=[str(site)]):
    files = [str(file) for file in distribution.files or []]
    modules = {file.split('/')[0] for file in files if file.count('/') == 1 and file.endswith('/__init__.py')}
    modules |= {file[:-3] for file in files if '/' not in file and file.endswith('.py')}
    modules = sorted(module for module in modules if module.isidentifier() and not module.startswith('_'))
    try:
        for module in modules:
            importlib.import_module(module)
        answers[distribution.metadata['Name']] = None
    except BaseException as error:
        answers[distribution.metadata['Name']] = f'{type(error).__name__}: {error}'.splitlines()[0]
json.dump(answers, sys.stdout)
"""


def canonical(name):
    return re.sub(r'[-_.]+', '-', name).lower()


def order(resolver, paths, python, *options):
    """The plan for what can be planned of these paths: `order --keep-going`, whose exit code is 1 where something is left out."""
    done = subprocess.run([*resolver, 'order', '--keep-going', '--format', 'json', '--python', python, *options, *paths], stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f'order ended with {done.returncode}')
    return json.loads(done.stdout)


def reason(left_out):
    """The kind of reason, without the names that differ from one archive to the next, so that equal ones can be counted."""
    text = left_out['reason'].splitlines()[0]
    missing = re.search(r'but (?:of )?(?:there is no )?([\w.-]+) (?:is|in the archive|there)|there is no ([\w.-]+)', text)
    if left_out['code'] != 'impossible':
        return left_out['code']
    return f'impossible: wants {canonical(missing.group(1) or missing.group(2))}' if missing else 'impossible: for another reason'


def report(title, plan, total):
    steps = [step for step in plan['steps'] if step['action'] == 'install']
    print(f'\n{title}: {len(steps)} of {total} distributions have a plan, in {max((step["stage"] for step in steps), default=0)} stages')
    reasons = collections.Counter(reason(entry) for entry in plan.get('left_out', [])).most_common()
    for text, count in reasons:
        if count > 1:
            print(f'  {count:4d}  {text}')
    print(f'  {sum(count == 1 for _, count in reasons):4d}  each for a reason of its own')


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('archive', type=pathlib.Path)
    parser.add_argument('--wheels', type=pathlib.Path, help='a folder of wheels to plan with as well')
    parser.add_argument('--resolver', default='resolver', help='the program, or a command that starts it (default: resolver)')
    parser.add_argument('--work', type=pathlib.Path, help='where the environment and the prefix go; kept (default: a temporary folder, removed)')
    parser.add_argument('--at-least', type=int, default=40, metavar='N', help='how many have to be installed and imported (default: 40)')
    arguments = parser.parse_args()
    resolver = arguments.resolver.split()
    work = arguments.work or pathlib.Path(tempfile.mkdtemp(prefix='real-archive-'))
    work.mkdir(parents=True, exist_ok=True)
    try:
        sys.exit(0 if run(resolver, arguments, work) else 1)
    finally:
        if arguments.work is None:
            shutil.rmtree(work, ignore_errors=True)


def run(resolver, arguments, work):
    environment, prefix = work / 'environment', work / 'prefix'
    if prefix.exists():
        sys.exit(f'{prefix} exists: this needs a fresh one')
    subprocess.run([sys.executable, '-m', 'venv', '--without-pip', '--clear', str(environment)], check=True)
    python = str(environment / 'bin' / 'python')

    archive, wheels = str(arguments.archive), ['-f', str(arguments.wheels)] if arguments.wheels else []
    scanned = [json.loads(line) for line in subprocess.run([*resolver, 'scan', '--format', 'json', '-f', archive], check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()]
    backends = {line['path']: line.get('build_backend') or ('setup.py' if line.get('name') else None) for line in scanned}
    plan = order(resolver, [archive], python, '--no-installed')
    report('From sdists alone', plan, len(scanned))
    if wheels:
        plan = order(resolver, [archive], python, '--no-installed', *wheels)
        report('With the wheels', plan, len(scanned))

    # One file at a time is taken out when its step fails; what is in the prefix by then is kept by the next plan.
    wanted, failures = [step['path'] for step in plan['steps'] if step['path'].startswith(archive)], {}
    while wanted:
        file = work / 'plan.json'
        file.write_text(json.dumps(plan))
        done = subprocess.run([*resolver, 'install', '--plan', str(file), '--python', python, '--prefix', str(prefix)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode == 0:
            break
        failed = re.search(r'^error: step \d+, (\S+) (\S+) \((.+)\): (.*)$', done.stdout, re.MULTILINE)
        if not failed:
            sys.exit(f'install ended with {done.returncode}:\n{done.stdout[-2000:]}')
        failures[failed.group(1)] = failed.group(4)
        wanted.remove(failed.group(3))
        plan = order(resolver, wanted, python, *wheels, '--prefix', str(prefix))

    sites = [path for path in prefix.glob('**/*-packages') if any(path.glob('*.dist-info'))]
    answers = {}
    for site in sites:
        answers |= json.loads(subprocess.run([python, '-c', f'import sys; sys.path[1:1] = {[str(path) for path in sites]!r}\n' + IMPORT, str(site)],
                                             check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=work).stdout.splitlines()[-1])
    installed = {canonical(name): error for name, error in answers.items()}
    by_name = {line['name']: backends[line['path']] for line in scanned if line.get('name')}
    imported = [name for name, error in installed.items() if error is None]
    print(f'\n{len(installed)} installed into a fresh prefix, {len(imported)} of them imported')
    for backend, count in collections.Counter(by_name.get(name, 'a wheel') for name in imported).most_common():
        print(f'  {count:4d}  {backend}')
    for name, error in sorted(failures.items()):
        print(f'  not installed: {name}: {error}')
    for name, error in sorted(installed.items()):
        if error is not None:
            print(f'  not imported: {name}: {error}')
    return len(imported) >= arguments.at_least


if __name__ == '__main__':
    main()
