/** `npm run soak`: every program in its short form. `npm run soak -- NAME… [--long]`: those alone, `--long` in full; `--row WORD`: of `attack` the rows of that name. */
import { parseArgs } from 'node:util';
import { PROGRAMS } from './programs.ts';

const { values, positionals } = parseArgs({
  options: {
    long: { type: 'boolean', default: false },
    seed: { type: 'string' },
    row: { type: 'string', multiple: true },
    list: { type: 'boolean' },
  },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in PROGRAMS));
if (unknown.length > 0 || values.list) {
  console.log(
    `${unknown.length > 0 ? `No program ${unknown.join(', ')}. ` : ''}There are: ${Object.keys(PROGRAMS).join(', ')}`,
  );
  process.exit(unknown.length > 0 ? 2 : 0);
}
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
console.log(`seed ${seed}`);
for (const [name, run] of Object.entries(PROGRAMS)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { figures, broken } = await run({ isLong: values.long, seed, only: values.row ?? [] });
  const text = Object.entries(figures).map(([what, value]) => `${what} ${value}`);
  console.log(`${name.padEnd(16)} ${broken.length === 0 ? 'ok    ' : 'BROKEN'} ${text.join(' | ')}`);
  for (const line of broken) console.log(`${' '.repeat(17)}${line}`);
  if (broken.length > 0) process.exitCode = 1;
}
// What a cut left half open must not keep a measurement from ending.
process.exit();
