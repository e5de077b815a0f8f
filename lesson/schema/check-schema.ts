import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closedObject } from '../../protocol/schema/closed-object.ts';
import { TCP_STATES } from '../../protocol/tcp-state.ts';
import {
  Bytes,
  CountedPattern,
  FACT_CALLS,
  File,
  LabName,
  Name,
  Num,
  Pattern,
  Ref,
  Slug,
  SocketKind,
  Text,
  tupleOf,
  Value,
} from './pattern-schema.ts';
import { oneOf } from './schema-parts.ts';

const Span = Type.Integer({ minimum: 0, maximum: 600_000 });
const State = oneOf([...TCP_STATES, 'UNCONN']);
const Direction = oneOf(['sent', 'received']);
const Side = tupleOf([Ref, Direction], []);
const Patterns = Type.Array(Pattern, { minItems: 2, maxItems: 12 });

const ErrorIs = closedObject({
  type: Type.String({ minLength: 1, maxLength: 64 }),
  has: Type.Optional(Type.String({ minLength: 1, maxLength: 128 })),
  line: Type.Optional(Num),
});
const Outcome = Type.Union([
  oneOf(['running', 'ended']),
  closedObject({ exit: Num }),
  closedObject({ error: ErrorIs }),
  closedObject({ blocked: oneOf([...FACT_CALLS]), for: Type.Optional(Span) }),
]);
export type Outcome = Static<typeof Outcome>;

/** What each matcher is given; docs/lessons.md says when it holds. Times are milliseconds. */
export const MATCHERS = {
  seen: CountedPattern,
  none: Pattern,
  order: Patterns,
  /** As `order`, from the first call to the last within so long. */
  within: tupleOf([Span, Patterns], []),
  waited: tupleOf([Pattern, Type.Union([Type.Literal('now'), Pattern]), Num], []),
  stream: tupleOf([Ref, Direction, Bytes], []),
  same: tupleOf([Side, Side], []),
  borders: tupleOf(
    [
      Ref,
      Direction,
      closedObject(
        {
          writes: Type.Optional(Num),
          reads: Type.Optional(Num),
          joined: Type.Optional(Num),
          cut: Type.Optional(Num),
        },
        { minProperties: 1 },
      ),
    ],
    [],
  ),
  state: tupleOf(
    [Ref, Type.Union([State, Type.Array(State, { minItems: 1 })])],
    [closedObject({ for: Type.Optional(Span), observed: Type.Optional(Type.Boolean()) })],
  ),
  passed: tupleOf([Ref, Type.Array(State, { minItems: 1, maxItems: 11 })], []),
  together: tupleOf(
    [
      closedObject({
        kind: Type.Optional(SocketKind),
        lab: Type.Optional(LabName),
        state: Type.Optional(State),
        for: Type.Optional(Span),
        as: Type.Optional(Name),
      }),
      Num,
    ],
    [],
  ),
  queue: tupleOf(
    [
      Type.Union([Ref, LabName]),
      closedObject(
        { waiting: Type.Optional(Num), max: Type.Optional(Num), for: Type.Optional(Span) },
        { minProperties: 1 },
      ),
    ],
    [],
  ),
  run: tupleOf([File, Outcome], [Type.Literal('lesson')]),
  printed: tupleOf(
    [File, Text],
    [closedObject({ times: Type.Optional(Num), since: Type.Optional(oneOf(['lesson', 'run'])) })],
  ),
  answer: tupleOf([Slug, Value], []),
  equal: tupleOf([Value, Value], []),
  tried: tupleOf([Type.String(), Type.String(), Type.String()], []),
  peer: tupleOf([Slug, oneOf(['passed', 'failed'])], []),
  echoed: tupleOf([closedObject({ count: Num, length: Num })], []),
};

/** One matcher and what it is given: an object of one field. */
export type Check = { readonly [Key in keyof typeof MATCHERS]?: Static<(typeof MATCHERS)[Key]> } & {
  readonly all?: readonly Check[];
  readonly any?: readonly Check[];
  readonly not?: Check;
};
export type MatcherName = keyof Check;
export type Given<Key extends MatcherName> = NonNullable<Check[Key]>;

export const CHECK_DEPTH_MAX = 6;
export const CHECK_NODES_MAX = 64;

/** In a lesson's schema: `parseCheck` looks at each part by itself, as TypeBox takes 7 ms for one that refers to itself. */
export const CheckField = Type.Unsafe<Check>(Type.Object({}));
