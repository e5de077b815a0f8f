import { failTest } from '../../../testing/playground.ts';
import { createWsDial, nodeClock } from '../../../testing/ws-dial.ts';
import { Playground, type PlaygroundOptions } from '../playground.ts';

/** The page's model, over a real WebSocket from Node. */
export function openTestPage(url: string, overrides: Partial<PlaygroundOptions> = {}): Playground {
  const page = new Playground({
    dial: createWsDial(url),
    clock: nodeClock,
    random: Math.random,
    schedule: (flush) => queueMicrotask(flush),
    reportError: failTest,
    ...overrides,
  });
  page.client.start();
  return page;
}
