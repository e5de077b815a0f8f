import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../../protocol/frame.ts';
import { type CallRequest, CallResult } from '../../../protocol/messages/calls.ts';
import { decodeMessage } from '../../../protocol/messages/codec.ts';
import { encodeDatagram } from '../../../protocol/payloads.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { RawGateway } from '../../../testing/raw-gateway.ts';
import { Destinations } from './destinations.ts';

const PER_MINUTE = 3;
const HERE = '127.0.0.1';

async function open() {
  const asked: string[] = [];
  const server = await startTestPlayground({
    limits: { destinationsPerMinute: PER_MINUTE },
    lookup: async (name) => {
      asked.push(name);
      return [{ address: '127.0.0.9', family: 4 }];
    },
  });
  onTestFinished(() => server.close());
  const { raw } = await RawGateway.enter(server.url);
  onTestFinished(() => raw.cut());
  let stream = -1;
  const openSocket = async (kind: 'udp' | 'bound'): Promise<number> => {
    stream += 2;
    raw.open(stream, { kind, host: HERE, port: 0 });
    await raw.next(FrameType.OPENED, stream);
    return stream;
  };
  const call = async (id: number, message: CallRequest): Promise<string> => {
    raw.send(FrameType.CALL, id, Buffer.from(JSON.stringify({ id: 1, ...message })));
    return decodeMessage(CallResult, (await raw.next(FrameType.RESULT, id)).payload).code ?? 'ok';
  };
  const ways = {
    open: async (host: string) => {
      stream += 2;
      raw.open(stream, { kind: 'tcp', host, port: 1 });
      return await raw.resetCode(stream);
    },
    datagram: async (host: string) => {
      const id = await openSocket('udp');
      raw.send(FrameType.DGRAM, id, encodeDatagram({ at: 0, host, port: 1, bytes: Uint8Array.of(1) }));
      return await raw.resetCode(id);
    },
    connect: async (host: string) => call(await openSocket('bound'), { call: 'connect', host, port: 1 }),
    getaddrinfo: (host: string) => call(0, { call: 'getaddrinfo', host }),
  } as const;
  return { asked, ways };
}

test.each(['open', 'datagram', 'connect', 'getaddrinfo'] as const)(
  '%s of new names is bounded by the minute, before anybody is asked',
  async (way) => {
    const { asked, ways } = await open();
    for (let index = 0; index < PER_MINUTE; index += 1) {
      expect(await ways[way](`name${index}.test`)).not.toBe('DESTINATION_RATE_EXCEEDED');
    }
    expect(await ways[way]('one-more.test')).toBe('DESTINATION_RATE_EXCEEDED');
    expect(asked).not.toContain('one-more.test');
    expect(await ways[way]('name0.test')).not.toBe('DESTINATION_RATE_EXCEEDED'); // known
  },
);

test('all ways draw on one budget; localhost and a literal are looked up by nobody and free to ask for', async () => {
  const { ways } = await open();
  for (const host of ['localhost', 'a.localhost', HERE, '::1']) {
    expect(await ways.getaddrinfo(host)).toBe('ok');
  }
  expect(await ways.open('a.test')).not.toBe('DESTINATION_RATE_EXCEEDED');
  expect(await ways.datagram('b.test')).not.toBe('DESTINATION_RATE_EXCEEDED');
  expect(await ways.connect('c.test')).not.toBe('DESTINATION_RATE_EXCEEDED');
  for (const way of ['open', 'datagram', 'connect', 'getaddrinfo'] as const) {
    expect(await ways[way]('d.test')).toBe('DESTINATION_RATE_EXCEEDED');
  }
});

test('a minute later there are as many again; who has sent us something may be answered; the last named stay known', () => {
  let now = 0;
  const destinations = new Destinations(() => now, 60);
  const name = (from: number, to: number): void => {
    for (let index = from; index < to; index += 1) destinations.charge(`host${index}`);
  };
  name(0, 60);
  const refused = expect.objectContaining({ code: 'DESTINATION_RATE_EXCEEDED' });
  expect(() => destinations.charge('host60')).toThrow(refused);
  destinations.know('peer');
  destinations.charge('peer');
  now = 60_000;
  name(60, 120);
  destinations.charge('host0');
  for (let index = 0; index < 255; index += 1) destinations.know(`peer${index}`);
  destinations.charge('host0');
  expect(() => destinations.charge('host1')).toThrow(refused);
});
