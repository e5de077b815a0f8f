import { execFileSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { noDns } from '../../../testing/kit/packaged-playground.ts';
import { startTestPlayground } from '../../../testing/playground.ts';
import { en } from '../../i18n/en.ts';
import { PythonNode } from '../../python/testing/python-node.ts';
import { programOf, RAISING, type Raising } from './testing/raising.ts';

/** Only ends what hangs: a whole Python starts. */
const PYTHON_MAX = 60_000;
const ASK = 'import json, platform, sys; print(json.dumps([sys.version_info[:2], platform.libc_ver()[0]]))';

/** What each says that it raised. */
function said(raising: readonly Raising[], output: string): (readonly [string, unknown])[] {
  const lines = output.trim().split('\n');
  return raising.map(({ name }, index) => [name, JSON.parse(lines[index] ?? '"nothing printed"')]);
}
const expected = (raising: readonly Raising[]) => raising.map(({ name, line = null }) => [name, line]);

function machinePython(): { version: number; libc: string } | undefined {
  try {
    const [[major, minor], libc] = JSON.parse(execFileSync('python3', ['-c', ASK], { encoding: 'utf8' }));
    return { version: major * 100 + minor, libc };
  } catch {
    return undefined;
  }
}

test('every line of the catalogue that names an exception is run', () => {
  const isRun = new Set(RAISING.map(({ line }) => line));
  const lines = Object.values(en.errors).map(({ python }) => python);
  expect(lines.filter((line) => !line.startsWith('nothing') && !isRun.has(line))).toEqual([]);
});

test('the machine’s Python raises what the catalogue says', ({ skip }) => {
  const python = machinePython();
  if (python === undefined || python.libc !== 'glibc' || python.version < 311) {
    skip('no python3 from 3.11 on with Linux’s words on this machine');
  }
  const raising = RAISING.filter(({ on }) => on === 'any' || on === 'native' || (python?.version ?? 0) >= 314);
  const output = execFileSync('python3', ['-'], { encoding: 'utf8', input: programOf(raising), timeout: 20_000 });
  expect(said(raising, output)).toEqual(expected(raising));
});

test('the tab’s own Python raises what the catalogue says', { timeout: PYTHON_MAX }, async () => {
  const server = await startTestPlayground({ lookup: noDns });
  const page = await PythonNode.open(`http://127.0.0.1:${server.port}/`);
  onTestFinished(async () => {
    page.close();
    await server.close();
  });
  const raising = RAISING.filter(({ on }) => on !== 'native');
  const process = page.start(programOf(raising));
  onTestFinished(() => process.kill());
  const { output, error } = await process.ended;
  expect(error).toBe('');
  expect(said(raising, output)).toEqual(expected(raising));
});
