import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReadPacket, readPcapng } from '../../testing/pcapng-reader.ts';
import { EPOCH, recordingOf, SocketScript, tcpSockets } from '../../testing/recordings.ts';
import { type RecordedSocket, readerOf } from '../recording.ts';
import { dataOf } from './flow-data.ts';
import { encodePcapng } from './pcapng.ts';

function packetsOf(...sockets: RecordedSocket[]): ReadPacket[] {
  return readPcapng(encodePcapng(recordingOf(...sockets))).packets;
}
/** `> S`, `< SA`, `> PA hello`: what a person reads of a flow. */
function shapeOf(socket: RecordedSocket): string[] {
  const packets = packetsOf(socket);
  const client = packets[0]?.source;
  return packets.map(({ source, flags, payload }) =>
    `${source === client ? '>' : '<'} ${flags} ${Buffer.from(payload).toString('latin1')}`.trim(),
  );
}

/**
 * Puts one end's bytes together as a TCP that trusts nothing would: every number must be the next one, and nobody may
 * acknowledge what has not been sent, or less than before.
 */
function reassemble(packets: readonly ReadPacket[]): Map<string, Buffer> {
  const next = new Map<string, number>();
  const acknowledged = new Map<string, number>();
  const bytes = new Map<string, Buffer[]>();
  for (const { source, destination, seq, ack, flags, payload } of packets) {
    expect(next.get(source) ?? seq, 'seq').toBe(seq);
    const length = payload.length + (flags.includes('S') || flags.includes('F') ? 1 : 0);
    next.set(source, (seq + length) >>> 0);
    if (flags.includes('A')) {
      expect(ack, 'ack').toBe(next.get(destination));
      acknowledged.set(source, ack);
    }
    bytes.set(source, [...(bytes.get(source) ?? []), Buffer.from(payload)]);
  }
  return new Map([...bytes].map(([source, parts]) => [source, Buffer.concat(parts)]));
}

describe('the file', () => {
  test('has one section, one Ethernet interface, and a block for each packet', () => {
    const socket = new SocketScript().connect().send('local', 'hi').done();
    const { blocks, linkType } = readPcapng(encodePcapng(recordingOf(socket)));
    expect(blocks).toEqual([0x0a0d0d0a, 1, 6, 6, 6, 6, 6]);
    expect(linkType).toBe(1);
  });
  test('is whole without any packet', () => {
    expect(readPcapng(encodePcapng(recordingOf())).blocks).toEqual([0x0a0d0d0a, 1]);
  });
  test('says which packets are inferred', () => {
    const packets = packetsOf(new SocketScript().connect().send('local', 'hi').call('local', 'close').done());
    const measured = packets.filter(({ comment }) => !comment?.startsWith('inferred: '));
    expect(measured.map(({ payload }) => Buffer.from(payload).toString())).toEqual(['hi']);
  });
  test('keeps microseconds of the wall clock', () => {
    const packets = packetsOf(new SocketScript().wait(123_456).connect().done());
    expect(packets[0]?.at).toBe(EPOCH * 1_000 + 1_000 + 123_456 + 10);
  });
  test('has the SYN when connect() was called and the rest of the handshake when it had returned', () => {
    const packets = packetsOf(new SocketScript().wait(500).call('local', 'connect', { took: 200 }).done());
    expect(packets.map(({ at }) => at - EPOCH * 1_000)).toEqual([1_310, 1_510, 1_510]);
  });
});

