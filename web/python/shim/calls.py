"""Which line of the program makes a call, and the numbers by which the worker knows the calls."""

import sys

from . import stepping, switching
from .switching import host

# The order is the worker's too: call-sites.ts.
NAMES = (
    'socket', 'bind', 'listen', 'accept', 'connect', 'send', 'recv', 'sendto', 'recvfrom', 'shutdown', 'close',
    'setsockopt', 'getsockopt', 'getaddrinfo', 'select', 'sleep', 'acquire', 'join', 'input', 'detach',
)
NUMBER = {name: number for number, name in enumerate(NAMES)}
# Of what no program calls: the worker does not record it.
NO_SITE = -1
# Before these a program can be made to stand: those on sockets, and the waits for them.
_STEPS = frozenset(NUMBER[name] for name in NAMES[:12]) | {NUMBER['select']}
_program = None


def set_program(filename):
    global _program
    _program = switching.program = filename


def program():
    return _program


def site(number):
    """The call's number and the innermost line of the program that led to it, as one integer: `line * 32 + number`."""
    frame = sys._getframe(1)
    while frame is not None and frame.f_code.co_filename != _program:
        frame = frame.f_back
    made = number if frame is None else frame.f_lineno * 32 + number
    if number in _STEPS and host.isStepping():
        stepping.stand(made)
    return made
