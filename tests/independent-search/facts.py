"""Whether the facts of a conflict are true, and whether they can hold together: by trying every choice among what they speak of."""
import pathlib

from pip._vendor.packaging.utils import canonicalize_name

from reference import BUILT, admits, alternatives, requirement_of, version_of


class Untold(Exception):
    """The facts cannot be judged from what is printed."""


class Facts:
    """The facts as a program reads them from the JSON. A project of which no fact lists all candidates has one that meets everything and requires nothing."""

    def __init__(self, core, world, asked, files):
        self.core, self.world, self.asked, self.files = core, world, asked, files
        self.environment = tuple(sorted(asked.environment.items()))
        self.overridden = {canonicalize_name(requirement_of(each).name) for each in asked.overrides}
        self.overrides_extras = any(requirement_of(each).extras for each in asked.overrides)
        self.untrue = []
        self.read = [self.read_fact(fact) for fact in core]

    # Reading

    def read_fact(self, fact):
        kind = fact['fact']
        if kind == 'requirement':
            requirement = requirement_of(fact['requirement'])
            ways = self.ways(requirement)
            if fact['name'] is None:
                return 'constraint' if fact['role'] == 'constraint' else 'root', None, None, requirement, ways
            versions = fact.get('versions') or [fact['version']]
            these = self.candidates_of(fact, fact['name'], versions, lambda one: self.has(one, requirement, fact['role'] == 'build'))
            return 'requires', fact['name'], these, requirement, ways
        if kind == 'candidates':
            there = self.world.candidates.get(fact['name'], [])
            if {version_of(each) for each in fact['versions']} != {each.parsed for each in there}:
                self.untrue.append(fact)
            return 'closed', fact['name'], set(range(len(there))), None, None
        if kind == 'unusable':
            # What is installed is barred only by a rule of the user.
            these = self.candidates_of(fact, fact['name'], fact['versions'], lambda one: fact['why'] == 'excluded', check=False)
            return 'unusable', fact['name'], these, None, None
        if kind == 'cycle':
            return 'cycle', None, [self.read_step(each) for each in fact['requirements']], None, None
        raise Untold(f'fact {kind}')

    def read_step(self, step):
        requirement = requirement_of(step['requirement'])
        these = {
            i for i, one in enumerate(self.world.candidates[step['name']])
            if one.parsed in {version_of(each) for each in step['versions']} and self.names(one, requirement, step['role'] == 'build', alike=True)}
        if not these:
            self.untrue.append(step)
        return step['name'], these, requirement, self.ways(requirement)

    def candidates_of(self, fact, name, versions, installed, check=True):
        versions, files = {version_of(each) for each in versions}, {pathlib.PurePath(each).name for each in fact.get('files', [])}
        these = set()
        for i, one in enumerate(self.world.candidates.get(name, [])):
            if one.kind == 'installed':
                if one.parsed in versions and installed(one):
                    these.add(i)
            elif one.path in files:
                these.add(i)
                if one.parsed not in versions or (check and not installed(one)):
                    self.untrue.append(fact)
        if not these:
            self.untrue.append(fact)
        return these

    def has(self, one, requirement, build):
        """Whether the candidate has this requirement. An override stands in place of what it has, and keeps the extras."""
        if canonicalize_name(requirement.name) in self.overridden:
            texts = (one.build_requires if one.kind in BUILT else []) if build else one.requires
            return any(canonicalize_name(each.name) == canonicalize_name(requirement.name) and (self.overrides_extras or each.extras == requirement.extras)
                       for each in map(requirement_of, texts))
        texts = (one.build_requires if one.kind in BUILT else []) if build else one.requires
        return any(self.key(requirement_of(text)) == self.key(requirement) for text in texts)

    def names(self, one, requirement, build, alike=False):
        """Whether the candidate requires the project, and with `alike` through the same extras."""
        ways = self.ways(requirement)
        for other in map(requirement_of, (one.build_requires if one.kind in BUILT else []) if build else one.requires):
            if canonicalize_name(other.name) != canonicalize_name(requirement.name):
                continue
            if not alike or any(way in ways for way in self.own_ways(other)):
                return True
        return False

    @staticmethod
    def key(requirement):
        return canonicalize_name(requirement.name), frozenset(map(canonicalize_name, requirement.extras)), frozenset(map(str, requirement.specifier)), requirement.url

    def ways(self, requirement, only_extras=False):
        ways = alternatives(requirement.marker, self.environment, only_extras=only_extras)
        if any(not active for way in ways for _, active in way):
            raise Untold('holds without an extra')
        return [{extra for extra, _ in way} for way in ways]

    def own_ways(self, requirement):
        """When a requirement of metadata holds: an override in its place keeps only its condition on extras."""
        return self.ways(requirement, only_extras=canonicalize_name(requirement.name) in self.overridden)

    # Trying

    def can_hold(self, without=None):
        facts = [read for fact, read in zip(self.core, self.read) if fact is not without]
        self.closed = {name: these for kind, name, these, _, _ in facts if kind == 'closed'}
        for kind, name, these, _, _ in facts:
            if kind == 'unusable' and name in self.closed:
                self.closed[name] = self.closed[name] - these
        self.facts = facts
        return self.choose({})

    def choose(self, chosen):
        reached, extras = self.reach(chosen)
        if reached is None:
            return False
        for name in reached:
            if name in self.closed and name not in chosen:
                return any(self.choose({**chosen, name: each}) for each in self.closed[name])
        return not any(self.is_cycle(steps, chosen, extras) for kind, _, steps, _, _ in self.facts if kind == 'cycle')

    def reach(self, chosen):
        """What is reached from the roots, and with which extras; (None, None) where something chosen does not meet what is required."""
        reached, extras, size = [], set(), -1
        while size != len(reached) + len(extras):
            size = len(reached) + len(extras)
            for kind, name, these, requirement, ways in self.facts:
                binds = kind == 'root' and any(not way for way in ways) or (
                    kind == 'requires' and name in reached and chosen.get(name) in these and self.holds(name, ways, extras))
                if not binds:
                    continue
                target = canonicalize_name(requirement.name)
                if target not in reached:
                    reached.append(target)
                extras.update((target, canonicalize_name(extra)) for extra in requirement.extras)
                if target in chosen and not self.meets(target, chosen[target], requirement):
                    return None, None
        for kind, _, _, requirement, _ in self.facts:
            target = canonicalize_name(requirement.name) if kind == 'constraint' else None
            if target in chosen and not self.meets(target, chosen[target], requirement):
                return None, None
        return reached, extras

    @staticmethod
    def holds(name, ways, extras):
        return any(all((name, extra) in extras for extra in way) for way in ways)

    def is_cycle(self, steps, chosen, extras):
        return all(chosen.get(name) in these and self.holds(name, ways, extras) for name, these, _, ways in steps)

    def meets(self, name, index, requirement):
        one = self.world.candidates[name][index]
        if requirement.url:
            return bool(one.path) and requirement.url == (self.files / one.path).as_uri()
        return admits(str(requirement.specifier), one.version)
