import type { Endpoint } from '../../../../protocol/messages/fields.ts';
import type { ByteCount } from '../../../../protocol/units.ts';
import { toBase64 } from '../../../../trace/bytes/base64.ts';
import type { SocketTrace } from '../../../../trace/socket-trace.ts';
import type { FolderFile } from '../../../python/folder-files.ts';
import type { SourceFile } from '../../../store/programs/shared-programs.ts';
import { quoteWord, splitWords } from './shell-words.ts';

/** More than this is not for a clipboard and a terminal: it is for a .zip. */
export const PASTE_MAX: ByteCount = 65_536;

/** What of a socket says how it is reached. */
type Reachable = Pick<SocketTrace, 'kind' | 'isOver' | 'local' | 'remote' | 'outside'>;
export type Reached = { readonly isDatagram: boolean; readonly at: Endpoint };

/** `python3 client.py 127.0.0.1 8009`: what a program's arguments have of a shell's own characters is quoted, whoever wrote them. */
export function runCommand({ file, args = '' }: Pick<SourceFile, 'file' | 'args'>): string {
  const path = file.startsWith('-') ? `./${file}` : file;
  return ['python3', path, ...(splitWords(args) ?? [])].map(quoteWord).join(' ');
}

/** Shell commands that write the files into a folder and go there; undefined: there is too much for a terminal. */
export function filesCommand(folder: string, files: readonly FolderFile[]): string | undefined {
  if (files.reduce((sum, { bytes }) => sum + bytes.length, 0) > PASTE_MAX) return undefined;
  const path = (name: string) => quoteWord(`./${folder}/${name}`);
  const folders = new Set(files.map(({ name }) => name.slice(0, Math.max(0, name.lastIndexOf('/')))));
  return [
    `mkdir -p ${[...folders].map((inner) => path(inner).replace(/\/('?)$/, '$1')).join(' ')}`,
    ...files.map(({ name, bytes }) => writing(path(name), bytes)),
    `cd ${quoteWord(`./${folder}`)}`,
    '',
  ].join('\n');
}

/** Sockets of the programs that somebody outside the tab can connect or send to. */
export function reachedFrom(sockets: readonly Reachable[]): readonly Reached[] {
  return sockets.flatMap(({ kind, isOver, local, remote, outside }) => {
    const isDatagram = kind === 'udp' && remote === undefined;
    if (isOver || !local || local.port === 0 || !(kind === 'listen' || isDatagram)) return [];
    return [{ isDatagram, at: concrete(outside ?? local) }];
  });
}
/** On the playground's own machine. */
export function netcatCommand({ isDatagram, at }: Reached): string {
  return `nc ${isDatagram ? '-u ' : ''}${at.host} ${at.port}`;
}
/** From any machine that reaches the playground: TCP alone goes that way. */
export function gatewayCommand({ isDatagram, at }: Reached, gateway: string): string | undefined {
  if (isDatagram) return undefined;
  return `npx socket-playground connect --gateway ${quoteWord(gateway)} ${at.host} ${at.port}`;
}

/** A wildcard address is none to connect to everywhere. */
function concrete({ host, port }: Endpoint): Endpoint {
  return { host: host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host, port };
}

/** A here-document: as text where a text's lines are all that there is, else as Base64. */
function writing(path: string, bytes: Uint8Array): string {
  const text = plainText(bytes);
  if (text === undefined) return `base64 -d > ${path} <<'END'\n${toBase64(bytes).replaceAll(/.{76}/g, '$&\n')}\nEND`;
  const lines = new Set(text.split('\n'));
  let mark = 'END';
  while (lines.has(mark)) mark += '_';
  return `cat > ${path} <<'${mark}'\n${text}${mark}`;
}
/** Text whose last line has its end, and in which nothing is typed that a terminal would take as a key. */
function plainText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question.
    return /^$|\n$/.test(text) && !/[\x00-\x09\x0b-\x1f\x7f]/.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}
