"""Where in the program an exception came from, for the page: of the program, and of threads, handlers and tasks of it."""

import asyncio
import sys
import threading
import traceback

from . import calls
from .switching import host


def place(error, filename):
    """The innermost line of the program that led to it, 0 where there is none; its type and its message."""
    line = error.lineno if isinstance(error, SyntaxError) and error.filename == filename else 0
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == filename:
            line = step.tb_lineno
        step = step.tb_next
    kind = type(error)
    name = kind.__name__ if kind.__module__ in ('builtins', '__main__') else f'{kind.__module__}.{kind.__name__}'
    return line or 0, name, _message(error)


def _message(error):
    """With what the interpreter prints behind it: "Did you mean: 'sock'?"."""
    if isinstance(error, SyntaxError):
        return str(error)
    return traceback.TracebackException(type(error), error, error.__traceback__, compact=True)._str


def tell(error):
    """It ended a thread, a handler of a server or a task, and was printed; the program goes on."""
    if error is not None and not isinstance(error, SystemExit):
        host.raisedIn(threading.current_thread().name, *place(error, calls.program()))


def install():
    print_hook, print_exc = threading.excepthook, traceback.print_exc
    handle = asyncio.BaseEventLoop.default_exception_handler

    def excepthook(args, /):
        print_hook(args)
        tell(args.exc_value)

    def print_exception(*args, **kwargs):
        print_exc(*args, **kwargs)
        caller = sys._getframe(1).f_code
        # socketserver prints what a handler raised, and serves the next client.
        if caller.co_name == 'handle_error' and caller.co_filename.endswith('socketserver.py'):
            tell(sys.exception())

    def exception_handler(self, context):
        handle(self, context)
        tell(context.get('exception'))

    threading.excepthook = threading.__excepthook__ = excepthook
    traceback.print_exc = print_exception
    asyncio.BaseEventLoop.default_exception_handler = exception_handler
