import { parseArgs } from 'node:util';
import { LESSONS_FOLDER } from '../lesson/testing/pack-folder.ts';
import type { Milliseconds } from '../protocol/units.ts';

/** Only ends what never comes, on a busy machine too. */
const PATIENCE: Milliseconds = 30_000;

export const HELP = `Usage: npm run lessons -- COMMAND

  new FOLDER ID             begins a lesson, and a pack where FOLDER has none
  check [PACK] [OPTION]…    proves each step of a pack on real sockets: its check fails before its
                            solution and holds after it; each wrong path meets nothing and raises its hint
  play ID [PACK]            plays a solution; prints each call and what is waited for
  pack FOLDER [FILE]        one file of a folder, for --lessons and the page

PACK is a folder or a file; the lessons that come with the page where none is named.

  --only WORD               lessons whose id has the word
  --repeat N                so many times (1)
  --slow MS                 between page and gateway a round trip takes so much longer (0)
  --queue kernel|emulated   whose accept queue (kernel)
  --pages play|program      claims that need no program, or those that do (both)
  --share N/OF              of the lessons with programs a share alone
  --also ID,ID…             and these, whatever the share
  --lanes N                 so many attempts at once (4)
  --quiet                   prints what fails alone`;

const COMMANDS = ['new', 'check', 'play', 'pack'] as const;
const QUEUES = ['kernel', 'emulated'] as const;
const PAGES = ['both', 'play', 'program'] as const;

export type Arguments = ReturnType<typeof parseArguments>;

/** @throws {Error} says what is wrong with them */
export function parseArguments(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      only: { type: 'string', default: '' },
      repeat: { type: 'string', default: '1' },
      slow: { type: 'string', default: '0' },
      queue: { type: 'string', default: 'kernel' },
      pages: { type: 'string', default: 'both' },
      share: { type: 'string', default: '1/1' },
      also: { type: 'string', default: '' },
      lanes: { type: 'string', default: '4' },
      quiet: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const [command = '', ...rest] = positionals;
  const share = /^([1-9]\d?)\/([1-9]\d?)$/.exec(values.share);
  if (!share) throw new Error(`--share ${values.share}: N/OF, such as 1/3`);
  return {
    command: values.help ? ('help' as const) : oneOf('command', command, COMMANDS),
    rest,
    packAt: (index: number) => rest[index] ?? LESSONS_FOLDER,
    only: values.only,
    repeat: countOf('--repeat', values.repeat, 1, 1_000),
    slow: countOf('--slow', values.slow, 0, 10_000),
    queue: oneOf('--queue', values.queue, QUEUES),
    pages: oneOf('--pages', values.pages, PAGES),
    share: [Number(share[1]), Number(share[2])] as const,
    also: values.also.split(',').filter((id) => id !== ''),
    patience: PATIENCE,
    lanes: countOf('--lanes', values.lanes, 1, 32),
    isQuiet: values.quiet,
  };
}

function oneOf<Word extends string>(name: string, text: string, words: readonly Word[]): Word {
  const word = words.find((each) => each === text);
  if (word === undefined) throw new Error(`${name} ${text}: ${words.join(', ')}`);
  return word;
}
function countOf(name: string, text: string, least: number, most: number): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= least && count <= most) return count;
  throw new Error(`${name} ${text}: a number from ${least} to ${most}`);
}
