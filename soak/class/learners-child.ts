/** Learners in a process of their own. Started by learners.ts, which tells it what to do and kills it. */
import type { Milliseconds } from '../../protocol/units.ts';
import { pause, soon } from '../program.ts';
import { Learner } from './learner.ts';
import type { LearnersSetup, LearnersTask, LearnersTold } from './learners.ts';

const [url = '', setup = '{}'] = process.argv.slice(2);
const { count, first, echo } = JSON.parse(setup) as LearnersSetup;
const learners = Array.from({ length: count }, () => new Learner(url));
const SECOND = 1_000;
/** An echo that comes later than this breaks its bound, whenever it comes. */
const LATEST: Milliseconds = 1_500;

/** Each does its work once in so long, one after the other. */
async function each(duration: Milliseconds, run: (learner: Learner, index: number) => void): Promise<void> {
  const start = performance.now();
  for (const [index, learner] of learners.entries()) {
    const due = (duration * index) / learners.length - (performance.now() - start);
    if (due > 1) await pause(due);
    run(learner, index);
  }
  const left = duration - (performance.now() - start);
  if (left > 0) await pause(left);
}

async function join({ code, over }: Extract<LearnersTask, { do: 'join' }>): Promise<LearnersTold> {
  const took: Milliseconds[] = [];
  const joins: Promise<void>[] = [];
  let refused = 0;
  await each(over, (learner, index) => {
    const start = performance.now();
    const joined = learner.room.join({ code, name: `Learner ${first + index}` });
    joins.push(
      joined.then(
        () => void took.push(performance.now() - start),
        () => {
          refused += 1;
        },
      ),
    );
  });
  await Promise.all(joins);
  return { took, refused };
}

async function work({ seconds, reports }: Extract<LearnersTask, { do: 'work' }>): Promise<LearnersTold> {
  const met: [number, number, Milliseconds][] = [];
  for (const learner of learners) learner.echoes.length = 0;
  for (let second = 0; second < seconds; second += 1) {
    await each(SECOND, (learner, index) => {
      learner.echo(echo);
      // One step in five seconds each.
      if (reports && (index + second) % 5 === 0) met.push([learner.seat, learner.meetStep(), Date.now()]);
    });
  }
  await soon(LATEST, () => learners.every(({ waits }) => waits === undefined));
  // What has not come yet has taken so long at the least.
  return { met, echoes: learners.flatMap(({ echoes, waits }) => (waits === undefined ? echoes : [...echoes, waits])) };
}

async function mirror({
  seconds,
  each: interval,
  bytes,
}: Extract<LearnersTask, { do: 'mirror' }>): Promise<LearnersTold> {
  const [source] = learners as [Learner];
  const sent: Milliseconds[] = [];
  source.room.sendMirror('snapshot', new Uint8Array(200_000).fill(0x20));
  for (let part = 0; part * interval < seconds * SECOND; part += 1) {
    const text = `${String(part).padStart(8, '0')}${' '.repeat(bytes - 8)}`;
    sent.push(Date.now());
    source.room.sendMirror('delta', new TextEncoder().encode(text));
    await pause(interval);
  }
  return { sent };
}

async function hands({ seconds, changes }: Extract<LearnersTask, { do: 'hands' }>): Promise<LearnersTold> {
  let refused = 0;
  const asked: Promise<void>[] = [];
  const staysUp = (index: number): boolean => index % 2 === 0;
  for (let change = 1; change <= changes; change += 1) {
    await each((seconds * SECOND) / changes, ({ room }, index) => {
      if (change === changes && staysUp(index)) return;
      const told = room.ask('hand', { up: change % 2 === 1, text: `${change}` });
      asked.push(
        told.then(
          () => undefined,
          () => {
            refused += 1;
          },
        ),
      );
    });
  }
  await Promise.all(asked);
  return { refused, up: learners.filter((_, index) => staysUp(index)).map(({ seat }) => seat) };
}

/** As fast as it goes: reports, hands, wrong codes, and parts of a mirror that nobody asked for. */
async function attack({ seconds }: Extract<LearnersTask, { do: 'attack' }>): Promise<LearnersTold> {
  const end = performance.now() + seconds * SECOND;
  const ignore = (): void => undefined;
  while (performance.now() < end) {
    for (const { room } of learners) {
      for (let times = 0; times < 20; times += 1) {
        room.ask('report', { lesson: 'stream', step: `step-${times}`, hint: 'x' }).catch(ignore);
        room.ask('hand', { up: times % 2 === 0, text: 'x'.repeat(200) }).catch(ignore);
        room.ask('join', { code: '222222', name: 'Eve' }).catch(ignore);
        room.sendMirror('delta', new Uint8Array(1_000));
      }
    }
    await pause(20);
  }
  return {};
}

const DO: {
  readonly [What in LearnersTask['do']]: (task: Extract<LearnersTask, { do: What }>) => Promise<LearnersTold>;
} = {
  enter: async () => {
    await Promise.all(learners.map(({ entered }) => entered));
    return {};
  },
  join,
  work,
  mirror,
  hands,
  attack,
  state: async () => ({
    here: learners.filter(({ room }) => room.model.role === 'learner').length,
    asked: learners.reduce((sum, { asked }) => sum + asked, 0),
    confirmed: learners.map((learner) => [learner.seat, learner.confirmed] as const),
    parts: learners.flatMap(({ parts }) => parts.map(({ part, at }) => [part, at] as const)),
  }),
};

process.on('disconnect', () => process.exit());
process.on('message', (task: LearnersTask) => {
  const run = DO[task.do] as (task: LearnersTask) => Promise<LearnersTold>;
  void run(task).then((told) => process.send?.(told));
});
process.send?.('ready');
