import type { FakeFacts, FakeSocket } from '../fake-facts.ts';
import type { PlayedLesson } from './played.ts';
import { asking, failed, keep, own, refusedIn, say, tcp, waiting } from './played.ts';

const TS = 'Timestamp echo';
const TH = 'Threaded echo';
const CONNECTED = "...connected from: ('127.0.0.1', 55378)";
const ANSWER = "[Thu Sep 15 22:29:12 2016] b'hello python'";

function queue(f: FakeFacts, waiting: number): void {
  f.labs.set(TS, { waiting, max: 6, port: 8_009 });
}
function accepted(f: FakeFacts): FakeSocket {
  const local = { host: '127.0.0.1', port: 4_000 };
  return f.socket({ kind: 'accepted', local, remote: { host: '127.0.0.1', port: 50_001 } }).call('accept');
}
function lines(f: FakeFacts): FakeSocket {
  const socket = own(f, 'server.py', 'accept');
  for (const line of ['one', 'two', 'three']) socket.call('recv', { bytes: line });
  return socket.call('recv');
}
/** The client comes again, and the server fails again. */
const error107 = (f: FakeFacts) =>
  own(f, 'client.py') &&
  f.program('server.py').run().fail('OSError', '[Errno 107] Transport endpoint is not connected');
const notBytes = (f: FakeFacts) =>
  own(f, 'client.py') && f.program('server.py').run().fail('TypeError', "a bytes-like object is required, not 'str'");
const noEncoding = (f: FakeFacts) =>
  f.program('server2.py').run().print('TypeError: string argument without an encoding');

