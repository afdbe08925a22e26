"""The answer by trying everything: written from docs/decisions/0010 and docs/planning.md, and from nothing else.

Names, versions, specifiers, markers and requirements are those of the `packaging` that pip carries.
"""
import dataclasses
import functools
import itertools
import re
import urllib.parse

from pip._vendor.packaging.markers import Marker
from pip._vendor.packaging.requirements import Requirement
from pip._vendor.packaging.specifiers import SpecifierSet
from pip._vendor.packaging.utils import canonicalize_name
from pip._vendor.packaging.version import Version

BUILT = ('sdist', 'tree')


class TooHard(Exception):
    """The search had more places to try than it may."""


@functools.lru_cache(maxsize=None)
def version_of(text):
    return Version(text)


@functools.lru_cache(maxsize=None)
def requirement_of(text):
    # `packaging` before 24 takes a semicolon for a part of what follows ===.
    return Requirement(re.sub(r'(===[^\s;]+);', r'\1 ;', text))


@functools.lru_cache(maxsize=None)
def admits(specifier, version):
    return SpecifierSet(specifier).contains(version_of(version), prereleases=True)


@functools.lru_cache(maxsize=None)
def names_prerelease(specifier):
    """Whether a pre-release is named otherwise than by `!=`. Older releases of `packaging` pass over `<` and `>` here."""
    return any(clause.operator != '!=' and version_of(clause.version.removesuffix('.*')).is_prerelease for clause in SpecifierSet(specifier))


@functools.lru_cache(maxsize=None)
def leaf_holds(text, environment):
    return Marker(text).evaluate(dict(environment))


def alternatives(marker, environment, only_extras=False):
    """The ways in which a marker can hold, as sorted tuples of (extra, active): a disjunction of conjunctions.

    `extra` is the set of all extras that are requested of the project, so `==` asks whether the name is in the set and `!=` whether it is not.
    With `only_extras`, a comparison of anything else counts as possible."""
    if marker is None:
        return [()]

    def of(node):
        if isinstance(node, tuple):
            left, operator, right = (str(each.value) for each in node)
            if left == 'extra':
                return [((canonicalize_name(right), operator == '=='),)]
            if only_extras:
                return [()]
            return [()] if leaf_holds(f'{left} {operator} "{right}"', environment) else []
        groups, current = [], None
        for each in node:
            if each == 'or':
                groups.append(current)
                current = None
            elif each != 'and':
                ways = of(each)
                current = ways if current is None else [a + b for a, b in itertools.product(current, ways)]
        groups.append(current)
        return [way for group in groups for way in group]

    return shortest(of(marker._markers))


def shortest(ways):
    """All shortest conjunctions that suffice for one of these ways to hold (prime implicants), sorted; found by trying every set of extras."""
    names = sorted({name for way in ways for name, _ in way})

    def suffices(way):
        return all(any(set(each) <= set(extras) for each in ways) for extras in itertools.product(*([(name, False), (name, True)] for name in names)) if set(way) <= set(extras))

    found = []
    for size in range(len(names) + 1):
        for some in itertools.combinations(names, size):
            for wanted in itertools.product([False, True], repeat=size):
                way = tuple(zip(some, wanted))
                if suffices(way) and not any(set(each) < set(way) for each in found):
                    found.append(way)
    return sorted(found)


@dataclasses.dataclass
class Candidate:
    project: str
    version: str
    kind: str = 'sdist'
    requires: list = dataclasses.field(default_factory=list)
    build_requires: list = dataclasses.field(default_factory=list)
    requires_python: str = ''
    yanked: bool = False
    build_tag: int = -1
    fits: bool = True
    path: str = ''

    @property
    def parsed(self):
        return version_of(self.version)


@dataclasses.dataclass
class Question:
    roots: list
    environment: dict
    constraints: list = dataclasses.field(default_factory=list)
    overrides: list = dataclasses.field(default_factory=list)
    pinned: dict = dataclasses.field(default_factory=dict)
    locked: dict = dataclasses.field(default_factory=dict)
    upgrade: set = dataclasses.field(default_factory=set)
    upgrade_all: bool = False
    reinstall: bool = False
    resolution: str = 'highest'
    prerelease: str = 'if-necessary-or-explicit'
    no_binary: list = dataclasses.field(default_factory=list)
    only_binary: list = dataclasses.field(default_factory=list)
    prefer_binary: bool = False
    prefer: list = dataclasses.field(default_factory=lambda: ['installed', 'wheel', 'sdist', 'tree'])
    objective: str = 'newest'
    exclusions: list = dataclasses.field(default_factory=list)  # requirements that nothing chosen may meet
    withdrawn: list = dataclasses.field(default_factory=list)   # requirements whose candidates count as yanked
    files: str = ''  # the URL of the folder of all files


