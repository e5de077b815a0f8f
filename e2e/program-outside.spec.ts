import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import { LEARNERS_LOWEST, vacantPort } from '../protocol/testing/vacant-port.ts';
import type { Port } from '../protocol/units.ts';
import { startTestPlayground } from '../testing/playground.ts';
import { test } from './fixtures.ts';
import { type OutsideProgram, runOutside } from './outside-python.ts';
import { ProgramPage } from './pages/program-page.ts';
import { python } from './python.ts';

const EXAMPLES = fileURLToPath(new URL('../web/store/programs/examples/', import.meta.url));
const TUTORIAL_PORT = '8009';

/** A program of the tutorial, on a port that no other test of this machine has. */
function tutorial(path: string, port: Port): string {
  return readFileSync(`${EXAMPLES}${path}`, 'utf8').replace(TUTORIAL_PORT, String(port));
}

test('the tutorial’s server in one tab, its client in another', async ({ page, context }) => {
  const port = await vacantPort(LEARNERS_LOWEST);
  const one = new ProgramPage(page);
  const other = new ProgramPage(await context.newPage());
  await page.goto('/program');
  await one.serverReady();
  await one.server.write(tutorial('timestamp/server.py', port));
  await one.server.run.click();
  await expect(one.server.output).toContainText('waiting for connection...');
  await other.open();
  await other.client.write(tutorial('timestamp/client.py', port));
  await other.client.run.click();
  await other.client.type('hello from the other tab');
  await expect(other.client.output).toContainText("b'hello from the other tab'");
  await expect(one.server.output).toContainText("...connected from: ('127.0.0.1', ");
  await other.client.type('');
  await expect(other.client.state).toHaveText('ended');
  await expect(one.server.output.getByText('waiting for connection...')).toHaveCount(2);
});

test('python3 client.py outside, and the tab’s server', async ({ page }, testInfo) => {
  test.skip(python === undefined, 'no python3 on this machine');
  const port = await vacantPort(LEARNERS_LOWEST);
  const program = new ProgramPage(page);
  await program.open();
  await program.server.write(tutorial('timestamp/server.py', port));
  await program.server.run.click();
  await expect(program.server.output).toContainText('waiting for connection...');
  const client = runOutside(testInfo.outputPath('client.py'), tutorial('timestamp/client.py', port));
  try {
    client.type('from outside');
    await client.printed("b'from outside'");
    client.type('');
    await client.ended();
  } finally {
    await client.stop();
  }
  await expect(program.server.output.getByText('waiting for connection...')).toHaveCount(2);
});

test('the tab’s client, and python3 server.py outside, where the policy allows it', async ({
  browser,
  playground: other,
}, testInfo) => {
  test.skip(python === undefined, 'no python3 on this machine');
  const port = await vacantPort(LEARNERS_LOWEST);
  const server = runOutside(testInfo.outputPath('server.py'), tutorial('timestamp/server.py', port));
  const playground = await startTestPlayground({ mode: 'allow-list', allow: [`127.0.0.1:${port}`] });
  try {
    await server.printed('waiting for connection...');
    const program = new ProgramPage(await browser.newPage());
    await program.open(`${playground.url}program`);
    await program.client.write(tutorial('timestamp/client.py', port));
    await program.client.run.click();
    await program.client.type('from the tab');
    await expect(program.client.output).toContainText("b'from the tab'");
    await server.printed('...connected from:');
    await program.client.type('');
    await expect(program.client.state).toHaveText('ended');
    // Somebody listens there too, whom nobody allowed.
    await program.client.write(tutorial('timestamp/client.py', other.port));
    await program.client.run.click();
    await expect(program.client.output).toContainText('PermissionError: [Errno 13]');
    await program.page.close();
  } finally {
    await playground.close();
    await server.stop();
  }
});

const FAULTS = [
  { name: 'text where bytes belong', correct: (source: string) => source },
  {
    name: 'the listener where the connection belongs',
    correct: (source: string) =>
      source.replace("send('[%s] %s' % (ctime(), data))", "send(('[%s] %s' % (ctime(), data)).encode())"),
  },
];

for (const { name, correct } of FAULTS) {
  test(`the printed server fails in the tab as under CPython: ${name}`, async ({ page }, testInfo) => {
    test.skip(python === undefined, 'no python3 on this machine');
    const port = await vacantPort(LEARNERS_LOWEST);
    const source = correct(tutorial('printed/server.py', port));
    const expected = await failOutside(source, tutorial('printed/client.py', port), (file) =>
      testInfo.outputPath(file),
    );
    const program = new ProgramPage(page);
    await program.open();
    await program.server.write(source);
    await program.server.run.click();
    await expect(program.server.output).toContainText('waiting for connection...');
    await program.client.write(tutorial('printed/client.py', port));
    await program.client.run.click();
    await program.client.type('hello');
    await expect(program.server.state).toHaveText('ended, code 1');
    for (const line of expected) await expect(program.server.output).toContainText(line);
    await expect(program.client.state).toHaveText('ended');
  });
}

/** What CPython prints of the exception, and of the line that raised it. */
async function failOutside(source: string, client: string, pathOf: (file: string) => string): Promise<string[]> {
  const programs: OutsideProgram[] = [];
  try {
    const server = runOutside(pathOf('server.py'), source);
    programs.push(server);
    await server.printed('waiting for connection...');
    const caller = runOutside(pathOf('client.py'), client);
    programs.push(caller);
    caller.type('hello');
    await server.ended();
    const lines = server.output().trimEnd().split('\n');
    const place = lines.findLastIndex((line) => line.includes('.py", line '));
    const number = /line \d+/.exec(lines[place] ?? '')?.[0] as string;
    return [`server.py", ${number}, in <module>`, (lines[place + 1] as string).trim(), lines.at(-1) as string];
  } finally {
    for (const program of programs) await program.stop();
  }
}
