import { expect, test } from 'vitest';
import { ByteStream } from '../../../trace/byte-stream.ts';
import { Observable } from '../../../trace/observable.ts';
import type { ScriptSocket } from '../../../trace/script/script-run.ts';
import { FIRST_PEERS } from './task.ts';
import { TaskRun } from './task-run.ts';

/** A server's side that sends back what it gets and ends when its client has; `isEcho` false: it ends at once. */
class FakeServer extends Observable implements ScriptSocket {
  readonly isConnected = true;
  readonly canSend = true;
  readonly isOver = false;
  readonly queuedBytes = 0;
  ending: ScriptSocket['ending'];
  readonly received = new ByteStream();
  readonly #isEcho: boolean;
  readonly #onClose: () => void;

  constructor(isEcho: boolean, onClose: () => void) {
    super();
    this.#isEcho = isEcho;
    this.#onClose = onClose;
  }
  send(bytes: Uint8Array): void {
    if (this.#isEcho) this.received.append(bytes);
    else this.ending = 'fin';
    this.changed();
  }
  end(): void {
    this.ending = 'fin';
    this.changed();
  }
  reset(): void {
    this.ending = 'reset';
  }
  close(): void {
    this.#onClose();
  }
}
/** Nothing here waits for a time. */
const STILL = { now: () => 0, after: () => () => undefined };
const [echo] = FIRST_PEERS as [(typeof FIRST_PEERS)[0]];

test('the clients of a task come one after the other, and each says how it fared', async () => {
  const steps: string[] = [];
  const connect = (port: number): ScriptSocket => {
    steps.push(`connect ${port}`);
    return new FakeServer(port === 1, () => steps.push(`close ${port}`));
  };
  const peers = [
    { ...echo, id: 'one', port: 1 },
    { ...echo, id: 'two', port: 2 },
  ];
  const run = new TaskRun({ text: '', peers }, connect, STILL);
  expect([run.passed, run.resultOf('one')]).toEqual([undefined, undefined]);
  const ran = run.run();
  expect([run.resultOf('one'), run.resultOf('two'), run.isRunning, run.passed]).toEqual([
    'trying',
    'waiting',
    true,
    undefined,
  ]);
  void run.run(); // pressed twice
  await ran;
  expect(steps).toEqual(['connect 1', 'close 1', 'connect 2', 'close 2']);
  expect(run.resultOf('one')).toEqual({ kind: 'passed' });
  expect(run.resultOf('two')).toMatchObject({ kind: 'failed', action: 1, why: 'ended' });
  expect([run.isRunning, run.passed]).toEqual([false, 1]);
});
