import { createServer } from 'node:net';
import { FrameType } from '../../protocol/frame.ts';
import { CallResult } from '../../protocol/messages/calls.ts';
import { decodeMessage, encodeMessage } from '../../protocol/messages/codec.ts';
import { Opened } from '../../protocol/messages/socket.ts';
import { pause } from '../program.ts';
import type { Attack } from './attack.ts';
import { persist } from './entering.ts';

/** A minute's worth, which may be saved up. */
const DESTINATIONS = 60;

/** Sockets that are bound and then connected, each to the next port: it may name no more destinations than by OPEN. */
export const boundConnects: Attack = (target, tell) =>
  persist(target, async (raw) => {
    let named = 0;
    const start = performance.now();
    for (let index = 0; raw.ws.readyState === raw.ws.OPEN; index += 1) {
      const stream = 1 + 2 * index;
      raw.open(stream, { kind: 'bound', host: '127.0.0.1', port: 0 });
      const bound = raw.next(FrameType.OPENED, stream).then(() => true);
      if (await Promise.race([bound, raw.next(FrameType.RST, stream).then(() => false), pause(1_000)])) {
        const call = { id: index, call: 'connect', host: '127.0.0.1', port: 30_000 + (index % 30_000) };
        raw.send(FrameType.CALL, stream, encodeMessage(call));
        const { code } = decodeMessage(CallResult, (await raw.next(FrameType.RESULT, stream)).payload);
        // Vacant or forbidden: it has been looked at.
        if (code !== 'DESTINATION_RATE_EXCEEDED') named += 1;
        raw.send(FrameType.CLOSE, stream);
      }
      raw.acknowledge();
      const minutes = (performance.now() - start) / 60_000;
      if (named > DESTINATIONS * (1 + minutes) + 1) tell(`${named} destinations named by CALL connect`);
    }
  });

/** Binds a port and waits until a service of the machine's takes it: is that one a learner's to dial then? */
export const squatted: Attack = (target, tell) =>
  persist(target, async (raw) => {
    raw.open(1, { kind: 'bound', host: '127.0.0.1', port: 0 });
    const { local } = decodeMessage(Opened, (await raw.next(FrameType.OPENED, 1)).payload);
    const service = createServer((socket) => socket.end('secret'));
    service.on('error', () => undefined);
    service.listen({ host: '127.0.0.1', port: local.port });
    await pause(50);
    if (service.listening) {
      raw.open(3, { kind: 'tcp', host: '127.0.0.1', port: local.port });
      const reached = raw.next(FrameType.OPENED, 3).then(() => true);
      if (await Promise.race([reached, raw.next(FrameType.RST, 3).then(() => false), pause(2_000)]))
        tell('a service of the machine’s was dialled by its squatted port');
    }
    service.close();
    await pause(200);
  });
