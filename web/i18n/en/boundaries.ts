import { plural } from '../format.ts';

type Counts = { readonly writes: number; readonly reads: number; readonly joined: number; readonly cut: number };

export const boundaries = {
  label: 'Boundaries',
  lens: { sent: 'Bytes you sent', received: 'Bytes you received' },
  summary: ({ writes, reads, joined, cut }: Counts) =>
    `${plural(writes, 'send', 'sends')}, ${plural(reads, 'read', 'reads')}: ${joined} joined (+), ${cut} cut (✂)`,
  bytes: 'bytes',
  write: 'sent by',
  read: 'read by',
  outcome: 'result',
  direction: 'Direction',
  outcomes: {
    kept: 'one send, one read',
    joined: 'joined',
    cut: 'cut',
    'joined and cut': 'joined and cut',
    unread: 'not read yet',
    unwritten: 'read; the send is not known yet',
  },
  fateHints: {
    kept: 'This time the borders at both ends line up. TCP does not promise that.',
    joined: 'One read took more than one send.',
    cut: 'One send took more than one read.',
    'joined and cut':
      'The borders do not line up: the read took more than one send, and the send took more than one read.',
    unread: 'The bytes are in the receive buffer of the other end, on their way, or still in your own send buffer.',
    unwritten: 'The read was reported before the send.',
  },
  unobserved: 'the other end is not observed',
  borders: {
    both: 'a send and a read ended here',
    write: 'joined: a send ended here, the read went on',
    read: 'cut: a read ended here, the send went on',
    open: 'a send ended here; it has not been read yet',
  },
  zoomIn: 'Wider',
  zoomOut: 'Narrower',
  readSize: 'Server reads at most',
  setReadSize: 'Set',
  readSizeOutcome: {
    set: 'It takes effect at the server’s next recv().',
    wrong: 'Enter a number from 1 to 65536.',
  },
  firstSend: 'First send',
  secondSend: 'Second send',
  sendBoth: 'Send both at once',
  newRows: (count: number) => `${count} new`,
  empty: 'No bytes have been sent in this direction yet.',
};
