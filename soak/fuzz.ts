import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { encodeFrame, FrameType, HEADER_BYTES } from '../protocol/frame.ts';
import { encodeMessage } from '../protocol/messages/codec.ts';
import { type Hello, PROTOCOL_VERSION } from '../protocol/messages/session.ts';
import { encodeDatagram, encodeU32 } from '../protocol/payloads.ts';
import { RawGateway } from '../testing/raw-gateway.ts';
import { createSeededRandom } from '../testing/seeded-random.ts';
import { eventually, Report, type SoakProgram } from './program.ts';
import { ServerProcess } from './server/server-process.ts';
import { TestClient } from './test-client.ts';
import { UNLIMITED } from './unlimited.ts';

const AT_ONCE = 8;
const FRAMES_PER_SESSION = 120;
const HEALTHY_CHUNK = 4_096;

/** Frames with something wrong in them, in every place; beside them a healthy session that must not notice. */
export const fuzz: SoakProgram = async ({ isLong, seed }) => {
  const goal = isLong ? 1_000_000 : 10_000;
  const random = createSeededRandom(seed);
  const server = await ServerProcess.start({
    limits: { ...UNLIMITED, grace: 1_000, requestsPerMinutePerAddress: 10_000_000 },
  });
  const client = await TestClient.enter(server.url);
  const started = performance.now();
  try {
    const echoPort = server.labPort('Raw echo');
    const before = await server.state();
    const healthy = createHealthyStream(client, echoPort);
    let frames = 0;
    let sessions = 0;
    const one = async (): Promise<void> => {
      while (frames < goal && server.isRunning) {
        sessions += 1;
        frames += await abuse(server.url, echoPort, random);
        healthy.say();
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    await eventually('the healthy session has everything', 20_000, () => healthy.isComplete || !server.isRunning);
    healthy.close();
    let after = before;
    if (server.isRunning) {
      await eventually('descriptors are back', 15_000, async () => {
        after = await server.state();
        return after.descriptors <= before.descriptors && after.sessions === 1;
      }).catch(() => undefined);
    }
    return new Report()
      .tell('frames', frames)
      .tell('sessions', sessions)
      .atMost('crashes', server.isRunning ? 0 : 1, 0)
      .atMost('healthy session wrong', healthy.isExact && client.arrivals.length === 1 ? 0 : 1, 0)
      .atMost('sessions left', after.sessions - 1, 0)
      .atMost('descriptors left', after.descriptors - before.descriptors, 0)
      .tell('which', nameSockets(after.open.filter((name) => !before.open.includes(name))) || 'none')
      .tell('took', (performance.now() - started) / 1_000, 's').outcome;
  } finally {
    client.leave();
    await server.stop();
  }
};

/** Sockets with what the kernel knows of them. */
function nameSockets(names: readonly string[]): string {
  const tables = ['tcp', 'tcp6', 'udp', 'udp6', 'unix', 'netlink'].map((table) => {
    try {
      return readFileSync(`/proc/net/${table}`, 'latin1')
        .split('\n')
        .map((row) => `${table}${row}`);
    } catch {
      return [];
    }
  });
  const rows = tables.flat();
  return names
    .map((name) => {
      const inode = /^socket:\[(\d+)\]$/.exec(name)?.[1];
      return rows.find((row) => inode !== undefined && row.includes(` ${inode} `))?.replaceAll(/ +/g, ' ') ?? name;
    })
    .join(', ');
}

function createHealthyStream(client: TestClient, port: number) {
  const sent = createHash('sha256');
  const arrived = createHash('sha256');
  let [sentBytes, arrivedBytes, number] = [0, 0, 0];
  const stream = client.connect(port, {
    onData: (_at, bytes) => {
      arrived.update(bytes);
      arrivedBytes += bytes.length;
      stream.consume(bytes.length);
    },
  });
  return {
    say: (): void => {
      if (stream.queuedBytes > 1_000_000) return;
      number += 1;
      const bytes = Buffer.alloc(HEALTHY_CHUNK, `${number} `);
      sent.update(bytes);
      sentBytes += bytes.length;
      stream.send(bytes);
    },
    get isComplete(): boolean {
      return arrivedBytes === sentBytes;
    },
    get isExact(): boolean {
      return arrivedBytes === sentBytes && sent.copy().digest('hex') === arrived.copy().digest('hex');
    },
    close: (): void => stream.close(),
  };
}

/** One session of wrong frames, until the gateway has had enough. Returns how many were sent. */
async function abuse(url: string, echoPort: number, random: () => number): Promise<number> {
  const raw = new RawGateway(url);
  let isClosed = false;
  const closed = raw.closed.then(() => {
    isClosed = true;
  });
  await Promise.race([raw.opened(), closed]);
  let sent = 0;
  if (random() < 0.1) {
    raw.ws.send(mutated(encodeFrame({ type: FrameType.HELLO, seq: 0, stream: 0, payload: hello({}) }), random));
    sent += 1;
  } else raw.hello();
  const valid = createValidFrames(raw, echoPort);
  while (!isClosed && sent < FRAMES_PER_SESSION) {
    for (let index = 0; index < 20; index += 1) {
      const frame = (valid[Math.floor(random() * valid.length)] as () => Uint8Array)();
      // Most keep their header, so that the payload is read by whom it is for.
      const isHeaderKept = random() < 0.8;
      raw.ws.send(isHeaderKept ? mutatedPayload(frame, random) : mutated(frame, random));
      sent += 1;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (random() < 0.5) raw.cut();
  else raw.ws.close();
  await closed;
  return sent;
}

function hello(more: Partial<Hello>): Uint8Array<ArrayBuffer> {
  return encodeMessage({ version: PROTOCOL_VERSION, ...more });
}

function createValidFrames(raw: RawGateway, echoPort: number): (() => Uint8Array)[] {
  let stream = -1;
  const target = { host: '127.0.0.1', port: echoPort };
  const open = (kind: string, more: object) => (): Uint8Array => {
    stream += 2;
    return raw.encode(FrameType.OPEN, stream, encodeMessage({ kind, ...target, ...more }));
  };
  const on = (type: FrameType, payload?: Uint8Array) => (): Uint8Array =>
    raw.encode(type, Math.max(1, stream), payload);
  return [
    open('tcp', {}),
    open('tcp', { options: { noDelay: true, receiveSize: 100, sendBuffer: 4_096 } }),
    open('listen', { port: 0, backlog: 3 }),
    open('bound', { port: 0 }),
    open('udp', { port: 0 }),
    open('unix', { host: '/nowhere' }),
    on(FrameType.DATA, new Uint8Array(100)),
    on(FrameType.CREDIT, encodeU32(100)),
    on(FrameType.FIN),
    on(FrameType.RST),
    on(FrameType.CLOSE),
    on(FrameType.ACCEPT),
    on(FrameType.DGRAM, encodeDatagram({ at: 0, ...target, bytes: new Uint8Array(10) })),
    on(FrameType.CALL, encodeMessage({ id: 1, call: 'setsockopt', options: { keepAlive: true } })),
    on(FrameType.CALL, encodeMessage({ id: 2, call: 'listen', backlog: 1 })),
    () => raw.encode(FrameType.CALL, 0, encodeMessage({ id: 3, call: 'getaddrinfo', host: '127.0.0.1' })),
    () => raw.encode(FrameType.WATCH, 0, encodeMessage({ streams: [1, 2, 3] })),
    () => raw.encode(FrameType.PING, 0, encodeU32(1)),
    () => raw.encode(FrameType.ACK, 0, encodeU32(raw.received)),
    () => raw.encode(FrameType.GOAWAY, 0, encodeMessage({ code: 'SESSION_GONE', text: '' })),
  ];
}

/** The header stays as it is, but for the length, which follows the payload. */
function mutatedPayload(frame: Uint8Array, random: () => number): Uint8Array {
  const payload = mutated(frame.subarray(HEADER_BYTES), random).subarray(0, 60_000);
  const bytes = new Uint8Array(HEADER_BYTES + payload.length);
  bytes.set(frame.subarray(0, HEADER_BYTES));
  bytes[1] = payload.length >>> 8;
  bytes[2] = payload.length;
  bytes.set(payload, HEADER_BYTES);
  return bytes;
}

/** Flips, cuts, doubles, fills, or leaves it alone. */
function mutated(bytes: Uint8Array, random: () => number): Uint8Array {
  const at = Math.floor(random() * bytes.length);
  const copy = bytes.slice();
  switch (Math.floor(random() * 7)) {
    case 0:
      for (let flips = 1 + Math.floor(random() * 4); flips > 0 && copy.length > 0; flips -= 1) {
        const index = Math.floor(random() * copy.length);
        copy[index] = (copy[index] as number) ^ (1 << Math.floor(random() * 8));
      }
      return copy;
    case 1:
      return copy.subarray(0, at);
    case 2:
      return new Uint8Array([...copy, ...copy.subarray(at)]);
    case 3:
      return copy.fill(random() < 0.5 ? 0 : 0xff, at, at + 4);
    case 4:
      return Uint8Array.from({ length: Math.floor(random() * 300) }, () => random() * 256);
    default:
      return copy;
  }
}
