"""Random archives on disk, of sdists, wheels and trees, against `resolver plan`."""
import concurrent.futures
import dataclasses
import io
import json
import pathlib
import random
import shutil
import subprocess
import sys
import tarfile
import zipfile

from pip._vendor.packaging.markers import default_environment

from reference import BUILT, Candidate, Question, Search, TooHard
from universes import MODES
from worlds import EXTRAS, World


def metadata(one):
    lines = ['Metadata-Version: 2.2', f'Name: {one.project}', f'Version: {one.version}']
    if one.requires_python:
        lines.append(f'Requires-Python: {one.requires_python}')
    lines += [f'Provides-Extra: {extra}' for extra in EXTRAS]
    lines += [f'Requires-Dist: {each}' for each in one.requires]
    return '\n'.join(lines) + '\n'


def pyproject(one):
    return f'[build-system]\nrequires = {json.dumps(one.build_requires)}\nbuild-backend = "backend"\n'


def project_table(one):
    plain = [each for each in one.requires]
    bound = f'requires-python = {json.dumps(one.requires_python)}\n' if one.requires_python else ''
    return f'{pyproject(one)}\n[project]\nname = "{one.project}"\nversion = "{one.version}"\n{bound}dependencies = {json.dumps(plain)}\n'


def write(one, folder):
    """Writes the candidate's file and sets its path: the file's name."""
    stem = f'{one.project}-{one.version}'
    if one.kind == 'sdist':
        one.path = f'{stem}.tar.gz'
        with tarfile.open(folder / one.path, 'w:gz', compresslevel=1) as tar:
            for name, text in (('PKG-INFO', metadata(one)), ('pyproject.toml', pyproject(one))):
                member = tarfile.TarInfo(f'{stem}/{name}')
                member.size = len(text.encode())
                tar.addfile(member, io.BytesIO(text.encode()))
    elif one.kind == 'tree':
        one.path = f'{stem}-tree'
        (folder / one.path).mkdir()
        (folder / one.path / 'pyproject.toml').write_text(project_table(one))
    else:
        build = f'-{one.build_tag}' if one.build_tag >= 0 else ''
        tag = 'py3-none-any' if one.fits else 'cp27-cp27m-win32'
        one.path = f'{stem}{build}-{tag}.whl'
        with zipfile.ZipFile(folder / one.path, 'w') as wheel:
            wheel.writestr(f'{stem}.dist-info/METADATA', metadata(one))
            wheel.writestr(f'{stem}.dist-info/WHEEL', f'Wheel-Version: 1.0\nGenerator: search\nRoot-Is-Purelib: true\nTag: {tag}\n')
            wheel.writestr(f'{stem}.dist-info/RECORD', '')


def install(one, site):
    folder = site / f'{one.project}-{one.version}.dist-info'
    folder.mkdir(parents=True)
    (folder / 'METADATA').write_text(metadata(one))
    (folder / 'INSTALLER').write_text('search\n')
    (folder / 'RECORD').write_text('')


def archive(seed, folder):
    """Makes an archive, and the candidates as they are in it."""
    rng = random.Random(f'archive {seed}')
    world = World(rng, projects=(3, 8), inactive=rng.choice([0, 0.05, 0.2]), kinds=('sdist', 'sdist', 'wheel', 'tree'))
    files, site = folder / 'files', folder / 'site'
    files.mkdir(parents=True)
    site.mkdir()
    installs = rng.random() < 0.5
    for name in world.names:
        for one in list(world.candidates[name]):
            one.yanked = False
            if rng.random() < 0.4:
                other = rng.choice([kind for kind in ('sdist', 'wheel', 'wheel') if kind != one.kind or kind == 'wheel'])
                twin = dataclasses.replace(one, kind=other)
                if rng.random() < 0.5:
                    twin.requires = world.several(name, 'require', 3)
                if twin.kind == 'wheel' and rng.random() < 0.6:
                    twin.build_tag = rng.randint(0, 12)
                twin.fits = twin.kind != 'wheel' or rng.random() < 0.7
                twin.build_requires = world.several(name, 'build', 2) if twin.kind in BUILT else []
                if (twin.kind, twin.build_tag, twin.fits) != (one.kind, one.build_tag, one.fits):
                    world.candidates[name].append(twin)
        for one in world.candidates[name]:
            if one.kind == 'tree':  # dependencies of [project] have no condition on extras
                one.requires = [each for each in one.requires if 'extra' not in each]
            write(one, files)
        if installs and rng.random() < 0.4:
            version = rng.choice(world.versions[name] or ['1.0'])
            one = Candidate(name, version, 'installed', world.several(name, 'require', 2))
            world.candidates[name].append(one)
            install(one, site)
    return world, rng


