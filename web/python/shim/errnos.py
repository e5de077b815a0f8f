"""Linux's error numbers and texts, in place of WebAssembly's own, so that messages match the textbook."""

import errno
import gc
import os

from .linux_errors import LINUX, TEXTS

# PEP 3151.
_CLASSES = {
    'EAGAIN': BlockingIOError,
    'EALREADY': BlockingIOError,
    'EINPROGRESS': BlockingIOError,
    'EPIPE': BrokenPipeError,
    'ESHUTDOWN': BrokenPipeError,
    'ECHILD': ChildProcessError,
    'ECONNABORTED': ConnectionAbortedError,
    'ECONNREFUSED': ConnectionRefusedError,
    'ECONNRESET': ConnectionResetError,
    'EEXIST': FileExistsError,
    'ENOENT': FileNotFoundError,
    'EISDIR': IsADirectoryError,
    'ENOTDIR': NotADirectoryError,
    'EINTR': InterruptedError,
    'EACCES': PermissionError,
    'EPERM': PermissionError,
    'ESRCH': ProcessLookupError,
    'ETIMEDOUT': TimeoutError,
}
# Refusals that have no number of their own: what connect(2) or bind(2) would say, were a firewall in the way.
_REFUSALS = {
    'CONNECT_TIMEOUT': 'ETIMEDOUT',
    'IDLE_TIMEOUT': 'ETIMEDOUT',
    'WRITE_TIMEOUT': 'ETIMEDOUT',
    'NAME_UNRESOLVED': 'EHOSTUNREACH',
    'DATAGRAM_TOO_LONG': 'EMSGSIZE',
    'DATAGRAM_LIMIT': 'EMSGSIZE',
    'SOCKET_LIMIT': 'ENFILE',
    'STREAM_LIMIT': 'EMFILE',
    'LISTENER_LIMIT': 'EMFILE',
    'GATEWAY_UNREACHABLE': 'ENETDOWN',
    'SESSION_GONE': 'ENETDOWN',
    'INTERNAL': 'EIO',
    'UNSUPPORTED': 'EOPNOTSUPP',
}
# WebAssembly's numbers as C has them: the Linux name of each, and the text by which an error of C is known.
_native_names = {}
_native_texts = {}
_by_number = {LINUX[name][0]: known for name, known in _CLASSES.items()}
_twins = {}


def number_of(name):
    name = name.partition(' ')[0]
    if name not in LINUX:
        name = _REFUSALS.get(name, 'EACCES')
    return LINUX[name][0]


def os_error(name, why=''):
    """The exception of one error name. `CODE text` is a refusal of the gateway: its reason becomes part of the text."""
    code, _, reason = name.partition(' ')
    if code in LINUX:
        number, text = LINUX[code]
        return _make(number, f'{text} ({why})' if why else text)
    number, text = LINUX[_REFUSALS.get(code, 'EACCES')]
    return _make(number, f'{text} ({reason})' if reason else text)


def _make(number, text):
    if number in _by_number:
        return _by_number[number](number, text)
    # OSError(6, …) would be a BlockingIOError: that is what the number means to WebAssembly.
    error = OSError()
    error.errno, error.strerror, error.args = number, text, (number, text)
    return error


class _NativeError(OSError):
    """
    What `OSError(number, text, …)` makes, in C or in Python. C gives WebAssembly's number with WebAssembly's text: Linux's take
    their place. Anybody else gives Linux's. The class is chosen by what the number then means, as PEP 3151 has it.
    """

    __slots__ = ()
    __module__ = 'builtins'

    def __init__(self, *args):
        if len(args) >= 2 and args[0] in _native_names and args[1] == _native_texts[args[0]]:
            args = (*LINUX[_native_names[args[0]]], *args[2:])
        self.__class__ = _twin(_by_number.get(args[0], OSError))
        OSError.__init__(self, *args)


def _twin(known):
    """A class of Python's that stands for one of C's: an object of the latter cannot be made out of another's."""
    if known not in _twins:
        body = {'__slots__': (), '__module__': 'builtins', '__qualname__': known.__name__, '__init__': _init, '__reduce__': _reduce(known)}
        _twins[known] = type(known.__name__, (known,), body)
    return _twins[known]


def _init(self, *args):
    OSError.__init__(self, *args)


def _reduce(known):
    return lambda self: (known, self.args if self.filename is None else (*self.args[:2], self.filename))


def install():
    native = {name: getattr(errno, name) for name in dir(errno) if name.startswith('E')}
    classes = _class_table()
    native_strerror = os.strerror
    for name, number in native.items():
        if name in LINUX:
            _native_names[number] = name
            _native_texts[number] = native_strerror(number)
    errno.errorcode.clear()
    for name, (number, _) in LINUX.items():
        setattr(errno, name, number)
        errno.errorcode.setdefault(number, name)
    for number in {*_native_names, *_by_number}:
        classes[number] = _NativeError
    os.strerror = lambda code, /: TEXTS.get(code) or ('Success' if code == 0 else f'Unknown error {code}')


def _class_table():
    """CPython's own map from number to subclass of OSError: `OSError(111, ...)` is to become ConnectionRefusedError."""
    # What a snapshot has frozen, gc.get_objects does not show.
    is_frozen = gc.get_freeze_count() > 0
    if is_frozen:
        gc.unfreeze()
    try:
        for candidate in gc.get_objects():
            if type(candidate) is dict and candidate.get(errno.ECONNREFUSED) is ConnectionRefusedError:
                return candidate
    finally:
        if is_frozen:
            gc.freeze()
    raise RuntimeError('CPython has no table of OSError subclasses')
