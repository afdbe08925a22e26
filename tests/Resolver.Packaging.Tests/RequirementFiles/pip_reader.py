"""Reads requirement files with pip's own reader: scenarios as JSON on standard input, what each says as JSON on standard output."""

import json
import optparse
import os
import sys
import tempfile
from urllib.parse import unquote, urlsplit

from pip._internal.index.collector import LinkCollector
from pip._internal.index.package_finder import PackageFinder
from pip._internal.models.search_scope import SearchScope
from pip._internal.models.selection_prefs import SelectionPreferences
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
from pip._internal.req.req_file import parse_requirements


def link_text(link):
    if link.scheme == "file":
        return "file:" + os.path.normpath(unquote(urlsplit(link.url).path))
    return link.url


def flat(settings):
    pairs = []
    for key, value in (settings or {}).items():
        pairs += [f"{key}={each}" for each in (value if isinstance(value, list) else [value])]
    return sorted(pairs)


def described(parsed):
    requirement = install_req_from_parsed_requirement(parsed)
    named = requirement.req is not None and (getattr(requirement.req, "url", None) or not requirement.link)
    hashes = [f"{kind}:{each}" for kind, digests in requirement.hash_options.items() for each in digests]
    return "|".join(
        [
            ("c" if requirement.constraint else "") + ("e" if requirement.editable else ""),
            requirement.req.name if named else "",
            ",".join(sorted(requirement.extras)),
            "" if requirement.link or not named else str(requirement.req.specifier),
            str(requirement.markers or ""),
            link_text(requirement.link) if requirement.link else "",
            ",".join(sorted(hashes)),
            ",".join(flat((parsed.options or {}).get("config_settings"))),
        ]
    )


def read(session, text):
    with open("r.txt", "w", encoding="utf-8") as file:
        file.write(text)
    finder = PackageFinder.create(
        link_collector=LinkCollector(session, SearchScope.create([], [], no_index=False)),
        selection_prefs=SelectionPreferences(allow_yanked=True),
    )
    options = optparse.Values({"features_enabled": [], "require_hashes": False, "isolated_mode": False})
    try:
        lines = [described(each) for each in parse_requirements("r.txt", session, finder=finder, options=options)]
    except SystemExit:
        return None
    except Exception:
        return None
    control = finder.format_control
    return {
        "lines": lines,
        "pre": bool(finder.allow_all_prereleases),
        "prefer_binary": bool(finder.prefer_binary),
        "require_hashes": bool(options.require_hashes),
        "no_binary": sorted(control.no_binary),
        "only_binary": sorted(control.only_binary),
        "find_links": len(finder.find_links),
    }


def main():
    given = json.load(sys.stdin)
    folder = os.path.realpath(tempfile.mkdtemp())
    os.chdir(folder)
    os.makedirs("w")
    os.makedirs("proj")
    open("w/x-1.0-py3-none-any.whl", "w").close()
    open("proj/pyproject.toml", "w").close()
    for name, text in given["files"].items():
        with open(name, "w", encoding="utf-8") as file:
            file.write(text)
    session = PipSession()
    answers = [read(session, text.replace("@HERE@", folder)) for text in given["scenarios"]]
    json.dump({"folder": folder, "answers": answers}, sys.stdout)


main()
