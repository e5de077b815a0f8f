import { FrameType } from '../../protocol/frame.ts';
import { encodeMessage } from '../../protocol/messages/codec.ts';
import { encodeDatagram } from '../../protocol/payloads.ts';
import { pause } from '../program.ts';
import type { Attack } from './attack.ts';
import { persist } from './entering.ts';

/** Names that no name server answers for, by OPEN and by CALL. */
export const unanswered: Attack = (target) =>
  persist(target, async (raw) => {
    for (let index = 0; raw.ws.readyState === raw.ws.OPEN; index += 1) {
      const host = `${process.pid}-${index}.slow.example`;
      if (index % 2 === 0) raw.open(1 + index, { kind: 'tcp', host, port: 80 });
      else raw.send(FrameType.CALL, 0, encodeMessage({ id: index, call: 'getaddrinfo', host }));
      raw.acknowledge();
      await pause(50);
    }
  });

/** A new name with each datagram. */
export const datagramNames: Attack = (target) =>
  persist(target, async (raw) => {
    raw.open(1, { kind: 'udp', host: '127.0.0.1', port: 0 });
    for (let index = 0; raw.ws.readyState === raw.ws.OPEN; index += 1) {
      const host = `${process.pid}-${index}.slow.example`;
      raw.send(FrameType.DGRAM, 1, encodeDatagram({ at: 0, host, port: 9, bytes: Uint8Array.of(1) }));
      raw.acknowledge();
      await pause(5);
    }
  });
