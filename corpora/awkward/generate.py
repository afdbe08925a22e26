#!/usr/bin/env python3
"""Makes the archives of this corpus, the same bytes every time and with every Python.

    python3 generate.py [FOLDER]      writes FOLDER/archive (default: beside this file)

Standard library only. Nothing depends on the clock, the user, or the version of zlib: times and owners are fixed, gzip and zip are
written without compression, zstd by hand in raw blocks. bzip2 and lzma have been the same for decades, and each is used once or twice.
"""

import bz2
import io
import lzma
import os
import shutil
import struct
import sys
import tarfile
import zipfile
import zlib

tarfile.RECORDSIZE = 1024  # small files: no padding to twenty blocks

BUILD = "[build-system]\nrequires = [\"backend>=1\"]\nbuild-backend = \"backend\"\n"
SETUP = "from setuptools import setup\nsetup()\n"


def project(name, version, *lines):
    return BUILD + f"\n[project]\nname = \"{name}\"\nversion = \"{version}\"\n" + "".join(line + "\n" for line in lines)


def info(name, version, *lines, metadata="2.2"):
    return f"Metadata-Version: {metadata}\nName: {name}\nVersion: {version}\n" + "".join(line + "\n" for line in lines)


def encoded(content):
    return content if isinstance(content, bytes) else content.encode()


