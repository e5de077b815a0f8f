"""What a program asks of the system and a tab has not, or has otherwise: processes, a shell, sizes of C's types, TLS."""

import os
import re
import struct
import sys
import time
import types

from . import arguments, late
from .errnos import os_error
from .switching import leave

_ONE_PROCESS = 'a tab has one process: use threading'
_NO_TLS = 'TLS is not available in a browser tab: Pyodide has no OpenSSL'
_COMMAND_NOT_FOUND = 127 << 8
# xterm's: the cursor to the corner, the screen and what scrolled off it cleared.
_CLEAR = '\x1b[H\x1b[2J\x1b[3J'


def _exit(status):
    leave(arguments.c_int(status) & 0xFF)


def _system(command):
    if not isinstance(command, str | bytes | os.PathLike):
        raise TypeError(f'expected str, bytes or os.PathLike object, not {type(command).__name__}')
    text = os.fsdecode(command).strip()
    if text in ('clear', 'cls', 'reset'):
        sys.stdout.write(_CLEAR)
        sys.stdout.flush()
        return 0
    print(f'sh: 1: {text.split(" ")[0]}: not found (a tab has no shell)', file=sys.stderr)
    return _COMMAND_NOT_FOUND


# multiprocessing


class SemLock:
    """What multiprocessing's locks and queues stand on."""

    SEM_VALUE_MAX = 0x7FFFFFFF

    def __init__(self, *_):
        raise os_error('ENOSYS', _ONE_PROCESS)


def _multiprocessing():
    module = types.ModuleType('_multiprocessing')
    module.SemLock = SemLock
    module.sem_unlink = lambda name, /: None
    module.flags = {}
    return module


def _change_process(module):
    def start(self):
        raise os_error('ENOSYS', _ONE_PROCESS)

    module.BaseProcess.start = start


# The JavaScript engine's stack holds the freeing of some 8,000 frames, one inside the other.
_RECURSION_MAX = 5_000
_c_set_recursion_limit = sys.setrecursionlimit
_recursion_limit = sys.getrecursionlimit()


def _set_recursion_limit(limit, /):
    global _recursion_limit
    limit = arguments.c_int(limit)
    _c_set_recursion_limit(min(limit, _RECURSION_MAX))
    _recursion_limit = limit


def _get_recursion_limit():
    return _recursion_limit


# Sizes of C's types: WebAssembly's long and size_t have four bytes, those of Linux eight.

_NATIVE = str.maketrans('lLnNP', 'qQqQQ')
_c_struct = {name: getattr(struct, name) for name in ('pack', 'pack_into', 'unpack', 'unpack_from', 'iter_unpack', 'calcsize')}
_CStruct = struct.Struct


def _format(text):
    if isinstance(text, bytes):
        text = text.decode('latin-1')
    if not isinstance(text, str) or text[:1] in ('=', '<', '>', '!') or not re.search('[lLnNP]', text):
        return text
    return text.translate(_NATIVE)


class Struct(_CStruct):
    __module__ = '_struct'

    def __new__(cls, format):
        return super().__new__(cls, _format(format))

    def __init__(self, format):
        super().__init__(_format(format))


def _sized(function):
    return lambda format, /, *args, **named: function(_format(format), *args, **named)


def _install_sizes():
    for name, function in _c_struct.items():
        setattr(struct, name, arguments.builtin(_sized(function)))
    struct.Struct = Struct


# TLS


def _no_tls(*_, **__):
    raise NotImplementedError(_NO_TLS)


def _change_ssl(module):
    # Programs that only make a context, as urllib does, go on until they would use it.
    for name in ('wrap_socket', 'wrap_bio'):
        setattr(module.SSLContext, name, _no_tls)
    module.get_server_certificate = _no_tls


def install():
    os._exit = arguments.builtin(_exit)
    os.system = arguments.builtin(_system)
    # What a snapshot of memory has of the machine that made it.
    sys.executable = ''
    if hasattr(time, 'tzset'):
        time.tzset()
    sys.setrecursionlimit = arguments.builtin(_set_recursion_limit)
    sys.getrecursionlimit = arguments.builtin(_get_recursion_limit)
    _install_sizes()
    sys.modules['_multiprocessing'] = _multiprocessing()
    late.change('multiprocessing.process', _change_process)
    late.change('ssl', _change_ssl)
