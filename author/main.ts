import { writeFileSync } from 'node:fs';
import { type Arguments, HELP, parseArguments } from './arguments.ts';
import { checkPack } from './check.ts';
import { packFolder, readPack } from './pack-source.ts';
import { playLesson } from './play.ts';
import { proofread } from './proofread.ts';
import { beginLesson } from './scaffold.ts';

/** `npm run lessons -- new | check | play | pack`: what an author of lessons needs (docs/lessons.md). */
const print = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  process.exitCode = (await run(parseArguments(process.argv.slice(2)))) ? 0 : 1;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
// A program of a lesson that waits for ever keeps nobody.
process.exit();

/** Returns whether all is as it should be. */
async function run(given: Arguments): Promise<boolean> {
  const { command, rest, packAt, isQuiet } = given;
  const [first = ''] = rest;
  switch (command) {
    case 'help':
      print(HELP);
      return true;
    case 'new': {
      const [, id = ''] = rest;
      beginLesson(first, id);
      print(`${first}/${id}: edit lesson.json and the words, then npm run lessons -- check ${first}`);
      return true;
    }
    case 'pack': {
      const { name, text } = packFolder(first);
      const file = rest[1] ?? name;
      writeFileSync(file, text);
      print(`${file}: ${text.length} characters`);
      return true;
    }
    case 'play':
      return await playLesson(readPack(packAt(1)), first, given, print);
    case 'check': {
      const pack = readPack(packAt(0));
      const problems = proofread(pack);
      for (const problem of problems) print(`FAILED ${problem}`);
      const { proved, failed, leftOut } = await checkPack(pack, {
        ...given,
        print: (line) => {
          if (!isQuiet || line.startsWith('FAILED')) print(line);
        },
      });
      print(`${proved} proved, ${failed + problems.length} failed, ${leftOut} left out`);
      return failed + problems.length === 0;
    }
  }
}
