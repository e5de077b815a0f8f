import type { Cancel, Clock } from '../../../protocol/clock.ts';
import type { LabServer } from '../../../protocol/messages/session.ts';
import type { Microseconds, Milliseconds } from '../../../protocol/units.ts';
import { Observable } from '../../../trace/observable.ts';
import { ServerTime } from '../../../trace/server-time.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import type { LabStats, Playground } from '../../store/playground.ts';
import { ClientTimeline } from './client-timeline.ts';

/** The two servers of the tutorial that are told apart here, by the names the gateway knows them by. */
export const SERVERS = ['Timestamp echo', 'Threaded echo'] as const;
export type ServerName = (typeof SERVERS)[number];
/** The two clients that are compared. */
export const PAIR = ['A', 'B'] as const;
export type PairName = (typeof PAIR)[number];

export type Client = {
  /** A and B, then those who only queue: C, D, … */
  readonly name: string;
  readonly record: LiveSocket;
  readonly lane: ClientTimeline;
  /** When the page asked for it, by the page's clock. */
  readonly asked: Milliseconds;
};

/** How long a client of the script stays after its answer. */
const STAY: Milliseconds = 2_000;
/** Those who queue beside A and B: what one page may open, less A, B and a few sockets of its own. */
const WAITING_MAX = 10;

/** When A and B were answered by a server, from their send on. */
export type Answers = { readonly server: ServerName; readonly a: Microseconds; readonly b: Microseconds };

/** Clients of one server, side by side: who joins, what they say, and when they leave. */
export class Comparison extends Observable {
  readonly time = new ServerTime();
  readonly #playground: Playground;
  readonly #clock: Clock;
  #server: ServerName = 'Timestamp echo';
  #clients: readonly Client[] = [];
  #answers: readonly Answers[] = [];
  /** The steps that the script still has to do, by the client's name. */
  readonly #plans = new Map<string, Cancel>();

  constructor(playground: Playground, clock: Clock) {
    super();
    this.#playground = playground;
    this.#clock = clock;
  }

  /** How long the first answers of A and B took with the other server, where both were answered there. */
  get before(): Answers | undefined {
    return this.#answers.find(({ server }) => server !== this.#server);
  }
  readonly clients = (): readonly Client[] => this.#clients;
  get server(): ServerName {
    return this.#server;
  }
  /** Undefined until the gateway has told of it. */
  get address(): LabServer | undefined {
    return this.#playground.lab().find(({ name }) => name === this.#server);
  }
  get waitingClients(): readonly Client[] {
    return this.#clients.filter(({ name }) => !isOfPair(name));
  }
  client(name: string): Client | undefined {
    return this.#clients.find((client) => client.name === name);
  }

  /** Everybody leaves the one server before anybody goes to the other. */
  choose(server: ServerName): void {
    if (server === this.#server) return;
    this.#keepAnswers();
    for (const { name } of this.#clients) this.leave(name);
    this.#server = server;
    this.#clients = [];
    this.changed();
  }
  join(name: string): Client | undefined {
    const { address } = this;
    if (!address) return undefined;
    this.leave(name);
    const asked = this.#clock.now();
    const record = this.#playground.connect('tcp', address.host, address.port);
    const client: Client = { name, record, lane: new ClientTimeline(record.log), asked };
    record.log.subscribe(() => this.#heard(client));
    this.#clients = [...this.#clients.filter((other) => other.name !== name), client].sort(byName);
    this.changed();
    return client;
  }
  leave(name: string): void {
    this.#plans.get(name)?.();
    this.#plans.delete(name);
    const record = this.client(name)?.record;
    if (record?.isOver === false) record.close();
  }
  /** A and B say it, as far as they are there; before ESTABLISHED it waits for that. */
  say(bytes: Uint8Array): void {
    for (const name of PAIR) {
      const record = this.client(name)?.record;
      if (record?.canSend) record.send(bytes);
    }
  }
  /** The same script for both, A first: connect, say it, stay for a while after the answer, leave. */
  play(bytes: Uint8Array): void {
    for (const name of PAIR) {
      const client = this.join(name);
      if (!client) return;
      client.record.send(bytes);
      this.#planLeaving(client);
    }
  }
  /** So many more that the accept queue is full and one finds no room. */
  fill({ waiting, max, connected }: LabStats): void {
    // Linux holds one more than listen(2) was asked for; and the server takes one out if it serves nobody.
    const places = max + 1 + (connected > 0 ? 0 : 1);
    const missing = Math.max(1, places - waiting + 1);
    const room = WAITING_MAX - this.waitingClients.length;
    for (let number = 0; number < Math.min(missing, room); number += 1) this.join(this.#nextName());
  }
  removeWaiting(): void {
    for (const { name } of this.waitingClients) this.leave(name);
    this.#clients = this.#clients.filter(({ name }) => isOfPair(name));
    this.changed();
  }

  #keepAnswers(): void {
    const [a, b] = PAIR.map((name) => this.client(name)?.lane.firstAnswer);
    if (a === undefined || b === undefined) return;
    const others = this.#answers.filter(({ server }) => server !== this.#server);
    this.#answers = [...others, { server: this.#server, a, b }];
  }
  #heard({ record, lane }: Client): void {
    const latest = record.log.at(record.log.length() - 1);
    if (latest) this.time.heard(latest.at, this.#clock.now());
    lane.update();
    this.changed();
  }
  #planLeaving({ name, record, lane }: Client): void {
    const unsubscribe = record.log.subscribe(() => {
      if (lane.firstAnswer === undefined) return;
      unsubscribe();
      this.#plans.set(
        name,
        this.#clock.after(STAY, () => this.leave(name)),
      );
    });
    this.#plans.set(name, unsubscribe);
  }
  #nextName(): string {
    let code = 'C'.charCodeAt(0);
    while (this.client(String.fromCharCode(code))) code += 1;
    return String.fromCharCode(code);
  }
}

export function isOfPair(name: string): name is PairName {
  return PAIR.some((known) => known === name);
}
function byName(a: Client, b: Client): number {
  return a.name < b.name ? -1 : 1;
}
