import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { PlaygroundError } from '../protocol/errors.ts';
import type { Endpoint } from '../protocol/messages/fields.ts';
import { formatEndpoint } from '../protocol/target.ts';
import { type CliOptions, CommandLine, helpOf, portOf } from './command-line.ts';
import { familyOf, STANDARD, untilInterrupted } from './connect.ts';
import { EXIT } from './run-command.ts';
import { type Streams, talk } from './talk.ts';
import { TALK_OPTIONS, type TalkOptions, talkOptionsOf } from './talk-options.ts';
import { channelOf } from './tcp-channel.ts';
import { acceptUdp } from './udp-channel.ts';

const OPTIONS: CliOptions = {
  ...TALK_OPTIONS,
  'keep-open': { letter: 'k', help: 'after one peer, serve the next, until Ctrl+C' },
};
const HELP = {
  usage: 'listen [OPTION]… [[HOST] PORT]   (with -U: PATH)',
  about:
    'A server for one peer at a time: it writes what the peer sends to standard output, and sends standard input to the peer.',
  examples: [
    'socket-playground listen                   any free port of loopback, said on standard error',
    'socket-playground listen 0.0.0.0 9000 > received.bin',
    'socket-playground listen -k -x dump.txt 9000',
  ],
};

/** @returns the exit code. @throws {PlaygroundError} CONFIG_INVALID; {Error} the socket's */
export async function listenCommand(args: readonly string[], streams = STANDARD): Promise<number> {
  const line = new CommandLine(OPTIONS, args);
  if (line.has('help')) {
    streams.output.write(helpOf(HELP, OPTIONS));
    return EXIT.well;
  }
  const at = addressOf(line);
  if (line.has('keep-open') && line.has('udp')) {
    throw new PlaygroundError('CONFIG_INVALID', '--keep-open is not for UDP, which has no end');
  }
  const options = talkOptionsOf(line);
  // On standard error: standard output is for the peer's bytes.
  const tellBound = ({ host, port }: Endpoint): void => {
    streams.notes.write(`listening on ${formatEndpoint(host, port)}\n`);
  };
  if (line.has('udp')) {
    return await untilInterrupted(async () => await talk(await acceptUdp(at as Endpoint, tellBound), options, streams));
  }
  return await untilInterrupted(async () => await serve(at, line.has('keep-open'), options, streams));
}

function addressOf(line: CommandLine): Endpoint | { readonly path: string } {
  const { positionals } = line;
  if (line.has('unixsock')) {
    const [path, ...more] = positionals;
    if (path === undefined || more.length > 0) throw new PlaygroundError('CONFIG_INVALID', 'listen -U needs PATH');
    return { path };
  }
  if (positionals.length > 2) throw new PlaygroundError('CONFIG_INVALID', 'listen takes HOST and PORT, no more');
  const loopback = familyOf(line) === 6 ? '::1' : '127.0.0.1';
  const [host, port] = positionals.length === 2 ? positionals : [loopback, positionals[0] ?? '0'];
  return { host: host ?? loopback, port: portOf(port ?? '0', 'PORT') };
}

async function serve(
  at: Endpoint | { readonly path: string },
  isKept: boolean,
  options: TalkOptions,
  streams: Streams,
): Promise<void> {
  const waiting: Socket[] = [];
  const server = createServer({ allowHalfOpen: true, noDelay: true, pauseOnConnect: true });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined); // one that is reset while it waits
    waiting.push(socket);
    server.emit('waiting');
  });
  server.listen({ ...at, exclusive: true });
  await once(server, 'listening');
  const address = server.address();
  const name =
    address === null || typeof address === 'string' ? address : formatEndpoint(address.address, address.port);
  streams.notes.write(`listening on ${name}\n`);
  // Its own all the time, for a signal that finds none ends the process without a code; while there is a peer, talk() has one too.
  let isTalking = false;
  const interrupt = (): void => {
    if (!isTalking) process.exit(EXIT.interrupted);
  };
  process.on('SIGINT', interrupt);
  try {
    // The input is the first peer's. To those after it nothing is sent, until their own FIN is answered.
    for (let peerOptions = options; ; peerOptions = { ...options, isReceiveOnly: true }) {
      if (waiting.length === 0) await once(server, 'waiting');
      const socket = waiting.shift();
      if (!socket || socket.destroyed) continue;
      if (!isKept) server.close();
      isTalking = true;
      await talk(channelOf(socket, 'accepted'), peerOptions, streams).catch((error: Error) => {
        if (!isKept || !('code' in error)) throw error;
        streams.notes.write(`${error.message}\n`);
      });
      isTalking = false;
      if (!isKept) return;
    }
  } finally {
    process.off('SIGINT', interrupt);
  }
}
