"""Names to addresses and back; literals and `localhost` need nobody, the rest is asked of the gateway."""

import functools
import operator

import _socket as _c_socket

from . import arguments, calls
from .addresses import AF_INET, AF_INET6, FLOWINFO_MAX, canonical, family_of, split_scope
from .interfaces import LOOPBACK
from .switching import ask
from .switching import host as _worker

gaierror, herror = _c_socket.gaierror, _c_socket.herror
# RFC 3493 §6.1, with glibc's numbers and texts.
_TEXTS = {
    -2: 'Name or service not known',
    -3: 'Temporary failure in name resolution',
    -4: 'Non-recoverable failure in name resolution',
    -6: 'ai_family not supported',
    -7: 'ai_socktype not supported',
    -8: 'Servname not supported for ai_socktype',
    -9: 'Address family for hostname not supported',
}
AI_PASSIVE, AI_CANONNAME, AI_NUMERICHOST = 1, 2, 4
NI_NUMERICHOST, NI_NUMERICSERV, NI_NAMEREQD, NI_DGRAM = 1, 2, 8, 16
_STREAM, _DATAGRAM, _RAW = 6, 17, 0
SITE = calls.NUMBER['getaddrinfo']
# The usual lines of /etc/services; those of `_UDP` are datagrams' too.
_SERVICES = {
    'echo': 7, 'discard': 9, 'daytime': 13, 'chargen': 19, 'ftp': 21, 'ssh': 22, 'telnet': 23, 'smtp': 25, 'time': 37,
    'domain': 53, 'tftp': 69, 'http': 80, 'pop3': 110, 'sunrpc': 111, 'ntp': 123, 'imap2': 143, 'snmp': 161, 'ldap': 389, 'https': 443, 'submission': 587, 'ldaps': 636, 'imaps': 993, 'pop3s': 995, 'socks': 1080, 'mysql': 3306,
    'postgresql': 5432, 'sip': 5060, 'xmpp-client': 5222, 'redis': 6379, 'http-alt': 8080,
}  # fmt: skip
_UDP = {
    'echo', 'discard', 'daytime', 'chargen', 'time', 'domain', 'tftp', 'ntp', 'snmp', 'https', 'sunrpc', 'ldap', 'ldaps', 'sip',
}  # fmt: skip
_UDP_ALONE = {'tftp', 'ntp'}
# The usual lines of /etc/protocols.
_PROTOCOLS = {'ip': 0, 'icmp': 1, 'igmp': 2, 'tcp': 6, 'udp': 17, 'ipv6': 41, 'ipv6-icmp': 58, 'sctp': 132}
# There is no call for the name of an address in the gateway: other addresses have none.
_LOOPBACK_NAMES = {'127.0.0.1': 'localhost', '::1': 'localhost'}
HOST_NAME = 'playground'
# As /etc/hosts of a machine has it: its own name too.
_LOOPBACK = {'localhost': ('127.0.0.1', '::1'), 'ip6-localhost': (None, '::1'), HOST_NAME: ('127.0.0.1', None)}


def _counted(least, most):
    """As arguments.counted, of a function."""

    def decorate(function):
        check = arguments.counted(least, most)(functools.wraps(function)(lambda _, *args: function(*args)))
        return functools.wraps(function)(lambda *args, **named: check(None, *args, **named))

    return decorate


def _gai(code):
    return gaierror(code, _TEXTS[code])


def host_text(host):
    """A name as C is given it."""
    if isinstance(host, bytes | bytearray):
        host = host.decode()
    elif not host.isascii() or len(host) > 63:
        host = host.encode('idna').decode()
    if '\0' in host:
        raise TypeError('host name must not contain null character')
    return host


def resolve(name, family=0):
    """Every (address, family) of a name, in the system's order. Raises gaierror."""
    name = host_text(name)
    if any(map(str.isspace, name)):
        raise _gai(-2)
    literal = family_of(name)
    if literal:
        if family not in (0, literal):
            raise _gai(-9)
        return [(canonical(name, literal), literal)]
    site = calls.site(SITE)
    known = _LOOPBACK.get(name.lower())
    error = -2
    if known:
        v4, v6 = known
        both = [(v6, AF_INET6), (v4, AF_INET)]
    else:
        both, error = _ask(name, family, site)
    found = [(address, of) for address, of in both if address and family in (0, of)]
    _worker.lookedUp(' '.join([name, *(text for text, _ in found)]), '' if found else 'EAI_FAIL', not known, site)
    if not found:
        raise _gai(error)
    return found


def _ask(name, family, site):
    """What the gateway's machine says, and the error where it says nothing."""
    wanted = {AF_INET: 4, AF_INET6: 6}.get(family, 0)
    answer = ask(lambda is_main: _worker.resolve(name, wanted, site, is_main))
    if answer.startswith('!'):
        return [], -3 if answer == '!EAI_AGAIN' else -2
    return [(address, AF_INET6 if ':' in address else AF_INET) for address in answer.split()], -2


