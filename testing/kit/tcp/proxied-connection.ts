import { connect, type Socket } from 'node:net';
import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import type { ByteCount } from '../../../protocol/units.ts';
import { chainToxics, type Sink, type Stage, type Toxic, type ToxicTools } from '../../../server/faults/toxic.ts';
import { SocketRecorder } from '../../../trace/recorder.ts';
import { now } from '../time-line.ts';

/** Upstream: from the client to the target. Downstream: back. */
export type Faults = { readonly upstream?: readonly Toxic[]; readonly downstream?: readonly Toxic[] };

/** What a direction may hold before its sender is no longer read. */
const HELD_BYTES: ByteCount = 4_194_304;
const NOTHING = new Uint8Array();

type ConnectionOptions = {
  readonly tools: ToxicTools;
  /** 0: nothing is recorded. */
  readonly recordedBytes: ByteCount;
  readonly onGone: () => void;
};
/** One socket of the two, and its recorder where there is one. */
type Leg = { readonly socket: Socket; readonly recorder: SocketRecorder | undefined };

/** A client's connection and the one to the target, with faults between them. */
export class ProxiedConnection {
  readonly #client: Leg;
  readonly #server: Leg;
  readonly #tools: ToxicTools;
  readonly #onGone: () => void;
  #upstream: Stage;
  #downstream: Stage;

  constructor(client: Socket, target: Endpoint, { tools, recordedBytes, onGone }: ConnectionOptions) {
    this.#tools = tools;
    this.#onGone = onGone;
    const server = connect({ host: target.host, port: target.port, allowHalfOpen: true, noDelay: true });
    const recorder = (kind: 'accepted' | 'tcp'): SocketRecorder | undefined =>
      recordedBytes > 0 ? new SocketRecorder({ kind, now, kept: recordedBytes }) : undefined;
    this.#client = { socket: client, recorder: recorder('accepted') };
    this.#server = { socket: server, recorder: recorder('tcp') };
    identify(this.#client, 'accept');
    server.once('connect', () => identify(this.#server, 'connect'));
    this.#upstream = this.#chain([], this.#server);
    this.#downstream = this.#chain([], this.#client);
    this.#listen(this.#client, this.#server, () => this.#upstream);
    this.#listen(this.#server, this.#client, () => this.#downstream);
  }

  get recorders(): readonly SocketRecorder[] {
    return [this.#client, this.#server].flatMap(({ recorder }) => recorder ?? []);
  }
  setFaults({ upstream = [], downstream = [] }: Faults): void {
    this.#upstream = this.#chain(upstream, this.#server);
    this.#downstream = this.#chain(downstream, this.#client);
  }
  reset(): void {
    this.#stop();
    for (const { socket, recorder } of [this.#client, this.#server]) {
      if (socket.connecting) socket.destroy();
      else if (!socket.destroyed) {
        recorder?.call('reset');
        socket.resetAndDestroy();
      }
    }
  }

  #chain(toxics: readonly Toxic[], { socket, recorder }: Leg): Stage {
    const last: Sink = {
      write: (bytes) => {
        if (socket.destroyed) this.reset();
        else if (socket.writable) {
          recorder?.moved('send', 'sent', bytes);
          socket.write(bytes);
        }
      },
      end: () => {
        recorder?.call('shutdown', { text: 'SHUT_WR' });
        socket.end();
      },
      close: () => {
        this.#client.socket.destroySoon();
        this.#server.socket.destroySoon();
      },
      reset: () => this.reset(),
    };
    return chainToxics(toxics, last, this.#tools);
  }

  #listen({ socket: from, recorder }: Leg, { socket: to }: Leg, stage: () => Stage): void {
    from.on('data', (bytes) => {
      recorder?.moved('recv', 'received', bytes);
      stage().write(bytes);
      if (to.writableLength > HELD_BYTES) {
        from.pause();
        to.once('drain', () => from.resume());
      }
    });
    from.on('end', () => {
      recorder?.moved('recv', 'received', NOTHING);
      stage().end();
    });
    // ECONNRESET goes on as one.
    from.on('error', () => {
      recorder?.moved('recv', 'received', NOTHING, { error: 'ECONNRESET' });
      stage().reset();
    });
    from.on('close', () => {
      if (this.#client.socket.destroyed && this.#server.socket.destroyed) this.#stop();
      // After a FIN its last bytes are still under way to the other.
      else if (!from.readableEnded) stage().reset();
    });
  }
  #stop(): void {
    this.#upstream.stop();
    this.#downstream.stop();
    this.#onGone();
  }
}

function identify({ socket, recorder }: Leg, call: 'accept' | 'connect'): void {
  if (!recorder) return;
  const { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 } = socket;
  recorder.local = { host: localAddress, port: localPort };
  recorder.remote = { host: remoteAddress, port: remotePort };
  recorder.call(call, { text: formatEndpoint(remoteAddress, remotePort) });
}
