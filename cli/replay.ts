import { PlaygroundError } from '../protocol/errors.ts';
import { replay } from '../testing/kit/replay.ts';
import { showDifference } from '../testing/kit/show.ts';
import { areEqual } from '../trace/bytes/first-difference.ts';
import type { RecordedSocket } from '../trace/export/recording.ts';
import { planReplay } from '../trace/export/replay.ts';
import { type CliOptions, CommandLine, helpOf, portOf } from './command-line.ts';
import { STANDARD } from './connect.ts';
import { readRecording } from './recording-file.ts';
import { EXIT } from './run-command.ts';
import { SessionFiles } from './session-files.ts';

const OPTIONS: CliOptions = {
  'original-timing': { help: 'send at the recorded times; otherwise as soon as the earlier answers have come again' },
  wait: { letter: 'w', value: 'TIME', help: 'how long each answer may take: 5' },
  record: { value: 'FILE', help: 'a recording of this replay, .json or .pcapng' },
};
const HELP = {
  usage: 'replay [OPTION]… FILE.json HOST PORT',
  about: 'Sends again what was sent, and ends with 1 if an answer differs from the recorded one.',
  examples: ['socket-playground replay session.json 127.0.0.1 8007'],
};

/** @returns the exit code. @throws {PlaygroundError} CONFIG_INVALID; {Error} the socket's, or that an answer does not come */
export async function replayCommand(args: readonly string[], streams = STANDARD): Promise<number> {
  const line = new CommandLine(OPTIONS, args);
  if (line.has('help')) {
    streams.output.write(helpOf(HELP, OPTIONS));
    return EXIT.well;
  }
  const [file, host, port, ...more] = line.positionals;
  if (file === undefined || host === undefined || port === undefined || more.length > 0) {
    throw new PlaygroundError('CONFIG_INVALID', 'replay needs FILE.json, HOST and PORT');
  }
  const recording = readRecording(file);
  const to = { host, port: portOf(port, 'PORT') };
  const files = new SessionFiles({ dump: undefined, raw: undefined, record: line.text('record') });
  const timeout = line.time('wait');
  const timing = line.has('original-timing') ? 'original' : 'replies';
  const again = await replay(recording, to, { timing, ...(timeout === undefined ? {} : { timeout }) });
  files.finish(again);
  const replayed = new Set(planReplay(recording, 'reply').map(({ id }) => id));
  const before = recording.sockets.filter(({ id }) => replayed.has(id));
  const differences = before.flatMap((socket, index) => differenceOf(socket, again.sockets[index]));
  streams.notes.write(differences.join(''));
  return differences.length === 0 ? EXIT.well : EXIT.failed;
}

function differenceOf(before: RecordedSocket, after: RecordedSocket | undefined): string[] {
  const [wanted, got] = [before, after].map((socket) => socket?.received.slice(0, socket.received.length));
  if (!wanted || (got && areEqual(wanted, got))) return [];
  return [`socket ${before.id}: the answer differs\n${showDifference(wanted, got ?? new Uint8Array())}\n`];
}
