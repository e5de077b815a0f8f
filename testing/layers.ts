import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';

const PURE = ['protocol', 'trace', 'lesson', 'client', 'client/rooms'];
const SHARED = ['protocol', 'server/shared', 'server/tap', 'server/faults'];
const DIAL = [...SHARED, 'server/gateway/limits.ts'];
const STREAMS = [...DIAL, 'server/net/accept-queue.ts', 'server/gateway/dial'];
const EXTENSION = ['server/gateway/extension.ts', 'server/gateway/extensions.ts'];
const SESSION = [...STREAMS, ...EXTENSION, 'server/gateway/streams'];
const CONNECTION = [...SESSION, 'server/gateway/session'];
const ADMISSION = [...CONNECTION, 'server/gateway/connection'];
const STORE = [...PURE, 'web/platform', 'web/python'];
const FEATURE = [...STORE, 'web/ui', 'web/i18n', 'web/store'];
const WORKPLACE = [...FEATURE, 'web/features/*', 'web/workplaces/socket'];

/**
 * Each room and what it may import beside itself. A file is of the longest name here that its path begins with; `*` is one folder, and
 * no two of them are the same room. What is not here (tests, e2e/, bench/, soak/, author/) imports what it drives.
 */
export const LAYERS: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  trace: ['protocol'],
  lesson: ['protocol', 'trace'],
  client: ['protocol'],
  'client/rooms': ['protocol', 'client'],
  'client/streams': ['protocol', 'trace', 'client'],

  'server/shared': ['protocol'],
  'server/tap': ['protocol', 'server/shared'],
  'server/faults': ['protocol', 'server/shared'],
  'server/net': [...SHARED, 'server/net/accept-queue.ts'],
  'server/net/accept-queue.ts': SHARED,
  'server/lab': [...SHARED, 'server/net', 'server/net/accept-queue.ts'],
  'server/gateway/limits.ts': ['protocol'],
  'server/gateway/extension.ts': ['protocol'],
  'server/gateway/extensions.ts': ['protocol', 'server/gateway/extension.ts'],
  'server/gateway/dial': DIAL,
  'server/gateway/streams': STREAMS,
  'server/gateway/session': SESSION,
  'server/gateway/connection': CONNECTION,
  'server/gateway/admission': ADMISSION,
  'server/gateway': [...ADMISSION, 'server/gateway/admission'],
  'server/version.ts': [],
  'server/config.ts': ['protocol', 'server/gateway/dial', 'server/settings.ts', 'server/listener-registry.ts'],
  'server/settings.ts': ['protocol'],
  'server/listener-registry.ts': ['protocol', 'server/shared', 'server/gateway/dial', 'server/gateway/streams'],
  'server/classroom': ['protocol', 'server/shared', 'server/gateway/extension.ts'],
  'server/http': [...SHARED, ...EXTENSION, 'server/gateway', 'server/config.ts', 'server/version.ts'],

  'web/platform': ['protocol', 'client'],
  'web/ui': ['web/platform'],
  'web/i18n': ['protocol', 'trace'],
  'web/python': ['protocol', 'trace', 'client', 'web/platform'],
  'web/store': STORE,
  'web/features/*': FEATURE,
  'web/workplaces/*': WORKPLACE,
  'web/workplaces/socket': WORKPLACE,
  'web/pages/*': [...WORKPLACE, 'web/workplaces/*'],
  'web/app': [...FEATURE, 'web/features/*', 'web/pages/*'],
};

/** The longest names first. */
const ROWS = Object.keys(LAYERS)
  .toSorted((one, other) => other.length - one.length)
  .map((row) => ({ row, pattern: new RegExp(`^${row.replaceAll('.', '\\.').replace('*', '[^/]+')}(?=/|$)`) }));

/** The row of a file, and which room of it; undefined: it is of none. */
export function roomOf(file: string): { readonly row: string; readonly room: string } | undefined {
  for (const { row, pattern } of ROWS) {
    const [room] = pattern.exec(file) ?? [];
    if (room !== undefined) return { row, room };
  }
  return undefined;
}

/** Whether a file may import the other. */
export function mayImport(file: string, imported: string): boolean {
  const from = roomOf(file);
  if (!from) return true;
  const to = roomOf(imported);
  if (to?.room === from.room) return true;
  return to !== undefined && (LAYERS[from.row] ?? []).includes(to.row);
}

/** The files of the project that a file imports, types included. */
export function importsOf(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'(\.[^'?]+)[^']*'/g)].map(([, specifier = '']) =>
    normalize(join(dirname(file), specifier)),
  );
}
