"""Big letters for posters."""

__version__ = "@version@"


def spaced(text):
    """The text in capitals with a space between letters."""
    return " ".join(text.upper())


def framed(text):
    """The spaced text between two rules."""
    line = spaced(text)
    return "\n".join(["=" * len(line), line, "=" * len(line)])


def main():
    import sys

    print(framed(" ".join(sys.argv[1:]) or "letters"))
