import type { PackLesson } from '../../../lesson/pack/pack.ts';
import { type Lab, programsOf as programsWith, sourceAt as sourceWith } from '../../store/lessons/lesson-sources.ts';
import { EXAMPLES, sourcesOf } from '../../store/programs/examples.ts';
import type { SharedPrograms } from '../../store/programs/shared-programs.ts';

/** The source that a path of a lesson names. */
export function sourceAt(content: PackLesson, path: string, lab: Lab): string | undefined {
  return sourceWith(content, path, lab, exampleAt);
}
/** The programs that a lesson begins with, in its order. */
export function programsOf(content: PackLesson, lab: Lab): SharedPrograms['programs'] {
  return programsWith(content, lab, exampleAt);
}
/** One of the page's examples, by its folder and file. */
function exampleAt(name: string, file: string): string | undefined {
  const example = EXAMPLES.find((known) => known === name);
  return example && sourcesOf(example).find((source) => source.file === file)?.source;
}
