"""Calls one hook of a build backend (PEP 517) in the source tree that is the current folder.

hooks.py REQUEST ANSWER     files with JSON; what the backend prints goes where it likes

REQUEST: {"hook": "requires" | "metadata", "backend": "module:object", "backend_path": [...], "settings": {...} | null, "output": FOLDER}
ANSWER:  {"requires": [...]} | {"metadata": NAME} | {"wheel": NAME} | {"unavailable": WHY} | {"invalid": WHY}
An exception of the backend ends the process with its traceback.
"""
import importlib
import json
import os
import sys


def answer(what):
    unfinished = sys.argv[2] + ".part"
    with open(unfinished, "w", encoding="ascii") as file:
        json.dump(what, file)
    os.replace(unfinished, sys.argv[2])


def inside(path, folder):
    path, folder = os.path.realpath(path), os.path.realpath(folder)
    return path == folder or path.startswith(os.path.join(folder, ""))


def load(request):
    root = os.getcwd()
    paths = [os.path.normpath(os.path.join(root, path)) for path in request["backend_path"]]
    for path in paths:
        if not inside(path, root):
            return None, "backend-path leads out of the tree"
    # The source tree itself is not on the path (PEP 517); nor is the folder of this script.
    sys.path[:1] = paths
    module, _, name = request["backend"].partition(":")
    try:
        backend = importlib.import_module(module)
        if paths and not any(inside(getattr(backend, "__file__", None) or "", path) for path in paths):
            return None, "{} is not in backend-path".format(module)
        for part in name.split(".") if name else []:
            backend = getattr(backend, part)
    except (ImportError, AttributeError) as error:
        import traceback

        traceback.print_exc()
        return None, "{}: {}".format(type(error).__name__, error)
    return backend, None


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    backend, problem = load(request)
    if problem:
        return {"unavailable": problem}
    settings, output = request["settings"], request["output"]
    if request["hook"] == "requires":
        hook = getattr(backend, "get_requires_for_build_wheel", None)
        found = [] if hook is None else hook(settings)
        if not isinstance(found, (list, tuple)) or not all(isinstance(each, str) for each in found):
            return {"invalid": "get_requires_for_build_wheel gave {!r:.200} and not a list of texts".format(found)}
        return {"requires": list(found)}
    hook = getattr(backend, "prepare_metadata_for_build_wheel", None)
    kind, name = ("metadata", "prepare_metadata_for_build_wheel") if hook is not None else ("wheel", "build_wheel")
    found = getattr(backend, name)(output, settings)
    if not isinstance(found, str):
        return {"invalid": "{} gave {!r:.200} and not a name".format(name, found)}
    return {kind: found}


# Into one pipe: read from two, what a backend says last need not come last, and its last line says why it failed.
os.dup2(1, 2)
answer(main())
