import { type RunningPlayground, type StartOptions, startPlayground } from '../server/start-playground.ts';
import { endpointOf } from './kit/tcp/connect-tcp.ts';
import { proxyTcp, type TcpProxy } from './kit/tcp/tcp-proxy.ts';

/** The real server, all ports free ones, on loopback; for the project's own tests (those of others have kit/packaged-playground.ts). */
export async function startTestPlayground(overrides: Partial<StartOptions> = {}): Promise<RunningPlayground> {
  return await startPlayground({ port: 0, labPorts: 0, logLevel: 'silent', state: undefined, ...overrides });
}

/** The same behind a proxy that misbehaves on demand; the page is to be had by the proxy's address. */
export async function startProxiedPlayground(
  overrides: Partial<StartOptions> = {},
  seed = 1,
): Promise<{ server: RunningPlayground; proxy: TcpProxy; url: string; close: () => Promise<void> }> {
  const proxy = await proxyTcp(0, { seed, recordedBytes: 0 });
  const origin = `http://127.0.0.1:${proxy.port}`;
  const server = await startTestPlayground({ ...overrides, origins: [origin] });
  proxy.target = endpointOf(server.port);
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
