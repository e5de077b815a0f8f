import { networkInterfaces } from 'node:os';
import { segmentOf } from '../protocol/pages.ts';
import { type Config, helpText, parseConfig } from './config.ts';
import { TerminalPrints } from './lab/terminal-prints.ts';
import { Output } from './output.ts';
import { isBeyondLoopback, urlsToHandOut } from './reachable-urls.ts';
import { timerClock } from './shared/timer-clock.ts';
import { failureOf } from './start-failure.ts';
import { type RunningPlayground, startPlayground } from './start-playground.ts';
import { VERSION } from './version.ts';

const CLOSE_WITHIN = 2_000;
const LEVEL_WARN = 40;

/** For people. */
const out = new Output(process.stdout, (lines) => `(${lines} lines dropped: nobody took them)`);
/** For programs: JSON lines. */
const log = new Output(process.stderr, (lines) =>
  JSON.stringify({ level: LEVEL_WARN, time: Date.now(), event: 'dropped', lines }),
);

function giveUp(message: string, status: number): never {
  log.write(`${message}\n`);
  process.exit(status);
}

function warnOfOpenDoor({ host, token, origins }: Config): void {
  if (token !== undefined || !(isBeyondLoopback(host) || origins.length > 0)) return;
  const unread = process.env['TOKEN'] === undefined ? '' : ' (TOKEN is set, but PLAYGROUND_TOKEN is what is read)';
  out.write(
    `Warning: no token is set${unread}. Anyone who reaches the page can open sockets from this machine: see --token.\n`,
  );
}

function introduce({ lab, port, url, classroom }: RunningPlayground, config: Config): void {
  for (const { name, protocol, host, port, preferredPort } of lab.servers) {
    const moved = port === preferredPort || config.labPorts === 0 ? '' : ` (${preferredPort} is in use)`;
    out.write(`${name.padEnd(12)} ${protocol} ${host} port ${port}${moved}\n`);
  }
  if (config.port === undefined && port !== 8_080) out.write('Port 8080 is in use.\n');
  if (config.mode === 'open') out.write('Mode open: learners may dial any public address from here.\n');
  warnOfOpenDoor(config);
  out.write(`\n${url}\n`);
  const others = urlsToHandOut({ ...config, port, interfaces: networkInterfaces() });
  // The code's link that is projected begins as this one: `localhost` would be each learner's own machine.
  const [shown = url] = others;
  if (classroom) out.write(`Teach: ${shown}${segmentOf('teach')}#key=${classroom.key.text}\n`);
  if (others.length === 0) return;
  const link = config.token === undefined ? '' : ' (add #token= and the token)';
  out.write(`For others${link}:\n${others.map((other) => `  ${other}\n`).join('')}`);
}

/** The server as a process: with its terminal, its signals, its exit code. `command`: how it was started, to be told to people. */
export async function runServer(args: readonly string[], command: string): Promise<void> {
  // The channel to the start script closes when that ends, also by a signal that it cannot pass on.
  process.on('disconnect', () => whenStartScriptEnds());
  let config: Config | 'help' | 'version' | undefined;
  try {
    config = parseConfig(args, process.env);
    if (config === 'help' || config === 'version') {
      out.write(`${config === 'help' ? helpText(command) : VERSION}\n`);
      return;
    }
    const prints = new TerminalPrints((line) => out.write(`${line}\n`), timerClock);
    let isIntroduced = false;
    // That each server waits for its first client is said by the introduction.
    const print = (server: string, line: string): void => {
      if (isIntroduced) prints.print(server, line);
    };
    const playground = await startPlayground({ ...config, print, logStream: log });
    introduce(playground, config);
    isIntroduced = true;
    stopOnRequest(playground);
  } catch (error) {
    const { text, status } = failureOf(error as Error, typeof config === 'object' ? config : undefined, command);
    giveUp(text, status);
  }
}

function stopOnRequest(playground: RunningPlayground): void {
  let isStopping = false;
  const stop = (): void => {
    // A terminal sends Ctrl+C to all of its processes, and the start script passes it on besides.
    if (isStopping) return;
    isStopping = true;
    setTimeout(() => process.exit(1), CLOSE_WITHIN).unref();
    playground.close().then(
      () => process.exit(0),
      (error: Error) => giveUp(error.message, 1),
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
  whenStartScriptEnds = stop;
}

let whenStartScriptEnds = (): void => process.exit(0);
