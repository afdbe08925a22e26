#!/usr/bin/env python3
"""Scan damaged copies of real archives, and check that each costs itself and nothing else.

    tests/mutants.py ARCHIVES... --resolver 'EXE [ARGUMENT...]' [--count 2000] [--seed N] [--batch 100] [--work DIR]

ARCHIVES are sdists and wheels, or folders of them. Each mutant is one of them, damaged in one of these ways: bits flipped, bytes cut off, blocks swapped, overwritten
or repeated, in the file or in the decompressed tar, which is then compressed again; entries repeated, renamed, retyped or resized with a right checksum; headers of
another archive inserted; bytes of a metadata file changed. One seed makes the same mutants every time. They are scanned in batches, each beside three archives that
are whole, without an index, and with a new one twice. The script checks:

- the exit code is 0, and the scan ends in time (five seconds a file) and within 640 MiB;
- every mutant has a line that has a name and a version, or a problem; no problem is a fault of the program (reader-fault);
- the whole archives have the lines that they have without mutants;
- the index gives the same lines.

It prints what was said of how many, and the largest memory. A finding is printed with its file, which is kept, and the exit code is 1.
"""
import argparse
import bz2
import collections
import gzip
import io
import json
import lzma
import os
import pathlib
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import warnings
import zipfile
import zlib

SUFFIXES = ('.tar.gz', '.tar.xz', '.tar.bz2', '.tgz', '.tar', '.zip', '.whl')
METADATA = (b'pyproject.toml', b'setup.py', b'setup.cfg', b'PKG-INFO', b'METADATA', b'WHEEL', b'RECORD', b'requires.txt')
PACKERS = {
    '.tar.gz': lambda data: gzip.compress(data, 1, mtime=0),
    '.tar.xz': lambda data: lzma.compress(data, preset=0),
    '.tar.bz2': lambda data: bz2.compress(data, 1),
    '.tar': bytes,
}
NAMES = [b'../../../etc/passwd', b'/etc/passwd', b'a/../b', b'a\\b', b'C:\\a', b'caf\xe9/setup.py', b'x/' * 49, b'', b'.', b'./.', b'a//b', b'pyproject.toml',
         b'setup.py', b'PKG-INFO', b'a-1/pyproject.toml/b', b'\x1b[2J', b'a-1/PKG-INFO ', b'CON', b'a' * 100]
SPLICES = [b'\0', b'\n', b'"', b"'", b'[', b']', b'{', b'}', b'\\', b'\xff\xfe', b'\xed\xa0\x80', b'\r', b'\\u0000', b'file: ../../x\n', b'a' * 5000, b'=' * 200, b'(' * 3000,
           b'%s' % (b'\n '.join([b'a>=1'] * 500)), b'\xef\xbb\xbf', b'9' * 5000, b'Requires-Dist: x; ' + b'(' * 500 + b'\n', b'\xf0\x9f\x98\x80', b'\t', b'attr: a.b.c\n', b'1e999']
LIMIT = 640 << 20
BLOCK = 512


def flip(random, data):
    data = bytearray(data)
    for _ in range(random.choice([1, 1, 2, 8, 64])):
        at = random.randrange(len(data))
        data[at] ^= 1 << random.randrange(8)
    return bytes(data)


def cut(random, data):
    return data[:random.randrange(len(data))]


