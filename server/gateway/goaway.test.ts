import { expect, onTestFinished, test } from 'vitest';
import { FrameType } from '../../protocol/frame.ts';
import { decodeMessage } from '../../protocol/messages/codec.ts';
import { Goaway } from '../../protocol/messages/session.ts';
import { startTestPlayground } from '../../testing/playground.ts';
import { RawGateway } from '../../testing/raw-gateway.ts';

const TABS = 8;

test('a server that stops says when to dial again, 1 to 2 s later, not to all tabs the same', async () => {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const tabs = await Promise.all(Array.from({ length: TABS }, () => RawGateway.enter(server.url)));
  for (const { raw } of tabs) onTestFinished(() => raw.cut());
  server.gateway.close();
  const times = new Set<number>();
  for (const { raw } of tabs) {
    const { code, in: wait = 0 } = decodeMessage(Goaway, (await raw.next(FrameType.GOAWAY)).payload);
    expect(code).toBe('SESSION_GONE');
    expect(wait).toBeGreaterThanOrEqual(1_000);
    expect(wait).toBeLessThan(2_000);
    times.add(wait);
  }
  expect(times.size).toBeGreaterThan(1);
});
