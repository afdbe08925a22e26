#!/usr/bin/env python3
"""Measure what building side by side gains over one at a time, and what all that is done beside pip costs.

    tests/parallel-builds.py ARCHIVE --resolver EXE [--packages 40] [--jobs 2] [--repeat 1] [--work DIR]

ARCHIVE is a folder of real upstream tarballs. Of what can be planned of it from sdists alone, a plan of at least --packages built from source is installed into fresh prefixes, each time with an
empty wheel store: with --jobs 1 and with --jobs N, alternately. Printed are the times of each, their ratio, and the share of the run with --jobs 1 that no pip process was running: pip is started
through a wrapper that notes when it begins and ends. For a quiet machine with at least N processors: elsewhere the ratio is that of the load.
"""
import argparse
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

WRAPPER = """#!/bin/sh
begin=$(date +%s.%N)
python3 -m pip "$@"
code=$?
echo "$begin $(date +%s.%N) $*" >>'{notes}'
exit $code
"""


def choose(plan, count):
    """A part of the plan that holds all that it needs, at least this many of it built from source."""
    steps = {step['name']: step for step in plan['steps']}
    chosen = set()

    def add(name):
        if name in chosen or name not in steps:
            return
        chosen.add(name)
        for required in steps[name]['requires']:
            add(required['satisfied_by'].split('==')[0])

    for step in plan['steps']:
        if sum(steps[name]['kind'] in ('sdist', 'tree') for name in chosen) >= count:
            break
        add(step['name'])
    part = [step for step in plan['steps'] if step['name'] in chosen]
    for order, step in enumerate(part, 1):
        step['order'] = order
        step['needed_by'] = [need for need in step['needed_by'] if need['name'] is None or need['name'] in chosen]
    roots = [f"{step['name']}=={step['version']}" for step in part]
    plan.update(steps=part, roots=roots)
    plan.pop('left_out', None)
    return sum(step['kind'] in ('sdist', 'tree') for step in part)


def covered(notes):
    """How many seconds at least one pip ran, by what the wrapper noted."""
    total, end = 0.0, 0.0
    for begin, finish in sorted(tuple(map(float, line.split(' ', 2)[:2])) for line in notes.read_text().splitlines() if '--version' not in line):
        total += max(0.0, finish - max(begin, end))
        end = max(end, finish)
    return total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('archive')
    parser.add_argument('--resolver', required=True, nargs='+')
    parser.add_argument('--packages', type=int, default=40)
    parser.add_argument('--jobs', type=int, default=2)
    parser.add_argument('--repeat', type=int, default=1)
    parser.add_argument('--work')
    given = parser.parse_args()
    work = pathlib.Path(given.work or tempfile.mkdtemp(prefix='parallel-builds-'))
    work.mkdir(parents=True, exist_ok=True)
    python = work / 'venv' / 'bin' / 'python'
    subprocess.run([sys.executable, '-m', 'venv', '--without-pip', str(work / 'venv')], check=True)

    print('planning ...', flush=True)
    tarballs = sorted(str(file) for file in pathlib.Path(given.archive).rglob('*') if file.name.endswith(('.tar.gz', '.tar.xz', '.tgz', '.zip')))
    done = subprocess.run([*given.resolver, 'order', '--keep-going', '--format', 'json', '--no-progress', '--python', str(python), *tarballs], stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1):
        sys.exit(f'order ended with {done.returncode}')
    plan = json.loads(done.stdout)
    built = choose(plan, given.packages)
    if built < given.packages:
        sys.exit(f'only {built} of this archive have a plan from source')
    (work / 'plan.json').write_text(json.dumps(plan))
    print(f'{built} built from source, in {len({step["stage"] for step in plan["steps"]})} stages', flush=True)

    times = {1: [], given.jobs: []}
    shares = []
    for attempt in range(given.repeat):
        for jobs in times:
            place = work / f'{attempt}-{jobs}'
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            wrapper = place / 'pip'
            wrapper.write_text(WRAPPER.format(notes=place / 'notes'))
            wrapper.chmod(0o755)
            begin = time.monotonic()
            run = subprocess.run(
                [*given.resolver, 'install', '--plan', str(work / 'plan.json'), '--python', str(python), '--prefix', str(place / 'prefix'), '--frontend', str(wrapper), '--wheel-dir', str(place / 'wheels'),
                 '--jobs', str(jobs), '--no-progress', '-o', str(place / 'plan.txt'), '--format', 'text'],
                env={**os.environ, 'RESOLVER_STATE_DIR': str(place / 'state'), 'RESOLVER_CACHE_DIR': str(place / 'cache')})
            took = time.monotonic() - begin
            if run.returncode != 0:
                sys.exit(f'install ended with {run.returncode}')
            times[jobs].append(took)
            pips = covered(place / 'notes')
            print(f'--jobs {jobs}: {took:.1f} s, {pips:.1f} s of it pip', flush=True)
            if jobs == 1:
                shares.append((took - pips) / pips)
    ratio = statistics.median(times[1]) / statistics.median(times[given.jobs])
    print(f'--jobs {given.jobs} is {ratio:.2f} times as fast as --jobs 1; beyond pip: {100 * statistics.median(shares):.1f} % of pip\'s own time; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors')


if __name__ == '__main__':
    main()
