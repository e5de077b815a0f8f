import type { PythonCallName } from '../../python/call-sites.ts';
import type { Program } from './program.ts';

/** A server that waits in one of these has nobody yet to be connected to. */
const TOWARDS_LISTENING: ReadonlySet<PythonCallName> = new Set(['bind', 'listen']);

/** The server, which is the first, and the others when it listens, waits or has ended. */
export function runAll([server, ...clients]: readonly Program[]): void {
  if (!server) return;
  const runClients = () => {
    for (const client of clients) client.run();
  };
  if (server.isRunning) {
    runClients();
    return;
  }
  const waits = () => server.blocked.some(({ call }) => !TOWARDS_LISTENING.has(call));
  const before = new Set(server.sockets.traces());
  const isListening = () => server.sockets.traces().some((trace) => trace.kind === 'listen' && !before.has(trace));
  const isUp = () => !server.isRunning || waits() || isListening();
  server.run();
  const stop = [server.subscribe(look), server.sockets.subscribe(look)];
  function look(): void {
    if (!isUp()) return;
    for (const unsubscribe of stop.splice(0)) unsubscribe();
    runClients();
  }
}
