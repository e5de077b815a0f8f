import { parseTask, type Task } from '../tasks/task.ts';
import { EXAMPLES, type ExampleId } from './examples.ts';
import { parseInput } from './program-keyboard.ts';

/** One program. */
export type SourceFile = {
  readonly file: string;
  readonly source: string;
  /** What follows its name on its command line. */
  readonly args?: string;
  /** Lines that are filled in when it asks for input, and sent by nobody but the person. */
  readonly input?: readonly string[];
};

/** The programs of the page as they are stored, and as a link carries them. */
export type SharedPrograms = {
  readonly programs: readonly SourceFile[];
  readonly example?: ExampleId;
  /** What is to be written, with clients that check it. */
  readonly task?: Task;
};

const FILE_NAME = /^[A-Za-z0-9_-]{1,40}\.py$/;
/** Longer programs are not for a link: browsers and messengers cut it. */
const SOURCE_MAX = 200_000;
const ARGS_MAX = 400;
export const PROGRAMS_MAX = 4;
const FRAGMENT = '#programs=';

/** What comes from outside: checked in every part. */
export function parseShared(value: unknown): SharedPrograms | undefined {
  if (typeof value !== 'object' || value === null || !('programs' in value) || !Array.isArray(value.programs)) {
    return undefined;
  }
  const programs: SourceFile[] = [];
  for (const item of value.programs as unknown[]) {
    if (typeof item !== 'object' || item === null) return undefined;
    const { file, source, args, input } = item as Record<string, unknown>;
    if (typeof file !== 'string' || !FILE_NAME.test(file) || programs.some((known) => known.file === file)) {
      return undefined;
    }
    if (typeof source !== 'string' || source.length > SOURCE_MAX) return undefined;
    if (args !== undefined && (typeof args !== 'string' || args.length > ARGS_MAX)) return undefined;
    const lines = input === undefined ? [] : parseInput(input);
    if (!lines) return undefined;
    programs.push({ file, source, ...(args ? { args } : {}), ...(lines.length > 0 ? { input: lines } : {}) });
  }
  if (programs.length === 0 || programs.length > PROGRAMS_MAX) return undefined;
  const example = EXAMPLES.find((known) => 'example' in value && known === value.example);
  // Programs whose task is none are no programs of ours either: a check that is left out would pass unseen.
  const task = 'task' in value && value.task !== undefined ? parseTask(value.task) : undefined;
  if ('task' in value && value.task !== undefined && !task) return undefined;
  return { programs, ...(example ? { example } : {}), ...(task ? { task } : {}) };
}

/** A fragment never leaves the browser: no server sees the programs. */
export async function encodeFragment(shared: SharedPrograms): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(shared));
  const bytes = await pass(json, new CompressionStream('deflate-raw'));
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return `${FRAGMENT}${btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

export async function decodeFragment(fragment: string): Promise<SharedPrograms | undefined> {
  if (!fragment.startsWith(FRAGMENT)) return undefined;
  try {
    const binary = atob(fragment.slice(FRAGMENT.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const json = await pass(bytes, new DecompressionStream('deflate-raw'));
    return parseShared(JSON.parse(new TextDecoder().decode(json)));
  } catch {
    return undefined;
  }
}

async function pass(bytes: Uint8Array<ArrayBuffer>, through: GenericTransformStream): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(through as ReadableWritablePair<Uint8Array, Uint8Array>);
  return new Uint8Array(await new Response(stream as unknown as ReadableStream<Uint8Array<ArrayBuffer>>).arrayBuffer());
}
