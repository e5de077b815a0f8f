import { describe, expect, test } from 'vitest';
import { failureOf } from '../testing/failures.ts';
import { ROOM_EXAMPLES, tableRows, VECTORS, type Vector } from '../testing/specification.ts';
import { encodeUtf8 } from '../utf8.ts';
import { parseTile, type SeatTile, wireTile } from './grid.ts';
import {
  checkRoomUp,
  decodeRoomDown,
  encodeRoom,
  parseRoomUp,
  ROOM_TOLD,
  ROOM_UP,
  type RoomSay,
  type RoomUp,
} from './messages.ts';

const decodeRoomUp = (payload: Uint8Array): RoomUp => checkRoomUp(parseRoomUp(payload));

import { decodeMirror, decodeMirrorUp, encodeMirrorUp, mirrorDown, PIECE_BYTES_MAX } from './mirror-part.ts';
import { MAY_SAY, ROOM_ROLES } from './roles.ts';
import { ANSWERS } from './to-page.ts';

type Json = Record<string, unknown>;
const up = ROOM_EXAMPLES.filter(({ type }) => type === 'ROOM ↑').map(({ text }) => JSON.parse(text) as Json);
const down = ROOM_EXAMPLES.filter(({ type }) => type === 'ROOM ↓').map(({ text }) => JSON.parse(text) as Json);
const bytes = (value: unknown): Uint8Array => encodeUtf8(JSON.stringify(value));

describe('the examples of docs/protocol.md', () => {
  test.each(up)('ROOM ↑ $say', (message) => {
    expect(decodeRoomUp(bytes(message))).toEqual(message);
    expect(decodeRoomUp(encodeRoom(decodeRoomUp(bytes(message))))).toEqual(message);
    refusesOthers(message, decodeRoomUp);
  });
  test.each(down)('ROOM ↓ $say', (message) => {
    expect(decodeRoomDown(bytes(message))).toEqual(message);
    refusesOthers(message, decodeRoomDown);
  });
  test('there is one of each kind', () => {
    expect(new Set(up.map(({ say }) => say))).toEqual(new Set(Object.keys(ROOM_UP)));
    expect(new Set(down.map(({ say }) => say))).toEqual(new Set(Object.keys({ ...ANSWERS, ...ROOM_TOLD })));
  });
  test('the mirror’s bytes', () => {
    const vector = VECTORS.find(({ title }) => title.includes('"mirror"')) as Vector;
    const { mirror, part, kind, piece, of, text } = vector.value as Json;
    const decoded = decodeMirror(vector.bytes as Uint8Array);
    expect(decoded).toEqual({ mirror, part, kind, piece, of, bytes: encodeUtf8(text as string) });
    expect(mirrorDown(decoded.mirror, encodeMirrorUp(decoded))).toEqual(vector.bytes);
  });
});

function refusesOthers(message: Json, decode: (payload: Uint8Array) => unknown): void {
  for (const name of Object.keys(message)) {
    expect(failureOf(() => decode(bytes({ ...message, [name]: null }))).code).toBe('MESSAGE_INVALID');
  }
  expect(failureOf(() => decode(bytes({ ...message, extra: 1 }))).code).toBe('MESSAGE_INVALID');
  expect(failureOf(() => decode(bytes({ ...message, say: 'constructor' }))).code).toBe('MESSAGE_INVALID');
  expect(failureOf(() => decode(bytes({ ...message, say: ['join'] }))).code).toBe('MESSAGE_INVALID');
}

test.each(['', 'x', 'null', '7', '[]', '{}', '"join"', '{"say":"__proto__"}'])('ROOM of %j is refused', (text) => {
  expect(failureOf(() => decodeRoomUp(encodeUtf8(text))).code).toBe('MESSAGE_INVALID');
  expect(failureOf(() => decodeRoomDown(encodeUtf8(text))).code).toBe('MESSAGE_INVALID');
});
test('ROOM that is no UTF-8 is refused', () => {
  expect(failureOf(() => decodeRoomUp(Uint8Array.of(0xff))).code).toBe('MESSAGE_INVALID');
});

describe('the table of who may say what', () => {
  test('is the one of docs/protocol.md', () => {
    const rows = tableRows('ROOM ↑').flatMap(([says = '', who = '']) => {
      const roles = who === 'all' ? ROOM_ROLES : who.split(', ');
      return says.split(', ').map((say) => [say.replaceAll('`', ''), [...roles]] as const);
    });
    expect(Object.fromEntries(rows)).toEqual(
      Object.fromEntries(Object.entries(MAY_SAY).map(([say, roles]) => [say, [...roles]])),
    );
  });
  test('has nobody teach who has shown no key', () => {
    const shows: readonly RoomSay[] = ['join', 'create', 'list', 'open'];
    for (const [say, roles] of Object.entries(MAY_SAY)) {
      if (!shows.includes(say as RoomSay)) expect(roles, say).not.toContain('stranger');
    }
  });
});

test('a tile is told as an array, and read back', () => {
  const tile: SeatTile = {
    ...{ seat: 5, flags: 33, attached: 2, sockets: 3, lesson: 'stream', step: 4, of: 7 },
    ...{ since: 1_795_337_400_123, text: 'connect ECONNREFUSED', why: 'ECONNREFUSED' },
  };
  expect(parseTile(wireTile(tile))).toEqual(tile);
});

describe('a part of a mirror', () => {
  const part = { part: 7, kind: 'delta', piece: 0, of: 1, bytes: Uint8Array.of(1) } as const;
  test.each([
    ['no bytes', new Uint8Array(7)],
    ['a kind that does not exist', encodeMirrorUp(part).with(4, 3)],
    ['kind 0', encodeMirrorUp(part).with(4, 0)],
    ['a piece past the last', encodeMirrorUp(part).with(5, 1)],
    ['pieces past the most', encodeMirrorUp(part).with(6, 9)],
    ['no pieces', encodeMirrorUp(part).with(6, 0)],
    ['more bytes than a frame has room for', encodeMirrorUp({ ...part, bytes: new Uint8Array(PIECE_BYTES_MAX + 1) })],
  ])('with %s is refused', (_, payload) => {
    expect(failureOf(() => decodeMirrorUp(payload)).code).toBe('MESSAGE_INVALID');
  });
  test('fits its frame when it is as long as may be', () => {
    const longest = mirrorDown(0xffff_ffff, encodeMirrorUp({ ...part, bytes: new Uint8Array(PIECE_BYTES_MAX) }));
    expect(longest).toHaveLength(65_535);
    expect(decodeMirror(longest)).toMatchObject({ mirror: 0xffff_ffff, part: 7, kind: 'delta' });
  });
});
