import type { PackLesson } from '../../../lesson/pack.ts';
import type { LabServer } from '../../../protocol/messages/session.ts';
import { EXAMPLES, sourcesOf } from '../../store/programs/examples.ts';
import type { SharedPrograms } from '../../store/programs/shared-programs.ts';

const EXAMPLE = /^example:([a-z-]+)\/(.+)$/;

type Lab = readonly Pick<LabServer, 'port' | 'preferredPort'>[];

/** The source that a path of a lesson names: a file of its own, or one of the page's examples. */
export function sourceAt(content: PackLesson, path: string, lab: Lab): string | undefined {
  const [, name, file] = EXAMPLE.exec(path) ?? [];
  if (name === undefined) return content.files[path] && withPorts(content, content.files[path], lab);
  const example = EXAMPLES.find((known) => known === name);
  return example && sourcesOf(example).find((source) => source.file === file)?.source;
}

/** The programs that a lesson begins with, in its order. */
export function programsOf(content: PackLesson, lab: Lab): SharedPrograms['programs'] {
  return Object.entries(content.lesson.start.files ?? {}).map(([file, path]) => ({
    file,
    source: sourceAt(content, path, lab) ?? '',
  }));
}

/**
 * Where a lab server had to take another port than its own, a program that talks to it has to name that one. A lesson with a server of
 * its own brings its own ports.
 */
function withPorts({ lesson }: PackLesson, source: string, lab: Lab): string {
  if (Object.keys(lesson.start.files ?? {}).some((file) => file.startsWith('server'))) return source;
  const ports = new Map(lab.map(({ port, preferredPort }) => [String(preferredPort), String(port)]));
  return source.replaceAll(/\b\d{4,5}\b/g, (digits) => ports.get(digits) ?? digits);
}
