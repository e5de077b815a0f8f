import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from '../../testing/node-flags.ts';
import { PseudoTerminal } from '../../testing/pseudo-terminal.ts';
import type { ServerQuestion, ServerReady, ServerSetup, ServerState } from './server-messages.ts';

const CHILD = fileURLToPath(new URL('server-child.ts', import.meta.url));

/** What its standard output is. */
function outputOf({ output }: ServerSetup): { readonly fd: number | 'inherit'; readonly close: () => void } {
  if (output === undefined) return { fd: 'inherit', close: () => undefined };
  if (output === 'full disk') {
    const fd = openSync('/dev/full', 'w');
    return { fd, close: () => closeSync(fd) };
  }
  const terminal = new PseudoTerminal();
  terminal.stop();
  return { fd: terminal.fd, close: () => terminal.close() };
}

/** A server in a process of its own. */
export class ServerProcess {
  readonly url: string;
  readonly port: number;
  readonly #child: ChildProcess;
  readonly #lab: ServerReady['lab'];
  /** Of its class rooms. */
  readonly teachKey: string;

  private constructor(child: ChildProcess, { url, port, lab, teachKey }: ServerReady) {
    this.#child = child;
    this.url = url;
    this.port = port;
    this.#lab = lab;
    this.teachKey = teachKey;
  }

  /** `descriptors`: its ulimit -n. @throws {Error} it ended before it listened */
  static async start(setup: ServerSetup = {}, descriptors?: number): Promise<ServerProcess> {
    const node = [process.execPath, ...NODE_FLAGS, '--expose-gc', CHILD, JSON.stringify(setup)];
    const [command = '', ...args] =
      descriptors === undefined ? node : ['/bin/sh', '-c', `ulimit -n ${descriptors}; exec "$@"`, 'sh', ...node];
    const output = outputOf(setup);
    const child = spawn(command, args, { stdio: ['ignore', output.fd, 'inherit', 'ipc'] });
    child.once('exit', output.close);
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`the server ended with ${code}`);
    });
    const [ready] = (await Promise.race([once(child, 'message'), ended])) as [ServerReady];
    ended.catch(() => undefined); // from here on `isRunning` tells
    return new ServerProcess(child, ready);
  }

  /** No crash so far. */
  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }
  labPort(name: string): number {
    const port = this.#lab.find((server) => server.name === name)?.port;
    if (port === undefined) throw new Error(`no lab server ${name}`);
    return port;
  }
  get lab(): ServerReady['lab'] {
    return this.#lab;
  }
  /** Garbage is collected before it is looked at. */
  state(): Promise<ServerState> {
    return this.#ask('state');
  }
  /** As it is, without holding anybody up. */
  glance(): Promise<ServerState> {
    return this.#ask('glance');
  }
  async #ask(question: ServerQuestion): Promise<ServerState> {
    this.#child.send(question);
    const [state] = (await once(this.#child, 'message')) as [ServerState];
    return state;
  }
  /** As a crash ends it: nothing is written any more. */
  async kill(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
  }
  async stop(): Promise<void> {
    if (!this.isRunning) return;
    const ended = once(this.#child, 'exit');
    this.#child.disconnect();
    await ended;
  }
}
