#!/usr/bin/env node
/** The command: the server, unless the first word names something else. */
import { VERSION } from '../server/version.ts';
import { nodeLack } from './node-floor.ts';
import { runCommand } from './run-command.ts';

const [word = '', ...rest] = process.argv.slice(2);

switch (word) {
  case 'connect':
    await runCommand(async () => (await import('./connect.ts')).connectCommand(rest));
    break;
  case 'listen':
    await runCommand(async () => (await import('./listen.ts')).listenCommand(rest));
    break;
  case 'replay':
    await runCommand(async () => (await import('./replay.ts')).replayCommand(rest));
    break;
  case 'export':
    await runCommand(async () => (await import('./export.ts')).exportCommand(rest));
    break;
  case '--version':
  case '-V':
    process.stdout.write(`${VERSION}\n`);
    break;
  default:
    await serve(process.argv.slice(2));
}

/** Its modules need a new Node to be loaded at all: so not before that is known. */
async function serve(args: readonly string[]): Promise<void> {
  const lack = nodeLack(process.versions.node);
  if (lack !== undefined) {
    process.stderr.write(`${lack}\n`);
    process.exitCode = 1;
    return;
  }
  const { runServer } = await import('../server/run-server.ts');
  await runServer(args, 'socket-playground');
}
