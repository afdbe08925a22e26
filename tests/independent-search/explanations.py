#!/usr/bin/env python3
"""Holds what the program says where there is no plan against a search that shares nothing with it.

    tests/independent-search/explanations.py --resolver EXE [--seed N] [--archives N] [--keep DIR]

Random archives on disk (wheels, wheels for elsewhere, sdists, trees, installed distributions, references to files), with constraints, overrides, exclusions, yanked versions and policies, for which the
independent search finds no plan. Of each: the program finds none; the facts of the conflict are true, cannot hold together, and each is needed; every fix that can be applied gives a verified plan; what
`missing` lists is enough once it is there, and nothing of it can be left out. The exit code is 1 where anything differs; the files of those stay in --keep.

With --pipe in place of --resolver, commands go to standard output as JSON, one a line, and answers come from standard input: that is how a test asks without a process for each question.
"""
import argparse
import collections
import dataclasses
import itertools
import json
import pathlib
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.parse

from pip._vendor.packaging.markers import default_environment
from pip._vendor.packaging.utils import canonicalize_name

import archives
from facts import Facts, Untold
from reference import BUILT, Candidate, Search, TooHard, admits, requirement_of, version_of

# Versions that a file may have which is added; what is asked for may name others.
FURTHER = ['1.5', '3.0', '0.5', '9.0', '1.0.1', '1.9', '2.0.1', '2.5', '0.1', '2!1.0', '1!1.0', '1!0.4', '1.1.1', '1.2.1', '2.1.1', '0.9.1', '1.0.post2', '1.0.post3', '1.1.post1', '1.2.post1']


class Program:
    """Runs the program: as a process, or by asking over standard output."""

    def __init__(self, command):
        self.command = command

    def run(self, *arguments):
        """(exit code, output, error)"""
        if self.command:
            done = subprocess.run([*self.command, *arguments], capture_output=True, text=True)
            return done.returncode, done.stdout, done.stderr
        print(json.dumps(arguments), flush=True)
        answer = json.loads(sys.stdin.readline())
        return answer['code'], answer['output'], answer['error']


