"""Addresses as Python programs write them, and as the worker wants them: a host and a port."""

import ipaddress
import operator

import _socket as _c_socket

from . import arguments
from .interfaces import LOOPBACK

AF_UNIX, AF_INET, AF_INET6 = 1, 2, 10
FLOWINFO_MAX = 0xFFFFF


def inet_pton(family, text):
    if family != AF_INET6:
        return _c_socket.inet_pton(family, text)
    try:
        if '%' in text:
            raise ValueError
        return ipaddress.IPv6Address(text).packed
    except ValueError:
        raise OSError('illegal IP address string passed to inet_pton') from None


def inet_ntop(family, packed):
    if family != AF_INET6:
        return _c_socket.inet_ntop(family, packed)
    if len(packed) != 16:
        raise ValueError('invalid length of packed IP address string')
    return str(ipaddress.IPv6Address(bytes(packed)))


def family_of(text):
    """AF_INET or AF_INET6 of a literal address; 0 of anything else."""
    try:
        # Also 127.1 and the like, as inet_aton(3) has them.
        if text and text[0].isdigit() and not any(map(str.isspace, text)):
            _c_socket.inet_aton(text)
            return AF_INET
    except OSError:
        pass
    try:
        ipaddress.IPv6Address(text)
    except ValueError:
        return 0
    return AF_INET6


def canonical(text, family):
    """A literal address as the system writes it."""
    if family == AF_INET:
        return _c_socket.inet_ntoa(_c_socket.inet_aton(text))
    address, mark, zone = text.partition('%')
    return str(ipaddress.IPv6Address(address)) + mark + zone


def split_scope(text):
    """An address and the number of its zone: `fe80::1%lo` is ('fe80::1', 1)."""
    address, _, zone = text.partition('%')
    if not zone:
        return address, 0
    return address, LOOPBACK[0] if zone == LOOPBACK[1] else int(zone) if zone.isdigit() else 0


def check(family, address, call):
    """The host as text and the port of an address given to `call`, with the errors of CPython's getsockaddrarg."""
    if family == AF_UNIX:
        return _unix_path(address), 0
    name = 'AF_INET' if family == AF_INET else 'AF_INET6'
    if not isinstance(address, tuple):
        raise TypeError(f'{call}(): {name} address must be tuple, not {type(address).__name__}')
    if family == AF_INET and len(address) != 2:
        raise TypeError('AF_INET address must be a pair (host, port)')
    if family == AF_INET6 and not 2 <= len(address) <= 4:
        raise TypeError('AF_INET6 address must be a tuple (host, port[, flowinfo[, scopeid]])')
    host, port, *rest = address
    if isinstance(host, bytes | bytearray):
        host = host.decode()
    if not isinstance(host, str):
        raise TypeError(f'str, bytes or bytearray expected, not {type(host).__name__}')
    if '\0' in host:
        raise TypeError('host name must not contain null character')
    port = arguments.port(port, f'{call}()')
    if rest and not 0 <= operator.index(rest[0]) <= FLOWINFO_MAX:
        raise OverflowError(f'{call}(): flowinfo must be 0-1048575.')
    if host == '':
        host = '0.0.0.0' if family == AF_INET else '::'
    elif host == '<broadcast>':
        host = '255.255.255.255'
    return host, port


def _unix_path(address):
    if isinstance(address, str):
        path = address
    elif isinstance(address, bytes | bytearray):
        path = bytes(address).decode(errors='surrogateescape')
    else:
        raise TypeError(f'a bytes-like object is required, not {type(address).__name__!r}')
    if len(path.encode(errors='surrogateescape')) > 107:
        raise OSError('AF_UNIX path too long')
    return path


def show(family, endpoint):
    """An endpoint of the worker, `host port`, as getsockname(2) gives it to Python; '' is an unbound one."""
    host, _, port = endpoint.rpartition(' ')
    if family == AF_UNIX:
        return host
    if family == AF_INET6:
        return (host or '::', int(port or 0), 0, 0)
    return (host or '0.0.0.0', int(port or 0))
