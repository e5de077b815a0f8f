import { expect, test } from 'vitest';
import { Tap } from '../../tap/tap.ts';
import { PeerProgram } from './peer-program.ts';
import type { StreamPort } from './stream-port.ts';

const CLIENT = { host: '127.0.0.1', port: 50_000 };
const SERVER = { host: '127.0.0.1', port: 8_015 };
const call = (name: 'accept' | 'close') => ({
  at: 1,
  call: name,
  argument: undefined,
  count: 0,
  text: '',
  error: undefined,
});

/** What a PeerProgram asks of its session. */
function portOf(tap: Tap): StreamPort {
  const asked: Partial<StreamPort> = { tap, send: () => undefined, takeEvent: () => 0, hasEventRoom: () => true };
  return asked as StreamPort;
}

test.each([[['accept']], [['accept', 'close']]] as const)(
  'a program whose calls before anybody looked were %s',
  (calls) => {
    const tap = new Tap();
    const connection = tap.accepted('tcp', CLIENT, SERVER);
    for (const name of calls) connection.report(call(name));
    let ends = 0;
    const onEnded = () => {
      ends += 1;
    };
    const program = new PeerProgram(1, portOf(tap), onEnded);
    program.observe('tcp', { local: CLIENT, remote: SERVER }, 0);
    const hasClosed = calls.length > 1;
    expect(program.isObserved).toBe(!hasClosed);
    expect(ends).toBe(hasClosed ? 1 : 0);
    expect(connection.isObserved).toBe(!hasClosed);
    program.end();
    program.end();
    expect(ends).toBe(1);
  },
);
