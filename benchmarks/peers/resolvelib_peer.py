"""resolvelib, the resolver inside pip and pdm, with the least provider that prefers new versions (Debian's python3-resolvelib)."""
import resolvelib

import contest


class Provider(resolvelib.AbstractProvider):
    """A requirement is (target, intervals), a candidate is (project, version)."""

    def __init__(self, problem):
        self.projects = problem["projects"]

    def identify(self, requirement_or_candidate):
        return requirement_or_candidate[0]

    def get_preference(self, identifier, resolutions, candidates, information, backtrack_causes):
        # As pip does: what made it go back comes first, then what was asked for first.
        causes = any(identifier in (cause.requirement[0], cause.parent and cause.parent[0]) for cause in backtrack_causes)
        return not causes, identifier

    def find_matches(self, identifier, requirements, incompatibilities):
        wanted = [intervals for _, intervals in requirements[identifier]]
        refused = {version for _, version in incompatibilities[identifier]}
        return [(identifier, version) for version in range(len(self.projects[identifier]["versions"]) - 1, -1, -1)
                if version not in refused and all(contest.contain(intervals, version) for intervals in wanted)]

    def is_satisfied_by(self, requirement, candidate):
        return contest.contain(requirement[1], candidate[1])

    def get_dependencies(self, candidate):
        return [(target, tuple(intervals)) for target, intervals in self.projects[candidate[0]]["versions"][candidate[1]]]


def solve(problem):
    resolver = resolvelib.Resolver(Provider(problem), resolvelib.BaseReporter())
    try:
        result = resolver.resolve([(target, tuple(intervals)) for target, intervals in problem["roots"]], max_rounds=10_000_000)
    except resolvelib.ResolutionImpossible:
        return None
    return {project: version for project, version in result.mapping.values()}


if __name__ == "__main__":
    contest.run(solve)
