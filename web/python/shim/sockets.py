"""The class `_socket.socket`: calls that would block wait here, on a table of sockets that the worker keeps."""

import operator
import warnings

from . import addresses, arguments, calls, descriptors, names, options
from .errnos import number_of, os_error
from .switching import block, host, monotonic, suspend

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
SOCK_STREAM, SOCK_DGRAM, SOCK_RAW = 1, 2, 3
SOCK_NONBLOCK, SOCK_CLOEXEC = 0o4000, 0o2000000
MSG_PEEK, MSG_DONTWAIT, MSG_TRUNC, MSG_WAITALL = 2, 64, 32, 256
IN, OUT, ACCEPTED = 1, 4, 256
# How long accept() without blocking waits for a peer that the gateway says is there.
_ACCEPT_GRACE = 0.2
_CHUNK = 65_536
# Where a bytes object has its bytes, behind its head: PyBytesObject's ob_sval, of which its basic size counts one.
_BYTES_AT = bytes.__basicsize__ - 1

_BIND, _LISTEN, _ACCEPT, _CONNECT = (calls.NUMBER[name] for name in ('bind', 'listen', 'accept', 'connect'))
_SEND, _RECV, _SENDTO, _RECVFROM = (calls.NUMBER[name] for name in ('send', 'recv', 'sendto', 'recvfrom'))
_SHUTDOWN, _CLOSE, _SETSOCKOPT, _SOCKET = (
    calls.NUMBER[name] for name in ('shutdown', 'close', 'setsockopt', 'socket')
)
_default_timeout = None


def getdefaulttimeout():
    return _default_timeout


def setdefaulttimeout(timeout):
    global _default_timeout
    _default_timeout = arguments.timeout(timeout)


def _fresh_bytes(count):
    """The bytes that the last `host.receive` took. The worker writes them into an object that nobody else has yet."""
    if count == 0:
        return b''
    fresh = bytes(count)
    host.give(id(fresh) + _BYTES_AT)
    return fresh


def _hand(call, fd, chunk, *rest):
    """`call(fd, address, length, …)`: the worker copies the bytes out of memory."""
    chunk = bytes(chunk)
    return call(fd, id(chunk) + _BYTES_AT, len(chunk), *rest)


# What socket(2) takes: by whether it is AF_UNIX, and by type.
_PROTOCOLS = (
    {SOCK_STREAM: (0, 6), SOCK_DGRAM: (0, 17)},
    {SOCK_STREAM: (0, 1), SOCK_DGRAM: (0, 1)},
)


def _writable(buffer, call):
    view = memoryview(buffer)
    if view.readonly:
        raise TypeError(f'{call}() argument 1 must be read-write bytes-like object, not {type(buffer).__name__}')
    return view.cast('B')


def _note(item):
    """One item of sendmsg's ancillary data: level, type, bytes."""
    if not isinstance(item, tuple) or len(item) != 3:
        raise TypeError('[sendmsg() ancillary data items] must be 3-item sequence')
    level, kind, data = item
    return arguments.c_int(level), arguments.c_int(kind), arguments.view(data)


