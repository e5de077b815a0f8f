import type { SocketOptions } from '../../protocol/messages/options.ts';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import type { PythonMemory } from './pyodide-internals.ts';
import { endpointWords } from './sockets/endpoints.ts';
import type { ProcessSockets } from './sockets/process-sockets.ts';
import { Ready } from './sockets/socket-entry.ts';
import type { SocketTable } from './sockets/socket-table.ts';
import type { Stepping } from './stepping.ts';
import { type Blocked, type Interests, type Waiters, Woken } from './waiters.ts';
import type { ProgramError } from './worker-messages.ts';

/** A Python callable, as Pyodide hands it over. */
export type PythonCallable = { callPromising: () => Promise<unknown>; destroy: () => void };

export type HostOptions = {
  readonly waiters: Waiters;
  readonly sockets: ProcessSockets;
  readonly stdin: Stdin;
  readonly memory: PythonMemory;
  readonly stepping: Stepping;
  /** A green thread starts on the stack that runs now. */
  readonly onEnter: () => void;
  /** A green thread goes on, or starts. */
  readonly onSwitch: () => void;
  readonly onBlock: () => void;
  /** A wait at a place of the program is over. */
  readonly onWoken: (place: Pick<Blocked, 'site' | 'since'>) => void;
  readonly onFailed: (error: ProgramError) => void;
  readonly onRaised: (error: ProgramError) => void;
  readonly onDied: (error: unknown) => void;
  /** os._exit(). */
  readonly onExit: (code: number) => void;
  /** Whether the terminal shows what is typed. */
  readonly onEcho: (isOn: boolean) => void;
};

/** Lines typed and not yet read. */
export class Stdin {
  readonly #lines: string[] = [];
  #isEnded = false;

  type(line: string): void {
    this.#lines.push(line);
  }
  unread(rest: string): void {
    this.#lines.unshift(rest);
  }
  /** Ctrl+D: one read finds the end. */
  end(): void {
    this.#isEnded = true;
  }
  get isReady(): boolean {
    return this.#lines.length > 0 || this.#isEnded;
  }
  read(): string {
    const line = this.#lines.shift();
    if (line === undefined) this.#isEnded = false;
    return line ?? '';
  }
}

const NOTHING = new Uint8Array();
const READINESS = [
  [Ready.In, 'POLLIN'],
  [Ready.Out, 'POLLOUT'],
  [Ready.Err, 'POLLERR'],
  [Ready.Hup, 'POLLHUP'],
] as const;

/**
 * What Python calls in the worker (`_playground_host.host`). Only numbers and strings cross: proxies are slow and leak. Bytes
 * are passed as an address, an error as its name.
 */
