"""The keyboard as sys.stdin, and time.sleep: what waits and is not a socket."""

import io
import sys

from . import calls, late
from .errnos import os_error
from .switching import block, host, yield_now

_IN = 1
_INPUT, _SLEEP = calls.NUMBER['input'], calls.NUMBER['sleep']


class Keyboard:
    """Descriptor 0: lines as the terminal sends them; '' is Ctrl+D."""

    is_blocking = True

    def read(self, size):
        """At the most so many bytes of one line, as read(2) of a terminal gives them; b'' at Ctrl+D."""
        if sys.stdout is not None:
            sys.stdout.flush()
        if size <= 0:
            return b''
        site = calls.site(_INPUT)
        if not self.is_blocking and not host.ready(f'0 {_IN}'):
            raise os_error('EAGAIN')
        block(lambda ms, is_main: host.waitReady(0, _IN, ms, is_main, site), None)
        line = host.readLine().encode(errors='surrogateescape')
        if len(line) > size:
            host.unread(line[size:].decode(errors='surrogateescape'))
        return line[:size]


keyboard = Keyboard()


class KeyboardIO(io.RawIOBase):
    """What sys.stdin.buffer.raw is of a terminal."""

    name = '<stdin>'
    mode = 'rb'

    def fileno(self):
        return 0

    def isatty(self):
        return True

    def readable(self):
        return True

    def readinto(self, buffer):
        view = memoryview(buffer).cast('B')
        try:
            data = keyboard.read(len(view))
        except BlockingIOError:
            return None
        view[: len(data)] = data
        return len(data)


def sleep(seconds, /):
    if not hasattr(seconds, '__float__') and not hasattr(seconds, '__index__'):
        raise TypeError(f"'{type(seconds).__name__}' object cannot be interpreted as an integer")
    seconds = float(seconds)
    if seconds < 0:
        raise ValueError('sleep length must be non-negative')
    if seconds == 0:
        yield_now()
        return
    site = calls.site(_SLEEP)
    block(lambda ms, is_main: host.waitWoken(ms, is_main, site), seconds)


def _getpass(prompt='Password: ', stream=None, *, echo_char=None):
    """As on a terminal: what is typed is not shown."""
    del echo_char  # lines are typed as a whole here
    out = stream or sys.stderr
    out.write(prompt)
    out.flush()
    host.setEcho(False)
    try:
        line = sys.stdin.readline()
    finally:
        host.setEcho(True)
    if not line:
        raise EOFError
    return line.removesuffix('\n')


def _change_getpass(module):
    module.getpass = module.unix_getpass = _getpass


def install():
    stdin = io.TextIOWrapper(io.BufferedReader(KeyboardIO()), 'utf-8', 'strict', line_buffering=True)
    stdin.mode = 'r'
    sys.stdin = sys.__stdin__ = stdin
    sys.stdout.reconfigure(line_buffering=True)
    sys.stderr.reconfigure(line_buffering=True)
    late.change('getpass', _change_getpass)
