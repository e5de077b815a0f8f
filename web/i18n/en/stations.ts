/** The picture of where the bytes of a connection stand. */
export const stations = {
  label: 'Four stations',
  yourProgram: 'your program',
  yourKernel: 'your kernel',
  theirKernel: 'their kernel',
  theirProgram: 'their program',
  sent: 'What you send',
  received: 'What they send',
  places: {
    unsent: 'in send()',
    sendQueue: 'send buffer',
    receiveQueue: 'receive queue',
    read: 'read',
    next: 'first datagram',
  },
  waits: 'waits in send()',
  recvWaits: (n: number) => `waits in recv(${n})`,
  inferred: 'inferred',
  unknown: 'not known',
  window: (bytes: string) => `window: room for ${bytes}`,
  closedWindow: 'window 0: closed',
  memory: (taken: string, buffer: string) =>
    `receive buffer: ${taken} of ${buffer} taken, including the kernel’s overhead`,
  dropped: (count: number) =>
    count === 1
      ? 'The kernel had no room for 1 datagram: it is lost.'
      : `The kernel had no room for ${count} datagrams: they are lost.`,
  proxied: 'A troubled proxy is in between: what it holds is in none of the four.',
  over: 'The socket is closed: your kernel no longer queues anything for it.',
  lessons: {
    'recv waits':
      'recv() waits: your kernel has nothing for it yet. It returns with the first bytes that come, however few.',
    'they wait':
      'Their send() does not return: your kernel’s queue is full, so it offers no window, and their send buffer has filled up behind it. Press recv, and it goes on.',
    'you wait':
      'Your send() does not return: their program does not read, their queue is full, and so is your send buffer. It returns when their program calls recv().',
    'unread there':
      'Your send() has returned and their kernel has acknowledged the bytes. Their program has not read them, and it may never do so.',
    'unread here':
      'These bytes have arrived and been acknowledged, but no recv() has taken them. recv(n) returns at most n of them, or all of them if there are fewer. close() would send RST now, because they are unread.',
    nothing: 'Nothing is on its way. Send something, or let them send.',
  },
};
