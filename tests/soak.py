#!/usr/bin/env python3
"""Install, upgrade, uninstall, undo, kill and interrupt at random in five prefixes, some of it at once, against a model.

    tests/soak.py --resolver 'EXE [ARGUMENT...]' [--seconds N | --operations N] [--seed N] [--work DIR]

The model is this script: which project is where at which version, what each wheel holds, and what a prefix held before each run. After
every operation the prefix must hold exactly what RECORDs list, with the right content, what the model says and what the user put there,
nothing else; after an undo, byte for byte what it held before. Needs python3 with pip. Prints a line at the end; a difference is printed
with the operations that led to it, the prefix is kept, and the exit code is 1.
"""
import argparse
import base64
import collections
import csv
import hashlib
import json
import os
import pathlib
import random
import re
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import zipfile

PREFIXES = 5
PROJECTS = ['alpha', 'beta', 'gamma', 'delta', 'app']
VERSIONS = ['1.0', '1.1', '2.0']
LIMIT = 300


def make_wheel(folder, name, version):
    """A package, a command, a data file; app needs a lib of its own version."""
    info = f'{name}-{version}.dist-info'
    requires = f'Requires-Dist: lib=={version}\n' if name == 'app' else ''
    files = {
        f'{name}/__init__.py': f'version = {version!r}\n',
        f'{name}/v{version.replace(".", "_")}.py': f'# only {version}\n' * 50,
        f'{name}-{version}.data/data/share/{name}.txt': f'{name} {version}\n',
        f'{info}/METADATA': f'Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n{requires}',
        f'{info}/WHEEL': 'Wheel-Version: 1.0\nGenerator: soak\nRoot-Is-Purelib: true\nTag: py3-none-any\n',
        f'{info}/entry_points.txt': f'[console_scripts]\n{name} = {name}:version\n',
    }
    lines = [f'{path},sha256={digest(text.encode())},{len(text)}\n' for path, text in files.items()]
    files[f'{info}/RECORD'] = ''.join(lines) + f'{info}/RECORD,,\n'
    with zipfile.ZipFile(folder / f'{name}-{version}-py3-none-any.whl', 'w', zipfile.ZIP_DEFLATED) as wheel:
        for path, text in files.items():
            wheel.writestr(path, text)


def digest(content):
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip('=')


def contents(prefix):
    """Every file but bytecode and the lock, and every empty folder."""
    found = {}
    for folder, folders, files in os.walk(prefix):
        folders[:] = [each for each in folders if each != '__pycache__']
        if folder != str(prefix) and not folders and not files:
            found[os.path.relpath(folder, prefix) + '/'] = b''
        for name in files:
            if name != '.resolver.lock':
                path = os.path.join(folder, name)
                found[os.path.relpath(path, prefix)] = pathlib.Path(path).read_bytes()
    return found


class Difference(Exception):
    pass


