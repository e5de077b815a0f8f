import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { ByteCount, Milliseconds } from '../../protocol/units.ts';
import { CHROMIUM_FLAGS, findChromium } from '../../scripts/chromium.mjs';

const LOOK_INTERVAL: Milliseconds = 20;
const PATIENCE: Milliseconds = 30_000;

type Reply = { readonly id?: number; readonly result?: unknown; readonly error?: { readonly message: string } };
type Evaluated = {
  readonly result: { readonly value: unknown };
  readonly exceptionDetails?: { readonly text: string };
};

export type Page = {
  /** Runs a function of the page, with arguments that JSON can say, and waits for its promise. */
  readonly evaluate: <Arguments extends readonly unknown[], Value>(
    run: (...given: Arguments) => Value,
    ...given: Arguments
  ) => Promise<Awaited<Value>>;
  /** Of JavaScript's heap, once garbage is collected. */
  readonly heapUsed: () => Promise<ByteCount>;
  readonly close: () => Promise<void>;
};

/**
 * A Chromium whose pages nobody listens in on. Playwright has the browser tell it of every WebSocket message, which takes half of
 * the time of a small one; here the DevTools protocol evaluates, and nothing else of it is switched on.
 */
export class BareBrowser {
  readonly #child: ChildProcess;
  readonly #profile: string;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #next = 1;

  private constructor(child: ChildProcess, profile: string, socket: WebSocket) {
    this.#child = child;
    this.#profile = profile;
    this.#socket = socket;
    socket.on('message', (message: Buffer) => {
      const reply = JSON.parse(String(message)) as Reply;
      this.#waiting.get(reply.id ?? 0)?.(reply);
      this.#waiting.delete(reply.id ?? 0);
    });
  }

  static async launch(): Promise<BareBrowser> {
    const path = findChromium();
    if (!path) throw new Error('no Chromium: name one with CHROMIUM=…');
    const profile = await mkdtemp(join(tmpdir(), 'bench-python-'));
    const flags = [...CHROMIUM_FLAGS, '--headless=new', '--window-size=1440,900', '--remote-debugging-port=0'];
    const child = spawn(path, [...flags, `--user-data-dir=${profile}`, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const socket = new WebSocket(await debuggerUrl(child), { perMessageDeflate: false });
    await once(socket, 'open');
    return new BareBrowser(child, profile, socket);
  }

  async open(url: string): Promise<Page> {
    const { targetId } = (await this.#send('Target.createTarget', { url })) as { targetId: string };
    const attached = await this.#send('Target.attachToTarget', { targetId, flatten: true });
    const { sessionId } = attached as { sessionId: string };
    await this.#untilThere(sessionId);
    const evaluate = async (run: unknown, ...given: readonly unknown[]): Promise<never> => {
      const expression = `(${String(run)})(...${JSON.stringify(given)})`;
      const options = { expression, awaitPromise: true, returnByValue: true, userGesture: true };
      const answer = (await this.#send('Runtime.evaluate', options, sessionId)) as Evaluated;
      if (answer.exceptionDetails) throw new Error(answer.exceptionDetails.text);
      return answer.result.value as never;
    };
    const heapUsed = async (): Promise<ByteCount> => {
      await this.#send('HeapProfiler.collectGarbage', {}, sessionId);
      const { usedSize } = (await this.#send('Runtime.getHeapUsage', {}, sessionId)) as { usedSize: ByteCount };
      return usedSize;
    };
    return { evaluate, heapUsed, close: async () => void (await this.#send('Target.closeTarget', { targetId })) };
  }
  async close(): Promise<void> {
    const gone = once(this.#child, 'exit');
    await this.#send('Browser.close', {});
    await gone;
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A target is there before its document is: until then it has no execution context, or that of about:blank, which goes. */
  async #untilThere(sessionId: string): Promise<void> {
    const expression = `location.href !== 'about:blank' && document.readyState !== 'loading'`;
    const isThere = () =>
      this.#send('Runtime.evaluate', { expression, returnByValue: true }, sessionId).then(
        (answer) => (answer as Evaluated).result.value === true,
        () => false,
      );
    const deadline = performance.now() + PATIENCE;
    while (!(await isThere())) {
      if (performance.now() > deadline) throw new Error('the page does not open');
      await delay(LOOK_INTERVAL);
    }
  }

  #send(method: string, params: object, sessionId?: string): Promise<unknown> {
    const id = this.#next;
    this.#next += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => (error ? reject(new Error(error.message)) : resolve(result)));
      this.#socket.send(JSON.stringify({ id, method, params, ...(sessionId === undefined ? {} : { sessionId }) }));
    });
  }
}

function debuggerUrl({ stderr }: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    stderr?.on('data', (data) => {
      said += String(data);
      const url = /DevTools listening on (\S+)/.exec(said)?.[1];
      if (url) resolve(url);
    });
    stderr?.once('close', () => reject(new Error(`Chromium ended: ${said}`)));
  });
}
