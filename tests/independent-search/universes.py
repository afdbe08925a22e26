"""Random universe files, each with several questions, against `resolver solve`."""
import collections
import json
import pathlib
import random
import subprocess

from reference import Question, Search, TooHard
from worlds import World

# What the contract says that markers are judged by where a universe does not say.
ENVIRONMENT = {
    'implementation_name': 'cpython', 'implementation_version': '3.11.7', 'os_name': 'posix', 'platform_machine': 'x86_64',
    'platform_python_implementation': 'CPython', 'platform_release': '', 'platform_system': 'Linux', 'platform_version': '',
    'python_full_version': '3.11.7', 'python_version': '3.11', 'sys_platform': 'linux',
}
MODES = ['if-necessary-or-explicit', 'if-necessary', 'explicit', 'disallow', 'allow']


def universe(seed):
    """A universe file's content and its questions."""
    rng = random.Random(f'universe {seed}')
    world = World(rng, inactive=rng.choice([0, 0, 0.05, 0.3]), kinds=rng.choice([('sdist',), ('sdist', 'wheel')]))
    environment = dict(ENVIRONMENT)
    if rng.random() < 0.2:
        environment.update(python_version='2.7', python_full_version='2.7.18')
    common = Question([], environment)
    content = {'name': f'u{seed}', 'scheme': 'pep440', 'environment': {'python_version': environment['python_version'], 'python_full_version': environment['python_full_version']}}
    if rng.random() < 0.2:
        common.resolution = content['strategy'] = 'lowest'
    if rng.random() < 0.2:
        for name in world.some_names():
            if world.versions[name]:
                common.locked[name] = rng.choice(world.versions[name])
        content['preferred'] = common.locked
        if rng.random() < 0.4:
            common.upgrade = set(world.some_names())
            content['upgrade'] = sorted(common.upgrade)
    if rng.random() < 0.08:
        name = rng.choice(world.names)
        if world.versions[name]:
            common.pinned[name] = content.setdefault('pinned', {})[name] = rng.choice(world.versions[name])
    if rng.random() < 0.15:
        name = rng.choice(world.names)
        specifier = world.specifier(name) or '>=0'
        common.overrides.append(name + specifier)
        content['overrides'] = {name: specifier}
    content['packages'] = {name: [{
        'version': one.version, 'kind': one.kind, 'requires': one.requires, 'build_requires': one.build_requires,
        'requires_python': one.requires_python, 'yanked': one.yanked} for one in each] for name, each in world.candidates.items()}
    roots = [world.roots() for _ in range(3)]
    content['queries'] = [{'root': each} for each in roots]
    return content, world, common, roots


def expected(world, common, roots, mode, budget):
    common.roots, common.prerelease = roots, mode
    search = Search(common, world.candidates, budget)
    best = search.run()
    return best and {project: search.candidates[project][index].version for (project, extra), index in best.items() if extra is None}


def compare(resolver, first, count, folder, tally, report, budget, engine='cdcl', batch=250):
    """Compares `count` universes from `first` on, `batch` of them a process."""
    for start in range(first, first + count, batch):
        mode = MODES[(start // batch) % len(MODES)]
        made, files = [], []
        for seed in range(start, min(start + batch, first + count)):
            content, world, common, roots = universe(seed)
            file = pathlib.Path(folder, f'u{seed}.json')
            file.write_text(json.dumps(content))
            files.append(str(file))
            made.append((content, world, common, roots))
        run = subprocess.run([*resolver, 'solve', *files, '--format', 'json', '--prerelease', mode, '--solver', engine, '--timeout', '600'], capture_output=True, text=True)
        answers = collections.defaultdict(list)
        for line in run.stdout.splitlines():
            answer = json.loads(line)
            answers[answer['name'].split('#')[0]].append(answer)
        for file, (content, world, common, roots) in zip(files, made):
            given, same = answers[content['name']], True
            tally['universes'] += 1
            if len(given) != len(roots):
                said = ' '.join(line for line in run.stderr.splitlines() if content['name'] in line)
                report(f"{content['name']} ({mode}): {len(given)} answers to {len(roots)} questions: {said or run.stderr[-300:]}")
                continue
            for number, (each, answer) in enumerate(zip(roots, given)):
                try:
                    right = expected(world, common, each, mode, budget)
                except TooHard:
                    tally['too hard'] += 1
                    continue
                tally['possible' if right is not None else 'impossible'] += 1
                said = answer['packages'] if answer['satisfiable'] else None
                if said != right:
                    same = False
                    report(f"{content['name']}#{number} ({mode}, {engine}): roots {each}: expected {right}, the program says {said}")
            if same:
                pathlib.Path(file).unlink()