class Prefix:
    """One prefix and what the model knows of it."""

    def __init__(self, soak, number):
        self.soak, self.number, self.path = soak, number, soak.work / f'prefix{number}'
        self.random = random.Random(f'{soak.seed}.{number}')
        self.installed, self.own, self.runs, self.log, self.seen = {}, {}, [], [], set()

    # What can be done.

    def install(self):
        name, version = self.choose()
        before = contents(self.path)
        done = self.call('install', *self.request(name, version))
        self.expect(done, 0)
        self.ran(done.stderr, before, name, version)

    def choose(self):
        return self.random.choice(PROJECTS), self.random.choice(VERSIONS)

    def request(self, name, version):
        return [f'{name}=={version}', '-f', str(self.soak.archive), '--prefix', str(self.path), '--no-progress']

    def uninstall(self):
        removable = sorted(name for name in self.installed if name != 'lib')
        if not removable:
            return self.install()
        name = self.random.choice(removable)
        before = contents(self.path)
        done = self.call('uninstall', name, '--prefix', str(self.path))
        self.expect(done, 0)
        self.runs.append((self.newest(), before, dict(self.installed)))
        del self.installed[name]

    def undo(self):
        if not self.runs:
            return self.install()
        run, before, installed = self.runs.pop()
        self.expect(self.call('undo', run), 0)
        self.installed = installed
        self.same(before)

    def user_writes(self):
        """A file of nobody, which nothing may touch. Earlier snapshots have it too from now on."""
        name = f'share/own{len(self.own)}.txt'
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'mine {len(self.own)}\n')
        self.own[name] = path.read_bytes()
        for _, before, _ in self.runs:
            before[name] = self.own[name]
            before.pop('share/', None)

    def refused(self):
        """What cannot be leaves everything as it is."""
        before = contents(self.path)
        done = self.call('install', 'alpha==1.0', 'alpha==2.0', '-f', str(self.soak.archive), '--prefix', str(self.path))
        self.expect(done, 1)
        self.same(before)

    def killed(self):
        self.ended(signal.SIGKILL)

    def interrupted(self):
        self.ended(signal.SIGINT)

    def ended(self, kind):
        """Ended at a random moment; then resumed, undone, or left to the next install."""
        name, version = self.choose()
        before, known = contents(self.path), dict(self.installed)
        process = self.start('install', *self.request(name, version))
        try:
            process.communicate(timeout=self.random.uniform(0.05, self.soak.usual * 1.1))
        except subprocess.TimeoutExpired:
            process.send_signal(kind)
        _, error = process.communicate(timeout=LIMIT)
        self.log.append(f'  {kind.name}: exit code {process.returncode}')
        if process.returncode == 0:
            return self.ran(error, before, name, version)
        run = self.newest()
        # The default action of the signal, before the program could take it: a run had not begun.
        at_start = run is None and process.returncode == -signal.SIGINT
        if kind == signal.SIGINT and process.returncode != 130 and not at_start:
            raise Difference(f'interrupted, it ended with {process.returncode}: {error}')
        if run is None:
            return self.same(before)  # it had not begun
        then = self.random.choice(['undo', 'resume', 'resume'])
        if then == 'resume':
            done = self.call('install', '--resume', run, '--no-progress')
            self.expect(done, 0)
            return self.ran(f'run {run};', before, name, version)
        self.expect(self.call('undo', run), 0)
        self.installed = known
        self.same(before)

    def at_once(self):
        """Two installs into one prefix: the second waits."""
        one, other = self.random.sample(PROJECTS, 2)
        version = self.random.choice(VERSIONS)
        before = contents(self.path)
        first = self.start('install', *self.request(one, version))
        second = self.start('install', *self.request(other, version))
        for process, name in ((first, one), (second, other)):
            output, error = process.communicate(timeout=LIMIT)
            self.expect(subprocess.CompletedProcess(process.args, process.returncode, output, error), 0)
            self.took(name, version)
        # Which came first is not known: the model undoes neither, nor what was before them.
        self.newest()
        self.runs.clear()

    # What holds afterwards.

    def took(self, name, version):
        self.installed[name] = version
        if name == 'app':
            self.installed['lib'] = version

    def ran(self, said, before, name, version):
        run = re.search(r'run (\S+);', said)
        if run:
            self.seen.add(run.group(1))
            self.runs.append((run.group(1), before, dict(self.installed)))
        self.took(name, version)

    def newest(self):
        """The run that nobody has asked for yet; None where there is none."""
        done = self.call('runs', '--format', 'json', quiet=True)
        self.expect(done, 0)
        here = [each['id'] for each in json.loads(done.stdout)['runs'] if each['destination'] == str(self.path)]
        fresh = max((each for each in here if each not in self.seen), default=None)
        self.seen.update(here)
        return fresh

    def same(self, before):
        now = contents(self.path)
        if now != before:
            changed = sorted(set(now) ^ set(before)) + [each for each in now if before.get(each, now[each]) != now[each]]
            raise Difference(f'not as it was before: {changed}')

    def verify(self):
        now = contents(self.path)
        for kept in ('bin/', 'lib/python3.*/site-packages/'):  # as pip does, an uninstall leaves these
            for each in [each for each in now if each.endswith('/') and pathlib.PurePath(each).match(kept)]:
                del now[each]
        sites = {str(pathlib.PurePath(each).parent.parent) for each in now if each.endswith('.dist-info/RECORD')}
        records = [each for each in now if each.endswith('.dist-info/RECORD')]
        found = dict(pathlib.PurePath(each).parent.name[:-len('.dist-info')].split('-') for each in records)
        if found != self.installed:
            raise Difference(f'the model has {self.installed}, the prefix {found}')
        listed = dict(self.own)
        for record in records:
            site = pathlib.PurePath(record).parent.parent
            for path, wanted, _ in csv.reader(now[record].decode().splitlines()):
                file = os.path.normpath(site / path)
                if '__pycache__' in file:
                    continue
                if file not in now:
                    raise Difference(f'{file} is gone')
                if wanted and wanted != 'sha256=' + digest(now[file]):
                    raise Difference(f'{file} does not match {record}')
                listed[file] = now[file]
        for name, version in self.installed.items():
            module = next((now[f'{site}/{name}/__init__.py'] for site in sites if f'{site}/{name}/__init__.py' in now), None)
            if module != f'version = {version!r}\n'.encode():
                raise Difference(f'{name}/__init__.py is not that of {version}: {module}')
        if now != listed:
            raise Difference(f'nobody lists {sorted(set(now) - set(listed))}; the user lost {sorted(set(listed) - set(now))}')

    # How it is called.

    def call(self, *arguments, quiet=False):
        process = self.start(*arguments, quiet=quiet)
        output, error = process.communicate(timeout=LIMIT)
        return subprocess.CompletedProcess(arguments, process.returncode, output, error)

    def start(self, *arguments, quiet=False):
        if not quiet:
            self.log.append(' '.join(arguments))
        return subprocess.Popen([*self.soak.command, *arguments], env=self.soak.environment, stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)

    def expect(self, done, code):
        if done.returncode != code:
            raise Difference(f'{done.args} ended with {done.returncode}, not {code}: {done.stdout}{done.stderr}')


