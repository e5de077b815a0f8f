"""Socket options as Linux keeps them: what getsockopt gives back after setsockopt, and what of it the gateway is told."""

import struct

SOL_SOCKET, IPPROTO_TCP, IPPROTO_IPV6 = 1, 6, 41
SO_REUSEADDR, SO_TYPE, SO_ERROR, SO_BROADCAST, SO_SNDBUF, SO_RCVBUF = 2, 3, 4, 6, 7, 8
SO_KEEPALIVE, SO_LINGER, SO_ACCEPTCONN, SO_PROTOCOL, SO_DOMAIN = 9, 13, 30, 38, 39
TCP_NODELAY, TCP_MAXSEG, IPV6_V6ONLY = 1, 2, 26
# net.core.wmem_max and rmem_max; the kernel doubles what is asked for, to have room for its own bookkeeping.
_BUFFER_MAX = 212_992
_SNDBUF_MIN, _RCVBUF_MIN = 4_608, 2_304

_DEFAULTS = {
    1: {(SOL_SOCKET, SO_SNDBUF): 16_384, (SOL_SOCKET, SO_RCVBUF): 131_072, (IPPROTO_TCP, TCP_MAXSEG): 536},
    2: {(SOL_SOCKET, SO_SNDBUF): 212_992, (SOL_SOCKET, SO_RCVBUF): 212_992},
}
_SWITCHES = {
    (SOL_SOCKET, SO_REUSEADDR): 'reuseAddress',
    (SOL_SOCKET, SO_KEEPALIVE): 'keepAlive',
    (IPPROTO_TCP, TCP_NODELAY): 'noDelay',
    (IPPROTO_IPV6, IPV6_V6ONLY): 'ipv6Only',
}


def initial(kind):
    return dict(_DEFAULTS.get(kind, {}))


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
    kept[key] = int(bool(number)) if key in _SWITCHES or key == (SOL_SOCKET, SO_BROADCAST) else number
    return (_SWITCHES[key], kept[key]) if key in _SWITCHES else None


def read(kept, level, option, size):
    """An int, or with a size the bytes, as getsockopt(2) would give them."""
    value = kept.get((level, option), 0)
    if size == 0:
        return value if isinstance(value, int) else struct.unpack('i', value[:4])[0]
    return (struct.pack('i', value) if isinstance(value, int) else value).ljust(8, b'\0')[:size] if (
        isinstance(value, bytes) or (level, option) == (SOL_SOCKET, SO_LINGER)
    ) else struct.pack('i', value)[:size]
