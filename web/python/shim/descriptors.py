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
_c_close, _c_dup, _c_dup2 = os.close, os.dup, os.dup2
_c_fcntl = fcntl.fcntl if fcntl else None
_inheritable = set()
_nonblocking = set()


def set_nonblocking(fd, is_nonblocking):
    """CPython has the kernel not block wherever there is a timeout, and waits by itself."""
    if not host.describe(fd):
        raise os_error('EBADF')
    (_nonblocking.add if is_nonblocking else _nonblocking.discard)(fd)


def is_nonblocking(fd):
    return fd in _nonblocking


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


def is_open_file(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True


def _is_socket(fd):
    return isinstance(fd, int) and bool(host.describe(fd))


def close(fd):
    if not _is_socket(fd):
        return _c_close(fd)
    forget(fd)
    host.close(fd, 0)


def dup(fd, /):
    return host.dup(fd) if _is_socket(fd) else _c_dup(fd)


def dup2(fd, fd2, inheritable=True):
    if not _is_socket(fd):
        return _c_dup2(fd, fd2, inheritable)
    if fd != fd2:
        if not _is_socket(fd2) and is_open_file(fd2):
            _c_close(fd2)
        host.close(fd2, 0)
        host.dupTo(fd, fd2)
        set_inheritable(fd2, inheritable)
    return fd2


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
    for function in (get_inheritable, set_inheritable, close, dup, dup2):
        setattr(os, function.__name__, arguments.builtin(function))
    if fcntl:
        fcntl.fcntl = arguments.builtin(control)
