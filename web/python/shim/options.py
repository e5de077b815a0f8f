"""Socket options as Linux keeps them: what getsockopt gives back after setsockopt, and what of it the gateway is told."""

import struct

from .errnos import os_error

AF_UNIX, AF_INET6 = 1, 10
_STREAM, _DATAGRAM = 1, 2
IPPROTO_IP, SOL_SOCKET, IPPROTO_TCP, IPPROTO_UDP, IPPROTO_IPV6 = 0, 1, 6, 17, 41
SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF = 2, 3, 4, 6, 7, 8
SO_KEEPALIVE, SO_LINGER, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN = 9, 13, 30, 38, 39
TCP_NODELAY, TCP_MAXSEG, TCP_INFO, IPV6_V6ONLY = 1, 2, 11, 26
IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP = 35, 36
IPV6_JOIN_GROUP, IPV6_LEAVE_GROUP = 20, 21
# net.core.wmem_max and rmem_max; the kernel doubles what is asked for, to have room for its own bookkeeping.
_BUFFER_MAX = 212_992
_SNDBUF_MIN, _RCVBUF_MIN = 4_608, 2_304

_DEFAULTS = {
    1: {(SOL_SOCKET, SO_SNDBUF): 16_384, (SOL_SOCKET, SO_RCVBUF): 131_072, (IPPROTO_TCP, TCP_MAXSEG): 536},
    2: {(SOL_SOCKET, SO_SNDBUF): 212_992, (SOL_SOCKET, SO_RCVBUF): 212_992},
}
# IP_TTL, IP_MULTICAST_TTL and _LOOP; TCP_KEEPIDLE, _KEEPINTVL and _KEEPCNT, TCP_SYNCNT, TCP_QUICKACK; IPV6_UNICAST_HOPS: as <net/ip.h> and <net/tcp.h> begin.
_INITIAL = {(0, 2): 64, (0, 33): 1, (0, 34): 1, (6, 4): 7_200, (6, 5): 75, (6, 6): 9, (6, 7): 6, (6, 12): 1, (41, 16): 64}
_SWITCHES = {
    (SOL_SOCKET, SO_REUSEADDR): 'reuseAddress',
    (SOL_SOCKET, SO_KEEPALIVE): 'keepAlive',
    (IPPROTO_TCP, TCP_NODELAY): 'noDelay',
    (IPPROTO_IPV6, IPV6_V6ONLY): 'ipv6Only',
}
# The options of each level that setsockopt(2) takes; those of _READ_ONLY it only tells.
_KNOWN = {
    SOL_SOCKET: {2, 5, 6, 7, 8, 9, 10, 12, 13, 15, 16, 18, 20, 21, 25, 29, 35, 37, 46},
    IPPROTO_IP: {1, 2, 4, 6, 7, 8, 10, 11, 12, 13, 15, 24, 32, 33, 34, 35, 36},
    IPPROTO_TCP: {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 18, 23, 25},
    IPPROTO_UDP: {1, 103, 104},
    IPPROTO_IPV6: {1, 8, 16, 17, 18, 19, 20, 21, 23, 25, 26, 49, 51, 66, 67},
}
_READ_ONLY = {SOL_SOCKET: {3, 4, 17, 19, 30, 38, 39}, IPPROTO_IP: {14}, IPPROTO_TCP: {11}, IPPROTO_IPV6: {24}}
# What a number may be: `ip(7)`, `tcp(7)`. -1 stands for the system's default where it is let in.
_RANGES = {
    (IPPROTO_IP, 2): (1, 255), (IPPROTO_IP, 33): (-1, 255), (IPPROTO_TCP, 4): (1, 32_767), (IPPROTO_TCP, 5): (1, 32_767),
    (IPPROTO_TCP, 6): (1, 127), (IPPROTO_TCP, 7): (1, 127), (IPPROTO_TCP, 18): (0, 0x7FFFFFFF),
    (IPPROTO_IPV6, 16): (-1, 255), (IPPROTO_IPV6, 18): (-1, 255),
}  # fmt: skip
_TCP_STATES = (
    '', 'ESTABLISHED', 'SYN-SENT', 'SYN-RECEIVED', 'FIN-WAIT-1', 'FIN-WAIT-2', 'TIME-WAIT', 'CLOSED', 'CLOSE-WAIT', 'LAST-ACK',
    'LISTEN', 'CLOSING',
)  # fmt: skip
# sizeof(struct tcp_info) of Linux 6; all but the state is the kernel's alone.
_TCP_INFO_BYTES = 248


