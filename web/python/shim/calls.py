"""Which line of the program makes a call, and the numbers by which the worker knows the calls."""

import sys

# The order is the worker's too: call-sites.ts.
NAMES = (
    'socket', 'bind', 'listen', 'accept', 'connect', 'send', 'recv', 'sendto', 'recvfrom', 'shutdown', 'close',
    'setsockopt', 'getsockopt', 'getaddrinfo', 'select', 'sleep', 'acquire', 'join', 'input', 'detach',
)
NUMBER = {name: number for number, name in enumerate(NAMES)}
# Of what no program calls: the worker does not record it.
NO_SITE = -1
_program = None


def set_program(filename):
    global _program
    _program = filename


def site(number):
    """The call's number and the innermost line of the program that led to it, as one integer: `line * 32 + number`."""
    frame = sys._getframe(1)
    while frame is not None:
        if frame.f_code.co_filename == _program:
            return frame.f_lineno * 32 + number
        frame = frame.f_back
    return number
