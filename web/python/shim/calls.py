"""Which line of the program makes a call, and the numbers by which the worker knows the calls."""

import sys
import threading

from . import stepping, switching
from .switching import host

# The order is the worker's too: call-sites.ts.
NAMES = (
    'socket', 'bind', 'listen', 'accept', 'connect', 'send', 'recv', 'sendto', 'recvfrom', 'shutdown', 'close',
    'setsockopt', 'getsockopt', 'getaddrinfo', 'select', 'sleep', 'acquire', 'join', 'input', 'detach', 'get', 'put',
    'wait',
)
NUMBER = {name: number for number, name in enumerate(NAMES)}
# Of what no program calls: the worker does not record it.
NO_SITE = -1
# Before these a program can be made to stand: those on sockets, and the waits for them.
_STEPS = frozenset(NUMBER[name] for name in NAMES[:12]) | {NUMBER['select']}
_program = None
# Threads of which the worker knows the name.
_named = {}


def set_program(filename):
    global _program
    _program = switching.program = filename


def program():
    return _program


def site(number):
    """The thread, the innermost line of the program that led to it and the call's number, as one integer: siteOf."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != _program:
        frame = frame.f_back
    made = number if frame is None else frame.f_lineno * 32 + number
    ident = switching.get_ident()
    if ident != switching.MAIN:
        made += ident << 25
        _name(ident)
    if number in _STEPS and host.isStepping():
        stepping.stand(made)
    return made


def _name(ident):
    thread = threading._active.get(ident)
    if thread is not None and _named.get(ident) != thread.name:
        _named[ident] = thread.name
        host.nameThread(ident, thread.name)


def waiting(number):
    """The number of what the program called, where it waits for a lock of the standard library's within."""
    frame = sys._getframe(2)
    for _ in range(4):
        if frame is None:
            break
        code = frame.f_code
        if code.co_name in ('get', 'put') and code.co_filename.endswith('queue.py'):
            return NUMBER[code.co_name]
        if code.co_name == 'wait' and code.co_filename.endswith('threading.py'):
            number = NUMBER['wait']
        frame = frame.f_back
    return number
