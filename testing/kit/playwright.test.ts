import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { parseRecording } from '../../trace/export/recording-json.ts';
import { readPcapng } from '../../trace/testing/pcapng-reader.ts';

const KIT = fileURLToPath(new URL('.', import.meta.url));
const CLI = createRequire(import.meta.url).resolve('@playwright/test/cli');

const SPEC = `
import { test as base, mergeTests } from ${JSON.stringify(createRequire(import.meta.url).resolve('@playwright/test'))};
import { expect, test as sockets, withSockets } from ${JSON.stringify(join(KIT, 'playwright.ts'))};
import { toxics } from ${JSON.stringify(join(KIT, 'testing.ts'))};
const own = base.extend<{ greeting: string }>({ greeting: async ({}, use) => use('220 hi') });
const test = mergeTests(own, sockets);

test('passes', async ({ greeting, listenTcp, proxyTcp, connectTcp }) => {
  const server = await listenTcp((peer) => peer.send(greeting));
  const proxy = await proxyTcp(server.port, { faults: { downstream: [toxics.slicer(2)] }, seed: 7 });
  const client = await connectTcp(proxy.port);
  await client.expectBytes('220 hi');
  await expect(client).toHaveReceivedBytes('220 hi');
});
withSockets(own)('has the fixtures of the test it was built on', async ({ greeting, tcpServer }) => {
  expect([greeting, tcpServer.port > 0]).toEqual(['220 hi', true]);
});
test('differs', async ({ tcpServer, connectTcp }) => {
  const client = await connectTcp(tcpServer.port);
  client.send('PING');
  const peer = await tcpServer.accept();
  await peer.expectBytes('PONG'); // the line that is at fault
});
test('script', async ({ listenTcp, connectTcp }) => {
  const server = await listenTcp(async (peer) => { await peer.expectBytes('HELO'); });
  const client = await connectTcp(server.port);
  client.send('EHLO');
  await client.expectEnd('reset');
});
test.describe(() => {
  test.use({ recordSockets: 'on' });
  test('recorded', async ({ bindUdp }) => { (await bindUdp()).sendTo(9, 'x'); });
});
`;
type Attachment = { readonly name: string; readonly contentType: string; readonly body?: string };
type Step = { readonly title: string; readonly location?: { readonly line: number } };
type Result = {
  readonly status: string;
  readonly errors: readonly {
    readonly message: string;

    readonly location?: { line: number };
  }[];
  readonly attachments: readonly Attachment[];
  readonly steps?: readonly Step[];
};
const results = new Map<string, Result>();

/** A run of Playwright on these tests, without a browser. */
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-playwright-'));
  try {
    writeFileSync(join(folder, 'kit.spec.ts'), SPEC);
    writeFileSync(
      join(folder, 'playwright.config.mjs'),
      "export default { workers: 1, reporter: [['json', { outputFile: 'report.json' }]] };",
    );
    await new Promise<void>(
      (resolve) => void execFile(process.execPath, [CLI, 'test'], { cwd: folder }, () => resolve()),
    );
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8'));
    const collect = (suite: {
      specs?: { title: string; tests: { results: Result[] }[] }[];
      suites?: unknown[];
    }): void => {
      for (const spec of suite.specs ?? []) results.set(spec.title, spec.tests[0]?.results[0] as Result);
      for (const child of suite.suites ?? []) collect(child as typeof suite);
    };
    for (const suite of report.suites) collect(suite);
    if (report.errors.length > 0) throw new Error(report.errors[0].message);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

function resultOf(title: string): Result {
  return results.get(title) ?? expect.unreachable(`no result of ${title}`);
}
function attached(result: Result, name: string): Buffer {
  const { body } = result.attachments.find((one) => one.name === name) ?? expect.unreachable(`no ${name}`);
  return Buffer.from(body ?? '', 'base64');
}

test('the fixtures join a test of one’s own, and what passes leaves nothing', () => {
  for (const title of ['passes', 'has the fixtures of the test it was built on']) {
    expect(resultOf(title)).toMatchObject({ status: 'passed', attachments: [] });
  }
});

test('an expectation that is not met points at its line of the test', () => {
  const { status, errors } = resultOf('differs');
  expect(status).toBe('failed');
  expect(errors[0]?.message).toContain('first difference at byte 1');
  expect(errors[0]?.message).toMatch(/> \d+ \|.*the line that is at fault/);
  expect(errors[0]?.location?.line).toBe(SPEC.split('\n').findIndex((line) => line.includes('at fault')) + 1);
});

test('what fails leaves the sockets as text, capture and JSON', () => {
  const result = resultOf('differs');
  const sockets = result.attachments.filter(({ name }) => name.startsWith('sockets'));
  expect(sockets.map(({ name, contentType }) => [name, contentType])).toEqual([
    ['sockets.txt', 'text/plain'],
    ['sockets.pcapng', 'application/vnd.tcpdump.pcap'],
    ['sockets.json', 'application/json'],
  ]);
  expect(attached(result, 'sockets.txt').toString()).toContain('|PING|');
  const payloads = readPcapng(attached(result, 'sockets.pcapng')).packets.map(({ payload }) => Buffer.from(payload));
  // Both ends of the one connection are sockets of this test.
  expect(Buffer.concat(payloads).toString()).toBe('PINGPING');
  expect(parseRecording(attached(result, 'sockets.json').toString()).sockets).toHaveLength(2);
});

test('a script that fails makes its test fail, though the test itself ran to its end', () => {
  const { status, errors } = resultOf('script');
  expect(status).toBe('failed');
  expect(errors.map(({ message }) => message).join()).toContain("expected: 'HELO'");
});

test('a test may ask for the recording of what passes, too', () => {
  const result = resultOf('recorded');
  expect(result.status).toBe('passed');
  expect(attached(result, 'sockets.txt').toString()).toContain("sendto(b'x', ('127.0.0.1', 9))");
});
