"""The hooks of PEP 517. The same tree gives the same bytes."""

import base64
import gzip
import hashlib
import io
import os
import tarfile
import zipfile

from . import __version__
from .project import Project

WHEEL = "Wheel-Version: 1.0\nGenerator: tinybuild %s\nRoot-Is-Purelib: true\nTag: py3-none-any\n" % __version__


def get_requires_for_build_wheel(config_settings=None):
    return []


def get_requires_for_build_sdist(config_settings=None):
    return []


def prepare_metadata_for_build_wheel(metadata_directory, config_settings=None):
    project = Project()
    folder = project.stem + ".dist-info"
    os.makedirs(os.path.join(metadata_directory, folder))
    for path, content in _dist_info(project):
        with open(os.path.join(metadata_directory, path), "wb") as file:
            file.write(content)
    return folder


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = Project()
    name = project.stem + "-py3-none-any.whl"
    with open(os.path.join(wheel_directory, name), "wb") as file:
        file.write(wheel_bytes(project))
    return name


def build_sdist(sdist_directory, config_settings=None):
    project = Project()
    name = project.stem + ".tar.gz"
    with open(os.path.join(sdist_directory, name), "wb") as raw:
        with gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
            with tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as tar:
                for path, content in sdist_files(project):
                    member = tarfile.TarInfo(project.stem + "/" + path)
                    member.size = len(content)
                    tar.addfile(member, io.BytesIO(content))
    return name


def sdist_files(project):
    """Path and bytes of everything in an sdist, PKG-INFO first."""
    yield "PKG-INFO", project.metadata().encode("utf-8")
    for path in project.sources():
        with open(os.path.join(project.root, path), "rb") as file:
            yield path, file.read()


def wheel_bytes(project):
    """A whole wheel (PEP 427): not compressed, all times 1980-01-01, RECORD last."""
    buffer = io.BytesIO()
    record = []
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as wheel:
        for path, content in project.modules() + _dist_info(project):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode("ascii")
            record.append("%s,sha256=%s,%d\n" % (path, digest, len(content)))
            wheel.writestr(_member(path), content)
        path = project.stem + ".dist-info/RECORD"
        wheel.writestr(_member(path), "".join(record) + path + ",,\n")
    return buffer.getvalue()


def _member(path):
    member = zipfile.ZipInfo(path, (1980, 1, 1, 0, 0, 0))
    member.create_system = 3  # Unix, wherever this runs
    member.external_attr = 0o100644 << 16
    return member


def _dist_info(project):
    files = [("METADATA", project.metadata()), ("WHEEL", WHEEL), ("entry_points.txt", project.entry_points())]
    return [("%s.dist-info/%s" % (project.stem, name), text.encode("utf-8")) for name, text in files if text]
