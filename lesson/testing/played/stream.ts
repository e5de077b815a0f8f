import type { FakeFacts, FakeSocket } from '../fake-facts.ts';
import type { PlayedLesson } from './played.ts';
import { echo, failed, keep, own, refusedIn, tcp } from './played.ts';

const TH = 'Threaded echo';
const RAW = 'Raw echo';
const TROUBLE = 'Trouble';
const BIG = 5_000_000;

const no: PlayedLesson[string]['met'] = (f) => refusedIn(f, 'client.py');
const partial = (f: FakeFacts): FakeSocket => own(f, 'client.py').call('send', { given: BIG, count: 2_500_000 });
const big = (f: FakeFacts): FakeSocket => own(f, 'server.py', 'accept').call('recv', { bytes: new Uint8Array(BIG) });
/** A listener, a guest, and the socket that accept gave for it. */
function trio(f: FakeFacts, s: Record<string, FakeSocket>): void {
  const local = { host: '127.0.0.1', port: 4_100 };
  s['s'] = f.socket({ kind: 'listen', local }).call('listen', { argument: 5 });
  s['c'] = tcp(f, '', false);
  s['p'] = f.socket({ kind: 'accepted', local }).call('accept');
}

export const STREAM: Readonly<Record<string, PlayedLesson>> = {
  stream: {
    join: {
      met: (f, s) => {
        const socket = tcp(f, TH).call('send', { bytes: 'Hello, ' }).call('send', { bytes: 'world!' });
        s['c'] = socket.peer('recv', { bytes: 'Hello, world!' });
      },
      wrong: {
        apart: (f) =>
          tcp(f, TH)
            .call('send', { bytes: 'Hello, ' })
            .peer('recv', { bytes: 'Hello, ' })
            .call('send', { bytes: 'world!' })
            .peer('recv', { bytes: 'world!' }),
        'one-send': (f) => tcp(f, TH).call('send', { bytes: 'Hello, world!' }),
      },
    },
    cut: {
      met: (_, s) => {
        s['c']?.call('send', { bytes: 'Hello, world!' });
        for (const count of [5, 5, 3]) s['c']?.peer('recv', { argument: 5, count });
      },
      wrong: { 'not-set': (_, s) => s['c']?.call('send', { bytes: 'Hello, world!' }).peer('recv', { count: 13 }) },
    },
    slices: {
      met: (f) => {
        const socket = tcp(f, TROUBLE).call('send', { bytes: 'slice 3\nabcdefghi' });
        for (const bytes of ['abc', 'def', 'ghi']) socket.peer('send', { bytes });
        socket.call('recv', { count: 9 });
      },
      wrong: { 'no-line-feed': (f) => tcp(f, TROUBLE).call('send', { bytes: 'slice 3' }) },
    },
  },
  framing: {
    luck: {
      met: (f) => [
        own(f, 'server.py', 'accept').call('recv', { count: 23 }),
        f.program('server.py').run().print('3 bytes: one'),
      ],
      wrong: { apart: (f) => own(f, 'server.py', 'accept').call('recv', { count: 7 }), 'no-server': no },
    },
    exactly: {
      met: (f) => {
        const socket = own(f, 'server.py', 'accept');
        for (const count of [3, 3, 5])
          socket.call('recv', { argument: 4, count: 4 }).call('recv', { argument: count, count });
        f.program('server.py').run().print('3 bytes: one', '3 bytes: two', '5 bytes: three').block('accept');
      },
      wrong: {
        struct: (f) => f.program('server.py').run().fail('struct.error', 'unpack requires a buffer of 4 bytes'),
        'too-much': (f) => own(f, 'server.py', 'accept').call('recv', { argument: 1_024, count: 23 }),
      },
    },
    pieces: {
      met: (f) => {
        const socket = own(f, 'client.py');
        for (const count of [8, 8, 8]) socket.call('send', { count });
        f.program('server.py').print('19 bytes: a message in pieces');
      },
      wrong: { 'at-once': (f) => own(f, 'client.py').call('send', { count: 23 }) },
    },
    'byte-order': {
      met: (f) => f.answers.set('length', '00000003'),
      wrong: { little: (f) => f.answers.set('length', '03 00 00 00') },
    },
  },
  sendall: {
    partial: {
      met: (f, s) => keep(s, 'c', partial(f)),
      wrong: { 'all-taken': (f) => own(f, 'client.py').call('send', { given: BIG, count: BIG }), 'no-server': no },
    },
    full: {
      met: (f, s) => [s['c']?.call('send', { error: 'EAGAIN' }), f.answers.set('second', 'full')],
      wrong: { 'not-that': (f) => f.answers.set('second', 'gone') },
    },
    blocked: {
      met: (f) => f.program('client.py').run().block('send'),
      wrong: { 'still-asks': (f) => own(f, 'client.py').call('send', { error: 'EAGAIN' }) },
    },
    all: {
      met: (f) => [big(f), f.program('client.py').end()],
      wrong: { stopped: (f) => f.program('client.py').fail('KeyboardInterrupt', '') },
    },
  },
  'half-close': {
    mine: {
      met: (f) => {
        const socket = tcp(f, RAW)
          .call('send', { bytes: 'last words' })
          .call('shutdown')
          .peer('recv', { bytes: 'last words' });
        socket.peer('recv').peer('send', { bytes: 'last words' }).call('recv', { bytes: 'last words' });
      },
      wrong: { 'was-close': (f) => echo(tcp(f, RAW), 'last words').call('close') },
    },
    theirs: {
      met: (f) =>
        tcp(f, TROUBLE).call('recv').call('send', { bytes: 'still here' }).peer('recv', { bytes: 'still here' }),
      wrong: { 'closed-too': (f) => tcp(f, TROUBLE).call('close') },
    },
    'until-end': {
      met: (f) => {
        const client = own(f, 'client.py').call('shutdown');
        own(f, 'server.py', 'accept').call('recv').call('send', { bytes: '21 bytes' });
        client.call('recv', { bytes: '21 bytes' });
      },
      wrong: {
        'both-wait': (f) => [f.program('server.py').run().block('recv'), f.program('client.py').run().block('recv')],
        closed: (f) => f.program('client.py').run().fail('OSError', '[Errno 9] Bad file descriptor'),
      },
    },
  },
  reset: {
    mine: {
      met: (f) => tcp(f, RAW).call('reset').peer('recv', { error: 'ECONNRESET' }),
      wrong: { 'was-close': (f) => tcp(f, RAW).call('close').peer('recv') },
    },
    theirs: {
      met: (f) =>
        tcp(f, TROUBLE)
          .call('send', { bytes: 'reset 20\n' })
          .call('recv', { bytes: 'ok reset 20\n' })
          .call('recv', { error: 'ECONNRESET' }),
      wrong: { 'too-few': (f) => tcp(f, TROUBLE).call('send', { bytes: 'short' }) },
    },
    unread: {
      met: (f) => [
        own(f, 'server.py', 'accept').call('close'),
        own(f, 'client.py').call('recv', { error: 'ECONNRESET' }),
      ],
      wrong: { 'was-read': (f) => own(f, 'client.py').call('recv'), 'no-server': no },
    },
    after: {
      met: (f) => own(f, 'client.py').call('recv', { error: 'ECONNRESET' }).call('send', { error: 'EPIPE' }),
      wrong: {
        before: (f) => [
          own(f, 'client.py').call('recv', { error: 'ECONNRESET' }),
          f.program('client.py').run().fail('ConnectionResetError', ''),
        ],
      },
    },
  },
  'time-wait': {
    first: {
      met: (f, s) => {
        trio(f, s);
        s['p']?.call('close').peer('recv');
        s['c']?.call('close');
        s['p']?.call('recv');
        if (s['p']) s['p'].stateNow = 'TIME-WAIT';
      },
      wrong: { 'client-first': (f, s) => [trio(f, s), s['c']?.call('close')] },
    },
    'in-use': {
      met: (f) => failed(f, 'bind', 'EADDRINUSE'),
      wrong: { 'got-it': (f) => f.socket({ kind: 'listen' }).call('listen') },
    },
    reuse: {
      met: (f, s) =>
        keep(s, 's2', f.socket({ kind: 'listen', local: { host: '127.0.0.1', port: 4_100 } }).call('listen')),
      wrong: { 'still-off': (f) => failed(f, 'bind', 'EADDRINUSE') },
    },
    two: {
      met: (f) => failed(f, 'bind', 'EADDRINUSE'),
      wrong: { 'another-port': (f) => f.socket({ kind: 'listen' }).call('listen') },
    },
  },
};
