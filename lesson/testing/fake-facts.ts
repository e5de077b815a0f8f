import type { Endpoint } from '../../protocol/messages/fields.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { ByteStream } from '../../trace/byte-stream.ts';
import type { Direction, TraceEvent } from '../../trace/event.ts';
import type { SocketKind, SocketState } from '../../trace/socket.ts';
import { type PathStep, StatePath } from '../../trace/state-path.ts';
import type {
  EchoedFact,
  FactEvent,
  FactLog,
  Facts,
  Origin,
  PeerFact,
  ProgramFacts,
  Queue,
  RunFacts,
  SocketFacts,
  TriedFact,
} from '../facts.ts';
import type { FactCall } from '../schema/pattern-schema.ts';

class FakeLog<Item> implements FactLog<Item> {
  dropped = 0;
  readonly items: Item[] = [];
  readonly length = (): number => this.items.length;
  readonly at = (index: number): Item | undefined => this.items[index];
}

type Identity = Partial<Pick<SocketFacts, 'from' | 'kind' | 'lab' | 'local' | 'remote' | 'isOutside'>>;
type CallFields = Partial<Omit<FactEvent, 'call'>> & { readonly bytes?: Uint8Array | string };

/** A socket whose calls a test writes down; its state follows from them, unless the test says it. */
export class FakeSocket implements SocketFacts {
  readonly id: string;
  readonly from: Origin;
  readonly kind: SocketKind;
  lab: string | undefined;
  local: Endpoint | undefined;
  remote: Endpoint | undefined;
  readonly log = new FakeLog<FactEvent>();
  readonly sent = new ByteStream();
  readonly received = new ByteStream();
  queue: Queue | undefined;
  isOutside: boolean;
  stateNow: SocketState | undefined;
  readonly #facts: FakeFacts;
  readonly #path: StatePath;
  /** How far each end has come in each direction. */
  readonly #offsets = { localSent: 0, peerSent: 0, localReceived: 0, peerReceived: 0 };

  constructor(facts: FakeFacts, id: string, { from = 'play', kind = 'tcp', lab, local, remote, isOutside }: Identity) {
    this.#facts = facts;
    this.id = id;
    this.from = from;
    this.kind = kind;
    this.lab = lab;
    this.local = local;
    this.remote = remote;
    this.isOutside = isOutside === true;
    this.#path = new StatePath(this.log as FactLog<TraceEvent>);
  }
  get state(): SocketState {
    return this.stateNow ?? this.path.at(-1)?.state ?? 'CLOSED';
  }
  get path(): readonly PathStep[] {
    return this.#path.update();
  }

  /** A call of this end. Bytes that are given are appended to the stream that they belong to. */
  call(name: FactCall, fields: CallFields = {}): this {
    return this.#add('local', name, fields);
  }
  peer(name: FactCall, fields: CallFields = {}): this {
    return this.#add('peer', name, fields);
  }

  #add(end: 'local' | 'peer', call: FactCall, { bytes: given, at = this.#facts.tick(), ...fields }: CallFields): this {
    const isSend = call === 'send' || call === 'sendto';
    const isReceive = call === 'recv' || call === 'recvfrom';
    const direction: Direction | undefined =
      isSend || isReceive ? (isSend === (end === 'local') ? 'sent' : 'received') : undefined;
    const bytes = typeof given === 'string' ? encodeUtf8(given) : given;
    const count = fields.count ?? bytes?.length ?? 0;
    const place = end === 'local' ? (isSend ? 'localSent' : 'localReceived') : isSend ? 'peerSent' : 'peerReceived';
    const offset = this.#offsets[place];
    if (direction && bytes && this[direction].length < offset + bytes.length) {
      this[direction].append(bytes.subarray(this[direction].length - offset));
    }
    if (direction) this.#offsets[place] += count;
    this.log.items.push({
      argument: undefined,
      text: '',
      error: undefined,
      took: undefined,
      ...fields,
      at,
      end,
      call,
      direction,
      offset,
      count,
    });
    return this;
  }
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

export class FakeProgram implements ProgramFacts {
  readonly file: string;
  readonly runs: Mutable<RunFacts>[] = [];
  readonly lines = new FakeLog<string>();
  readonly #facts: FakeFacts;

  constructor(facts: FakeFacts, file: string) {
    this.#facts = facts;
    this.file = file;
  }
  run(): this {
    this.runs.push({
      firstLine: this.lines.items.length,
      isRunning: true,
      exit: undefined,
      error: undefined,
      blocked: [],
    });
    return this;
  }
  print(...lines: string[]): this {
    this.lines.items.push(...lines);
    return this;
  }
  block(call: FactCall): this {
    return this.#set({ blocked: [{ call, since: this.#facts.time }] });
  }
  end(exit = 0): this {
    return this.#set({ isRunning: false, exit, blocked: [] });
  }
  fail(type: string, message: string, line = 1): this {
    return this.#set({ isRunning: false, exit: 1, error: { type, message, line }, blocked: [] });
  }

  #set(fields: Partial<Mutable<RunFacts>>): this {
    Object.assign(this.runs.at(-1) as object, fields);
    return this;
  }
}

/** Facts that a test writes down, on a clock that it turns. */
export class FakeFacts implements Facts {
  time = 1_000;
  readonly sockets: FakeSocket[] = [];
  readonly labs = new Map<string, Queue & { port: number }>();
  readonly programs: FakeProgram[] = [];
  readonly answers = new Map<string, string | number>();
  readonly tried: TriedFact[] = [];
  readonly echoed: EchoedFact[] = [];
  readonly peers: PeerFact[] = [];
  #last = 0;

  readonly now = (): number => Math.max(this.time * 1_000, this.#last);
  /** The next moment: 1 µs after the last. */
  tick(): number {
    this.#last = Math.max(this.time * 1_000, this.#last + 1);
    return this.#last;
  }
  wait(span: number): void {
    this.time += span;
  }
  socket(identity: Identity = {}): FakeSocket {
    const socket = new FakeSocket(this, `s${this.sockets.length + 1}`, identity);
    this.sockets.push(socket);
    return socket;
  }
  program(file: string): FakeProgram {
    const known = this.programs.find((program) => program.file === file);
    if (known) return known;
    const program = new FakeProgram(this, file);
    this.programs.push(program);
    return program;
  }
}
