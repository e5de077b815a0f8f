import { useEffect, useRef, useState } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { download } from '../../platform/download.ts';
import type { Playground } from '../../store/playground.ts';
import { type FileJob, type FileWorker, type RunningJob, readFile, writeFile } from './file-job.ts';
import type { FileFormat } from './file-messages.ts';
import { fileName } from './file-name.ts';

const EXTENSIONS: Readonly<Record<FileFormat, string>> = { pcapng: 'pcapng', json: 'json', text: 'txt', python: 'py' };

/** One file at a time: the job that goes on, and how to begin one. A job ends with the part of the page that shows it. */
export function useFileJob(playground: Playground) {
  const [job, setJob] = useState<RunningJob>();
  const running = useRef<RunningJob>(undefined);
  useEffect(() => () => running.current?.cancel(), []);

  async function run<Result>(begun: FileJob<Result>): Promise<Result | undefined> {
    running.current?.cancel();
    running.current = begun;
    setJob(begun);
    try {
      return await begun.done;
    } finally {
      setJob((now) => (now === begun ? undefined : now));
    }
  }
  async function save(format: FileFormat, records: readonly SocketTrace[]): Promise<void> {
    const file = await run(writeFile(createFileWorker(), format, records));
    if (file) download(fileName(new Date(), EXTENSIONS[format]), file);
  }
  /** The sockets that were read back; undefined where it was cancelled. @throws {PlaygroundError} MESSAGE_INVALID */
  function open(file: File): Promise<readonly SocketTrace[] | undefined> {
    return run(readFile(createFileWorker(), file, playground));
  }
  return { job, save, open };
}

export function createFileWorker(): FileWorker {
  return new Worker(new URL('./file-worker.ts', import.meta.url), { type: 'module', name: 'file' });
}
