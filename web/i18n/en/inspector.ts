import { plural } from '../format.ts';
import { checksums } from './checksums.ts';

const bytes = (count: number) => plural(count, 'byte', 'bytes');

export const inspector = {
  label: 'Inspector',
  tabs: 'What is inspected',
  tab: { call: 'Call', bytes: 'Bytes', text: 'Text', kernel: 'Kernel', code: 'Code' },
  nothing: 'Choose a row to see its bytes.',
  newest: 'the newest bytes',
  follow: 'Newest',
  noBytes: 'This call moved no bytes.',
  bytes,
  afterSend: (span: string) => `${span} after your send`,
  took: (span: string) => `took ${span}`,
  range: (first: number, last: number) =>
    first === last ? `byte ${first} of the stream` : `bytes ${first}–${last} of the stream`,
  grid: 'Bytes',
  legend: { time: 'the server’s time', repr: 'the received bytes as Python writes them' },
  byte: (offset: number) => `byte ${offset}`,
  offset: 'offset',
  /** A byte of a call: where it is in all that went this way. */
  offsetOf: {
    sent: (offset: number) => `${offset} of the bytes sent`,
    received: (offset: number) => `${offset} of the bytes received`,
  },
  selection: (first: number, last: number) => (first === last ? `byte ${first}` : `bytes ${first}–${last}`),
  asText: 'as text',
  notUtf8: 'not all valid UTF-8',
  checksum: 'checksum',
  /** `bytes 6–7: CRC-16/MODBUS of bytes 0–5`. */
  checksumOf: (bytes: string, name: string, before: string) => `${bytes}: ${name} of ${before}`,
  checksums,
  byChance: 'one message in 256 ends like this by chance',
  number: 'number',
  bigEndian: 'big-endian',
  littleEndian: 'little-endian',
  numbersOf: 'The selection as numbers',
  broken: 'These bytes are not UTF-8.',
  cutBefore: 'The rest of a character that began in the previous call: TCP can cut anywhere.',
  cutAfter: 'The start of a character that goes on in the next call: TCP can cut anywhere.',
  brokenCount: (count: number) =>
    count === 1 ? '1 place cannot be read as UTF-8 here.' : `${count} places cannot be read as UTF-8 here.`,
  whyTitle: "Why b'…'?",
  why: 'The server received bytes, not text: Python shows bytes with a leading b and quotes. Decode them to get a string.',
  kernel: {
    noTcp: 'A datagram socket has no connection, so the kernel keeps no connection state for it.',
    untold: 'The kernel is being asked.',
    /** Not connected yet, not connected any more without an answer, or no TCP socket. */
    unknown:
      'The kernel reports no TCP state for this socket. Only open TCP sockets have one, on systems that can be asked.',
    kept: 'The socket is closed. The kernel still keeps the connection:',
    forgotten: 'The socket is closed, and the kernel no longer keeps anything of the connection.',
    before: 'Before it was closed',
    measuredAt: (time: string) => `Last measured at ${time}, while the socket was open:`,
    path: 'States so far',
    observed: 'observed',
    inferred: 'inferred',
    none: 'none yet',
    segments: (count: number) => plural(count, 'segment', 'segments'),
    ofAll: (now: number, total: number) => `${now} now, ${total} in all`,
    facts: {
      state: { name: 'state', hint: 'As RFC 9293 spells it' },
      receiveQueue: { name: 'receive queue', hint: 'Arrived, but not yet read by recv()' },
      sendQueue: {
        name: 'send queue',
        hint: 'Given to send(), but not yet acknowledged by the other end’s kernel; its program may read it even later',
      },
      rtt: { name: 'rtt', hint: 'Round trip time: from a segment to its acknowledgement, smoothed' },
      rttVariance: { name: 'rttvar', hint: 'How much the round trip time varies' },
      retransmitTimeout: {
        name: 'rto',
        hint: 'Retransmission timeout: after this time without an acknowledgement a segment is sent again',
      },
      congestionWindow: { name: 'cwnd', hint: 'Congestion window: this many segments may be on their way' },
      slowStartThreshold: {
        name: 'ssthresh',
        hint: 'Slow start threshold: below it the congestion window doubles each round trip (Reno, CUBIC)',
      },
      retransmits: {
        name: 'retransmits',
        hint: 'Timeouts of the segment that now waits for its acknowledgement; segments sent again in all',
      },
      maxSegment: { name: 'mss', hint: 'Maximum segment size: the most bytes in one segment' },
      sendWindow: { name: 'send window', hint: 'How many more bytes the other end has room for' },
      timer: { name: 'timer', hint: 'How long the kernel still keeps the connection' },
    },
  },
  code: {
    language: 'Language',
    languages: { python: 'Python', node: 'Node', netcat: 'nc + xxd', c: 'C' },
    program: 'Program',
    copy: 'Copy',
    copied: 'Copied.',
    copyFailed: 'The browser did not allow it.',
    again: 'Write it again',
    tooMuch: (size: string) => `${size} is too much to read here. Save writes it as a Python script.`,
    impossible: 'There is no conversation to repeat: this socket was never connected, or only listens.',
  },
  diff: {
    label: 'Diff',
    title: 'What you sent, and what came back',
    /** Where there are several. */
    answer: (nth: number, count: number) => `Answer ${nth} of ${count}:`,
    whole: (count: number) => `All ${bytes(count)} came back as they were sent.`,
    wholeAsRepr: (count: number) => `All ${bytes(count)} came back, as Python writes them.`,
    differs: (same: number, lost: number, added: number) =>
      `${bytes(same)} came back as they were sent, ${lost} did not, ${added} were added.`,
    beginning: (count: number) => `Only the first ${bytes(count)} are compared.`,
    kinds: {
      frame: 'put around it by the server',
      same: 'sent, and came back',
      'only sent': 'sent, and did not come back',
      'only came back': 'came back, and was not sent',
    },
  },
};
