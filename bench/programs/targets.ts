import { createServer, type Server, type Socket } from 'node:net';
import { SequenceReader, SequenceWriter } from '../../testing/byte-sequence.ts';

/**
 * echo: byte for byte. source: sends as many bytes of the sequence as its first 8 bytes ask for. sink: takes that many, and answers one
 * byte, 1 if they were the sequence. duplex: both at once on one connection, the verdict behind the last byte.
 */
const WRITE_BYTES = 65_536;
const HEADER_BYTES = 8;

function listen(onConnection: (socket: Socket) => void): Promise<Server> {
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  return new Promise((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => resolve(server)));
}

/** Reads the count that a connection begins with, then gives it and every byte after it. */
function afterHeader(socket: Socket, onCount: (count: number) => void, onBytes: (bytes: Buffer) => void): void {
  let head = Buffer.alloc(0);
  socket.on('data', (bytes: Buffer) => {
    if (head.length === HEADER_BYTES) {
      onBytes(bytes);
      return;
    }
    const missing = HEADER_BYTES - head.length;
    head = Buffer.concat([head, bytes.subarray(0, missing)]);
    if (head.length < HEADER_BYTES) return;
    onCount(Number(head.readBigUInt64BE(0)));
    if (bytes.length > missing) onBytes(bytes.subarray(missing));
  });
}

function sendSequence(socket: Socket, count: number, onSent: () => void): void {
  const writer = new SequenceWriter();
  const send = (): void => {
    while (writer.position < count) {
      if (!socket.write(writer.next(Math.min(WRITE_BYTES, count - writer.position)))) {
        socket.once('drain', send);
        return;
      }
    }
    onSent();
  };
  send();
}

/** Gives a verdict when `count` bytes have come: 1, or 0 at the first that is wrong. */
function judge(onVerdict: (verdict: 0 | 1) => void): {
  expect: (count: number) => void;
  take: (bytes: Buffer) => void;
} {
  const reader = new SequenceReader();
  let expected = -1;
  let isOver = false;
  const end = (verdict: 0 | 1): void => {
    isOver = true;
    onVerdict(verdict);
  };
  return {
    expect: (count) => {
      expected = count;
    },
    take: (bytes) => {
      if (isOver) return;
      try {
        reader.take(bytes);
        if (reader.position >= expected) end(reader.position === expected ? 1 : 0);
      } catch {
        end(0);
      }
    },
  };
}

function source(socket: Socket): void {
  afterHeader(
    socket,
    (count) => sendSequence(socket, count, () => undefined),
    () => undefined,
  );
}

function sink(socket: Socket): void {
  const { expect, take } = judge((verdict) => void socket.write(Uint8Array.of(verdict)));
  afterHeader(socket, expect, take);
}

function duplex(socket: Socket): void {
  let verdict: 0 | 1 | undefined;
  let isSent = false;
  const tell = (): void => {
    if (isSent && verdict !== undefined) socket.write(Uint8Array.of(verdict));
  };
  const { expect, take } = judge((judged) => {
    verdict = judged;
    tell();
  });
  afterHeader(
    socket,
    (count) => {
      expect(count);
      sendSequence(socket, count, () => {
        isSent = true;
        tell();
      });
    },
    take,
  );
}

const echo = (socket: Socket): void => void socket.pipe(socket);
const servers = await Promise.all([echo, source, sink, duplex].map(listen));
const [echoPort, sourcePort, sinkPort, duplexPort] = servers.map(
  (server) => (server.address() as { port: number }).port,
);
const ready = { pid: process.pid, echo: echoPort, source: sourcePort, sink: sinkPort, duplex: duplexPort };
process.stdout.write(`${JSON.stringify(ready)}\n`);
process.once('SIGTERM', () => process.exit(0));