def swap(random, data, size=BLOCK):
    count = max(1, len(data) // size)
    a, b = sorted((random.randrange(count) * size, random.randrange(count) * size))
    return data if a == b else data[:a] + data[b:b + size] + data[a + size:b] + data[a:a + size] + data[b + size:]


def overwrite(random, data, size=BLOCK):
    at = random.randrange(len(data))
    return data[:at] + random.choice([bytes(size), b'\xff' * size, random.randbytes(size)]) + data[at + size:]


def repeat(random, data, size=BLOCK):
    at = random.randrange(max(1, len(data) // size)) * size
    piece = data[at:at + size * random.choice([1, 2, 8, 64])]
    return data[:at] + piece * random.choice([2, 2, 3, 20]) + data[at:]


RAW = [flip, flip, cut, swap, overwrite, repeat]


def headers(tar):
    """Where the headers of a tar are, as (start, end of the entry)."""
    found, at = [], 0
    while at + BLOCK <= len(tar) and tar[at] != 0:
        try:
            size = int(tar[at + 124:at + 135].strip(b'\0 ') or b'0', 8)
        except ValueError:
            break
        end = at + BLOCK + (size + BLOCK - 1) // BLOCK * BLOCK
        found.append((at, end))
        at = end
    return found


def edited(tar, at, start, field):
    """The tar with a field of a header replaced and its checksum right."""
    block = bytearray(tar[at:at + BLOCK])
    block[start:start + len(field)] = field
    block[148:156] = b' ' * 8
    block[148:156] = b'%06o\0 ' % sum(block)
    return tar[:at] + bytes(block) + tar[at + BLOCK:]


def mutate_tar(random, tar, other):
    entries = headers(tar)
    if not entries:
        return flip(random, tar)
    start, end = random.choice(entries)
    kind = random.randrange(9)
    if kind == 0:
        return random.choice(RAW)(random, tar)
    if kind == 1:  # an entry again, at the end or in front
        return tar[:start] + tar[start:end] * random.choice([2, 3, 50]) + tar[start:]
    if kind == 2:
        return edited(tar, start, 0, random.choice(NAMES)[:100].ljust(100, b'\0'))
    if kind == 3:
        return edited(tar, start, 156, bytes([random.choice(b'01234567gxLKSDMVN\0\xff')]))
    if kind == 4:
        size = random.choice([b'00000000000', b'00000000001', b'77777777777', b'%011o' % random.randrange(1 << 16), b'-0000000001', b'           ', b'\x80' + bytes(10), b'\xff' * 11])
        return edited(tar, start, 124, size + b'\0')
    if kind == 5:  # headers of another archive, without their contents or with them
        theirs = headers(other)
        if not theirs:
            return swap(random, tar)
        their_start, their_end = random.choice(theirs)
        return tar[:start] + other[their_start:random.choice([their_start + BLOCK, their_end])] + tar[start:]
    if kind == 6:  # links to anywhere
        linked = edited(tar, start, 157, random.choice(NAMES)[:100].ljust(100, b'\0'))
        return edited(linked, start, 156, random.choice([b'1', b'2']))
    # bytes of a metadata file: what parsers see
    wanted = [each for each in entries if tar[each[0]:each[0] + 100].rstrip(b'\0').endswith(METADATA) and each[1] - each[0] > BLOCK]
    if not wanted:
        return swap(random, tar)
    start, end = random.choice(wanted)
    size = int(tar[start + 124:start + 135].strip(b'\0 ') or b'0', 8)
    content = mutate_text(random, tar[start + BLOCK:start + BLOCK + size])
    resized = edited(tar, start, 124, b'%011o\0' % len(content))
    return resized[:start + BLOCK] + content + bytes(-len(content) % BLOCK) + tar[end:]


def mutate_text(random, text):
    for _ in range(random.choice([1, 1, 3])):
        at = random.randrange(len(text) + 1)
        length = random.choice([0, 0, 1, 5, 40])
        piece = random.choice(SPLICES + [text[at:at + 200] * 30, random.randbytes(4)])
        text = text[:at] + piece + text[at + length:]
    return text


def mutate_zip(random, data):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            members = [(each.filename, source.read(each)) for each in source.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return flip(random, data)
    which = random.randrange(len(members))
    kind = random.randrange(3)
    if kind == 0:
        members[which:which] = [members[which]] * random.choice([1, 2, 20])
    elif kind == 1:
        members[which] = (random.choice(NAMES).decode('latin-1') or 'a', members[which][1])
    else:
        wanted = [i for i, (name, _) in enumerate(members) if name.encode().endswith(METADATA)] or [which]
        at = random.choice(wanted)
        members[at] = (members[at][0], mutate_text(random, members[at][1]))
    packed = io.BytesIO()
    warnings.simplefilter('ignore')  # names that come twice are meant
    with zipfile.ZipFile(packed, 'w', random.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])) as target:
        for name, content in members:
            target.writestr(zipfile.ZipInfo(name), content, compress_type=target.compression)
    return packed.getvalue()


def unpacked(name, data):
    if name.endswith(('.tar.gz', '.tgz')):
        return gzip.decompress(data)
    if name.endswith('.tar.xz'):
        return lzma.decompress(data)
    if name.endswith('.tar.bz2'):
        return bz2.decompress(data)
    return data


def mutant(random, sources):
    """A damaged archive: its name without a folder, and its bytes."""
    path = random.choice(sources)
    data, name = path.read_bytes(), path.name
    if random.random() < 0.3:
        return name, random.choice(RAW)(random, data)
    if name.endswith(('.whl', '.zip')):
        return name, mutate_zip(random, data)
    others = [each for each in sources if not each.name.endswith(('.whl', '.zip'))]
    other = random.choice(others)
    tar = mutate_tar(random, unpacked(name, data), unpacked(other.name, other.read_bytes()))
    suffix = random.choice(list(PACKERS))
    stem = name[:-len(next(each for each in SUFFIXES if name.endswith(each)))]
    return stem + suffix, PACKERS[suffix](tar)


def scan(command, arguments, seconds):
    """Exit code (None where it was ended), lines, standard error and the most memory of a scan."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command + arguments, stdout=out, stderr=err, stdin=subprocess.DEVNULL)
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        _, status, usage = os.wait4(process.pid, 0)
        ended = timer.is_alive()
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        return process.returncode if ended else None, out.read(), err.read().decode('utf-8', 'replace'), usage.ru_maxrss << 10


def lines_of(output):
    return [json.loads(line) for line in output.splitlines()]


class Finding(Exception):
    pass


def judge(command, folder, expected, said):
    files = sorted(file for file in folder.rglob('*') if file.is_file())
    plain = ['scan', str(folder), '--format', 'json', '--no-config', '--no-progress', '--jobs', '1']
    index = folder.parent / 'index'
    shutil.rmtree(index, ignore_errors=True)
    peak, first = 0, None
    for arguments in (['--no-cache'], ['--cache-dir', str(index)], ['--cache-dir', str(index)]):
        code, output, errors, memory = scan(command, plain + arguments, 5 * len(files))
        peak = max(peak, memory)
        if code != 0:
            raise Finding(f'exit code {code}: {errors.strip()[-2000:]}' if code is not None else f'no end within {5 * len(files)} s')
        if memory > LIMIT:
            raise Finding(f'{memory >> 20} MiB')
        if first is not None and output != first:
            raise Finding('the index says something else: ' + next((f'{a!r} and not {b!r}' for a, b in zip(output.splitlines(), first.splitlines()) if a != b), 'other files'))
        first = output
    found = collections.defaultdict(list)
    for line in lines_of(first):
        found[line['path'].split('#')[0]].append(line)
    for file in files:
        lines = found.get(str(file))
        if not lines:
            raise Finding(f'{file} has no line')
        if file.parent == folder:
            if [without_path(line) for line in lines] != expected[file.name]:
                raise Finding(f'{file} is whole, and has another line beside mutants: {lines}')
            continue
        for line in lines:
            problems = [each['code'] for each in line['problems']]
            if 'reader-fault' in problems:
                raise Finding(f'{file}: {line["problems"]}')
            if not problems and not (line.get('name') and line.get('version')):
                raise Finding(f'{file} has neither a name and a version nor a problem: {line}')
            said['readable' if line.get('name') and line.get('version') else min(problems)] += 1
    return peak


def without_path(line):
    return {key: value for key, value in line.items() if key != 'path'}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('archives', nargs='+', type=pathlib.Path)
    parser.add_argument('--resolver', default='resolver')
    parser.add_argument('--count', type=int, default=2000)
    parser.add_argument('--seed', type=int, default=0)
    parser.add_argument('--batch', type=int, default=100)
    parser.add_argument('--work', type=pathlib.Path)
    options = parser.parse_args()
    command = shlex.split(options.resolver)
    files = sorted(
        file for each in options.archives for file in (each.rglob('*') if each.is_dir() else [each]) if file.is_file() and file.name.endswith(SUFFIXES)
    )
    if len(files) < 4:
        sys.exit('at least four archives are needed')
    chosen = random.Random(options.seed)
    goods = chosen.sample(files, 3)
    projects = {good.name.split('-')[0].split('_')[0] for good in goods}
    sources = [file for file in files if file.name.split('-')[0].split('_')[0] not in projects]
    work = options.work or pathlib.Path(tempfile.mkdtemp(prefix='mutants-'))
    folder = work / 'batch'
    began, said, peak = time.monotonic(), collections.Counter(), 0
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for good in goods:
            shutil.copyfile(good, folder / good.name)
        code, output, errors, _ = scan(command, ['scan', str(folder), '--format', 'json', '--no-config', '--no-progress', '--no-cache'], 300)
        if code != 0:
            raise Finding(f'the whole archives alone: exit code {code}: {errors}')
        expected = collections.defaultdict(list)
        for line in lines_of(output):
            expected[pathlib.Path(line['path'].split('#')[0]).name].append(without_path(line))
        for first in range(0, options.count, options.batch):
            for each in [each for each in folder.iterdir() if each.is_dir()]:
                shutil.rmtree(each)
            for number in range(first, min(first + options.batch, options.count)):
                # Each by itself, so that one can be made again without those before it.
                name, data = mutant(random.Random(f'{options.seed}:{number}'), sources)
                # In a folder of its own, because names count: of wheels, and as a version where nothing else states one.
                (folder / f'{number:06}').mkdir()
                (folder / f'{number:06}' / name).write_bytes(data)
            peak = max(peak, judge(command, folder, expected, said))
    except Finding as finding:
        print(f'FOUND (seed {options.seed}, files in {folder}): {finding}')
        sys.exit(1)
    print(f'{options.count} mutants of {len(sources)} archives, seed {options.seed}: no finding; at most {peak >> 20} MiB; {time.monotonic() - began:.0f} s')
    for code, count in said.most_common():
        print(f'{count:7} {code}')
    if options.work is None:
        shutil.rmtree(work)


if __name__ == '__main__':
    main()