class Soak:
    def __init__(self, arguments):
        self.command, self.seed = shlex.split(arguments.resolver), arguments.seed
        self.work = pathlib.Path(arguments.work or tempfile.mkdtemp(prefix='resolver-soak-')).resolve()
        self.archive = self.work / 'archive'
        self.archive.mkdir(parents=True)
        for name in [*PROJECTS, 'lib']:
            for version in VERSIONS:
                make_wheel(self.archive, name, version)
        own = {'RESOLVER_STATE_DIR': str(self.work / 'state'), 'RESOLVER_CACHE_DIR': str(self.work / 'cache'), 'NO_COLOR': '1'}
        self.environment = {**{k: v for k, v in os.environ.items() if not k.startswith(('PIP_', 'RESOLVER_'))}, **own}
        self.deadline = time.monotonic() + arguments.seconds if arguments.seconds else None
        self.left, self.usual = arguments.operations, 2.0
        self.lock, self.counts, self.failure = threading.Lock(), collections.Counter(), None

    def next(self):
        with self.lock:
            if self.failure or (self.deadline and time.monotonic() > self.deadline) or self.left == 0:
                return False
            self.left -= 1
            return True

    def worker(self, prefixes):
        chooser = random.Random(f'{self.seed}.{prefixes[0].number}.order')
        while self.next():
            prefix = chooser.choice(prefixes)
            acts = {prefix.install: 6, prefix.uninstall: 2, prefix.undo: 4, prefix.killed: 4, prefix.interrupted: 2, prefix.at_once: 1,
                    prefix.user_writes: 1, prefix.refused: 1}
            act = chooser.choices(list(acts), list(acts.values()))[0]
            started = time.monotonic()
            try:
                prefix.log.append(f'{act.__name__}:')
                act()
                prefix.verify()
            except Exception as problem:
                with self.lock:
                    self.failure = self.failure or (prefix, problem)
                return
            with self.lock:
                self.counts[act.__name__] += 1
                if act.__name__ == 'install':
                    self.usual = 0.8 * self.usual + 0.2 * (time.monotonic() - started)

    def run(self):
        prefixes = [Prefix(self, number) for number in range(PREFIXES)]
        workers = [threading.Thread(target=self.worker, args=(each,)) for each in (prefixes[:3], prefixes[3:])]
        for each in workers:
            each.start()
        for each in workers:
            each.join()
        total = f'{sum(self.counts.values())} operations ({", ".join(f"{n} {k}" for k, n in sorted(self.counts.items()))}), seed {self.seed}'
        if self.failure is None:
            shutil.rmtree(self.work)
            print(f'{total}: no difference')
            return 0
        prefix, problem = self.failure
        print(f'{total}: {prefix.path}: {type(problem).__name__}: {problem}\nwhat led to it:')
        print('\n'.join(f'  {line}' for line in prefix.log[-40:]))
        return 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--resolver', required=True)
    parser.add_argument('--seconds', type=float)
    parser.add_argument('--operations', type=int, default=-1)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--work')
    arguments = parser.parse_args()
    if arguments.seconds is None and arguments.operations < 0:
        arguments.operations = 200
    return Soak(arguments).run()


if __name__ == '__main__':
    sys.exit(main())
