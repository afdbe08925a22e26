"""Says what this interpreter is and what it has installed, as JSON behind a marker line.

Runs in the interpreter as the user has it set up: site, .pth files and sitecustomize included.
Needs nothing but the standard library of Python 3.8 or later.
"""
import sys

# A script on standard input has the current folder in front of its path; what lies there by chance is not installed,
# and must not stand in for the standard library.
if sys.path and sys.path[0] == "":
    del sys.path[0]

import json
import os
import platform
import sysconfig

MARKER = sys.argv[1]

# What start-up files have brought in, before anything here does.
BROUGHT = dict(sys.modules)


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


def every_distribution(metadata, broken):
    """What metadata.distributions() gives, but a finder that fails hides nothing of the others."""
    for finder in sys.meta_path:
        find = getattr(finder, "find_distributions", None)
        if find is None:
            continue
        try:
            for distribution in find(metadata.DistributionFinder.Context()):
                yield distribution
        except Exception as error:
            kind = finder if isinstance(finder, type) else type(finder)
            broken.append(
                "the finder {}.{} failed ({}: {}): what it would show as installed is missing".format(
                    kind.__module__, kind.__qualname__, type(error).__name__, error
                )
            )


def installed():
    try:
        from importlib import metadata
    except ImportError:
        return [], "importlib.metadata is missing"
    found, broken = [], []
    for distribution in every_distribution(metadata, broken):
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


# What start-up files of others are known to run without any effect on which distributions there are: setuptools' own distutils, its editable installs and namespace
# packages, virtualenv, easy_install.
HARMLESS = (
    "import os; var = 'SETUPTOOLS_USE_DISTUTILS'; enabled = os.environ.get(var, '",
    "import __editable___",
    "import sys, types, os;has_mfs = sys.version_info > (3, 5);p = os.path.join(sys._getframe(1).f_locals['sitedir'], *(",
    "import sys, types, os;p = os.path.join(sys._getframe(1).f_locals['sitedir'], *(",
    "import sys; sys.__plen = len(sys.path)",
    "import sys; new=sys.path[sys.__plen:]; del sys.path[sys.__plen:]; p=getattr(sys,'__egginsert',0);",
)
HARMLESS_MODULES = ("_distutils_hack", "_virtualenv")

# Words without which code does not come near the import system, nor hides what it does.
TELLING = (
    "meta_path", "path_hooks", "path_importer_cache", "addsitedir", "addpackage", "importlib.metadata", "importlib_metadata", "importlib.util", "importlib.machinery",
    "importlib.abc", "import_module", "__import__", "extend_path", "setattr", "getattr", "globals", "locals", "vars(", "__dict__", "ctypes", "b64", "base64", "marshal", "codecs",
    "fromhex", "decompress", "chr(", "runpy", "open_code",
)
PLAIN_SYS = r"\bsys\.(version_info|version|platform|executable|prefix|argv|stdout|stderr|maxsize|exit|byteorder|implementation|getfilesystemencoding)\b"


def blind(text):
    """Whether code can have no part in which distributions are found: it names nothing of the import system, and imports only what is judged likewise, what comes with
    Python, or what there is not (and whose coming would be seen in a folder of the path)."""
    import re

    text = text.replace("\\n", "\n")
    rest = re.sub(PLAIN_SYS, "", re.sub(r"\bimport[ \t]+([\w.]+[ \t]*,[ \t]*)*sys\b(?![ \t]*(as\b|\.))", "", text))
    if re.search(r"\bsys\b|\bsite\b", rest) or any(word in text for word in TELLING):
        return False
    for first in re.findall(r"(?:^|[\s;:])(?:import|from)[ \t]+([^\n;#]*)", text):
        for part in first.split(" import ")[0].split(","):
            name = part.strip().split(" ")[0].split(".")[0]
            if name and name not in sys.modules and name not in getattr(sys, "stdlib_module_names", ()) and exists(name):
                return False
    return True


def exists(name):
    import importlib.util

    try:
        return importlib.util.find_spec(name) is not None
    except Exception:
        return True


def runs_only_what_is_known(line):
    return line.strip() == "import _virtualenv" or line.startswith(HARMLESS) or blind(line)


