import type { PlayedLesson } from './played.ts';
import { accepted, end, failed, keep, own, refusedIn, say, tcp } from './played.ts';

const TS = 'Timestamp echo';
const HAN = '你好';

export const CONNECTION: Readonly<Record<string, PlayedLesson>> = {
  endpoint: {
    connect: {
      met: (f, s) => keep(s, 'c', tcp(f, TS)),
      wrong: { refused: (f) => failed(f, 'connect', 'ECONNREFUSED') },
    },
    'own-port': {
      met: (f, s) => f.answers.set('own-port', s['c']?.local?.port ?? 0),
      wrong: { theirs: (f) => f.answers.set('own-port', 8_009) },
    },
    again: {
      met: (f) => [tcp(f, TS, false), f.answers.set('differs', 'own-port')],
      wrong: {
        'first-closed': (f, s) => [s['c'] && end(s['c']).call('recv'), tcp(f, TS)],
        'same-end': (f) => f.answers.set('differs', 'server-port'),
      },
    },
  },
  calls: {
    hello: {
      met: (f, s) => keep(s, 'c', say(tcp(f, TS), 'hello python')),
      wrong: { 'line-ending': (f) => say(tcp(f, TS), 'hello python\n') },
    },
    numbers: {
      met: (f) => [f.answers.set('n', 1_024), f.answers.set('count', 12)],
      wrong: { 'n-is-limit': (f) => f.answers.set('n', 12), 'count-is-bytes': (f) => f.answers.set('count', 1_024) },
    },
    close: {
      met: (_, s) => s['c'] && end(s['c']),
      wrong: { 'was-reset': (_, s) => s['c']?.call('reset').peer('recv', { error: 'ECONNRESET' }) },
    },
  },
  bytes: {
    utf8: {
      met: (f, s) => keep(s, 'c', say(tcp(f, 'Threaded echo'), HAN, { shown: "b'\\xe4\\xbd\\xa0\\xe5\\xa5\\xbd'" })),
      wrong: { 'line-ending': (f) => say(tcp(f, 'Threaded echo'), `${HAN}\n`, { shown: 'b' }) },
    },
    cut: {
      met: (f, s) => [s['c'] && say(s['c'], HAN, { size: 4 }), f.answers.set('why', 'character')],
      wrong: {
        'not-set': (_, s) => s['c'] && say(s['c'], HAN),
        'not-lost': (f) => f.answers.set('why', 'limit'),
      },
    },
    encode: {
      met: (f) => {
        f.program('client.py').run().fail('TypeError', "a bytes-like object is required, not 'str'", 4);
        own(f, 'client.py').call('send', { bytes: 'hello' });
        f.program('client.py').run().end();
      },
      wrong: {
        'type-error': (f) => f.program('client.py').run().fail('TypeError', 'a bytes-like object is required'),
        'wrong-way': (f) =>
          f.program('client.py').run().fail('AttributeError', "'str' object has no attribute 'decode'"),
      },
    },
  },
  eof: {
    nothing: {
      met: (f) => [accepted(f), own(f, 'client.py').call('send'), f.program('server.py').run().block('recv')],
      wrong: {
        'not-empty': (f) => own(f, 'client.py').call('send', { bytes: 'x' }),
        'no-server': (f) => refusedIn(f, 'client.py'),
      },
    },
    leave: { met: (f) => end(tcp(f, TS)), wrong: { 'was-reset': (f) => tcp(f, TS).call('reset') } },
    'they-leave': {
      met: (f, s) => keep(s, 'd', tcp(f, 'Daytime').call('recv', { bytes: 'Thursday' }).call('recv')),
      wrong: { 'another-server': (f) => tcp(f, TS), 'closed-already': (f) => tcp(f, 'Daytime').call('close') },
    },
    'answer-it': { met: (_, s) => s['d']?.call('close'), wrong: { 'was-reset': (_, s) => s['d']?.call('reset') } },
  },
  refused: {
    refused: {
      met: (f) => failed(f, 'connect', 'ECONNREFUSED'),
      wrong: { somebody: (f) => tcp(f, TS), forbidden: (f) => failed(f, 'connect', 'TARGET_FORBIDDEN') },
    },
    name: {
      met: (f) => [
        f.program('client.py').run().fail('socket.gaierror', 'Name or service not known'),
        own(f, 'client.py'),
      ],
      wrong: {
        misprint: (f) => f.program('client.py').run().fail('socket.gaierror', 'Name or service not known'),
        'still-refused': (f) => refusedIn(f, 'client.py'),
      },
    },
    silent: {
      met: (f) =>
        tcp(f, 'Trouble')
          .call('send', { bytes: 'silent\n' })
          .call('recv', { bytes: 'ok silent\n' })
          .call('send', { bytes: 'anybody?' }),
      wrong: { 'no-line-feed': (f) => tcp(f, 'Trouble').call('send', { bytes: 'silent' }) },
    },
    timeout: {
      met: (f) => f.program('client2.py').run().print('timed out: nobody said anything').end(),
      wrong: { 'no-patience': (f) => f.program('client2.py').run().block('recv') },
    },
  },
};
