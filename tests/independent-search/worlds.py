"""Random projects and requirements, small enough that everything can be tried."""
from reference import BUILT, Candidate

# `packaging` before 26 lets `>2.0b1` exclude 2.0+local: no local version here has a pre-release of its own.
VERSIONS = ['0.9', '1.0', '1.0+local.1', '1.0.post1', '1.1a1', '1.1', '1.2rc1', '1.2', '2.0b2', '2.0.dev3', '2.0', '2.1', '1!0.5']
EXTRAS = ['x', 'y']
INACTIVE = ['extra != "x"', 'extra != "y"'] * 4 + ['extra != "x" and extra != "y"', 'extra != "y" and extra != "x"', 'extra == "x" and extra != "y"', 'extra != "x" or extra != "y"', 'extra != "y" and extra != "z"', 'extra != "x" or extra == "y"']
TRUE_MARKERS = ['python_version >= "3.6"', 'sys_platform != "amiga"', 'python_full_version > "3.0" and os_name != "x"', 'python_version < "3" or implementation_name == "cpython"']
FALSE_MARKERS = ['python_version < "3"', 'sys_platform == "amiga"', 'os_name == "x" and python_version > "3"']


class World:
    """Projects p0, p1, … with candidates, and what is asked of them."""

    def __init__(self, random, projects=(2, 9), inactive=0.03, kinds=('sdist', 'sdist', 'wheel')):
        self.random, self.inactive, self.kinds = random, inactive, kinds
        self.names = [f'p{i}' for i in range(random.randint(*projects))]
        self.chance = {what: random.choice(rates) for what, rates in {
            'require': (0.4, 0.6, 0.8), 'extra': (0, 0.2, 0.5), 'build': (0, 0.2, 0.5), 'tight': (0.2, 0.5, 0.7), 'back': (0.05, 0.3), 'yanked': (0, 0.15)}.items()}
        self.versions = {name: self.some_versions() for name in self.names}
        self.candidates = {name: [self.candidate(name, version) for version in self.versions[name]] for name in self.names}

    def maybe(self, what):
        return self.random.random() < self.chance[what]

    def some_versions(self):
        random = self.random
        if random.random() < 0.04:
            return []
        chosen = random.sample(VERSIONS, random.choice([1, 2, 2, 3, 3, 4, 5]))
        return sorted(chosen, key=VERSIONS.index)

    def candidate(self, name, version):
        random = self.random
        one = Candidate(name, version, random.choice(self.kinds))
        one.requires = self.several(name, 'require', 3)
        for extra in EXTRAS:
            if self.maybe('extra'):
                one.requires += [self.conditional(each, f'extra == "{extra}"') for each in self.several(name, 'require', 2, markers=False)]
        if one.kind in BUILT and self.maybe('build'):
            one.build_requires = self.several(name, 'require', 2)
        if random.random() < 0.1:
            one.requires_python = random.choice(['>=3.6', '<3', '>=3.6,<4', '>=4', '!=3.0.*'])
        one.yanked = self.maybe('yanked')
        return one

    def several(self, name, what, most, markers=True):
        """Requirements, mostly on later projects, so that most worlds have an answer."""
        place, chosen = self.names.index(name), []
        for _ in range(self.random.randint(0, most)):
            if not self.maybe(what):
                continue
            later = self.names[place + 1:]
            others = [each for each in self.names if each != name] if self.maybe('back') or not later else later
            if self.random.random() < 0.02:
                others = [name, 'p99']
            if others:
                chosen.append(self.requirement(self.random.choice(others), markers))
        return list(dict.fromkeys(chosen))

    def specifier(self, name):
        random, versions = self.random, [each for each in self.versions.get(name, []) if '+' not in each] or ['1.0']
        if not self.maybe('tight'):
            return random.choice(['', '', '>=0.5', '!=9'])
        version = random.choice(versions)
        if random.random() < 0.1:
            return f'==={version}'
        release = version.split('!')[-1]
        forms = [f'>={version}', f'<={version}', f'=={version}', f'!={version}', f'>{version}', f'<{version}', f'>={version},<3', f'>={version},!=2.0']
        if release.replace('.', '').isdigit() and '!' not in version:
            forms += [f'~={version}', f'=={version}.*', f'!={version}.*', f'=={version}.0']
        return random.choice(forms)

    def requirement(self, name, markers=True):
        extras = sorted(extra for extra in EXTRAS if self.maybe('extra'))
        text = name + (f"[{','.join(extras)}]" if extras else '') + self.specifier(name)
        chance = self.random.random()
        if markers and chance < self.inactive:
            return self.conditional(text, self.random.choice(INACTIVE))
        if markers and chance < self.inactive + 0.1:
            return self.conditional(text, self.random.choice(TRUE_MARKERS + FALSE_MARKERS))
        if markers and chance < self.inactive + 0.12:
            return self.conditional(text, 'extra == "x" or extra == "y"')
        return text

    def conditional(self, text, marker):
        if self.random.random() < 0.1:
            other = self.random.choice(TRUE_MARKERS + FALSE_MARKERS)
            marker = f'{marker} and ({other})' if ' or ' not in marker else f'({marker}) and ({other})'
        return f'{text} ; {marker}'

    def roots(self):
        early = self.names[:max(1, (len(self.names) + 1) // 2)]
        chosen = self.random.sample(early, self.random.randint(1, min(3, len(early))))
        if self.random.random() < 0.05:
            chosen.append(chosen[0])
        return [self.requirement(name).replace('extra != "x"', 'python_version > "3"') for name in chosen]

    def some_names(self, most=2):
        return self.random.sample(self.names, self.random.randint(1, min(most, len(self.names))))
