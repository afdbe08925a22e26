"""What every peer in Python has in common: a problem of ordinals is read, solved again and again, and the samples are printed.

The problem is JSON: {"projects": [{"name": "p", "versions": [[[target, [low, high, ...]], ...], ...]}, ...], "roots": [[target, [low, high, ...]], ...]}.
Versions are 0, 1, 2, ..., the last is preferred; a requirement is a target's index and half-open intervals of its versions.

Printed: {"satisfiable": true, "selected": 12, "samples": 40, "median": 1.2, "quarter": 1.1, "three_quarters": 1.4}, milliseconds, where a sample covers everything from the ordinals in memory to the
answer: the peer's own objects, its encoding and its search. Reading the file and importing the peer do not count.
"""
import gc
import json
import statistics
import sys
import time

WARM_UP, BUDGET = 0.5, 2.5


def contain(intervals, version):
    return any(low <= version < high for low, high in zip(intervals[::2], intervals[1::2]))


def run(solve):
    """Runs a contestant: solve(problem) gives the selection as {project index: version}, or None where there is none."""
    with open(sys.argv[1], encoding="utf-8") as file:
        problem = json.load(file)
    repeat = int(sys.argv[2])
    samples, started = [], time.perf_counter()
    while True:
        gc.collect()
        begin = time.perf_counter()
        selection = solve(problem)
        samples.append(1000 * (time.perf_counter() - begin))
        spent = time.perf_counter() - started
        if spent > BUDGET or len(samples) >= repeat and spent > WARM_UP:
            break
    if selection is not None:
        check(problem, selection)
    # The first quarter is warm-up, where there were enough.
    samples = sorted(samples[len(samples) // 4 :])
    quarter, median, three_quarters = statistics.quantiles(samples, n=4) if len(samples) > 1 else samples * 3
    json.dump({"satisfiable": selection is not None, "selected": len(selection or ()), "samples": len(samples), "median": median,
               "quarter": quarter, "three_quarters": three_quarters}, sys.stdout)


def check(problem, selection):
    """A wrong answer is not worth timing."""
    wanted = list(problem["roots"])
    for project, version in selection.items():
        wanted += problem["projects"][project]["versions"][version]
    for target, intervals in wanted:
        if target not in selection or not contain(intervals, selection[target]):
            sys.exit(f"the answer is wrong: {problem['projects'][target]['name']} {selection.get(target)}")
