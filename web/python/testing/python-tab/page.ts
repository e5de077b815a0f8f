import { browserClock, createWebSocketDial, gatewayUrl } from '../../../platform/browser-gateway.ts';
import { Playground } from '../../../store/playground.ts';
import { pythonUrls } from '../../python-files.ts';
import { PythonProcess } from '../../python-process.ts';
import type { PythonNews, PythonTab } from './tab-process.ts';

declare const pythonNews: (news: PythonNews) => void;

const FILENAME = 'program.py';
const { client } = new Playground({
  dial: createWebSocketDial(gatewayUrl(window.location, './')),
  clock: browserClock,
  random: Math.random,
  schedule: (flush) => queueMicrotask(flush),
});
client.start();

const processes = new Map<number, PythonProcess>();
let nextId = 1;

const pythonTab: PythonTab = {
  start: (source, slice) => {
    const id = nextId;
    nextId += 1;
    const end = (news: PythonNews) => {
      processes.delete(id);
      pythonNews(news);
    };
    const handler = {
      onReady: () => process.run({ filename: FILENAME, source, args: '', files: [], programs: [FILENAME] }),
      onOutput: (output: readonly { readonly fd: 1 | 2; readonly text: string }[]) => {
        for (const { fd, text } of output) pythonNews({ id, on: 'output', fd, text });
      },
      onFile: () => {},
      onSockets: () => {},
      onBlocked: () => {},
      onRaised: () => {},
      onLook: () => {},
      onExit: (code: number) => end({ id, on: 'exit', code }),
      onDied: (text: string) => end({ id, on: 'died', text }),
      onStandIn: () => {},
    };
    const process: PythonProcess = new PythonProcess(client, pythonUrls('./'), handler, slice);
    processes.set(id, process);
    return id;
  },
  interrupt: (id) => processes.get(id)?.interrupt(),
  kill: (id) => {
    processes.get(id)?.kill();
    processes.delete(id);
  },
};
Object.assign(window, { pythonTab });
