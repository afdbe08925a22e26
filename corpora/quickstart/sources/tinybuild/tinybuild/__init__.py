"""A PEP 517 backend of two pages that builds itself. Its hooks are in tinybuild.backend."""

__version__ = "@version@"

# What this release can do; a project that asks for more fails to build, as with any real backend that is too old.
FEATURES = "@features@".split()
