"""Shows every Python that imports this the projects of a tree TREE/NAME/VERSION, at the versions that a file of pins names."""
import os
import sys
import sysconfig
from importlib.machinery import PathFinder
from importlib.metadata import DistributionFinder, MetadataPathFinder


class TreeFinder(DistributionFinder):
    def __init__(self, tree, pins):
        self.places = []
        with open(pins, encoding="utf-8") as lines:
            for name, version in (line.strip().split("==") for line in lines if line.strip()):
                base = os.path.join(tree, name, version)
                self.places.append(sysconfig.get_path("purelib", vars={"base": base}))

    def find_spec(self, fullname, path=None, target=None):
        return PathFinder.find_spec(fullname, self.places) if path is None else None

    def find_distributions(self, context=DistributionFinder.Context()):
        return MetadataPathFinder.find_distributions(DistributionFinder.Context(name=context.name, path=self.places))


sys.meta_path.append(TreeFinder(os.environ["TREE"], os.path.join(os.environ["TREE"], "pins.txt")))
