import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import type { Milliseconds } from '../../../protocol/units.ts';
import type { LabConnection } from '../lab-connection.ts';
import type { LabProgram } from '../lab-program.ts';
import { formatTrouble, parseTrouble, TROUBLE_USAGE, type Trouble } from './trouble-command.ts';
import { TroubleInput } from './trouble-input.ts';

/** How finely a bandwidth is kept. */
const PIECES_PER_SECOND = 20;

/** An echo server that misbehaves as the client's first line asks: see `parseTrouble`. */
export const trouble: LabProgram = {
  name: 'Trouble',
  preferredPort: LAB_PORTS.Trouble,
  backlog: 128,
  isThreaded: true,
  // Each slice is to leave by itself, whatever of those before it is not yet acknowledged.
  noDelay: true,
  async serve(connection) {
    const input = new TroubleInput(connection);
    const chosen = await readTrouble(connection, input);
    if (chosen) await misbehave(connection, input, chosen);
    connection.close();
  },
};

/** Asks until a line is right; undefined where the client has ended its sending before. */
async function readTrouble(connection: LabConnection, input: TroubleInput): Promise<Trouble | undefined> {
  for (;;) {
    const line = await input.readLine();
    if (line === undefined) return undefined;
    const parsed = parseTrouble(line);
    if (parsed.ok) {
      await connection.send(`ok ${formatTrouble(parsed.trouble)}\n`);
      return parsed.trouble;
    }
    await connection.send(`${parsed.problem}; ${TROUBLE_USAGE}\n`);
  }
}

async function misbehave(connection: LabConnection, input: TroubleInput, chosen: Trouble): Promise<void> {
  if (chosen['half-close']) await connection.shutdown();
  const isMute = chosen.silent || chosen['half-close'];
  const answers = new Answers(connection, chosen);
  if (!isMute && answers.isOver()) return;
  for (;;) {
    const data = await input.read();
    if (data.length === 0) break;
    if (isMute) continue;
    await connection.sleep(answerDelay(chosen, Math.random()));
    await answers.send(data);
    if (answers.isOver()) return;
  }
  await connection.sleep(chosen['slow-close'] ?? 0);
}

/** How long the next answer waits; `random` is from 0 to 1. */
export function answerDelay({ delay = 0, jitter = 0 }: Trouble, random: number): Milliseconds {
  return Math.max(0, delay + jitter * (2 * random - 1));
}

/** What is sent back, sliced, and cut off where it was to be. */
class Answers {
  readonly #connection: LabConnection;
  readonly #trouble: Trouble;
  #sent = 0;

  constructor(connection: LabConnection, chosen: Trouble) {
    this.#connection = connection;
    this.#trouble = chosen;
  }

  /** Whether the connection is to end here; it is reset already where that was asked for. */
  isOver(): boolean {
    const { limit, reset } = this.#trouble;
    if (reset !== undefined && this.#sent >= reset) this.#connection.reset();
    return this.#connection.isClosed || (limit !== undefined && this.#sent >= limit);
  }

  async send(data: Buffer): Promise<void> {
    const {
      slice,
      drip,
      bandwidth,
      limit = Number.POSITIVE_INFINITY,
      reset = Number.POSITIVE_INFINITY,
    } = this.#trouble;
    const allowed = Math.min(data.length, Math.min(limit, reset) - this.#sent);
    const piece = bandwidth === undefined ? allowed : Math.max(1, Math.floor(bandwidth / PIECES_PER_SECOND));
    const step = slice ?? (drip === undefined ? piece : 1);
    for (let start = 0; start < allowed; start += step) {
      const bytes = data.subarray(start, Math.min(start + step, allowed));
      if (bandwidth !== undefined) await this.#connection.sleep((bytes.length / bandwidth) * 1_000);
      await this.#connection.send(bytes);
      this.#sent += bytes.length;
      if (drip !== undefined && start + step < allowed) await this.#connection.sleep(drip);
    }
  }
}
