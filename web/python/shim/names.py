"""Names to addresses and back; literals and `localhost` need nobody, the rest is asked of the gateway."""

import _socket as _c_socket

from . import calls
from .addresses import AF_INET, AF_INET6, family_of
from .switching import host as _worker
from .switching import suspend

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
AI_PASSIVE, AI_NUMERICHOST = 1, 4
NI_NUMERICHOST, NI_NUMERICSERV = 1, 2
_SITE = calls.NUMBER['getaddrinfo']
# The usual lines of /etc/services.
_SERVICES = {
    'echo': 7, 'discard': 9, 'daytime': 13, 'chargen': 19, 'ftp': 21, 'ssh': 22, 'telnet': 23, 'smtp': 25, 'time': 37,
    'domain': 53, 'http': 80, 'pop3': 110, 'ntp': 123, 'imap2': 143, 'https': 443,
}  # fmt: skip
_LOOPBACK = {'localhost': ('127.0.0.1', '::1'), 'ip6-localhost': (None, '::1')}


def _gai(code):
    return gaierror(code, _TEXTS[code])


def resolve(name, family=0):
    """Every (address, family) of a name, in the system's order. Raises gaierror."""
    if isinstance(name, bytes | bytearray):
        name = name.decode()
    literal = family_of(name)
    if literal:
        if family not in (0, literal):
            raise _gai(-9)
        return [(name, literal)]
    if name.lower() in _LOOPBACK:
        v4, v6 = _LOOPBACK[name.lower()]
        both = [(v6, AF_INET6), (v4, AF_INET)]
    else:
        both = _ask(name, family)
    found = [(address, of) for address, of in both if address and family in (0, of)]
    if not found:
        raise _gai(-2)
    return found


def _ask(name, family):
    wanted = {AF_INET: 4, AF_INET6: 6}.get(family, 0)
    answer = suspend(_worker.resolve(name, wanted, calls.site(_SITE)))
    if answer.startswith('!'):
        raise _gai(-3 if answer == '!EAI_AGAIN' else -2)
    return [(address, AF_INET6 if ':' in address else AF_INET) for address in answer.split()]


def _port_of(service):
    if service is None:
        return 0
    if isinstance(service, bytes | bytearray):
        service = service.decode()
    if isinstance(service, str):
        if service.isdigit():
            return int(service)
        if service not in _SERVICES:
            raise _gai(-8)
        return _SERVICES[service]
    if not isinstance(service, int):
        raise OSError('Int or String expected')
    return service


def getaddrinfo(host, port, family=0, type=0, proto=0, flags=0):
    number = _port_of(port)
    if family not in (0, AF_INET, AF_INET6):
        raise _gai(-6)
    if host is None or host in ('', b''):
        if host is None and port is None:
            raise _gai(-2)
        passive = [('0.0.0.0', AF_INET), ('::', AF_INET6)]
        active = [('::1', AF_INET6), ('127.0.0.1', AF_INET)]
        found = [pair for pair in (passive if flags & AI_PASSIVE else active) if family in (0, pair[1])]
    elif flags & AI_NUMERICHOST and not family_of(host):
        raise _gai(-2)
    else:
        found = resolve(host, family)
    answers = [
        (of, kind, protocol, '', (address, number) if of == AF_INET else (address, number, 0, 0))
        for address, of in found
        for kind, protocol in ((1, 6), (2, 17), (3, 0))
        if type in (0, kind) and proto in (0, protocol)
    ]
    if not answers:
        raise _gai(-7 if type else -8)
    return answers


def gethostbyname(name):
    if name == '':
        return '0.0.0.0'
    return resolve(name, AF_INET)[0][0]


def gethostbyname_ex(name):
    return name, [], [address for address, _ in resolve(name, AF_INET)]


def gethostbyaddr(name):
    address = resolve(name)[0][0]
    known = _reverse(address)
    if known is None:
        raise herror(1, 'Unknown host')
    return known, [], [address]


def getnameinfo(address, flags):
    if not isinstance(address, tuple):
        raise TypeError('getnameinfo() argument 1 must be a tuple')
    host, port = address[:2]
    name = None if flags & NI_NUMERICHOST else _reverse(host)
    service = str(port)
    if not flags & NI_NUMERICSERV:
        service = next((known for known, number in _SERVICES.items() if number == port), service)
    return name or host, service


def _reverse(address):
    if address in ('127.0.0.1', '::1'):
        return 'localhost'
    answer = suspend(_worker.reverse(address, calls.site(_SITE)))
    return None if answer.startswith('!') else answer


def getservbyname(name, protocol=None):
    if name not in _SERVICES:
        raise OSError('service/proto not found')
    return _SERVICES[name]


def getservbyport(port, protocol=None):
    for name, number in _SERVICES.items():
        if number == port:
            return name
    raise OSError('port/proto not found')
