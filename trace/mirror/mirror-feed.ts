import type { ByteCount } from '../../protocol/units.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { toBase64 } from '../bytes/base64.ts';
import type { Direction, TraceEvent } from '../event.ts';
import { encodeTraceEvent } from '../export/event-json.ts';
import type { ByteReader } from '../export/recording.ts';
import { recordedEvent, recordedHead } from '../recorded.ts';
import type { SocketTrace } from '../socket-trace.ts';
import { encodeMirrorMessage, type MirrorHead, type MirrorMessage, type MirrorProgram } from './mirror-message.ts';

/** The past that a snapshot has of each socket. */
const EVENTS_MAX = 2_000;
const BYTES_MAX: ByteCount = 131_072;
/** Of a whole snapshot: in so many bytes of UTF-8 it has room where it goes, and some to spare. */
const SNAPSHOT_BYTES_MAX: ByteCount = 327_680;
/** With less of its past than this share a socket tells its ends alone. */
const SHARE_MIN = 1 / 256;
const DIRECTIONS: readonly Direction[] = ['sent', 'received'];

/** One socket as it stands now. Its events are counted from the first there ever was, and so stay the same when old ones are dropped. */
export type MirrorSource = {
  readonly head: MirrorHead;
  readonly eventCount: number;
  /** Undefined: no longer kept. */
  readonly eventAt: (index: number) => TraceEvent | undefined;
  readonly sent: ByteReader;
  readonly received: ByteReader;
};

export function mirrorSource(record: SocketTrace): MirrorSource {
  const { log, sent, received } = record;
  return {
    head: { ordinal: record.ordinal, ...recordedHead(record) },
    eventCount: log.dropped + log.length(),
    eventAt: (index) => {
      const event = index < log.dropped ? undefined : log.at(index - log.dropped);
      return event && recordedEvent(record, event);
    },
    sent,
    received,
  };
}

/** How much of a socket has been told. Offsets begin where the snapshot's bytes do. */
type Told = {
  head: string;
  events: number;
  readonly base: Record<Direction, ByteCount>;
  readonly to: Record<Direction, ByteCount>;
};

/** What a page tells of itself to those who look: a snapshot, then what has changed. */
export class MirrorFeed {
  readonly #told = new Map<number, Told>();
  /** Of the past that a socket may have, how much a new one tells. */
  #share = 1;
  #programs = new Map<string, string>();

  /** All, with the last of its past: less of it for each the more sockets there are. */
  snapshot(sockets: readonly MirrorSource[], programs: readonly MirrorProgram[] = []): string {
    for (this.#share = 1; ; this.#share /= 2) {
      if (this.#share < SHARE_MIN) this.#share = 0;
      this.#told.clear();
      this.#programs.clear();
      const text = encodeMirrorMessage(this.#changes(sockets, programs));
      if (this.#share === 0 || encodeUtf8(text).length <= SNAPSHOT_BYTES_MAX) return text;
    }
  }
  /** What has changed since the last of both; undefined: nothing. */
  delta(sockets: readonly MirrorSource[], programs: readonly MirrorProgram[] = []): string | undefined {
    const changes = this.#changes(sockets, programs);
    const isNothing = changes.sockets.length === 0 && !changes.gone && !changes.programs;
    return isNothing ? undefined : encodeMirrorMessage(changes);
  }

  #changes(
    sockets: readonly MirrorSource[],
    programs: readonly MirrorProgram[],
  ): Omit<MirrorMessage, 'format' | 'version'> {
    const here = new Set(sockets.map(({ head }) => head.id));
    const gone = [...this.#told.keys()].filter((id) => !here.has(id));
    for (const id of gone) this.#told.delete(id);
    const changed = programs.filter((program) => this.#hasChanged(program));
    return {
      sockets: sockets.flatMap((source) => this.#change(source) ?? []),
      ...(gone.length > 0 && { gone }),
      ...(changed.length > 0 && { programs: changed }),
    };
  }
  #hasChanged(program: MirrorProgram): boolean {
    const text = JSON.stringify(program);
    if (this.#programs.get(program.file) === text) return false;
    this.#programs.set(program.file, text);
    return true;
  }

  #change(source: MirrorSource): MirrorMessage['sockets'][number] | undefined {
    const { id, clock, ...ends } = source.head;
    const head = { ...ends, ...(clock && { clock: [...clock] }) };
    const told = this.#told.get(id) ?? beginOf(source, this.#share);
    this.#told.set(id, told);
    const text = JSON.stringify(head);
    const events: object[] = [];
    for (; told.events < source.eventCount; told.events += 1) {
      const event = source.eventAt(told.events);
      const moved = event && moveEvent(event, told.base);
      if (moved) events.push(encodeTraceEvent(moved));
    }
    const bytes = Object.fromEntries(
      DIRECTIONS.flatMap((direction) => {
        const { length } = source[direction];
        const from = told.to[direction];
        told.to[direction] = length;
        return length > from ? [[direction, toBase64(source[direction].slice(from, length - from))]] : [];
      }),
    );
    const isHead = told.head !== text;
    told.head = text;
    if (!isHead && events.length === 0 && Object.keys(bytes).length === 0) return undefined;
    return { id, ...(isHead && { head }), ...bytes, ...(events.length > 0 && { events }) };
  }
}

/** Where a socket's past begins that is told. */
function beginOf({ eventCount, sent, received }: MirrorSource, share: number): Told {
  const bytes = Math.floor(share * BYTES_MAX);
  const base = { sent: Math.max(0, sent.length - bytes), received: Math.max(0, received.length - bytes) };
  return { head: '', events: Math.max(0, eventCount - Math.floor(share * EVENTS_MAX)), base, to: { ...base } };
}

/** With offsets as the mirror counts them; undefined: it moved bytes from before its past. */
function moveEvent(event: TraceEvent, base: Readonly<Record<Direction, ByteCount>>): TraceEvent | undefined {
  const { direction, offset } = event;
  if (!direction) return event;
  return offset < base[direction] ? undefined : { ...event, offset: offset - base[direction] };
}
