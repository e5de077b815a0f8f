import { isOtherEnd } from '../../../../trace/socket/other-end.ts';
import type { SocketTrace } from '../../../../trace/socket-trace.ts';
import type { LadderSocket } from '../../../features/ladder/ladder-model.ts';
import type { Program } from '../../../store/programs/program.ts';
import { allOf } from '../../../ui/use-frame.ts';

/** A socket of a program of the page, as its ladder has it. */
export type OwnedSocket = LadderSocket & {
  readonly program: string;
  /** Which run of its program opened it, from 1. */
  readonly ofRun: number;
};

/** Every program's sockets. The first program is the server by its place: its calls stand at the left, as its pane does. */
export function ownedSockets(programs: readonly Program[]): readonly OwnedSocket[] {
  return programs.flatMap(({ file, sockets }, nth) =>
    sockets.all.map(({ trace, run }, index, all) => ({
      record: trace,
      column: nth === 0 ? 'left' : 'right',
      program: file,
      ofRun: run,
      ...(run > 1 && all[index - 1]?.run !== run ? { run } : {}),
    })),
  );
}

/** The socket and the other end of its connection, where that is a program's of the page too. */
export function withOtherEnd(chosen: SocketTrace, sockets: readonly OwnedSocket[]): readonly OwnedSocket[] {
  return sockets.filter(({ record }) => record === chosen || isOtherEnd(record, chosen));
}

/** What a view of one socket shows while none was chosen: the newest that carries bytes. */
export function newestOf(sockets: readonly OwnedSocket[]): SocketTrace | undefined {
  return (sockets.findLast(({ record }) => record.kind !== 'listen') ?? sockets.at(-1))?.record;
}

/** The sockets of all programs as one source. */
export function allSockets(programs: readonly Program[]) {
  const version = () => programs.reduce((sum, { sockets }) => sum + sockets.version(), 0);
  return { version, ...allOf(programs.map(({ sockets }) => sockets)) };
}
