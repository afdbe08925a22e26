#!/usr/bin/env python3
"""Install popular projects from a folder of source archives alone, each into a fresh environment, and import them.

    tests/real-installs.py ARCHIVES --resolver EXE [--python EXE] [--declare FILE.toml] [--work DIR] [NAME...]

ARCHIVES holds what a code host gives out for a tag (`git archive`), or sdists. Each NAME is planned with `--offline-metadata build`,
installed into a new environment of --python without pip or setuptools, and imported; every distribution must then have its planned
version. --declare names a resolver.toml with the versions that no file states. Prints a line for each project; for one that fails, what
the program said. Exit code 1 where any fails.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

TEN = ['hatchling', 'setuptools-scm', 'pytest', 'requests', 'flask', 'rich', 'attrs', 'httpx', 'poetry-core', 'pdm-backend']

# Where the module is not called as the project, with hyphens as underscores.
MODULES = {'attrs': 'attr', 'poetry-core': 'poetry.core', 'pdm-backend': 'pdm.backend', 'typing-extensions': 'typing_extensions'}

CHECK = """
import importlib, importlib.metadata, json, sys
module, planned = sys.argv[1], json.loads(sys.argv[2])
found = {name: importlib.metadata.version(name) for name in planned}
wrong = {name: version for name, version in found.items() if version != planned[name]}
if wrong:
    sys.exit(f'planned {[planned[name] for name in wrong]}, found {wrong}')
print(importlib.import_module(module).__file__)
"""


def run(command, folder):
    environment = {name: value for name, value in os.environ.items() if name not in ('PYTHONPATH', 'PYTHONHOME')}
    return subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def failure(done, what):
    said = (done.stderr.strip() or done.stdout.strip()).splitlines()
    return f'{what} ended with exit code {done.returncode}\n' + '\n'.join('      ' + line for line in said[-25:])


def install(name, arguments, work):
    """What went wrong, or None; and how many distributions were installed."""
    folder = work / name
    folder.mkdir(parents=True)
    done = run([arguments.python, '-m', 'venv', '--without-pip', str(folder / 'venv')], folder)
    if done.returncode != 0:
        return failure(done, 'python -m venv'), 0
    python = str(folder / 'venv' / 'bin' / 'python')
    options = ['--config', str(arguments.declare.resolve())] if arguments.declare else ['--no-config']
    done = run([str(arguments.resolver.resolve()), 'plan', name, '-f', str(arguments.archives.resolve()), '--python', python,
                '--offline-metadata', 'build', '-o', str(folder / 'plan.json'), *options], folder)
    if done.returncode != 0:
        return failure(done, 'plan'), 0
    plan = json.loads((folder / 'plan.json').read_text())
    planned = {step['name']: step['version'] for step in plan['steps']}
    done = run([str(arguments.resolver.resolve()), 'install', '--plan', str(folder / 'plan.json'), '--python', python, *options], folder)
    if done.returncode != 0:
        return failure(done, 'install'), 0
    done = run([python, '-c', CHECK, MODULES.get(name, name.replace('-', '_')), json.dumps(planned)], folder)
    return (failure(done, 'the import'), 0) if done.returncode != 0 else (None, len(planned))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('archives', type=pathlib.Path)
    parser.add_argument('names', nargs='*', metavar='NAME', help='default: ' + ', '.join(TEN))
    parser.add_argument('--resolver', type=pathlib.Path, required=True)
    parser.add_argument('--python', default=sys.executable)
    parser.add_argument('--declare', type=pathlib.Path)
    parser.add_argument('--work', type=pathlib.Path)
    arguments = parser.parse_intermixed_args()
    work = (arguments.work or pathlib.Path(tempfile.mkdtemp(prefix='real-installs-'))).resolve()
    failed = []
    for name in arguments.names or TEN:
        start = time.monotonic()
        problem, count = install(name, arguments, work)
        seconds = time.monotonic() - start
        if problem is None:
            print(f'ok      {name}: {count} distributions, each at its planned version, {seconds:.0f} s', flush=True)
        else:
            failed.append(name)
            print(f'FAILED  {name}: {problem}', flush=True)
    print(f'{len(arguments.names or TEN) - len(failed)} installed and imported, {len(failed)} failed; the environments are in {work}')
    sys.exit(1 if failed else 0)


main()
