import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Endpoint } from '../../protocol/messages/fields.ts';
import { formatEndpoint } from '../../protocol/target.ts';
import type { ByteCount, Microseconds } from '../../protocol/units.ts';

/** A packet as it went out on the loopback interface. */
export type Packet = {
  /** µs since 1970, by the kernel. */
  readonly at: Microseconds;
  readonly protocol: 'tcp' | 'udp' | 'icmp';
  /** `127.0.0.1:8009`; of an ICMP message the ports are those of the datagram that it answers. */
  readonly from: string;
  readonly to: string;
  /** Of `SFRA` those that are set. */
  readonly flags: string;
  readonly seq: number;
  readonly length: ByteCount;
};

const CAPTURE = join(import.meta.dirname, 'capture.py');
const LINE = /^(\d+) (tcp|udp|icmp) (\S+) (\d+) (\S+) (\d+) (\S+) (\d+) (\d+)$/;

/** What crosses the loopback interface, read by a program with CAP_NET_RAW beside this process. */
export class WireCapture {
  readonly packets: Packet[] = [];
  readonly #child: ChildProcess;
  readonly #marker: Socket;
  #onPacket: (packet: Packet) => void = () => undefined;

  private constructor(child: ChildProcess, marker: Socket) {
    this.#child = child;
    this.#marker = marker;
  }

  /** Undefined where raw sockets may not be used, or there is no Python. */
  static async start(): Promise<WireCapture | undefined> {
    const child = spawn('python3', [CAPTURE], { stdio: ['pipe', 'pipe', 'ignore'] });
    const isThere = once(child, 'spawn').then(
      () => true,
      () => false,
    );
    if (!(await isThere)) return undefined;
    child.on('error', () => undefined);
    const lines = createInterface({ input: child.stdout });
    const [first] = await Promise.race([once(lines, 'line'), once(child, 'close')]);
    if (first !== 'ready') return undefined;
    const marker = createSocket('udp4');
    marker.bind(0, '127.0.0.1');
    await once(marker, 'listening');
    const capture = new WireCapture(child, marker);
    lines.on('line', (line) => capture.#take(line));
    return capture;
  }

  /** Resolves when all that has crossed the wire by now is in `packets`. */
  async settle(): Promise<void> {
    const { port, address } = this.#marker.address();
    const own = formatEndpoint(address, port);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onPacket = ({ from, to }) => from === own && to === own && resolve();
    this.#marker.send('', port, address);
    await promise;
  }
  /** TCP packets between two endpoints, or datagrams and the ICMP messages about them, in the order of their times. */
  between(one: Endpoint, other: Endpoint): readonly Packet[] {
    const [a, b] = [formatEndpoint(one.host, one.port), formatEndpoint(other.host, other.port)];
    return this.packets
      .filter(({ from, to }) => (from === a && to === b) || (from === b && to === a))
      .sort((left, right) => left.at - right.at);
  }
  /** Of the connection that was tried last: who connects is told its own port only when the connection is there. */
  latestTo(target: Endpoint): readonly Packet[] {
    const to = formatEndpoint(target.host, target.port);
    const syn = this.packets.findLast((packet) => packet.to === to && packet.flags === 'S');
    const ends = [syn?.from, to];
    return this.packets.filter(({ from, to: towards }) => ends.includes(from) && ends.includes(towards));
  }
  async close(): Promise<void> {
    this.#marker.close();
    const closed = once(this.#child, 'close');
    this.#child.stdin?.end();
    await closed;
  }

  #take(line: string): void {
    const [, at, protocol, source = '', sourcePort, target = '', targetPort, flags = '', seq, length] =
      LINE.exec(line) ?? [];
    if (at === undefined) return;
    const packet: Packet = {
      at: Number(at),
      protocol: protocol as Packet['protocol'],
      from: formatEndpoint(source, Number(sourcePort)),
      to: formatEndpoint(target, Number(targetPort)),
      flags,
      seq: Number(seq),
      length: Number(length),
    };
    this.packets.push(packet);
    this.#onPacket(packet);
  }
}
