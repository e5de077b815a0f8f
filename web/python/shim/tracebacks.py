"""Tracebacks as CPython prints them: there the socket calls are C, so no frame of this package is to be seen."""

import traceback

_OURS = __file__.rpartition('/')[0]


def _is_ours(frame):
    return frame.f_code.co_filename.startswith(_OURS)


def install():
    # The standard library's one source of steps, for print_exc, logging, threading.excepthook and the interpreter itself.
    walk_positions = traceback._walk_tb_with_full_positions
    walk = traceback.walk_tb
    traceback._walk_tb_with_full_positions = lambda step: (
        (frame, where) for frame, where in walk_positions(step) if not _is_ours(frame)
    )
    traceback.walk_tb = lambda step: ((frame, line) for frame, line in walk(step) if not _is_ours(frame))
