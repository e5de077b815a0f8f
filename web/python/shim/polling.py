"""select(2), poll(2) and epoll(7) on the worker's table of sockets; descriptor 0 is the keyboard."""

import io
import sys

from . import arguments, calls
from .descriptors import is_open_file
from .errnos import os_error
from .switching import block, host, yield_now

POLLIN, POLLPRI, POLLOUT, POLLERR, POLLHUP, POLLNVAL, POLLRDHUP = 1, 2, 4, 8, 16, 32, 0x2000
EPOLL_CLOEXEC, EPOLLONESHOT, EPOLLET, EPOLLEXCLUSIVE = 0o2000000, 1 << 30, 1 << 31, 1 << 28
_SITE = calls.NUMBER['select']
# These wait because another has called them.
_PASSED_ON = frozenset(('_playground', 'selectors'))


def descriptor(file):
    if not isinstance(file, int) and not hasattr(file, 'fileno'):
        raise TypeError('argument must be an int, or have a fileno() method.')
    fd = file if isinstance(file, int) else file.fileno()
    if not isinstance(fd, int):
        raise TypeError('fileno() returned a non-integer')
    if fd < 0:
        raise ValueError(f'file descriptor cannot be a negative integer ({fd})')
    return fd


def _wait(interests, timeout):
    """`interests` maps a descriptor to events. Waits until any is ready, or the time is up; returns what is ready."""
    # As text, both ways: cheaper than a proxy for an array.
    flat = ' '.join([f'{fd} {events}' for fd, events in interests.items()])
    has_waited = timeout is None or timeout > 0
    if has_waited:
        site = calls.site(_SITE)
        block(lambda ms, is_main: host.waitAny(flat, ms, is_main, site), timeout)
    else:
        # An event loop looks so at each of its turns: no call that is worth a word.
        yield_now()
    ready = host.ready(flat)
    if has_waited and ready:
        host.polled(ready, site)
    elif has_waited and _is_of_program():
        host.pollMissed(flat, site)
    numbers = list(map(int, ready.split()))
    return dict(zip(numbers[::2], numbers[1::2], strict=True))


def _is_of_program():
    """Whether a line of the program waits: a server's loop in the library looks around twice a second, which is no news."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_globals.get('__name__', '').partition('.')[0] in _PASSED_ON:
        frame = frame.f_back
    return frame is not None and frame.f_code.co_filename == calls.program()


def select(readers, writers, exceptional, timeout=None, /):
    if timeout is not None:
        if not isinstance(timeout, int | float):
            raise TypeError('timeout must be a number or None')
        if timeout < 0:
            raise ValueError('timeout must be non-negative')
    interests, asked = {}, []
    for files, events, found in (
        (readers, POLLIN, POLLIN | POLLERR | POLLHUP),
        (writers, POLLOUT, POLLOUT | POLLERR),
        (exceptional, POLLPRI, POLLPRI),
    ):
        described = _describe(files)
        for _, fd in described:
            interests[fd] = interests.get(fd, 0) | events
        asked.append((described, found))
    ready = _wait(interests, timeout)
    if any(events & POLLNVAL for events in ready.values()):
        raise os_error('EBADF')
    return tuple([file for file, fd in described if ready.get(fd, 0) & found] for described, found in asked)


def _describe(files):
    """Each file with its number. A list may change under us, by the files' own doing: it is read as C reads it."""
    if not isinstance(files, list | tuple):
        files = list(files)
    described = []
    while len(described) < len(files):
        file = files[len(described)]
        described.append((file, descriptor(file)))
    return described


def _is_file(file):
    """What open() gives: always ready, so that epoll has no use for it."""
    return isinstance(getattr(getattr(file, 'buffer', file), 'raw', file), io.FileIO)


def make_poll():
    made = object.__new__(poll)
    made._interests = {}
    return made


class poll:
    __module__ = 'select'

    def __new__(cls, *_, **__):
        raise TypeError("cannot create 'select.poll' instances")

    def register(self, file, eventmask=POLLIN | POLLPRI | POLLOUT, /):
        self._interests[descriptor(file)] = eventmask

    def modify(self, file, eventmask, /):
        fd = descriptor(file)
        if fd not in self._interests:
            raise os_error('ENOENT')
        self._interests[fd] = eventmask

    def unregister(self, file, /):
        del self._interests[descriptor(file)]

    def poll(self, timeout=None, /):
        seconds = None if timeout is None or timeout < 0 else timeout / 1000
        return list(_wait(self._interests, seconds).items())


class epoll:
    __module__ = 'select'

    def __init__(self, sizehint=-1, flags=0):
        if sizehint != -1 and sizehint <= 0:
            raise ValueError('negative sizehint')
        self._interests = {}
        # A number of its own, among the sockets' numbers.
        self._fd = host.socket(1, 2, calls.NO_SITE)

    closed = property(lambda self: self._fd < 0)

    def fileno(self):
        if self._fd < 0:
            raise ValueError('I/O operation on closed epoll object')
        return self._fd

    def close(self):
        fd, self._fd = self._fd, -1
        if fd >= 0:
            host.close(fd, calls.NO_SITE)

    __del__ = close

    def register(self, file, eventmask=POLLIN | POLLPRI | POLLOUT):
        fd = self._open(file)
        if fd in self._interests:
            raise os_error('EEXIST')
        if _is_file(file):
            raise os_error('EPERM')
        if not host.describe(fd) and fd > 2:
            raise os_error('EPERM' if is_open_file(fd) else 'EBADF')
        self._interests[fd] = eventmask

    def modify(self, file, eventmask):
        fd = self._open(file)
        if fd not in self._interests:
            raise os_error('ENOENT')
        self._interests[fd] = eventmask

    def unregister(self, file):
        if self._interests.pop(self._open(file), None) is None:
            raise os_error('ENOENT')

    def poll(self, timeout=None, maxevents=-1):
        if self._fd < 0:
            raise ValueError('I/O operation on closed epoll object')
        # A closed descriptor leaves an epoll set by itself.
        self._interests = {fd: events for fd, events in self._interests.items() if fd < 3 or host.describe(fd)}
        events = list(_wait(self._interests, None if timeout is None or timeout < 0 else timeout).items())
        return events if maxevents < 0 else events[:maxevents]

    def _open(self, file):
        if self._fd < 0:
            raise ValueError('I/O operation on closed epoll object')
        return descriptor(file)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def install(module):
    # SelectSelector holds it as a class attribute.
    module.select = arguments.builtin(select)
    module.poll = arguments.builtin(make_poll)
    module.epoll = epoll
    for bit in ('IN', 'PRI', 'OUT', 'ERR', 'HUP', 'RDHUP'):
        setattr(module, f'EPOLL{bit}', globals()[f'POLL{bit}'])
    module.POLLRDHUP = POLLRDHUP
    for name in ('EPOLL_CLOEXEC', 'EPOLLONESHOT', 'EPOLLET', 'EPOLLEXCLUSIVE'):
        setattr(module, name, globals()[name])
