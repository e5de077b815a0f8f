import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv4, isIPv6 } from 'node:net';
import type { Milliseconds } from '../../../../protocol/units.ts';
import type { LookupAll } from '../names.ts';
import { createSystemLookup, type SystemLookupOptions } from '../system-lookup.ts';

const A = 1;
const CNAME = 5;
const AAAA = 28;
const HEADER = 12;
const NXDOMAIN = 3;

/** What a name is said to stand for: addresses, or `=name` for an alias; undefined: no such name; 'silence': no answer. */
export type Answer = readonly string[] | 'silence' | undefined;

/** A name server (RFC 1035 §4) on loopback that gives the test's own answer to each question. */
export class NameServer {
  readonly #socket: Socket;
  readonly #answer: (name: string) => Answer;
  /** The names it was asked for, in order, once per question. */
  readonly asked: string[] = [];

  static async start(answer: (name: string) => Answer): Promise<NameServer> {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    return new NameServer(socket, answer);
  }

  constructor(socket: Socket, answer: (name: string) => Answer) {
    this.#socket = socket;
    this.#answer = answer;
    socket.on('message', (query, from) => {
      const reply = this.#reply(query);
      if (reply) socket.send(reply, from.port, from.address);
    });
  }

  close(): void {
    this.#socket.close();
  }

  /** Asks this server alone, once. */
  lookup(timeout: Milliseconds = 1_000, options: Partial<SystemLookupOptions> = {}): LookupAll {
    const servers = [`127.0.0.1:${this.#socket.address().port}`];
    return createSystemLookup({ servers, timeout, tries: 1, hasIpv6: () => false, ...options });
  }

  #reply(query: Buffer): Buffer | undefined {
    const labels: string[] = [];
    let at = HEADER;
    for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
      labels.push(query.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const question = query.subarray(HEADER, at + 5);
    const type = query.readUInt16BE(at + 1);
    const name = labels.join('.').toLowerCase();
    this.asked.push(name);
    const answer = this.#answer(name);
    if (answer === 'silence') return undefined;
    const records = this.#recordsOf(name, answer ?? [], type);
    const header = Buffer.alloc(HEADER);
    header.writeUInt16BE(query.readUInt16BE(0), 0);
    header.writeUInt16BE(0x8180 | (answer === undefined ? NXDOMAIN : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    return Buffer.concat([header, question, ...records]);
  }

  #recordsOf(name: string, answer: readonly string[], type: number): Buffer[] {
    return answer.flatMap((entry): Buffer[] => {
      if (entry.startsWith('=')) {
        const target = entry.slice(1);
        const further = this.#answer(target);
        const rest = Array.isArray(further) ? this.#recordsOf(target, further, type) : [];
        return [record(name, CNAME, encodeName(target)), ...rest];
      }
      if (type === A && isIPv4(entry)) return [record(name, A, Buffer.from(entry.split('.').map(Number)))];
      if (type === AAAA && isIPv6(entry)) return [record(name, AAAA, encodeIpv6(entry))];
      return [];
    });
  }
}

function record(name: string, type: number, data: Buffer): Buffer {
  const fixed = Buffer.alloc(10); // type, class IN, TTL 0, length of the data
  fixed.writeUInt16BE(type, 0);
  fixed.writeUInt16BE(1, 2);
  fixed.writeUInt16BE(data.length, 8);
  return Buffer.concat([encodeName(name), fixed, data]);
}

function encodeName(name: string): Buffer {
  const labels = name.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label, 'latin1')]));
  return Buffer.concat([...labels, Buffer.of(0)]);
}

function encodeIpv6(address: string): Buffer {
  const quad = /\d+(?:\.\d+){3}$/.exec(address)?.[0].split('.').map(Number);
  const hex = quad
    ? address.replace(/[^:]+$/, `${((quad[0] as number) * 256 + (quad[1] as number)).toString(16)}:`) +
      ((quad[2] as number) * 256 + (quad[3] as number)).toString(16)
    : address;
  const [left = '', right = ''] = hex.split('::');
  const words = (half: string): number[] =>
    half === '' ? [] : half.split(':').map((word) => Number.parseInt(word, 16));
  const [head, tail] = [words(left), words(right)];
  const groups = [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
  return Buffer.from(groups.flatMap((group) => [group >> 8, group & 255]));
}