class Case:
    """One archive and one question without an answer."""

    def __init__(self, program, seed, folder, budget):
        self.program, self.seed, self.folder, self.budget = program, seed, folder, budget
        self.world, self.random = archives.archive(f'explanations {seed}', folder)
        self.problems, self.counted = [], collections.Counter()
        self.refer()
        self.exclusions, self.yanked = [], []

    def refer(self):
        """Some metadata name files: ones that are there, and ones that are not."""
        for name in self.world.names:
            for one in self.world.candidates[name]:
                if one.kind not in ('wheel', 'sdist') or self.random.random() > 0.08:
                    continue
                other = self.random.choice(self.world.names)
                one.requires = [*one.requires, self.reference(other)]
                archives.write(one, self.folder / 'files')

    def reference(self, name, there=0.6):
        files = [each.path for each in self.world.candidates[name] if each.kind in ('wheel', 'sdist')]
        file = self.random.choice(files) if files and self.random.random() < there else f'{name}-3.7-py3-none-any.whl'
        return f'{name} @ {(self.folder / "files" / file).as_uri()}'

    def ask(self):
        """A question that the independent search answers with 'no plan'; None where none was found."""
        for number in range(8):
            asked, options = archives.question(self.world, self.random, self.folder, number)
            if asked.objective != 'newest':
                continue
            if self.random.random() < 0.15:
                # A file that is requested and not there is an error of the command line.
                with_files = [name for name in self.world.names if any(each.kind in ('wheel', 'sdist') for each in self.world.candidates[name])]
                asked.roots = [*asked.roots[:-1], *(self.reference(self.random.choice(with_files), there=1) for _ in with_files[:1])]
            self.exclusions = self.rules(0.3)
            self.yanked = self.rules(0.2)
            search = Search(self.judged(asked), self.world.candidates, self.budget)
            try:
                if search.run() is None:
                    return asked, options
            except TooHard:
                self.counted['too hard'] += 1
        return None

    def rules(self, chance):
        return [name + self.world.specifier(name) for name in self.world.some_names()] if self.random.random() < chance else []

    def judged(self, asked):
        asked.exclusions, asked.withdrawn, asked.files = self.exclusions, self.yanked, (self.folder / 'files').as_uri()
        return asked

    def check(self):
        found = self.ask()
        if found is None:
            self.counted['always a plan'] += 1
            return
        self.asked, options = found
        config = self.folder / 'resolver.toml'
        config.write_text(f'exclude = {json.dumps(self.exclusions)}\nyanked = {json.dumps(self.yanked)}\n')
        self.common = ['-f', str(self.folder / 'files'), '--installed', str(self.folder / 'site'), '--python', sys.executable, '--cache-dir', str(self.folder.parent / 'cache'),
                       '--config', str(config), '--no-progress', *options]
        self.counted['no plan'] += 1
        code, output, error = self.plan('--format', 'json')
        if code != 1:
            return self.differ(f'expected no plan, exit code {code}: {error[:300]}')
        explanation = json.loads(output)
        self.facts(explanation['core'])
        if not explanation['minimal']:
            self.differ('the conflict is not minimal')
        self.fixes(explanation)
        self.missing()
        if self.random.random() < 0.25:
            code, output, error = self.program.run('explain', *self.asked.roots, *self.common, '--all', '--format', 'json')
            if code != 1:
                return self.differ(f'explain --all: exit code {code}: {error[:300]}')
            for conflict in json.loads(output)['conflicts']:
                self.facts(conflict['core'])

    def plan(self, *further):
        return self.program.run('plan', *self.asked.roots, *self.common, *further)

    def differ(self, what):
        command = ' '.join(shlex.quote(each) for each in ['plan', *self.asked.roots, *self.common])
        self.problems.append(f'archive {self.seed}: {what}: {command}')

    # The conflict

    def facts(self, core):
        self.counted['conflicts'] += 1
        try:
            facts = Facts(core, self.world, self.asked, self.folder / 'files')
        except Untold as reason:
            self.counted[f'conflicts not judged ({reason})'] += 1
            return
        for untrue in facts.untrue:
            self.differ(f'untrue: {json.dumps(untrue)}')
        printed = [json.dumps(each, sort_keys=True) for each in core]
        if len(set(printed)) < len(printed):
            self.differ('a fact is repeated')
        if facts.can_hold():
            self.differ(f'the facts can hold together: {json.dumps(core)}')
            return
        for fact in core:
            if not facts.can_hold(without=fact):
                self.differ(f'not needed: {json.dumps(fact)} of {json.dumps(core)}')

    # Fixes

    def fixes(self, explanation):
        for number, fix in enumerate(explanation['fixes'], 1):
            said = ' + '.join(each['text'] for each in fix)
            code, output, error = self.plan('--apply-fix', str(number), '--format', 'json')
            if code == 2 and 'must be carried out by you' in error:
                self.counted['fixes for a person'] += 1
                continue
            self.counted['fixes'] += 1
            if code != 0:
                self.differ(f'fix {number} ({said}): exit code {code}: {error[:300]}')
            elif all('add' in each for each in fix):
                self.counted['fixes carried out'] += 1
                self.carried_out(f'fix {number} ({said})', [(each['add'], each.get('kind'), None) for each in fix], self.asked.roots)
        if not explanation['fixes']:
            self.counted['without a fix'] += 1

    def carried_out(self, what, additions, roots):
        """Whether there is a plan once the files are there. Where files of one version require different things, some of these will do."""
        found = [self.files_for(*each) for each in additions]
        if not all(found):
            self.counted['additions without a version'] += 1
            return
        found = [[each for each in files if (each.version, each.kind) == (files[0].version, files[0].kind)] for files in found]
        for chosen in itertools.islice(itertools.product(*found), 8):
            try:
                for file in chosen:
                    archives.write(file, self.folder / 'files')
                code, output, error = self.program.run('plan', *roots, *self.common, '--format', 'json')
                if code != 1:
                    break
            finally:
                for file in chosen:
                    (self.folder / 'files' / file.path).unlink(missing_ok=True)
        if code != 0:
            self.differ(f'{what}: with {[each.path for each in chosen]} exit code {code}: {error[:200]} {json.loads(output).get("text") if code == 1 else ""}')

    def files_for(self, requirement, kind, known_from):
        """Files that meet it and require nothing, or what the file that is there for elsewhere requires; the likeliest first."""
        read = requirement_of(requirement)
        name = canonicalize_name(read.name)
        if read.url:
            return [self.at(name, read.url)]
        there = self.world.candidates.get(name, [])
        if known_from:
            known = next(each for each in there if each.path and known_from.endswith(each.path))
            return [Candidate(name, known.version, kind or 'wheel', known.requires)]
        named = [clause.version.removesuffix('.*') for clause in read.specifier if '+' not in clause.version]
        tried = [each for each in named + FURTHER + archives_versions() if admits(str(read.specifier), each)]
        choices = []
        for version, form in itertools.product(dict.fromkeys(tried), [kind] if kind else ['wheel', 'sdist']):
            one = Candidate(name, version, form)
            one.yanked = False
            same = [each for each in there if each.parsed == one.parsed]
            if any(each.kind == 'installed' or each.kind == form and each.fits for each in same) or not self.is_usable(one):
                continue
            # In another form a version requires what it requires.
            for requires in [each.requires for each in same] or [[]]:
                choices.append((bool(same), one.parsed.is_prerelease, len(choices), dataclasses.replace(one, requires=requires)))
                choices[-1][-1].yanked = False
        return [each[-1] for each in sorted(choices)]

    def at(self, name, url):
        file = pathlib.PurePosixPath(urllib.parse.unquote(url)).name
        return Candidate(name, file.split('-')[1], 'wheel')

    def is_usable(self, one):
        return Search(self.judged(self.asked), {one.project: [one]}).usable[one.project][0]

    # What is missing

    def missing(self):
        code, output, error = self.program.run('missing', *self.asked.roots, *self.common, '--format', 'json')
        if code not in (0, 1):
            return self.differ(f'missing: exit code {code}: {error[:300]}')
        said = json.loads(output)
        if 'add' not in said:
            self.counted['nothing to add helps'] += 1
            return
        beyond = {each['requirement'] for each in said['beyond_help']}
        roots = [each for each in self.asked.roots if self.written(each) not in {self.written(other) for other in beyond}]
        additions = [(each['requirement'], each.get('kind'), each.get('known_from')) for each in said['add']]
        if not additions:
            self.counted['nothing to add helps'] += 1
            return
        if not roots:
            return self.differ('missing lists files though nothing that is requested can be had')
        self.counted['lists of what is missing'] += 1
        self.carried_out(f'missing {additions}', additions, roots)
        if beyond:
            return
        for left in range(len(additions)):
            fewer = additions[:left] + additions[left + 1:]
            # Of what is there, another version is a hope: it is no list that some lucky versions are enough.
            worlds = list(itertools.islice(self.worlds_with(fewer), 24))
            try:
                if worlds and all(Search(self.judged(self.asked), more, self.budget).run() is not None for more in worlds):
                    self.differ(f'missing {additions}: {additions[left]} can be left out')
            except TooHard:
                self.counted['too hard'] += 1

    def worlds_with(self, additions):
        """The candidates with one file for each addition, in each of their versions."""
        for chosen in itertools.product(*(self.files_for(*each) for each in additions)):
            more = {name: list(each) for name, each in self.world.candidates.items()}
            for file in chosen:
                file.path = f'{file.project}-{file.version}-py3-none-any.whl' if file.kind == 'wheel' else f'{file.project}-{file.version}.tar.gz'
                more.setdefault(file.project, []).append(file)
            yield more

    @staticmethod
    def written(requirement):
        read = requirement_of(requirement)
        return canonicalize_name(read.name), frozenset(read.extras), str(read.specifier), read.url, str(read.marker)