def question(world, rng, folder, number):
    """A question and the options of `plan` that ask it."""
    asked = Question(world.roots(), default_environment())
    options = []
    if rng.random() < 0.3:
        asked.resolution = rng.choice(['lowest', 'lowest-direct'])
        options += ['--resolution', asked.resolution]
    asked.prerelease = rng.choice(MODES + MODES[:1] * 3)
    options += ['--prerelease', asked.prerelease]
    for option, names in (('--no-binary', asked.no_binary), ('--only-binary', asked.only_binary)):
        if rng.random() < 0.15:
            names += [':all:'] if rng.random() < 0.4 else world.some_names()
            options += [each for name in names for each in (option, name)]
    # Each option undoes what the other said before it, as in pip.
    if ':all:' in asked.only_binary:
        asked.no_binary = []
    asked.no_binary = [name for name in asked.no_binary if name not in asked.only_binary]
    if rng.random() < 0.1:
        asked.prefer_binary = True
        options.append('--prefer-binary')
    if rng.random() < 0.15:
        asked.prefer = rng.choice([['sdist'], ['sdist', 'wheel', 'installed'], ['wheel', 'installed'], ['installed', 'sdist', 'wheel']])
        options += [each for kind in asked.prefer for each in ('--prefer', kind)]
    if rng.random() < 0.15:
        asked.upgrade_all = True
        options.append('-U')
    elif rng.random() < 0.15:
        asked.upgrade = set(world.some_names())
        options += [each for name in sorted(asked.upgrade) for each in ('-P', name)]
    if rng.random() < 0.08:
        asked.reinstall = True
        options.append('--reinstall')
    if rng.random() < 0.25:
        asked.constraints = [world.conditional(each, rng.choice(['python_version > "3"', 'python_version < "3"'])) if rng.random() < 0.3 else each
                             for each in (name + (world.specifier(name) or '>=0') for name in world.some_names())]
        file = folder / f'constraints{number}.txt'
        file.write_text('\n'.join(asked.constraints) + '\n')
        options += ['-c', str(file)]
    if rng.random() < 0.2:
        asked.overrides = [name + (world.specifier(name) or '>=0') for name in world.some_names()]
        file = folder / f'overrides{number}.txt'
        file.write_text('\n'.join(asked.overrides) + '\n')
        options += ['--overrides', str(file)]
    if rng.random() < 0.15:
        asked.objective = rng.choice(['fewest-packages', 'fewest-builds'])
        options += ['--objective', asked.objective]
    return asked, options


def wrong_order(search, best, steps):
    """Builds that come before something that they need, as text; None where all are in order."""
    place = {step['name']: (step['order'], step['stage']) for step in steps}
    before = search.edges(best)
    for (project, extra), index in best.items():
        stack, seen = list(before[(project, extra), 'built']), set()
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            stack.extend(before[node])
            needed, mine = place[node[0][0]], place[project]
            if node[1] == 'built' and (needed[0] >= mine[0] or needed[1] >= mine[1]):
                return f'{node[0][0]} comes after {project}, whose build needs it'
    return None


def one_archive(resolver, seed, scratch, budget, engine):
    """(what was counted, where the answers differ)"""
    folder = pathlib.Path(scratch, f'archive{seed}')
    counted, different = ['archives'], []
    world, rng = archive(seed, folder)
    for number in range(3):
        asked, options = question(world, rng, folder, number)
        search = Search(asked, world.candidates, budget)
        try:
            best = search.run()
        except TooHard:
            counted.append('too hard')
            continue
        counted.append('plans' if best is not None else 'no plan')
        command = [*resolver, 'plan', *asked.roots, '-f', str(folder / 'files'), '--installed', str(folder / 'site'), '--python', sys.executable, '--cache-dir', str(folder / 'cache'),
                   '--format', 'json', '--no-config', '--no-progress', '--solver', engine, *options]
        run = subprocess.run(command, capture_output=True, text=True)
        right = best and {project: (search.candidates[project][index].version, search.candidates[project][index].kind, search.candidates[project][index].path)
                          for (project, extra), index in best.items() if extra is None}
        said = None
        if run.returncode == 0:
            steps = json.loads(run.stdout)['steps']
            said = {step['name']: (step['version'], step['kind'], '' if step['kind'] == 'installed' else pathlib.PurePath(step['path']).name) for step in steps}
        if run.returncode not in (0, 1):
            said = f'exit code {run.returncode}: {run.stderr.strip()[:500]}'
        if said != right:
            different.append(f'archive{seed}#{number}: expected {right}, the program says {said}: {" ".join(map(repr, command))}')
        elif said and (why := wrong_order(search, best, steps)):
            different.append(f'archive{seed}#{number}: {why}: {" ".join(map(repr, command))}')
    if not different:
        shutil.rmtree(folder)
    return counted, different


def compare(resolver, first, count, folder, tally, report, budget, engine='cdcl', jobs=1):
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for counted, different in pool.map(lambda seed: one_archive(resolver, seed, folder, budget, engine), range(first, first + count)):
            tally.update(counted)
            for line in different:
                report(line)
