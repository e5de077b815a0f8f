"""The module `_socket`, on which the standard library's socket.py stands."""

import operator
import types

import _socket as _c_socket

from . import addresses, arguments, interfaces, names, socket_base, sockets
from .errnos import os_error
from .switching import host

# What Linux has and WebAssembly's headers lack, by <sys/socket.h>, <netinet/in.h> and <netinet/tcp.h>.
_LINUX = {
    'SO_REUSEADDR': 2, 'SO_TYPE': 3, 'SO_ERROR': 4, 'SO_DONTROUTE': 5, 'SO_BROADCAST': 6, 'SO_SNDBUF': 7, 'SO_RCVBUF': 8,
    'SO_KEEPALIVE': 9, 'SO_OOBINLINE': 10, 'SO_PRIORITY': 12, 'SO_LINGER': 13, 'SO_REUSEPORT': 15, 'SO_PASSCRED': 16,
    'SO_PEERCRED': 17, 'SO_RCVLOWAT': 18, 'SO_SNDLOWAT': 19, 'SO_RCVTIMEO': 20, 'SO_SNDTIMEO': 21,
    'SO_BINDTODEVICE': 25, 'SO_ACCEPTCONN': 30, 'SO_MARK': 36, 'SO_PROTOCOL': 38, 'SO_DOMAIN': 39,
    'SOL_SOCKET': 1, 'SOL_IP': 0, 'SOL_TCP': 6, 'SOL_UDP': 17, 'SOMAXCONN': 4096,
    'TCP_NODELAY': 1, 'TCP_MAXSEG': 2, 'TCP_CORK': 3, 'TCP_KEEPIDLE': 4, 'TCP_KEEPINTVL': 5, 'TCP_KEEPCNT': 6,
    'TCP_SYNCNT': 7, 'TCP_LINGER2': 8, 'TCP_DEFER_ACCEPT': 9, 'TCP_WINDOW_CLAMP': 10, 'TCP_INFO': 11, 'TCP_QUICKACK': 12,
    'TCP_CONGESTION': 13, 'TCP_USER_TIMEOUT': 18, 'TCP_FASTOPEN': 23,
    'IPPROTO_IP': 0, 'IPPROTO_ICMP': 1, 'IPPROTO_TCP': 6, 'IPPROTO_UDP': 17, 'IPPROTO_IPV6': 41, 'IPPROTO_RAW': 255,
    'IP_TOS': 1, 'IP_TTL': 2, 'IP_MULTICAST_IF': 32, 'IP_MULTICAST_TTL': 33, 'IP_MULTICAST_LOOP': 34,
    'IP_ADD_MEMBERSHIP': 35, 'IP_DROP_MEMBERSHIP': 36, 'IPV6_V6ONLY': 26,
    'MSG_OOB': 1, 'MSG_PEEK': 2, 'MSG_DONTROUTE': 4, 'MSG_TRUNC': 32, 'MSG_DONTWAIT': 64, 'MSG_WAITALL': 256,
    'MSG_NOSIGNAL': 16384, 'SHUT_RD': 0, 'SHUT_WR': 1, 'SHUT_RDWR': 2,
    'AF_UNSPEC': 0, 'AF_UNIX': 1, 'AF_INET': 2, 'AF_INET6': 10,
    'SOCK_STREAM': 1, 'SOCK_DGRAM': 2, 'SOCK_RAW': 3, 'SOCK_RDM': 4, 'SOCK_SEQPACKET': 5,
    'SOCK_NONBLOCK': 2048, 'SOCK_CLOEXEC': 524288,
    'AI_PASSIVE': 1, 'AI_CANONNAME': 2, 'AI_NUMERICHOST': 4, 'AI_V4MAPPED': 8, 'AI_ALL': 16, 'AI_ADDRCONFIG': 32,
    'AI_NUMERICSERV': 1024, 'NI_NUMERICHOST': 1, 'NI_NUMERICSERV': 2, 'NI_NOFQDN': 4, 'NI_NAMEREQD': 8, 'NI_DGRAM': 16,
    'EAI_AGAIN': -3, 'EAI_FAIL': -4, 'EAI_FAMILY': -6, 'EAI_SOCKTYPE': -7, 'EAI_NONAME': -2, 'EAI_SERVICE': -8,
    'INADDR_ANY': 0, 'INADDR_BROADCAST': 0xFFFFFFFF, 'INADDR_LOOPBACK': 0x7F000001,
}  # fmt: skip


def _socketpair(family=None, type=socket_base.SOCK_STREAM, proto=0):
    """Two ends joined within this process: nothing of it leaves the worker."""
    family = socket_base.AF_UNIX if family is None else int(family)
    if family != socket_base.AF_UNIX:
        raise os_error('EOPNOTSUPP')
    kind = int(type) & ~(socket_base.SOCK_NONBLOCK | socket_base.SOCK_CLOEXEC)
    first, second = map(int, host.socketPair(family, kind).split())
    return sockets.socket(fileno=first), sockets.socket(fileno=second)


def _dup(fd, /):
    copied = host.dup(operator.index(fd))
    if isinstance(copied, str):
        raise os_error(copied)
    return copied


def _close(fd, /):
    failure = host.close(arguments.c_int(fd), 0)
    if failure:
        raise os_error(failure)


# What Linux has and no socket of ours can do: programs ask whether it is there.
_MISSING = (
    'IPPROTO_UDPLITE', 'IPPROTO_SCTP', 'IPPROTO_MPTCP', 'SCM_RIGHTS', 'SCM_CREDENTIALS', 'send_fds', 'recv_fds', 'AF_ALG', 'AF_CAN', 'AF_RDS',
)  # fmt: skip
_MISSING_PREFIXES = ('IPV6_RECV', 'UDPLITE_')


def _is_missing(name):
    return name in _MISSING or name.startswith(_MISSING_PREFIXES)


def hide_missing(module):
    """Also of socket.py, which took them over when it was first imported, and lists them."""
    remove(module, [name for name in vars(module) if _is_missing(name)])


def remove(module, gone):
    for name in gone:
        delattr(module, name)
    if hasattr(module, '__all__'):
        module.__all__ = [name for name in module.__all__ if name not in gone]


def make_module():
    module = types.ModuleType('_socket', _c_socket.__doc__)
    module.__dict__.update(vars(_c_socket))
    module.__dict__.update(_LINUX)
    hide_missing(module)
    functions = {'socketpair': _socketpair, 'dup': _dup, 'close': _close, 'gethostname': lambda: names.HOST_NAME}
    for source, found in (
        (socket_base, ('getdefaulttimeout', 'setdefaulttimeout')),
        (names, (
            'getaddrinfo', 'gethostbyname', 'gethostbyname_ex', 'gethostbyaddr', 'getnameinfo', 'getservbyname',
            'getservbyport', 'getprotobyname',
        )),
        (addresses, ('inet_pton', 'inet_ntop')),
        (interfaces, ('if_nameindex', 'if_nametoindex', 'if_indextoname')),
    ):  # fmt: skip
        functions |= {name: getattr(source, name) for name in found}
    for name, function in functions.items():
        setattr(module, name, arguments.builtin(function))
    module.socket = module.SocketType = sockets.socket
    module.has_ipv6 = True
    return module
