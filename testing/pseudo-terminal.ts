import { closeSync, constants, openSync, readSync, writeSync } from 'node:fs';
import koffi from 'koffi';

const XOFF = '\x13';
const XON = '\x11';

/** A terminal of Linux without anybody in front of it (pty(7)): a test holds the keyboard and may read the screen. */
export class PseudoTerminal {
  /** The terminal's own side: what a program gets as its standard input and output. */
  readonly fd: number;
  readonly #keyboard: number;

  constructor() {
    const libc = koffi.load(null);
    const unlock = libc.func('int unlockpt(int)') as (fd: number) => number;
    const nameOf = libc.func('const char *ptsname(int)') as (fd: number) => string;
    const { O_RDWR, O_NOCTTY, O_NONBLOCK } = constants;
    this.#keyboard = openSync('/dev/ptmx', O_RDWR | O_NOCTTY | O_NONBLOCK);
    unlock(this.#keyboard);
    this.fd = openSync(nameOf(this.#keyboard), O_RDWR | O_NOCTTY);
  }
  /** Ctrl-S: the terminal takes no more output. */
  stop(): void {
    writeSync(this.#keyboard, XOFF);
  }
  /** Ctrl-Q. */
  resume(): void {
    writeSync(this.#keyboard, XON);
  }
  /** What stands on the screen since it was read last; empty where there is nothing new. */
  read(): string {
    const buffer = Buffer.alloc(65_536);
    let text = '';
    for (;;) {
      try {
        text += buffer.toString('utf8', 0, readSync(this.#keyboard, buffer));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EAGAIN') return text;
        throw error;
      }
    }
  }
  close(): void {
    closeSync(this.fd);
    closeSync(this.#keyboard);
  }
}
