"""Calls one hook of a build backend (PEP 517, 660) in the source tree that is the current folder.

hooks.py REQUEST ANSWER     absolute paths of files with JSON; what the backend prints goes where it likes

REQUEST: {"hook": "requires" | "metadata" | "wheel" | "editable-requires" | "editable", "backend": "module:object", "backend_path": [...], "settings": {...} | null, "output": FOLDER}
ANSWER:  {"requires": [...]} | {"metadata": NAME} | {"wheel": NAME} | {"egg_info": NAME} | {"unavailable": WHY} | {"invalid": WHY} | {"failed": WHY | null}

A backend may do anything to this process: it may assign sys.argv, os.environ and the standard streams, change the
current folder, close file descriptors, start threads and processes, or replace functions of the library. What is
needed to answer is therefore taken before the backend is loaded, and the process ends as soon as the answer is there.
"""
import importlib
import json
import os
import sys
import traceback


class Answer(object):
    """Writes the answer: whole or not at all, once, and only from the process that was asked."""

    def __init__(self, path):
        self.path, self.process = path, os.getpid()
        # Bound now: a backend may replace any of them. The encoder is used once, as it imports what it needs late.
        self.calls = (json.JSONEncoder().encode, os.open, os.write, os.close, os.replace, os._exit, os.getpid)
        self.flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        self.calls[0]({"": ["", None]})

    def end(self, what, code):
        """Answers and ends the process: no thread of the backend and no function it left for the end delays that."""
        encode, open_file, write, close, replace, leave, process = self.calls
        # A copy of this process that the backend made, and that comes back here, has nothing to say.
        if process() != self.process:
            leave(1)
        flush()
        data = encode(what).encode("ascii")
        unfinished = self.path + ".part"
        file = open_file(unfinished, self.flags, 0o600)
        while data:
            data = data[write(file, data) :]
        close(file)
        replace(unfinished, self.path)
        leave(code)


def flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            pass


def inside(path, folder):
    path, folder = os.path.realpath(path), os.path.realpath(folder)
    return path == folder or path.startswith(os.path.join(folder, ""))


def load(request, show):
    root = os.getcwd()
    paths = [os.path.normpath(os.path.join(root, path)) for path in request["backend_path"]]
    for path in paths:
        if not inside(path, root):
            return None, "backend-path leads out of the tree"
    # The source tree itself is not on the path (PEP 517); nor is the folder of this script, which is the first unless
    # PYTHONSAFEPATH is set.
    own = os.path.dirname(os.path.realpath(__file__))
    sys.path[:] = paths + [path for path in sys.path if os.path.realpath(path or root) != own]
    module, _, name = request["backend"].partition(":")
    try:
        backend = importlib.import_module(module)
        if paths and not any(inside(getattr(backend, "__file__", None) or "", path) for path in paths):
            return None, "{} is not in backend-path".format(module)
        for part in name.split(".") if name else []:
            backend = getattr(backend, part)
    except (ImportError, AttributeError) as error:
        show()
        return None, "{}: {}".format(type(error).__name__, error)
    return backend, None


def setup_without_wheel(name, backend):
    """What runs setup.py in a setuptools that has no bdist_wheel of its own (before 70.1) where wheel is not there
    either: its metadata hook cannot work then, though its egg_info knows all that is asked. None anywhere else."""
    if name.partition(":")[0] != "setuptools.build_meta":
        return None
    from importlib.util import find_spec

    if find_spec("wheel") is not None or find_spec("setuptools.command.bdist_wheel") is not None:
        return None
    return getattr(getattr(backend, "_BACKEND", backend), "run_setup", None)


def egg_info(run_setup, output):
    import setuptools

    # As the metadata hook has it: what setup_requires names is there, or is not to be fetched.
    setuptools._install_setup_requires = lambda attributes: None
    sys.argv[:] = ["setup.py", "egg_info", "--egg-base", output]
    run_setup()
    found = [each for each in os.listdir(output) if each.endswith(".egg-info")]
    if len(found) != 1:
        return {"invalid": "egg_info made {} folders and not one".format(len(found))}
    return {"egg_info": found[0]}


def requires(backend, name, settings):
    hook = getattr(backend, name, None)
    found = [] if hook is None else hook(settings)
    if not isinstance(found, (list, tuple)) or not all(isinstance(each, str) for each in found):
        return {"invalid": "{} gave {!r:.200} and not a list of texts".format(name, found)}
    return {"requires": list(found)}


def named(kind, backend, name, output, settings):
    found = getattr(backend, name)(output, settings)
    if not isinstance(found, str):
        return {"invalid": "{} gave {!r:.200} and not a name".format(name, found)}
    return {kind: found}


def editable(backend, request):
    if getattr(backend, "build_editable", None) is None:
        return {"unavailable": "it has no build_editable hook (PEP 660)"}
    if request["hook"] == "editable-requires":
        return requires(backend, "get_requires_for_build_editable", request["settings"])
    return named("wheel", backend, "build_editable", request["output"], request["settings"])


def ask(request, show):
    backend, problem = load(request, show)
    if problem:
        return {"unavailable": problem}
    settings, output = request["settings"], request["output"]
    if request["hook"] == "requires":
        return requires(backend, "get_requires_for_build_wheel", settings)
    if request["hook"] in ("editable-requires", "editable"):
        return editable(backend, request)
    if request["hook"] == "wheel":
        return named("wheel", backend, "build_wheel", output, settings)
    run_setup = setup_without_wheel(request["backend"], backend)
    if run_setup is not None:
        return egg_info(run_setup, output)
    if hasattr(backend, "prepare_metadata_for_build_wheel"):
        return named("metadata", backend, "prepare_metadata_for_build_wheel", output, settings)
    return named("wheel", backend, "build_wheel", output, settings)


def shower():
    """A function that prints the exception being handled to the log, wherever the backend's own streams lead."""
    log, write, text = os.dup(1), os.write, traceback.format_exc

    def show():
        flush()
        data = text().encode("utf-8", "backslashreplace")
        try:
            while data:
                data = data[write(log, data) :]
        except OSError:
            pass

    return show


def main():
    # Into one pipe: read from two, what a backend says last need not come last, and its last line says why it failed.
    os.dup2(1, 2)
    last_line = traceback.format_exception_only
    answer, show = Answer(sys.argv[2]), shower()
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    # A setup.py that looks at them must not take ours for its own.
    del sys.argv[1:]
    try:
        found = ask(request, show)
    except SystemExit as error:
        # With a text it is the reason; with a number the reason is what was printed before.
        why = error.code if isinstance(error.code, str) else None
        if why is not None:
            show()
        flush()
        answer.end({"failed": why}, error.code if isinstance(error.code, int) and 0 < error.code < 256 else 1)
    except BaseException as error:
        show()
        answer.end({"failed": last_line(type(error), error)[-1].strip()}, 1)
    answer.end(found, 0)


# Not where multiprocessing loads this file into a process of its own.
if __name__ == "__main__":
    main()
