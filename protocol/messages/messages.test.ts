import type { TSchema } from 'typebox';
import { Check } from 'typebox/schema';
import { describe, expect, test } from 'vitest';
import { Grid } from '../rooms/grid.ts';
import { failureOf } from '../testing/failures.ts';
import { EXAMPLES, tableRows } from '../testing/specification.ts';
import { encodeUtf8 } from '../utf8.ts';
import { CallResult, SocketCall } from './calls.ts';
import { decodeMessage, encodeMessage } from './codec.ts';
import { Goaway, Hello, PROTOCOL_VERSION, Welcome } from './session.ts';
import { Accepted, codeOf, Open, Opened, Pending, Reset } from './socket.ts';
import { Stats, Watch } from './stats.ts';

type Json = Record<string, unknown>;

/** Which schema reads the payload of which frame. */
const SCHEMAS: Record<string, TSchema> = {
  HELLO: Hello,
  WELCOME: Welcome,
  GOAWAY: Goaway,
  STATS: Stats,
  WATCH: Watch,
  OPEN: Open,
  OPENED: Opened,
  RST: Reset,
  PENDING: Pending,
  ACCEPTED: Accepted,
  CALL: SocketCall,
  RESULT: CallResult,
  GRID: Grid,
};

function schemaOf(type: string): TSchema {
  const schema = SCHEMAS[type];
  if (!schema) throw new Error(`no schema for ${type}`);
  return schema;
}
function refusal(type: string, value: unknown): string {
  return failureOf(() => decodeMessage(schemaOf(type), encodeUtf8(JSON.stringify(value)))).code;
}
function exampleOf(type: string): Json {
  return JSON.parse(EXAMPLES.find((example) => example.type === type)?.text ?? '') as Json;
}

describe('the examples of docs/protocol.md', () => {
  test.each(EXAMPLES)('$type, example %#', ({ type, text }) => {
    const message = decodeMessage(schemaOf(type), encodeUtf8(text));
    expect(message).toEqual(JSON.parse(text));
    expect(decodeMessage(schemaOf(type), encodeMessage(message as object))).toEqual(message);
  });
  test('there is one for every JSON payload in the table of types, and no other', () => {
    const listed = tableRows('type').filter(([, , , , payload]) => payload?.includes('JSON'));
    expect(new Set(EXAMPLES.map(({ type }) => type))).toEqual(new Set(Object.keys(SCHEMAS)));
    expect(new Set(listed.map(([name]) => name))).toEqual(new Set(Object.keys(SCHEMAS)));
  });
  test('speak the version that is spoken', () => {
    expect(exampleOf('HELLO')['version']).toBe(PROTOCOL_VERSION);
    expect(exampleOf('WELCOME')['version']).toBe(PROTOCOL_VERSION);
  });
});

describe('every schema refuses', () => {
  test.each(EXAMPLES)('$type with a member too many, at any depth, example %#', ({ type, text }) => {
    for (const spoiled of withExtraMember(JSON.parse(text))) expect(refusal(type, spoiled)).toBe('MESSAGE_INVALID');
  });
  test.each(EXAMPLES)('$type with null or an object for any member, example %#', ({ type, text }) => {
    const message = JSON.parse(text) as Json;
    for (const name of Object.keys(message)) {
      expect(refusal(type, { ...message, [name]: null })).toBe('MESSAGE_INVALID');
      expect(refusal(type, { ...message, [name]: { a: 1 } })).toBe('MESSAGE_INVALID');
    }
  });
  test.each(EXAMPLES)('$type without a required member, example %#', ({ type, text }) => {
    const example = JSON.parse(text) as Json;
    const required = requiredOf(schemaOf(type), example);
    expect(required.length).toBeGreaterThan(0);
    for (const name of required) {
      const { [name]: _, ...rest } = example;
      expect(refusal(type, rest)).toBe('MESSAGE_INVALID');
    }
  });
});

/** Of a union those of the one schema that takes the example. */
function requiredOf(schema: TSchema, example: Json): readonly string[] {
  const { anyOf = [schema] } = schema as { anyOf?: readonly TSchema[] };
  const fitting = anyOf.find((one) => Check(one, example)) as { required?: readonly string[] } | undefined;
  return fitting?.required ?? [];
}

/** The value once with a member too many in each of its objects. */
function* withExtraMember(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      for (const spoiled of withExtraMember(item)) yield value.with(index, spoiled);
    }
  } else if (typeof value === 'object' && value !== null) {
    yield { ...value, extra: 1 };
    for (const [name, member] of Object.entries(value)) {
      for (const spoiled of withExtraMember(member)) yield { ...value, [name]: spoiled };
    }
  }
}

