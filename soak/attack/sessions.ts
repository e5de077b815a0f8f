import { FrameType } from '../../protocol/frame.ts';
import { encodeU32 } from '../../protocol/payloads.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';
import { pause } from '../program.ts';
import { type Attack, labPort } from './attack.ts';
import { enter } from './entering.ts';

const GUESSERS = 16;

/** As many as the house has, each held. */
export const hold: Attack = async (target) => {
  const held: RawGateway[] = [];
  for (;;) {
    const entered = await enter(target);
    if (entered) held.push(entered.raw);
    else await pause(500);
  }
};

/** As many as there may be, each left behind with a socket in it. */
export const orphan: Attack = async (target) => {
  for (;;) {
    const entered = await enter(target);
    entered?.raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: labPort(target, 'Raw echo') });
    if (entered) await Promise.race([entered.raw.next(FrameType.OPENED, 1), pause(1_000)]);
    entered?.raw.cut();
  }
};

/** A session whose ring is full comes back again and again: each time all of it is replayed. */
export const resumeLoop: Attack = async (target) => {
  for (;;) {
    const first = await enter(target);
    if (!first) {
      await pause(200);
      continue;
    }
    const { raw, resume } = first;
    raw.open(1, { kind: 'tcp', host: '127.0.0.1', port: labPort(target, 'Character generator') });
    raw.send(FrameType.CREDIT, 1, encodeU32(1_000_000));
    await Promise.race([raw.next(FrameType.DATA, 1), raw.closed]);
    const from = resume();
    raw.cut();
    for (let isKept = from !== undefined; isKept; ) {
      const again = await enter(target, from ? { resume: from } : {});
      isKept = again?.welcome.status === 'resumed';
      again?.raw.cut();
    }
  }
};

/** Wrong tokens, from one address. */
export const guess: Attack = async (target) => {
  const guessOn = async (start: number): Promise<void> => {
    for (let number = start; ; number += GUESSERS) {
      const raw = new RawGateway(target.url, target.address);
      const isOpen = await raw.opened().then(
        () => true,
        () => false,
      );
      if (isOpen) raw.hello({ token: `guess ${number}` });
      await Promise.race([raw.closed, pause(1_000)]);
      raw.cut();
      if (!isOpen) await pause(50);
    }
  };
  await Promise.all(Array.from({ length: GUESSERS }, (_, index) => guessOn(index)));
};
