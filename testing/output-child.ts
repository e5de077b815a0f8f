/** Writes lines to its standard output when it is told to over IPC, and tells what waits. Started by output.test.ts. */
import { Output } from '../server/output.ts';

const output = new Output(process.stdout, (lines) => `${lines} dropped`);
process.on('message', ({ lines }: { readonly lines: number }) => {
  for (let line = 1; line <= lines; line += 1) output.write(`line ${line} ${'.'.repeat(90)}\n`);
  process.send?.({ waiting: process.stdout.writableLength });
});
process.send?.('ready');
