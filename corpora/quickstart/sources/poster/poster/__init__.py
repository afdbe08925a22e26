"""Prints a poster. The banner was made while it was built, by letter-stamp, with the letters installed then."""

import letters

from ._banner import BANNER

__version__ = "@version@"


def poster(text):
    """The banner and the framed text; in color where inkpot is there (the extra 'color')."""
    page = BANNER + "\n" + letters.framed(text)
    try:
        import inkpot
    except ImportError:
        return page
    return inkpot.paint(page)
