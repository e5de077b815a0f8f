import { writeFileSync } from 'node:fs';
import { extname } from 'node:path';
import { PlaygroundError } from '../protocol/errors.ts';
import { refuse } from '../server/settings.ts';
import { type Conversation, toConversation } from '../trace/export/conversation.ts';
import { encodePcapng } from '../trace/export/pcapng/pcapng.ts';
import { cProgram } from '../trace/export/programs/c.ts';
import { netcatProgram } from '../trace/export/programs/netcat.ts';
import { nodeProgram } from '../trace/export/programs/node.ts';
import { pythonProgram } from '../trace/export/programs/python.ts';
import type { Recording } from '../trace/export/recording.ts';
import { toText } from '../trace/export/to-text.ts';
import { type CliOptions, CommandLine, helpOf } from './command-line.ts';
import { STANDARD } from './connect.ts';
import { readRecording } from './recording-file.ts';
import { EXIT } from './run-command.ts';

const OPTIONS: CliOptions = {
  output: { letter: 'o', value: 'FILE', help: 'the file to write; its ending says in which form' },
};
/** Of the first socket that carries bytes: a program is one conversation. */
const program =
  (write: (conversation: Conversation) => string) =>
  ({ sockets }: Recording): string => {
    const socket = sockets.find(({ kind }) => kind !== 'listen');
    if (!socket) throw new PlaygroundError('UNSUPPORTED', 'the recording has no socket that carries bytes');
    return write(toConversation(socket));
  };
const FORMS: Readonly<Record<string, (recording: Recording) => string | Uint8Array>> = {
  '.pcapng': encodePcapng,
  '.txt': (recording) => toText(recording),
  '.py': program(pythonProgram),
  '.mjs': program(nodeProgram),
  '.c': program(cProgram),
  '.sh': program(netcatProgram),
};
const HELP = {
  usage: 'export FILE.json -o FILE.{pcapng,txt,py,mjs,c,sh}',
  about: 'Writes a recording in another form: a capture, text, or a program that does the same again.',
  examples: ['socket-playground export session.json -o session.pcapng'],
};

/** @returns the exit code. @throws {PlaygroundError} CONFIG_INVALID, UNSUPPORTED */
export async function exportCommand(args: readonly string[], streams = STANDARD): Promise<number> {
  const line = new CommandLine(OPTIONS, args);
  if (line.has('help')) {
    streams.output.write(helpOf(HELP, OPTIONS));
    return EXIT.well;
  }
  const [from, ...more] = line.positionals;
  const to = line.text('output');
  if (from === undefined || to === undefined || more.length > 0) {
    throw new PlaygroundError('CONFIG_INVALID', 'export needs FILE.json and -o FILE');
  }
  const form = FORMS[extname(to)];
  if (!form) return refuse('--output', to, `a name with ${Object.keys(FORMS).join(', ')} at its end`);
  writeFileSync(to, form(readRecording(from)));
  return EXIT.well;
}
