import type { Static } from 'typebox';
import * as Type from 'typebox';
import { SocketOptions } from '../../protocol/messages/options.ts';
import { closedObject } from '../../protocol/schema/closed-object.ts';
import { type Check, CheckField } from './check-schema.ts';
import { File, LabName, Lit, Name, Ref, Slug, tupleOf, Value } from './pattern-schema.ts';
import { Peer } from './peer-schema.ts';
import { oneOf, recordOf } from './schema-parts.ts';

export const LESSONS_MAX = 64;
const STEPS_MAX = 12;
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type LessonLanguage = (typeof LANGUAGES)[number];

/** `start/server.py` of the lesson's own folder, or `example:timestamp/server.py` of the page Program. */
const Path = Type.String({
  pattern: '^((start|done|wrong)/[a-z][a-z0-9_-]*\\.py|example:[a-z][a-z-]*/[a-z][a-z0-9_]*\\.py)$',
  maxLength: 96,
});
/** `$lab:Timestamp echo.port`: the one that a lab server has today. */
const Port = Type.Union([
  Type.Integer({ minimum: 0, maximum: 65_535 }),
  Type.String({ pattern: '^\\$lab:.{1,32}\\.port$', maxLength: 64 }),
]);

const Question = closedObject({
  id: Slug,
  choices: Type.Optional(Type.Array(Slug, { minItems: 2, maxItems: 6 })),
  right: Type.Optional(Slug),
  number: Type.Optional(Type.Literal(true)),
  text: Type.Optional(closedObject({ max: Type.Integer({ minimum: 1, maximum: 128 }) })),
});
/** Of one of three kinds: choices, a number, a text. */
export type Question = Static<typeof Question>;

const ACTIONS = {
  connect: closedObject({
    lab: Type.Optional(LabName),
    host: Type.Optional(Type.String({ maxLength: 256 })),
    port: Type.Optional(Type.Union([Port, Ref])),
    kind: Type.Optional(oneOf(['tcp', 'udp', 'unix'])),
    options: Type.Optional(SocketOptions),
    times: Type.Optional(Type.Integer({ minimum: 1, maximum: 16 })),
    as: Name,
  }),
  listen: closedObject({
    port: Type.Union([Port, Ref]),
    backlog: Type.Optional(Type.Integer({ minimum: 0, maximum: 128 })),
    reuse: Type.Optional(Type.Boolean()),
    as: Name,
  }),
  accept: closedObject({ on: Ref, as: Name }),
  send: tupleOf([Ref, Lit], []),
  sendBoth: tupleOf([Ref, Lit, Lit], []),
  halfClose: Ref,
  reset: Ref,
  close: Ref,
  set: tupleOf([Ref, SocketOptions], []),
  ask: oneOf(['trysocket', 'seqpacket']),
  write: tupleOf([File, Path], []),
  run: File,
  type: tupleOf([File, Type.String({ maxLength: 256 })], []),
  stop: File,
  answer: tupleOf([Slug, Value], []),
  /** A scripted peer of the step connects. */
  peer: Slug,
  wait: CheckField,
};
const Action = closedObject(
  Object.fromEntries(Object.entries(ACTIONS).map(([name, schema]) => [name, Type.Optional(schema)])),
  { minProperties: 1, maxProperties: 1 },
);
/** One thing that a learner does: an object of one field. */
export type Action = { readonly [Key in keyof typeof ACTIONS]?: Static<(typeof ACTIONS)[Key]> };
const Actions = Type.Unsafe<readonly Action[]>(Type.Array(Action, { maxItems: 32 }));

const Hint = closedObject({
  id: Slug,
  when: Type.Optional(CheckField),
  after: Type.Optional(Type.Integer({ minimum: 5, maximum: 600 })),
});
/** Raised by what went wrong (`when`), or so many seconds after the step began. */
export type Hint = { readonly id: string; readonly when?: Check; readonly after?: number };

const NEEDS = ['jspi', 'kernel-queue', 'ipv6', 'unix', 'linux'] as const;
const Needs = Type.Array(oneOf([...NEEDS]), { maxItems: NEEDS.length });
const Page = oneOf(['play', 'program']);
const View = oneOf(['ladder', 'table', 'stream', 'boundaries', 'compare']);

const Step = closedObject({
  id: Slug,
  /** Raised when the check changes its meaning: the step is then undone for all who had done it. */
  rev: Type.Integer({ minimum: 1, maximum: 1_000 }),
  page: Type.Optional(Page),
  view: Type.Optional(View),
  needs: Type.Optional(Needs),
  questions: Type.Optional(Type.Array(Question, { maxItems: 4 })),
  peers: Type.Optional(Type.Array(Peer, { maxItems: 4 })),
  check: CheckField,
  hints: Type.Unsafe<readonly Hint[]>(Type.Array(Hint, { minItems: 1, maxItems: 8 })),
  solution: Actions,
  wrong: Type.Optional(Type.Array(closedObject({ hint: Slug, actions: Actions }), { maxItems: 8 })),
});
export type Step = Static<typeof Step>;

const Start = closedObject({
  page: Page,
  lab: Type.Optional(LabName),
  view: Type.Optional(View),
  files: Type.Optional(recordOf(Path)),
});

/** `lesson.json`: all of a lesson but its words. */
export const Lesson = closedObject({
  format: Type.Literal(1),
  id: Slug,
  minutes: Type.Integer({ minimum: 1, maximum: 120 }),
  needs: Needs,
  start: Start,
  predict: Question,
  steps: Type.Array(Step, { minItems: 1, maxItems: STEPS_MAX }),
});
export type Lesson = Static<typeof Lesson>;

/** `pack.json`: which lessons there are, and the only place where their order stands. */
export const PackHead = closedObject({
  format: Type.Literal(1),
  id: Slug,
  version: Type.String({ pattern: '^\\d{1,4}\\.\\d{1,4}\\.\\d{1,4}$' }),
  languages: Type.Array(oneOf([...LANGUAGES]), { minItems: 1, maxItems: LANGUAGES.length }),
  licence: Type.String({ minLength: 1, maxLength: 64 }),
  titles: recordOf(recordOf(Type.String({ minLength: 1, maxLength: 128 }))),
  parts: Type.Array(closedObject({ id: Slug, lessons: Type.Array(Slug, { minItems: 1, maxItems: LESSONS_MAX }) }), {
    minItems: 1,
    maxItems: 16,
  }),
});
export type PackHead = Static<typeof PackHead>;
