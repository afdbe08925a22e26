"""Says what this interpreter is and what it has installed, as JSON behind a marker line.

Runs in the interpreter as the user has it set up: site, .pth files and sitecustomize included.
Needs nothing but the standard library of Python 3.8 or later.
"""
import json
import os
import platform
import sys
import sysconfig

MARKER = sys.argv[1]

# A script on standard input has the current folder in front of its path; what lies there by chance is not installed.
if sys.path and sys.path[0] == "":
    del sys.path[0]


def full_version(info):
    text = "{0.major}.{0.minor}.{0.micro}".format(info)
    if info.releaselevel != "final":
        text += info.releaselevel[0] + str(info.serial)
    return text


def markers():
    implementation = sys.implementation
    return {
        "implementation_name": implementation.name,
        "implementation_version": full_version(implementation.version),
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def glibc():
    try:
        text = os.confstr("CS_GNU_LIBC_VERSION")
    except (AttributeError, OSError, ValueError):
        return None
    parts = (text or "").split()
    return parts[1] if len(parts) == 2 and parts[0] == "glibc" else None


def musl():
    """The version of musl by the name of the loader, which says it when it is run without arguments (PEP 656)."""
    try:
        with open(sys.executable, "rb") as file:
            head = file.read(1 << 16)
    except OSError:
        return None
    at = head.find(b"/ld-musl-")
    if at < 0:
        return None
    start = head.rfind(b"\0", 0, at) + 1
    loader = head[start:head.find(b"\0", at)].decode("ascii", "replace")
    import subprocess

    try:
        said = subprocess.run([loader], stderr=subprocess.PIPE, timeout=10).stderr.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return None
    for line in said.splitlines():
        if line.startswith("Version "):
            return line.split()[1]
    return None


def tags():
    config = sysconfig.get_config_var
    linux = sys.platform.startswith("linux")
    return {
        "version": list(sys.version_info[:2]),
        "platform": sysconfig.get_platform(),
        "soabi": config("SOABI"),
        "ext_suffix": config("EXT_SUFFIX"),
        "free_threaded": bool(config("Py_GIL_DISABLED")),
        "debug": bool(config("Py_DEBUG")) or hasattr(sys, "gettotalrefcount"),
        "bits": 64 if sys.maxsize > 2**32 else 32,
        "glibc": glibc() if linux else None,
        "musl": musl() if linux and glibc() is None else None,
        "mac": platform.mac_ver()[0] if sys.platform == "darwin" else None,
        "machine": platform.machine(),
    }


def layout():
    """Where pip puts things for --prefix: the preferred scheme for that, filled in with a prefix of our own."""
    base = "/resolver-prefix" if os.name != "nt" else "C:\\resolver-prefix"
    if hasattr(sysconfig, "get_preferred_scheme"):
        scheme = sysconfig.get_preferred_scheme("prefix")
    elif hasattr(sysconfig, "_get_preferred_schemes"):
        scheme = sysconfig._get_preferred_schemes()["prefix"]
    else:
        scheme = "nt" if os.name == "nt" else "posix_prefix"
    # As pip: a framework's scheme is not for a prefix.
    if scheme == "osx_framework_library" or scheme not in sysconfig.get_scheme_names():
        scheme = "posix_prefix"
    names = ("base", "platbase", "installed_base", "installed_platbase")
    paths = sysconfig.get_paths(scheme, vars=dict.fromkeys(names, base))
    result = {}
    for key in ("purelib", "platlib", "scripts", "data"):
        relative = os.path.relpath(paths[key], base)
        result[key] = "" if relative == "." else relative.replace(os.sep, "/")
    return result


def location(distribution):
    """The dist-info or egg-info of a distribution, where it has one on disk."""
    path = getattr(distribution, "_path", None)
    try:
        return None if path is None else os.fspath(path)
    except TypeError:
        text = str(path)
        return text if os.path.exists(text) else None


def installed():
    try:
        from importlib import metadata
    except ImportError:
        return [], "importlib.metadata is missing"
    found, broken = [], []
    iterator = iter(metadata.distributions())
    while True:
        try:
            distribution = next(iterator)
        except StopIteration:
            break
        except Exception as error:  # a finder of the user's that fails
            broken.append("{}: {}".format(type(error).__name__, error))
            break
        entry = {"path": None, "metadata": None, "requires": None, "error": None}
        try:
            entry["path"] = location(distribution)
            text = distribution.read_text("METADATA")
            if text is None:
                text = distribution.read_text("PKG-INFO")
                # Egg-info keeps its requirements in a file of its own; importlib knows how to read it.
                if text is not None:
                    entry["requires"] = list(distribution.requires or [])
            if text is None:
                # 'path' of an egg-info that is a file, or a finder that makes its metadata up.
                text = distribution.metadata.as_string() if distribution.metadata is not None else None
                if text:
                    entry["requires"] = list(distribution.requires or [])
            entry["metadata"] = text
        except Exception as error:
            entry["error"] = "{}: {}".format(type(error).__name__, error)
        found.append(entry)
    return found, "; ".join(broken) or None


def pip_version():
    try:
        import importlib.util
        from importlib import metadata

        if importlib.util.find_spec("pip") is None:
            return None
        return metadata.version("pip")
    except Exception:
        return None


def externally_managed():
    if sys.prefix != sys.base_prefix:
        return False
    return os.path.exists(os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED"))


def main():
    found, error = installed()
    answer = {
        "executable": sys.executable,
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "path": [str(entry) for entry in sys.path],
        "markers": markers(),
        "tags": tags(),
        "layout": layout(),
        "pip": pip_version(),
        "externally_managed": externally_managed(),
        "installed": found,
        "installed_error": error,
    }
    # ASCII and one line, so that neither encodings nor what start-up files print can spoil it.
    sys.stdout.flush()
    sys.stdout.write("\n" + MARKER + json.dumps(answer, ensure_ascii=True) + "\n")
    sys.stdout.flush()


main()
