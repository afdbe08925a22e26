#!/usr/bin/env python3
"""Measure what the worst files can make a scan hold, against what docs/security.md promises of one file.

    tests/hostile-memory.py --resolver EXE [--limit MIB] [--work DIR]

Each file is made to be as bad as the bounds allow (src/Resolver.Archives/Containers/ContainerLimits.cs), scanned by itself in a process of its own, and gets a line: its size, how long
the scan took, the most memory that the process held (its resident set, by the kernel's count), and what the scan said. An empty archive comes first: what the program takes anyway.
Ends with 1 where a process held more than the limit (640 MiB), did not end within five minutes, or said that it failed itself. Needs 2 GB of disk in DIR, and some minutes.
"""
import argparse
import gzip
import io
import json
import lzma
import os
import pathlib
import resource
import struct
import subprocess
import sys
import tarfile
import tempfile
import threading
import time
import zipfile
import zlib

MIB = 1 << 20
PROJECT = b'[project]\nname = "a"\nversion = "1"\n'


def header(name, size, kind=b'0'):
    """A tar header, by hand: tarfile takes minutes for half a million."""
    block = bytearray(512)
    block[0:len(name)] = name
    block[100:156] = b'0000644\x000000000\x000000000\x00' + b'%011o\x00' % size + b'00000000000\x00' + b'        '
    block[156:157] = kind
    block[257:265] = b'ustar\x0000'
    block[148:156] = b'%06o\x00 ' % sum(block)
    return bytes(block)


def entry(name, content):
    """An entry with a name of any length (GNU's form for long ones)."""
    long = b'' if len(name) < 100 else header(b'././@LongLink', len(name) + 1, b'L') + padded(name + b'\0')
    return long + header(name[:99], len(content)) + padded(content)


def padded(content):
    return content + b'\0' * (-len(content) % 512)


