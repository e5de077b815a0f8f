import { Unicode11Addon } from '@xterm/addon-unicode11';
import type { ITerminalAddon, Terminal } from '@xterm/headless';
// By path: the `module` field of its package.json names a file that the package does not have.
import { Terminal as Headless } from '@xterm/headless/lib-headless/xterm-headless.mjs';

/** Rows that scrolled out at the top of the screen and are kept. */
export const SCROLLBACK_ROWS = 10_000;
/** xterm carries out a sequence with a count in a loop: this many steps do not hold the page up. */
const COUNT_MAX = 1_000;
/** The sequences of ECMA-48 that shift rows or repeat a character as often as their count says: IL, DL, SU, SD, REP. */
const COUNTED = ['L', 'M', 'S', 'T', 'b'];

/** xterm's parser and buffer without a display. Its line discipline is a terminal's: a line feed returns the carriage too (ONLCR). */
export function createHeadless(columns: number, rows: number): Terminal {
  const terminal = new Headless({
    cols: columns,
    rows,
    scrollback: SCROLLBACK_ROWS,
    convertEol: true,
    allowProposedApi: true,
    logLevel: 'off', // a sequence that it cannot parse is the program's affair
  });
  // Its types are of @xterm/xterm, whose terminal has the same `unicode`. Without it emoji take one cell.
  terminal.loadAddon(new Unicode11Addon() as unknown as ITerminalAddon);
  terminal.unicode.activeVersion = '11';
  for (const final of COUNTED) {
    terminal.parser.registerCsiHandler({ final }, ([count]) => typeof count === 'number' && count > COUNT_MAX);
  }
  return terminal;
}