export const SERVER: Readonly<Record<string, PlayedLesson>> = {
  listen: {
    door: {
      met: (f, s) => keep(s, 's', f.socket({ kind: 'listen' }).call('bind').call('listen', { argument: 5 })),
      wrong: { 'in-use': (f) => failed(f, 'bind', 'EADDRINUSE') },
    },
    guest: {
      met: (f, s) => [waiting(s['s'], 1), keep(s, 'g', tcp(f, '', false))],
      wrong: { refused: (f) => failed(f, 'connect', 'ECONNREFUSED') },
    },
    accept: {
      met: (f, s) => [s['s']?.call('accept'), keep(s, 'p', accepted(f))],
      wrong: { many: (_, s) => waiting(s['s'], 2) },
    },
    port: {
      met: (f) => f.answers.set('port', 4_000),
      wrong: { 'guests-port': (f) => f.answers.set('port', 50_001) },
    },
    talk: {
      met: (_, s) => [s['p']?.call('send', { bytes: 'welcome' }), s['g']?.call('recv', { bytes: 'welcome' })],
      wrong: { 'guest-spoke': (_, s) => s['g']?.call('send', { bytes: 'hello' }) },
    },
    tuple: {
      met: (f) => [
        f.program('server.py').run().fail('TypeError', 'takes one argument'),
        f.socket({ from: 'server.py' }).call('bind').call('listen'),
      ],
      wrong: { 'two-values': (f) => f.program('server.py').run().fail('TypeError', 'takes one argument') },
    },
  },
  queue: {
    wait: {
      met: (f, s) => [
        keep(s, 'a', tcp(f, TS)),
        keep(s, 'b', tcp(f, TS, false).call('send', { bytes: 'hello' })),
        queue(f, 1),
      ],
      wrong: { threaded: (f) => tcp(f, TH) },
    },
    turn: {
      met: (_, s) => [
        s['a']?.call('close'),
        s['b']?.peer('accept').peer('recv', { count: 5 }).peer('send', { bytes: 'x' }),
      ],
      wrong: { 'b-left': (_, s) => s['b']?.call('close') },
    },
    full: {
      met: (f) => [queue(f, 6), asking(f.socket({ lab: TS }))],
      wrong: { 'gave-up': (f) => failed(f, 'connect', 'CONNECT_TIMEOUT') },
    },
    sentence: {
      met: (f) => f.answers.set('sentence', 'wait'),
      wrong: {
        'not-refused': (f) => f.answers.set('sentence', 'refused'),
        'not-served': (f) => f.answers.set('sentence', 'served'),
      },
    },
  },
  threads: {
    both: { met: (f) => [tcp(f, TH), say(tcp(f, TH), 'hello')], wrong: { 'one-server': (f) => tcp(f, TS) } },
    count: {
      met: (f) => [
        f.program('server.py').run().print(CONNECTED, CONNECTED, CONNECTED, CONNECTED),
        f.answers.set('fourth', 'end'),
      ],
      wrong: {
        'not-lost': (f) => f.answers.set('fourth', 'lost'),
        'in-use': (f) => f.program('server.py').run().fail('OSError', '[Errno 98] Address already in use'),
      },
    },
    once: {
      met: (f) => [lines(f), f.program('server.py').run().print(CONNECTED)],
      wrong: { 'still-inside': (f) => f.program('server.py').run().print(CONNECTED, CONNECTED) },
    },
    two: {
      met: (f) => [
        own(f, 'server.py', 'accept').call('recv', { bytes: 'a' }),
        own(f, 'server.py', 'accept').call('recv', { bytes: 'b' }),
      ],
      wrong: { 'no-server': (f) => refusedIn(f, 'client.py') },
    },
  },
  programs: {
    hello: {
      met: (f, s) => {
        s['s'] = own(f, 'server.py', 'accept');
        s['c'] = own(f, 'client.py').call('send', { bytes: 'hello python' });
        f.program('server.py').run().print(CONNECTED);
        f.program('client.py').run().print(`>>> ${ANSWER}`);
      },
      wrong: { 'server-first': (f) => refusedIn(f, 'client.py') },
    },
    'empty-line': {
      met: (f, s) => [f.program('client.py').end(), s['s']?.call('recv'), f.program('server.py').block('accept')],
      wrong: { stopped: (f) => f.program('client.py').fail('KeyboardInterrupt', '') },
    },
    'server-gone': {
      met: (f) => own(f, 'client.py').call('recv'),
      wrong: { 'no-server': (f) => refusedIn(f, 'client.py') },
    },
    'wrong-port': { met: (f) => refusedIn(f, 'client.py'), wrong: { 'right-port': (f) => own(f, 'client.py') } },
    continue: {
      met: (f) => f.answers.set('empty', 'asks'),
      wrong: { 'not-ended': (f) => f.answers.set('empty', 'ends'), 'not-sent': (f) => f.answers.set('empty', 'sends') },
    },
  },
  faults: {
    address: {
      met: (f) => [f.program('client.py').run().fail('socket.gaierror', 'x'), own(f, 'client.py')],
      wrong: {
        misprint: (f) => f.program('client.py').run().fail('socket.gaierror', 'x'),
        'no-server': (f) => refusedIn(f, 'client.py'),
      },
    },
    listener: {
      met: (f) => [error107(f), own(f, 'server.py', 'accept').call('recv', { bytes: 'hello' })],
      wrong: { 'not-the-door': error107 },
    },
    str: {
      met: (f) => [
        notBytes(f),
        own(f, 'server.py', 'accept').call('send', { bytes: 'x' }),
        own(f, 'client.py').call('recv', { bytes: 'x' }),
      ],
      wrong: { 'text-not-bytes': notBytes },
    },
    leak: {
      met: (f) => own(f, 'server.py', 'accept').call('recv').call('close'),
      wrong: {
        'not-closed': (f) => [own(f, 'server.py', 'accept').call('recv'), f.program('server.py').run().block('accept')],
      },
    },
    encoding: {
      met: (f) => [noEncoding(f), f.program('client2.py').run().print("> Thu Sep 15 22:29:12 2016 b'hello python'")],
      wrong: { 'no-encoding': noEncoding },
    },
    names: { met: (f) => f.answers.set('name', 'ram'), wrong: { 'there-is': (f) => f.answers.set('name', 'rdm') } },
  },
};
