import type { Milliseconds } from '../../protocol/units.ts';
import { ServerTime } from '../../trace/server-time.ts';
import { browserClock } from '../platform/browser-gateway.ts';
import { Interrupts } from './interrupts.ts';
import { Looks } from './looks.ts';
import { Polls } from './polls.ts';
import { ProcessFolder } from './process-folder.ts';
import { lookAt } from './process-look.ts';
import { connectStreams, installShim, loadPyodide, type RunProgram } from './pyodide.ts';
import { PyodideInternals } from './pyodide-internals.ts';
import type { PythonUrls } from './python-files.ts';
import { Reporter } from './reporter.ts';
import { CallRecorder } from './sockets/call-recorder.ts';
import { KernelWatch } from './sockets/kernel-watch.ts';
import { ProcessSockets } from './sockets/process-sockets.ts';
import { ProgramGateway } from './sockets/program-gateway.ts';
import { Stepping } from './stepping.ts';
import { createHost, readyEvents, Stdin } from './syscalls.ts';
import { Waiters } from './waiters.ts';
import type {
  ConsoleAnswer,
  FromWorker,
  ProgramError,
  RunOptions,
  SocketsReport,
  ToWorker,
} from './worker-messages.ts';

/** One worker is one Python process: when it ends, all of its sockets close (program-gateway.ts, python-process.ts). */
type WorkerScope = {
  postMessage: (message: FromWorker, transfer?: Transferable[]) => void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  addEventListener: (type: 'online', listener: () => void) => void;
};
const scope = globalThis as unknown as WorkerScope;
/** How long lab servers may take to notice that the program has ended, and to close their ends. */
const PEERS_END: Milliseconds = 200;
const NOTHING_NEW: SocketsReport = { reports: [], open: 0, clock: 'tab', bound: undefined };
const startedAt = performance.now();

let sockets: ProcessSockets | undefined;
let gateway: ProgramGateway | undefined;
let folder: ProcessFolder | undefined;
let failure: ProgramError | undefined;
/** Before a program runs, `boot` has made it. */
function own(): ProgramGateway {
  if (!gateway) throw new Error('no gateway before boot');
  return gateway;
}
const post = (message: FromWorker) => scope.postMessage(message);
const stdin = new Stdin();
const waiters: Waiters = new Waiters((fd, events) => !!sockets && readyEvents(sockets.table, stdin, fd, events) !== 0);
const kernel: KernelWatch = new KernelWatch(
  (streams) => gateway?.watch(streams),
  (entry) => {
    processSockets.connections.onReset(
      entry,
      'ECONNRESET',
      '',
      time.isKnown ? Math.round(time.at(browserClock.now())) : 0,
    );
    waiters.recheck();
  },
);
/** Python's part of a look, once it has started. */
let askThreads: (() => Promise<string>) | undefined;
let evaluate: ((ident: number, text: string) => Promise<string>) | undefined;
const looks: Looks = new Looks(
  () => stepping.isOn,
  async () => {
    if (!askThreads) return;
    const look = lookAt(await askThreads(), waiters, stepping, processSockets.table, kernel.states);
    const streams = look.sockets.flatMap(({ fd }) => processSockets.table.get(fd)?.stream?.id ?? []);
    kernel.look(streams);
    reporter.flushAll();
    post({ type: 'look', look });
  },
);
const stepping: Stepping = new Stepping(waiters, () => looks.soon());
const polls = new Polls();
const time = new ServerTime();
const reporter: Reporter = new Reporter(
  post,
  () => waiters.blocked().flatMap((one) => (stepping.has(one.id) ? [] : { ...one, since: polls.sinceOf(one) })),
  (isLast) => {
    // Before the gateway was reached the server's clock is not known: calls wait for it.
    if (!time.isKnown && !isLast) return recorder.hasCalls ? undefined : NOTHING_NEW;
    const open = sockets?.table.openCount ?? 0;
    return { reports: recorder.take(), open, clock: time.isKnown ? 'server' : 'tab', bound: time.bound };
  },
  (thread) => recorder.nameOf(thread),
);
const recorder = new CallRecorder({ time, now: browserClock.now, onFirst });
function onFirst(): void {
  reporter.onSockets();
  looks.soon();
}
const processSockets = new ProcessSockets({
  waiters,
  recorder,
  gateway: {
    open: (open, handler) => own().open(open, handler),
    resolve: (host, family) => own().resolve(host, family),
    flush: () => gateway?.flush(),
    onStandIn: (asked, outside) => post({ type: 'standIn', asked, outside }),
  },
  time,
  onSentAfterEnd: (entry) => kernel.sentAfterEnd(entry),
});
sockets = processSockets;

