"""Modules of the standard library that a tab has to change: at once where they are there, else when they are imported."""

import importlib.abc
import importlib.util
import sys

_changes = {}


def change(name, apply):
    """`apply(module)` once the module has been executed."""
    if name in sys.modules:
        apply(sys.modules[name])
    _changes[name] = apply


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name not in _changes or name in self._finding:
            return None
        self._finding.add(name)
        try:
            spec = importlib.util.find_spec(name)
        finally:
            self._finding.discard(name)
        if spec is not None and spec.loader is not None:
            spec.loader = _Loader(spec.loader, _changes[name])
        return spec

    _finding = set()


class _Loader(importlib.abc.Loader):
    def __init__(self, loader, apply):
        self._loader = loader
        self._apply = apply

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        module.__spec__.loader = module.__loader__ = self._loader
        self._apply(module)

    def __getattr__(self, name):
        return getattr(self._loader, name)


def install():
    sys.meta_path.insert(0, _Finder())
