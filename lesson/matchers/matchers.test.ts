import { expect, test } from 'vitest';
import { Judge } from '../judge/judge.ts';
import type { Check } from '../schema/check-schema.ts';
import { FakeFacts, type FakeSocket } from '../testing/fake-facts.ts';
import { lessonOf } from '../testing/lessons.ts';

type Happen = (facts: FakeFacts) => void;
type Row = readonly [name: string, check: Check, happen: Happen, isMet: boolean];

const connected = (facts: FakeFacts, lab = 'Raw echo'): FakeSocket =>
  facts
    .socket({ lab, local: { host: '127.0.0.1', port: 5_000 }, remote: { host: '127.0.0.1', port: 8_007 } })
    .call('connect');
const naming = (check: Check): Check => ({ all: [{ seen: { call: 'connect', as: 'c' } }, check] });

const ROWS: readonly Row[] = [
  ['seen: the call', { seen: { call: 'connect' } }, (f) => connected(f), true],
  ['seen: another call', { seen: { call: 'accept' } }, (f) => connected(f), false],
  ['seen: one of two calls', { seen: { call: ['accept', 'connect'] } }, (f) => connected(f), true],
  ['seen: the peer’s', { seen: { end: 'peer', call: 'connect' } }, (f) => connected(f), false],
  ['seen: of a program', { seen: { from: 'a.py', call: 'connect' } }, (f) => connected(f), false],
  ['seen: failed', { seen: { call: 'connect' } }, (f) => f.socket().call('connect', { error: 'ECONNREFUSED' }), false],
  [
    'seen: any error',
    { seen: { call: 'connect', error: 'any' } },
    (f) => f.socket().call('connect', { error: 'EPERM' }),
    true,
  ],
  ['seen: no error', { seen: { call: 'connect', error: 'any' } }, (f) => connected(f), false],
  ['seen: another lab', { seen: { call: 'connect', lab: 'Trouble' } }, (f) => connected(f), false],
  [
    'seen: the kind',
    { seen: { call: 'connect', kind: 'unix' } },
    (f) => f.socket({ kind: 'unix' }).call('connect'),
    true,
  ],
  [
    'seen: bytes',
    { seen: { call: 'send', bytes: { equals: 'hi' } } },
    (f) => connected(f).call('send', { bytes: 'hi' }),
    true,
  ],
  [
    'seen: other bytes',
    { seen: { call: 'send', bytes: { equals: 'hi' } } },
    (f) => connected(f).call('send', { bytes: 'ho' }),
    false,
  ],
  [
    'seen: took',
    { seen: { call: 'connect', took: { max: 5 } } },
    (f) => f.socket().call('connect', { took: 4_000 }),
    true,
  ],
  [
    'seen: took longer',
    { seen: { call: 'connect', took: { max: 5 } } },
    (f) => f.socket().call('connect', { took: 6_000 }),
    false,
  ],
  [
    'seen: too few',
    { seen: { call: 'send', times: { min: 2 } } },
    (f) => connected(f).call('send', { bytes: 'a' }),
    false,
  ],
  [
    'seen: enough',
    { seen: { call: 'send', times: { min: 2 } } },
    (f) => connected(f).call('send', { bytes: 'a' }).call('send', { bytes: 'b' }),
    true,
  ],
  [
    'seen: outside',
    { seen: { call: 'accept', outside: true } },
    (f) => f.socket({ isOutside: true }).call('accept'),
    true,
  ],
  ['seen: not outside', { seen: { call: 'accept', outside: true } }, (f) => f.socket().call('accept'), false],
  [
    'seen: given',
    { seen: { from: 'a.py', call: 'send', given: 5, count: { max: 4 } } },
    (f) => f.socket({ from: 'a.py' }).call('send', { given: 5, count: 3 }),
    true,
  ],
  [
    'seen: whole',
    { seen: { call: 'recvfrom', whole: 12 } },
    (f) => f.socket({ kind: 'udp' }).call('recvfrom', { count: 8, whole: 12 }),
    true,
  ],
  [
    'seen: line',
    { seen: { from: 'a.py', call: 'bind', line: 7 } },
    (f) => f.socket({ from: 'a.py' }).call('bind', { line: 8 }),
    false,
  ],
  [
    'seen: text',
    { seen: { call: 'connect', text: { has: '[::1]' } } },
    (f) => f.socket().call('connect', { text: '[::1]:8009' }),
    true,
  ],
  [
    'seen: on the socket that is named',
    naming({ seen: { call: 'send', on: '$c' } }),
    (f) => {
      connected(f);
      f.socket().call('send', { bytes: 'x' });
    },
    false,
  ],
  [
    'seen: a second connection will do',
    naming({ seen: { call: 'send', on: '$c' } }),
    (f) => {
      connected(f).call('close');
      connected(f).call('send', { bytes: 'x' });
      connected(f);
    },
    true,
  ],
  [
    'two names are two sockets',
    { all: [{ seen: { call: 'connect', as: 'a' } }, { seen: { call: 'connect', as: 'b' } }] },
    (f) => connected(f),
    false,
  ],
  [
    'none: such a call',
    naming({ none: { call: 'send', on: '$c' } }),
    (f) => connected(f).call('send', { bytes: 'x' }),
    false,
  ],
  ['none: no such call', naming({ none: { call: 'send', on: '$c' } }), (f) => connected(f), true],
  ['none: any socket', naming({ none: { call: 'bind' } }), (f) => [connected(f), f.socket().call('bind')], false],
  [
    'order',
    {
      order: [
        { call: 'connect', as: 'c' },
        { call: 'send', on: '$c' },
        { end: 'peer', call: 'recv', on: '$c' },
      ],
    },
    (f) => connected(f).call('send', { bytes: 'x' }).peer('recv', { count: 1 }),
    true,
  ],
  [
    'order: told late, but earlier',
    { order: [{ end: 'peer', call: 'bind' }, { call: 'connect' }] },
    (f) => f.socket().call('connect', { at: 9 }).peer('bind', { at: 3 }),
    true,
  ],
  [
    'order: the other way round',
    { order: [{ call: 'send' }, { call: 'connect' }] },
    (f) => connected(f).call('send', { bytes: 'x' }),
    false,
  ],
  [
    'order: one call is one of them',
    { order: [{ call: 'send' }, { call: 'send' }] },
    (f) => connected(f).call('send', { bytes: 'x' }),
    false,
  ],
  [
    'order: at the same µs as they were told',
    { order: [{ call: 'connect' }, { call: 'send' }] },
    (f) => f.socket().call('connect', { at: 5 }).call('send', { at: 5, bytes: 'x' }),
    true,
  ],
  [
    'within',
    { within: [10, [{ call: 'connect' }, { call: 'close' }]] },
    (f) => f.socket().call('connect', { at: 0 }).call('close', { at: 9_000 }),
    true,
  ],
  [
    'within: too long',
    { within: [10, [{ call: 'connect' }, { call: 'close' }]] },
    (f) => f.socket().call('connect', { at: 0 }).call('close', { at: 11_000 }),
    false,
  ],
  [
    'waited',
    { waited: [{ call: 'send' }, { call: 'recv' }, { max: 10 }] },
    (f) => connected(f).call('send', { at: 0, bytes: 'x' }).call('recv', { at: 9_000, bytes: 'y' }),
    true,
  ],
  [
    'waited: too long',
    { waited: [{ call: 'send' }, { call: 'recv' }, { max: 10 }] },
    (f) => connected(f).call('send', { at: 0, bytes: 'x' }).call('recv', { at: 11_000, bytes: 'y' }),
    false,
  ],
  [
    'waited: until now',
    { waited: [{ call: 'send' }, 'now', { min: 3_000 }] },
    (f) => [connected(f).call('send', { bytes: 'x' }), f.wait(3_001)],
    true,
  ],
  [
    'waited: not yet',
    { waited: [{ call: 'send' }, 'now', { min: 3_000 }] },
    (f) => [connected(f).call('send', { bytes: 'x' }), f.wait(2_900)],
    false,
  ],
  [
    'stream',
    naming({ stream: ['$c', 'sent', { equals: 'ab' }] }),
    (f) => connected(f).call('send', { bytes: 'a' }).call('send', { bytes: 'b' }),
    true,
  ],
  [
    'stream: other bytes',
    naming({ stream: ['$c', 'sent', { equals: 'ab' }] }),
    (f) => connected(f).call('send', { bytes: 'a' }),
    false,
  ],
  [
    'same',
    naming({
      same: [
        ['$c', 'sent'],
        ['$c', 'received'],
      ],
    }),
    (f) => connected(f).call('send', { bytes: 'a' }).call('recv', { bytes: 'a' }),
    true,
  ],
  [
    'same: both empty',
    naming({
      same: [
        ['$c', 'sent'],
        ['$c', 'received'],
      ],
    }),
    (f) => connected(f),
    false,
  ],
  [
    'same: one differs',
    naming({
      same: [
        ['$c', 'sent'],
        ['$c', 'received'],
      ],
    }),
    (f) => connected(f).call('send', { bytes: 'a' }).call('recv', { bytes: 'b' }),
    false,
  ],
  [
    'borders',
    naming({ borders: ['$c', 'sent', { writes: { min: 2 }, joined: { min: 1 } }] }),
    (f) => connected(f).call('send', { bytes: 'a' }).call('send', { bytes: 'b' }).peer('recv', { count: 2 }),
    true,
  ],
  [
    'borders: kept',
    naming({ borders: ['$c', 'sent', { writes: { min: 2 }, joined: { min: 1 } }] }),
    (f) =>
      connected(f)
        .call('send', { bytes: 'a' })
        .peer('recv', { count: 1 })
        .call('send', { bytes: 'b' })
        .peer('recv', { count: 1 }),
    false,
  ],
  ['state', naming({ state: ['$c', 'ESTABLISHED'] }), (f) => connected(f), true],
  ['state: another', naming({ state: ['$c', ['CLOSE-WAIT', 'LAST-ACK']] }), (f) => connected(f), false],
  ['state: not so long', naming({ state: ['$c', 'ESTABLISHED', { for: 50 }] }), (f) => connected(f), false],
  ['state: observed', naming({ state: ['$c', 'ESTABLISHED', { observed: true }] }), (f) => connected(f), true],
  [
    'state: inferred',
    naming({ state: ['$c', 'FIN-WAIT-1', { observed: true }] }),
    (f) => connected(f).call('shutdown'),
    false,
  ],
  [
    'passed',
    naming({ passed: ['$c', ['CLOSE-WAIT', 'LAST-ACK']] }),
    (f) => connected(f).call('recv').call('close'),
    true,
  ],
  [
    'passed: in another order',
    naming({ passed: ['$c', ['LAST-ACK', 'CLOSE-WAIT']] }),
    (f) => connected(f).call('recv').call('close'),
    false,
  ],
  ['together', { together: [{ kind: 'tcp', lab: 'Raw echo' }, 2] }, (f) => [connected(f), connected(f)], true],
  [
    'together: one is closed',
    { together: [{ kind: 'tcp' }, 2] },
    (f) => [connected(f), connected(f).call('reset')],
    false,
  ],
  [
    'together: in a state',
    { together: [{ state: 'SYN-SENT' }, { min: 1 }] },
    (f) => (f.socket().stateNow = 'SYN-SENT'),
    true,
  ],
  [
    'queue of a lab',
    { queue: ['Raw echo', { waiting: { min: 1 } }] },
    (f) => f.labs.set('Raw echo', { waiting: 1, max: 6, port: 1 }),
    true,
  ],
  [
    'queue: empty',
    { queue: ['Raw echo', { waiting: { min: 1 } }] },
    (f) => f.labs.set('Raw echo', { waiting: 0, max: 6, port: 1 }),
    false,
  ],
  [
    'queue of a listener',
    { all: [{ seen: { call: 'listen', as: 's' } }, { queue: ['$s', { waiting: 1 }] }] },
    (f) => (f.socket({ kind: 'listen' }).call('listen').queue = { waiting: 1, max: 5 }),
    true,
  ],
  ['run: running', { run: ['a.py', 'running'] }, (f) => f.program('a.py').run(), true],
  ['run: ended', { run: ['a.py', 'running'] }, (f) => f.program('a.py').run().end(), false],
  ['run: exit', { run: ['a.py', { exit: 0 }] }, (f) => f.program('a.py').run().end(), true],
  ['run: another exit', { run: ['a.py', { exit: 0 }] }, (f) => f.program('a.py').run().end(1), false],
  [
    'run: error',
    { run: ['a.py', { error: { type: 'OSError', has: 'Errno 107' } }] },
    (f) => f.program('a.py').run().fail('OSError', '[Errno 107] x'),
    true,
  ],
  [
    'run: error by its last name',
    { run: ['a.py', { error: { type: 'gaierror' } }] },
    (f) => f.program('a.py').run().fail('socket.gaierror', 'x'),
    true,
  ],
  [
    'run: another error',
    { run: ['a.py', { error: { type: 'OSError', has: 'Errno 98' } }] },
    (f) => f.program('a.py').run().fail('OSError', '[Errno 107] x'),
    false,
  ],
  ['run: blocked', { run: ['a.py', { blocked: 'recv' }] }, (f) => f.program('a.py').run().block('recv'), true],
  [
    'run: blocked not so long',
    { run: ['a.py', { blocked: 'recv', for: 100 }] },
    (f) => f.program('a.py').run().block('recv'),
    false,
  ],
  [
    'run: blocked so long',
    { run: ['a.py', { blocked: 'recv', for: 100 }] },
    (f) => [f.program('a.py').run().block('recv'), f.wait(100)],
    true,
  ],
  ['run: of another program', { run: ['a.py', 'running'] }, (f) => f.program('b.py').run(), false],
  ['printed', { printed: ['a.py', { has: 'hello' }] }, (f) => f.program('a.py').print('> hello'), true],
  [
    'printed: too often',
    { printed: ['a.py', { has: 'hello' }, { times: 1 }] },
    (f) => f.program('a.py').print('hello', 'hello'),
    false,
  ],
  [
    'printed: too often by a run before the latest',
    { printed: ['a.py', { has: 'hello' }, { times: 1, since: 'run' }] },
    (f) => [f.program('a.py').run().print('hello', 'hello').end().run().print('hello')],
    true,
  ],
  [
    'printed: by a run before the latest alone',
    { printed: ['a.py', { has: 'hello' }, { since: 'run' }] },
    (f) => [f.program('a.py').run().print('hello').end().run()],
    false,
  ],
  ['answer', naming({ answer: ['q', '$c.local.port'] }), (f) => [connected(f), f.answers.set('q', 5_000)], true],
  [
    'answer: as text',
    naming({ answer: ['q', '$c.local.port'] }),
    (f) => [connected(f), f.answers.set('q', ' 5000')],
    true,
  ],
  [
    'answer: a wrong one',
    naming({ answer: ['q', '$c.local.port'] }),
    (f) => [connected(f), f.answers.set('q', 8_007)],
    false,
  ],
  [
    'answer: of a lab',
    { answer: ['q', '$lab:Raw echo.port'] },
    (f) => [f.labs.set('Raw echo', { waiting: 0, max: 1, port: 8_007 }), f.answers.set('q', 8_007)],
    true,
  ],
  ['equal', naming({ equal: ['$c.remote.port', 8_007] }), (f) => connected(f), true],
  ['equal: not', naming({ equal: ['$c.remote.port', '$c.local.port'] }), (f) => connected(f), false],
  [
    'tried',
    { tried: ['AF_INET', 'SOCK_RAW', 'EPERM'] },
    (f) => f.tried.push({ family: 'AF_INET', type: 'SOCK_RAW', outcome: 'EPERM' }),
    true,
  ],
  [
    'tried: another outcome',
    { tried: ['AF_INET', 'SOCK_RAW', 'EPERM'] },
    (f) => f.tried.push({ family: 'AF_INET', type: 'SOCK_RAW', outcome: 'ok' }),
    false,
  ],
  ['peer', { peer: ['asks', 'passed'] }, (f) => f.peers.push({ peer: 'asks', hasPassed: true }), true],
  ['peer: stopped', { peer: ['asks', 'passed'] }, (f) => f.peers.push({ peer: 'asks', hasPassed: false }), false],
  ['peer: failed', { peer: ['asks', 'failed'] }, (f) => f.peers.push({ peer: 'asks', hasPassed: false }), true],
  ['peer: another', { peer: ['asks', 'passed'] }, (f) => f.peers.push({ peer: 'else', hasPassed: true }), false],
  ['echoed', { echoed: [{ count: 2, length: 3 }] }, (f) => f.echoed.push({ count: 2, length: 3 }), true],
  ['echoed: whole', { echoed: [{ count: 2, length: 3 }] }, (f) => f.echoed.push({ count: 3, length: 3 }), false],
  ['any', { any: [{ seen: { call: 'accept' } }, { seen: { call: 'connect' } }] }, (f) => connected(f), true],
  ['any: neither', { any: [{ seen: { call: 'accept' } }, { seen: { call: 'bind' } }] }, (f) => connected(f), false],
  ['not', naming({ not: { state: ['$c', 'CLOSED'] } }), (f) => connected(f), true],
  ['not: it is', naming({ not: { state: ['$c', 'ESTABLISHED'] } }), (f) => connected(f), false],
];

test.each(ROWS)('%s', (_, check, happen, isMet) => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf(check), facts);
  expect(judge.update()).toBe(false);
  happen(facts);
  expect(judge.update()).toBe(isMet);
});

test('what has to hold for a while has to hold all the time', () => {
  const facts = new FakeFacts();
  const judge = new Judge(lessonOf(naming({ state: ['$c', 'ESTABLISHED', { for: 100 }] })), facts);
  const socket = connected(facts);
  const metAfter = (span: number): boolean => {
    facts.wait(span);
    return judge.update();
  };
  expect(metAfter(0)).toBe(false);
  expect(metAfter(99)).toBe(false);
  socket.stateNow = 'CLOSE-WAIT';
  expect(metAfter(1)).toBe(false);
  socket.stateNow = 'ESTABLISHED';
  expect(metAfter(50)).toBe(false);
  expect(metAfter(99)).toBe(false);
  expect(metAfter(1)).toBe(true);
});
