"""Code that was compiled when the page was built, kept in the snapshot of memory that a process starts from."""

import importlib
import sys

# By module name; empty where there is no snapshot, in development.
_code = getattr(sys, '_playground_code', {})


def reload(name):
    """importlib.reload, but for reading and compiling."""
    module = sys.modules.get(name)
    if module is None:
        return
    if name in _code:
        exec(_code[name], module.__dict__)
    else:
        importlib.reload(module)
