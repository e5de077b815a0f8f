import { expect, test } from 'vitest';
import type { SideWork } from '../../shared/side-work.ts';
import { Tap } from '../../tap/tap.ts';
import { PeerProgram } from './peer-program.ts';

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
function hostWith(sideWork: SideWork): ConstructorParameters<typeof PeerProgram>[2] {
  return {
    send: () => undefined,
    guard: (run) => run(),
    events: { take: () => 0, hasRoom: () => true },
    tab: { sideWork },
  };
}
const HOST = hostWith({ spend: () => undefined, mayGoOn: true, whenMayGoOn: () => expect.unreachable() });

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

test('a program whose tab owes processor time, or has not its turn, makes no further call until it may', () => {
  const tap = new Tap();
  const connection = tap.accepted('tcp', CLIENT, SERVER);
  let goOn: (() => void) | undefined;
  const host = hostWith({
    spend: () => undefined,
    mayGoOn: false,
    whenMayGoOn: (run) => {
      goOn = run;
      return () => undefined;
    },
  });
  const program = new PeerProgram(1, tap, host, () => undefined);
  program.observe('tcp', { local: CLIENT, remote: SERVER }, 0);
  connection.report(call('accept'));
  expect(connection.takesMore).toBe(false);
  goOn?.();
  expect(connection.takesMore).toBe(true);
});
