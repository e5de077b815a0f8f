// The whole namespace, not the default export: a bundler leaves out of it what is not used.
import type { Static } from 'typebox';
import * as Type from 'typebox';
import { NODE_NAME } from '../node-name.ts';

export const Port = Type.Integer({ minimum: 0, maximum: 65_535 });
export const U32 = Type.Integer({ minimum: 0, maximum: 0xffff_ffff });
export const Micros = Type.Integer({ minimum: 0 });
export const Millis = Type.Integer({ minimum: 0 });
export const NodeName = Type.String({ pattern: NODE_NAME });
export const Hex128 = Type.String({ pattern: '^[0-9a-f]{32}$' });
export const Text = Type.String({ maxLength: 1_024 });
export const closed = { additionalProperties: false } as const;

/** One end of a connection. A Unix socket has its path in `host` (empty where it has none) and port 0. */
export const Endpoint = Type.Object({ host: Type.String({ maxLength: 256 }), port: Port }, closed);
export type Endpoint = Static<typeof Endpoint>;
