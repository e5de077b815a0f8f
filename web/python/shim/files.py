"""os.read, os.write and open() on the numbers of sockets and of the keyboard: C knows neither."""

import builtins
import io
import os

from . import arguments, calls, descriptors
from .errnos import os_error
from .sockets import socket
from .stdio import keyboard
from .switching import host

_RECV, _SEND = calls.NUMBER['recv'], calls.NUMBER['send']
_c_open, _c_read, _c_write, _c_readv, _c_writev = io.open, os.read, os.write, os.readv, os.writev
_c_set_blocking, _c_get_blocking = os.set_blocking, os.get_blocking
_STDIN = 0


class _Borrowed(socket):
    """A socket's calls on a descriptor that somebody else owns."""

    __slots__ = ()

    def __init__(self, fd):
        known = host.describe(fd)
        if not known:
            raise os_error('EBADF')
        self._family, self._type = map(int, known.split())
        self._timeout = 0.0 if descriptors.is_nonblocking(fd) else None
        self._options, self._proto, self._fd = {}, 0, fd

    def __del__(self):
        self._fd = -1


def _is_socket(fd):
    return isinstance(fd, int) and bool(host.describe(fd))


def read(fd, length, /):
    if fd == _STDIN:
        return keyboard.read(arguments.c_int(length))
    if not _is_socket(fd):
        return _c_read(fd, length)
    return _Borrowed(fd)._receive(arguments.c_int(length), 0, calls.site(_RECV))


def write(fd, data, /):
    return _Borrowed(fd).send(data) if _is_socket(fd) else _c_write(fd, data)


def readv(fd, buffers, /):
    return _Borrowed(fd).recvmsg_into(buffers)[0] if _is_socket(fd) else _c_readv(fd, buffers)


def writev(fd, buffers, /):
    return _Borrowed(fd).sendmsg(buffers) if _is_socket(fd) else _c_writev(fd, buffers)


def set_blocking(fd, blocking, /):
    if fd == _STDIN:
        keyboard.is_blocking = bool(blocking)
    elif _is_socket(fd):
        descriptors.set_nonblocking(fd, not blocking)
    else:
        _c_set_blocking(fd, blocking)


def get_blocking(fd, /):
    if fd == _STDIN:
        return keyboard.is_blocking
    return not descriptors.is_nonblocking(fd) if _is_socket(fd) else _c_get_blocking(fd)


class DescriptorIO(io.RawIOBase):
    """What io.FileIO is of a file's number."""

    def __init__(self, fd, mode, closefd):
        self._fd = fd
        self._closefd = closefd
        self.mode = mode
        self.name = fd

    def fileno(self):
        if self.closed:
            raise ValueError('I/O operation on closed file')
        return self._fd

    def isatty(self):
        return self._fd == _STDIN

    def readable(self):
        return 'r' in self.mode or '+' in self.mode

    def writable(self):
        return 'w' in self.mode or '+' in self.mode

    def readinto(self, buffer):
        view = memoryview(buffer).cast('B')
        try:
            data = os.read(self.fileno(), len(view))
        except BlockingIOError:
            return None
        view[: len(data)] = data
        return len(data)

    def write(self, data):
        try:
            return os.write(self.fileno(), data)
        except BlockingIOError:
            return None

    def close(self):
        if not self.closed:
            super().close()
            if self._closefd and self._fd != _STDIN:
                os.close(self._fd)


def open(file, mode='r', buffering=-1, encoding=None, errors=None, newline=None, closefd=True, opener=None):
    if not isinstance(file, int) or not (file == _STDIN or _is_socket(file)):
        return _c_open(file, mode, buffering, encoding, errors, newline, closefd, opener)
    is_binary = 'b' in mode
    raw = DescriptorIO(file, mode.replace('b', '').replace('t', '').replace('a', 'w').replace('x', 'w'), closefd)
    if buffering == 0:
        if not is_binary:
            raise ValueError("can't have unbuffered text I/O")
        return raw
    size = buffering if buffering > 1 else io.DEFAULT_BUFFER_SIZE
    kind = io.BufferedRWPair if raw.readable() and raw.writable() else io.BufferedReader if raw.readable() else io.BufferedWriter
    made = kind(raw, raw, size) if kind is io.BufferedRWPair else kind(raw, size)
    if is_binary:
        return made
    text = io.TextIOWrapper(made, encoding, errors, newline, line_buffering=buffering == 1 or raw.isatty())
    text.mode = mode
    return text


def install():
    for function in (read, write, readv, writev, set_blocking, get_blocking):
        setattr(os, function.__name__, arguments.builtin(function))
    io.open = builtins.open = arguments.builtin(open)
