#!/usr/bin/env python3
"""Compare planning from a folder of real upstream tarballs with pip's own resolver on the same files, and a cold scan with the floor under it.

    tests/real-archive-speed.py ARCHIVE --resolver EXE [--targets 12] [--limit 60] [--python EXE] [NAME...]

What can be read of ARCHIVE is copied into one folder, under the names that pip wants of an sdist (NAME-VERSION.tar.gz). Then, for each target (or that many, evenly spread over what has a
plan from sdists alone):

    resolver plan NAME -f FILES --no-installed                             warm: nothing has changed since the run before; the median of five
    pip install --dry-run --ignore-installed --no-index --find-links FILES NAME     once, given up after --limit seconds

Both are whole processes, from start to exit, after the files are in the system's cache. Printed are both times, how many times as long pip takes, and what each answered.
Last, a cold scan (`resolver scan --no-cache`) is held against decompressing the same files alone (gzip's and xz's own programs, two at once like the scan), in processor time and by the clock:
the archive may take 1.3 times as long as its floor.
"""
import argparse
import json
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

SUFFIXES = ('.tar.gz', '.tar.xz', '.tar.bz2', '.zip', '.tgz')


def timed(command, limit, environment=None):
    """Seconds by the clock, seconds of processor time, exit code (None: given up) and output."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, start_new_session=True) as process:
        try:
            said, code = process.communicate(timeout=limit)[0], process.returncode
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            said, code = process.communicate()[0], None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.monotonic() - begin, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, code, said.decode('utf-8', 'replace')


def copy(archive, resolver, folder):
    """A copy of each distribution that is known by name and version; the first of those of one name."""
    lines = subprocess.run([resolver, 'scan', '-f', archive, '--format', 'json', '--no-cache', '--no-config', '--no-progress'], stdout=subprocess.PIPE, check=True).stdout
    for line in lines.splitlines():
        found = json.loads(line)
        if found['kind'] != 'sdist' or not found.get('name') or not found.get('version') or '#' in found['path']:
            continue
        suffix = next((each for each in SUFFIXES if found['path'].endswith(each)), None)
        place = folder / f"{found['name'].replace('-', '_')}-{found['version']}{suffix}"
        if suffix and not place.exists():
            shutil.copyfile(found['path'], place)
            yield found['name']


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('archive')
    parser.add_argument('names', nargs='*')
    parser.add_argument('--resolver', required=True)
    parser.add_argument('--targets', type=int, default=12)
    parser.add_argument('--limit', type=float, default=60)
    parser.add_argument('--python', default='python3')
    arguments = parser.parse_args()
    resolver, python = arguments.resolver, arguments.python
    with tempfile.TemporaryDirectory() as scratch:
        folder, cache = pathlib.Path(scratch, 'files'), pathlib.Path(scratch, 'cache')
        folder.mkdir()
        names = sorted(set(copy(arguments.archive, resolver, folder)))
        plan = [resolver, 'plan', '-f', str(folder), '--no-installed', '--cache-dir', str(cache), '--no-config', '--no-progress', '--python', python]
        targets = arguments.names
        if not targets:
            plannable = [name for name in names if timed([*plan, name], 60)[2] == 0]
            step = max(1, len(plannable) // arguments.targets)
            targets = plannable[::step][:arguments.targets]
            print(f'{len(names)} projects, {len(plannable)} of them have a plan from sdists alone')
        environment = {name: value for name, value in os.environ.items() if not name.startswith('PIP_')} | {'PIP_CONFIG_FILE': os.devnull}
        print(f'{"target":<28}{"resolver, ms":>14}{"pip, ms":>10}{"times":>8}  answers')
        ratios = {True: [], False: []}
        for target in targets:
            timed([*plan, target], 60)
            runs = [timed([*plan, target], 60) for _ in range(5)]
            ours = statistics.median(each[0] for each in runs)
            its, _, code, said = timed([python, '-m', 'pip', 'install', '--dry-run', '--ignore-installed', '--no-index', '--disable-pip-version-check', '--no-cache-dir', '--find-links', str(folder), target], arguments.limit, environment)
            answer = 'given up' if code is None else 'both' if code == 0 else 'pip fails: ' + next((line for line in reversed(said.splitlines()) if 'ERROR' in line), said[-80:]).strip()[:90]
            ratios[code == 0].append(its / ours)
            print(f'{target:<28}{ours * 1000:>14.0f}{">" if code is None else "":>1}{its * 1000:>9.0f}{its / ours:>8.0f}  {answer if runs[0][2] == 0 else "no plan; " + answer}', flush=True)
        for answered, part in ratios.items():
            if part:
                print(f'{len(part)} targets {"that both answer" if answered else "that pip has no answer to"}: pip takes {min(part):.0f} to {max(part):.0f} times as long, {statistics.median(part):.0f} at the median')

        files = sorted(str(each) for each in folder.iterdir() if each.name.endswith(('.gz', '.tgz', '.xz')))
        floor = []
        scans = []
        for _ in range(5):
            script = 'printf "%s\\0" "$@" | xargs -0 -n 1 -P "$(nproc)" sh -c \'case "$0" in *.xz) xz -dc -T1 "$0";; *) gzip -dc "$0";; esac >/dev/null\''
            floor.append(timed(['sh', '-c', script, 'sh', *files], None)[:2])
            scans.append(timed([resolver, 'scan', *files, '--no-cache', '--no-config', '--no-progress', '--format', 'json'], None)[:2])
        clock, processor = (min(each[i] for each in scans) / min(each[i] for each in floor) for i in (0, 1))
        print(f'a cold scan of {len(files)} files takes {clock:.2f} times as long as decompressing them alone, and {processor:.2f} times the processor time (the best of five)')


if __name__ == '__main__':
    sys.exit(main())
