"""Receiving and sending: send, recv and their kin."""

from . import addresses, arguments, calls, options
from .errnos import os_error
from .socket_base import AF_INET, SOCK_DGRAM, SOCK_STREAM, SocketBase
from .switching import ask, host

MSG_PEEK, MSG_DONTWAIT, MSG_TRUNC, MSG_WAITALL = 2, 64, 32, 256
_IN, _OUT = 1, 4
_CHUNK = 65_536
# Where a bytes object has its bytes, behind its head: PyBytesObject's ob_sval, of which its basic size counts one.
_BYTES_AT = bytes.__basicsize__ - 1

_SEND, _RECV, _SENDTO, _RECVFROM = (calls.NUMBER[name] for name in ('send', 'recv', 'sendto', 'recvfrom'))


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


class Transfers(SocketBase):
    __slots__ = ()

    # Receiving

    @arguments.counted(1, 2)
    def recv(self, size, flags=0, /):
        if arguments.c_int(size) < 0:
            raise ValueError('negative buffersize in recv')
        return self._receive(size, flags, calls.site(_RECV))

    def _receive(self, size, flags, site):
        if size == 0 and site & 31 == _RECV:
            return b''  # CPython makes no call for it
        deadline, own = self._deadline(), self._open_fd()
        fd = own
        try:
            while True:
                got = host.receive(fd, size, flags & MSG_PEEK, site)
                if got == 'EAGAIN' and (self._timeout or not flags & MSG_DONTWAIT):
                    fd = self._wait(fd, _IN, deadline, site, size)
                elif isinstance(got, str):
                    if got == 'EAGAIN':
                        host.failed(fd, site, got, size)
                    raise os_error(got)
                elif flags & MSG_WAITALL and 0 < got < size:
                    return _fresh_bytes(got) + self._receive(size - got, flags, site)
                else:
                    return _fresh_bytes(got)
        finally:
            self._release(fd, own)

    @arguments.buffered
    def recv_into(self, buffer, nbytes=0, flags=0):
        view = _writable(buffer, 'recv_into')
        if nbytes < 0:
            raise ValueError('negative buffersize in recv_into')
        if nbytes > len(view):
            raise ValueError('buffer too small for requested bytes')
        data = self._receive(nbytes or len(view), flags, calls.site(_RECV))
        view[: len(data)] = data
        return len(data)

    @arguments.counted(1, 2)
    def recvfrom(self, size, flags=0, /):
        if arguments.c_int(size) < 0:
            raise ValueError('negative buffersize in recvfrom')
        data = self._receive(size, flags, calls.site(_RECVFROM))
        return data, self._sender()

    @arguments.buffered
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

    @arguments.counted(1, 3)
    def recvmsg(self, size, ancillary=0, flags=0, /):
        if size < 0:
            raise ValueError('negative buffer size in recvmsg()')
        if ancillary < 0:
            raise ValueError('invalid ancillary data buffer length')
        data, sender = self.recvfrom(size, flags)
        return data, [], self._message_flags(), sender

    @arguments.counted(1, 3)
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

    @arguments.counted(1, 2)
    def send(self, data, flags=0, /):
        """A blocking send(2) returns when all is in the kernel's buffer, one with a timeout when some of it is."""
        view, site = arguments.view(data), calls.site(_SEND)
        given, done, deadline, own = len(view), 0, self._deadline(), self._open_fd()
        fd = own
        try:
            while True:
                count = _hand(host.send, fd, view[done : done + _CHUNK], site, given, done, False)
                if count == 'EAGAIN':
                    if flags & MSG_DONTWAIT or (done and self._timeout is not None):
                        if done:
                            host.sent(fd)
                            return done
                        host.failed(fd, site, 'EAGAIN', given)
                        raise os_error('EAGAIN')
                    fd = self._wait(fd, _OUT, deadline, site, given)
                elif isinstance(count, str):
                    raise os_error(count)
                else:
                    done += count
                    if done == given:
                        return done
                    if self._timeout is not None and count < _CHUNK:
                        host.sent(fd)
                        return done
        finally:
            self._release(fd, own)

    @arguments.counted(1, 2)
    def sendall(self, data, flags=0, /):
        view, site = arguments.view(data), calls.site(_SEND)
        given, done, deadline, own = len(view), 0, self._deadline(), self._open_fd()
        fd = own
        try:
            while True:
                count = _hand(host.send, fd, view[done : done + _CHUNK], site, given, done, True)
                if count == 'EAGAIN':
                    fd = self._wait(fd, _OUT, deadline, site, given)
                elif isinstance(count, str):
                    raise os_error(count)
                else:
                    done += count
                    if done == given:
                        return
                    if fd == own:
                        fd = own = self._open_fd()  # CPython sends in parts, each by the number that the socket has then
        finally:
            self._release(fd, own)

    def sendto(self, *args, **named):
        if named:
            raise TypeError('sendto() takes no keyword arguments')
        if len(args) not in (2, 3):
            raise TypeError(f'sendto() takes 2 or 3 arguments ({len(args)} given)')
        data, *rest = args
        view, address = arguments.view(data), rest[-1]
        if len(rest) == 2:
            arguments.c_int(rest[0])
        fd, site = self._open_fd(), calls.site(_SENDTO)
        if self._type == SOCK_STREAM:
            return self.send(view)
        name, port = self._destination(address, 'sendto')
        if port == 0:
            raise os_error('EINVAL')
        if name == '255.255.255.255' and not self._options.get((options.SOL_SOCKET, options.SO_BROADCAST)):
            raise os_error('EACCES')
        if name == '255.255.255.255' or self._family == AF_INET and 224 <= int(name.partition('.')[0]) < 240:
            raise os_error('ENETUNREACH')
        # The kernel binds it by itself: no call of the program's.
        failure = '' if host.isBound(fd) else ask(lambda is_main: host.bind(fd, '', 0, calls.NO_SITE, is_main))
        count = failure or _hand(host.sendTo, fd, view, name, port, site)
        if isinstance(count, str):
            raise os_error(count)
        return count

    @arguments.counted(1, 4)
    def sendmsg(self, buffers, ancillary=(), flags=0, address=None, /):
        data = b''.join([arguments.view(buffer) for buffer in buffers])
        messages = [_note(item) for item in ancillary]
        arguments.c_int(flags)
        if address is not None:
            addresses.check(self._family, address, 'sendmsg')
        if messages:
            raise os_error('EOPNOTSUPP')
        return self.send(data, flags) if address is None else self.sendto(data, flags, address)
