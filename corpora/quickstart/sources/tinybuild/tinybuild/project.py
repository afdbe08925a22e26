"""A project tree as tinybuild sees it: its metadata and its files."""

import importlib
import os
import re

from . import FEATURES, __version__, toml


class Project:
    """The project in a folder with a pyproject.toml."""

    def __init__(self, root="."):
        self.root = root
        with open(os.path.join(root, "pyproject.toml"), encoding="utf-8") as file:
            document = toml.read(file.read())
        self.table = document["project"]
        self.tool = document.get("tool", {}).get("tinybuild", {})
        self.name = self.table["name"]
        self.version = self.table["version"]
        self.scripts = self.table.get("scripts", {})
        for feature in list(self.tool) + (["scripts"] if self.scripts else []):
            if feature not in FEATURES:
                raise SystemExit("tinybuild %s does not know '%s', which %s uses" % (__version__, feature, self.name))

    @property
    def stem(self):
        """Name and version as file names spell them."""
        return "%s-%s" % (re.sub(r"[-_.]+", "_", self.name).lower(), self.version)

    def metadata(self):
        """The text of METADATA and PKG-INFO."""
        lines = ["Metadata-Version: 2.2", "Name: " + self.name, "Version: " + self.version]
        if "description" in self.table:
            lines.append("Summary: " + self.table["description"])
        if "requires-python" in self.table:
            lines.append("Requires-Python: " + self.table["requires-python"])
        lines += ["Requires-Dist: " + requirement for requirement in self.table.get("dependencies", [])]
        for extra, requirements in sorted(self.table.get("optional-dependencies", {}).items()):
            lines.append("Provides-Extra: " + extra)
            lines += ['Requires-Dist: %s; extra == "%s"' % (requirement, extra) for requirement in requirements]
        return "\n".join(lines) + "\n"

    def entry_points(self):
        """The text of entry_points.txt, empty where there are no scripts."""
        if not self.scripts:
            return ""
        return "[console_scripts]\n" + "".join("%s = %s\n" % script for script in sorted(self.scripts.items()))

    def sources(self):
        """Every file that belongs into an sdist, sorted, as paths with '/'."""
        found = []
        for folder, folders, files in os.walk(self.root):
            folders[:] = sorted(f for f in folders if f != "__pycache__" and not f.endswith(".egg-info") and f != "build")
            found += [os.path.relpath(os.path.join(folder, file), self.root).replace(os.sep, "/") for file in files]
        return sorted(path for path in found if path != "PKG-INFO" and not path.endswith((".pyc", ".whl", ".gz")))

    def modules(self):
        """Path and bytes of every file that belongs into a wheel: Python files, what 'data' lists, what 'generate' makes."""
        wanted = set(self.tool.get("data", []))
        files = {}
        for path in self.sources():
            if path.endswith(".py") or path in wanted:
                with open(os.path.join(self.root, path), "rb") as file:
                    files[path] = file.read()
        for generator in self.tool.get("generate", []):
            # Runs code of a build requirement: this is what a wrong order breaks.
            module, _, function = generator.partition(":")
            path, text = getattr(importlib.import_module(module), function)(self.name, self.version)
            files[path] = text.encode("utf-8")
        return sorted(files.items())
