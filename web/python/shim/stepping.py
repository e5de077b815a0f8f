"""Standing still before a socket call, and what the threads of the process have in hand while they do."""

import json
import sys
import threading
import types

from . import switching
from .switching import MAIN, SIGNALLED, can_suspend, deliver_signal, host, is_main, suspend

# Of an event loop's own pair of sockets, which no program opened.
_OWN_PAIR = frozenset(('_read_from_self', '_write_to_self', '_close_self_pipe'))
_TEXT_MAX, _ITEMS_MAX, _VARIABLES_MAX = 60, 5, 40
_PLAIN = (bool, int, float, complex, types.NoneType)
_HIDDEN = (types.ModuleType, types.FunctionType, types.BuiltinFunctionType, type)


def stand(site):
    """Sleeps until the person lets the call be made."""
    if not can_suspend() or _is_own_pair(sys._getframe(3)):
        return
    while True:
        waiter = host.stand(is_main(), site)
        woken = None
        try:
            woken = suspend(waiter)
        finally:
            host.stoodUp(waiter)
        if woken != SIGNALLED:
            return
        deliver_signal()
        if not host.isStepping():
            return


def _is_own_pair(frame):
    for _ in range(3):
        if frame is None:
            return False
        if frame.f_code.co_name in _OWN_PAIR:
            return True
        frame = frame.f_back
    return False


def look():
    """The threads that stand or wait now, as JSON: their names, the lines that led there, and the variables of the innermost."""
    switching.enter(0)
    return json.dumps([_thread(ident, *at) for ident, at in sorted(switching.waiting.items())])


def _thread(ident, frames, waiter):
    thread = threading._active.get(ident)
    return {
        'ident': ident,
        'name': '' if ident == MAIN or thread is None else thread.name,
        'waiter': waiter,
        'frames': [{'name': _function(frame), 'line': frame.f_lineno} for frame in frames],
        'variables': _variables(frames[0]) if frames else {},
    }


def _function(frame):
    name = frame.f_code.co_name
    return '' if name == '<module>' else name


def _variables(frame):
    shown = {}
    for name, value in list(frame.f_locals.items()):
        if name.startswith('__') or isinstance(value, _HIDDEN):
            continue
        if len(shown) == _VARIABLES_MAX:
            break
        shown[name] = _show(value, 0)
    return shown


def _show(value, depth):
    """As repr() writes it, shortened. Code of the program's own is not run for it."""
    kind = type(value)
    if kind in _PLAIN:
        return _cut(repr(value)) if kind is not int or value.bit_length() < 256 else 'int'
    if kind in (str, bytes, bytearray):
        return repr(value) if len(value) <= _TEXT_MAX else f'{value[:_TEXT_MAX]!r}… {len(value)}'
    if kind in (tuple, list, set, frozenset, dict):
        return _show_items(value, kind, depth)
    fd = getattr(value, '_fd', None) if isinstance(value, sys.modules['_socket'].socket) else None
    if fd is not None:
        return f'socket fd={fd}' if fd >= 0 else 'socket, closed'
    return f'<{kind.__name__}>'


def _show_items(value, kind, depth):
    left, right = {tuple: '()', list: '[]'}.get(kind, '{}')
    if depth == 2:
        return f'{left}…{right}'
    items = list(value.items() if kind is dict else value)[:_ITEMS_MAX]
    if kind is dict:
        texts = [f'{_show(key, depth + 1)}: {_show(one, depth + 1)}' for key, one in items]
    else:
        texts = [_show(one, depth + 1) for one in items]
    rest = len(value) - len(items)
    end = f', … {len(value)}' if rest else ',' if kind is tuple and len(texts) == 1 else ''
    return f'{left}{", ".join(texts)}{end}{right}'


def _cut(text):
    return text if len(text) <= _TEXT_MAX else f'{text[:_TEXT_MAX]}…'
