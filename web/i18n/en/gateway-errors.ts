import type { ErrorCode, RoomErrorCode } from '../../../protocol/errors.ts';
import type { ErrorText } from '../error-text.ts';

const NO_GATEWAY = 'nothing: a Python program has no gateway between itself and the kernel';
const OWN_RULE = 'nothing: this rule is the playground’s; on your own machine the call would be made';

/** What the playground itself refuses or meets, beside the system's own errors. */
export const gatewayErrors: Readonly<Record<Exclude<ErrorCode, RoomErrorCode>, ErrorText>> = {
  FRAME_INVALID: {
    what: 'The gateway received a message that it cannot read.',
    python: NO_GATEWAY,
    tryThis: 'Reload the page. If it happens again, something between you and the gateway is changing what is sent.',
  },
  MESSAGE_INVALID: {
    what: 'The gateway received a message with something missing.',
    python: NO_GATEWAY,
    tryThis: 'Reload the page: it may be older than the gateway.',
  },
  SEQUENCE_GAP: {
    what: 'A message between page and gateway is missing.',
    python: NO_GATEWAY,
    tryThis: 'Reload the page and connect again. It is better to stop than to go on with bytes missing.',
  },
  ACK_INVALID: {
    what: 'Page and gateway disagree about what has arrived.',
    python: NO_GATEWAY,
    tryThis: 'Reload the page and connect again.',
  },
  STREAM_INVALID: {
    what: 'The page named a socket that the gateway does not have.',
    python: NO_GATEWAY,
    tryThis: 'Reload the page and connect again.',
  },
  CREDIT_OVERDRAFT: {
    what: 'More bytes were sent than the gateway had room for.',
    python: NO_GATEWAY,
    tryThis:
      'The page waits by itself while the gateway is full. Reload it; if it happens again, it is a fault in the playground.',
  },
  RING_FULL: {
    what: 'Too many bytes waited to be sent again after an outage.',
    python: NO_GATEWAY,
    tryThis: 'Connect again. Bytes that had not arrived by then may be lost.',
  },
  HELLO_TIMEOUT: {
    what: 'The gateway received nothing from the page and closed the connection.',
    python: NO_GATEWAY,
    tryThis: 'The network is very slow at the moment. The page tries again by itself.',
  },
  VERSION_UNSUPPORTED: {
    what: 'This page and the gateway have different versions.',
    python: NO_GATEWAY,
    tryThis: 'Reload the page to get the matching version.',
  },
  ORIGIN_FORBIDDEN: {
    what: 'The gateway does not serve pages from this address.',
    python: NO_GATEWAY,
    tryThis:
      'Open the playground at the address it printed when it started, or ask whoever hosts it to allow this one.',
  },
  HOST_FORBIDDEN: {
    what: 'The gateway does not accept this host name.',
    python: NO_GATEWAY,
    tryThis:
      'Open the playground at the address it printed when it started, or ask whoever hosts it to allow this name.',
  },
  REQUEST_INVALID: {
    what: 'The server could not read a request.',
    python: NO_GATEWAY,
    tryThis: 'Reload the page. If it happens again, something between you and the server is changing what is sent.',
  },
  PAGE_MISSING: {
    what: 'There is no such page.',
    python: NO_GATEWAY,
    tryThis: 'Go to Play, or ask whoever gave you the address.',
  },
  TOKEN_INVALID: {
    what: 'The gateway does not accept this access key.',
    python: NO_GATEWAY,
    tryThis: 'Type the access key that the host of the playground gave you, or open the link once more.',
  },
  TICKET_INVALID: {
    what: 'The gateway does not accept this program’s ticket.',
    python: NO_GATEWAY,
    tryThis:
      'You do not need to do anything: the program asks for another ticket by itself. If it does not go on, run it again.',
  },
  SESSION_GONE: {
    what: 'The playground stopped, or you were away for too long: your sockets are closed.',
    python: 'ConnectionResetError: [Errno 104] Connection reset by peer',
    tryThis:
      'You were away for too long, or the playground was restarted. Connect again. What you typed is still here; bytes that were on their way may be lost.',
  },
  SESSION_REPLACED: {
    what: 'Another page has taken over this session.',
    python: NO_GATEWAY,
    tryThis: 'Go on in the other tab, or reload this one to begin again.',
  },
  SESSION_LIMIT: {
    what: 'The playground is full.',
    python: NO_GATEWAY,
    tryThis: 'Wait a minute, close tabs you do not need, or tell your instructor.',
  },
  WRONG_NODE: {
    what: 'Another server of this playground answered; your sockets are on one that does not answer.',
    python: NO_GATEWAY,
    tryThis: 'The page tries again by itself. After two minutes it begins again on the server that answers.',
  },
  FRAME_RATE_EXCEEDED: {
    what: 'The gateway received more messages per second than it accepts.',
    python: NO_GATEWAY,
    tryThis: 'Send fewer, larger pieces: ten sends of 100 bytes cost ten times one send of 1,000.',
  },
  OPEN_RATE_EXCEEDED: {
    what: 'You open sockets faster than the playground allows.',
    python: OWN_RULE,
    tryThis: 'Wait a second and go on more slowly.',
  },
  DESTINATION_RATE_EXCEEDED: {
    what: 'You have tried too many different addresses within a minute.',
    python: OWN_RULE,
    tryThis: 'Wait a minute. Trying port after port is called a scan, and the playground does not allow scans.',
  },
  STREAM_LIMIT: {
    what: 'You already have as many sockets as one page may have.',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: 'Close one that you no longer need, then open this one.',
  },
  LISTENER_LIMIT: {
    what: 'You already have as many listeners as one page may have.',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: 'Close one of your listeners first.',
  },
  SOCKET_LIMIT: {
    what: 'The gateway has as many sockets open as it can handle.',
    python: 'OSError: [Errno 24] Too many open files',
    tryThis: 'Wait a moment and try again. In a class: close what is not needed.',
  },
  TARGET_INVALID: {
    what: 'That is not an address to connect to.',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: 'Give a host and a port. The ports of the lab servers stand in the list.',
  },
  TARGET_FORBIDDEN: {
    what: 'The rules of this playground do not allow that address.',
    python: OWN_RULE,
    tryThis: 'Choose a lab server from the list. Whoever hosts the playground can allow more, by address and port.',
  },
  PORT_FORBIDDEN: {
    what: 'The rules of this playground do not allow that port.',
    python: OWN_RULE,
    tryThis:
      'Mail ports and port 0 are closed, so that the playground cannot be used to send mail. Choose another port.',
  },
  ADDRESS_FORBIDDEN: {
    what: 'That address is in a private or internal network.',
    python: OWN_RULE,
    tryThis:
      'Private and internal addresses are closed unless the host of the playground lists them. Try a lab server.',
  },
  LISTEN_FORBIDDEN: {
    what: 'The rules of this playground do not allow you to listen there.',
    python: 'nothing: this rule is the playground’s; on your own machine the call would succeed',
    tryThis: 'Listen on 127.0.0.1 and port 0: the playground gives you a free port.',
  },
  DATAGRAM_TOO_LONG: {
    what: 'The datagram is larger than UDP can carry.',
    python: 'OSError: [Errno 90] Message too long',
    tryThis:
      'Send at most 65,507 bytes, preferably fewer than 1,400. A larger datagram travels as several IP fragments: if one is lost, all is lost.',
  },
  DATAGRAM_LIMIT: {
    what: 'The datagram is longer than the playground can send to that address.',
    python: 'OSError: [Errno 90] Message too long',
    tryThis:
      'This limit is the playground’s own: UDP takes 65,507 bytes over IPv4 and 65,527 over IPv6. The playground sends 65,507 bytes to an address and less to a long name; 65,270 bytes always fit.',
  },
  NAME_UNRESOLVED: {
    what: 'That name has no address.',
    python: 'socket.gaierror: [Errno -2] Name or service not known',
    tryThis: 'Check the spelling, or give the address in numbers: localhost is 127.0.0.1 or ::1.',
  },
  CONNECT_TIMEOUT: {
    what: 'There was no answer within the time allowed.',
    python: 'TimeoutError: timed out',
    tryThis:
      'A silent firewall looks like this; on Linux a full accept queue does too. Without settimeout() Linux gives up after about two minutes, macOS after 75 s, Windows after 21 s.',
  },
  IDLE_TIMEOUT: {
    what: 'No bytes passed for half an hour, so the gateway closed the socket.',
    python: 'nothing: a Python socket waits for ever unless settimeout() says otherwise',
    tryThis: 'Connect again.',
  },
  WRITE_TIMEOUT: {
    what: 'The other end did not read for so long that the gateway gave up.',
    python: 'nothing: send() would block for ever unless settimeout() says otherwise',
    tryThis: 'Its receive buffer stays full. A server has to recv() what arrives.',
  },
  HOST_INVALID: {
    what: 'That is not a host.',
    python: 'socket.gaierror: [Errno -2] Name or service not known',
    tryThis:
      'Enter an address such as 127.0.0.1 or ::1, or a name such as localhost; without http:// and without a slash.',
  },
  PORT_INVALID: {
    what: 'That is not a port.',
    python: 'OverflowError: connect(): port must be 0-65535.',
    tryThis: 'Enter a whole number from 0 to 65535. The ports of the lab servers stand in the list.',
  },
  ESCAPE_INVALID: {
    what: 'That is not an escape.',
    python: 'SyntaxError: (value error) invalid \\x escape at position 0',
    tryThis: '\\n, \\r, \\t, \\0, \\x41 and \\u4f60 work; a backslash itself is \\\\. Or send as Text.',
  },
  HEX_INVALID: {
    what: 'These are not whole bytes in hex.',
    python: 'ValueError: non-hexadecimal number found in fromhex() arg at position 0',
    tryThis: 'Two digits from 0–9 and a–f make one byte: 68 65 6c 6c 6f. Spaces between them are fine.',
  },
  SOCKET_CLOSED: {
    what: 'This socket can no longer send.',
    python: 'BrokenPipeError: [Errno 32] Broken pipe',
    tryThis: 'It is closed or half-closed. Your text stays here: open a new connection and send it there.',
  },
  GATEWAY_UNREACHABLE: {
    what: 'The gateway does not answer.',
    python: NO_GATEWAY,
    tryThis: 'Is the playground still running, and is your network up? The page keeps trying by itself.',
  },
  CONFIG_INVALID: {
    what: 'The playground was started with an invalid setting.',
    python: NO_GATEWAY,
    tryThis: 'For whoever hosts it: npm start -- --help lists the settings.',
  },
  LESSONS_INVALID: {
    what: 'These lessons cannot be used: the file does not have the format of lessons.',
    python: 'nothing: lessons are the playground’s own',
    tryThis: 'For whoever wrote them: the message names the file, the place in it and the reason.',
  },
  ARGUMENT_INVALID: {
    what: 'A program called the gateway client with an invalid value.',
    python: 'OSError: [Errno 22] Invalid argument',
    tryThis: 'Send a Uint8Array that has memory of its own, and consume no more bytes than have been received.',
  },
  UNSUPPORTED: {
    what: 'The machine that runs the gateway does not support this.',
    python: 'OSError: [Errno 95] Operation not supported',
    tryThis: 'It needs a system that supports it, in most cases Linux. TCP and UDP work everywhere.',
  },
  INTERNAL: {
    what: 'Something went wrong inside the playground.',
    python: NO_GATEWAY,
    tryThis: 'This is not your fault. Try once more; the gateway’s log says what went wrong.',
  },
};
