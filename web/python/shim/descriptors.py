"""What os and fcntl tell of a socket's descriptor: it closes on exec, and may be one that does not block."""

import os

from . import arguments
from .errnos import os_error
from .switching import host

try:
    import fcntl
except ImportError:
    fcntl = None

_FD_CLOEXEC = 1
_F_GETFD, _F_SETFD, _F_GETFL, _F_SETFL = 1, 2, 3, 4
_O_RDWR, _O_NONBLOCK = 2, 0o4000
_c_get_inheritable, _c_set_inheritable = os.get_inheritable, os.set_inheritable
_c_fcntl = fcntl.fcntl if fcntl else None
_inheritable = set()
_nonblocking = set()


def set_nonblocking(fd, is_nonblocking):
    """CPython has the kernel not block wherever there is a timeout, and waits by itself."""
    (_nonblocking.add if is_nonblocking else _nonblocking.discard)(fd)


def forget(fd):
    _inheritable.discard(fd)
    _nonblocking.discard(fd)


def get_inheritable(fd, /):
    return fd in _inheritable if host.describe(fd) else _c_get_inheritable(fd)


def set_inheritable(fd, inheritable, /):
    if not host.describe(fd):
        _c_set_inheritable(fd, inheritable)
    elif inheritable:
        _inheritable.add(fd)
    else:
        _inheritable.discard(fd)


def control(file, command, argument=0, /):
    fd = file if isinstance(file, int) else file.fileno()
    if not host.describe(fd):
        return _c_fcntl(file, command, argument)
    if command == _F_GETFD:
        return 0 if fd in _inheritable else _FD_CLOEXEC
    if command == _F_SETFD:
        set_inheritable(fd, not argument & _FD_CLOEXEC)
    elif command == _F_GETFL:
        return _O_RDWR | (_O_NONBLOCK if fd in _nonblocking else 0)
    elif command == _F_SETFL:
        set_nonblocking(fd, argument & _O_NONBLOCK)
    else:
        raise os_error('EINVAL')
    return 0


def install():
    os.get_inheritable = arguments.builtin(get_inheritable)
    os.set_inheritable = arguments.builtin(set_inheritable)
    if fcntl:
        fcntl.fcntl = arguments.builtin(control)
