import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { ByteCount, Microseconds } from '../../protocol/units.ts';
import { type Conversation, type Missing, type Step, toConversation } from './conversation.ts';
import type { RecordedSocket, Recording } from './recording.ts';

/** `reply`: each step waits until as much has come back as had then; `timing`: each step comes when it came. */
export type ReplayMode = 'reply' | 'timing';

/** What to do with the new socket, in order. `at`: not before so long after it has connected; 0 in mode `reply`. */
export type ReplayStep =
  | { readonly kind: 'send'; readonly at: Microseconds; readonly bytes: Uint8Array }
  /** Until `received` bytes have arrived in all. */
  | { readonly kind: 'wait'; readonly received: ByteCount }
  /** Until the peer has sent its last byte. */
  | { readonly kind: 'wait-end' }
  | { readonly kind: 'half-close' | 'close' | 'reset'; readonly at: Microseconds };

/** One socket to open again, and what to do with it. */
export type SocketReplay = {
  readonly id: number;
  readonly kind: 'tcp' | 'udp' | 'unix';
  readonly target: Endpoint;
  /** Not before so long after the replay has begun; 0 in mode `reply`. */
  readonly start: Microseconds;
  readonly steps: readonly ReplayStep[];
  /** What the steps have no calls of: see Conversation. */
  readonly missing?: Missing;
};

/**
 * How to send a recording again. Only what this page opened can be: a listener waits for others, and what it accepted
 * was opened by them.
 */
export function planReplay({ sockets }: Recording, mode: ReplayMode): SocketReplay[] {
  const replayable = sockets.flatMap((socket) => {
    const conversation = isReplayable(socket) ? toConversation(socket) : undefined;
    return conversation ? [{ socket, conversation, openedAt: openedAt(socket, conversation) }] : [];
  });
  const zero = replayable.reduce((first, { openedAt: at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
  return replayable.map(({ socket, conversation, openedAt: at }) => ({
    id: socket.id,
    kind: conversation.transport,
    target: conversation.endpoint,
    start: mode === 'timing' ? at - zero : 0,
    steps: mode === 'timing' ? timed(conversation.steps, at) : replied(conversation.steps),
    ...(conversation.missing && { missing: conversation.missing }),
  }));
}

function isReplayable({ kind, remote, events }: RecordedSocket): boolean {
  if (kind === 'listen' || kind === 'accepted') return false;
  return remote !== undefined || (kind === 'udp' && events.some(({ call }) => call === 'sendto'));
}

function openedAt({ events }: RecordedSocket, { steps }: Conversation): Microseconds {
  const own = events.filter(({ end }) => end === 'local');
  const opened = own.findLast(({ call }) => call === 'connect') ?? own.find(({ call }) => call === 'bind');
  return Math.min(opened?.at ?? Number.POSITIVE_INFINITY, steps[0]?.at ?? opened?.at ?? 0);
}

function timed(steps: readonly Step[], zero: Microseconds): ReplayStep[] {
  return steps.flatMap((step): ReplayStep[] => {
    if (step.kind === 'receive' || step.kind === 'receive-end') return [];
    return [{ ...step, at: step.at - zero }];
  });
}

function replied(steps: readonly Step[]): ReplayStep[] {
  let received: ByteCount = 0;
  return steps.map((step): ReplayStep => {
    if (step.kind === 'receive-end') return { kind: 'wait-end' };
    if (step.kind !== 'receive') return { ...step, at: 0 };
    received += step.count;
    return { kind: 'wait', received };
  });
}