@dataclasses.dataclass(frozen=True)
class Demand:
    """A requirement of one candidate, in one of the ways in which its marker can hold."""
    target: tuple          # (project, None) or (project, extra)
    admitted: frozenset    # of the target's candidates, by index
    conditions: tuple      # ((extra variable, active), ...)
    build: bool
    absence: bool = False


class Search:
    def __init__(self, question, candidates, budget=200_000):
        self.question, self.budget = question, budget
        self.environment = tuple(sorted(question.environment.items()))
        self.python = question.environment['python_full_version']
        self.holding_roots = [each for each in map(requirement_of, question.roots) if self.holds(each)]
        self.direct = [each for each in self.holding_roots + [requirement_of(text) for text in question.constraints + question.overrides] if self.holds(each)]
        self.replaced = {}
        for text in question.overrides:
            self.replaced.setdefault(canonicalize_name(requirement_of(text).name), []).append(requirement_of(text))
        self.candidates = {project: sorted(each, key=self.rank) for project, each in candidates.items()}
        self.usable = {project: [self.is_usable(one) for one in each] for project, each in self.candidates.items()}
        self.order = {project: self.preference(project, each) for project, each in self.candidates.items()}
        self.demands = {}

    def holds(self, requirement):
        """Whether a root, constraint or override counts: no extra is requested of the user's own list."""
        return self.holds_without_extras(alternatives(requirement.marker, self.environment))

    @staticmethod
    def holds_without_extras(ways):
        return any(not any(active for _, active in way) for way in ways)

    # What may be chosen, and what is better

    def rank(self, candidate):
        """Ascending; within a version the best comes last."""
        kinds = self.question.prefer + [each for each in ('installed', 'wheel', 'sdist', 'tree') if each not in self.question.prefer]
        return (candidate.parsed, -kinds.index(candidate.kind), candidate.fits, candidate.build_tag, tuple(-ord(letter) for letter in candidate.path) + (1,))

    def pins(self, project):
        for each in self.direct:
            if canonicalize_name(each.name) == project:
                for clause in each.specifier:
                    if clause.operator in ('==', '===') and not clause.version.endswith('.*'):
                        yield version_of(clause.version)

    def is_locked(self, candidate):
        locked = self.question.locked.get(candidate.project)
        return locked is not None and version_of(locked) == candidate.parsed

    def is_usable(self, candidate):
        question, project = self.question, candidate.project
        if project in question.pinned and version_of(question.pinned[project]) != candidate.parsed:
            return False
        if any(canonicalize_name(each.name) == project and admits(str(each.specifier), candidate.version) for each in map(requirement_of, question.exclusions)):
            return False
        if candidate.kind == 'installed':
            return True
        if not candidate.fits or (candidate.requires_python and not admits(candidate.requires_python, self.python)):
            return False
        if any(canonicalize_name(each.name) == project and self.is_meant(each, candidate) for each in self.direct):
            return True  # the user chose this very file
        no, only = question.no_binary, question.only_binary
        if candidate.kind == 'wheel' and project not in only and (project in no or (':all:' in no and ':all:' not in only)):
            return False
        if candidate.kind in BUILT and (project in only or (':all:' in only and project not in no)):
            return False
        yanked = candidate.yanked or any(
            canonicalize_name(each.name) == project and admits(str(each.specifier), candidate.version) for each in map(requirement_of, question.withdrawn))
        if yanked and not self.is_locked(candidate) and candidate.parsed not in self.pins(project):
            return False
        if candidate.parsed.is_prerelease:
            if question.prerelease == 'disallow':
                return False
            if question.prerelease == 'explicit':
                return any(canonicalize_name(each.name) == project and names_prerelease(str(each.specifier)) for each in self.direct)
        return True

    def preference(self, project, ascending):
        question = self.question
        roots = {canonicalize_name(each.name) for each in self.holding_roots}
        lowest = question.resolution == 'lowest' or (question.resolution == 'lowest-direct' and project in roots)
        keep = not question.upgrade_all and project not in question.upgrade
        finals_first = question.prerelease not in ('allow', 'disallow')
        order = list(range(len(ascending)))[::-1]
        if lowest:
            order.sort(key=lambda i: ascending[i].parsed)

        def keeping(candidate):
            if candidate.kind == 'installed' and question.reinstall:
                return 3
            if keep and candidate.kind == 'installed':
                return 0
            return 1 if keep and self.is_locked(candidate) else 2

        return sorted(order, key=lambda i: (
            keeping(ascending[i]),
            question.prefer_binary and ascending[i].kind in BUILT,
            finals_first and ascending[i].parsed.is_prerelease and ascending[i].kind != 'installed'))

    # What is required

    def effective(self, requirement):
        """The requirement's own parts, or those of the overrides in its place: they keep its extras and its condition on extras."""
        project = canonicalize_name(requirement.name)
        if project not in self.replaced:
            yield requirement, requirement.extras, alternatives(requirement.marker, self.environment)
            return
        kept = alternatives(requirement.marker, self.environment, only_extras=True)
        for each in self.replaced[project]:
            ways = [(*a, *b) for a, b in itertools.product(alternatives(each.marker, self.environment), kept)]
            yield each, each.extras or requirement.extras, shortest(ways)

    def is_meant(self, requirement, candidate):
        return bool(requirement.url and candidate.path) and urllib.parse.unquote(requirement.url) == f'{self.question.files}/{candidate.path}'

    def admitted(self, requirement):
        each = self.candidates.get(canonicalize_name(requirement.name), [])
        if requirement.url:
            return frozenset(i for i, one in enumerate(each) if self.is_meant(requirement, one))
        return frozenset(i for i, one in enumerate(each) if admits(str(requirement.specifier), one.version))

    def split(self, requirement, extras, conditions, build, absence=False):
        project = canonicalize_name(requirement.name)
        yield Demand((project, None), self.admitted(requirement), conditions, build, absence)
        for extra in sorted(map(canonicalize_name, extras)):
            if not absence:
                yield Demand((project, extra), frozenset([0]), conditions, build)

    def root_demands(self):
        for root in self.holding_roots:
            for each, extras, ways in self.effective(root):
                if self.holds_without_extras(ways):
                    yield from self.split(each, extras, (), False)
        for constraint in map(requirement_of, self.question.constraints):
            if self.holds(constraint):
                yield from self.split(constraint, (), (), False, absence=True)

    def demands_of(self, variable, index):
        """In the order of the discovery queue: runtime, then build, then by extra, each by name and text."""
        project, extra = variable
        if extra is not None:
            return []
        known = self.demands.get((project, index))
        if known is None:
            candidate = self.candidates[project][index]
            keyed = []
            for build, texts in ((False, candidate.requires), (True, candidate.build_requires if candidate.kind in BUILT else [])):
                for text in texts:
                    for each, extras, ways in self.effective(requirement_of(text)):
                        for way in ways:
                            active = sorted(name for name, holds in way if holds)
                            if build and active:
                                continue  # a build requests no extras of itself
                            conditions = () if build else tuple(((project, name), holds) for name, holds in way)
                            key = (bool(active), ','.join(active), build, canonicalize_name(each.name), text)
                            keyed.append((key, list(self.split(each, extras, conditions, build))))
            known = self.demands[project, index] = [demand for _, each in sorted(keyed, key=lambda pair: pair[0]) for demand in each]
        return known

    def count(self, variable):
        return 1 if variable[1] is not None else len(self.candidates.get(variable[0], []))

    def options(self, variable):
        """The candidates that may be chosen, best first."""
        project, extra = variable
        if extra is not None:
            return [0]
        return [i for i in self.order.get(project, []) if self.usable[project][i]]

    # The search

    def run(self):
        """The best selection as {variable: candidate index}, or None."""
        self.queue, self.reached, self.chosen, self.settled = [], {}, {}, {}
        self.bounds = {}  # variable -> list of admitted sets that hold for certain
        self.best, self.best_cost = None, None
        self.roots = list(self.root_demands())
        for demand in self.roots:
            self.bounds.setdefault(demand.target, []).append(demand)
            if not demand.absence:
                self.append(demand.target)
        self.walk(0)
        return self.best

    def append(self, variable):
        if variable not in self.reached:
            self.reached[variable] = len(self.queue)
            self.queue.append(variable)

    def walk(self, place):
        """True where the search is over."""
        self.budget -= 1
        if self.budget < 0:
            raise TooHard
        if place == len(self.queue):
            waiting, extra = self.waiting()
            if extra is not None:
                return self.settle(place, extra)
            if waiting is not None:
                self.append(waiting.target)
                over = self.walk(place)
                del self.reached[self.queue.pop()]
                return over
            if not self.is_full():
                return False
            cost = self.cost()
            if self.best is None or cost < self.best_cost:
                self.best, self.best_cost = dict(self.chosen), cost
            return self.question.objective == 'newest' or cost == 0
        variable = self.queue[place]
        for index in self.options(variable):
            if not all(index in each.admitted for each in self.bounds.get(variable, [])):
                continue
            length, added = len(self.queue), []
            self.chosen[variable] = index
            if self.take(variable, index, added) and self.walk(place + 1):
                return True
            for demand in added:
                self.bounds[demand.target].remove(demand)
            for other in self.queue[length:]:
                del self.reached[other]
            del self.queue[length:]
            del self.chosen[variable]
        return False

    def waiting(self):
        """The first requirement that waits for extras to be inactive, with the first of them that is not settled; None where there is none."""
        for variable in self.queue:
            for demand in self.demands_of(variable, self.chosen[variable]):
                excluded = [extra for extra, active in demand.conditions if not active]
                if not excluded or any((extra in self.reached) != active for extra, active in demand.conditions):
                    continue
                for extra in excluded:  # in their order, up to the first that is settled as active
                    if extra not in self.settled:
                        return demand, extra
                    if self.settled[extra]:
                        break
                else:
                    if demand.target not in self.reached:
                        return demand, None
        return None, None

    def settle(self, place, extra):
        """Inactive where any full selection allows that; else active, and then something has to request it."""
        for active in (False, True):
            self.settled[extra] = active
            if self.walk(place):
                return True
            del self.settled[extra]
        return False

    def take(self, variable, index, added):
        """Appends what the choice reaches; false where it contradicts what is chosen or leaves nothing to choose."""
        for demand in self.demands_of(variable, index):
            if self.is_active(demand):
                self.append(demand.target)
            if not demand.conditions:
                self.bounds.setdefault(demand.target, []).append(demand)
                added.append(demand)
        project, extra = variable
        if extra is not None and (project, None) in self.chosen:
            for demand in self.demands_of((project, None), self.chosen[project, None]):
                if any(each == variable for each, _ in demand.conditions) and self.is_active(demand):
                    self.append(demand.target)
        for demand in added:
            taken = self.chosen.get(demand.target)
            if taken is not None:
                if taken not in demand.admitted:
                    return False
            elif demand.target[1] is None:
                left = set(self.options(demand.target))
                for each in self.bounds[demand.target]:
                    left &= each.admitted
                if not left:
                    return False
        return True

    def is_active(self, demand):
        """Before the queue is exhausted no extra is known to be inactive."""
        return all(active and extra in self.reached for extra, active in demand.conditions)

    def is_full(self):
        """Every active requirement is satisfied, judged on the final selection, and the builds can be ordered."""
        if any((extra in self.reached) != active for extra, active in self.settled.items()):
            return False
        for demand in self.roots:
            if not self.is_met(demand):
                return False
        for variable, index in self.chosen.items():
            for demand in self.demands_of(variable, index):
                if self.binds(demand) and not self.is_met(demand):
                    return False
        return self.has_order()

    def binds(self, demand):
        return all((extra in self.chosen) == active for extra, active in demand.conditions)

    def is_met(self, demand):
        if demand.target not in self.chosen:
            return demand.absence
        return self.chosen[demand.target] in demand.admitted

    def edges(self, chosen):
        """(variable, 'usable' or 'built') -> what has to come before, in a full selection."""
        before = {}
        for variable, index in chosen.items():
            built, usable = (variable, 'built'), (variable, 'usable')
            before[built], before[usable] = set(), {built}
            for demand in self.demands_of(variable, index):
                if demand.target in chosen and all((extra in chosen) == active for extra, active in demand.conditions):
                    before[built if demand.build else usable].add((demand.target, 'usable'))
        return before

    def has_order(self):
        """No build may wait for itself."""
        before = self.edges(self.chosen)
        for start in before:
            if start[1] != 'built' or not before[start]:
                continue
            seen, stack = set(), list(before[start])
            while stack:
                node = stack.pop()
                if node == start:
                    return False
                if node not in seen:
                    seen.add(node)
                    stack.extend(before[node])
        return True

    def cost(self):
        projects = [(project, index) for (project, extra), index in self.chosen.items() if extra is None]
        if self.question.objective == 'fewest-packages':
            return len(projects)
        if self.question.objective == 'fewest-builds':
            return sum(self.candidates[project][index].kind in BUILT for project, index in projects)
        return 0
