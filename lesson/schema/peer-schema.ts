import type { Static } from 'typebox';
import * as Type from 'typebox';
import { closedObject } from '../../protocol/schema/closed-object.ts';
import { Lit, Slug, tupleOf } from './pattern-schema.ts';
import { oneOf } from './schema-parts.ts';

const Template = Type.String({ minLength: 1, maxLength: 1_024 });
const Span = Type.Integer({ minimum: 1, maximum: 60_000 });

/** Named as the calls of the test kit's peers are, where they do the same. */
const ACTIONS = {
  /** One send(2). */
  send: Lit,
  /** In slices of so many bytes, a send(2) each. */
  sendSlowly: tupleOf([Lit, Type.Integer({ minimum: 1, maximum: 1_024 })], []),
  /** These bytes come next. */
  expectBytes: Lit,
  /** All that has come since is this text, with tokens. */
  expectText: Template,
  expectEnd: oneOf(['fin', 'reset']),
  /** Nothing comes for so many ms. */
  expectSilence: Span,
  /** A FIN: it can still receive. */
  end: Type.Literal(true),
  reset: Type.Literal(true),
};
const PeerAction = closedObject(
  Object.fromEntries(Object.entries(ACTIONS).map(([name, schema]) => [name, Type.Optional(schema)])),
  { minProperties: 1, maxProperties: 1 },
);
/** One thing that a peer does or waits for: an object of one field. */
export type PeerAction = { readonly [Key in keyof typeof ACTIONS]?: Static<(typeof ACTIONS)[Key]> };

/** A client that judges a learner's server from outside: it connects, goes through its script, and closes. */
export const Peer = closedObject({
  id: Slug,
  /** Of the server, on loopback. */
  port: Type.Integer({ minimum: 1, maximum: 65_535 }),
  script: Type.Unsafe<readonly PeerAction[]>(Type.Array(PeerAction, { minItems: 1, maxItems: 32 })),
});
export type Peer = Static<typeof Peer>;
