import type { Static, TSchema } from 'typebox';
import * as Type from 'typebox';
import { CALL_NAMES, type Call, PROGRAM_CALLS, type ProgramCall } from '../../protocol/call.ts';
import { ERRNO_NAMES, ERROR_CODES } from '../../protocol/errors.ts';
import { closedObject } from '../../protocol/schema/closed-object.ts';
import { oneOf } from './schema-parts.ts';

export type FactCall = Call | ProgramCall;
export const FACT_CALLS: readonly FactCall[] = [...CALL_NAMES, ...PROGRAM_CALLS];

/** Ids are Latin and never change: progress and texts name them. */
export const Slug = Type.String({ pattern: '^[a-z][a-z0-9-]{0,31}$' });
/** What a socket is called within a lesson. */
export const Name = Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,15}$' });
/** A socket that `as` has named. */
export const Ref = Type.String({ pattern: '^\\$[a-z][A-Za-z0-9]{0,15}$' });
/** A program of the page Program. */
export const File = Type.String({ pattern: '^[a-z][a-z0-9_-]{0,24}\\.py$' });
export const LabName = Type.String({ minLength: 1, maxLength: 32 });
/** `$c.local.port`, `$lab:Timestamp echo.port`: what it is once the socket has it; else a text or a number. */
export const Value = Type.Union([Type.Number(), Type.String({ maxLength: 256 })]);

const Bound = Type.Number({ minimum: -1, maximum: Number.MAX_SAFE_INTEGER });
/** Exactly so much, or a range whose ends are in it. */
export const Num = Type.Union([Bound, closedObject({ min: Type.Optional(Bound), max: Type.Optional(Bound) })]);
export type Num = Static<typeof Num>;
/** Bytes with the composer's escapes: `\r\n`, `\x00`, `\u{4f60}`. */
export const Lit = Type.String({ maxLength: 1_024 });
/** Text with the tokens {ctime} {port} {digits} {any}. */
const Template = Type.String({ minLength: 1, maxLength: 256 });

/** `like` is all of them as text, with tokens. */
export const Bytes = closedObject(
  {
    equals: Type.Optional(Lit),
    starts: Type.Optional(Lit),
    ends: Type.Optional(Lit),
    has: Type.Optional(Lit),
    lacks: Type.Optional(Lit),
    like: Type.Optional(Template),
    length: Type.Optional(Num),
    utf8: Type.Optional(Type.Boolean()),
  },
  { minProperties: 1 },
);
export type Bytes = Static<typeof Bytes>;
export const Text = closedObject(
  { equals: Type.Optional(Template), starts: Type.Optional(Template), has: Type.Optional(Template) },
  { minProperties: 1, maxProperties: 1 },
);
export type Text = Static<typeof Text>;

const KINDS = ['tcp', 'unix', 'udp', 'listen', 'accepted'] as const;
export const SocketKind = oneOf([...KINDS]);
const CallName = oneOf([...FACT_CALLS]);
const patternFields = {
  /** `play`, which is also what is left out, or a program's file. */
  from: Type.Optional(Type.Union([Type.Literal('play'), File])),
  end: Type.Optional(oneOf(['local', 'peer'])),
  call: Type.Union([CallName, Type.Array(CallName, { minItems: 1, maxItems: 8 })]),
  on: Type.Optional(Ref),
  as: Type.Optional(Name),
  kind: Type.Optional(SocketKind),
  lab: Type.Optional(LabName),
  argument: Type.Optional(Num),
  count: Type.Optional(Num),
  given: Type.Optional(Num),
  whole: Type.Optional(Num),
  error: Type.Optional(oneOf(['any', ...ERRNO_NAMES, ...ERROR_CODES])),
  text: Type.Optional(Text),
  bytes: Type.Optional(Bytes),
  /** Milliseconds. */
  took: Type.Optional(Num),
  line: Type.Optional(Num),
  outside: Type.Optional(Type.Boolean()),
  /** From where on: of the step that is left out, else of the lesson. */
  since: Type.Optional(Type.Literal('lesson')),
};
/** A call as it has to be: every field that stands there has to fit. A failed call fits only where `error` stands. */
export const Pattern = closedObject(patternFields);
export type Pattern = Static<typeof Pattern>;
export const CountedPattern = closedObject({ ...patternFields, times: Type.Optional(Num) });
export type CountedPattern = Static<typeof CountedPattern>;

type Statics<Items extends readonly TSchema[]> = { -readonly [Key in keyof Items]: Static<Items[Key]> };
/** An array of these, of which those after the first `least` may be left out. */
export function tupleOf<const Least extends readonly TSchema[], const More extends readonly TSchema[]>(
  least: Least,
  more: More,
) {
  return Type.Unsafe<readonly [...Statics<Least>, ...Partial<Statics<More>>]>({
    type: 'array',
    items: [...least, ...more],
    additionalItems: false,
    minItems: least.length,
  });
}