def initial(kind):
    return dict(_DEFAULTS.get(kind, {}))


def _levels(family, kind):
    if family == AF_UNIX:
        return (SOL_SOCKET,)
    own = IPPROTO_TCP if kind == _STREAM else IPPROTO_UDP
    return (SOL_SOCKET, IPPROTO_IP, own, IPPROTO_IPV6) if family == AF_INET6 else (SOL_SOCKET, IPPROTO_IP, own)


def check_set(family, kind, level, option, value):
    """Raises what setsockopt(2) would."""
    if level not in _levels(family, kind):
        raise os_error('EOPNOTSUPP' if family == AF_UNIX else 'ENOPROTOOPT')
    if option not in _KNOWN[level]:
        raise os_error('ENOPROTOOPT')
    if (level, option) in ((IPPROTO_IP, IP_ADD_MEMBERSHIP), (IPPROTO_IP, IP_DROP_MEMBERSHIP)):
        _check_membership(kind, option, value)
    if (level, option) in ((IPPROTO_IPV6, IPV6_JOIN_GROUP), (IPPROTO_IPV6, IPV6_LEAVE_GROUP)):
        raise _no_multicast(option == IPV6_LEAVE_GROUP)
    least, most = _RANGES.get((level, option), (None, None))
    if least is not None and isinstance(value, int) and value != -1 and not least <= value <= most:
        raise os_error('EINVAL')
    if least is not None and isinstance(value, int) and value == -1 and level == IPPROTO_TCP:
        raise os_error('EINVAL')


def _no_multicast(is_leaving):
    return os_error('EADDRNOTAVAIL') if is_leaving else os_error('ENODEV', 'a tab has no network interface with multicast')


def _check_membership(kind, option, value):
    if kind == _STREAM:
        raise os_error('EPROTO')
    if not isinstance(value, int) and value is not None:
        group = bytes(value)
        if len(group) >= 8 and 224 <= group[0] < 240:
            raise _no_multicast(option == IP_DROP_MEMBERSHIP)
    raise os_error('EINVAL')


def check_get(family, kind, level, option):
    """Raises what getsockopt(2) would."""
    if level not in _levels(family, kind):
        raise os_error('EOPNOTSUPP')
    if option not in _KNOWN[level] and option not in _READ_ONLY.get(level, ()):
        raise os_error('ENOPROTOOPT')


def store(kept, level, option, value):
    """Keeps the value as the kernel would; returns what the gateway is to be told, (name, number), or None."""
    if isinstance(value, int):
        number = int(value)
    elif value is None:
        number = 0
    else:
        value = bytes(value)
        if (level, option) == (SOL_SOCKET, SO_LINGER):
            kept[level, option] = value
            on, seconds = struct.unpack('ii', value[:8])
            return 'lingerZero', int(bool(on) and seconds == 0)
        number = struct.unpack('i', value[:4].ljust(4, b'\0'))[0]
    key = level, option
    if key == (SOL_SOCKET, SO_SNDBUF):
        kept[key] = max(_SNDBUF_MIN, 2 * min(number, _BUFFER_MAX))
        return 'sendBuffer', kept[key]
    if key == (SOL_SOCKET, SO_RCVBUF):
        kept[key] = max(_RCVBUF_MIN, 2 * min(number, _BUFFER_MAX))
        return 'receiveBuffer', kept[key]
    if number == -1 and key in _RANGES:
        number = _INITIAL.get(key, number)
    kept[key] = int(bool(number)) if key in _SWITCHES or key == (SOL_SOCKET, SO_BROADCAST) else number
    return (_SWITCHES[key], kept[key]) if key in _SWITCHES else None


def read(kept, level, option, size):
    """An int, or with a size the bytes, as getsockopt(2) would give them."""
    value = kept.get((level, option), _INITIAL.get((level, option), 0))
    if size == 0:
        return value if isinstance(value, int) else struct.unpack('i', value[:4])[0]
    return (struct.pack('i', value) if isinstance(value, int) else value).ljust(8, b'\0')[:size] if (
        isinstance(value, bytes) or (level, option) == (SOL_SOCKET, SO_LINGER)
    ) else struct.pack('i', value)[:size]


def tcp_info(state, size):
    """struct tcp_info, of which a program may know the state."""
    number = _TCP_STATES.index(state) if state in _TCP_STATES else 7
    return bytes([number]).ljust(_TCP_INFO_BYTES, b'\0')[:size]
