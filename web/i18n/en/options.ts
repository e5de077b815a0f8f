export const options = {
  button: 'Options',
  title: 'Socket options',
  next: 'At the next connect()',
  nextHint:
    'An empty field leaves the choice to the playground. SO_RCVBUF is set before connect(): it decides the window scale in the SYN.',
  now: (socket: string) => `Now, on ${socket}`,
  names: {
    noDelay: 'TCP_NODELAY',
    keepAlive: 'SO_KEEPALIVE',
    lingerZero: 'SO_LINGER 0',
    readByHand: 'recv by hand',
    localPort: 'Local port',
    sendBuffer: 'SO_SNDBUF',
    receiveBuffer: 'SO_RCVBUF',
    receiveSize: 'recv(n) here',
    peerReceiveSize: 'recv(n) of the lab server',
  },
  about: {
    noDelay:
      'Small sends leave at once; without it Nagle’s algorithm holds a small send back while bytes sent before are not acknowledged. It does not keep messages apart.',
    keepAlive: 'After two silent hours (Linux) the kernel asks whether the other end is still there',
    lingerZero: 'close() discards what has not been sent yet, and sends RST instead of FIN',
    readByHand: 'From the first byte on, nothing is read until you press recv',
    localPort: 'bind() before connect(): the port that the connection comes from',
    sendBuffer: 'Size of the send buffer: when it is full, send() waits',
    receiveBuffer: 'How much the kernel keeps for recv(): about half of it is the window',
    receiveSize: 'The most that one recv() at this end takes',
    peerReceiveSize: 'The most that one recv() of the lab server takes on this connection',
  },
  unset: 'default',
  invalid: (least: number, most: number) => `Enter a whole number from ${least} to ${most}.`,
  set: 'Set',
  isSet: 'Set. Below is what getsockopt() says now.',
  kernelSays: 'getsockopt() says',
  doubled:
    'Sizes are the kernel’s. Linux: twice what was asked, at least 4,608 (send) and 2,304 (receive), at most twice net.core.wmem_max and rmem_max. macOS and Windows do not double.',
};
