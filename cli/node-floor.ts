import { readFileSync } from 'node:fs';

/** The minor version of each major one from which on the server runs; later majors have what it needs. */
const FLOORS: Readonly<Record<string, number>> = JSON.parse(
  readFileSync(new URL('../server/node-floor.json', import.meta.url), 'utf8'),
);

/** Why the server does not run with this version of Node, in one line; undefined where it does. */
export function nodeLack(version: string): string | undefined {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const floor = FLOORS[major];
  const isEnough = floor === undefined ? major > Math.max(...Object.keys(FLOORS).map(Number)) : minor >= floor;
  if (isEnough) return undefined;
  const [[first, firstMinor] = ['24', 20], ...others] = Object.entries(FLOORS);
  const rest = others.map(([other, least]) => ` (of Node ${other}: ${other}.${least})`).join('');
  return (
    `Socket Playground needs Node ${first}.${firstMinor} or newer${rest}; this is ${version}. Without installing it: ` +
    `npx -p node@${first} -p socket-playground socket-playground`
  );
}
