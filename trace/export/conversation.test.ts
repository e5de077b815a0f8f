import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatEndpoint } from '../../protocol/target.ts';
import { failureOf } from '../../protocol/testing/failures.ts';
import { SocketScript, tcpSockets } from '../testing/recordings.ts';
import { parseEndpoint, type Step, toConversation } from './conversation.ts';
import type { RecordedSocket } from './recording.ts';

function told({ steps }: { steps: readonly Step[] }): string[] {
  return steps.map((step) => {
    if (step.kind === 'send') return `send ${Buffer.from(step.bytes)}`;
    return step.kind === 'receive' ? `receive ${step.count}` : step.kind;
  });
}

describe('a TCP conversation', () => {
  test('joins receives and ends with the close', () => {
    const script = new SocketScript().connect().send('local', 'hi').recv('peer').send('peer', 'hello').recv('local', 2);
    const socket = script
      .recv('local')
      .call('local', 'shutdown')
      .recv('local')
      .call('local', 'close')
      .call('local', 'recv')
      .done();
    expect(told(toConversation(socket))).toEqual(['send hi', 'receive 5', 'half-close', 'receive-end', 'close']);
  });
  test('is in the order of time, whatever became known first', () => {
    const socket = new SocketScript()
      .connect()
      .send('local', 'one')
      .send('peer', '1')
      .recv('local')
      .send('local', 'two')
      .done();
    const shuffled = { ...socket, events: [...socket.events].reverse() };
    expect(told(toConversation(shuffled))).toEqual(['send one', 'receive 1', 'send two']);
  });
  test('sends at one go what was sent by calls that are no longer kept, and waits for no answer to it', () => {
    const script = new SocketScript()
      .connect()
      .send('local', 'one')
      .send('local', 'two')
      .send('peer', '1')
      .recv('local');
    const whole = script.send('local', 'three').send('peer', '22').recv('local').done();
    const kept = whole.events.slice(-3);
    const conversation = toConversation({ ...whole, events: kept, droppedEvents: whole.events.length - 3 });
    expect(told(conversation)).toEqual(['send onetwo', 'send three', 'receive 2']);
    expect(conversation.missing).toEqual({ sent: 6, received: 1 });
    expect(toConversation(whole).missing).toBeUndefined();
  });
  test('leaves out what failed', () => {
    const socket = new SocketScript().connect('ECONNREFUSED').call('local', 'recv', { error: 'ECONNRESET' }).done();
    expect(toConversation(socket)).toEqual({
      transport: 'tcp',
      role: 'connect',
      endpoint: { host: '127.0.0.1', port: 8009 },
      steps: [],
    });
  });
  test('has every byte, however it was cut', () => {
    fc.assert(
      fc.property(tcpSockets, (socket) => {
        const { steps } = toConversation(socket);
        const sent = steps.flatMap((step) => (step.kind === 'send' ? [Buffer.from(step.bytes)] : []));
        expect(Buffer.concat(sent)).toEqual(Buffer.from(socket.sent.slice(0, socket.sent.length)));
        const received = steps.reduce((sum, step) => sum + (step.kind === 'receive' ? step.count : 0), 0);
        expect(received).toBe(socket.received.length);
      }),
    );
  });
});

test('an accepted connection listens where it was accepted', () => {
  const socket = new SocketScript({ kind: 'accepted', local: { host: '::1', port: 20_000 } })
    .call('local', 'accept')
    .done();
  expect(toConversation(socket)).toMatchObject({
    transport: 'tcp',
    role: 'accept',
    endpoint: { host: '::1', port: 20_000 },
  });
});

describe('datagrams', () => {
  test('keep their borders, empty ones too', () => {
    const script = new SocketScript({ kind: 'udp' })
      .send('local', 'a', 'sendto')
      .send('local', '', 'sendto')
      .send('peer', 'xy');
    expect(told(toConversation(script.recv('local', 1, 'recvfrom').recv('local', 1, 'recvfrom').done()))).toEqual([
      'send a',
      'send ',
      'receive 1',
      'receive 1',
    ]);
  });
  test('go where the first one went when the socket was never connected', () => {
    const { remote: _, ...socket } = new SocketScript({ kind: 'udp' })
      .send('local', 'a', 'sendto', '[::1]:8011')
      .done();
    expect(toConversation(socket).endpoint).toEqual({ host: '::1', port: 8011 });
  });
});

test('a listener, and a socket that never had a peer, have nothing to say', () => {
  const listener = new SocketScript({ kind: 'listen' }).done();
  const { remote: _, ...lonely } = new SocketScript().done();
  for (const socket of [listener, lonely] satisfies RecordedSocket[]) {
    expect(failureOf(() => toConversation(socket)).code).toBe('UNSUPPORTED');
  }
});

test('addresses are read as they are written', () => {
  const endpoints = fc.record({ host: fc.oneof(fc.ipV4(), fc.ipV6(), fc.domain()), port: fc.nat(65_535) });
  fc.assert(
    fc.property(endpoints, ({ host, port }) => {
      expect(parseEndpoint(formatEndpoint(host, port))).toEqual({ host, port });
    }),
  );
  for (const text of ['', 'a', ':1', 'a:', '1:2:3', 'a:65536', 'a:1 ']) expect(parseEndpoint(text)).toBeUndefined();
});

test('datagrams whose calls are no longer kept have no known border: they are left out, and that is said', () => {
  const script = new SocketScript({ kind: 'udp' })
    .call('local', 'bind')
    .send('local', 'one', 'sendto', '127.0.0.1:8009');
  const whole = script.send('local', 'two', 'sendto', '127.0.0.1:8009').done();
  const conversation = toConversation({ ...whole, events: whole.events.slice(-1), droppedEvents: 2 });
  expect(told(conversation)).toEqual(['send two']);
  expect(conversation.missing).toEqual({ sent: 3, received: 0 });
});