def tar(files, top, form=tarfile.USTAR_FORMAT, links=(), encoding="utf-8"):
    """A tar of FILES below TOP (none where it is empty); LINKS are (name, target, kind)."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=form, encoding=encoding) as archive:
        for name, content in files:
            entry = tarfile.TarInfo(f"{top}/{name}" if top else name)
            entry.size, entry.mode = len(encoded(content)), 0o644
            archive.addfile(entry, io.BytesIO(encoded(content)))
        for name, target, kind in links:
            entry = tarfile.TarInfo(f"{top}/{name}")
            entry.type, entry.linkname = kind, target
            archive.addfile(entry)
    return buffer.getvalue()


def gzip(data):
    blocks = b"".join(
        struct.pack("<BHH", start + 65535 >= len(data), len(part), len(part) ^ 0xFFFF) + part
        for start in range(0, len(data), 65535) for part in [data[start:start + 65535]])
    return b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + blocks + struct.pack("<II", zlib.crc32(data), len(data))


def zstd(data):
    assert len(data) < 1 << 17
    return b"\x28\xb5\x2f\xfd\xa0" + struct.pack("<I", len(data)) + struct.pack("<I", 1 | len(data) << 3)[:3] + data


def zipped(files, top):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(f"{top}/{name}" if top else name, (1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, encoded(content))
    return buffer.getvalue()


def wheel(name, version, tag="py3-none-any", *lines, folder=None, leave_out=(), metadata=None, wheel_version="1.0"):
    folder = folder or f"{name}-{version}.dist-info"
    files = {
        f"{name}.py": "",
        f"{folder}/METADATA": metadata or info(name, version, *lines),
        f"{folder}/WHEEL": f"Wheel-Version: {wheel_version}\nGenerator: corpus\nRoot-Is-Purelib: true\nTag: {tag}\n",
        f"{folder}/RECORD": "",
    }
    return zipped([(path, content) for path, content in files.items() if path.split("/")[-1] not in leave_out], "")


def kinds():
    """One project a container: a version each."""
    files = lambda version: tar([("PKG-INFO", info("every-kind", version)), ("pyproject.toml", project("every-kind", version))], f"every_kind-{version}")
    yield "every_kind-1.0.tar", files("1.0")
    yield "every_kind-1.1.tar.gz", gzip(files("1.1"))
    yield "every_kind-1.2.tgz", gzip(files("1.2"))
    yield "every_kind-1.3.tar.bz2", bz2.compress(files("1.3"))
    yield "every_kind-1.4.tbz2", bz2.compress(files("1.4"))
    yield "every_kind-1.5.tar.xz", lzma.compress(files("1.5"))
    yield "every_kind-1.6.txz", lzma.compress(files("1.6"))
    yield "every_kind-1.7.tar.lzma", lzma.compress(files("1.7"), format=lzma.FORMAT_ALONE)
    yield "every_kind-1.8.tar.zst", zstd(files("1.8"))
    yield "every_kind-1.9.zip", zipped([("pyproject.toml", project("every-kind", "1.9"))], "every_kind-1.9")
    yield "every_kind-2.0.TAR.GZ", gzip(files("2.0"))
    yield "every_kind-2.1.tar.gz", lzma.compress(files("2.1"))  # the suffix lies
    yield "every_kind-2.2.tar.gz", files("2.2")  # likewise: decompressed on its way
    yield "every_kind-2.3.tar.gz", gzip(files("2.3")) + b"\0" * 512  # with what a transfer added
    yield "every_kind-2.4.tar.gz", gzip(files("2.4")[:1024]) + gzip(files("2.4")[1024:])  # two members


def names():
    """Names of files, folders, projects and versions."""
    plain = lambda name, version, top, **more: gzip(tar([("pyproject.toml", project(name, version))], top, **more))
    yield "Odd.Name__x-1.0.tar.gz", plain("Odd.Name__x", "1.0", "Odd.Name__x-1.0")
    yield "many-hyphens-in-it-1.0.tar.gz", plain("many-hyphens-in-it", "1.0", "many-hyphens-in-it-1.0")
    yield "python-distributor_1.0.orig.tar.gz", plain("distributor", "1.0", "distributor-1.0")
    yield "v1.2.tar.gz", plain("of-a-tag", "1.2", "of-a-tag-1.2")
    yield "0f3c2d1.zip", zipped([("pyproject.toml", project("of-a-commit", "0.1"))], "of-a-commit-0f3c2d1")
    yield "with space-1.0.tar.gz", plain("with-space", "1.0", "with space-1.0")
    yield "größe-1.0.tar.gz", plain("groesse", "1.0", "größe-1.0")
    yield "another_name-1.0.tar.gz", plain("this-name", "1.0", "this_name-1.0")
    yield "another_version-1.0.tar.gz", plain("another-version", "2.0", "another_version-2.0")
    yield "no_top-1.0.tar.gz", plain("no-top", "1.0", "")
    yield "dot_top-1.0.tar.gz", plain("dot-top", "1.0", "./dot_top-1.0")
    yield "only_dot-1.0.tar.gz", plain("only-dot", "1.0", ".")
    yield "by_file_name-3.1.tar.gz", gzip(tar([("setup.py", SETUP)], ""))
    yield "by_folder-3.2.tar.gz", gzip(tar([("setup.py", SETUP)], "by_folder-3.2"))
    yield "epoch-1!2.0.tar.gz", plain("epoch", "1!2.0", "epoch-1!2.0")
    yield "local-1.0+deb.1.tar.gz", plain("local", "1.0+deb-1", "local-1.0+deb.1")
    yield "unnormal-1.0rc1.tar.gz", plain("unnormal", "v1.0-RC.1", "unnormal-1.0rc1")
    yield "no_version-x.tar.gz", plain("no-version", "banana", "no_version-x")
    yield "long_name-1.0.tar.gz", plain("long-name", "1.0", "d" * 90 + "/" + "e" * 90, form=tarfile.GNU_FORMAT)
    yield "pax_name-1.0.tar.gz", plain("pax-name", "1.0", "ü" * 60 + "-1.0", form=tarfile.PAX_FORMAT)


def folders():
    """Projects below the top."""
    inner = lambda name: project(name, "1.0")
    yield "one_below-1.0.tar.gz", gzip(tar([("README", ""), ("python/pyproject.toml", inner("one-below"))], "one_below-1.0"))
    yield "several_below-1.0.tar.gz", gzip(tar(
        [("pyproject.toml", inner("several-below")), ("client/pyproject.toml", inner("several-client")), ("tests/pyproject.toml", inner("not-this")), ("docs/pyproject.toml", inner("nor-this"))],
        "several_below-1.0"))
    yield "deep_below-1.0.tar.gz", gzip(tar([("a/b/pyproject.toml", inner("deep-below"))], "deep_below-1.0"))
    yield "linked-1.0.tar.gz", gzip(tar([("real/PKG-INFO", info("linked", "1.0", "Requires-Dist: behind-link")), ("setup.py", SETUP)], "linked-1.0", links=[("PKG-INFO", "real/PKG-INFO", tarfile.SYMTYPE)]))
    yield "inside_a_zip-1.0.zip", zipped([("every_kind-9.tar.gz", gzip(tar([("setup.py", SETUP)], "every_kind-9")))], "inside_a_zip-1.0")


def old():
    """What projects said of themselves before Metadata 2.2 and [project]."""
    yield "literal_setup-1.0.tar.gz", gzip(tar([("setup.py", "from setuptools import setup\nNEEDS = ['a>=1', 'b']\nsetup(name='literal-setup', version='1.0', install_requires=NEEDS, extras_require={'x': ['c']})\n")], "literal_setup-1.0"))
    yield "computed_setup-1.0.tar.gz", gzip(tar([("setup.py", "import os\nfrom setuptools import setup\nsetup(name='computed-setup', version='1.0', install_requires=os.environ['NEEDS'].split())\n")], "computed_setup-1.0"))
    yield "distutils_only-1.0.tar.gz", gzip(tar([("setup.py", "from distutils.core import setup\nsetup(name='distutils-only', version='1.0')\n"), ("PKG-INFO", info("distutils-only", "1.0", metadata="1.0"))], "distutils_only-1.0"))
    yield "setup_cfg-1.0.tar.gz", gzip(tar([("setup.cfg", "[metadata]\nname = setup-cfg\nversion = 1.0\n[options]\ninstall_requires =\n    a>=1\n    b; python_version < '3'\n[options.extras_require]\nx = c\n"), ("setup.py", SETUP)], "setup_cfg-1.0"))
    yield "egg_info-1.0.tar.gz", gzip(tar([("PKG-INFO", info("egg-info", "1.0", metadata="1.1")), ("setup.py", SETUP), ("egg_info.egg-info/requires.txt", "a>=1\n\n[x]\nc\n\n[:python_version<'3']\nb\n")], "egg_info-1.0"))
    yield "pkg_info_2_1-1.0.tar.gz", gzip(tar([("PKG-INFO", info("pkg-info-2-1", "1.0", "Requires-Dist: a", metadata="2.1")), ("setup.py", SETUP)], "pkg_info_2_1-1.0"))
    yield "dynamic-1.0.tar.gz", gzip(tar([("PKG-INFO", info("dynamic", "1.0", "Dynamic: Requires-Dist", "Requires-Dist: a")), ("pyproject.toml", BUILD)], "dynamic-1.0"))
    yield "old_flit-1.0.tar.gz", gzip(tar([("pyproject.toml", "[build-system]\nrequires = [\"flit_core\"]\nbuild-backend = \"flit_core.buildapi\"\n[tool.flit.metadata]\nmodule = \"old_flit\"\nrequires = [\"a\"]\n"), ("old_flit.py", "'''A module.'''\n__version__ = '1.0'\n")], "old_flit-1.0"))
    yield "poetry-1.0.tar.gz", gzip(tar([("pyproject.toml", "[build-system]\nrequires = [\"poetry-core\"]\nbuild-backend = \"poetry.core.masonry.api\"\n[tool.poetry]\nname = \"poetry\"\nversion = \"1.0\"\n[tool.poetry.dependencies]\npython = \"^3.8\"\na = \"^1.2\"\nb = { version = \"*\", optional = true }\n[tool.poetry.extras]\nx = [\"b\"]\n")], "poetry-1.0"))
    yield "future-1.0.tar.gz", gzip(tar([("PKG-INFO", info("future", "1.0", metadata="9.0")), ("setup.py", SETUP)], "future-1.0"))
    yield "old_egg-1.0-py2.7.egg", zipped([("EGG-INFO/PKG-INFO", info("old-egg", "1.0", metadata="1.0"))], "")


def encodings():
    """Bytes that are not plain UTF-8 with line feeds."""
    sdist = lambda files, top: gzip(tar(files, top))
    yield "latin_info-1.0.tar.gz", sdist([("PKG-INFO", info("latin-info", "1.0", "Author: Zoë", "Requires-Dist: a").encode("latin-1")), ("setup.py", SETUP)], "latin_info-1.0")
    yield "marked_info-1.0.tar.gz", sdist([("PKG-INFO", "\ufeff" + info("marked-info", "1.0", "Requires-Dist: a")), ("setup.py", SETUP)], "marked_info-1.0")
    yield "returns_info-1.0.tar.gz", sdist([("PKG-INFO", info("returns-info", "1.0", "Requires-Dist: a").replace("\n", "\r\n")), ("setup.py", SETUP)], "returns_info-1.0")
    yield "folded_info-1.0.tar.gz", sdist([("PKG-INFO", info("folded-info", "1.0", "Requires-Dist: a", "  >=1", "Description: a", "        |b")), ("setup.py", SETUP)], "folded_info-1.0")
    yield "body_info-1.0.tar.gz", sdist([("PKG-INFO", info("body-info", "1.0") + "\nRequires-Dist: not-this\n"), ("setup.py", SETUP)], "body_info-1.0")
    yield "cookie_setup-1.0.tar.gz", sdist([("setup.py", "# -*- coding: latin-1 -*-\nfrom setuptools import setup\nsetup(name='cookie-setup', version='1.0', author='Zoë', install_requires=['a'])\n".encode("latin-1"))], "cookie_setup-1.0")
    yield "marked_toml-1.0.tar.gz", sdist([("pyproject.toml", "\ufeff" + project("marked-toml", "1.0"))], "marked_toml-1.0")
    yield "returns_toml-1.0.tar.gz", sdist([("pyproject.toml", project("returns-toml", "1.0").replace("\n", "\r\n"))], "returns_toml-1.0")
    yield "wide_toml-1.0.tar.gz", sdist([("pyproject.toml", project("wide-toml", "1.0").encode("utf-16"))], "wide_toml-1.0")
    yield "latin_toml-1.0.tar.gz", sdist([("pyproject.toml", project("latin-toml", "1.0", 'description = "Zoë"').encode("latin-1"))], "latin_toml-1.0")
    yield "latin_entry-1.0.tar.gz", gzip(tar([("pyproject.toml", project("latin-entry", "1.0")), ("größe.txt", "")], "latin_entry-1.0", encoding="latin-1"))


def requirements():
    """Requirements that are hard to read, or none."""
    one = lambda name, text: gzip(tar([("pyproject.toml", project(name, "1.0", f"dependencies = [{text}]"))], f"{name.replace('-', '_')}-1.0"))
    yield "asks_url-1.0.tar.gz", one("asks-url", "'a @ https://example.invalid/a-1.0.tar.gz ; python_version > \"3\"'")
    yield "asks_extras-1.0.tar.gz", one("asks-extras", "'A.b[x, Y_z]>=1,!=1.5.*,<2'")
    yield "asks_legacy-1.0.tar.gz", one("asks-legacy", "'a (>=1.0)', 'b==1.*'")
    yield "asks_nonsense-1.0.tar.gz", one("asks-nonsense", "'a', '>=1'")
    yield "asks_twice-1.0.tar.gz", one("asks-twice", "'a>=1', 'A<2', 'a'")
    yield "asks_itself-1.0.tar.gz", gzip(tar([("pyproject.toml", project("asks-itself", "1.0", "[project.optional-dependencies]", "all = ['asks-itself[x]']", "x = ['c']"))], "asks_itself-1.0"))


def wheels():
    yield "plain-1.0-py3-none-any.whl", wheel("plain", "1.0", "py3-none-any", "Requires-Dist: a", "Provides-Extra: x", "Requires-Dist: c; extra == 'x'")
    yield "build_tag-1.0-2b-py3-none-any.whl", wheel("build_tag", "1.0")
    yield "two_tags-1.0-py2.py3-none-any.whl", wheel("two_tags", "1.0", "py2-none-any\nTag: py3-none-any")
    yield "Spelt.Otherwise-1.0-py3-none-any.whl", wheel("spelt_otherwise", "1.0", folder="Spelt.Otherwise-1.0.dist-info")
    yield "two_infos-1.0-py3-none-any.whl", zipped([("two_infos-1.0.dist-info/METADATA", info("two-infos", "1.0")), ("other-1.0.dist-info/METADATA", info("other", "1.0"))], "")
    yield "no_info-1.0-py3-none-any.whl", zipped([("no_info.py", "")], "")
    yield "no_record-1.0-py3-none-any.whl", wheel("no_record", "1.0", leave_out=["RECORD"])
    yield "no_wheel_file-1.0-py3-none-any.whl", wheel("no_wheel_file", "1.0", leave_out=["WHEEL"])
    yield "wheel_two-1.0-py3-none-any.whl", wheel("wheel_two", "1.0", wheel_version="2.0")
    yield "not_its_name-1.0-py3-none-any.whl", wheel("another", "1.0")
    yield "short-1.0-any.whl", wheel("short", "1.0")


def broken():
    whole = gzip(tar([("pyproject.toml", project("cut", "1.0"))], "cut-1.0"))
    yield "cut-1.0.tar.gz", whole[:-600]
    yield "flipped-1.0.tar.gz", whole[:700] + bytes([whole[700] ^ 1]) + whole[701:]
    yield "nothing-1.0.tar.gz", b""
    yield "page-1.0.tar.gz", b"<!doctype html><title>404 Not Found</title>\n"
    yield "climbs-1.0.tar.gz", gzip(tar([("../../evil.py", ""), ("pyproject.toml", project("climbs", "1.0"))], "climbs-1.0"))
    yield "twice_inside-1.0.tar.gz", gzip(tar([("pyproject.toml", project("twice-inside", "0.9")), ("pyproject.toml", project("twice-inside", "1.0"))], "twice_inside-1.0"))
    yield "case_only-1.0.tar.gz", gzip(tar([("pyproject.toml", project("case-only", "1.0")), ("PyProject.toml", project("case-only", "1.1"))], "case_only-1.0"))
    yield "no_project-1.0.tar.gz", gzip(tar([("README", "")], "no_project-1.0"))
    yield "bad_toml-1.0.tar.gz", gzip(tar([("pyproject.toml", "[project\n")], "bad_toml-1.0"))
    yield "first/same-1.0.tar.gz", gzip(tar([("pyproject.toml", project("same", "1.0"))], "same-1.0"))
    yield "second/same-1.0.tar.gz", gzip(tar([("pyproject.toml", project("same", "1.0", "dependencies = ['a']"))], "same-1.0"))


def main(folder):
    for part in (kinds, names, folders, old, encodings, requirements, wheels, broken):
        for name, content in part():
            path = os.path.join(folder, "archive", part.__name__, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(content)


if __name__ == "__main__":
    target = sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))
    shutil.rmtree(os.path.join(target, "archive"), ignore_errors=True)
    main(target)