def own_modules():
    """Files of modules that start-up files have brought in, beside Python's own; None for one that has none to be read."""
    standard = {os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    names = set(getattr(sys, "stdlib_module_names", ())) | set(sys.builtin_module_names)
    for name, module in BROUGHT.items():
        top = name.split(".")[0]
        if top in names or top.startswith("__editable___") or top in HARMLESS_MODULES or name in ("__main__", "sitecustomize", "usercustomize"):
            continue
        file = getattr(module, "__file__", None)
        if file is None:
            if getattr(module, "__path__", None) is None:
                yield name, None
            continue
        if os.path.dirname(os.path.realpath(file)) in standard or os.path.join("", "lib-dynload", "") in file:
            continue
        yield name, file if file.endswith(".py") else None


def text_of(path):
    with open(path, "rb") as file:
        return file.read().decode("utf-8", "replace")


def lines_of(path):
    return [line.rstrip() for line in text_of(path).splitlines() if line.strip() and not line.startswith("#")]


def places(found, pip):
    """What decides the answer on disk: for everything but what is installed, and for what is installed. Then why what is installed has to be asked for each time, or None."""
    import site

    basic, further, reasons = [], [], []
    for executable in {sys.executable, os.path.realpath(sys.executable), getattr(sys, "_base_executable", None) or sys.executable}:
        basic.append(executable)
        folder = os.path.dirname(executable)
        basic += [os.path.join(folder, "pyvenv.cfg"), os.path.join(os.path.dirname(folder), "pyvenv.cfg"), os.path.splitext(executable)[0] + "._pth"]
    basic += [sysconfig.get_path("stdlib"), sysconfig.get_path("platstdlib"), os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")]
    try:
        with open("/proc/self/maps") as file:
            names = (line.rstrip("\n").split(None, 5)[5:] for line in file)
            basic += {name[0] for name in names if name and os.path.basename(name[0]).startswith(("libc.so", "libc-", "ld-musl", "libpython"))}
    except OSError:
        pass
    folders = list(sys.path)
    for name in ("getsitepackages", "getusersitepackages"):
        try:
            here = getattr(site, name)()
        except AttributeError:  # as old versions of virtualenv have it
            continue
        folders += [here] if isinstance(here, str) else here
    for folder in dict.fromkeys(folders):
        if not os.path.isabs(folder):
            if not folder.startswith("__editable__."):
                reasons.append("sys.path has {!r}, which depends on the current folder".format(folder))
            continue
        further.append(folder)
        try:
            names = sorted(name for name in os.listdir(folder) if name.endswith(".pth"))
        except OSError:
            continue
        for name in names:
            path = os.path.join(folder, name)
            further.append(path)
            try:
                lines = lines_of(path)
            except OSError:
                continue
            for line in lines:
                if not line.startswith(("import ", "import\t")):
                    further.append(os.path.join(folder, line))
                elif not runs_only_what_is_known(line):
                    reasons.append("{} runs code".format(path))
    for name in ("sitecustomize", "usercustomize"):
        file = getattr(BROUGHT.get(name), "__file__", None)
        if name in BROUGHT and not (file and file.endswith(".py") and blind(text_of(file))):
            reasons.append("{} runs code".format(name))
        elif file:
            further += [file, os.path.realpath(file)]
    for name, file in own_modules():
        if file is None or not blind(text_of(file)):
            reasons.append("start-up files import {}".format(name))
        else:
            further.append(file)
    for finder in sys.meta_path:
        kind = finder if isinstance(finder, type) else type(finder)
        if getattr(finder, "find_distributions", None) is not None and kind.__module__ != "_frozen_importlib_external":
            reasons.append("there is the finder {}.{}".format(kind.__module__, kind.__name__))
    for entry in found:
        path = entry["path"]
        if path is None or not os.path.isabs(path):
            reasons.append("a distribution has no path")
            continue
        names = ("METADATA",) if path.endswith(".dist-info") else ("PKG-INFO", "requires.txt")
        own = [path] + ([os.path.join(path, name) for name in names] if os.path.isdir(path) else [])
        further += own
        if pip is not None and os.path.basename(path).lower().startswith("pip-"):
            basic += own
    if pip is None:
        basic += [folder for folder in (sysconfig.get_path("purelib"), sysconfig.get_path("platlib")) if folder]
    return sorted({path for path in basic if path}), sorted(set(further)), "; ".join(reasons) or None


def main():
    found, error = installed()
    pip = pip_version()
    try:
        basic, further, asks = places(found, pip)
    except Exception as failure:  # whatever start-up files have made of the standard library: then nothing is kept
        basic, further, asks = [], [], "{}: {}".format(type(failure).__name__, failure)
    answer = {
        "executable": sys.executable,
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "path": [str(entry) for entry in sys.path],
        "markers": markers(),
        "tags": tags(),
        "layout": layout(),
        "pip": pip,
        "externally_managed": externally_managed(),
        "installed": found,
        "installed_error": error,
        "places": basic,
        "installed_places": further,
        "asks": asks or error,
    }
    # ASCII and one line, so that neither encodings nor what start-up files print can spoil it.
    sys.stdout.flush()
    sys.stdout.write("\n" + MARKER + json.dumps(answer, ensure_ascii=True) + "\n")
    sys.stdout.flush()


main()
