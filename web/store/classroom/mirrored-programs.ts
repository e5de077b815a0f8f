import { type MirrorSource, mirrorSource } from '../../../trace/mirror/mirror-feed.ts';
import type { MirrorProgram } from '../../../trace/mirror/mirror-message.ts';
import type { Program } from '../programs/program.ts';

type ToldProgram = Pick<Program, 'file' | 'source' | 'isRunning' | 'printed' | 'sockets'>;

const FILE_MAX = 64;
/** Characters of a program, and of what it has printed. Told whole with each change, they still leave room for the sockets. */
const TEXT_MAX = 16_384;
const PRINTED_MAX = 6_000;
const LINES_MAX = 200;
const LINE_MAX = 4_096;
/** Of each program the newest. */
const SOCKETS_MAX = 48;
/** Sockets of the page and of each program count for themselves: in a mirror their numbers are apart. */
const IDS_APART = 1_000_000;

/** A program as whoever looks at the page sees it: its text, and the last of what it has printed. */
export function mirroredProgram({ file, source, isRunning, printed }: ToldProgram): MirrorProgram {
  const lines: string[] = [];
  let room = PRINTED_MAX;
  for (let at = printed.length() - 1; at >= 0 && lines.length < LINES_MAX && room > 0; at -= 1) {
    const line = (printed.at(at) ?? '').slice(0, Math.min(room, LINE_MAX));
    room -= line.length + 1;
    lines.unshift(line);
  }
  return { file: file.slice(0, FILE_MAX) || '.py', text: source.slice(0, TEXT_MAX), isRunning, lines };
}

/** The sockets of programs, as a mirror tells them. */
export function programSources(programs: readonly Pick<ToldProgram, 'sockets'>[]): MirrorSource[] {
  return programs.flatMap(({ sockets }, nth) =>
    sockets
      .traces()
      .slice(-SOCKETS_MAX)
      .map((record) => {
        const source = mirrorSource(record);
        return { ...source, head: { ...source.head, id: (nth + 1) * IDS_APART + record.id } };
      }),
  );
}
