"""Says what a process of this interpreter sees before any code of its own runs, as JSON behind a marker line.

Runs as the user has the interpreter set up: site, .pth files and sitecustomize included.
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


def real(path):
    return os.path.realpath(path)


def sites():
    """The folders in which site reads .pth files."""
    import site

    found = []
    try:
        found += site.getsitepackages()
    except AttributeError:
        pass
    if site.ENABLE_USER_SITE:
        found.append(site.getusersitepackages())
    return found


def pth_files(folder, processed):
    found = []
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return found
    for name in names:
        if not name.endswith(".pth") or name.startswith("."):
            continue
        entry = {"file": os.path.join(folder, name), "processed": processed, "adds": [], "runs": [], "error": None}
        try:
            with open(entry["file"], encoding="utf-8", errors="replace") as file:
                for line in file:
                    line = line.rstrip()
                    if not line or line.startswith("#"):
                        continue
                    if line.startswith(("import ", "import\t")):
                        entry["runs"].append(line if len(line) <= 120 else line[:117] + "...")
                    else:
                        entry["adds"].append(os.path.normpath(os.path.join(folder, line)))
        except OSError as error:
            entry["error"] = str(error)
        found.append(entry)
    return found


def origin(entry, site_folders, added, python_path):
    if entry in python_path:
        return "pythonpath"
    resolved = real(entry)
    if resolved in [real(each) for each in site_folders]:
        return "site"
    if resolved in added:
        return "pth"
    standard = [real(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")]
    if resolved in standard or os.path.basename(entry) == "lib-dynload" or (entry.endswith(".zip") and os.path.basename(entry).startswith("python")):
        return "stdlib"
    return "other"


def finders():
    found = []
    for finder in sys.meta_path:
        kind = finder if isinstance(finder, type) else type(finder)
        module = getattr(kind, "__module__", "") or ""
        if module.startswith("_frozen_importlib") or module in ("importlib._bootstrap", "importlib._bootstrap_external"):
            continue
        found.append({"name": module + "." + getattr(kind, "__qualname__", kind.__name__), "distributions": hasattr(finder, "find_distributions")})
    return found


def every_distribution(metadata, errors):
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
            errors.append("{}.{} failed: {}: {}".format(kind.__module__, kind.__qualname__, type(error).__name__, error))


def distributions(path):
    from importlib import metadata

    folders = [real(entry) for entry in path]
    found, errors, broken = [], [], []
    for distribution in every_distribution(metadata, errors):
        try:
            name, version = distribution.metadata["Name"], distribution.version
        except Exception as problem:
            broken.append([str(getattr(distribution, "_path", distribution)), "{}: {}".format(type(problem).__name__, problem)])
            continue
        place = getattr(distribution, "_path", None)
        try:
            place = None if place is None else os.fspath(place)
        except TypeError:
            place = str(place) if os.path.exists(str(place)) else None
        behind = place is None or real(os.path.dirname(place)) not in folders
        # An egg's metadata lies one folder deeper.
        if behind and place is not None and real(os.path.dirname(os.path.dirname(place))) in folders and os.path.basename(place) == "EGG-INFO":
            behind = False
        found.append({"name": name, "version": version, "path": place, "behind_finder": behind})
    return found, "; ".join(errors) or None, broken


def pip_configuration():
    """The files pip would read, as its documentation lists them, with the names of what they set. Values may hold passwords."""
    import configparser

    home = os.path.expanduser("~")
    if os.name == "nt":
        places = [os.path.join(os.environ.get("PROGRAMDATA", "C:\\ProgramData"), "pip", "pip.ini"), os.path.join(home, "pip", "pip.ini"), os.path.join(os.environ.get("APPDATA", home), "pip", "pip.ini")]
    else:
        places = [os.path.join(folder, "pip", "pip.conf") for folder in os.environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(os.pathsep) if folder]
        places += ["/etc/pip.conf", os.path.join(home, ".pip", "pip.conf"), os.path.join(os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config"), "pip", "pip.conf")]
        if sys.platform == "darwin":
            places += ["/Library/Application Support/pip/pip.conf", os.path.join(home, "Library/Application Support/pip/pip.conf")]
    places.append(os.path.join(sys.prefix, "pip.ini" if os.name == "nt" else "pip.conf"))
    found = []
    for place in places:
        if not os.path.isfile(place):
            continue
        parser = configparser.RawConfigParser()
        try:
            parser.read(place, encoding="utf-8")
            found.append({"file": place, "sets": [section + "." + key for section in parser.sections() for key in parser.options(section)]})
        except (configparser.Error, OSError, UnicodeDecodeError) as error:
            found.append({"file": place, "sets": [], "error": str(error).splitlines()[0]})
    return found


def main():
    python_path = [entry for entry in os.environ.get("PYTHONPATH", "").split(os.pathsep) if entry]
    site_folders = sites() if not sys.flags.no_site else []
    # What site has processed, and what merely lies in folders that are on the path by other means.
    pth = []
    for folder in site_folders:
        pth += pth_files(folder, True)
    for folder in python_path:
        if real(folder) not in [real(each) for each in site_folders]:
            pth += pth_files(folder, False)
    added = {real(each) for entry in pth if entry["processed"] for each in entry["adds"]}
    found, error, broken = distributions(sys.path)
    managed = os.path.join(sysconfig.get_path("stdlib"), "EXTERNALLY-MANAGED")
    answer = {
        "executable": sys.executable,
        "implementation": platform.python_implementation(),
        "version": platform.python_version(),
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "path": [{"entry": str(entry), "exists": os.path.exists(entry), "origin": origin(str(entry), site_folders, added, python_path)} for entry in sys.path],
        "pth": pth,
        "customize": [{"module": name, "file": getattr(sys.modules[name], "__file__", None)} for name in ("sitecustomize", "usercustomize") if name in sys.modules],
        "finders": finders(),
        "distributions": found,
        "distributions_error": error,
        "broken": [{"path": place, "error": problem} for place, problem in broken],
        "externally_managed": managed if sys.prefix == sys.base_prefix and os.path.exists(managed) else None,
        "pip_configuration": pip_configuration(),
        "variables": sorted(name for name in os.environ if name in ("PYTHONHOME", "PYTHONPATH", "PYTHONNOUSERSITE", "PYTHONSAFEPATH", "PYTHONUSERBASE", "PYTHONSTARTUP", "PYTHONPLATLIBDIR")),
    }
    sys.stdout.flush()
    sys.stdout.write("\n" + MARKER + json.dumps(answer, ensure_ascii=True) + "\n")
    sys.stdout.flush()


main()
