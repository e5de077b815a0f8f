"""`_thread` on green threads: what `threading`, `queue` and `concurrent.futures` of the standard library stand on."""

import _thread as _c_thread
import collections
import functools
import types

from pyodide.ffi import create_proxy

from . import calls, running, thread_local
from .switching import MAIN, READY, SIGNALLED, TIMED_OUT, deliver_signal, get_ident, host, is_main, monotonic
from .switching import suspend, yield_now

TIMEOUT_MAX = 9223372036.0
_ACQUIRE, _JOIN = calls.NUMBER['acquire'], calls.NUMBER['join']
_next_ident = MAIN
_live = {}


def _left(deadline):
    """Milliseconds, -1: for ever."""
    return -1 if deadline is None else max(0.0, (deadline - monotonic()) * 1000)


def _deadline(blocking, timeout):
    if not blocking and timeout != -1:
        raise ValueError("can't specify a timeout for a non-blocking call")
    if timeout < 0 and timeout != -1:
        raise ValueError('timeout value must be a non-negative number')
    if timeout > TIMEOUT_MAX:
        raise OverflowError('timeout value is too large')
    return None if timeout < 0 else monotonic() + timeout


class lock:
    __slots__ = ('__weakref__', '_is_locked', '_waiting')
    __module__ = '_thread'

    def __init__(self):
        self._is_locked = False
        self._waiting = collections.deque()

    def acquire(self, blocking=True, timeout=-1):
        deadline = _deadline(blocking, timeout)
        if not self._is_locked:
            self._is_locked = True
            return True
        if not blocking:
            return False
        site = calls.site(calls.waiting(_ACQUIRE))
        while True:
            waiter = host.waitWoken(_left(deadline), is_main(), site)
            self._waiting.append(waiter)
            woken = TIMED_OUT
            try:
                woken = suspend(waiter)
            finally:
                if woken != READY:
                    self._forget(waiter)
            if not self._is_locked:
                self._is_locked = True
                return True
            if woken == TIMED_OUT:
                return False
            if woken == SIGNALLED:
                deliver_signal()

    def _forget(self, waiter):
        try:
            self._waiting.remove(waiter)
        except ValueError:
            # release() has chosen us just now: pass it on.
            if not self._is_locked:
                self._wake_next()

    def _wake_next(self):
        if self._waiting:
            host.wake(self._waiting.popleft())

    def release(self):
        if not self._is_locked:
            raise RuntimeError('release unlocked lock')
        self._is_locked = False
        self._wake_next()

    def locked(self):
        return self._is_locked

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()

    acquire_lock = acquire
    release_lock = release
    locked_lock = locked

    def _at_fork_reinit(self):
        self._is_locked = False
        self._waiting.clear()

    def __repr__(self):
        return f'<{"locked" if self._is_locked else "unlocked"} _thread.lock object at {id(self):#x}>'


class RLock:
    __slots__ = ('__weakref__', '_count', '_lock', '_owner')
    __module__ = '_thread'

    def __init__(self):
        self._lock = lock()
        self._owner = None
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        me = get_ident()
        if self._owner == me:
            self._count += 1
            return True
        if not self._lock.acquire(blocking, timeout):
            return False
        self._owner = me
        self._count = 1
        return True

    def release(self):
        if self._owner != get_ident():
            raise RuntimeError('cannot release un-acquired lock')
        self._count -= 1
        if not self._count:
            self._owner = None
            self._lock.release()

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()

    def locked(self):
        return self._lock.locked()

    def _is_owned(self):
        return self._owner == get_ident()

    def _recursion_count(self):
        return self._count if self._is_owned() else 0

    def _release_save(self):
        if not self._count:
            raise RuntimeError('cannot release un-acquired lock')
        state = self._count, self._owner
        self._count, self._owner = 0, None
        self._lock.release()
        return state

    def _acquire_restore(self, state):
        self._lock.acquire()
        self._count, self._owner = state

    def _at_fork_reinit(self):
        self.__init__()

    def __repr__(self):
        state = 'locked' if self.locked() else 'unlocked'
        owner = self._owner or 0
        return f'<{state} _thread.RLock object owner={owner} count={self._count} at {id(self):#x}>'


class _ThreadHandle:
    __module__ = '_thread'

    def __init__(self):
        self.ident = None
        self._is_started = False
        self._is_done = False
        self._waiting = []

    def is_done(self):
        return self._is_done

    def _set_done(self):
        self._is_done = True
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            host.wake(waiter)

    def join(self, timeout=None):
        if not self._is_started:
            raise RuntimeError('thread not started')
        if self.ident == get_ident():
            raise RuntimeError('Cannot join current thread')
        deadline = None if timeout is None or timeout < 0 else monotonic() + timeout
        site = calls.site(_JOIN)
        while not self._is_done:
            waiter = host.waitWoken(_left(deadline), is_main(), site)
            self._waiting.append(waiter)
            woken = suspend(waiter)
            if woken != READY and waiter in self._waiting:
                self._waiting.remove(waiter)
            if woken == TIMED_OUT:
                return
            if woken == SIGNALLED:
                deliver_signal()


def _start(function, args, kwargs, handle, is_daemon):
    global _next_ident
    _next_ident += 1
    ident = handle.ident = _next_ident
    handle._is_started = True
    _live[ident] = handle, is_daemon

    def finish():
        thread_local.forget(ident)
        del _live[ident]
        handle._set_done()

    # The worker calls it on a stack of its own, from its event loop: never below the frames of this thread.
    host.spawn(create_proxy(functools.partial(running.run_thread, ident, function, args, kwargs, finish)))


def start_joinable_thread(function, handle=None, daemon=True):
    handle = handle or _ThreadHandle()
    _start(function, (), {}, handle, daemon)
    return handle


def start_new_thread(function, args=(), kwargs=types.MappingProxyType({})):
    handle = _ThreadHandle()
    _start(function, tuple(args), dict(kwargs), handle, True)
    yield_now()
    return handle.ident


def _make_thread_handle(ident):
    handle = _ThreadHandle()
    handle.ident = ident
    handle._is_started = True
    return handle


def _shutdown():
    """Joins every thread that is not a daemon, as the interpreter does at its end."""
    while True:
        joinable = [handle for handle, is_daemon in _live.values() if not is_daemon and handle.ident != get_ident()]
        if not joinable:
            return
        joinable[0].join()


_KEPT = ('error', '_ExceptHookArgs', '_excepthook', '_is_main_interpreter', 'stack_size', 'exit', 'exit_thread')


def make_module():
    module = types.ModuleType('_thread', _c_thread.__doc__)
    module.__dict__.update({name: getattr(_c_thread, name) for name in (*_KEPT, '__spec__', '__loader__')})
    module.__dict__.update(
        lock=lock,
        LockType=lock,
        RLock=RLock,
        _local=thread_local._local,
        allocate_lock=lock,
        allocate=lock,
        TIMEOUT_MAX=TIMEOUT_MAX,
        get_ident=get_ident,
        get_native_id=get_ident,
        set_name=lambda name: None,
        start_joinable_thread=start_joinable_thread,
        start_new_thread=start_new_thread,
        start_new=start_new_thread,
        interrupt_main=lambda signum=2, /: host.signal(signum),
        daemon_threads_allowed=lambda: True,
        _ThreadHandle=_ThreadHandle,
        _make_thread_handle=_make_thread_handle,
        _get_main_thread_ident=lambda: MAIN,
        _shutdown=_shutdown,
        _count=lambda: len(_live),
    )
    return module
