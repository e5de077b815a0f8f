import type { FakeFacts, FakeSocket } from '../fake-facts.ts';
import type { PlayedLesson } from './played.ts';
import { accepted, failed, keep, own, refusedIn, tcp } from './played.ts';

const TS = 'Timestamp echo';
const HEAD = 'GET / HTTP/1.1\r\nHost: me\r\n';

function datagrams(f: FakeFacts): FakeSocket {
  const socket = f.socket({ kind: 'udp', lab: 'Datagram echo' }).call('bind');
  for (const bytes of ['one', 'two']) socket.call('sendto', { bytes }).peer('recvfrom', { argument: 1_024, bytes });
  return socket;
}
function families(f: FakeFacts, raw: string): void {
  f.tried.push({ family: 'AF_INET', type: 'SOCK_RAW', outcome: raw });
  f.tried.push({ family: 'AF_INET', type: 'SOCK_RDM', outcome: 'ESOCKTNOSUPPORT' });
}
/** Two guests, and what one says reaches the other. */
function room(f: FakeFacts): void {
  accepted(f);
  accepted(f);
  own(f, 'client.py').call('send', { bytes: 'hello' });
  own(f, 'client2.py').call('recv', { bytes: 'hello' });
  f.program('server.py').run().block('select');
}
const fell = (f: FakeFacts) => f.program('server.py').run().fail('ConnectionResetError', '[Errno 104]');
const silent = (f: FakeFacts) => f.program('client.py').run().print('no answer');

export const OTHERS: Readonly<Record<string, PlayedLesson>> = {
  udp: {
    borders: { met: (f, s) => keep(s, 'u', datagrams(f)), wrong: { 'was-tcp': (f) => tcp(f, TS) } },
    cut: {
      met: (_, s) =>
        s['u']?.call('sendto', { bytes: 'hello python' }).peer('recvfrom', { argument: 8, count: 8, whole: 12 }),
      wrong: { 'not-set': (_, s) => s['u']?.peer('recvfrom', { argument: 1_024, count: 12 }) },
    },
    nobody: {
      met: (f, s) => {
        s['c'] = f.socket({ from: 'client.py', kind: 'udp' }).call('sendto', { bytes: 'hello' });
        f.program('server.py').run();
        silent(f);
      },
      wrong: { 'not-running': silent },
    },
    empty: {
      met: (f, s) => [s['c']?.call('sendto'), f.socket({ from: 'server.py', kind: 'udp' }).call('recvfrom')],
      wrong: { 'had-bytes': (_, s) => s['c']?.call('sendto', { bytes: 'x' }) },
    },
  },
  families: {
    ask: {
      met: (f) => [families(f, 'EPERM'), f.answers.set('rdm', 'unsupported')],
      wrong: { root: (f) => families(f, 'ok'), 'not-permission': (f) => f.answers.set('rdm', 'permission') },
    },
    v6: {
      met: (f) => f.socket({ local: { host: '::1', port: 50_000 } }).call('connect', { text: '[::1]:8009' }),
      wrong: {
        v4: (f) => f.socket().call('connect', { text: '127.0.0.1:8009' }),
        refused: (f) => failed(f, 'connect', 'ECONNREFUSED'),
      },
    },
    unix: {
      met: (f) => [f.socket({ kind: 'unix' }).call('connect'), f.answers.set('port', 'none')],
      wrong: { 'was-tcp': (f) => tcp(f, TS), 'no-port': (f) => f.answers.set('port', 'zero') },
    },
    seqpacket: {
      met: (f) => f.echoed.push({ count: 2, length: 3 }),
      wrong: { whole: (f) => f.echoed.push({ count: 3, length: 3 }) },
    },
    mix: {
      met: (f) => f.program('client.py').run().print('[Errno -9] Address family for hostname not supported'),
      wrong: { matched: (f) => own(f, 'client.py') },
    },
    zero: { met: (f) => f.answers.set('zero', 'usual'), wrong: { 'not-none': (f) => f.answers.set('zero', 'none') } },
  },
  http: {
    get: {
      met: (f) =>
        tcp(f, '')
          .call('send', { bytes: `${HEAD}\r\n` })
          .call('recv', { bytes: 'HTTP/1.1 200 OK\r\n\r\nhello' }),
      wrong: {
        'line-feeds': (f) => tcp(f, '').call('send', { bytes: 'GET / HTTP/1.1\n\n' }),
        'no-server': (f) => failed(f, 'connect', 'ECONNREFUSED'),
      },
    },
    forgotten: {
      met: (f) => [tcp(f, '').call('send', { bytes: HEAD }), f.program('server.py').run().block('recv')],
      wrong: { complete: (f) => tcp(f, '').call('send', { bytes: `${HEAD}\r\n` }) },
    },
    length: {
      met: (f) => f.answers.set('length', 'body'),
      wrong: { 'not-all': (f) => f.answers.set('length', 'all') },
    },
    same: {
      met: (f) => f.program('client.py').run().print('200 text/plain'),
      wrong: {
        'one-at-a-time': (f) => f.program('client.py').run().block('recv'),
        refused: (f) => f.program('client.py').run().fail('urllib.error.URLError', 'refused'),
      },
    },
  },
  chat: {
    room: {
      met: room,
      wrong: {
        'one-guest': (f) => own(f, 'client.py').call('send', { bytes: 'hello' }),
        'no-server': (f) => refusedIn(f, 'client.py'),
      },
    },
    vanish: { met: fell, wrong: { 'no-server': (f) => refusedIn(f, 'client3.py') } },
    survive: {
      met: (f) => {
        accepted(f).call('recv', { error: 'ECONNRESET' });
        accepted(f).call('recv', { bytes: 'x' });
        accepted(f).call('send', { bytes: 'x' });
        f.program('server.py').run();
      },
      wrong: { 'fell-again': fell },
    },
    asyncio: {
      met: room,
      wrong: { 'in-use': (f) => f.program('server.py').run().fail('OSError', '[Errno 98] Address already in use') },
    },
    slow: {
      met: (f) => f.answers.set('slow', 'sendall'),
      wrong: { 'not-async': (f) => f.answers.set('slow', 'neither') },
    },
  },
};
