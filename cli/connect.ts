import { PlaygroundError } from '../protocol/errors.ts';
import { refuse } from '../server/settings.ts';
import type { Channel } from './channel.ts';
import { type CliOptions, CommandLine, helpOf, portOf } from './command-line.ts';
import { EXIT } from './run-command.ts';
import { Interrupted, type Streams, talk } from './talk.ts';
import { TALK_OPTIONS, talkOptionsOf } from './talk-options.ts';
import { dialTcp } from './tcp-channel.ts';
import { dialUdp } from './udp-channel.ts';

const OPTIONS: CliOptions = {
  ...TALK_OPTIONS,
  'source-port': { letter: 'p', value: 'PORT', help: 'the local port to bind' },
  source: { letter: 's', value: 'ADDRESS', help: 'the local address to bind' },
  gateway: { value: 'URL', help: 'connect from where a playground runs: http://school.example/' },
  token: { value: 'TEXT', help: 'the token that the gateway asks for' },
  wait: { letter: 'w', value: 'TIME', help: 'give up connecting after this long: 10, 500ms' },
};
const HELP = {
  usage: 'connect [OPTION]… HOST PORT   (with -U: PATH)',
  about:
    'A client: it sends standard input and writes what it receives to standard output. The end of the input becomes a FIN.',
  examples: [
    "printf 'hello python' | socket-playground connect 127.0.0.1 8009",
    'socket-playground connect -C example.org 80 < request.txt',
    "echo '50 49 4e 47 0d 0a' | socket-playground connect --hex 127.0.0.1 6379",
    'socket-playground connect --record session.pcapng 127.0.0.1 8007',
    'socket-playground connect --gateway http://lab.example:8080 127.0.0.1 8009',
  ],
};
export const STANDARD: Streams = { input: process.stdin, output: process.stdout, notes: process.stderr };

/** @returns the exit code. @throws {PlaygroundError} CONFIG_INVALID; {Error} the socket's */
export async function connectCommand(args: readonly string[], streams = STANDARD): Promise<number> {
  const line = new CommandLine(OPTIONS, args);
  if (line.has('help')) {
    streams.output.write(helpOf(HELP, OPTIONS));
    return EXIT.well;
  }
  const dial = dialOf(line);
  const options = talkOptionsOf(line);
  return await untilInterrupted(async () => await talk(await dial(), options, streams));
}

/** @returns the exit code */
export async function untilInterrupted(run: () => Promise<void>): Promise<number> {
  try {
    await run();
    return EXIT.well;
  } catch (error) {
    if (error instanceof Interrupted) return EXIT.interrupted;
    throw error;
  }
}

export function familyOf(line: CommandLine): 4 | 6 | undefined {
  if (line.has('4') && line.has('6')) throw new PlaygroundError('CONFIG_INVALID', '-4 and -6 exclude each other');
  return line.has('4') ? 4 : line.has('6') ? 6 : undefined;
}

function dialOf(line: CommandLine): () => Promise<Channel> {
  const [host, port, ...more] = line.positionals;
  const family = familyOf(line);
  const readSize = line.count('read-size');
  const connectTimeout = line.time('wait');
  const from = { family, localAddress: line.text('source'), localPort: line.port('source-port') };
  if (line.has('unixsock')) {
    if (host === undefined || port !== undefined) throw new PlaygroundError('CONFIG_INVALID', 'connect -U needs PATH');
    return () => dialTcp({ ...from, to: { path: host }, connectTimeout, readSize });
  }
  if (host === undefined || port === undefined || more.length > 0) {
    throw new PlaygroundError('CONFIG_INVALID', 'connect needs HOST and PORT');
  }
  const to = { host, port: portOf(port, 'PORT') };
  const gateway = line.text('gateway');
  if (gateway !== undefined) {
    if (line.has('udp')) throw new PlaygroundError('CONFIG_INVALID', '--gateway is for TCP');
    if (!URL.canParse(gateway)) return refuse('--gateway', gateway, 'an address such as http://127.0.0.1:8080');
    return async () => (await import('./gateway-channel.ts')).dialThroughGateway(gateway, line.text('token'), to);
  }
  return () => (line.has('udp') ? dialUdp({ ...from, to }) : dialTcp({ ...from, to, connectTimeout, readSize }));
}
