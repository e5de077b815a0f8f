import { parseArgs } from 'node:util';
import { parseConfig } from '../../server/config.ts';
import { startPlayground } from '../../server/start-playground.ts';

// Budgets and limits off: what is measured is the machine, not the manners.
const { values, positionals } = parseArgs({
  options: { page: { type: 'string', default: '' } },
  allowPositionals: true,
});
const allow = positionals.flatMap((port) => ['--allow', `127.0.0.1:${port}`]);
const config = parseConfig(
  ['--port', '0', '--lab-ports', '0', '--log-level', 'silent', '--mode', 'allow-list', ...allow],
  {},
);
if (typeof config === 'string') throw new Error('unreachable');
const many = 1_000_000_000;
const { url } = await startPlayground({
  ...config,
  ...(values.page === '' ? {} : { webRoot: values.page }),
  limits: {
    streams: 20_000,
    sockets: 30_000,
    framesPerSecond: many,
    framesBurst: many,
    bytesPerSecond: many * 100,
    bytesBurst: many * 100,
    opensPerSecond: many,
    opensBurst: many,
    destinationsPerMinute: many,
    workPerSecond: many,
    workBurst: many,
  },
});
process.stdout.write(`${JSON.stringify({ url })}\n`);
process.once('SIGTERM', () => process.exit(0));