def _port_of(service, protocol):
    """glibc keeps the low 16 bits of a number. None: no such service of this protocol."""
    if service is None:
        return 0
    if isinstance(service, int):
        service = str(service)
    if isinstance(service, str):
        service = service.encode()
    if service.isdigit():
        return int(service) & 0xFFFF
    name = service.decode(errors='replace')
    return _SERVICES[name] if protocol != _RAW and _has(name, 'udp' if protocol == _DATAGRAM else 'tcp') else None


def _has(name, protocol):
    return name in _SERVICES and name in _UDP if protocol == 'udp' else name in _SERVICES and name not in _UDP_ALONE


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    if host is not None and not isinstance(host, str | bytes | bytearray):
        raise TypeError('getaddrinfo() argument 1 must be string or None')
    if port is not None and not isinstance(port, int | str | bytes):
        raise OSError('Int or String expected')
    if isinstance(port, str):
        port.encode()
    if family not in (0, AF_INET, AF_INET6):
        raise _gai(-6)
    kinds = [
        (kind, protocol)
        for kind, protocol in ((1, _STREAM), (2, _DATAGRAM), (3, _RAW))
        if type in (0, kind) and proto in (0, protocol or proto)
    ]
    if not kinds:
        raise _gai(-7 if type else -8)
    ports = {protocol: _port_of(port, protocol) for _, protocol in kinds}
    if all(number is None for number in ports.values()):
        raise _gai(-8)
    found = _addresses(host, port, family, flags)
    canonical_name = host_text(host) if flags & AI_CANONNAME and host else ''
    answers = []
    for text, of in found:
        address, scope = split_scope(text)
        for kind, protocol in kinds:
            number = ports[protocol]
            if number is None:
                continue
            where = (address, number) if of == AF_INET else (address, number, 0, scope)
            answers.append((of, kind, protocol or proto, '' if answers else canonical_name, where))
    return answers


def _addresses(host, port, family, flags):
    if host is None:
        if port is None:
            raise _gai(-2)
        passive = [('0.0.0.0', AF_INET), ('::', AF_INET6)]
        active = [('::1', AF_INET6), ('127.0.0.1', AF_INET)]
        return [pair for pair in (passive if flags & AI_PASSIVE else active) if family in (0, pair[1])]
    if not host or flags & AI_NUMERICHOST and not family_of(host_text(host)):
        raise _gai(-2)
    return resolve(host, family)


@_counted(1, 1)
def gethostbyname(name):
    arguments.name_text(name, 'gethostbyname')
    if name == '':
        return '0.0.0.0'
    return resolve(name, AF_INET)[0][0]


@_counted(1, 1)
def gethostbyname_ex(name):
    arguments.name_text(name, 'gethostbyname_ex')
    return name, [], [address for address, _ in resolve(name, AF_INET)]


@_counted(1, 1)
def gethostbyaddr(name):
    arguments.name_text(name, 'gethostbyaddr')
    address = resolve(name)[0][0]
    known = _LOOPBACK_NAMES.get(address)
    if known is None:
        raise herror(1, 'Unknown host')
    return known, [], [address]


def getnameinfo(address, flags, /):
    if not isinstance(address, tuple):
        raise TypeError('getnameinfo() argument 1 must be a tuple')
    host, port, *rest = address
    if not isinstance(host, str):
        raise TypeError('getnameinfo() argument 1 must be a tuple with a str first')
    flowinfo, scope = (*map(operator.index, rest), 0, 0)[:2]
    if not 0 <= flowinfo <= FLOWINFO_MAX:
        raise OverflowError('getnameinfo(): flowinfo must be 0-1048575.')
    port = operator.index(port)
    family = family_of(host)
    if not family:
        raise _gai(-2)
    if family == AF_INET and rest:
        raise OSError('IPv4 sockaddr must be 2 tuple')
    host = canonical(host, family)
    name = None if flags & NI_NUMERICHOST else _LOOPBACK_NAMES.get(host)
    if name is None and flags & NI_NAMEREQD:
        raise _gai(-2)
    if scope and '%' not in host:
        host += f'%{LOOPBACK[1] if scope == LOOPBACK[0] else scope}'
    known = None if flags & NI_NUMERICSERV else _service_at(port & 0xFFFF, 'udp' if flags & NI_DGRAM else 'tcp')
    return name or host, known or str(port & 0xFFFF)


def getservbyname(name, protocol=None, /):
    if not any(_has(name, known) for known in ('tcp', 'udp') if protocol in (None, known)):
        raise OSError('service/proto not found')
    return _SERVICES[name]


def getservbyport(port, protocol=None, /):
    known = _service_at(arguments.port(port, 'getservbyport'), protocol)
    if known is None:
        raise OSError('port/proto not found')
    return known


def _service_at(port, protocol):
    for name, number in _SERVICES.items():
        if number == port and any(_has(name, known) for known in ('tcp', 'udp') if protocol in (None, known)):
            return name
    return None


def getprotobyname(name, /):
    if name not in _PROTOCOLS:
        raise OSError('protocol not found')
    return _PROTOCOLS[name]
