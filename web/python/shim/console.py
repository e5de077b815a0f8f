"""What a person types while the program stands still: it runs in the frame of a thread that stands or waits."""

import json
import traceback

from . import switching

_FILENAME = '<console>'
_TEXT_MAX = 2_000


def evaluate(ident, text):
    """As JSON: what came of it, as the interactive interpreter would show it, and whether that is an error.

    Nothing suspends meanwhile: no other thread goes on, and a call that would have to wait raises.
    """
    switching.enter(0)
    frames, _ = switching.waiting.get(ident, ((), None))
    if not frames:
        return json.dumps({'isThere': False, 'text': '', 'isError': False})
    switching.hold_still(True)
    try:
        shown, is_error = _run(text, frames[0]), False
    except BaseException as error:
        shown, is_error = ''.join(traceback.format_exception_only(error)).rstrip(), True
    finally:
        switching.hold_still(False)
    cut = shown if len(shown) <= _TEXT_MAX else f'{shown[:_TEXT_MAX]}…'
    return json.dumps({'isThere': True, 'text': cut, 'isError': is_error})


def _run(text, frame):
    """The locals of a function are those of the frame itself (PEP 667): an assignment is the program's."""
    try:
        code = compile(text.strip(), _FILENAME, 'eval')
    except SyntaxError:
        exec(compile(text, _FILENAME, 'exec'), frame.f_globals, frame.f_locals)
        return ''
    value = eval(code, frame.f_globals, frame.f_locals)
    return '' if value is None else repr(value)
