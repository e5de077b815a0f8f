import { PlaygroundError } from '../../../protocol/errors.ts';
import type { TraceEvent } from '../../../trace/event.ts';
import { Observable } from '../../../trace/observable.ts';
import { recordedEvent, recordedHead } from '../../../trace/recorded.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { Playground, Restoring } from '../../store/playground.ts';
import type { FileFormat, FromFileWorker, ToFileWorker } from './file-messages.ts';
import { countParts, type Part, partsOf, type Source } from './parts.ts';

/** As much of a Worker as is used. */
export type FileWorker = {
  postMessage(message: ToFileWorker, transfer: Transferable[]): void;
  terminate(): void;
  onmessage: ((event: MessageEvent<FromFileWorker>) => void) | null;
  onerror: ((event: ErrorEvent) => void) | null;
};

/** What a person sees of a job, and can do to it. */
export type RunningJob = Pick<FileJob<unknown>, 'subscribe' | 'progress' | 'cancel'>;

/** A file being written or read by a worker of its own. No step of it holds the page for longer than one part takes. */
export class FileJob<Result> extends Observable {
  /** Rejects with what is wrong with the file; undefined where it was cancelled. */
  readonly done: Promise<Result | undefined>;
  readonly #worker: FileWorker;
  readonly #settle: PromiseWithResolvers<Result | undefined>;
  #passed = 0;
  #total = 0;

  constructor(worker: FileWorker) {
    super();
    this.#worker = worker;
    this.#settle = Promise.withResolvers();
    this.done = this.#settle.promise;
    worker.onerror = ({ message }) => this.fail(new PlaygroundError('INTERNAL', message));
  }

  /** How many parts have passed, from 0 to 1; undefined while the worker is at what has no parts. */
  get progress(): number | undefined {
    return this.#total > 0 && this.#passed < this.#total ? this.#passed / this.#total : undefined;
  }
  cancel(): void {
    this.finish(undefined);
  }

  /** For those who drive the job. */
  begin(total: number): void {
    this.#total = total;
    this.changed();
  }
  pass(): void {
    this.#passed += 1;
    this.changed();
  }
  post(message: ToFileWorker, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }
  hear(listener: (message: FromFileWorker) => void): void {
    this.#worker.onmessage = ({ data }) => {
      if (data.type !== 'failed') listener(data);
      else this.fail(data.code ? new PlaygroundError(data.code, data.text) : new Error(data.text));
    };
  }
  finish(result: Result | undefined): void {
    this.#worker.onmessage = null;
    this.#worker.terminate();
    this.#settle.resolve(result);
  }
  fail(error: Error): void {
    this.#settle.reject(error);
    this.finish(undefined);
  }
}

/** Has these sockets written as one file. */
export function writeFile(worker: FileWorker, format: FileFormat, records: readonly SocketTrace[]): FileJob<Blob> {
  const job = new FileJob<Blob>(worker);
  const sources = records.map(sourceOf);
  const parts = partsOf(sources);
  job.hear((message) => {
    if (message.type === 'file') job.finish(message.file);
    else if (message.type === 'more') give(job, parts);
  });
  job.begin(countParts(sources));
  job.post({ type: 'save', format, sockets: records.map(recordedHead) });
  return job;
}

function give(job: FileJob<Blob>, parts: Iterator<Part>): void {
  const next = parts.next();
  if (next.done) {
    job.post({ type: 'end' });
    return;
  }
  job.post({ type: 'part', part: next.value }, 'bytes' in next.value ? [next.value.bytes.buffer] : []);
  job.pass();
}

/** Has a JSON recording read; its sockets join the list when all of it is here. @throws {PlaygroundError} MESSAGE_INVALID */
export function readFile(
  worker: FileWorker,
  file: Blob,
  playground: Pick<Playground, 'restoring'>,
): FileJob<readonly SocketTrace[]> {
  const job = new FileJob<readonly SocketTrace[]>(worker);
  let restoring: Restoring | undefined;
  job.hear((message) => {
    if (message.type === 'recording') {
      restoring = playground.restoring(message.epoch, message.sockets);
      job.begin(message.parts);
    } else if (message.type === 'part') {
      const { part } = message;
      if ('bytes' in part) restoring?.addBytes(part.socket, part.direction, part.bytes);
      else restoring?.addEvents(part.socket, part.events);
      job.pass();
    } else if (message.type === 'end') {
      job.finish(restoring?.show());
      return;
    }
    job.post({ type: 'more' });
  });
  job.post({ type: 'open', file });
  return job;
}

/** As it stands now: what comes later is not of this file. */
function sourceOf(record: SocketTrace): Source {
  const { log, sent, received } = record;
  const upToNow = (stream: SocketTrace['sent']): Source['sent'] => ({
    length: stream.length,
    slice: (offset, count) => stream.slice(offset, count),
  });
  const eventAt = (index: number) => recordedEvent(record, log.at(index) as TraceEvent);
  return { eventCount: log.length(), eventAt, sent: upToNow(sent), received: upToNow(received) };
}