class socket:
    __slots__ = ('_family', '_fd', '_options', '_proto', '_timeout', '_type')
    __module__ = '_socket'

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
            raise os_error('ESOCKTNOSUPPORT')
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

    def fileno(self):
        return self._fd

    def settimeout(self, timeout, /):
        self._timeout = arguments.timeout(timeout)
        descriptors.set_nonblocking(self._fd, timeout is not None)

    def gettimeout(self):
        return self._timeout

    def setblocking(self, is_blocking, /):
        self._timeout = None if operator.index(is_blocking) else 0.0
        descriptors.set_nonblocking(self._fd, self._timeout is not None)

    def getblocking(self):
        return self._timeout != 0.0

    # Waiting

    def _deadline(self):
        return monotonic() + self._timeout if self._timeout else None

    def _wait(self, events, deadline, site):
        """Waits for readiness, over signals; raises as the call would."""
        if self._timeout == 0.0:
            raise os_error('EAGAIN')
        fd = self._fd
        left = None if deadline is None else max(0.0, deadline - monotonic())
        if not block(lambda ms, is_main: host.waitReady(fd, events, ms, is_main, site), left):
            raise TimeoutError('timed out')
        if self._fd != fd:
            raise os_error('EBADF')

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
        return names.resolve(name, self._family)[0][0], port

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
                self._wait(IN, deadline, site)
            else:
                raise os_error(fd)

    def _wait_accepted(self, site):
        """A peer waits in the kernel's queue; it has been asked for and is on its way."""
        fd = self._fd
        if not block(lambda ms, is_main: host.waitReady(fd, ACCEPTED, ms, is_main, site), _ACCEPT_GRACE):
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
        if not block(lambda ms, is_main: host.waitReady(fd, OUT, ms, is_main, site), self._timeout):
            return 'TIMED_OUT'
        return host.takeError(fd)

    def shutdown(self, how, /):
        failure = host.shutdown(self._open_fd(), arguments.c_int(how), calls.site(_SHUTDOWN))
        if failure:
            raise os_error(failure)

    def close(self):
        fd, self._fd = self._fd, -1
        if fd < 0:
            return
        descriptors.forget(fd)
        failure = host.close(fd, calls.site(_CLOSE))
        if failure:
            raise os_error(failure)

    def detach(self):
        fd, self._fd = self._fd, -1
        return fd

    def __repr__(self):
        return (
            f'<socket object, fd={self._fd}, family={int(self._family)}, type={int(self._type)}, proto={self._proto}>'
        )

    # Receiving

    def recv(self, size, flags=0, /):
        if arguments.c_int(size) < 0:
            raise ValueError('negative buffersize in recv')
        return self._receive(size, flags, calls.site(_RECV))

    def _receive(self, size, flags, site):
        deadline = self._deadline()
        while True:
            got = host.receive(self._open_fd(), size, flags & MSG_PEEK, site)
            if got == 'EAGAIN' and (self._timeout or not flags & MSG_DONTWAIT):
                self._wait(IN, deadline, site)
            elif isinstance(got, str):
                raise os_error(got)
            elif flags & MSG_WAITALL and 0 < got < size:
                return _fresh_bytes(got) + self._receive(size - got, flags, site)
            else:
                return _fresh_bytes(got)

    def recv_into(self, buffer, nbytes=0, flags=0):
        view = _writable(buffer, 'recv_into')
        if nbytes < 0:
            raise ValueError('negative buffersize in recv_into')
        if nbytes > len(view):
            raise ValueError('buffer too small for requested bytes')
        data = self._receive(nbytes or len(view), flags, calls.site(_RECV))
        view[: len(data)] = data
        return len(data)

    def recvfrom(self, size, flags=0, /):
        if arguments.c_int(size) < 0:
            raise ValueError('negative buffersize in recvfrom')
        data = self._receive(size, flags, calls.site(_RECVFROM))
        return data, self._sender()

    def recvfrom_into(self, buffer, nbytes=0, flags=0):
        view = _writable(buffer, 'recvfrom_into')
        if nbytes < 0:
            raise ValueError('negative buffersize in recvfrom_into')
        if nbytes > len(view):
            raise ValueError('nbytes is greater than the length of the buffer')
        data = self._receive(nbytes or len(view), flags, calls.site(_RECVFROM))
        view[: len(data)] = data
        return len(data), self._sender()

    def _sender(self):
        sender = host.sender(self._fd)
        return addresses.show(self._family, sender) if sender else None

    def recvmsg(self, size, ancillary=0, flags=0, /):
        if size < 0:
            raise ValueError('negative buffer size in recvmsg()')
        if ancillary < 0:
            raise ValueError('invalid ancillary data buffer length')
        data, sender = self.recvfrom(size, flags)
        return data, [], self._message_flags(), sender

    def recvmsg_into(self, buffers, ancillary=0, flags=0, /):
        if ancillary < 0:
            raise ValueError('invalid ancillary data buffer length')
        views = [_writable(buffer, 'recvmsg_into') for buffer in buffers]
        data, sender = self.recvfrom(sum(map(len, views)), flags)
        left = memoryview(data)
        for view in views:
            part = left[: len(view)]
            view[: len(part)] = part
            left = left[len(part) :]
        return len(data), [], self._message_flags(), sender

    def _message_flags(self):
        return MSG_TRUNC if self._type == SOCK_DGRAM and host.wasCut(self._open_fd()) else 0

    # Sending

    def send(self, data, flags=0, /):
        """A blocking send(2) returns when all is in the kernel's buffer, one with a timeout when some of it is."""
        view, site = arguments.view(data), calls.site(_SEND)
        done, deadline = 0, self._deadline()
        while True:
            count = _hand(host.send, self._open_fd(), view[done : done + _CHUNK], site)
            if count == 'EAGAIN':
                if flags & MSG_DONTWAIT or (done and self._timeout is not None):
                    if done:
                        return done
                    raise os_error('EAGAIN')
                self._wait(OUT, deadline, site)
            elif isinstance(count, str):
                raise os_error(count)
            else:
                done += count
                if done == len(view) or (self._timeout is not None and count < _CHUNK):
                    return done

    def sendall(self, data, flags=0, /):
        view, site = arguments.view(data), calls.site(_SEND)
        done, deadline = 0, self._deadline()
        while True:
            count = _hand(host.send, self._open_fd(), view[done : done + _CHUNK], site)
            if count == 'EAGAIN':
                self._wait(OUT, deadline, site)
            elif isinstance(count, str):
                raise os_error(count)
            else:
                done += count
                if done == len(view):
                    return

    def sendto(self, data, *rest):
        if not 1 <= len(rest) <= 2:
            raise TypeError(f'sendto() takes 2 or 3 arguments ({1 + len(rest)} given)')
        view, address = arguments.view(data), rest[-1]
        if len(rest) == 2:
            arguments.c_int(rest[0])
        fd, site = self._open_fd(), calls.site(_SENDTO)
        if self._type == SOCK_STREAM:
            return self.send(view)
        name, port = self._resolved(address, 'sendto')
        if port == 0:
            raise os_error('EINVAL')
        if name == '255.255.255.255' and not self._options.get((options.SOL_SOCKET, options.SO_BROADCAST)):
            raise os_error('EACCES')
        # The kernel binds it by itself: no call of the program's.
        failure = '' if host.isBound(fd) else suspend(host.bind(fd, '', 0, 0))
        count = failure or _hand(host.sendTo, fd, view, name, port, site)
        if isinstance(count, str):
            raise os_error(count)
        return count

    def sendmsg(self, buffers, ancillary=(), flags=0, address=None, /):
        data = b''.join([arguments.view(buffer) for buffer in buffers])
        messages = [_note(item) for item in ancillary]
        arguments.c_int(flags)
        if address is not None:
            addresses.check(self._family, address, 'sendmsg')
        if messages:
            raise os_error('EOPNOTSUPP')
        return self.send(data, flags) if address is None else self.sendto(data, flags, address)

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
