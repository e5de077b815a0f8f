import { PlaygroundError } from '../protocol/errors.ts';
import { helpText, parseConfig } from './config.ts';
import { startPlayground } from './start-playground.ts';

const CLOSE_WITHIN = 2_000;

function giveUp(message: string, status: number): never {
  process.stderr.write(`${message}\n`);
  process.exit(status);
}

async function main(): Promise<void> {
  const config = parseConfig(process.argv.slice(2), process.env);
  if (config === 'help') {
    process.stdout.write(`${helpText()}\n`);
    return;
  }
  const print = (server: string, line: string): void => void process.stdout.write(`[${server}] ${line}\n`);
  const playground = await startPlayground({ ...config, print });
  for (const { name, protocol, host, port, preferredPort } of playground.lab.servers) {
    const moved = port === preferredPort ? '' : ` (${preferredPort} is in use)`;
    process.stdout.write(`${name.padEnd(12)} ${protocol} ${host} port ${port}${config.labPorts === 0 ? '' : moved}\n`);
  }
  if (config.port === undefined && playground.port !== 8_080) process.stdout.write('Port 8080 is in use.\n');
  if (config.mode === 'open') process.stdout.write('Mode open: learners may dial any public address from here.\n');
  process.stdout.write(`\n${playground.url}\n`);

  const stop = (): void => {
    setTimeout(() => process.exit(1), CLOSE_WITHIN).unref();
    playground.close().then(
      () => process.exit(0),
      (error: Error) => giveUp(error.message, 1),
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

main().catch((error: NodeJS.ErrnoException) => {
  if (error instanceof PlaygroundError && error.code === 'CONFIG_INVALID') {
    giveUp(`${error.message}\nnpm start -- --help lists all options.`, 2);
  }
  if (error.code === 'EADDRINUSE') giveUp(`${error.message}: choose another port with --port.`, 1);
  giveUp(error.stack ?? String(error), 1);
});
