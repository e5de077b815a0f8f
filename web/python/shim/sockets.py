"""The class `_socket.socket`: calls that would block wait here, on a table of sockets that the worker keeps."""

import warnings

from . import addresses, arguments, calls, descriptors, options
from .errnos import number_of, os_error
from .socket_base import SOCK_DGRAM, SOCK_STREAM
from .switching import ask, block, host
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

    @arguments.single
    def bind(self, address, /):
        fd, site = self._open_fd(), calls.site(_BIND)
        name, port = self._resolved(address, 'bind')
        failure = ask(lambda is_main: host.bind(fd, name, port, site, is_main))
        if failure:
            raise os_error(failure)

    @arguments.counted(0, 1)
    def listen(self, backlog=128, /):
        backlog = min(max(0, arguments.c_int(backlog)), 65_535)
        fd, site = self._open_fd(), calls.site(_LISTEN)
        failure = ask(lambda is_main: host.listen(fd, backlog, site, is_main))
        if failure:
            raise os_error(failure)

    def _accept(self):
        site, deadline, own = calls.site(_ACCEPT), self._deadline(), self._open_fd()
        fd = own
        try:
            while True:
                taken = host.accept(fd, site)
                if isinstance(taken, int):
                    return taken, addresses.show(self._family, host.peerName(taken))
                if taken == 'WAITING':
                    self._wait_accepted(fd, site)
                elif taken == 'EAGAIN':
                    fd = self._wait(fd, _IN, deadline, site)
                else:
                    raise os_error(taken)
        finally:
            self._release(fd, own)

    def _wait_accepted(self, fd, site):
        """A peer waits in the kernel's queue; it has been asked for and is on its way."""
        if not block(lambda ms, is_main: host.waitReady(fd, _ACCEPTED, ms, is_main, site), _ACCEPT_GRACE):
            host.missed(fd)

    @arguments.single
    def connect(self, address, /):
        failure = self._connect(address, 'connect')
        if failure == 'TIMED_OUT':
            raise TimeoutError('timed out')
        if failure:
            raise os_error(failure)

    @arguments.single
    def connect_ex(self, address, /):
        failure = self._connect(address, 'connect_ex')
        if failure == 'TIMED_OUT':
            return number_of('EAGAIN')
        return number_of(failure) if failure else 0

    def _connect(self, address, call):
        fd, site = self._open_fd(), calls.site(_CONNECT)
        name, port = self._destination(address, call)
        failure = host.connect(fd, name, port, site)
        if failure != 'EINPROGRESS':
            return failure
        if self._timeout == 0.0:
            return '' if self._type == SOCK_DGRAM else failure  # a kernel connects a datagram socket at once
        if not block(lambda ms, is_main: host.waitReady(fd, _OUT, ms, is_main, site), self._timeout):
            host.connectMissed(fd)
            return 'TIMED_OUT'
        if self._timeout is None:
            host.connectTold(fd)  # with a timeout CPython's own call to the kernel does not block
        return host.takeError(fd)

    @arguments.single
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

    @arguments.plain
    def getsockname(self):
        return addresses.show(self._family, host.localName(self._open_fd()))

    @arguments.plain
    def getpeername(self):
        peer = host.peerName(self._open_fd())
        if not peer:
            raise os_error('ENOTCONN')
        return addresses.show(self._family, peer)

    def setsockopt(self, *args, **named):
        if named:
            raise TypeError('setsockopt() takes no keyword arguments')
        if len(args) not in (3, 4) or (len(args) == 4 and args[2] is not None):
            raise TypeError(f'setsockopt() takes exactly 3 arguments ({len(args)} given)')
        level, option, value = arguments.c_int(args[0]), arguments.c_int(args[1]), args[2]
        if len(args) == 4:
            value = bytes(arguments.c_int(args[3]))
        elif hasattr(value, '__index__'):
            value = arguments.c_int(value)
        else:
            value = arguments.view(value)
        fd = self._open_fd()
        options.check_set(self._family, self._type, level, option, value)
        told = options.store(self._options, level, option, value)
        if told:
            host.setOption(fd, *told, calls.site(_SETSOCKOPT))

    @arguments.counted(2, 3)
    def getsockopt(self, level, option, size=0, /):
        key, size = (arguments.c_int(level), arguments.c_int(option)), arguments.c_int(size)
        if not 0 <= size <= 1024:
            raise OSError('getsockopt buflen out of range')
        fd = self._open_fd()
        options.check_get(self._family, self._type, *key)
        known = {
            (options.SOL_SOCKET, options.SO_TYPE): self._type,
            (options.SOL_SOCKET, options.SO_DOMAIN): self._family,
            (options.SOL_SOCKET, options.SO_PROTOCOL): self._proto
            or (0 if self._family == options.AF_UNIX else {SOCK_STREAM: 6, SOCK_DGRAM: 17}[self._type]),
        }
        if key == (options.SOL_SOCKET, options.SO_ERROR):
            failure = host.takeError(fd)
            known[key] = number_of(failure) if failure else 0
        elif key == (options.SOL_SOCKET, options.SO_ACCEPTCONN):
            known[key] = int(host.isListening(fd))
        elif key == (options.IPPROTO_TCP, options.TCP_INFO) and size:
            return options.tcp_info(host.state(fd), size)
        return options.read(known if key in known else self._options, *key, size)

    def ioctl(self, *_):
        raise os_error('EOPNOTSUPP')

    def __del__(self):
        if getattr(self, '_fd', -1) < 0:
            return
        try:
            warnings.warn(f'unclosed {self!r}', ResourceWarning, stacklevel=1, source=self)
        finally:
            self.close()
