#!/usr/bin/env python3
"""Measure what calling build backends directly saves over `pip wheel`.

    tests/build-frontend-speed.py --resolver EXE [--python EXE] [--backend flit_core.buildapi] [--count 100] [--jobs 2]
                                  [--repeat 3]

Makes so many sdists of one module each and runs `resolver build` on them with --build-frontend pip and hooks,
alternately, each time without a cache of wheels; and `resolver install` of the built wheels, for what both spend on
planning and installing. --python must have the backend. Prints for each the elapsed time, the processor time of all
processes (the least of the repetitions) and how many Python processes started.
"""
import argparse
import io
import os
import pathlib
import resource
import subprocess
import sys
import tarfile
import tempfile
import time

# One line: a .pth file. It may be read twice by one process.
COUNTER = (
    "import os; os.environ.get('STARTED') and "
    "os.write(os.open(os.environ['STARTED'], os.O_WRONLY | os.O_APPEND), b'%d\\n' % os.getpid())\n"
)


def sdist(folder, name, backend):
    files = {
        'pyproject.toml': f"[build-system]\nrequires = []\nbuild-backend = '{backend}'\n"
                          f"[project]\nname = '{name}'\nversion = '1.0'\ndescription = 'one module'\n",
        f'{name}.py': '"""One module."""\n',
        'PKG-INFO': f'Metadata-Version: 2.2\nName: {name}\nVersion: 1.0\n',
    }
    with tarfile.open(folder / f'{name}-1.0.tar.gz', 'w:gz') as tar:
        for path, text in files.items():
            member = tarfile.TarInfo(f'{name}-1.0/{path}')
            member.size, member.mtime = len(text), 1700000000
            tar.addfile(member, io.BytesIO(text.encode()))


def run(arguments, work, command):
    started = work / 'started'
    started.write_text('')
    state = tempfile.mkdtemp(dir=work)
    kept = {name: value for name, value in os.environ.items() if name not in ('PYTHONPATH', 'PYTHONHOME')}
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [str(arguments.resolver.resolve()), *command, '-j', str(arguments.jobs), '--python',
         str(work / 'venv/bin/python'), '--no-config', '-q'],
        cwd=work, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=dict(kept, STARTED=str(started), RESOLVER_STATE_DIR=state, RESOLVER_CACHE_DIR=str(work / 'cache')))
    elapsed, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(done.stdout)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return elapsed, processor, len(set(started.read_text().split()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--resolver', type=pathlib.Path, required=True)
    parser.add_argument('--python', default='/usr/bin/python3')
    parser.add_argument('--backend', default='flit_core.buildapi')
    parser.add_argument('--count', type=int, default=100)
    parser.add_argument('--jobs', type=int, default=2)
    parser.add_argument('--repeat', type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix='build-frontend-speed-') as name:
        work = pathlib.Path(name)
        subprocess.run(
            [arguments.python, '-m', 'venv', '--without-pip', '--system-site-packages', str(work / 'venv')], check=True)
        site = next((work / 'venv').glob('lib/python*/site-packages'))
        (site / 'counter.pth').write_text(COUNTER)
        (work / 'batch').mkdir()
        for index in range(arguments.count):
            sdist(work / 'batch', f'project{index:03}', arguments.backend)
        wheels = str(work / 'wheels')
        commands = {
            frontend: ['build', str(work / 'batch'), '-o', wheels, '--no-wheel-cache', '--build-frontend', frontend]
            for frontend in ('pip', 'hooks')}
        results = {frontend: [] for frontend in commands}
        # The index and what the interpreter answers are read from the cache afterwards.
        run(arguments, work, commands['hooks'])
        for _ in range(arguments.repeat):
            for frontend, command in commands.items():
                results[frontend].append(run(arguments, work, command))
        least = {frontend: [min(each) for each in zip(*runs)] for frontend, runs in results.items()}
        least['no build'] = list(run(arguments, work, ['install', '--batch', wheels, '--prefix', str(work / 'prefix')]))
        for what, (elapsed, processor, processes) in least.items():
            print(f'{what:9} {elapsed:6.1f} s elapsed, {processor:6.1f} s of processor time,'
                  f' {processes:4} Python processes')
        for index, what in enumerate(['elapsed', 'processor time', 'Python processes']):
            pip, hooks, none = (least[each][index] for each in ('pip', 'hooks', 'no build'))
            print(f'{what}: hooks/pip {hooks / pip:.2f}; of the builds alone {(hooks - none) / (pip - none):.2f}')


if __name__ == '__main__':
    main()
