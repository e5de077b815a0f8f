"""Where a green thread gives up the stack: the one place in the process that suspends.

A green thread is a Python call that runs on a WebAssembly stack of its own. It goes on until it waits for something; then
`suspend` puts its stack aside and the worker's event loop takes over, which lets messages in and resumes others.
"""

import gc
import select
import signal
import sys
import time
import types

from pyodide.ffi import can_run_sync

from _playground_host import host as _host

MAIN = 1
TIMED_OUT, READY, SIGNALLED = 0, 1, 2
# A signal that the worker raises in long-running code, at the checks of the evaluation loop only.
TICK = 60

# The worker's functions, looked up once: each look-up makes a proxy, which costs more than the call does.
host = types.SimpleNamespace(**{name: getattr(_host, name) for name in _host.object_keys()})

monotonic = time.monotonic
_c_poll = select.poll
_ident = MAIN
# The program's frames, the innermost first, and the waiter of each thread that sleeps, by its number.
waiting = {}
# The file name of the program.
program = None
_collecting = 0
# A stack has been put aside and no other has been entered yet: a tick that comes now is nobody's.
_is_between = False
# What a person typed runs: see console.py.
_is_still = False
_HERE = __file__.rpartition('/')[0]
# A program's and a thread's first frames.
_ENTRY = f'{_HERE}/running.py'


def get_ident():
    return _ident


def is_main():
    return _ident == MAIN


def can_suspend():
    """Not below a JavaScript frame, nor while the collector has its list heads on this stack, nor for the console."""
    return not _collecting and not _is_still and can_run_sync()


def hold_still(is_still):
    """Whether this stack is to be done before any other goes on."""
    global _is_still
    _is_still = is_still


def suspend(waiter):
    """Sleeps until the waiter is settled and returns with what: TIMED_OUT, READY or SIGNALLED.

    poll(2) with no descriptors is hooked by the worker: its timeout is the waiter's number.
    """
    global _ident, _is_between
    if not can_suspend():
        host.drop(waiter)
        raise RuntimeError('a call that blocks cannot be made from here')
    me = _ident
    waiting[me] = _program_frames(), waiter
    _is_between = True
    try:
        _c_poll().poll(waiter)
    finally:
        _is_between = False
        _ident = me
        del waiting[me]
    return host.result(waiter)


def _program_frames():
    """While they can be walked: the entry frames of a stack that is put aside are not where the next ones say."""
    frame, frames = sys._getframe(2), []
    while frame is not None:
        if frame.f_code.co_filename == program:
            frames.append(frame)
        frame = frame.f_back
    return frames


def block(make_waiter, timeout):
    """Waits, over signals (PEP 475); `make_waiter(ms, is_main)`, ms -1: for ever. False: the time is up."""
    deadline = None if timeout is None else monotonic() + timeout
    while True:
        left = -1 if deadline is None else max(0.0, (deadline - monotonic()) * 1000)
        woken = suspend(make_waiter(left, _ident == MAIN))
        if woken != SIGNALLED:
            return woken == READY
        deliver_signal()


def ask(make_waiter):
    """Waits for an answer, over signals; `make_waiter(is_main)`."""
    waiter = make_waiter(_ident == MAIN)
    while True:
        answer = suspend(waiter)
        if answer != SIGNALLED:
            return answer
        try:
            deliver_signal()
        except BaseException:
            host.drop(waiter)
            raise
        host.again(waiter)


def deliver_signal():
    number = host.takeSignal()
    if not number:
        return
    handler = signal.getsignal(number)
    if callable(handler):
        handler(number, sys._getframe(1))
    elif handler == signal.SIG_DFL and number == signal.SIGINT:
        raise KeyboardInterrupt


def leave(code):
    """os._exit(): nothing of the process runs any more, this thread neither."""
    host.exit(code)
    while can_suspend():
        suspend(host.waitWoken(-1, False, 0))
    raise SystemExit(code)


def yield_now():
    """Lets messages in and every other ready thread run."""
    suspend(host.tick())


def enter(ident):
    """The first thing on a new green thread's stack."""
    global _ident, _is_between
    _is_between = False
    _ident = ident
    host.enter()


def _is_preemptible(frame):
    """Not within our own code: it calls JavaScript, which may call Python back, and nothing suspends across such a frame;
    so all of it is atomic. Nor within an import, which holds a lock of C."""
    while frame is not None:
        filename = frame.f_code.co_filename
        if filename.startswith('<frozen importlib') or (filename.startswith(_HERE) and filename != _ENTRY):
            return False
        frame = frame.f_back
    return True


def _on_tick(_signum, frame):
    if _is_between or not can_suspend() or not _is_preemptible(frame):
        return
    yield_now()
    if _ident == MAIN:
        deliver_signal()


def _on_collection(phase, _info):
    global _collecting
    _collecting += 1 if phase == 'start' else -1


def install():
    gc.callbacks.append(_on_collection)
    signal.signal(TICK, _on_tick)
    signal.signal(signal.SIGINT, signal.default_int_handler)
