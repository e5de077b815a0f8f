/** `socket-playground/playwright`: sockets as fixtures; a test that fails leaves what they carried in the report. */
import { expect as baseExpect, test as baseTest, type TestInfo, type TestType } from '@playwright/test';
import { LearnPage, lessonMatchers } from '../../e2e/pages/learn-page.ts';
import { PlayPage } from '../../e2e/pages/play-page.ts';
import { ProgramPage } from '../../e2e/pages/program-page.ts';
import type { Milliseconds } from '../../protocol/units.ts';
import { encodeRecording } from '../../trace/export/encode-recording.ts';
import { encodePcapng } from '../../trace/export/pcapng/pcapng.ts';
import { toText } from '../../trace/export/to-text.ts';
import { runAtOnce, type Step } from './expectation.ts';
import { matchers } from './matchers.ts';
import { type PlaygroundOptions, startPlayground, type TestPlayground } from './packaged-playground.ts';
import { SocketBox } from './socket-box.ts';
import type { connectTcp } from './tcp/connect-tcp.ts';
import { TIMEOUT } from './tcp/tcp-peer.ts';
import type { proxyTcp } from './tcp/tcp-proxy.ts';
import type { listenTcp, TcpServer } from './tcp/tcp-server.ts';
import type { bindUdp } from './udp-peer.ts';

/** Whether `sockets.txt`, `.pcapng` and `.json` are attached. */
export type RecordMode = 'off' | 'on' | 'retain-on-failure';
export type SocketOptions = {
  readonly recordSockets: RecordMode;
  /** How long an expectation waits: 5,000 ms. */
  readonly socketTimeout: Milliseconds;
  readonly playgroundOptions: PlaygroundOptions;
};
export type SocketFixtures = {
  /** All that these open is recorded, and closed when the test ends. */
  readonly listenTcp: typeof listenTcp;
  readonly connectTcp: typeof connectTcp;
  readonly bindUdp: typeof bindUdp;
  readonly proxyTcp: typeof proxyTcp;
  /** A server without a script: `accept` its connections. */
  readonly tcpServer: TcpServer;
  /** A whole playground, started for the test that asks for it. */
  readonly playground: TestPlayground;
  readonly play: PlayPage;
  readonly program: ProgramPage;
  /** Opens a lesson of the page Learn, at a step of it. */
  readonly lesson: (id: string, step?: string) => Promise<LearnPage>;
};
type OwnFixtures = { readonly socketBox: SocketBox };

const box = { box: true } as const;

/** The fixtures on top of a `test` of one's own. */
export function withSockets<T extends object, W extends object>(
  base: TestType<T, W>,
): TestType<T & SocketOptions & SocketFixtures, W> {
  // The page and its kin are Playwright's own; of T nothing is read.
  const extended = (base as unknown as typeof baseTest).extend<SocketOptions & SocketFixtures & OwnFixtures>({
    recordSockets: ['retain-on-failure', { option: true }],
    socketTimeout: [TIMEOUT, { option: true }],
    playgroundOptions: [{}, { option: true }],
    socketBox: [
      async ({ recordSockets, socketTimeout }, use, testInfo) => {
        const steps = new Steps();
        const sockets = new SocketBox(socketTimeout, steps.run);
        await use(sockets);
        steps.isOver = true;
        const failures = await sockets.close();
        const isFailed = failures.length > 0 || testInfo.status !== testInfo.expectedStatus;
        if (recordSockets === 'on' || (recordSockets === 'retain-on-failure' && isFailed))
          await attach(sockets, testInfo);
        if (failures.length === 1) throw failures[0];
        if (failures.length > 1) throw new AggregateError(failures, `${failures.length} scripts failed`);
      },
      { box: true, title: 'sockets' },
    ],
    listenTcp: [async ({ socketBox }, use) => use(socketBox.listenTcp), box],
    connectTcp: [async ({ socketBox }, use) => use(socketBox.connectTcp), box],
    bindUdp: [async ({ socketBox }, use) => use(socketBox.bindUdp), box],
    proxyTcp: [async ({ socketBox }, use) => use(socketBox.proxyTcp), box],
    tcpServer: [async ({ socketBox }, use) => use(await socketBox.listenTcp()), box],
    playground: async ({ playgroundOptions }, use) => {
      const playground = await startPlayground(playgroundOptions);
      await use(playground);
      await playground.close();
    },
    play: async ({ page, playground }, use) => use(new PlayPage(page, undefined, playground.url)),
    program: async ({ page, playground }, use) => use(new ProgramPage(page, undefined, playground.url)),
    lesson: async ({ page, playground }, use) => {
      const learn = new LearnPage(page, undefined, playground.url);
      await use(async (id, step) => {
        await learn.open(id, step);
        return learn;
      });
    },
  });
  return extended as unknown as TestType<T & SocketOptions & SocketFixtures, W>;
}

export const test = withSockets(baseTest);
export const expect = baseExpect.extend({ ...matchers, ...lessonMatchers });

/** Each expectation is a step of the test, where the test stands. */
class Steps {
  isOver = false;

  readonly run: Step = async (title, location, run) => {
    // A script may go on for a moment after the test: no step can be begun then.
    if (this.isOver) return await runAtOnce(title, location, run);
    return await baseTest.step(title, run, location === undefined ? {} : { location });
  };
}

async function attach(sockets: SocketBox, testInfo: TestInfo): Promise<void> {
  const { recording, notes } = sockets;
  if (recording === undefined) return;
  await testInfo.attach('sockets.txt', { body: toText(recording, notes), contentType: 'text/plain' });
  const pcapng = Buffer.from(encodePcapng(recording));
  await testInfo.attach('sockets.pcapng', { body: pcapng, contentType: 'application/vnd.tcpdump.pcap' });
  await testInfo.attach('sockets.json', { body: encodeRecording(recording), contentType: 'application/json' });
}
