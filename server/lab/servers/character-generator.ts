import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import type { LabConnection } from '../lab-connection.ts';
import type { LabProgram } from '../lab-program.ts';

const RECEIVE_BYTES = 1_024;
const FIRST = 0x20;
/** The 95 printing characters of ASCII, blank included. */
const PRINTING = 95;
const LINE_CHARACTERS = 72;
const LINE_BYTES = LINE_CHARACTERS + 2;
/** 4 KiB, as a stdio(3) of that buffer would have it: a send for each line would be 22,000 calls a second. */
const LINES_A_SEND = 55;
/** The circle of all lines, and its beginning once more: each send is a part of it. To make them anew took half of a core. */
const LINES = Buffer.from(
  Array.from({ length: PRINTING + LINES_A_SEND }, (_, first) => characterLine(first)).join(''),
  'latin1',
);

/** RFC 864: lines of 72 characters, each beginning one character later in ASCII, until the client ends its sending. */
export const characterGenerator: LabProgram = {
  name: 'Character generator',
  preferredPort: LAB_PORTS['Character generator'],
  backlog: 128,
  isThreaded: true,
  async serve(connection) {
    let isOver = false;
    const ended = throwAwayInput(connection).finally(() => {
      isOver = true;
    });
    // Told by the await below; a failure while a send waits is that send's failure too.
    ended.catch(() => undefined);
    for (let first = 0; !isOver; first = (first + LINES_A_SEND) % PRINTING) await connection.send(lines(first));
    await ended;
    connection.close();
  },
};

function lines(first: number): Uint8Array {
  return LINES.subarray(first * LINE_BYTES, (first + LINES_A_SEND) * LINE_BYTES);
}

async function throwAwayInput(connection: LabConnection): Promise<void> {
  for (;;) {
    const data = await connection.recv(RECEIVE_BYTES);
    if (data.length === 0) return;
  }
}

/** 72 characters from the one at this place among the printing ones, and CR LF. */
export function characterLine(first: number): string {
  const codes = Array.from({ length: LINE_CHARACTERS }, (_, index) => FIRST + ((first + index) % PRINTING));
  return `${String.fromCharCode(...codes)}\r\n`;
}
