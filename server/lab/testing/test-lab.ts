import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import * as net from 'node:net';
import { onTestFinished, vi } from 'vitest';
import type { LabServer } from '../../../protocol/messages/session.ts';
import type { PeerEvent } from '../../../protocol/payloads.ts';
import type { AcceptQueues } from '../../net/accept-queue.ts';
import { createAcceptQueues } from '../../net/create-accept-queues.ts';
import { createMonotonicClock } from '../../shared/clock.ts';
import type { SideWork } from '../../shared/side-work.ts';
import { type Observation, Tap } from '../../tap/tap.ts';
import { type Lab, startLab } from '../lab.ts';
import type { StrangerLimits } from '../strangers.ts';

/** 2016-09-15 22:29:12 in whatever time zone the tests run: the moment of the tutorial's answer. */
const TUTORIAL_TIME = new Date(2016, 8, 15, 22, 29, 12);
export const TUTORIAL_CTIME = 'Thu Sep 15 22:29:12 2016';

export type TestLab = {
  readonly lab: Lab;
  readonly tap: Tap;
  readonly queues: AcceptQueues;
  /** `Timestamp echo: waiting for connection...` */
  readonly printed: readonly string[];
  readonly server: (name: string) => LabServer;
  readonly stats: (name: string) => ReturnType<Lab['stats']>[number];
  /** A client whose connection is established; it is observed through the Tap unless it is to be a stranger. */
  readonly connect: (name: string, options?: ConnectOptions) => Promise<LabClient>;
};
export type ConnectOptions = {
  readonly host?: string;
  readonly isStranger?: boolean;
  readonly takesMore?: () => boolean;
};

/** The lab on free ports, closed when the test is over. */
export async function startTestLab(
  queues: AcceptQueues = createAcceptQueues(),
  strangers?: StrangerLimits,
  strangersWork?: SideWork,
): Promise<TestLab> {
  const tap = new Tap();
  const printed: string[] = [];
  const lab = await startLab({
    tap,
    queues,
    clock: createMonotonicClock(),
    ports: 0,
    ...(strangers ? { strangers } : {}),
    ...(strangersWork ? { strangersWork } : {}),
    today: () => TUTORIAL_TIME,
    print: (server, line) => printed.push(`${server}: ${line}`),
  });
  onTestFinished(() => lab.close());
  const find = <T extends { name: string }>(all: readonly T[], name: string): T => {
    const found = all.find((each) => each.name === name);
    if (!found) throw new Error(`no ${name}`);
    return found;
  };
  const server = (name: string) => find(lab.servers, name);
  return {
    lab,
    tap,
    queues,
    printed,
    server,
    stats: (name) => find(lab.stats(), name),
    connect: (name, options = {}) => LabClient.connect(server(name), tap, queues, options),
  };
}

/** A client of a lab server: what it has received, and what the server has told of its calls. */
export class LabClient {
  readonly socket: net.Socket;
  /** Its own port, also after it has closed. */
  port = 0;
  readonly events: PeerEvent[] = [];
  observation: Observation | undefined;
  readonly #chunks: Buffer[] = [];
  receivedCount = 0;
  hasEnded = false;
  error: string | undefined;

  private constructor(socket: net.Socket) {
    this.socket = socket;
    socket.on('data', (bytes) => {
      this.#chunks.push(bytes);
      this.receivedCount += bytes.length;
    });
    socket.on('end', () => {
      this.hasEnded = true;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.error = error.code;
    });
  }

  static async connect(
    server: LabServer,
    tap: Tap,
    queues: AcceptQueues,
    { host = server.host, isStranger = false, takesMore = () => true }: ConnectOptions,
  ): Promise<LabClient> {
    const socket = net.connect({ host, port: server.port, allowHalfOpen: true, noDelay: true });
    const client = new LabClient(socket);
    onTestFinished(() => void socket.destroy());
    await once(socket, 'connect');
    client.port = socket.localPort as number;
    if (!isStranger) {
      const local = { host: socket.localAddress as string, port: client.port };
      client.observation = tap.observe('tcp', local, { host, port: server.port }, (event) => {
        client.events.push(event);
        return takesMore();
      });
    }
    queues.kick();
    return client;
  }

  get received(): Buffer {
    return Buffer.concat(this.#chunks);
  }
  get text(): string {
    return this.received.toString('latin1');
  }
  /** The server's calls, as `recv(1024) → 5`, `send → 30`, `print text`. */
  get calls(): string[] {
    return this.events.map(formatCall);
  }
  /** How many bytes the server has sent, by its own account. */
  get sentCount(): number {
    return this.events.reduce((sum, { call, count }) => (call === 'send' ? sum + count : sum), 0);
  }
  /** Waits for what this client sees. */
  async until(assertion: (client: this) => void): Promise<void> {
    await soon(() => assertion(this));
  }
}

function formatCall({ call, argument, count, text, error }: PeerEvent): string {
  if (call === 'print') return `print ${text}`;
  const result =
    error ?? (call === 'recv' || call === 'send' || call.endsWith('to') || call.endsWith('from') ? count : '');
  return `${call}${argument === undefined ? '' : `(${argument})`}${result === '' ? '' : ` → ${result}`}`;
}

/** Sends one datagram and resolves with the answer to it. */
export async function askByDatagram(server: LabServer, bytes: Uint8Array, host = server.host): Promise<Buffer> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  const answer = once(socket, 'message');
  socket.send(bytes, server.port, host);
  const [data] = (await answer.finally(() => socket.close())) as [Buffer];
  return data;
}

/** Resolves when what is read has stayed the same while something else went on. */
export async function settled(read: () => number, meanwhile: () => Promise<unknown>): Promise<number> {
  for (;;) {
    const value = read();
    await meanwhile();
    if (read() === value) return value;
  }
}

/** Waits until the assertion holds. */
export function soon(assertion: () => void): Promise<void> {
  return vi.waitFor(assertion, { interval: 2, timeout: 4_000 });
}
