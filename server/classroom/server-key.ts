import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKey, hashOf, isKeyOf } from './secrets.ts';

const FILE = 'teach-key';
const IS_KEY = /^[0-9a-f]{32}$/;

/** What makes an instructor of whoever shows it; it stays the same for as long as there are rooms. */
export class ServerKey {
  readonly text: string;
  readonly #hash: string;
  readonly #folder: string | undefined;
  #isKept: boolean;

  /** `folder`: where rooms are stored; undefined: they end with the process, and so does the key. */
  constructor(folder: string | undefined) {
    this.#folder = folder;
    const stored = folder === undefined ? undefined : read(join(folder, FILE));
    this.#isKept = stored !== undefined;
    this.text = stored ?? createKey();
    this.#hash = hashOf(this.text);
  }

  readonly isKey = (key: string): boolean => isKeyOf(this.#hash, key);

  /** There is a room now: the link that led to it has to lead to it after a restart too. */
  keep(): void {
    if (this.#isKept || this.#folder === undefined) return;
    this.#isKept = true;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, FILE);
    writeFileSync(path, `${this.text}\n`, { mode: 0o600 });
    chmodSync(path, 0o600);
  }
}

function read(path: string): string | undefined {
  const text = existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  return IS_KEY.test(text) ? text : undefined;
}
