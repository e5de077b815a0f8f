"""Arguments as C reads them: the wrong ones raise what CPython raises."""

import math
import operator

_INT_MIN, _INT_MAX = -0x80000000, 0x7FFFFFFF
# What a PyTime_t of nanoseconds holds, in seconds.
_SECONDS_MAX = 9_223_372_036


def c_int(value):
    number = operator.index(value)
    if number > _INT_MAX:
        raise OverflowError('signed integer is greater than maximum')
    if number < _INT_MIN:
        raise OverflowError('signed integer is less than minimum')
    return number


def timeout(value):
    """None, or seconds as a float: what settimeout takes."""
    if value is None:
        return None
    if isinstance(value, float):
        if math.isnan(value):
            raise ValueError('Invalid value NaN (not a number)')
    else:
        value = operator.index(value)
    if value < 0:
        raise ValueError('Timeout value out of range')
    if value > _SECONDS_MAX:
        raise OverflowError('timestamp too large to convert to C PyTime_t')
    return float(value)


def view(data):
    """The bytes of a buffer, one by one."""
    try:
        found = memoryview(data)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None
    return found if found.format == 'B' and found.ndim == 1 and found.contiguous else memoryview(found.tobytes())


def port(number, call):
    if not hasattr(number, '__index__'):
        raise TypeError(f"'{type(number).__name__}' object cannot be interpreted as an integer")
    number = operator.index(number)
    if not 0 <= number <= 65535:
        raise OverflowError(f'{call}: port must be 0-65535.')
    return number


def builtin(function):
    """A function of C is no method where a class holds it, and `self` is not given to it; nor is this."""
    return staticmethod(function)