def names(count, length):
    """Paths that share nothing that could be kept once."""
    for i in range(count):
        yield b'a-1/%08x/' % (i * 2654435761 % (1 << 32)) + b'%08x' % i * max(1, (length - 13) // 8)


def tar_of_everything(write, count=499_000, characters=31 * MIB, kept=63 * MIB):
    """Half a million entries whose names take all that names may, and contents as long as all contents may be."""
    write(entry(b'a-1/pyproject.toml', PROJECT))
    for i in range(kept // (1 << 20)):
        write(entry(b'a-1/f%d/setup.py' % i, b'#' * (1 << 20)))
    for name in names(count, characters // count):
        write(entry(name, b''))
    write(b'\0' * 1024)


def tar_of_long_names(write):
    """Few entries, whose names are as long as a name may be and lie as deep."""
    write(entry(b'a-1/pyproject.toml', PROJECT))
    level = b'n' * 30
    for i in range(31 * MIB // 3900):
        write(entry(b'a-1/%d/' % i + b'/'.join([level] * 125), b''))
    write(b'\0' * 1024)


def tar_of_projects(write):
    """A project in each of many folders, each of which wants a file that is kept by none."""
    text = b'[build-system]\nrequires=["hatchling"]\nbuild-backend="hatchling.build"\n[project]\nname="a"\ndynamic=["version","dependencies"]\n[tool.hatch.version]\npath="own.py"\n'
    for i in range(60_000):
        write(entry(b'a-1/f%d/pyproject.toml' % i, text))
        write(entry(b'a-1/f%d/own.py' % i, b'__version__ = "1"\n'))
    write(b'\0' * 1024)


def noise(write, length):
    """Bytes that do not shrink, so that the ratio stays below its bound."""
    write(header(b'a-1/noise', length))
    for _ in range(length // MIB):
        write(os.urandom(MIB))


def xz_dictionary(path, alone):
    """A dictionary of 256 MiB, which a decoder fills: the header claims it, and more than that is decoded. Behind it everything else that is bounded."""
    form = lzma.FORMAT_ALONE if alone else lzma.FORMAT_XZ
    filters = [{'id': lzma.FILTER_LZMA1 if alone else lzma.FILTER_LZMA2, 'preset': 0, 'dict_size': 1 << 20}]
    with open(path, 'wb') as file:
        packer = lzma.LZMACompressor(format=form, filters=filters)
        def write(piece):
            file.write(packer.compress(piece))
        noise(write, 8 * MIB)
        write(header(b'a-1/zeros', 300 * MIB))
        for _ in range(300):
            write(b'\0' * MIB)
        tar_of_everything(write)
        file.write(packer.flush())
    with open(path, 'r+b') as file:
        if alone:
            file.seek(1)
            file.write(struct.pack('<I', 256 * MIB))
            return
        file.seek(12)
        length = (file.read(1)[0] + 1) * 4
        file.seek(12)
        block = bytearray(file.read(length - 4))
        at = block.index(b'\x21\x01')
        block[at + 2] = 32  # 2^28
        file.seek(12)
        file.write(block + struct.pack('<I', zlib.crc32(block)))


def zip_directory(path):
    """A zip whose directory takes nearly 96 MiB, all in names."""
    with zipfile.ZipFile(path, 'w') as archive:
        archive.writestr('a-1/pyproject.toml', PROJECT)
        for name in names(470_000, 66):
            info = zipfile.ZipInfo(name.decode())
            info.extra = b'xx' + struct.pack('<H', 60) + b'x' * 60
            archive.writestr(info, b'')


def zip_contents(path):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as archive:
        archive.writestr('a-1/pyproject.toml', PROJECT)
        for i in range(70):
            archive.writestr(f'a-1/f{i}/setup.py', '#' * MIB)
        for name in names(400_000, 70):
            archive.writestr(zipfile.ZipInfo(name.decode()), b'')


def gzipped(make, path):
    with gzip.open(path, 'wb', 1) as file:
        if make is tar_of_everything:
            noise(file.write, 8 * MIB)
        make(file.write)


def plain(make, path):
    with open(path, 'wb', 1 << 20) as file:
        make(file.write)


def gigantic_python(path):
    """16 MiB of setup.py: brackets in brackets, and a list that doubles."""
    text = b'\n'.join(b'a%d = a%d + a%d' % (i, i - 1, i - 1) for i in range(1, 40)) + b'\n' + b'x = ' + b'[' * 100_000 + b']' * 100_000 + b'\nsetup(name="a", version="1", install_requires=a39)\n'
    with tarfile.open(path, 'w:gz') as archive:
        for name, content in (('a-1/setup.py', b'a0 = ["a"]\n' + text), ('a-1/setup.cfg', b'[options]\ninstall_requires =\n' + b'  a\n' * 2_000_000), ('a-1/requirements.txt', b'a\n' * 4_000_000)):
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))


def gigantic_toml(path):
    with tarfile.open(path, 'w:gz') as archive:
        content = b'[project]\nname="a"\nversion="1"\ndependencies=[' + b'"a",' * 3_900_000 + b']\n'
        info = tarfile.TarInfo('a-1/pyproject.toml')
        info.size = len(content)
        archive.addfile(info, io.BytesIO(content))


def project_of(path, **files):
    """An sdist of a few texts, which takes a few kilobytes whatever they are."""
    with tarfile.open(path, 'w:gz') as archive:
        for name, text in files.items():
            info = tarfile.TarInfo('a-1/' + name.replace('__', '/').replace('_', '.'))
            info.size = len(text)
            archive.addfile(info, io.BytesIO(text.encode()))


LONG = 'a = "' + 'x' * 262_000 + '"\n'
CONFIG = '[metadata]\nname = a\nversion = 1\n'
SETUP = 'from setuptools import setup\n'

# Cheap to write and dear to evaluate: what one budget for all values of a file is for (src/Resolver.Archives/Metadata/ReadingBudget.cs).
EVALUATED = {
    'sums-of-texts': {'setup_py': SETUP + LONG + 'setup(name="a", keywords=[' + 'a+a+a+a,' * 90_000 + '])'},
    'sum-of-lists': {'setup_py': SETUP + 'setup(name="a", version="1", install_requires=' + '+'.join(['["a"]'] * 100_000) + ')'},
    'splats': {'setup_py': SETUP + 'a = [' + '1,' * 50_000 + ']\nsetup(name="a", keywords=[' + '[*a],' * 90_000 + '])'},
    'splits': {'setup_py': SETUP + 'a = "' + 'b ' * 130_000 + '"\nsetup(name="a", keywords=[' + 'a.split(),' * 80_000 + '])'},
    'one-list-often': {'setup_py': SETUP, 'setup_cfg': CONFIG + '[options]\ninstall_requires = file: ' + 'r.txt,' * 60_000, 'r_txt': 'a\n' * 250_000},
    'extras-of-one-list': {'setup_py': SETUP, 'setup_cfg': CONFIG + '[options.extras_require]\n' + ''.join(f'e{i} = file: r.txt\n' for i in range(20_000)), 'r_txt': 'a\n' * 5_000},
    'long-marker': {'setup_py': SETUP + 'setup(name="a", version="1", install_requires=f())', 'PKG-INFO': 'Metadata-Version: 1.0\nName: a\nVersion: 1\n', 'a_egg-info__requires_txt': '[:' + ' or '.join(f"python_version == '{i}'" for i in range(4_000)) + ']\n' + 'a\n' * 60_000},
    'poetry-extras': {'pyproject_toml': '[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n[tool.poetry]\nname = "a"\nversion = "1"\n[tool.poetry.dependencies]\n' + ''.join(f'd{i} = {{version = "*", optional = true}}\n' for i in range(3_000)) + '[tool.poetry.extras]\n' + ''.join(f'x{i} = [' + ','.join(f'"d{j}"' for j in range(3_000)) + ']\n' for i in range(10))},
}

FILES = {
    'nothing.tar.gz': lambda path: gzipped(lambda write: write(entry(b'a-1/pyproject.toml', PROJECT) + b'\0' * 1024), path),
    'everything.tar': lambda path: plain(tar_of_everything, path),
    'everything.tar.gz': lambda path: gzipped(tar_of_everything, path),
    'dictionary.tar.xz': lambda path: xz_dictionary(path, alone=False),
    'dictionary.tar.lzma': lambda path: xz_dictionary(path, alone=True),
    'long-names.tar.gz': lambda path: gzipped(tar_of_long_names, path),
    'projects.tar.gz': lambda path: gzipped(tar_of_projects, path),
    'directory.zip': zip_directory,
    'contents.zip': zip_contents,
    'setup.tar.gz': gigantic_python,
    'toml.tar.gz': gigantic_toml,
    **{f'{name}.tar.gz': lambda path, files=files: project_of(path, **files) for name, files in EVALUATED.items()},
}


def scan(resolver, path, patience):
    begin = time.monotonic()
    process = subprocess.Popen([resolver, 'scan', str(path), '--no-cache', '--no-config', '--no-progress', '-j', '1', '--format', 'json'], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    killer = threading.Timer(patience, process.kill)
    killer.start()
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    killer.cancel()
    code = os.waitstatus_to_exitcode(status)
    try:
        first = json.loads(said.split(b'\n')[0])
        problem = next((each['code'] for each in first['problems']), 'read')
    except (ValueError, KeyError):
        problem = said.decode('utf-8', 'replace').strip().split('\n')[-1][:100]
    return code, usage.ru_maxrss / 1024, time.monotonic() - begin, problem


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--resolver', required=True)
    parser.add_argument('--limit', type=int, default=640, metavar='MIB')
    parser.add_argument('--work')
    parser.add_argument('--only', default='')
    arguments = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory(dir=arguments.work) as folder:
        print(f'{"file":<22}{"size, MB":>10}{"seconds":>10}{"held, MiB":>11}  said')
        for name, make in FILES.items():
            if arguments.only not in name:
                continue
            path = pathlib.Path(folder, name)
            make(path)
            code, held, seconds, said = scan(arguments.resolver, path, 300)
            wrong = code != 0 or held > arguments.limit
            failed |= wrong
            print(f'{name:<22}{path.stat().st_size / 1e6:>10.1f}{seconds:>10.1f}{held:>11.0f}  {said}{f" (exit code {code})" if code else ""}{"  <-- beyond the limit" if held > arguments.limit else ""}', flush=True)
            path.unlink()
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
