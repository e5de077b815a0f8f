import type { LabServer } from '../../protocol/messages/session.ts';
import type { Stats } from '../../protocol/messages/stats.ts';
import type { SideWork } from '../shared/side-work.ts';
import type { LabContext } from './lab-context.ts';
import { openDatagramServer } from './lab-datagram-server.ts';
import { makeLabDirectory } from './lab-directory.ts';
import type { Place, RunningServer } from './lab-server.ts';
import { openTcpServer } from './lab-tcp-server.ts';
import { characterGenerator } from './servers/character-generator.ts';
import { datagramEcho } from './servers/datagram-echo.ts';
import { daytime } from './servers/daytime.ts';
import { discard } from './servers/discard.ts';
import { rawEcho } from './servers/raw-echo.ts';
import { threadedEcho } from './servers/threaded-echo.ts';
import { timestampEcho } from './servers/timestamp-echo.ts';
import { trouble } from './servers/trouble.ts';
import { type StrangerLimits, Strangers, strangerLimits } from './strangers.ts';

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
  /** Addresses of this machine to listen on besides loopback. */
  readonly besides?: readonly string[];
  /** 0: every server takes a free port. Otherwise its own, and a free one where that is in use. */
  readonly ports?: 'preferred' | 0;
  /** Connections of programs outside the gateway. */
  readonly strangers?: StrangerLimits;
  readonly strangersWork?: SideWork;
  readonly today?: LabContext['today'];
  readonly print?: LabContext['print'];
};

/** The servers that learners talk to. */
export type Lab = {
  readonly servers: readonly LabServer[];
  readonly stats: () => Stats['lab'];
  /** Name of the server that a first visit goes to: where several visit, one that does not make them wait. */
  readonly first: (isCrowded: boolean) => string;
  /** Ends every connection and frees every port. */
  readonly close: () => Promise<void>;
};

/** Where nobody else waits for the event loop. */
const UNPAID: SideWork = { spend: () => undefined, mayGoOn: true, whenMayGoOn: () => () => undefined };

/** Starts all servers of the lab. @throws {Error} if one cannot listen even on a free port: then none is left running. */
export async function startLab(options: LabOptions): Promise<Lab> {
  const { tap, queues, clock, host = '127.0.0.1', besides = [], ports = 'preferred' } = options;
  const { today = () => new Date(), print = () => undefined } = options;
  const strangers = new Strangers(options.strangers ?? strangerLimits(Number.POSITIVE_INFINITY));
  const { strangersWork = UNPAID } = options;
  const context: LabContext = { tap, queues, clock, strangers, strangersWork, today, print };
  const directory = await makeLabDirectory();
  const running: RunningServer[] = [];
  const stop = async (): Promise<void> => {
    await Promise.all(running.map((server) => server.close()));
    await directory.remove();
  };
  let stopping: Promise<void> | undefined;
  const close = (): Promise<void> => {
    stopping ??= stop();
    return stopping;
  };
  try {
    for (const program of PROGRAMS) {
      const port = ports === 0 ? 0 : program.preferredPort;
      const place = { host, port, directory: directory.path, besides };
      running.push(await open(program, context, place));
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    servers: running.map(({ description }) => description),
    stats: () => running.map((server) => server.stats()),
    first: (isCrowded) => (isCrowded ? threadedEcho : timestampEcho).name,
    close,
  };
}

function open(program: (typeof PROGRAMS)[number], context: LabContext, place: Place): Promise<RunningServer> {
  return 'answer' in program ? openDatagramServer(program, context, place) : openTcpServer(program, context, place);
}
