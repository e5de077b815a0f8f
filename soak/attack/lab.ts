import { connect } from 'node:net';
import { FrameType } from '../../protocol/frame.ts';
import type { SocketOptions, Trouble } from '../../protocol/messages/options.ts';
import { encodeDatagram, encodeU32 } from '../../protocol/payloads.ts';
import { encodeUtf8 } from '../../protocol/utf8.ts';
import type { RawGateway } from '../../testing/raw-gateway.ts';
import { pause } from '../program.ts';
import { type Attack, labPort, type Target } from './attack.ts';
import { persist } from './entering.ts';

const STREAMS = 16;

function connectTo(raw: RawGateway, target: Target, stream: number, name: string, options: SocketOptions): void {
  raw.open(stream, { kind: 'tcp', host: '127.0.0.1', port: labPort(target, name), options });
}

/** Connections whose lab server sleeps, closed at once by the learner, as many as may be opened. */
function abandon(name: string, say: string, trouble?: Trouble): Attack {
  return (target) =>
    persist(target, async (raw) => {
      for (let stream = 1; raw.ws.readyState === raw.ws.OPEN; stream += 2) {
        connectTo(raw, target, stream, name, trouble ? { trouble } : {});
        const opened = await Promise.race([
          raw.next(FrameType.OPENED, stream).then(() => true),
          raw.next(FrameType.RST, stream).then(() => false),
          pause(2_000).then(() => false),
        ]);
        raw.acknowledge();
        if (!opened) {
          await pause(200);
          continue;
        }
        raw.send(FrameType.DATA, stream, encodeUtf8(say));
        await pause(30); // the command is read before FIN comes
        raw.send(FrameType.CLOSE, stream);
      }
    });
}

export const sleepers = abandon('Trouble', 'slow-close 600000\n');
export const delayed = abandon('Trouble', 'delay 600000\nx');
export const proxies = abandon('Raw echo', 'x'.repeat(30_000), { slice: 1, direction: 'both' });

/** Lab servers that send without end, to a learner who takes all of it. */
function drain(name: string, say: string, options: SocketOptions = {}): Attack {
  return (target) =>
    persist(target, async (raw) => {
      raw.ws.on('message', () => undefined);
      for (let index = 0; index < STREAMS; index += 1) {
        connectTo(raw, target, 1 + 2 * index, name, options);
        raw.send(FrameType.CREDIT, 1 + 2 * index, encodeU32(1_000_000));
        if (say !== '') raw.send(FrameType.DATA, 1 + 2 * index, encodeUtf8(say));
      }
      let granted = 0;
      while (raw.ws.readyState === raw.ws.OPEN) {
        raw.acknowledge();
        granted += 1;
        if (granted % 100 === 0)
          for (let index = 0; index < STREAMS; index += 1)
            raw.send(FrameType.CREDIT, 1 + 2 * index, encodeU32(100_000));
        await pause(10);
      }
    });
}
export const characters = drain('Character generator', '');
/** Each byte is a recv(1), and a frame. */
export const bytewise = drain('Character generator', '', { receiveSize: 1 });
export const slices = drain('Trouble', `slice 1\n${'x'.repeat(30_000)}`);

/** Each datagram is a line that the server prints. */
export const datagrams: Attack = (target) =>
  persist(target, async (raw) => {
    for (let index = 0; index < STREAMS; index += 1)
      raw.open(1 + 2 * index, { kind: 'udp', host: '127.0.0.1', port: 0 });
    const datagram = encodeDatagram({
      at: 0,
      host: '127.0.0.1',
      port: labPort(target, 'Datagram echo'),
      bytes: Uint8Array.of(1),
    });
    while (raw.ws.readyState === raw.ws.OPEN) {
      for (let index = 0; index < STREAMS; index += 1) raw.send(FrameType.DGRAM, 1 + 2 * index, datagram);
      raw.acknowledge();
      await pause(20);
    }
  });

/** The same for programs outside the gateway, which no tab pays for. */
export const drainingStrangers: Attack = async (target) => {
  for (let index = 0; index < 120; index += 1) {
    const socket = connect({
      host: '127.0.0.1',
      port: labPort(target, 'Character generator'),
      localAddress: target.address,
    });
    socket.on('error', () => undefined);
    socket.resume();
    if (index % 20 === 19) await pause(20);
  }
  await new Promise(() => undefined);
};

/** Programs outside the gateway, as many as the machine lets them, which neither send nor end. */
export const strangers: Attack = async (target) => {
  for (const name of ['Trouble', 'Threaded echo', 'Raw echo', 'Discard']) {
    for (let index = 0; index < 150; index += 1) {
      const socket = connect({ host: '127.0.0.1', port: labPort(target, name), localAddress: target.address });
      socket.on('error', () => undefined);
      if (index % 20 === 19) await pause(20);
    }
  }
  await new Promise(() => undefined);
};
