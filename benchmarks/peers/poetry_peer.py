"""Poetry's PubGrub (poetry.mixology), over a repository in memory (Debian's python3-poetry)."""
from cleo.io.null_io import NullIO
from poetry.core.packages.dependency import Dependency
from poetry.core.packages.package import Package
from poetry.core.packages.project_package import ProjectPackage
from poetry.mixology.failure import SolveFailure
from poetry.mixology.version_solver import VersionSolver
from poetry.puzzle.provider import Provider
from poetry.repositories import Repository, RepositoryPool

import contest


def constraint(intervals):
    return " || ".join(f"=={low}" if high == low + 1 else f">={low},<{high}" for low, high in zip(intervals[::2], intervals[1::2])) or "<0"


def solve(problem):
    names = [f"p{index}" for index in range(len(problem["projects"]))]
    packages = []
    for name, project in zip(names, problem["projects"]):
        for version, requirements in enumerate(project["versions"]):
            package = Package(name, str(version))
            for target, intervals in requirements:
                package.add_dependency(Dependency(names[target], constraint(intervals)))
            packages.append(package)
    root = ProjectPackage("root", "1")
    root.python_versions = "*"
    for target, intervals in problem["roots"]:
        root.add_dependency(Dependency(names[target], constraint(intervals)))
    provider = Provider(root, RepositoryPool([Repository("universe", packages)]), NullIO())
    try:
        result = VersionSolver(root, provider).solve()
    except SolveFailure:
        return None
    return {int(package.name[1:]): int(package.version.text) for package in result.packages if package.name != "root"}


if __name__ == "__main__":
    contest.run(solve)
