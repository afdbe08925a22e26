#!/usr/bin/env python3
"""Build the source archives of a folder with each build frontend, and compare the wheels byte for byte.

    tests/same-wheels.py ARCHIVES... --resolver EXE [--python EXE] [--declare FILE.toml] [--only WORD] [-- OPTION...]

Each archive is built by `resolver build --build-frontend pip` and by `--build-frontend hooks`, many with one command,
with one SOURCE_DATE_EPOCH and without debug information (which names the temporary folder of a build, random with pip).
Dependencies are ignored: --python must have the backends. OPTIONs go to `resolver build`, such as `-j 2`. --declare
names a resolver.toml with what no file states: archives without a known name or version are left out. Prints a line for
each archive that is not built the same by both, and how many are; 'not reproducible' is one that pip builds differently
each time. Exit code 1 where wheels differ, or where only pip builds one.
"""
import argparse
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import zipfile

FRONTENDS = ['pip', 'hooks']
ENVIRONMENT = {'SOURCE_DATE_EPOCH': '1700000000', 'CFLAGS': '-g0', 'CXXFLAGS': '-g0'}


def environment(work, frontend):
    kept = {name: value for name, value in os.environ.items() if name not in ('PYTHONPATH', 'PYTHONHOME')}
    places = {'RESOLVER_STATE_DIR': str(work / frontend / 'state'), 'RESOLVER_CACHE_DIR': str(work / 'cache')}
    return {**kept, **ENVIRONMENT, **places}


def reference(archive):
    place, _, folder = str(pathlib.Path(archive['path']).resolve()).partition('#')
    return f"{archive['name']} @ {pathlib.Path(place).as_uri()}" + (f'#{folder}' if folder else '')


def build(archives, frontend, arguments, work):
    """For each archive its wheel, or why there is none."""
    if not archives:
        return {}
    output = pathlib.Path(tempfile.mkdtemp(dir=work))
    done = subprocess.run(
        [str(arguments.resolver.resolve()), 'build', *map(reference, archives), '-o', str(output), '--no-deps',
         '--no-build-deps', '--no-installed', '--python', arguments.python, '--build-frontend', frontend,
         '--no-wheel-cache', '--step-timeout', '600',
         '--keep-going', '--format', 'json', *arguments.configuration, *arguments.options],
        cwd=work, env=environment(work, frontend), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True)
    report = json.loads(done.stdout) if done.stdout.startswith('{') else {}
    if report.get('schema') != 'resolver.build/1':
        # One that cannot be planned says nothing of the others.
        if len(archives) > 1:
            half = len(archives) // 2
            parts = [build(part, frontend, arguments, work) for part in (archives[:half], archives[half:])]
            return {**parts[0], **parts[1]}
        said = report.get('text') or done.stderr or f'exit code {done.returncode}'
        return {archives[0]['path']: said.strip().splitlines()[0]}
    found = {each['name']: output / pathlib.Path(each['path']).name for each in report['wheels'] if each['built']}
    why = {each['name']: each['reason'] for each in report['not_built']}
    return {each['path']: found.get(each['name']) or why.get(each['name'], 'it is in no report') for each in archives}


def difference(one, other):
    if one.name != other.name:
        return f'{one.name} and {other.name}'
    if one.read_bytes() == other.read_bytes():
        return None
    with zipfile.ZipFile(one) as first, zipfile.ZipFile(other) as second:
        entries = [{info.filename: (info.CRC, info.external_attr, info.date_time) for info in each.infolist()}
                   for each in (first, second)]
        names = [name for name in {**entries[0], **entries[1]} if entries[0].get(name) != entries[1].get(name)]
        said = ', '.join(f'{name} {entries[0].get(name)} {entries[1].get(name)}' for name in names[:4])
        return f"differ: {said or 'the order of their files'}"


def compare(pip, hooks):
    built = [isinstance(each, pathlib.Path) for each in (pip, hooks)]
    if not all(built):
        return 'only pip' if built[0] else 'only hooks' if built[1] else 'neither', f'pip: {pip}; hooks: {hooks}'
    found = difference(pip, hooks)
    return ('same', None) if found is None else ('different', found)


def rounds(archives, most):
    """Lists of at most so many, each with every project once."""
    left = archives
    while left:
        now, names, later = [], set(), []
        for each in left:
            (later if each['name'] in names or len(now) == most else now).append(each)
            names.add(each['name'])
        yield now
        left = later


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('archives', type=pathlib.Path, nargs='+')
    parser.add_argument('--resolver', type=pathlib.Path, required=True)
    parser.add_argument('--python', default=sys.executable)
    parser.add_argument('--declare', type=pathlib.Path)
    parser.add_argument('--only', default='', help='archives whose path has this word')
    given = sys.argv[1:]
    at = given.index('--') if '--' in given else len(given)
    arguments = parser.parse_args(given[:at])
    arguments.options = given[at + 1:]
    arguments.configuration = ['--config', str(arguments.declare.resolve())] if arguments.declare else ['--no-config']
    work = pathlib.Path(tempfile.mkdtemp(prefix='same-wheels-'))
    scanned = subprocess.run(
        [str(arguments.resolver.resolve()), 'scan', *map(str, arguments.archives), '--format', 'json',
         *arguments.configuration],
        stdout=subprocess.PIPE, text=True, env=environment(work, 'pip'))
    lines = [json.loads(line) for line in scanned.stdout.splitlines()]
    sources = [each for each in lines if each.get('kind') == 'sdist' and arguments.only in each['path']]
    archives = [each for each in sources if each.get('name') and each.get('version')]
    print(f'{len(archives)} of {len(sources)} archives have a known name and version', flush=True)
    counts = {}
    for chosen in rounds(archives, 25):
        pip, hooks = (build(chosen, frontend, arguments, work) for frontend in FRONTENDS)
        for each in chosen:
            kind, what = compare(pip[each['path']], hooks[each['path']])
            if kind == 'different':
                again = build([each], 'pip', arguments, work)[each['path']]
                kind = 'not reproducible' if compare(pip[each['path']], again)[0] == 'different' else kind
            counts[kind] = counts.get(kind, 0) + 1
            if kind != 'same':
                print(f"{kind}: {each['path']}: {what}", flush=True)
        print(', '.join(f'{kind}: {count}' for kind, count in sorted(counts.items())), flush=True)
    return 1 if counts.get('different') or counts.get('only pip') else 0


if __name__ == '__main__':
    sys.exit(main())
