"""libsolv through its own Python binding (Debian's python3-solv)."""
import solv

import contest


def relation(pool, name, intervals):
    """What provides one of these versions. An interval is two relations on one package, a union of intervals is either of them."""
    dependency = pool.Dep(name)
    whole = None
    for low, high in zip(intervals[::2], intervals[1::2]):
        part = dependency.Rel(solv.REL_EQ, pool.Dep(str(low))) if high == low + 1 else \
            dependency.Rel(solv.REL_GT | solv.REL_EQ, pool.Dep(str(low))).Rel(solv.REL_WITH, dependency.Rel(solv.REL_LT, pool.Dep(str(high))))
        whole = part if whole is None else whole.Rel(solv.REL_OR, part)
    return whole if whole is not None else dependency.Rel(solv.REL_LT, pool.Dep("0"))


def solve(problem):
    pool = solv.Pool()
    # Debian's libsolv takes itself for dpkg otherwise, which knows no rich dependencies and no noarch.
    pool.setdisttype(solv.Pool.DISTTYPE_RPM)
    pool.setarch("x86_64")
    repo = pool.add_repo("universe")
    names = [f"p{index}" for index in range(len(problem["projects"]))]
    for name, project in zip(names, problem["projects"]):
        for version, requirements in enumerate(project["versions"]):
            solvable = repo.add_solvable()
            solvable.name, solvable.evr, solvable.arch = name, str(version), "noarch"
            solvable.add_provides(pool.Dep(name).Rel(solv.REL_EQ, pool.Dep(str(version))))
            for target, intervals in requirements:
                solvable.add_requires(relation(pool, names[target], intervals))
    pool.createwhatprovides()
    jobs = [pool.Job(solv.Job.SOLVER_INSTALL | solv.Job.SOLVER_SOLVABLE_PROVIDES, relation(pool, names[target], intervals).id) for target, intervals in problem["roots"]]
    solver = pool.Solver()
    if solver.solve(jobs):
        return None
    return {int(solvable.name[1:]): int(solvable.evr) for solvable in solver.transaction().newsolvables()}


if __name__ == "__main__":
    contest.run(solve)
