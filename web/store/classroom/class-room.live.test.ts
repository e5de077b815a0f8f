import { expect, onTestFinished, test } from 'vitest';
import type { WayBack } from '../../../client/rooms/room-client.ts';
import type { Classroom } from '../../../server/classroom/classroom.ts';
import { OPEN } from '../../../server/classroom/testing/room-page.ts';
import { startTestPlayground, until } from '../../../testing/playground.ts';
import { nodeClock } from '../../../testing/ws-dial.ts';
import { openTestPage } from '../testing/test-page.ts';
import { ClassRoom } from './class-room.ts';

/** A tab with its end of a class room, without a browser. */
async function openTab(url: string): Promise<ClassRoom> {
  const playground = openTestPage(url);
  onTestFinished(() => playground.client.leave());
  let stored: WayBack | undefined;
  const disk = {
    read: () => stored,
    write: (back: WayBack | undefined) => {
      stored = back;
    },
  };
  const room = new ClassRoom({ playground, programs: () => [], clock: nodeClock, disk });
  await until(playground, () => playground.gateway().phase === 'online');
  return room;
}
async function openClass() {
  const server = await startTestPlayground();
  onTestFinished(() => server.close());
  const { key } = server.classroom as Classroom;
  const teacher = await openTab(server.url);
  await teacher.client.create({ key: key.text, name: 'Networks', policy: { ...OPEN, spotlight: 'ask' } });
  return { teacher, url: server.url };
}

test('what is set for the class stands at once, and a second press before the answer keeps the first', async () => {
  const { teacher } = await openClass();
  const pace = { from: { lesson: 'stream' }, to: { lesson: 'stream' } };
  teacher.choices.set({ ...teacher.choices.setting, lesson: 'stream' });
  teacher.choices.set({ ...teacher.choices.setting, pace });
  expect(teacher.choices.setting).toEqual({ paused: false, lesson: 'stream', pace });
  expect(teacher.model.now).toEqual({ paused: false });
  await until(teacher, () => teacher.model.now.pace !== undefined);
  expect(teacher.model.now).toEqual({ paused: false, lesson: 'stream', pace });
});

test('what the server refuses is taken back, and the page is told why', async () => {
  const { teacher } = await openClass();
  teacher.choices.setAgrees(true); // a learner's alone
  expect(teacher.choices.agrees).toBe(true);
  await until(teacher, () => teacher.failure !== undefined);
  expect([teacher.choices.agrees, teacher.failure?.code]).toEqual([false, 'KEY_INVALID']);
});

test('a learner’s consent stands at once, and is the server’s then', async () => {
  const { teacher, url } = await openClass();
  const learner = await openTab(url);
  await learner.client.join({ code: teacher.model.code, name: 'Ada' });
  learner.choices.setAgrees(true);
  expect([learner.choices.agrees, learner.model.own?.agrees]).toEqual([true, false]);
  await until(learner, () => learner.model.own?.agrees === true);
});

test('who locks a room where each is let in finds it so again', async () => {
  const { teacher } = await openClass();
  teacher.choices.setEntry('approve');
  teacher.choices.setLocked(true);
  expect(teacher.choices.policy?.entry).toBe('locked');
  await until(teacher, () => teacher.model.policy?.entry === 'locked');
  teacher.choices.setLocked(false);
  await until(teacher, () => teacher.model.policy?.entry === 'approve');
});
