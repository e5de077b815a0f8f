import type { Hello, Welcome } from '../../protocol/messages/session.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { pause } from '../program.ts';
import type { Target } from './attack.ts';

const TURN_MILLISECONDS = 10;
const QUEUED_BYTES = 262_144;
const AGAIN_AFTER = 100;
const ENTERED_WITHIN = 3_000;

export type Entered = { readonly raw: RawGateway; readonly welcome: Welcome; readonly resume: () => Hello['resume'] };

/** A session of one's own; undefined where it is refused, or not answered. */
export async function enter({ url, address }: Target, hello: Partial<Hello> = {}): Promise<Entered | undefined> {
  const entering = RawGateway.enter(url, hello, address).catch(() => undefined);
  const entered = await Promise.race([entering, pause(ENTERED_WITHIN).then(() => undefined)]);
  if (!entered) void entering.then((late) => late?.raw.cut());
  return entered;
}

/** As fast as the WebSocket takes it, for as long as it is open. */
export async function pour(raw: RawGateway, send: () => void): Promise<void> {
  while (raw.ws.readyState === raw.ws.OPEN) {
    for (let count = 0; count < 500 && raw.ws.bufferedAmount < QUEUED_BYTES; count += 1) send();
    await pause(TURN_MILLISECONDS);
  }
}

/** Enters, does it until the session ends, and enters again, for ever. What was heard is not kept. */
export async function persist(target: Target, run: (raw: RawGateway) => Promise<unknown>): Promise<never> {
  for (;;) {
    const entered = await enter(target);
    if (entered) await Promise.race([run(entered.raw), entered.raw.closed]).catch(() => undefined);
    entered?.raw.cut();
    await pause(AGAIN_AFTER);
  }
}
