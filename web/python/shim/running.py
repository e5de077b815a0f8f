"""The first frames of a program and of each of its threads; all other code of this package is atomic (switching.py)."""

import asyncio
import atexit
import builtins
import linecache
import os
import shlex
import sys
import traceback
import types

from . import calls, failures, machine
from .switching import MAIN, enter, host

_SHELL_SYNTAX_ERROR = 2


def run(source, filename, args=''):
    """Runs it as __main__; returns the exit code a shell would see. Called on a green thread: the main one."""
    enter(MAIN)
    try:
        argv = [filename, *shlex.split(args)]
    except ValueError as error:
        print(f'sh: 1: Syntax error: {error}', file=sys.stderr)
        return _SHELL_SYNTAX_ERROR
    asyncio.events._set_running_loop(None)
    calls.set_program(filename)
    main = types.ModuleType('__main__')
    main.__file__ = os.path.abspath(filename)
    main.__builtins__ = builtins
    sys.modules['__main__'] = main
    sys.argv = argv
    sys.path.insert(0, os.getcwd())
    sys.excepthook = sys.__excepthook__  # Pyodide has put one without colours in its place
    machine.close()
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    code = _guarded(lambda: exec(compile(source, filename, 'exec'), main.__dict__), filename)
    ended = _guarded(sys.modules['threading']._shutdown, filename)
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            pass
    return code or ended


def run_thread(ident, function, args, kwargs, finish):
    enter(ident)
    asyncio.events._set_running_loop(None)  # Pyodide's own, which every thread state begins with
    try:
        function(*args, **kwargs)
    except SystemExit:
        pass
    except BaseException as error:
        what = types.SimpleNamespace(
            exc_type=type(error),
            exc_value=error,
            exc_traceback=error.__traceback__,
            err_msg='Exception ignored in thread started by',
            object=function,
        )
        sys.unraisablehook(what)
        failures.tell(error)
    finally:
        finish()


def _guarded(function, filename):
    try:
        function()
    except SystemExit as leaving:
        return _exit_code(leaving.code)
    except BaseException as error:
        _report(error, filename)
        return 130 if isinstance(error, KeyboardInterrupt) else 1
    return 0


def _exit_code(code):
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _report(error, filename):
    """Prints it as the interpreter does and tells the page where in the program it came from."""
    step = error.__traceback__
    while step is not None and step.tb_frame.f_code.co_filename != filename:
        step = step.tb_next
    shown = error.with_traceback(step)
    _print(shown)
    host.raised(*failures.place(error, filename))


def _print(error):
    """By sys.excepthook, which a program may have put another in the place of."""
    sys.last_exc, sys.last_type, sys.last_value, sys.last_traceback = error, type(error), error, error.__traceback__
    hook = sys.excepthook
    if hook is sys.__excepthook__:
        traceback._print_exception_bltin(error)  # what the interpreter itself calls: in colours where they can be seen
        return
    try:
        hook(type(error), error, error.__traceback__)
    except BaseException as failed:
        print('Error in sys.excepthook:', file=sys.stderr)
        traceback._print_exception_bltin(failed)
        print('\nOriginal exception was:', file=sys.stderr)
        traceback._print_exception_bltin(error)
