"""The part of TOML that tinybuild's projects use: tables, strings, lists of strings (Pythons before 3.11 have no tomllib)."""

import ast


def read(text):
    """Tables of text as nested dictionaries; a line that is none of the above is an error that names it."""
    document = {}
    table = document
    lines = iter(enumerate(text.splitlines(), 1))
    for number, line in lines:
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("[") and line.endswith("]"):
            table = document
            for part in line[1:-1].split("."):
                table = table.setdefault(part.strip(), {})
            continue
        key, equals, value = line.partition("=")
        while value.count("[") > value.count("]"):  # a list over several lines
            value += next(lines, (0, "]"))[1]
        try:
            if not equals:
                raise ValueError
            table[key.strip().strip('"')] = ast.literal_eval(value.strip())
        except (ValueError, SyntaxError):
            raise SystemExit("tinybuild: pyproject.toml, line %d cannot be read: %s" % (number, line))
    return document
