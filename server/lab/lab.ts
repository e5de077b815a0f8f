import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LabServer, Stats } from '../../protocol/messages.ts';
import { characterGenerator } from './character-generator.ts';
import { datagramEcho } from './datagram-echo.ts';
import { daytime } from './daytime.ts';
import { discard } from './discard.ts';
import type { LabContext } from './lab-context.ts';
import { openDatagramServer } from './lab-datagram-server.ts';
import type { Place, RunningServer } from './lab-server.ts';
import { openTcpServer } from './lab-tcp-server.ts';
import { rawEcho } from './raw-echo.ts';
import { threadedEcho } from './threaded-echo.ts';
import { timestampEcho } from './timestamp-echo.ts';
import { trouble } from './trouble.ts';

/** In the order in which the page lists them. */
const PROGRAMS = [
  timestampEcho,
  threadedEcho,
  rawEcho,
  datagramEcho,
  trouble,
  discard,
  daytime,
  characterGenerator,
] as const;

export type LabOptions = Pick<LabContext, 'tap' | 'queues' | 'clock'> & {
  /** A literal IPv4 address; loopback unless said otherwise. IPv6 is always loopback. */
  readonly host?: string;
  /** 0: every server takes a free port. Otherwise its own, and a free one where that is in use. */
  readonly ports?: 'preferred' | 0;
  readonly today?: LabContext['today'];
  readonly print?: LabContext['print'];
};

/** The servers that learners talk to. */
export type Lab = {
  readonly servers: readonly LabServer[];
  readonly stats: () => Stats['lab'];
  /** Ends every connection and frees every port. */
  readonly close: () => Promise<void>;
};

/** Starts all servers of the lab. @throws {Error} if one cannot listen even on a free port: then none is left running. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { tap, queues, clock, host = '127.0.0.1', ports = 'preferred' } = options;
  const { today = () => new Date(), print = () => undefined } = options;
  const context: LabContext = { tap, queues, clock, today, print };
  const directory = await mkdtemp(join(tmpdir(), 'socket-playground-'));
  const running: RunningServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.close()));
    await rm(directory, { recursive: true, force: true });
  };
  let stopping: Promise<void> | undefined;
  const close = (): Promise<void> => {
    stopping ??= stop();
    return stopping;
  };
  try {
    for (const program of PROGRAMS) {
      const place = { host, port: ports === 0 ? 0 : program.preferredPort, directory };
      running.push(await open(program, context, place));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    servers: running.map(({ description }) => description),
    stats: () => running.map((server) => server.stats()),
    close,
  };
}

function open(program: (typeof PROGRAMS)[number], context: LabContext, place: Place): Promise<RunningServer> {
  return 'answer' in program ? openDatagramServer(program, context, place) : openTcpServer(program, context, place);
}
