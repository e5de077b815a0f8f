import type { Endpoint } from '../../protocol/messages/fields.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import type { Recording } from '../../trace/export/recording.ts';
import { planReplay, type ReplayStep, type SocketReplay } from '../../trace/export/replay.ts';
import type { SocketRecorder } from '../../trace/recorder.ts';
import { connectTcp } from './tcp/connect-tcp.ts';
import { TcpPeer, TIMEOUT } from './tcp/tcp-peer.ts';
import { recordingOf } from './time-line.ts';
import { bindUdp, type UdpPeer } from './udp-peer.ts';

export type ReplayOptions = {
  /** `replies`: each step waits until as much has come back as had then. `original`: each comes when it came. */
  readonly timing?: 'replies' | 'original';
  /** For each wait. */
  readonly timeout?: Milliseconds;
};

/**
 * Sends again what the recorded sockets sent that were opened there, one socket after another, to another target.
 * @returns what happened this time
 * @throws {Error} the recording has no socket that was opened; {SocketExpectationError} what came back then does not come
 */
export async function replay(recording: Recording, to: Endpoint, options: ReplayOptions = {}): Promise<Recording> {
  const { timing = 'replies', timeout = TIMEOUT } = options;
  const plans = planReplay(recording, timing === 'original' ? 'timing' : 'reply');
  if (plans.length === 0) throw new Error('the recording has no socket that was opened: one that was accepted waits');
  const recorders: SocketRecorder[] = [];
  for (const plan of plans) recorders.push(await replaySocket(plan, to, timeout));
  return recordingOf(recorders);
}

async function replaySocket(
  { kind, steps }: SocketReplay,
  to: Endpoint,
  timeout: Milliseconds,
): Promise<SocketRecorder> {
  const start = performance.now();
  const peer = kind === 'udp' ? await bindUdp({ timeout }) : await connectTcp(to, { timeout, halfOpen: true });
  try {
    for (const step of steps) {
      if ('at' in step) await pause(start + step.at / 1_000 - performance.now());
      if (peer instanceof TcpPeer) await takeTcpStep(peer, step, timeout);
      else await takeUdpStep(peer, step, to, timeout);
    }
    if (peer instanceof TcpPeer) await settle(peer, timeout);
  } finally {
    await (peer instanceof TcpPeer ? peer.destroy() : peer.close());
  }
  return peer.recorder;
}

async function takeTcpStep(peer: TcpPeer, step: ReplayStep, timeout: Milliseconds): Promise<void> {
  if (step.kind === 'send') peer.send(step.bytes);
  else if (step.kind === 'wait')
    await peer.read(step.received - (peer.received.length - peer.unread.length), { timeout });
  else if (step.kind === 'wait-end') await peer.readToEnd({ timeout });
  else if (step.kind === 'reset') peer.reset();
  else peer.end();
}

async function takeUdpStep(peer: UdpPeer, step: ReplayStep, to: Endpoint, timeout: Milliseconds): Promise<void> {
  if (step.kind === 'send') peer.sendTo(to, step.bytes);
  else if (step.kind === 'wait') {
    let received = peer.datagrams.reduce((sum, { bytes }) => sum + bytes.length, 0);
    while (received < step.received) received += (await peer.receive({ timeout })).bytes.length;
  }
}

/** What is still under way when the last step is done: nothing comes for a moment, or the stream has ended. */
async function settle(peer: TcpPeer, timeout: Milliseconds): Promise<void> {
  await peer.settles(
    () => peer.ending !== 'open',
    () => false,
    Math.min(timeout, SETTLED),
  );
}
const SETTLED: Milliseconds = 200;

async function pause(ms: Milliseconds): Promise<void> {
  if (ms > 0) await new Promise((resolve) => setTimeout(resolve, ms));
}
