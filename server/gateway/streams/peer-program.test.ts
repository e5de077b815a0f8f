import { expect, test } from 'vitest';
import { Tap } from '../../tap/tap.ts';
import { PeerProgram } from './peer-program.ts';
import type { StreamHost } from './stream-host.ts';

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

/** What a PeerProgram uses of its session. */
const HOST: Pick<StreamHost, 'send' | 'events' | 'guard'> = {
  send: () => undefined,
  guard: (run) => run(),
  events: { take: () => 0, hasRoom: () => true },
};

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
    const program = new PeerProgram(1, tap, HOST, onEnded);
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
