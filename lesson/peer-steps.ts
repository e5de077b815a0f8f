import type { Milliseconds } from '../protocol/units.ts';
import { parseEscapes } from '../trace/bytes/escapes.ts';
import type { ScriptStep } from '../trace/script/script.ts';
import type { PeerAction } from './schema/peer-schema.ts';
import { compileText } from './template.ts';

/** Between two slices, so that the server reads them apart. */
const BETWEEN_SLICES: Milliseconds = 20;

/** The actions of a peer as the steps of a script; each step's line is the number of its action, from 1 on. */
export function stepsOf(actions: readonly PeerAction[]): ScriptStep[] {
  return actions.flatMap((action, index) => stepsOfOne(action).map((step) => ({ ...step, line: index + 1 })));
}

function stepsOfOne(action: PeerAction): ScriptStep[] {
  const { send, sendSlowly, expectBytes, expectText, expectEnd, expectSilence, end } = action;
  if (send !== undefined) return [sending(parseEscapes(send))];
  if (sendSlowly) return slices(parseEscapes(sendSlowly[0]), sendSlowly[1]);
  if (expectBytes !== undefined) return [{ kind: 'expectBytes', bytes: parseEscapes(expectBytes) }];
  if (expectText !== undefined) {
    return [{ kind: 'expectText', template: expectText, fits: compileText({ equals: expectText }) }];
  }
  if (expectEnd) return [{ kind: 'expectEnd', ending: expectEnd }];
  if (expectSilence !== undefined) return [{ kind: 'expectSilence', span: expectSilence }];
  return [{ kind: end ? 'end' : 'reset' }];
}
function sending(bytes: Uint8Array): ScriptStep {
  return { kind: 'send', bytes: () => bytes };
}
function slices(bytes: Uint8Array, size: number): ScriptStep[] {
  const steps: ScriptStep[] = [];
  for (let offset = 0; offset < bytes.length; offset += size) {
    if (offset > 0) steps.push({ kind: 'pause', span: BETWEEN_SLICES });
    steps.push(sending(bytes.subarray(offset, offset + size)));
  }
  return steps;
}

/** Whether an action sends behind the peer's own FIN or RST, which no socket does. */
export function sendsBehindEnd(actions: readonly PeerAction[]): boolean {
  const end = actions.findIndex((action) => action.end || action.reset);
  return end >= 0 && actions.slice(end).some(({ send, sendSlowly }) => send !== undefined || sendSlowly !== undefined);
}
