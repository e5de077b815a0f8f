import { expect, test } from 'vitest';
import type { KernelState } from '../../../protocol/messages/stats.ts';
import { KernelWatch } from './kernel-watch.ts';
import { Family, Kind, SocketEntry } from './socket-entry.ts';

function create() {
  const asked: (readonly number[])[] = [];
  const reset: SocketEntry[] = [];
  const watch = new KernelWatch(
    (streams) => asked.push(streams),
    (entry) => {
      entry.isOver = true;
      reset.push(entry);
    },
  );
  const entryOf = (id: number): SocketEntry => {
    const entry = new SocketEntry(Family.Inet, Kind.Stream);
    entry.stream = { id } as NonNullable<SocketEntry['stream']>;
    return entry;
  };
  const told = (stream: number, state: string) => watch.onKernel([{ stream, state } as KernelState]);
  return { watch, asked, reset, entryOf, told };
}

test('a send after the peer’s FIN: the kernel is asked until it says that a RST has come', () => {
  const { watch, asked, reset, entryOf, told } = create();
  const entry = entryOf(7);
  watch.sentAfterEnd(entry);
  watch.sentAfterEnd(entry);
  told(7, 'CLOSE-WAIT');
  expect(reset).toEqual([]);
  told(7, 'CLOSED');
  expect(reset).toEqual([entry]);
  expect(asked).toEqual([[7], []]);
});

test('what a person looks at is asked for beside it, and no more than WATCH takes', () => {
  const { watch, asked, reset, entryOf, told } = create();
  watch.look([1, 2]);
  watch.sentAfterEnd(entryOf(7));
  told(1, 'CLOSED');
  expect(reset).toEqual([]);
  expect(watch.states.get(1)?.state).toBe('CLOSED');
  watch.look([]);
  watch.look(Array.from({ length: 20 }, (_, id) => id + 10));
  expect(asked.slice(0, 3)).toEqual([[1, 2], [1, 2, 7], [7]]);
  expect(asked[3]).toHaveLength(16);
  expect(asked[3]).toContain(7);
});

test('a socket that the program has closed is asked for no more', () => {
  const { watch, asked, reset, entryOf, told } = create();
  const entry = entryOf(7);
  watch.sentAfterEnd(entry);
  entry.descriptors = 0;
  told(7, 'LAST-ACK');
  expect([reset, asked]).toEqual([[], [[7], []]]);
});

test('a peer that has only half-closed sends no RST: the kernel is asked for a while after each send', () => {
  const { watch, asked, reset, entryOf, told } = create();
  const entry = entryOf(7);
  watch.sentAfterEnd(entry);
  for (let time = 0; time < 3; time += 1) told(7, 'CLOSE-WAIT');
  watch.sentAfterEnd(entry);
  for (let time = 0; time < 4; time += 1) told(7, 'CLOSE-WAIT');
  expect([reset, asked]).toEqual([[], [[7], []]]);
  watch.sentAfterEnd(entry);
  expect(asked.at(-1)).toEqual([7]);
});
