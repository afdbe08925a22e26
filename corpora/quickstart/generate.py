#!/usr/bin/env python3
"""Makes the archives of this corpus from sources/, the same bytes every time and with every Python.

    python3 generate.py [FOLDER]      writes FOLDER/batch, FOLDER/archive, FOLDER/impossible (default: beside this file)

Standard library only. Nothing depends on the clock, the user, the order of files on disk or the version of zlib: times and
owners are fixed, members are sorted, gzip is written without name and time and, as zip, without compression. Only
letter_stamp-1.0.tar.bz2 passes through a compressor, and bzip2's output has been the same for decades.
"""

import bz2
import io
import os
import struct
import sys
import tarfile
import tempfile
import zipfile
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
SOURCES = os.path.join(HERE, "sources")

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(SOURCES, "tinybuild"))
from tinybuild import FEATURES  # noqa: E402
from tinybuild.backend import sdist_files, wheel_bytes  # noqa: E402
from tinybuild.project import Project  # noqa: E402

FEATURES[:] = ["data", "generate", "scripts"]  # the templates' own tinybuild has none filled in

TYPED = '\n[tool.tinybuild]\ndata = ["letters/py.typed"]'
SCRIPT = '\n[project.scripts]\nletters = "letters:main"' + "\n" + TYPED

# File: (source tree, what its @placeholders@ stand for). 'git' in the third place: as 'git archive' makes it, without PKG-INFO.
RELEASES = {
    "tinybuild-1.0.tar.gz": ("tinybuild", {"version": "1.0", "features": "", "requires-python": ">=3.8"}),
    "tinybuild-1.1.tar.gz": ("tinybuild", {"version": "1.1", "features": "data generate", "requires-python": ">=3.8"}),
    "tinybuild-2.0.tar.gz": ("tinybuild", {"version": "2.0", "features": "data generate scripts", "requires-python": ">=3.8"}),
    "tinybuild-3.0.tar.gz": ("tinybuild", {"version": "3.0", "features": "data generate scripts", "requires-python": ">=3.99"}),
    "letters-1.0.tar.gz": ("letters", {"version": "1.0", "build": ">=1.0", "more": ""}),
    "letters-1.1.tar.gz": ("letters", {"version": "1.1", "build": ">=1.1", "more": TYPED}),
    "letters-2.0.tar.gz": ("letters", {"version": "2.0", "build": ">=2", "more": SCRIPT}),
    "letters-3.0.tar.gz": ("letters", {"version": "3.0", "build": ">=4", "more": SCRIPT}),
    "letter_stamp-1.0.tar.bz2": ("letter-stamp", {"version": "1.0"}, "git"),
    "poster-1.0.tar.gz": ("poster", {"version": "1.0", "letters": ">=1.0,<2"}),
    "poster-2.0.tar.gz": ("poster", {"version": "2.0", "letters": ">=2"}),
    "inkpot-0.9.zip": ("inkpot", {"version": "0.9"}, "git"),
    "inkpot-1.0-py3-none-any.whl": ("inkpot", {"version": "1.0"}),
}

FOLDERS = {
    "batch": ["tinybuild-2.0.tar.gz", "letters-1.1.tar.gz", "letter_stamp-1.0.tar.bz2", "poster-1.0.tar.gz", "inkpot-0.9.zip"],
    "archive": list(RELEASES),
    "impossible": ["tinybuild-1.0.tar.gz", "letters-1.1.tar.gz", "inkpot-0.9.zip"],
}


def tar(stem, files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for path, content in files:
            member = tarfile.TarInfo(stem + "/" + path)
            member.size, member.mode, member.mtime = len(content), 0o644, 315532800  # 1980-01-01, the first time zip can hold
            archive.addfile(member, io.BytesIO(content))
    return buffer.getvalue()


def gzip_stored(content):
    """A gzip member of stored blocks (RFC 1951, 3.2.4): what a compressor makes differs from zlib to zlib, this cannot."""
    blocks = [content[start:start + 65535] for start in range(0, len(content), 65535)] or [b""]
    body = b"".join(
        struct.pack("<BHH", index == len(blocks) - 1, len(block), len(block) ^ 0xFFFF) + block for index, block in enumerate(blocks))
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + body + struct.pack("<II", zlib.crc32(content), len(content))


def zipped(stem, files):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files:
            member = zipfile.ZipInfo(stem + "/" + path, (1980, 1, 1, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o100644 << 16
            archive.writestr(member, content)
    return buffer.getvalue()


def fill(source, values, target):
    """Copies a source tree, each @placeholder@ replaced."""
    for folder, folders, files in os.walk(os.path.join(SOURCES, source)):
        folders[:] = sorted(f for f in folders if f != "__pycache__")
        for file in files:
            with open(os.path.join(folder, file), encoding="utf-8", newline="\n") as stream:
                text = stream.read()
            for key, value in values.items():
                text = text.replace("@%s@" % key, value)
            path = os.path.join(target, os.path.relpath(os.path.join(folder, file), os.path.join(SOURCES, source)))
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text.rstrip("\n") + "\n" if text else "")


def pack(name, source, values, kind=None):
    with tempfile.TemporaryDirectory() as tree:
        fill(source, values, tree)
        project = Project(tree)
        if name.endswith(".whl"):
            return wheel_bytes(project)
        files = list(sdist_files(project))[1 if kind == "git" else 0:]
    if name.endswith(".zip"):
        return zipped(project.stem, files)
    return bz2.compress(tar(project.stem, files), 9) if name.endswith(".bz2") else gzip_stored(tar(project.stem, files))


def main(target):
    made = {name: pack(name, *release) for name, release in RELEASES.items()}
    for folder, names in FOLDERS.items():
        os.makedirs(os.path.join(target, folder), exist_ok=True)
        for name in names:
            with open(os.path.join(target, folder, name), "wb") as file:
                file.write(made[name])


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else HERE)
