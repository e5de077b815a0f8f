import { useState } from 'react';
import { RECORDING_VERSION } from '../../../trace/export/recording.ts';
import type { ReplayMode, SocketReplay } from '../../../trace/export/replay.ts';
import { recordedSocket } from '../../../trace/recorded.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { browserClock } from '../../platform/browser-gateway.ts';
import type { Playground } from '../../store/playground.ts';
import { ReplayRun } from './replay-run.ts';

/** A replay that goes on or has ended, and what it was to do. */
export type Replay = { readonly run: ReplayRun; readonly plan: SocketReplay };

/** Only what this page opened can be opened again. */
export function canReplay(record: SocketTrace | undefined): record is SocketTrace {
  return record !== undefined && record.kind !== 'listen' && record.kind !== 'accepted';
}

/** One replay at a time: the run that goes on or has ended, and how to begin another. */
export function useReplay(playground: Playground, onOpened: (record: SocketTrace) => void) {
  const [running, setRunning] = useState<Replay>();

  async function replay(record: SocketTrace, mode: ReplayMode): Promise<void> {
    const { planReplay } = await import('../../../trace/export/replay.ts');
    const [plan] = planReplay({ version: RECORDING_VERSION, epoch: 0, sockets: [recordedSocket(record)] }, mode);
    if (!plan) return;
    running?.run.stop();
    const socket = playground.connect(plan.kind, plan.target.host, plan.target.port);
    setRunning({ run: new ReplayRun(plan.steps, socket, browserClock), plan });
    onOpened(socket);
  }
  return { running, replay };
}
