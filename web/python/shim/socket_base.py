"""A socket object and its descriptor: what kind it is, how long its calls may wait, and the waiting."""

import operator

from . import addresses, arguments, calls, descriptors, names, options
from .errnos import os_error
from .switching import block, host, monotonic

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3
SOCK_NONBLOCK, SOCK_CLOEXEC = 0o4000, 0o2000000

_SOCKET = calls.NUMBER['socket']
# SOCK_MAX of Linux: a type from it on is no type at all.
_TYPES = 11
_default_timeout = None
_THIS_HOST = {'0.0.0.0': '127.0.0.1', '::': '::1'}


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(timeout):
    global _default_timeout
    _default_timeout = arguments.timeout(timeout)


# What socket(2) takes: by whether it is AF_UNIX, and by type.
_PROTOCOLS = (
    {SOCK_STREAM: (0, 6), SOCK_DGRAM: (0, 17)},
    {SOCK_STREAM: (0, 1), SOCK_DGRAM: (0, 1)},
)


class SocketBase:
    __slots__ = ('_family', '_fd', '_options', '_proto', '_timeout', '_type')

    def __init__(self, family=-1, type=-1, proto=-1, fileno=None):
        self._fd = -1
        if fileno is not None:
            fileno = arguments.c_int(fileno)
        kind = SOCK_STREAM if type == -1 else arguments.c_int(type)
        self._timeout = 0.0 if kind & SOCK_NONBLOCK else _default_timeout
        kind &= ~(SOCK_NONBLOCK | SOCK_CLOEXEC)
        if fileno is None:
            self._family = AF_INET if family == -1 else arguments.c_int(family)
            self._open(kind, max(0, proto))
        else:
            self._adopt(fileno, family, kind if type != -1 else -1)
        self._proto = max(0, int(proto))
        self._options = options.initial(self._type)
        descriptors.set_nonblocking(self._fd, self._timeout is not None)

    def _open(self, kind, proto):
        if self._family not in (AF_INET, AF_INET6, AF_UNIX):
            raise os_error('EAFNOSUPPORT')
        if kind == SOCK_RAW and self._family != AF_UNIX:
            raise os_error('EPERM')
        if kind not in (SOCK_STREAM, SOCK_DGRAM):
            raise os_error('ESOCKTNOSUPPORT' if 0 <= kind < _TYPES else 'EINVAL')
        if proto not in _PROTOCOLS[self._family == AF_UNIX][kind]:
            raise os_error('EPROTONOSUPPORT' if proto < 256 else 'EINVAL')
        self._type = kind
        self._fd = host.socket(self._family, kind, calls.site(_SOCKET))

    def _adopt(self, fd, family, kind):
        if fd < 0:
            raise ValueError('negative file descriptor')
        known = host.describe(fd)
        if not known:
            raise os_error('ENOTSOCK' if descriptors.is_open_file(fd) else 'EBADF')
        known_family, known_kind = map(int, known.split())
        self._family = known_family if family == -1 else int(family)
        self._type = known_kind if kind == -1 else kind
        self._fd = fd

    family = property(lambda self: self._family)
    type = property(lambda self: self._type)
    proto = property(lambda self: self._proto)
    timeout = property(lambda self: self._timeout)

    @arguments.plain
    def fileno(self):
        return self._fd

    @arguments.single
    def settimeout(self, timeout, /):
        self._timeout = arguments.timeout(timeout)
        descriptors.set_nonblocking(self._fd, timeout is not None)

    @arguments.plain
    def gettimeout(self):
        return self._timeout

    @arguments.single
    def setblocking(self, is_blocking, /):
        self._timeout = None if operator.index(is_blocking) else 0.0
        descriptors.set_nonblocking(self._fd, self._timeout is not None)

    @arguments.plain
    def getblocking(self):
        return self._timeout != 0.0

    # Waiting

    def _deadline(self):
        return monotonic() + self._timeout if self._timeout else None

    def _wait(self, fd, events, deadline, site, size=-1):
        """Waits for readiness, over signals; raises as the call would. `size`: what recv asked for, or send was given.

        Returns the descriptor to go on with. A call that blocks in Linux has the socket until it returns, whoever closes it
        meanwhile: then it is another number, which the caller closes (`_release`). With a timeout it is CPython that waits.
        """
        if self._timeout == 0.0:
            host.failed(fd, site, 'EAGAIN', size)
            raise os_error('EAGAIN')
        left = None if deadline is None else max(0.0, deadline - monotonic())
        held = host.hold(fd) if deadline is None and fd == self._fd else fd
        try:
            is_ready = block(lambda ms, is_main: host.waitReady(held, events, ms, is_main, site), left)
        except BaseException:
            host.failed(held, site, 'EINTR', size)
            if held != fd:
                host.close(held, calls.NO_SITE)
            raise
        if not is_ready:
            host.failed(fd, site, 'ETIMEDOUT', size)
            raise TimeoutError('timed out')
        if self._fd == fd:
            if held != fd:
                host.close(held, calls.NO_SITE)
            return fd
        if deadline is not None:
            raise os_error('EBADF')
        return held

    def _release(self, fd, own):
        """At the end of a call that began with the descriptor `own`."""
        if fd != own:
            host.close(fd, calls.NO_SITE)

    def _open_fd(self):
        if self._fd < 0:
            raise os_error('EBADF')
        return self._fd

    def _resolved(self, address, call):
        name, port = addresses.check(self._family, address, call)
        if self._family == AF_UNIX:
            return name, port
        if addresses.family_of(name) == self._family:
            return addresses.canonical(name, self._family), port
        try:
            return names.resolve(name, self._family)[0][0], port
        finally:
            host.lookedUpFor(self._fd, calls.site(names.SITE))

    def _destination(self, address, call):
        """Where connect or sendto goes: to INADDR_ANY means to this machine, ip(7)."""
        name, port = self._resolved(address, call)
        return _THIS_HOST.get(name, name), port
