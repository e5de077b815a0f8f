import http, { type RequestListener, type Server } from 'node:http';
import { createRequire, registerHooks } from 'node:module';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';

const { values, positionals } = parseArgs({ options: { bufferutil: { type: 'boolean' } }, allowPositionals: true });

// Its package does not bring bufferutil, which stands beside it here for another bridge.
if (!values.bufferutil) {
  registerHooks({
    resolve: (specifier, context, next) => {
      if (specifier === 'bufferutil') throw Object.assign(new Error('not installed'), { code: 'MODULE_NOT_FOUND' });
      return next(specifier, context);
    },
  });
}

// One target for each instance of the module, which keeps it in variables of its own; it neither takes an address to listen
// on nor tells the port it got.
const require = createRequire(new URL('../competitors/package.json', import.meta.url));
const name = '@maximegris/node-websockify';
const path = require.resolve(name);
const { createServer } = http;
console.log = () => undefined;

function start(target: string): Promise<number> {
  return new Promise((resolve) => {
    const own = (onRequest: RequestListener): Server => {
      const server = createServer(onRequest);
      const listen = server.listen.bind(server);
      const listenHere = (_port: number, onListening: () => void): Server =>
        listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
          onListening();
          resolve((server.address() as AddressInfo).port);
        });
      return Object.assign(server, { listen: listenHere });
    };
    Object.assign(http, { createServer: own });
    delete require.cache[path];
    require(path)({ source: '127.0.0.1:0', target: `127.0.0.1:${target}` });
  });
}

const ports: Record<string, number> = {};
for (const target of positionals) ports[target] = await start(target);
process.stdout.write(`${JSON.stringify({ ports })}\n`);
process.once('SIGTERM', () => process.exit(0));
