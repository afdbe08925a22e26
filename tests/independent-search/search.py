#!/usr/bin/env python3
"""Holds the program's answers against a search that shares nothing with it: verdict and exact selection.

    tests/independent-search/search.py --resolver EXE [--seed N] [--universes N] [--archives N] [--long] [--jobs N] [--solver cdcl|z3] [--keep DIR]

The reference tries everything, in the order in which the answer is defined; versions, specifiers, markers and requirements are read by the `packaging` that pip carries. Random universe
files go to `resolver solve`, many to a process, with each mode of pre-releases; random archives of sdists and wheels on disk to `resolver plan`, with installed versions, constraints,
overrides and policies. The same seed makes the same worlds. Questions on which the reference gives up are counted. --long is 100,000 universes and 1,000 archives. The exit code is 1 where any answer differs; the files of those stay in --keep.
"""
import argparse
import collections
import pathlib
import shlex
import sys
import tempfile
import time

import archives
import universes


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--resolver', required=True, type=shlex.split, help='the program; it may hold arguments, as in "dotnet resolver.dll"')
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--universes', type=int, default=1000)
    parser.add_argument('--archives', type=int, default=10)
    parser.add_argument('--long', action='store_true')
    parser.add_argument('--jobs', type=int, default=1, help='how many plans run side by side')
    parser.add_argument('--solver', default='cdcl')
    parser.add_argument('--budget', type=int, default=20_000, help='places of the search that the reference may try for one question')
    parser.add_argument('--keep', help='where the files of questions go that are answered differently')
    options = parser.parse_args()
    if options.long:
        options.universes, options.archives = 100_000, 1_000
    tally, different = collections.Counter(), []

    def report(line):
        different.append(line)
        print(line, flush=True)

    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(options.keep or scratch)
        folder.mkdir(parents=True, exist_ok=True)
        universes.compare(options.resolver, options.seed, options.universes, folder, tally, report, options.budget, options.solver)
        archives.compare(options.resolver, options.seed, options.archives, folder, tally, report, options.budget, options.solver, options.jobs)
    print(', '.join(f'{count} {what}' for what, count in tally.items()) + f', {len(different)} different, {time.monotonic() - begin:.0f} s')
    return 1 if different else 0


if __name__ == '__main__':
    sys.exit(main())
