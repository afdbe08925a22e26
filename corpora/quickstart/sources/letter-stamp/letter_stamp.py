"""Stamps a banner into a project while it is built (tinybuild's 'generate')."""

import letters

__version__ = "@version@"


def stamp(name, version):
    """Path and text of a module with the project's banner."""
    banner = letters.framed("%s %s" % (name, version))
    return name + "/_banner.py", "BANNER = %r\nLETTERS = %r\n" % (banner, letters.__version__)
