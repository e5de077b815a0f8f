import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordingOf, SocketScript, tcpSockets } from '../testing/recordings.ts';
import { planReplay, type ReplayStep } from './replay.ts';

function told(steps: readonly ReplayStep[] = []): string[] {
  return steps.map((step) => {
    const at = 'at' in step ? ` at ${step.at}` : '';
    if (step.kind === 'send') return `send ${Buffer.from(step.bytes)}${at}`;
    return `${step.kind}${'received' in step ? ` ${step.received}` : ''}${at}`;
  });
}

const script = new SocketScript().connect().send('local', 'one').recv('peer').send('peer', '1').wait(100).recv('local');
const socket = script
  .send('local', 'two')
  .send('peer', '22')
  .recv('local', 1)
  .recv('local', 1)
  .call('local', 'shutdown')
  .call('peer', 'close')
  .recv('local')
  .call('local', 'close')
  .done();

describe('waiting for each reply', () => {
  test('counts what has come back, over all reads', () => {
    expect(told(planReplay(recordingOf(socket), 'reply')[0]?.steps)).toEqual([
      'send one at 0',
      'wait 1',
      'send two at 0',
      'wait 3',
      'half-close at 0',
      'wait-end',
      'close at 0',
    ]);
  });
});

describe('in the original timing', () => {
  test('waits for nobody, and counts from connect()', () => {
    expect(told(planReplay(recordingOf(socket), 'timing')[0]?.steps)).toEqual([
      'send one at 10',
      'send two at 150',
      'half-close at 190',
      'close at 220',
    ]);
  });
  test('counts from the connect() that came through', () => {
    const tried = new SocketScript().connect('ECONNREFUSED').wait(5_000).connect().send('local', 'one').recv('peer');
    expect(told(planReplay(recordingOf(tried.done()), 'timing')[0]?.steps)).toContain('send one at 10');
  });
  test('starts the sockets as far apart as they were', () => {
    const later = new SocketScript({ id: 2 }).wait(5_000).connect().done();
    expect(planReplay(recordingOf(later, socket), 'timing').map(({ id, start }) => [id, start])).toEqual([
      [2, 5_000],
      [1, 0],
    ]);
  });
});

test('goes where the recording went', () => {
  const remote = { host: '::1', port: 7 };
  expect(planReplay(recordingOf(new SocketScript({ remote }).connect().done()), 'reply')).toMatchObject([
    { kind: 'tcp', target: remote, start: 0 },
  ]);
});

test('a datagram is sent with its borders, and an empty one too', () => {
  const udp = new SocketScript({ kind: 'udp' })
    .call('local', 'bind')
    .send('local', 'a', 'sendto')
    .send('local', '', 'sendto')
    .done();
  expect(told(planReplay(recordingOf(udp), 'reply')[0]?.steps)).toEqual(['send a at 0', 'send  at 0']);
});

test('what others opened, and what failed, is not sent again', () => {
  const listener = new SocketScript({ kind: 'listen' }).call('local', 'listen').done();
  const accepted = new SocketScript({ id: 2, kind: 'accepted' }).call('local', 'accept').done();
  expect(planReplay(recordingOf(listener, accepted), 'reply')).toEqual([]);
  const reset = new SocketScript().connect().send('local', 'x').call('local', 'recv', { error: 'ECONNRESET' }).done();
  expect(told(planReplay(recordingOf(reset), 'reply')[0]?.steps)).toEqual(['send x at 0']);
});

test('sends all bytes again in order, never before they were sent, and nothing after the close', () => {
  fc.assert(
    fc.property(tcpSockets, fc.constantFrom('reply' as const, 'timing' as const), (drawn, mode) => {
      const [plan] = planReplay(recordingOf({ ...drawn, kind: 'tcp' }), mode);
      const steps = plan?.steps ?? [];
      const sent = steps.flatMap((step) => (step.kind === 'send' ? [Buffer.from(step.bytes)] : []));
      expect(Buffer.concat(sent)).toEqual(Buffer.from(drawn.sent.slice(0, drawn.sent.length)));
      const times = steps.flatMap((step) => ('at' in step ? [step.at] : []));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(steps.findIndex(({ kind }) => kind === 'close' || kind === 'reset')).toBeOneOf([-1, steps.length - 1]);
      const waited = steps.flatMap((step) => (step.kind === 'wait' ? [step.received] : []));
      if (mode === 'reply') expect(waited.at(-1) ?? 0).toBe(drawn.received.length);
    }),
  );
});
