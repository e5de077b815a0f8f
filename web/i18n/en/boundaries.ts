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
  fate: 'what became of them',
  direction: 'Direction',
  fates: {
    kept: 'one send, one read',
    joined: 'joined',
    cut: 'cut',
    'joined and cut': 'joined and cut',
    unread: 'not read yet',
    unwritten: 'read; the send is not known yet',
  },
  fateHints: {
    kept: 'This once, the borders of both ends meet. TCP does not promise it.',
    joined: 'One read took more than one send.',
    cut: 'One send took more than one read.',
    'joined and cut': 'The borders do not meet: the read took more than one send, and the send more than one read.',
    unread: 'The bytes wait in the receive buffer of the other end, or are on their way.',
    unwritten: 'The other end has told of its read before this end told of its send.',
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
    set: 'From its next recv() on.',
    wrong: 'A number from 1 to 65536.',
  },
  firstSend: 'First send',
  secondSend: 'Second send',
  sendBoth: 'Send both at once',
  newRows: (count: number) => `${count} new`,
  empty: 'No byte has gone this way yet.',
};
