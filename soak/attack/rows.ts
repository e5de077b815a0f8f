import type { ServerSetup } from '../server/server-messages.ts';
import type { Attack } from './attack.ts';
import { earlyAcks } from './bytes.ts';
import * as frames from './frames.ts';
import * as http from './http.ts';
import * as lab from './lab.ts';
import * as names from './names.ts';
import { boundConnects, squatted } from './ports.ts';
import * as sessions from './sessions.ts';

export type Row = {
  readonly name: string;
  readonly attack: Attack;
  /** Processes that attack, each from an address of its own unless `isOneAddress`. */
  readonly attackers: number;
  readonly isOneAddress?: true;
  readonly setup?: ServerSetup;
  /** Its page has a file that no buffer holds. */
  readonly hasLargePage?: true;
  /** The server's ulimit -n. */
  readonly descriptors?: number;
  /** Where those come from who come in meanwhile, if not from an address of their own. */
  readonly newcomersFrom?: string;
  /** Belongs to the short form. */
  readonly isCheap?: true;
};

/** The attackers' own address: a class behind one router. */
const SHARED = '127.0.0.10';
const TOKEN = { token: 'blue whale' };
/** Of these every line that a lab server prints goes to the output. */
const FULL_DISK = { output: 'full disk' } as const;
const STOPPED = { output: 'stopped terminal' } as const;
const UNANSWERED = { unanswered: '.slow.example' };

/** Those of one setup stand together: they share a server. */
export const ROWS: readonly Row[] = [
  { name: 'tiny DATA', attack: frames.tiny, attackers: 3, isCheap: true },
  { name: 'DATA of nothing', attack: frames.empty, attackers: 3 },
  { name: 'WebSocket pings', attack: frames.ping, attackers: 3 },
  { name: 'batches of PING', attack: frames.batch, attackers: 3 },
  { name: 'ACK', attack: frames.ack, attackers: 3 },
  { name: 'OPEN and RST', attack: frames.open, attackers: 3 },
  { name: 'CALL ticket', attack: frames.tickets, attackers: 3, isCheap: true },
  { name: 'CALL getaddrinfo', attack: frames.lookups, attackers: 3 },
  { name: 'CALL setsockopt', attack: frames.options, attackers: 3 },
  { name: 'WATCH of 16', attack: frames.watches, attackers: 3 },
  { name: 'frames after a refusal', attack: frames.afterRefusal, attackers: 2, isCheap: true },
  { name: '1 byte in 60 KB', attack: frames.oneInSixty, attackers: 2 },
  { name: '0 bytes in 60 KB', attack: frames.noneInSixty, attackers: 2 },
  { name: 'ACK of what was not read', attack: earlyAcks, attackers: 1 },
  { name: 'resume loops', attack: sessions.resumeLoop, attackers: 3 },
  { name: 'sessions left behind', attack: sessions.orphan, attackers: 2 },
  { name: 'sleeping servers', attack: lab.sleepers, attackers: 3, isCheap: true },
  { name: 'delayed answers', attack: lab.delayed, attackers: 2 },
  { name: 'slow proxies', attack: lab.proxies, attackers: 3 },
  { name: 'characters', attack: lab.characters, attackers: 3 },
  { name: 'reads by the byte', attack: lab.bytewise, attackers: 3 },
  { name: 'answers by the byte', attack: lab.slices, attackers: 3 },
  { name: 'datagrams', attack: lab.datagrams, attackers: 3 },
  { name: 'programs outside', attack: lab.strangers, attackers: 1, isOneAddress: true },
  { name: 'programs outside that read', attack: lab.drainingStrangers, attackers: 1, isOneAddress: true },
  { name: 'squatted port', attack: squatted, attackers: 1 },
  { name: 'CALL connect', attack: boundConnects, attackers: 3 },
  { name: 'half requests', attack: http.halfRequests, attackers: 1, isOneAddress: true },
  { name: 'silent WebSockets', attack: http.silent, attackers: 1, isOneAddress: true },
  { name: 'HTTP requests', attack: http.requests, attackers: 2, isOneAddress: true, newcomersFrom: SHARED },
  { name: 'lines to a full disk', attack: lab.datagrams, attackers: 1, setup: FULL_DISK },
  { name: 'lines to a stopped terminal', attack: lab.datagrams, attackers: 1, setup: STOPPED },
  { name: 'names unanswered', attack: names.unanswered, attackers: 2, setup: UNANSWERED },
  { name: 'datagrams to names', attack: names.datagramNames, attackers: 2, setup: UNANSWERED },
  {
    name: 'guessed tokens',
    attack: sessions.guess,
    attackers: 2,
    isOneAddress: true,
    newcomersFrom: SHARED,
    setup: TOKEN,
  },
  { name: 'guessed tokens, many addresses', attack: sessions.guess, attackers: 3, setup: TOKEN },
  {
    name: 'a house full of sessions',
    attack: sessions.hold,
    attackers: 2,
    isOneAddress: true,
    setup: { limits: { sessions: 200 } },
  },
  { name: 'sleeping servers, few descriptors', attack: lab.sleepers, attackers: 3, descriptors: 600 },
  { name: 'slow proxies, few descriptors', attack: lab.proxies, attackers: 3, descriptors: 600 },
  {
    name: 'files not read, few descriptors',
    attack: http.slowReaders,
    attackers: 1,
    hasLargePage: true,
    descriptors: 300,
  },
  {
    name: 'upgrades not read, few descriptors',
    attack: http.slowUpgrades,
    attackers: 1,
    hasLargePage: true,
    descriptors: 300,
  },
  {
    name: 'idle keep-alive, few descriptors',
    attack: http.idleKeepAlive,
    attackers: 1,
    hasLargePage: true,
    descriptors: 300,
  },
];

/** @throws {Error} there is none of that name */
export function rowsNamed(...names: readonly string[]): readonly Row[] {
  return names.map((name) => {
    const row = ROWS.find((one) => one.name === name);
    if (!row) throw new Error(`no attack ${name}`);
    return row;
  });
}
