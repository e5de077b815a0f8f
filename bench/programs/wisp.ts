import { createServer } from 'node:http';

const name = '@mercuryworkshop/wisp-js/server';
const { createRequire } = await import('node:module');
const require = createRequire(new URL('../competitors/package.json', import.meta.url));
const { server: wisp, logging } = await import(
  require.resolve(name).replace('dist/wisp-server.cjs', 'src/entrypoints/server.mjs')
);
logging.set_level(logging.NONE);
Object.assign(wisp.options, { allow_loopback_ips: true, allow_private_ips: true, wisp_version: 1 });
const server = createServer();
server.on('upgrade', (request, socket, head) => wisp.routeRequest(request, socket, head));
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as { port: number };
  process.stdout.write(`${JSON.stringify({ url: `ws://127.0.0.1:${port}/` })}\n`);
});
process.once('SIGTERM', () => process.exit(0));
