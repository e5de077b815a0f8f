const FILES = import.meta.glob<string>('./examples/*/*.py', { query: '?raw', import: 'default', eager: true });

/** In the order of the list. The folder of the same name holds the files. */
export const EXAMPLES = [
  'timestamp',
  'threading',
  'printed',
  'chat-threads',
  'chat-select',
  'chat-asyncio',
  'http',
  'udp',
  'framing',
  'port-in-use',
] as const;
export type ExampleId = (typeof EXAMPLES)[number];

/** The programs of one example, the server first. */
export function sourcesOf(example: ExampleId): { file: string; source: string }[] {
  const prefix = `./examples/${example}/`;
  const files = Object.entries(FILES)
    .filter(([path]) => path.startsWith(prefix))
    .map(([path, source]) => ({ file: path.slice(prefix.length), source }));
  return files.toSorted((a, b) => Number(b.file.startsWith('server')) - Number(a.file.startsWith('server')));
}
