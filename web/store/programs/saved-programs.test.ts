import { expect, test } from 'vitest';
import { FIRST_PEERS } from '../tasks/task.ts';
import { SavedPrograms } from './saved-programs.ts';
import type { SourceFile } from './shared-programs.ts';

function createTabs(tabs = 1) {
  const kept = new Map<string, string>();
  let now = 0;
  let id = 0;
  const options = {
    store: {
      keys: () => [...kept.keys()],
      read: (key: string) => kept.get(key) ?? null,
      write: (key: string, text: string) => void kept.set(key, text),
      remove: (key: string) => void kept.delete(key),
    },
    now: () => ++now,
    newId: () => `${++id}`,
  };
  return { kept, tabs: Array.from({ length: tabs }, () => new SavedPrograms(options)) };
}
const files = (server: string, client: string): readonly SourceFile[] => [
  { file: 'server.py', source: server },
  { file: 'client.py', source: client },
];
const own = (nth: number) => `Mine ${nth}`;

test('sets are named, listed with the newest first, renamed and removed', () => {
  const [saved] = createTabs().tabs as [SavedPrograms];
  const first = saved.create(own, files('a', 'b'));
  const second = saved.create(own, files('c', 'd'));
  expect(saved.list().map(({ name }) => name)).toEqual(['Mine 2', 'Mine 1']);
  saved.rename(first.id, '  Homework ');
  saved.rename(second.id, '   ');
  expect(saved.list().map(({ name }) => name)).toEqual(['Mine 2', 'Homework']);
  saved.remove(second.id);
  expect(saved.list()).toEqual([{ ...first, name: 'Homework' }]);
  expect(saved.create(own, files('e', 'f')).name).toBe('Mine 1');
});

test('two tabs edit a program each: both edits are kept', () => {
  const [one, other] = createTabs(2).tabs as [SavedPrograms, SavedPrograms];
  const { id, programs: seen } = one.create(own, files('server', 'client'));
  one.save(id, seen, files('server edited', 'client'));
  const merged = other.save(id, seen, files('server', 'client edited'));
  expect(merged.programs).toEqual(files('server edited', 'client edited'));
  expect(one.list()).toHaveLength(1);
});

test('two tabs edit the same program: neither text is lost', () => {
  const [one, other] = createTabs(2).tabs as [SavedPrograms, SavedPrograms];
  const { id, programs: seen } = one.create(own, files('server', 'client'));
  one.save(id, seen, files('of one', 'client'));
  const apart = other.save(id, seen, files('of the other', 'client'));
  expect(apart).toMatchObject({ name: 'Mine 1 (2)', programs: files('of the other', 'client') });
  expect(one.get(id)?.programs).toEqual(files('of one', 'client'));
  const third = other.save(id, seen, files('of a third', 'client'));
  expect(third.name).toBe('Mine 1 (3)');
});

test('a program that was added here, and one that was removed there', () => {
  const [one, other] = createTabs(2).tabs as [SavedPrograms, SavedPrograms];
  const more: readonly SourceFile[] = [...files('s', 'c'), { file: 'client2.py', source: 'c2' }];
  const { id } = one.create(own, more);
  one.save(id, more, files('s', 'c'));
  expect(other.save(id, more, [...more, { file: 'client3.py', source: 'c3' }]).programs).toEqual([
    ...files('s', 'c'),
    { file: 'client3.py', source: 'c3' },
  ]);
});

test('a tab that has nothing new writes nothing: two tabs that tell each other come to rest', () => {
  const { kept, tabs } = createTabs(2);
  const [one, other] = tabs as [SavedPrograms, SavedPrograms];
  const { id, programs: seen } = one.create(own, files('s', 'c'));
  one.save(id, seen, files('edited', 'c'));
  const before = new Map(kept);
  expect(other.save(id, seen, seen).programs).toEqual(files('edited', 'c'));
  expect(kept).toEqual(before);
});

test('what one tab removed while another edits it is made anew', () => {
  const [one, other] = createTabs(2).tabs as [SavedPrograms, SavedPrograms];
  const { id, programs: seen } = one.create(own, files('s', 'c'));
  one.remove(id);
  other.save(id, seen, files('edited', 'c'));
  expect(one.list()[0]?.programs).toEqual(files('edited', 'c'));
});

test.each(['', 'null', '{"name":"x"}', '{"programs":[{"file":"../x","source":""}],"name":"x","at":1}'])(
  'what cannot be read is not listed: %s',
  (text) => {
    const { kept, tabs } = createTabs();
    kept.set('programs.own 9', text);
    expect(tabs[0]?.list()).toEqual([]);
  },
);

test('arguments are kept with their program, and an edit of them is an edit', () => {
  const [one, other] = createTabs(2).tabs as [SavedPrograms, SavedPrograms];
  const [server, client] = files('server', 'client') as [SourceFile, SourceFile];
  const { id, programs: seen } = one.create(own, [server, client]);
  one.save(id, seen, [{ ...server, args: '8009' }, client]);
  const merged = other.save(id, seen, [server, { ...client, args: '127.0.0.1 8009' }]);
  expect(merged.programs.map(({ args }) => args)).toEqual(['8009', '127.0.0.1 8009']);
  expect(other.get(id)?.programs).toEqual(merged.programs);
  expect(one.list()).toHaveLength(1);
});

test('a task is kept with its programs; another tab that knows none of it leaves it there', () => {
  const [one, other] = createTabs(2).tabs as [SavedPrograms, SavedPrograms];
  const task = { text: 'Write an echo.', peers: FIRST_PEERS };
  const { id, programs: seen } = one.create(own, files('server', 'client'));
  expect(one.save(id, seen, seen, { task }).task).toEqual(task);
  expect(other.save(id, seen, files('edited', 'client')).task).toEqual(task);
  expect(other.get(id)).toMatchObject({ programs: files('edited', 'client'), task });
  expect(one.save(id, files('edited', 'client'), files('edited', 'client'), { seen: task }).task).toBeUndefined();
  expect(one.get(id)?.task).toBeUndefined();
});