function die(error: unknown): void {
  reporter.end();
  post({ type: 'died', message: error instanceof Error ? `${error.message}\n${error.stack ?? ''}` : String(error) });
}

async function boot(urls: PythonUrls, slice: Milliseconds | undefined): Promise<RunProgram> {
  const pyodide = await loadPyodide(urls);
  folder = new ProcessFolder(pyodide.FS, (change) => post({ type: 'file', change }));
  connectStreams(pyodide, (fd, text) => reporter.print(fd, text));

  const internals = new PyodideInternals(pyodide._module);
  const interrupts = new Interrupts(internals, slice);
  processSockets.table.numbers = internals;
  internals.hookPoll(
    (id) => waiters.has(id),
    (id) => waiters.promise(id),
  );
  const host = createHost({
    waiters,
    sockets: processSockets,
    stdin,
    memory: internals,
    onEnter: () => internals.protectStack(),
    stepping,
    onSwitch: () => {
      interrupts.switched();
      looks.soon();
    },
    onWoken: (place) => polls.ended(place, performance.now()),
    onBlock: () => {
      reporter.watchBlocked();
      looks.soon();
    },
    onFailed: (error) => {
      failure = error;
    },
    onRaised: (error) => {
      reporter.flush();
      post({ type: 'raised', error });
    },
    onDied: die,
    onEcho: (isOn) => post({ type: 'echo', isOn }),
    onExit: (code) => {
      waiters.stop();
      void finish(code);
    },
  });
  await installShim(pyodide, host, urls.snapshot !== undefined);
  const { run } = pyodide.pyimport('_playground.running');
  const { look } = pyodide.pyimport('_playground.stepping');
  askThreads = () => look.callPromising();
  const console = pyodide.pyimport('_playground.console').evaluate;
  evaluate = (ident, text) => console.callPromising(ident, text);
  pyodide.setInterruptBuffer(interrupts.buffer());
  post({ type: 'ready', version: pyodide.version, took: performance.now() - startedAt });
  return (source, filename, args) => run.callPromising(source, filename, args);
}

let booted: Promise<RunProgram> | undefined;

async function runProgram({ source, filename, args, files, programs }: RunOptions): Promise<void> {
  try {
    const run = await booted;
    folder?.fill(files, programs);
    const code = await run?.(source, filename, args);
    await finish(code ?? 1);
  } catch (error) {
    die(error);
  }
}

let isFinishing = false;
/** The process ends: its sockets close, and the page is told. */
async function finish(code: number): Promise<void> {
  if (isFinishing) return;
  isFinishing = true;
  processSockets.table.end();
  folder?.flush();
  await gateway?.end();
  reporter.end();
  post({ type: 'exit', code, error: failure });
  await processSockets.table.closing.settled();
  // What the peers make of the end comes a little later.
  await new Promise((resolve) => setTimeout(resolve, PEERS_END));
  reporter.end();
  post({ type: 'settled' });
}

/** What a person typed, in a frame of the program. What it prints stands in the terminal before the answer is told. */
async function answer({ id, ident, text }: { id: number; ident: number; text: string }): Promise<void> {
  const told = await evaluate?.(ident, text);
  if (told === undefined) return;
  reporter.flushAll();
  post({ type: 'evaluated', id, answer: JSON.parse(told) as ConsoleAnswer });
  looks.soon();
}

scope.onmessage = ({ data }) => {
  switch (data.type) {
    case 'boot':
      gateway = new ProgramGateway(data.urls.gateway, {
        askTicket: (isNewSession) => post({ type: 'ticket', isNewSession }),
        time,
        onStandIn: (asked, outside) => post({ type: 'standIn', asked, outside }),
        onKernel: (states) => {
          kernel.onKernel(states);
          looks.soon();
        },
      });
      booted = boot(data.urls, data.slice);
      booted.catch(die);
      break;
    case 'run':
      gateway?.start(data.node);
      recorder.setFile(data.filename);
      void runProgram(data);
      break;
    case 'input':
      stdin.type(data.text);
      waiters.recheck();
      break;
    case 'file':
      folder?.put(data.change);
      break;
    case 'eof':
      stdin.end();
      waiters.recheck();
      break;
    case 'trouble':
      processSockets.connections.setTrouble(data.trouble);
      break;
    case 'evaluate':
      void answer(data);
      break;
    case 'pace':
      stepping[data.pace]();
      if (data.pace === 'resume') kernel.look([]);
      break;
    case 'interrupt':
      waiters.signal(2);
      break;
    case 'ticket':
      gateway?.onTicket(data.ticket);
      break;
  }
};
scope.addEventListener('online', () => gateway?.poke());
