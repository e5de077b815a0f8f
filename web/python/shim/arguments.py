"""Arguments as C reads them: the wrong ones raise what CPython raises."""

import functools
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


def _count_text(name, least, most, given):
    if least == most:
        return f'{name}() takes exactly {most} argument{"s" * (most != 1)} ({given} given)'
    bound, number = ('at least', least) if given < least else ('at most', most)
    return f'{name}() takes {bound} {number} argument{"s" * (number != 1)} ({given} given)'


def counted(least, most):
    """A function or method of C that parses a tuple of so many arguments: what CPython says of another number of them."""

    def decorate(function):
        name = function.__name__

        @functools.wraps(function)
        def method(self, *args, **named):
            if named:
                raise TypeError(f'{name}() takes no keyword arguments')
            if not least <= len(args) <= most:
                raise TypeError(_count_text(name, least, most, len(args)))
            return function(self, *args)

        return method

    return decorate


def single(function):
    """A method of C that takes one argument (METH_O)."""
    name = f'socket.{function.__name__}'

    @functools.wraps(function)
    def method(self, *args, **named):
        if named:
            raise TypeError(f'{name}() takes no keyword arguments')
        if len(args) != 1:
            raise TypeError(f'{name}() takes exactly one argument ({len(args)} given)')
        return function(self, *args)

    return method


def plain(function):
    """A method of C that takes none (METH_NOARGS)."""
    name = f'socket.{function.__name__}'

    @functools.wraps(function)
    def method(self, *args, **named):
        if named:
            raise TypeError(f'{name}() takes no keyword arguments')
        if args:
            raise TypeError(f'{name}() takes no arguments ({len(args)} given)')
        return function(self)

    return method


def buffered(function):
    """A method of C that fills a buffer and names its arguments."""
    name = function.__name__

    @functools.wraps(function)
    def method(self, *args, **named):
        if not args and 'buffer' not in named:
            raise TypeError(f"{name}() missing required argument 'buffer' (pos 1)")
        if len(args) + len(named) > 3:
            raise TypeError(f'{name}() takes at most 3 arguments ({len(args) + len(named)} given)')
        return function(self, *args, **named)

    return method


def name_text(name, call):
    """The name of a host, as the format `et` of C takes it."""
    if not isinstance(name, str | bytes | bytearray):
        raise TypeError(f'{call}() argument 1 must be str, bytes or bytearray, not {type(name).__name__}')
    return name