describe('values at and past their limits', () => {
  test.each<[string, Json, Json]>([
    ['OPEN', { port: 0 }, { port: -1 }],
    ['OPEN', { port: 65_535 }, { port: 65_536 }],
    ['OPEN', { port: 1 }, { port: 1.5 }],
    ['OPEN', { port: 1 }, { port: '1' }],
    ['OPEN', { kind: 'seqpacket' }, { kind: 'raw' }],
    ['OPEN', { host: 'h'.repeat(256) }, { host: 'h'.repeat(257) }],
    ['OPEN', { backlog: 0 }, { backlog: -1 }],
    ['OPEN', { options: {} }, { options: { receiveSize: 0 } }],
    ['OPEN', { options: { receiveSize: 1 } }, { options: { receiveSize: 65_537 } }],
    ['OPEN', { options: { peerReceiveSize: 65_536 } }, { options: { peerReceiveSize: 0 } }],
    ['OPEN', { options: { sendBuffer: 1_024 } }, { options: { sendBuffer: 1_023 } }],
    ['OPEN', { options: { noDelay: false } }, { options: { noDelay: 0 } }],
    ['HELLO', { version: 0 }, { version: -1 }],
    ['HELLO', { token: '' }, { token: 't'.repeat(257) }],
    ['HELLO', { resume: resume({}) }, { resume: resume({ session: 'A'.repeat(32) }) }],
    ['HELLO', { resume: resume({ secret: '0'.repeat(32) }) }, { resume: resume({ secret: '0'.repeat(31) }) }],
    ['HELLO', { resume: resume({ secret: '0'.repeat(32) }) }, { resume: resume({ secret: `${'0'.repeat(32)}\n` }) }],
    ['HELLO', { resume: resume({ received: 0xffff_ffff }) }, { resume: resume({ received: 0x1_0000_0000 }) }],
    ['WELCOME', { status: 'gone' }, { status: 'lost' }],
    ['WELCOME', { mode: 'allow-list' }, { mode: 'any' }],
    ['RST', { text: 't'.repeat(1_024) }, { text: 't'.repeat(1_025) }],
    ['RST', { at: Number.MAX_SAFE_INTEGER }, { at: -1 }],
    ['WATCH', { streams: new Array(16).fill(1) }, { streams: new Array(17).fill(1) }],
    ['CALL', { family: 6 }, { family: 5 }],
    ['CALL', { family: 0 }, { call: 'close' }],
    ['CALL', { family: 4 }, { call: 'getsockopt' }],
    ['CALL', { host: '::1' }, { backlog: 1 }],
    ['PENDING', { dropped: 0 }, { dropped: 0x1_0000_0000 }],
  ])('%s takes %j, not %j', (type, good, bad) => {
    const example = exampleOf(type);
    expect(decodeMessage(schemaOf(type), encodeMessage({ ...example, ...good }))).toEqual({ ...example, ...good });
    expect(refusal(type, { ...example, ...bad })).toBe('MESSAGE_INVALID');
  });
});

function resume(change: Json): Json {
  return { session: '0'.repeat(32), secret: 'f'.repeat(32), received: 0, ...change };
}

describe('payloads that are no message at all', () => {
  test.each<[string, Uint8Array]>([
    ['nothing', new Uint8Array()],
    ['broken UTF-8', Uint8Array.of(0x22, 0xff, 0x22)],
    ['a byte order mark', Buffer.from('\ufeff{"version":1}')],
    ['half an object', Buffer.from('{"version":1')],
    ['two objects', Buffer.from('{"version":1}{"version":1}')],
    ['a list', Buffer.from('[]')],
    ['null', Buffer.from('null')],
    ['a number', Buffer.from('1')],
    ['a number that JSON has not', Buffer.from('{"version":Infinity}')],
    ['a number past every number', Buffer.from('{"version":1e999}')],
    ['__proto__ as a member', Buffer.from('{"version":1,"__proto__":{"token":"x"}}')],
    ['lists in lists, deeper than a stack', Buffer.from('['.repeat(30_000) + ']'.repeat(30_000))],
    ['a deep member', Buffer.from(`{"version":1,"token":${'['.repeat(30_000)}${']'.repeat(30_000)}}`)],
  ])('%s', (_, payload) => {
    expect(failureOf(() => decodeMessage(Hello, payload)).code).toBe('MESSAGE_INVALID');
  });
  test('the error shows no more than the beginning of what came', () => {
    const { message } = failureOf(() => decodeMessage(Hello, encodeMessage({ version: 'v'.repeat(60_000) })));
    expect(message.length).toBeLessThanOrEqual(200);
    expect(message).toContain('"version":"vvv');
  });
});

test('a code that this version does not know counts as INTERNAL', () => {
  expect(codeOf({ code: 'ECONNREFUSED' })).toBe('ECONNREFUSED');
  expect(codeOf({ code: 'TARGET_FORBIDDEN' })).toBe('TARGET_FORBIDDEN');
  expect(codeOf({ code: 'ENOTFOUND' })).toBe('NAME_UNRESOLVED');
  expect(codeOf({ code: 'toString' })).toBe('INTERNAL');
  expect(codeOf({})).toBe('INTERNAL');
});
