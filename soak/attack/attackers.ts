import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerProcess } from '../server/server-process.ts';
import type { Row } from './rows.ts';

const CHILD = fileURLToPath(new URL('attacker-child.ts', import.meta.url));
/** The first of the attackers' addresses; learners have those below. */
const FIRST_ADDRESS = 10;

/** The processes of one row's attack. */
export class Attackers {
  /** What gave way that must not have, in words. */
  readonly breaches: string[] = [];
  readonly #children: ChildProcess[] = [];

  static async start(row: Row, { url, lab }: Pick<ServerProcess, 'url' | 'lab'>): Promise<Attackers> {
    const attackers = new Attackers();
    for (let index = 0; index < row.attackers; index += 1) {
      const address = `127.0.0.${FIRST_ADDRESS + (row.isOneAddress ? 0 : index)}`;
      attackers.#spawn(row.name, JSON.stringify({ url, lab, address }));
    }
    await Promise.all(attackers.#children.map((child) => once(child, 'message')));
    for (const child of attackers.#children) child.on('message', (breach) => attackers.breaches.push(`${breach}`));
    return attackers;
  }

  get areRunning(): boolean {
    return this.#children.every(isRunning);
  }
  async stop(): Promise<void> {
    const running = this.#children.splice(0).filter(isRunning);
    const ended = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGKILL');
    await Promise.all(ended);
  }

  #spawn(row: string, target: string): void {
    this.#children.push(
      spawn(process.execPath, [CHILD, row, target], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] }),
    );
  }
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}
