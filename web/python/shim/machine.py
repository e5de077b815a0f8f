"""What a program finds of the machine: Linux, and no way past Python into the browser."""

import importlib.abc
import os
import sys
import sysconfig

from . import arguments, late, names
from .errnos import os_error

# Pyodide's doors to JavaScript, and what the shims are made of: they hold on to what they need of it.
_HIDDEN = frozenset(
    ('js', 'pyodide', 'pyodide_js', '_pyodide', '_pyodide_core', '_playground', '_playground_host', 'micropip')
)
_c_uname = os.uname


class _Finder(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in _HIDDEN:
            raise ModuleNotFoundError(f'No module named {name!r}', name=name)
        return None


def _uname():
    known = _c_uname()
    return os.uname_result(('Linux', names.HOST_NAME, known.release, known.version, known.machine))


def _no_process(*_, **__):
    raise os_error('ENOSYS', 'a tab has one process: use threading')


def _change_subprocess(module):
    module.Popen.__init__ = _no_process
    module.Popen.__del__ = lambda self: None


def _change_pydoc(module):
    module.pager = module.plain_pager  # there is no other program to page with


def _change_sysconfig(module):
    # It was built for WebAssembly, whatever the program is told.
    name = module._get_sysconfigdata_name()
    module._get_sysconfigdata_name = lambda: name


def install():
    os.uname = arguments.builtin(_uname)
    late.change('subprocess', _change_subprocess)
    late.change('pydoc', _change_pydoc)
    _change_sysconfig(sysconfig)


def close():
    """Before the program's first line: from here on the shims import nothing of the hidden."""
    for name in list(sys.modules):
        if name.partition('.')[0] in _HIDDEN:
            del sys.modules[name]
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
    sys.platform = 'linux'
