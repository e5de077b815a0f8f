import * as Type from 'typebox';
import { misfitOf } from '../../../lesson/pack/misfit.ts';
import { sendsBehindEnd } from '../../../lesson/peer-steps.ts';
import { Peer } from '../../../lesson/schema/peer-schema.ts';
import { fits } from '../../../protocol/schema/fits.ts';

/** What the server among the programs is to do, and the clients that say whether it does: the scripted peers of lessons. */
export type Task = { readonly text: string; readonly peers: readonly Peer[] };

export const TASK_TEXT_MAX = 4_000;
const Peers = Type.Array(Peer, { minItems: 1, maxItems: 4 });

/** What comes from outside: checked in every part. */
export function parseTask(value: unknown): Task | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { text, peers } = value as Record<string, unknown>;
  if (typeof text !== 'string' || text.length > TASK_TEXT_MAX) return undefined;
  if (!fits(Peers, peers) || faultOf(peers as Peer[]) !== undefined) return undefined;
  return { text, peers: peers as Peer[] };
}

/** What a person typed as JSON: the peers, or what is wrong with it. */
export function parsePeers(json: string): { readonly peers: readonly Peer[] } | { readonly wrong: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
  if (!fits(Peers, value)) {
    const { path, reason } = misfitOf(Peers, value);
    return { wrong: `${path} ${reason}`.trim() };
  }
  const peers = value as Peer[];
  const wrong = faultOf(peers);
  return wrong === undefined ? { peers } : { wrong };
}

/** What no schema says. */
function faultOf(peers: readonly Peer[]): string | undefined {
  if (new Set(peers.map(({ id }) => id)).size < peers.length) return 'two have one id';
  const sending = peers.find(({ script }) => sendsBehindEnd(script));
  return sending && `${sending.id} sends behind its own end`;
}

/** An echo, as a task begins that somebody writes. */
export const FIRST_PEERS: readonly Peer[] = [
  {
    id: 'echo',
    port: 8009,
    script: [{ send: 'hello' }, { expectBytes: 'hello' }, { end: true }, { expectEnd: 'fin' }],
  },
];
