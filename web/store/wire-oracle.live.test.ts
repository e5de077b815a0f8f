import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SocketOptions } from '../../protocol/messages/options.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import { createAcceptQueues } from '../../server/net/create-accept-queues.ts';
import { queryClosed } from '../../server/net/kernel-state.ts';
import type { RunningPlayground } from '../../server/start-playground.ts';
import { startTestPlayground, until } from '../../testing/playground.ts';
import { WireCapture } from '../../testing/wire/wire-capture.ts';
import type { SocketTrace } from '../../trace/socket-trace.ts';
import { StatePath } from '../../trace/state-path.ts';
import type { LiveSocket } from './live-socket.ts';
import type { Playground } from './playground.ts';
import { openTestPage } from './testing/test-page.ts';
import { type Told, wireFaults } from './testing/wire-oracle.ts';

const capture = await WireCapture.start();
const many = {
  opensPerSecond: 1_000,
  opensBurst: 1_000,
  destinationsPerMinute: 1_000,
  streams: 100,
  bytesPerSecond: 1e9,
  bytesBurst: 1e9,
};
const outside = createServer({ allowHalfOpen: true });
let server: RunningPlayground;
let page: Playground;

beforeAll(async () => {
  outside.listen(0, '127.0.0.1');
  await once(outside, 'listening');
  server = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${portOf(outside)}`], limits: many });
  page = openTestPage(server.url);
  await until(page, () => page.lab().length > 0);
});
afterAll(async () => {
  page.client.leave();
  await server.close();
  outside.close();
  await capture?.close();
});

function portOf(listener: Server): number {
  return (listener.address() as AddressInfo).port;
}
function labPort(name: string): number {
  return page.lab().find((lab) => lab.name === name)?.port ?? 0;
}
const hello = encodeUtf8('hello');

/** Connected, and accepted by the server's program. */
async function open(name: string, options?: SocketOptions, host = '127.0.0.1'): Promise<LiveSocket> {
  const socket = page.connect('tcp', host, labPort(name), options);
  await until(socket, () => socket.isAcceptedByPeer);
  return socket;
}
const call = (socket: SocketTrace, end: 'local' | 'peer', name: string): boolean => {
  for (let index = 0; index < socket.log.length(); index += 1) {
    const event = socket.log.at(index);
    if (event?.end === end && event.call === name) return true;
  }
  return false;
};
const got = (socket: SocketTrace, count: number) => until(socket, () => socket.received.length >= count);
const isEnded = (socket: SocketTrace): boolean => {
  const last = socket.log.at(socket.log.length() - 1);
  return socket.isOver || (last?.end === 'local' && last.call === 'recv' && last.count === 0);
};
/** The lab server's program is done with the connection too. */
const gone = (socket: SocketTrace) =>
  until({ subscribe: (look) => both(socket, look) }, () => {
    return socket.isOver && (call(socket, 'peer', 'close') || call(socket, 'peer', 'reset'));
  });
/** A socket says nothing of a call of its peer's: its log does. */
function both(socket: SocketTrace, look: () => void): () => void {
  const [stop, stopLog] = [socket.subscribe(look), socket.log.subscribe(look)];
  return () => {
    stop();
    stopLog();
  };
}
async function say(socket: LiveSocket, bytes: Uint8Array, answer = bytes.length): Promise<void> {
  const before = socket.received.length;
  socket.send(bytes);
  await got(socket, before + answer);
}
async function close(socket: LiveSocket): Promise<Told> {
  socket.close();
  await gone(socket);
  return [socket];
}
async function trouble(words: string): Promise<LiveSocket> {
  const socket = await open('Trouble');
  socket.send(encodeUtf8(`${words}\n`));
  await got(socket, `ok ${words}\n`.length);
  return socket;
}
async function pair(): Promise<{ listener: LiveSocket; client: LiveSocket; peer: LiveSocket }> {
  const { listener, client } = await waiting();
  const peer = await accept(listener);
  return { listener, client, peer };
}
async function waiting(backlog = 5): Promise<{ listener: LiveSocket; client: LiveSocket }> {
  const listener = page.listen('127.0.0.1', 0, backlog);
  await until(listener, () => listener.local !== undefined);
  const client = page.connect('tcp', '127.0.0.1', listener.local?.port ?? 0);
  await until(client, () => client.isOpened);
  await until(listener, () => listener.pending.waiting > 0);
  return { listener, client };
}
async function accept(listener: LiveSocket): Promise<LiveSocket> {
  const before = page.sockets().length;
  listener.accept();
  await until(page, () => page.sockets().length > before);
  return page.sockets().at(-1) as LiveSocket;
}
async function bothOver(...sockets: readonly LiveSocket[]): Promise<void> {
  for (const socket of sockets) {
    if (!socket.isOver) socket.close();
    await until(socket, () => socket.isOver);
  }
}

const CONVERSATIONS: Readonly<Record<string, () => Promise<Told>>> = {
  'connect and close': async () => close(await open('Raw echo')),
  'one message and its answer': async () => {
    const socket = await open('Raw echo');
    await say(socket, hello);
    return close(socket);
  },
  'the same over IPv6': async () => {
    const socket = await open('Raw echo', undefined, '::1');
    await say(socket, hello);
    return close(socket);
  },
  'a half-close, and the rest of the answer': async () => {
    const socket = await open('Raw echo');
    socket.send(hello);
    socket.shutdown();
    await until(socket, () => isEnded(socket));
    return close(socket);
  },
  'a reset': async () => {
    const socket = await open('Raw echo');
    await say(socket, hello);
    socket.reset();
    await gone(socket);
    return [socket];
  },
  'a close with SO_LINGER 0': async () => {
    const socket = await open('Raw echo', { lingerZero: true });
    await say(socket, hello);
    return close(socket);
  },
  'a server that closes first': async () => {
    const socket = await open('Daytime');
    await until(socket, () => isEnded(socket));
    return close(socket);
  },
  'a close while the server goes on sending': async () => {
    const socket = await open('Character generator');
    await got(socket, 200);
    return close(socket);
  },
  '100,000 bytes that are discarded': async () => {
    const socket = await open('Discard');
    socket.send(new Uint8Array(100_000));
    await until(socket, () => socket.sentCount === 100_000);
    return close(socket);
  },
  '100,000 bytes and back': async () => {
    const socket = await open('Raw echo');
    await say(socket, new Uint8Array(100_000));
    return close(socket);
  },
  'twenty sends at once': async () => {
    const socket = await open('Raw echo');
    for (let nth = 0; nth < 20; nth += 1) socket.send(hello);
    await got(socket, 20 * hello.length);
    return close(socket);
  },
  'small reads at both ends': async () => {
    const socket = await open('Raw echo', { receiveSize: 4, peerReceiveSize: 3 });
    await say(socket, encodeUtf8('a longer message'));
    return close(socket);
  },
  'a server that resets after 5 bytes': async () => {
    const socket = await trouble('reset 5');
    socket.send(encodeUtf8('hello world'));
    await gone(socket);
    return [socket];
  },
  'a server that closes after 5 bytes': async () => {
    const socket = await trouble('limit 5');
    socket.send(encodeUtf8('hello world'));
    await until(socket, () => isEnded(socket));
    return close(socket);
  },
  'a server that half-closes at once': async () => {
    const socket = await trouble('half-close');
    await until(socket, () => isEnded(socket));
    socket.send(hello);
    return close(socket);
  },
  'answers in slices of 3': async () => {
    const socket = await trouble('slice 3');
    await say(socket, encodeUtf8('hello world'));
    return close(socket);
  },
  'a server that closes late': async () => {
    const socket = await trouble('slow-close 50');
    return close(socket);
  },
  'a port where nobody listens': async () => {
    const vacant = createServer().listen(0, '127.0.0.1');
    await once(vacant, 'listening');
    const port = portOf(vacant);
    vacant.close();
    await once(vacant, 'close');
    const socket = page.connect('tcp', '127.0.0.1', port);
    await until(socket, () => socket.isOver);
    return [socket];
  },
  'a client that the accept queue has no room for': async () => {
    const { listener, client } = await waiting(0);
    const late = page.connect('tcp', '127.0.0.1', listener.local?.port ?? 0);
    const stop = page.watch(late);
    await until(late, () => late.kernel?.state === 'SYN-SENT');
    stop();
    await bothOver(late, client, listener);
    return [late];
  },
  'a listener and a client of ours: the client closes first': async () => {
    const { client, peer, listener } = await pair();
    client.send(hello);
    await got(peer, 5);
    peer.send(hello);
    await got(client, 5);
    client.close();
    await until(peer, () => isEnded(peer));
    await bothOver(client, peer, listener);
    return [client, peer];
  },
  'a listener and a client of ours: the server closes first': async () => {
    const { client, peer, listener } = await pair();
    peer.send(hello);
    await got(client, 5);
    peer.close();
    await until(client, () => isEnded(client));
    await bothOver(client, peer, listener);
    return [client, peer];
  },
  'a listener and a client of ours: both close at once': async () => {
    const { client, peer, listener } = await pair();
    client.close();
    peer.close();
    await bothOver(client, peer, listener);
    return [client, peer];
  },
  'a client that resets while it waits, and is accepted afterwards': async () => {
    const { client, listener } = await waiting();
    client.send(hello);
    await until(client, () => client.sentCount === 5);
    client.reset();
    await until(client, () => client.isOver);
    const peer = await accept(listener);
    await until(peer, () => peer.isOver || isEnded(peer));
    await bothOver(peer, listener);
    return [client, peer];
  },
  'a listener that closes while a client waits': async () => {
    const { client, listener } = await waiting();
    listener.close();
    await until(client, () => client.isOver);
    return [client];
  },
  'a client from outside': async () => {
    const listener = page.listen('127.0.0.1', 0, 5);
    await until(listener, () => listener.local !== undefined);
    const stranger = connect(listener.local?.port ?? 0, '127.0.0.1');
    await once(stranger, 'connect');
    await until(listener, () => listener.pending.waiting > 0);
    const peer = await accept(listener);
    stranger.write('hello');
    await got(peer, 5);
    stranger.end();
    await until(peer, () => isEnded(peer));
    await bothOver(peer, listener);
    return [peer];
  },
  'a server from outside that answers and closes': async () => {
    const accepted = once(outside, 'connection');
    const socket = page.connect('tcp', '127.0.0.1', portOf(outside));
    const [stranger] = (await accepted) as [Socket];
    socket.send(hello);
    await once(stranger, 'data');
    stranger.end('goodbye');
    await until(socket, () => isEnded(socket));
    socket.close();
    await until(socket, () => socket.isOver);
    return [socket];
  },
  'two sends to a server that has closed': async () => {
    const socket = page.connect('tcp', '127.0.0.1', labPort('Daytime'));
    const stop = page.watch(socket);
    await until(socket, () => socket.kernel?.state === 'CLOSE-WAIT');
    socket.send(hello);
    await until(socket, () => socket.kernel?.state === 'CLOSED');
    socket.send(hello);
    await until(socket, () => socket.isOver);
    stop();
    return [socket];
  },
  'two clients of a server that serves one at a time': async () => {
    const first = await open('Timestamp echo');
    const second = page.connect('tcp', '127.0.0.1', labPort('Timestamp echo'));
    await until(second, () => second.isOpened);
    second.send(hello);
    await until(second, () => second.sentCount === 5);
    await close(first);
    await got(second, 30);
    return close(second);
  },
  'datagrams and their answers': async () => {
    const socket = page.connect('udp', '127.0.0.1', labPort('Datagram echo'));
    await until(socket, () => socket.isOpened);
    for (const text of ['a', 'bcd']) {
      const before = socket.received.length;
      socket.send(encodeUtf8(text));
      await until(socket, () => socket.received.length > before);
    }
    await bothOver(socket);
    return [socket];
  },
};

const told = new Map<string, Told>();
describe.skipIf(!capture)('with raw sockets', () => {
  test.each(Object.keys(CONVERSATIONS))('each arrow has its packets, and each packet its arrow: %s', async (name) => {
    const conversation = await (CONVERSATIONS[name] as () => Promise<Told>)();
    told.set(name, conversation);
    await capture?.settle();
    const [{ local, remote, target }] = conversation;
    const packets = local ? capture?.between(local, remote ?? target) : capture?.latestTo(target);
    expect(wireFaults(conversation, packets ?? [])).toEqual([]);
  });

  test('however far it is told, the path of each is one of RFC 9293 through its states', () => {
    const wrong: string[] = [];
    for (const [name, sockets] of told) {
      for (const socket of sockets) {
        if (socket && socket.kind !== 'udp') wrong.push(...pathFaults(name, socket));
      }
    }
    expect(wrong).toEqual([]);
    expect(told.size).toBeGreaterThanOrEqual(25);
  });
});

describe.skipIf(createAcceptQueues().kind !== 'kernel')('where the kernel can be asked', () => {
  /** What the page shows, and what sock_diag(7) says of the same connection. */
  const agrees = async (socket: LiveSocket, state: string): Promise<void> => {
    const { local, remote } = socket;
    if (!local || !remote) throw new Error('it was never connected');
    await until(socket, () => shown(socket) === state);
    expect(queryClosed(local, remote)?.state ?? 'CLOSED').toBe(state);
  };
  const stranger = async (): Promise<{ socket: LiveSocket; other: Socket }> => {
    const accepted = once(outside, 'connection');
    const socket = page.connect('tcp', '127.0.0.1', portOf(outside));
    const [other] = (await accepted) as [Socket];
    other.on('error', () => undefined).resume();
    await until(socket, () => socket.isOpened);
    return { socket, other };
  };

  test('the states are the kernel’s: of an active close, up to how long TIME-WAIT lasts', async () => {
    const { socket, other } = await stranger();
    await agrees(socket, 'ESTABLISHED');
    socket.shutdown();
    await agrees(socket, 'FIN-WAIT-2'); // nobody has chosen it: FIN-WAIT-1 is looked after until the kernel says more
    const stop = page.watch(socket);
    other.end();
    await until(socket, () => (socket.kernel?.timer ?? 0) > 50_000);
    await agrees(socket, 'TIME-WAIT');
    stop();
    await bothOver(socket);
  });
  test('the states are the kernel’s: of a passive close', async () => {
    const { socket, other } = await stranger();
    other.end();
    await agrees(socket, 'CLOSE-WAIT');
    const stop = page.watch(socket);
    socket.close();
    await agrees(socket, 'CLOSED');
    stop();
  });
  test('the states are the kernel’s: of a close that the other end does not answer, and of a reset', async () => {
    const [one, two] = [await stranger(), await stranger()];
    const stops = [page.watch(one.socket), page.watch(two.socket)];
    one.socket.close();
    await agrees(one.socket, 'FIN-WAIT-2');
    two.socket.reset();
    await agrees(two.socket, 'CLOSED');
    for (const stop of stops) stop();
    one.other.destroy();
  });
  test('a close while connect() waits gives the attempt up at once', async () => {
    const { listener, client } = await waiting(0);
    const late = page.connect('tcp', '127.0.0.1', listener.local?.port ?? 0);
    const stop = page.watch(late);
    await until(late, () => late.kernel?.state === 'SYN-SENT');
    stop();
    late.close();
    await until(late, () => late.isOver);
    const calls = [0, 1].map((index) => late.log.at(index));
    expect(calls.map((event) => [event?.call, event?.error])).toEqual([
      ['connect', 'SOCKET_CLOSED'],
      ['close', undefined],
    ]);
    await bothOver(client, listener);
  });
  test('nothing is said of a closed connection that the kernel has not measured', async () => {
    const { socket, other } = await stranger();
    const stop = page.watch(socket);
    await until(socket, () => socket.kernel?.rtt !== undefined);
    socket.shutdown();
    await agrees(socket, 'FIN-WAIT-2');
    other.end();
    await until(socket, () => socket.kernel?.timer !== undefined);
    expect(socket.kernel).toEqual({
      stream: socket.streamId,
      state: 'TIME-WAIT',
      receiveQueue: 0,
      sendQueue: 0,
      timer: expect.any(Number),
    });
    stop();
    await bothOver(socket);
  });
});

function shown({ isOver, state, kernel }: SocketTrace): string {
  return isOver ? (kernel?.state ?? state) : state;
}

/** RFC 9293 §3.3.2, Figure 5; from each state a reset leads to CLOSED (§3.5.3). */
const FIGURE: Readonly<Record<string, readonly string[]>> = {
  CLOSED: ['LISTEN', 'SYN-SENT'],
  LISTEN: ['SYN-RECEIVED', 'SYN-SENT'],
  'SYN-SENT': ['SYN-RECEIVED', 'ESTABLISHED'],
  'SYN-RECEIVED': ['ESTABLISHED', 'FIN-WAIT-1', 'LISTEN'],
  ESTABLISHED: ['FIN-WAIT-1', 'CLOSE-WAIT'],
  'FIN-WAIT-1': ['FIN-WAIT-2', 'CLOSING', 'TIME-WAIT'],
  'FIN-WAIT-2': ['TIME-WAIT'],
  'CLOSE-WAIT': ['LAST-ACK'],
  CLOSING: ['TIME-WAIT'],
  'LAST-ACK': [],
  'TIME-WAIT': [],
};
function pathFaults(name: string, { log, kernel }: SocketTrace): string[] {
  const faults: string[] = [];
  for (let length = 0; length <= log.length(); length += 1) {
    const path = new StatePath({ length: () => length, at: (index) => log.at(index) });
    path.update();
    if (length === log.length() && kernel) path.observe(kernel.state);
    const states = path.update().map(({ state }) => state);
    states.forEach((state, nth) => {
      const before = states[nth - 1];
      if (before === undefined || FIGURE[before]?.includes(state) || state === 'CLOSED') return;
      faults.push(`${name}: ${before} to ${state}, in ${states.join(' ')}`);
    });
  }
  return faults;
}
