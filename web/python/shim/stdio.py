"""The keyboard as sys.stdin, and time.sleep: what waits and is not a socket."""

import io
import sys

from . import calls
from .switching import block, host, yield_now

_IN = 1
_INPUT, _SLEEP = calls.NUMBER['input'], calls.NUMBER['sleep']


class Keyboard(io.TextIOBase):
    """Lines as the terminal sends them; '' is Ctrl+D."""

    encoding = 'utf-8'
    errors = 'strict'
    name = '<stdin>'
    mode = 'r'

    def __init__(self):
        self._left = ''

    def fileno(self):
        return 0

    def isatty(self):
        return True

    def readable(self):
        return True

    def readline(self, size=-1, /):
        sys.stdout.flush()
        site = calls.site(_INPUT)
        while '\n' not in self._left:
            block(lambda ms, is_main: host.waitReady(0, _IN, ms, is_main, site), None)
            line = host.readLine()
            if line == '':
                break
            self._left += line
        end = self._left.find('\n') + 1 or len(self._left)
        if size is not None and 0 <= size < end:
            end = size
        line, self._left = self._left[:end], self._left[end:]
        return line

    def read(self, size=-1, /):
        text = ''
        while size is None or size < 0 or len(text) < size:
            line = self.readline()
            if not line:
                break
            text += line
        if size is not None and size >= 0:
            text, self._left = text[:size], text[size:] + self._left
        return text

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line


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


def install():
    sys.stdin = sys.__stdin__ = Keyboard()
    sys.stdout.reconfigure(line_buffering=True)
    sys.stderr.reconfigure(line_buffering=True)
