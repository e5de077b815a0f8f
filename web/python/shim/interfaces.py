"""The network interfaces of the machine as far as a program in the tab can know: loopback."""

import operator

from .errnos import os_error

LOOPBACK = (1, 'lo')


def if_nameindex():
    return [LOOPBACK]


def if_nametoindex(name, /):
    if isinstance(name, str):
        name = name.encode()
    elif not isinstance(name, bytes):
        raise TypeError(f"expected str, bytes or os.PathLike object, not {type(name).__name__}")
    if name != LOOPBACK[1].encode():
        raise OSError('no interface with this name')
    return LOOPBACK[0]


def if_indextoname(index, /):
    number = operator.index(index)
    if not 0 <= number < 2**32:
        raise OverflowError("can't convert negative value to unsigned int" if number < 0 else 'index is too large')
    if number != LOOPBACK[0]:
        raise os_error('ENXIO')
    return LOOPBACK[1]
