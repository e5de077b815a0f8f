import type { Endpoint } from '../../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../../protocol/target.ts';
import { LadderRows } from '../../../trace/ladder/rows.ts';
import type { Column, LadderSource } from '../../../trace/ladder/source.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { TraceBuffer } from '../../../trace/trace-buffer.ts';
import { liveOf } from '../../store/live-socket.ts';

/** A socket whose calls stand in a ladder, and where. */
export type LadderSocket = {
  readonly record: SocketTrace;
  readonly column: Column;
  /** Whose calls, on all of its sockets, stand in their order. */
  readonly program?: string;
  /** The first socket of a further run of its program: a rule stands above its first call. */
  readonly run?: number;
};

/** More events than all sockets of a ladder can have. */
const EVENTS_MAX = 2 ** 40;

/** The rows of some sockets, kept while sockets are added; begun anew where one is taken away or has dropped events. */
export class LadderModel {
  #rows = new LadderRows();
  /** How often the rows have begun anew. */
  #begun = 0;
  #sockets: LadderSocket[] = [];
  #logs: TraceBuffer[] = [];
  #numbers = new Map<SocketTrace, number>();
  /** Those whose two endpoints are not known yet. */
  #unnamed = new Set<number>();
  /** By its own endpoint and the other: a socket of no pair yet. */
  #alone = new Map<string, number>();

  /** Another whenever something else is drawn. */
  get version(): number {
    return this.#begun * EVENTS_MAX + this.#rows.version;
  }
  get rows(): LadderRows {
    return this.#rows;
  }
  socket(source: number): LadderSocket {
    return this.#sockets[source] as LadderSocket;
  }
  numberOf(record: SocketTrace): number | undefined {
    return this.#numbers.get(record);
  }

  follow(sockets: readonly LadderSocket[]): void {
    const isSame = this.#sockets.every(
      ({ record, column }, nth) =>
        sockets[nth]?.record === record && sockets[nth]?.column === column && record.log === this.#logs[nth],
    );
    if (!isSame) this.#clear();
    for (const socket of sockets.slice(this.#sockets.length)) this.#add(socket);
    if ([...this.#unnamed].every((number) => this.#pair(number))) return;
    this.#clear();
    this.follow(sockets);
  }

  #clear(): void {
    this.#begun += 1;
    this.#rows = new LadderRows();
    this.#sockets = [];
    this.#logs = [];
    this.#numbers = new Map();
    this.#unnamed = new Set();
    this.#alone = new Map();
  }
  #add(socket: LadderSocket): void {
    const { record, column, program } = socket;
    const source: LadderSource = {
      log: record.log,
      column,
      // Read by itself, what has come may be on its way here, and read as the kernel sees it.
      get resetsUnread() {
        return record.source === 'program' || liveOf(record)?.isReadByHand === true;
      },
      // accept() of a program stands on the connection that it returned.
      isTwice: ({ call, error }) =>
        record.source === 'program' && record.kind === 'listen' && call === 'accept' && error === undefined,
      ...(program === undefined ? {} : { program }),
      get kind() {
        return record.kind;
      },
      get address() {
        return program !== undefined && record.local ? endpointText(record.local) : undefined;
      },
    };
    const number = this.#rows.add(source);
    this.#numbers.set(record, number);
    this.#unnamed.add(number);
    this.#sockets.push(socket);
    this.#logs.push(record.log);
  }
  /** False where the rows have to begin anew. */
  #pair(number: number): boolean {
    const { kind, seenAs, remote } = this.socket(number).record;
    if (!seenAs || !remote || kind === 'udp' || kind === 'listen') return true;
    this.#unnamed.delete(number);
    const [own, other] = [endpointText(seenAs), endpointText(remote)];
    const partner = this.#alone.get(`${other} ${own}`);
    if (partner === undefined) {
      this.#alone.set(`${own} ${other}`, number);
      return true;
    }
    this.#alone.delete(`${other} ${own}`);
    return this.#rows.pair(number, partner);
  }
}

function endpointText({ host, port }: Endpoint): string {
  return formatEndpoint(host, port);
}
