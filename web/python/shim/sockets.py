"""The class `_socket.socket`: calls that would block wait here, on a table of sockets that the worker keeps."""

import warnings

from . import addresses, arguments, calls, descriptors, options
from .errnos import number_of, os_error
from .socket_base import SOCK_DGRAM, SOCK_STREAM
from .switching import block, host, suspend
from .transfers import Transfers

_IN, _OUT, _ACCEPTED = 1, 4, 256
# How long accept() without blocking waits for a peer that the gateway says is there.
_ACCEPT_GRACE = 0.2

_BIND, _LISTEN, _ACCEPT, _CONNECT = (calls.NUMBER[name] for name in ('bind', 'listen', 'accept', 'connect'))
_SHUTDOWN, _CLOSE, _SETSOCKOPT = (calls.NUMBER[name] for name in ('shutdown', 'close', 'setsockopt'))


class socket(Transfers):
    __slots__ = ()
    __module__ = '_socket'

    # Connecting

    def bind(self, address, /):
        fd, site = self._open_fd(), calls.site(_BIND)
        failure = suspend(host.bind(fd, *self._resolved(address, 'bind'), site))
        if failure:
            raise os_error(failure)

    def listen(self, backlog=128, /):
        backlog = min(max(0, arguments.c_int(backlog)), 65_535)
        failure = suspend(host.listen(self._open_fd(), backlog, calls.site(_LISTEN)))
        if failure:
            raise os_error(failure)

    def _accept(self):
        site, deadline = calls.site(_ACCEPT), self._deadline()
        while True:
            fd = host.accept(self._open_fd(), site)
            if isinstance(fd, int):
                return fd, addresses.show(self._family, host.peerName(fd))
            if fd == 'WAITING':
                self._wait_accepted(site)
            elif fd == 'EAGAIN':
                self._wait(_IN, deadline, site)
            else:
                raise os_error(fd)

    def _wait_accepted(self, site):
        """A peer waits in the kernel's queue; it has been asked for and is on its way."""
        fd = self._fd
        if not block(lambda ms, is_main: host.waitReady(fd, _ACCEPTED, ms, is_main, site), _ACCEPT_GRACE):
            host.missed(fd)

    def connect(self, address, /):
        failure = self._connect(address, 'connect')
        if failure == 'TIMED_OUT':
            raise TimeoutError('timed out')
        if failure:
            raise os_error(failure)

    def connect_ex(self, address, /):
        failure = self._connect(address, 'connect_ex')
        if failure == 'TIMED_OUT':
            return number_of('EAGAIN')
        return number_of(failure) if failure else 0

    def _connect(self, address, call):
        fd, site = self._open_fd(), calls.site(_CONNECT)
        name, port = self._resolved(address, call)
        failure = host.connect(fd, name, port, site)
        if failure != 'EINPROGRESS' or self._timeout == 0.0:
            return failure
        if not block(lambda ms, is_main: host.waitReady(fd, _OUT, ms, is_main, site), self._timeout):
            host.connectMissed(fd)
            return 'TIMED_OUT'
        return host.takeError(fd)

    def shutdown(self, how, /):
        failure = host.shutdown(self._open_fd(), arguments.c_int(how), calls.site(_SHUTDOWN))
        if failure:
            raise os_error(failure)

    def close(self):
        site = calls.site(_CLOSE) if self._fd >= 0 else calls.NO_SITE
        fd, self._fd = self._fd, -1
        if fd < 0:
            return
        descriptors.forget(fd)
        failure = host.close(fd, site)
        if failure:
            raise os_error(failure)

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def __repr__(self):
        return (
            f'<socket object, fd={self._fd}, family={int(self._family)}, type={int(self._type)}, proto={self._proto}>'
        )

    # Asking and setting

    def getsockname(self):
        return addresses.show(self._family, host.localName(self._open_fd()))

    def getpeername(self):
        peer = host.peerName(self._open_fd())
        if not peer:
            raise os_error('ENOTCONN')
        return addresses.show(self._family, peer)

    def setsockopt(self, level, option, value, size=None, /):
        fd = self._open_fd()
        told = options.store(self._options, int(level), int(option), value)
        if told:
            host.setOption(fd, *told, calls.site(_SETSOCKOPT))

    def getsockopt(self, level, option, size=0, /):
        fd, key = self._open_fd(), (int(level), int(option))
        if key == (options.SOL_SOCKET, options.SO_ERROR):
            failure = host.takeError(fd)
            return number_of(failure) if failure else 0
        if key == (options.SOL_SOCKET, options.SO_TYPE):
            return self._type
        if key == (options.SOL_SOCKET, options.SO_DOMAIN):
            return self._family
        if key == (options.SOL_SOCKET, options.SO_PROTOCOL):
            return self._proto or {SOCK_STREAM: 6, SOCK_DGRAM: 17}[self._type]
        if key == (options.SOL_SOCKET, options.SO_ACCEPTCONN):
            return int(host.isListening(fd))
        return options.read(self._options, *key, size)

    def ioctl(self, *_):
        raise os_error('EOPNOTSUPP')

    def __del__(self):
        if getattr(self, '_fd', -1) < 0:
            return
        try:
            warnings.warn(f'unclosed {self!r}', ResourceWarning, stacklevel=1, source=self)
        finally:
            self.close()
