/** The server in a process of its own, so that its memory and descriptors are its own. Started by server-process.ts. */
import { lookup } from 'node:dns/promises';
import { readdirSync, readlinkSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import '../../testing/poison.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { parseConfig } from '../../server/config.ts';
import type { LookupAll } from '../../server/gateway/dial/names.ts';
import { Output } from '../../server/output.ts';
import { startPlayground } from '../../server/start-playground.ts';
import type { ServerQuestion, ServerReady, ServerSetup, ServerState } from './server-messages.ts';

const setup = JSON.parse(process.argv[2] ?? '{}') as ServerSetup;
const config = parseConfig(['--port', '0', '--lab-ports', '0', '--log-level', 'silent', '--state', 'none'], {});
if (typeof config === 'string') throw new Error('unreachable');

const output = new Output(process.stdout, (lines) => `${lines} dropped`);
const server = await startPlayground({
  ...config,
  ...(setup.allow ? { mode: 'allow-list', allow: setup.allow } : {}),
  ...(setup.origins ? { origins: setup.origins } : {}),
  ...(setup.webRoot ? { webRoot: setup.webRoot } : {}),
  ...(setup.token === undefined ? {} : { token: setup.token }),
  ...(setup.state === undefined ? {} : { state: setup.state }),
  ...(setup.port === undefined ? {} : { port: setup.port }),
  ...(setup.unanswered === undefined ? {} : { lookup: lookupBut(setup.unanswered) }),
  ...(setup.limits ? { limits: setup.limits } : {}),
  ...(setup.output ? { logLevel: 'info', logStream: output, print: (_server, line) => output.write(`${line}\n`) } : {}),
});

/** How late its own timer is, which is due so often. */
const LOOK_EACH: Milliseconds = 10;
const NANOSECONDS = 1e6;
const turns = monitorEventLoopDelay({ resolution: LOOK_EACH });
turns.enable();

function takeLongestTurn(): Milliseconds {
  const { max } = turns;
  turns.reset();
  return Math.max(0, max / NANOSECONDS - LOOK_EACH);
}

function stateNow(question: ServerQuestion): ServerState {
  const longestTurn = takeLongestTurn();
  if (question === 'state') globalThis.gc?.();
  const { rss, heapUsed, external } = process.memoryUsage();
  const { user, system } = process.cpuUsage();
  return {
    rss,
    cpu: (user + system) / 1_000,
    longestTurn,
    used: heapUsed + external,
    descriptors: countDescriptors(),
    open: openNow(),
    sessions: server.gateway.sessionCount,
    sockets: server.gateway.socketCount,
    ringBytes: server.gateway.unacknowledgedBytes,
  };
}

function lookupBut(suffix: string): LookupAll {
  return (name) => (name.endsWith(suffix) ? new Promise(() => undefined) : lookup(name, { all: true }));
}

/** What each descriptor is, as proc(5) has it: `socket:[inode]`, a path. */
function openNow(): string[] {
  try {
    return readdirSync('/proc/self/fd').flatMap((fd) => {
      try {
        return [readlinkSync(`/proc/self/fd/${fd}`)];
      } catch {
        return []; // the directory's own
      }
    });
  } catch {
    return [];
  }
}

/** The directory itself is open while it is read. */
function countDescriptors(): number {
  try {
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return Number.NaN; // none left to look with
  }
}

process.on('message', (question: ServerQuestion) => process.send?.(stateNow(question)));
process.on('disconnect', () => process.exit());
const ready: ServerReady = {
  url: server.url,
  port: server.port,
  lab: server.lab.servers,
  teachKey: server.classroom?.key.text ?? '',
};
process.send?.(ready);