export function createHost(options: HostOptions) {
  const { waiters, sockets, stdin, memory, stepping, onBlock } = options;
  const { table, connections, transfer } = sockets;
  const wait = (interests: Interests | undefined, ms: number, isMain: boolean, site: number) => {
    onBlock();
    return waiters.wait(interests, ms, isMain, site);
  };
  const pending = (waiter: number) => {
    onBlock();
    return waiter;
  };
  let taken: Uint8Array = NOTHING;
  /** Since when the thread that goes on now has waited. */
  let wokenSince: Milliseconds | undefined;
  return {
    // Switching
    enter: () => {
      options.onEnter();
      options.onSwitch();
    },
    spawn: (run: PythonCallable) => {
      run
        .callPromising()
        .catch(options.onDied)
        .finally(() => run.destroy());
    },
    tick: () => waiters.tick(),
    waitReady: (fd: number, events: number, ms: number, isMain: boolean, site: number) =>
      wait([fd, events], ms, isMain, site),
    /** `interests`: `fd events fd events …` */
    waitAny: (interests: string, ms: number, isMain: boolean, site: number) =>
      wait(parseInterests(interests), ms, isMain, site),
    waitWoken: (ms: number, isMain: boolean, site: number) => wait(undefined, ms, isMain, site),
    wake: (waiter: number) => waiters.settle(waiter, Woken.Ready),
    drop: (waiter: number) => waiters.drop(waiter),
    again: (waiter: number) => waiters.again(waiter),
    result: (waiter: number) => {
      const place = waiters.placeOf(waiter);
      if (place && place.site > 0) options.onWoken(place);
      wokenSince = place?.since;
      options.onSwitch();
      return waiters.take(waiter);
    },
    nameThread: (thread: number, name: string) => table.recorder.nameThread(thread, name),
    signal: (number: number) => waiters.signal(number),
    takeSignal: () => waiters.takeSignal(),
    /** The process ends at once; the thread that says so goes no further either. */
    exit: (code: number) => options.onExit(code),
    raised: (line: number, type: string, message: string) => options.onFailed({ line, type, message }),
    raisedIn: (thread: string, line: number, type: string, message: string) =>
      options.onRaised({ line, type, message, thread }),

    // Standing before a call
    isStepping: () => stepping.isOn,
    stand: (isMain: boolean, site: number) => stepping.stand(isMain, site),
    stoodUp: (waiter: number) => stepping.left(waiter),

    // The stdin
    readLine: () => stdin.read(),
    /** The rest of a line that was read in part. */
    unread: (rest: string) => stdin.unread(rest),
    setEcho: (isOn: boolean) => options.onEcho(isOn),

    // Sockets
    socket: (family: number, kind: number, site: number) => table.socket(family, kind, site),
    socketPair: (family: number, kind: number) => table.socketPair(family, kind).join(' '),
    describe: (fd: number) => {
      const entry = table.get(fd);
      return entry ? `${entry.family} ${entry.kind}` : '';
    },
    isBound: (fd: number) => table.get(fd)?.local !== undefined || table.get(fd)?.twin !== undefined,
    isListening: (fd: number) => table.get(fd)?.phase === 'listening',
    state: (fd: number) => table.get(fd)?.state ?? '',
    localName: (fd: number) => endpointWords(table.get(fd)?.name),
    peerName: (fd: number) => {
      const entry = table.get(fd);
      return entry?.twin
        ? ' 0'
        : (entry?.phase === 'connected' && !entry.isOver) || entry?.isStream === false
          ? endpointWords(entry.remote)
          : '';
    },
    sender: (fd: number) => (table.get(fd)?.isStream ? '' : endpointWords(table.get(fd)?.lastSender)),
    wasCut: (fd: number) => table.get(fd)?.wasCut ?? false,
    hold: (fd: number) => table.hold(fd),
    dup: (fd: number) => table.dup(fd),
    dupTo: (fd: number, to: number) => table.dup(fd, to),
    close: (fd: number, site: number) => table.close(fd, site),
    bind: (fd: number, host: string, port: number, site: number, isMain: boolean) =>
      pending(connections.bind(fd, host, port, site, isMain)),
    listen: (fd: number, backlog: number, site: number, isMain: boolean) =>
      pending(connections.listen(fd, backlog, site, isMain)),
    connect: (fd: number, host: string, port: number, site: number) => connections.connect(fd, host, port, site),
    accept: (fd: number, site: number) => connections.accept(fd, site),
    missed: (fd: number) => connections.missed(fd),
    connectTold: (fd: number) => connections.connectTold(fd),
    connectMissed: (fd: number) => connections.connectMissed(fd),
    /** How many bytes were taken, which `give` then writes where Python wants them. */
    receive: (fd: number, size: number, peek: number, site: number) => {
      const got = transfer.receive(fd, size, peek !== 0, site);
      if (typeof got !== 'object') return got;
      taken = got;
      return got.length;
    },
    give: (address: number) => {
      memory.write(address, taken);
      taken = NOTHING;
    },
    /** A part of what a call was given, of which `done` were taken before. */
    send: (fd: number, address: number, count: ByteCount, site: number, given: number, done: number, isAll: boolean) =>
      transfer.send(fd, memory.read(address, count), site, { given, done, isAll }),
    sent: (fd: number) => transfer.sent(fd),
    failed: (fd: number, site: number, error: string, size: number) => transfer.failed(fd, site, error, size),
    sendTo: (fd: number, address: number, count: ByteCount, host: string, port: number, site: number) =>
      transfer.sendTo(fd, memory.read(address, count), host, port, site),
    shutdown: (fd: number, how: number, site: number) => transfer.shutdown(fd, how, site),
    takeError: (fd: number) => table.takeError(fd),
    setOption: (fd: number, name: keyof SocketOptions, value: number, site: number) =>
      transfer.setOption(fd, name, value, site),
    /** select, poll or epoll has waited and returns: `fd events fd events …` of what woke it, each told of its socket. */
    polled: (text: string, site: number) => {
      const ready = parseInterests(text);
      for (let index = 0; index < ready.length; index += 2) {
        const entry = table.get(ready[index] as number);
        if (!entry?.log) continue;
        table.recorder.record(entry, site, { text: readinessText(ready[index + 1] as number), called: wokenSince });
      }
    },
    /** Nothing woke it in time, which is told of each socket that was looked at. */
    pollMissed: (text: string, site: number) => {
      const asked = parseInterests(text);
      for (let index = 0; index < asked.length; index += 2) {
        const entry = table.get(asked[index] as number);
        if (!entry?.log) continue;
        table.recorder.record(entry, site, { error: 'ETIMEDOUT', text: 'timed out', called: wokenSince });
      }
    },
    /** `fd events fd events …` of what is ready. */
    ready: (text: string) => {
      const interests = parseInterests(text);
      const ready: number[] = [];
      for (let index = 0; index < interests.length; index += 2) {
        const fd = interests[index] as number;
        const events = readyEvents(table, stdin, fd, interests[index + 1] as number);
        if (events) ready.push(fd, events);
      }
      return ready.join(' ');
    },
    /** A name was looked up: it and its addresses, or an error. The gateway was asked, or nobody. */
    lookedUp: (text: string, error: string, wasAsked: boolean, site: number) =>
      table.recorder.lookedUp(site, { text, error, called: wasAsked ? wokenSince : undefined }),
    /** It was looked up for this socket, whatever is called next. */
    lookedUpFor: (fd: number, site: number) => {
      const entry = table.get(fd);
      if (entry) table.recorder.tellLookUps(entry, site);
    },
    resolve: (host: string, family: 0 | 4 | 6, site: number, isMain: boolean) =>
      pending(sockets.resolve(host, family, site, isMain)),
  };
}

/** As poll(2) names what a socket is ready for. */
function readinessText(events: number): string {
  return READINESS.filter(([bit]) => events & bit)
    .map(([, name]) => name)
    .join(' | ');
}

function parseInterests(text: string): number[] {
  return text === '' ? [] : text.split(' ').map(Number);
}

/** Descriptor 0 is the stdin, 1 and 2 the terminal, the rest sockets. */
export function readyEvents(table: SocketTable, stdin: Stdin, fd: number, events: number): number {
  if (fd === 0) return stdin.isReady ? events & 1 : 0;
  if (fd === 1 || fd === 2) return events & 4;
  return table.ready(fd, events);
}
