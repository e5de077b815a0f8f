import type { SocketOptions } from '../../../protocol/messages/options.ts';
import type { LabServer } from '../../../protocol/messages/session.ts';
import type { Port } from '../../../protocol/units.ts';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import type { View } from './play-state.ts';

export const EXPERIMENTS = ['cut', 'halfClose', 'oneAtATime', 'beServer', 'twoLetters', 'wrong'] as const;
export type ExperimentName = (typeof EXPERIMENTS)[number];

/** What an experiment is set up with. */
export type Bench = {
  readonly lab: () => readonly LabServer[];
  readonly connect: (host: string, port: Port, options?: SocketOptions) => LiveSocket;
  readonly listen: () => LiveSocket;
  readonly show: (view: View) => void;
};

/** `setUp` opens what is needed, `act` does what the question is about; the socket that either gives back is looked at. */
export type Experiment = {
  readonly setUp: (bench: Bench) => LiveSocket | undefined;
  readonly isReady: (record: SocketTrace | undefined) => boolean;
  readonly act: (record: LiveSocket | undefined, bench: Bench) => LiveSocket | undefined;
  readonly isDone: (record: SocketTrace | undefined) => boolean;
};

/** How much the server reads at a time in `cut`: less than two characters of three bytes. */
const CUT_BYTES = 4;
/** Where nobody listens, and any program may: not one of the ports that systems pick by themselves. */
const VACANT_PORT: Port = 64_999;

const isServed = (record: SocketTrace | undefined): boolean => record?.isAcceptedByPeer ?? false;

export const EXPERIMENT: Readonly<Record<ExperimentName, Experiment>> = {
  cut: {
    setUp: (bench) => connectTo(bench, 'Threaded echo'),
    isReady: isServed,
    act(record, bench) {
      bench.show('boundaries');
      if (record) void cutUp(record);
      return record;
    },
    isDone: (record) => record !== undefined && record.received.length > 0,
  },
  halfClose: {
    setUp(bench) {
      bench.show('ladder');
      return connectTo(bench, 'Raw echo');
    },
    isReady: isServed,
    act(record) {
      record?.send(encodeUtf8('my last word'));
      record?.shutdown();
      return record;
    },
    isDone: (record) => record !== undefined && record.received.length > 0 && hasEnded(record),
  },
  oneAtATime: {
    setUp(bench) {
      bench.show('compare');
      return undefined;
    },
    isReady: () => true,
    act: () => undefined,
    isDone: () => true,
  },
  beServer: {
    setUp(bench) {
      bench.show('ladder');
      return bench.listen();
    },
    isReady: (record) => record?.local !== undefined,
    act(record, bench) {
      if (record?.local) bench.connect(record.local.host, record.local.port).send(encodeUtf8('hello server'));
      return record;
    },
    isDone: (record) => (record?.pending.waiting ?? 0) > 0,
  },
  twoLetters: {
    setUp(bench) {
      bench.show('ladder');
      return connectTo(bench, 'Daytime');
    },
    isReady: (record) => record?.state === 'CLOSE-WAIT',
    act(record) {
      if (record) sendTwice(record);
      return record;
    },
    isDone: (record) => record?.failure !== undefined,
  },
  wrong: {
    setUp(bench) {
      bench.show('ladder');
      return undefined;
    },
    isReady: () => true,
    act: (_, bench) => bench.connect('127.0.0.1', VACANT_PORT),
    isDone: (record) => record?.failure !== undefined,
  },
};

function connectTo(bench: Bench, name: string): LiveSocket | undefined {
  const server = bench.lab().find((one) => one.name === name);
  return server && bench.connect(server.host, server.port);
}
async function cutUp(record: LiveSocket): Promise<void> {
  const { code } = await record.setOptions({ peerReceiveSize: CUT_BYTES });
  if (code === undefined && record.canSend) record.send(encodeUtf8('你好，世界'));
}
/** The second when the answer to the first is there: where the kernel can be asked, when it says so. */
function sendTwice(record: LiveSocket): void {
  const first = encodeUtf8('first');
  record.send(first);
  const look = (): void => {
    if (record.isOver) stop();
    else if (record.sentCount >= first.length && (record.kernel === undefined || record.kernel.state === 'CLOSED')) {
      stop();
      record.send(encodeUtf8('second'));
    }
  };
  const stop = record.subscribe(look);
  look();
}
/** The other end's FIN has come, or all is over. */
function hasEnded({ state }: SocketTrace): boolean {
  return state === 'TIME-WAIT' || state === 'CLOSED' || state === 'CLOSING';
}

/** Sends once the other end's program has accepted: the four calls of an echo then stand one after another. Returns what ends the wait. */
export function sendWhenServed(record: LiveSocket, bytes: Uint8Array): () => void {
  const look = (): void => {
    if (record.isOver) stop();
    if (!record.isOpened || !record.canSend) return;
    // Whose accept() nobody tells of is not waited for.
    if (record.lab !== undefined && record.kind !== 'udp' && !record.isAcceptedByPeer) return;
    stop();
    record.send(bytes);
  };
  const stop = record.subscribe(look);
  look();
  return stop;
}
