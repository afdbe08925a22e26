"""Compare Resolver.Packaging with Python's packaging and with NuGet.Versioning on one list of versions, in one run.

    dotnet build -c Release benchmarks/Resolver.Benchmarks
    python3 benchmarks/packaging/compare.py

packaging is taken from the environment, else the copy inside pip. Each figure is nanoseconds for one operation, the best
of several rounds; the .NET side is measured by `Resolver.Benchmarks --packaging-versions FILE` on the same file.
"""

import pathlib
import platform
import random
import subprocess
import sys
import tempfile
import time

try:
    import packaging
    from packaging.specifiers import SpecifierSet
    from packaging.version import Version
except ImportError:
    from pip._vendor import packaging
    from pip._vendor.packaging.specifiers import SpecifierSet
    from pip._vendor.packaging.version import Version

ROUNDS = 7


def samples(count=20_000):
    """Three numbers as most projects write them: readable by PEP 440 and by SemVer 2. So many that no branch predictor learns their order."""
    rng = random.Random(440)
    for _ in range(count):
        kind = rng.randrange(10)
        if kind == 0:
            yield f"{rng.randrange(2015, 2027)}.{rng.randrange(1, 13)}.{rng.randrange(1, 32)}"
        elif kind == 1:
            yield f"0.{rng.randrange(100)}.{rng.randrange(10)}"
        elif kind == 2:
            yield f"{rng.randrange(3)}.{rng.randrange(40)}.{rng.randrange(100, 400)}"
        else:
            yield f"{rng.randrange(12)}.{rng.randrange(30)}.{rng.randrange(20)}"


def best(work, operations):
    figures = []
    for _ in range(ROUNDS):
        start = time.perf_counter_ns()
        work()
        figures.append((time.perf_counter_ns() - start) / operations)
    return min(figures)


def measure_packaging(texts):
    versions = [Version(text) for text in texts]
    specifier = SpecifierSet(">=1.2,<9")
    pairs = list(zip(versions, versions[1:]))
    yield "parse", best(lambda: [Version(text) for text in texts], len(texts))
    yield "compare", best(lambda: [a < b for a, b in pairs], len(pairs))
    yield "match", best(lambda: [specifier.contains(version) for version in versions], len(texts))


def main():
    root = pathlib.Path(__file__).resolve().parents[1] / "Resolver.Benchmarks"
    program = next(iter(sorted(root.glob("bin/Release/*/Resolver.Benchmarks.dll"))), None)
    if program is None:
        sys.exit("build it first: dotnet build -c Release benchmarks/Resolver.Benchmarks")
    texts = list(samples())
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "versions.txt")
        file.write_text("\n".join(texts) + "\n")
        lines = subprocess.run(["dotnet", program, "--packaging-versions", file], check=True, text=True, stdout=subprocess.PIPE).stdout
    figures = {}
    for line in lines.splitlines():
        contestant, operation, nanoseconds = line.split()
        figures[contestant, operation] = float(nanoseconds)
    for operation, nanoseconds in measure_packaging(texts):
        figures["packaging", operation] = nanoseconds
    print(f"packaging {packaging.__version__} on Python {platform.python_version()}; nanoseconds an operation, {len(texts)} versions")
    print(f"{'':10}{'resolver':>10}{'packaging':>12}{'ratio':>8}{'nuget':>10}{'ratio':>8}")
    for operation in ("parse", "compare", "match"):
        ours, python, nuget = (figures[who, operation] for who in ("resolver", "packaging", "nuget"))
        print(f"{operation:10}{ours:10.1f}{python:12.1f}{python / ours:8.1f}{nuget:10.1f}{nuget / ours:8.1f}")


if __name__ == "__main__":
    main()
