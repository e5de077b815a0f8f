import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Judge } from '../lesson/judge/judge.ts';
import { parsePack } from '../lesson/pack/pack.ts';
import type { Lesson } from '../lesson/schema/schema.ts';
import { LESSONS_FOLDER, readPackFolder } from '../lesson/testing/pack-folder.ts';
import type { LabServer } from '../protocol/messages/session.ts';
import { encodeUtf8 } from '../protocol/utf8.ts';
import { PageFacts } from '../web/store/lessons/page-facts.ts';
import { LiveSocket } from '../web/store/live-socket.ts';
import type { Playground } from '../web/store/playground.ts';

/**
 * `npm run bench:judge`: what the judge of lessons costs a frame while 5,000 calls a second go by on sockets that the step looks
 * at, and what it keeps of each; for each step of each lesson the frames of ten seconds, over the page's own facts. The mean is
 * processor time of the thread, as what else runs on the machine is not the judge's; some systems count that in ticks of 4 ms, so
 * that single frames are told by the clock.
 */
const FRAMES_PER_SECOND = 60;
const CALLS_PER_SECOND = 5_000;
const SECONDS = 10;
const SOCKETS = 4;
/** A send, what the server makes of it, and what comes back. */
const CALLS_PER_TURN = 4;
const TURNS_PER_FRAME = Math.ceil(CALLS_PER_SECOND / FRAMES_PER_SECOND / CALLS_PER_TURN);
const FRAMES = FRAMES_PER_SECOND * SECONDS;
const GOAL = { frame: 1, fact: 100 };
/** Texts that lessons look for, so that patterns are tried to their end. */
const TEXTS = ['Hello, ', 'hello python', 'abcdefghi', '\u4f60\u597d'].map(encodeUtf8);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

type Figures = { readonly name: string; readonly mean: number; readonly late: number; readonly fact: number };

/** The page's sockets without a gateway, on a lab server each. */
class Conversation {
  readonly sockets: readonly LiveSocket[];
  readonly facts: PageFacts;
  #at = 0;
  #turn = 0;

  constructor(lab: string) {
    const target = { host: '127.0.0.1', port: 8_009 };
    this.sockets = Array.from({ length: SOCKETS }, (_, index) => {
      const socket = new LiveSocket({ id: index + 1, ordinal: index + 1, kind: 'tcp', target, receiveSize: 1_024 });
      return socket;
    });
    const playground = {
      sockets: () => this.sockets,
      lab: () => [{ name: lab, protocol: 'tcp', ...target, preferredPort: target.port }] as readonly LabServer[],
      labStats: () => new Map(),
      families: { tried: [], echoed: [] },
    };
    this.facts = new PageFacts({ playground: playground as unknown as Playground, now: () => this.#at / 1_000 });
  }
  open(): void {
    this.sockets.forEach((socket, index) => {
      const [local, remote] = [
        { host: '127.0.0.1', port: 40_000 + index },
        { host: '127.0.0.1', port: 8_009 },
      ];
      socket.onOpened({ called: this.#now(), at: this.#now(), local, remote });
      socket.onEvent({ ...this.#event('accept'), text: '127.0.0.1:40000' });
    });
  }
  frame(): void {
    for (let turn = 0; turn < TURNS_PER_FRAME; turn += 1) this.#talk();
    this.facts.read();
  }

  #talk(): void {
    const socket = this.sockets[this.#turn % SOCKETS] as LiveSocket;
    const bytes = TEXTS[Math.floor(this.#turn / SOCKETS) % TEXTS.length] as Uint8Array;
    this.#turn += 1;
    socket.onQueued(bytes);
    socket.onSent([{ at: this.#now(), count: bytes.length }]);
    socket.onEvent({ ...this.#event('recv'), argument: 1_024, count: bytes.length });
    socket.onEvent({ ...this.#event('send'), count: bytes.length });
    socket.onData(this.#now(), bytes);
  }
  #event(call: 'accept' | 'recv' | 'send') {
    return { at: this.#now(), call, argument: undefined, count: 0, text: '', error: undefined };
  }
  #now(): number {
    this.#at += 1_000_000 / CALLS_PER_SECOND;
    return this.#at;
  }
}

function processorTime(run: () => void): number {
  const began = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(began);
  return (user + system) / 1_000;
}
function heap(): number {
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Frames while the judge looks on, and the memory that is left when it has gone. */
function measure(lesson: Lesson, index: number): Figures {
  const step = lesson.steps[index];
  const conversation = new Conversation(lesson.start.lab ?? 'Timestamp echo');
  const { facts } = conversation;
  facts.read();
  let judge: Judge | undefined = new Judge(lesson, facts, new Set(lesson.steps.slice(0, index).map(({ id }) => id)));
  conversation.open();
  let sum = 0;
  const spans: number[] = [];
  let frames = 0;
  for (; frames < FRAMES && judge.current === step; frames += 1) {
    conversation.frame();
    const began = performance.now();
    sum += processorTime(() => judge?.update());
    spans.push(performance.now() - began);
  }
  const before = heap();
  judge = undefined;
  const kept = before - heap();
  return {
    name: `${lesson.id}/${step?.id}`,
    mean: sum / frames,
    late: spans.toSorted((one, other) => one - other)[Math.floor(spans.length * 0.99)] ?? 0,
    fact: frames < FRAMES ? 0 : kept / (frames * TURNS_PER_FRAME * CALLS_PER_TURN),
  };
}

const [word = ''] = process.argv.slice(2);
const { lessons } = parsePack(readPackFolder(LESSONS_FOLDER));
const all = lessons
  .flatMap(({ lesson }) => lesson.steps.map((step, index) => ({ lesson, index, name: `${lesson.id}/${step.id}` })))
  .filter(({ name }) => name.includes(word))
  .map(({ lesson, index }) => measure(lesson, index))
  .toSorted((one, other) => other.mean - one.mean);
for (const { name, mean, late, fact } of all.slice(0, 12)) {
  process.stdout.write(
    `${name.padEnd(24)}${mean.toFixed(3).padStart(8)} ms a frame, p99 by the clock ${late.toFixed(2).padStart(6)} ms, ${fact.toFixed(0).padStart(4)} B a fact\n`,
  );
}
const isMet = all.every(({ mean, fact }) => mean <= GOAL.frame && fact <= GOAL.fact);
process.stdout.write(
  `${isMet ? 'met' : 'missed'}: ${all.length} steps, at most ${GOAL.frame} ms a frame and ${GOAL.fact} B a fact\n`,
);
process.exitCode = isMet ? 0 : 1;
