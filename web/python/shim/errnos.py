"""Linux's error numbers and texts, in place of WebAssembly's own, so that messages match the textbook."""

import errno
import gc
import os

LINUX = {
    'EPERM': (1, 'Operation not permitted'),
    'ENOENT': (2, 'No such file or directory'),
    'ESRCH': (3, 'No such process'),
    'EINTR': (4, 'Interrupted system call'),
    'ENXIO': (6, 'No such device or address'),
    'EIO': (5, 'Input/output error'),
    'EBADF': (9, 'Bad file descriptor'),
    'ECHILD': (10, 'No child processes'),
    'EAGAIN': (11, 'Resource temporarily unavailable'),
    'ENOMEM': (12, 'Cannot allocate memory'),
    'EACCES': (13, 'Permission denied'),
    'EFAULT': (14, 'Bad address'),
    'EBUSY': (16, 'Device or resource busy'),
    'EEXIST': (17, 'File exists'),
    'ENOTDIR': (20, 'Not a directory'),
    'EISDIR': (21, 'Is a directory'),
    'EINVAL': (22, 'Invalid argument'),
    'ENFILE': (23, 'Too many open files in system'),
    'EMFILE': (24, 'Too many open files'),
    'EPIPE': (32, 'Broken pipe'),
    'ENOSYS': (38, 'Function not implemented'),
    'EPROTO': (71, 'Protocol error'),
    'ENOTSOCK': (88, 'Socket operation on non-socket'),
    'EDESTADDRREQ': (89, 'Destination address required'),
    'EMSGSIZE': (90, 'Message too long'),
    'EPROTOTYPE': (91, 'Protocol wrong type for socket'),
    'ENOPROTOOPT': (92, 'Protocol not available'),
    'EPROTONOSUPPORT': (93, 'Protocol not supported'),
    'ESOCKTNOSUPPORT': (94, 'Socket type not supported'),
    'EOPNOTSUPP': (95, 'Operation not supported'),
    'ENOTSUP': (95, 'Operation not supported'),
    'EPFNOSUPPORT': (96, 'Protocol family not supported'),
    'EAFNOSUPPORT': (97, 'Address family not supported by protocol'),
    'EADDRINUSE': (98, 'Address already in use'),
    'EADDRNOTAVAIL': (99, 'Cannot assign requested address'),
    'ENETDOWN': (100, 'Network is down'),
    'ENETUNREACH': (101, 'Network is unreachable'),
    'ENETRESET': (102, 'Network dropped connection on reset'),
    'ECONNABORTED': (103, 'Software caused connection abort'),
    'ECONNRESET': (104, 'Connection reset by peer'),
    'ENOBUFS': (105, 'No buffer space available'),
    'EISCONN': (106, 'Transport endpoint is already connected'),
    'ENOTCONN': (107, 'Transport endpoint is not connected'),
    'ESHUTDOWN': (108, 'Cannot send after transport endpoint shutdown'),
    'ETIMEDOUT': (110, 'Connection timed out'),
    'ECONNREFUSED': (111, 'Connection refused'),
    'EHOSTDOWN': (112, 'Host is down'),
    'EHOSTUNREACH': (113, 'No route to host'),
    'EALREADY': (114, 'Operation already in progress'),
    'EINPROGRESS': (115, 'Operation now in progress'),
    'ECANCELED': (125, 'Operation canceled'),
}
# PEP 3151.
_CLASSES = {
    'EAGAIN': BlockingIOError,
    'EALREADY': BlockingIOError,
    'EINPROGRESS': BlockingIOError,
    'EPIPE': BrokenPipeError,
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


def number_of(name):
    name = name.partition(' ')[0]
    if name not in LINUX:
        name = _REFUSALS.get(name, 'EACCES')
    return LINUX[name][0]


def os_error(name):
    """The exception of one error name. `CODE text` is a refusal of the gateway: its reason becomes part of the text."""
    code, _, reason = name.partition(' ')
    if code in LINUX:
        return _make(code, *LINUX[code])
    errno_name = _REFUSALS.get(code, 'EACCES')
    number, text = LINUX[errno_name]
    return _make(errno_name, number, f'{text} ({reason})' if reason else text)


def _make(name, number, text):
    if name in _CLASSES:
        return _CLASSES[name](number, text)
    # OSError(6, …) would be a BlockingIOError: that is what the number means to WebAssembly.
    error = OSError()
    error.errno, error.strerror, error.args = number, text, (number, text)
    return error


def install():
    texts = {}
    native = {name: getattr(errno, name) for name in LINUX if hasattr(errno, name)}
    classes = _class_table()
    for name, (number, text) in LINUX.items():
        setattr(errno, name, number)
        errno.errorcode[number] = name
        texts[number] = text
        if name in _CLASSES and number not in native.values():
            classes[number] = _CLASSES[name]
    errno.EWOULDBLOCK = errno.EAGAIN
    errno.errorcode[errno.EOPNOTSUPP] = 'EOPNOTSUPP'
    native_strerror = os.strerror
    os.strerror = lambda code: texts.get(code) or native_strerror(code)


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
