import { parseConfig } from '../server/config.ts';
import { type RunningPlayground, type StartOptions, startPlayground } from '../server/start-playground.ts';
import { FaultProxy } from './faultproxy.ts';

/** For `lookup`, where no name server is to be asked: nobody is called anything here. */
export async function findNobody(name: string): Promise<never> {
  throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
}

/** The real server, all ports free ones, on loopback. */
export async function startTestPlayground(overrides: Partial<StartOptions> = {}): Promise<RunningPlayground> {
  const config = parseConfig(['--port', '0', '--lab-ports', '0', '--log-level', 'silent'], {});
  if (config === 'help') throw new Error('unreachable');
  return await startPlayground({ ...config, ...overrides });
}

/** The same behind a proxy that misbehaves on demand; the page is to be had by the proxy's address. */
export async function startProxiedPlayground(
  overrides: Partial<StartOptions> = {},
  seed = 1,
): Promise<{ server: RunningPlayground; proxy: FaultProxy; url: string; close: () => Promise<void> }> {
  const proxy = await FaultProxy.start(0, seed);
  const origin = `http://127.0.0.1:${proxy.port}`;
  const server = await startTestPlayground({ ...overrides, origins: [origin] });
  proxy.target = server.port;
  const close = async (): Promise<void> => {
    await proxy.close();
    await server.close();
  };
  return { server, proxy, url: `${origin}/`, close };
}

/** What a callback of the client library threw is nobody's to catch: the test run is red. */
export function failTest(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Resolves when the condition holds; it is asked again at each change. */
export function until(
  observable: { readonly subscribe: (listener: () => void) => () => void },
  condition: () => boolean,
): Promise<void> {
  return new Promise((resolve) => {
    if (condition()) {
      resolve();
      return;
    }
    const stop = observable.subscribe(() => {
      if (!condition()) return;
      stop();
      resolve();
    });
  });
}
