"""Ink for terminals."""

__version__ = "@version@"


def paint(text, color=34):
    """The text between the escape sequences for a color."""
    return "\033[%dm%s\033[0m" % (color, text)
