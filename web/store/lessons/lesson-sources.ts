import type { PackLesson } from '../../../lesson/pack/pack.ts';
import { LAB_PORTS } from '../../../protocol/lab-ports.ts';
import type { LabServer } from '../../../protocol/messages/session.ts';
import type { SharedPrograms } from '../programs/shared-programs.ts';

const EXAMPLE = /^example:([a-z-]+)\/(.+)$/;

export type Lab = readonly Pick<LabServer, 'name' | 'port'>[];
/** The source of one of the page's examples, by its folder and file. */
export type ExampleAt = (name: string, file: string) => string | undefined;

/** The source that a path of a lesson names: a file of its own, or one of the page's examples. */
export function sourceAt(content: PackLesson, path: string, lab: Lab, exampleAt: ExampleAt): string | undefined {
  const [, name, file] = EXAMPLE.exec(path) ?? [];
  if (name !== undefined && file !== undefined) return exampleAt(name, file);
  return content.files[path] && withPorts(content, content.files[path], lab);
}

/** The programs that a lesson begins with, in its order. */
export function programsOf(content: PackLesson, lab: Lab, exampleAt: ExampleAt): SharedPrograms['programs'] {
  return Object.entries(content.lesson.start.files ?? {}).map(([file, path]) => ({
    file,
    source: sourceAt(content, path, lab, exampleAt) ?? '',
  }));
}

/**
 * Where a lab server had to take another port than its own, a program that talks to it has to name that one. A lesson with a server of
 * its own brings its own ports.
 */
function withPorts({ lesson }: PackLesson, source: string, lab: Lab): string {
  if (Object.keys(lesson.start.files ?? {}).some((file) => file.startsWith('server'))) return source;
  const today = new Map<string, number>(lab.map(({ name, port }) => [name, port]));
  const ports = new Map(
    Object.entries(LAB_PORTS).map(([name, port]) => [String(port), String(today.get(name) ?? port)]),
  );
  return source.replaceAll(/\b\d{4,5}\b/g, (digits) => ports.get(digits) ?? digits);
}