def archives_versions():
    from worlds import VERSIONS
    return [each for each in VERSIONS if '+' not in each]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument('--resolver', type=shlex.split, help='the program; it may hold arguments')
    asked.add_argument('--pipe', action='store_true', help='ask over standard output')
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--archives', type=int, default=20, help='how many archives without a plan')
    parser.add_argument('--budget', type=int, default=20_000)
    parser.add_argument('--keep', help='where the files of those stay that differ')
    options = parser.parse_args()
    report = sys.stderr if options.pipe else sys.stdout
    tally, different, begin, seed = collections.Counter(), 0, time.monotonic(), options.seed
    with tempfile.TemporaryDirectory() as scratch:
        keep = pathlib.Path(options.keep or scratch)
        keep.mkdir(parents=True, exist_ok=True)
        while tally['no plan'] < options.archives:
            folder = keep / f'archive{seed}'
            case = Case(Program(options.resolver), seed, folder, options.budget)
            case.check()
            tally.update(case.counted)
            for problem in case.problems:
                print(problem, file=report, flush=True)
            different += len(case.problems)
            if not case.problems:
                shutil.rmtree(folder)
            seed += 1
    print(', '.join(f'{count} {what}' for what, count in tally.items()) + f', {different} different, {time.monotonic() - begin:.0f} s', file=report)
    return 1 if different else 0


if __name__ == '__main__':
    sys.exit(main())