describe('a connection', () => {
  test('opens, carries each send, half-closes and closes', () => {
    const script = new SocketScript()
      .connect()
      .call('peer', 'accept')
      .send('local', 'hello')
      .recv('peer')
      .send('peer', 'HE');
    script.send('peer', 'LLO').recv('local').call('local', 'shutdown', { argument: 1 }).recv('peer');
    script.send('peer', 'bye').call('peer', 'close').recv('local').recv('local').call('local', 'close');
    expect(shapeOf(script.done())).toEqual(
      ['> S', '< SA', '> A', '> PA hello', '< A', '< PA HE', '> A', '< PA LLO', '> A'].concat([
        '> FA',
        '< A',
        '< PA bye',
        '> A',
        '< FA',
        '> A',
      ]),
    );
  });
  test('of an unknown program has the borders of our reads', () => {
    const script = new SocketScript().connect().send('peer', 'abcdef').recv('local', 4).recv('local', 4);
    expect(shapeOf(script.done(false))).toEqual(['> S', '< SA', '> A', '< PA abcd', '> A', '< PA ef', '> A']);
  });
  test('of an unknown program has the borders of our reads, however many there were', () => {
    const reads = 200_000;
    const script = new SocketScript().connect();
    for (let read = 0; read < reads; read += 1) {
      script.call('local', 'recv', { direction: 'received', offset: read, count: 1 });
    }
    const socket = { ...script.done(), received: readerOf(new Uint8Array(reads)) };
    expect(dataOf(socket, 'peer')).toHaveLength(reads);
  });
  test('that is refused is a SYN and a RST', () => {
    expect(shapeOf(new SocketScript().connect('ECONNREFUSED').done())).toEqual(['> S', '< RA']);
  });
  test('that came to be at the second address of a name is that one alone', () => {
    const script = new SocketScript().connect('ECONNREFUSED').wait(500).connect().send('local', 'hi').recv('peer');
    expect(shapeOf(script.done())).toEqual(['> S', '< SA', '> A', '> PA hi', '< A']);
  });
  test('that nobody answers is a SYN', () => {
    expect(shapeOf(new SocketScript().connect('CONNECT_TIMEOUT').done())).toEqual(['> S']);
  });
  test('that the policy refused left nothing on the wire', () => {
    expect(shapeOf(new SocketScript().connect('TARGET_FORBIDDEN').done())).toEqual([]);
  });
  test('that the peer resets ends with its RST, after the last byte', () => {
    const script = new SocketScript().connect().send('local', 'x').call('peer', 'reset');
    const socket = script.call('local', 'recv', { error: 'ECONNRESET' }).call('local', 'close').done();
    expect(shapeOf(socket).slice(3)).toEqual(['> PA x', '< A', '< RA']);
  });
  test('that we reset ends with our RST', () => {
    expect(shapeOf(new SocketScript().connect().call('local', 'reset').done()).slice(3)).toEqual(['> RA']);
  });
  test('that was accepted is opened by the peer', () => {
    const packets = packetsOf(new SocketScript({ kind: 'accepted' }).call('local', 'accept').done());
    expect(packets.map(({ source, flags }) => `${source} ${flags}`)).toEqual([
      '127.0.0.1 8009 S',
      '127.0.0.1 55378 SA',
      '127.0.0.1 8009 A',
    ]);
  });
  test('cuts a long send at the segment size of its path: 65,495 on loopback, 1,460 elsewhere', () => {
    const long = new Uint8Array(70_000);
    const sizes = (remote: string) =>
      packetsOf(new SocketScript({ remote: { host: remote, port: 80 } }).connect().send('local', long).done())
        .map(({ payload }) => payload.length)
        .filter((length) => length > 0);
    expect(sizes('127.0.0.1')).toEqual([65_495, 4_505]);
    expect(sizes('192.0.2.7').slice(0, 2)).toEqual([1_460, 1_460]);
    expect(sizes('::1')).toEqual([65_476, 4_524]);
    expect(sizes('2001:db8::7')[0]).toBe(1_440);
  });
  test('keeps the bytes whose calls are no longer in the trace', () => {
    const socket = new SocketScript().connect().send('local', 'lost').send('local', 'kept').done(false);
    const trimmed = { ...socket, events: socket.events.slice(2) };
    expect(reassemble(packetsOf(trimmed)).get('127.0.0.1 55378')?.toString()).toBe('lostkept');
  });
  test('gives back what both ends sent, numbered right, in time, however it went', () => {
    fc.assert(
      fc.property(tcpSockets, (socket) => {
        const packets = packetsOf(socket);
        packets.forEach(({ at }, index) => {
          expect(at).toBeGreaterThanOrEqual(packets[index - 1]?.at ?? 0);
        });
        const bytes = [...reassemble(packets).values()];
        const both = [socket.sent, socket.received].map((stream) => Buffer.from(stream.slice(0, stream.length)));
        // Who opened is first; a flow of one packet has one direction only.
        expect(bytes).toEqual(socket.kind === 'accepted' ? both.reverse() : both);
      }),
      { numRuns: 500 },
    );
  });
});

describe('datagrams', () => {
  const udp = { kind: 'udp', remote: { host: '127.0.0.1', port: 8011 } } as const;
  test('are one packet each, empty and largest included', () => {
    const script = new SocketScript(udp).send('local', '', 'sendto', '127.0.0.1:8011');
    script.send('local', new Uint8Array(65_507).fill(7), 'sendto', '127.0.0.1:9').send('peer', 'answer', 'sendto');
    const packets = packetsOf(script.recv('local', 65_536, 'recvfrom', '127.0.0.1:8011').done());
    expect(packets.map(({ destination, payload }) => [destination, payload.length])).toEqual([
      ['127.0.0.1 8011', 0],
      ['127.0.0.1 9', 65_507],
      ['127.0.0.1 55378', 6],
    ]);
  });
  test('never carry the checksum that says there is none', () => {
    // The reader refuses a zero; every sum occurs among all 16-bit payloads.
    const script = new SocketScript(udp);
    for (let word = 0; word < 65_536; word += 1) script.send('local', Uint8Array.of(word >> 8, word & 255), 'sendto');
    expect(packetsOf(script.done())).toHaveLength(65_536);
  });
  test('that failed to leave are not drawn', () => {
    const script = new SocketScript(udp).call('local', 'sendto', { direction: 'sent', error: 'EMSGSIZE' });
    expect(packetsOf(script.done())).toEqual([]);
  });
});

test('sockets of one recording share one line of time', () => {
  const first = new SocketScript({ id: 1 }).connect().wait(1_000).send('local', 'late').done();
  const second = new SocketScript({ id: 2, local: { host: '127.0.0.1', port: 2 } }).wait(500).connect().done();
  const times = packetsOf(first, second).map(({ at }) => at);
  expect(times).toEqual([...times].sort((a, b) => a - b));
});
