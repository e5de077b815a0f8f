import { createServer } from 'node:net';
import { FrameType } from '../../protocol/frame.ts';
import { decodeMessage } from '../../protocol/messages/codec.ts';
import { Opened } from '../../protocol/messages/socket.ts';
import { pause } from '../program.ts';
import type { Attack } from './attack.ts';
import { persist } from './entering.ts';

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
