import { createElement, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import '../../web/ui/base.css';
import { Inspector } from '../../web/features/inspector/Inspector.tsx';
import { Ladder } from '../../web/features/ladder/Ladder.tsx';
import { readFile, writeFile } from '../../web/features/save/file-job.ts';
import { StreamView } from '../../web/features/stream/StreamView.tsx';
import { EventTable } from '../../web/features/table/EventTable.tsx';
import { loadMessages, MessagesContext } from '../../web/i18n/t.ts';
import { LiveSocket } from '../../web/store/live-socket.ts';
import { Playground } from '../../web/store/playground.ts';
import type { PageBench, PageBenchView } from './page-bench.ts';

// The views of the Play page as they are, over one socket that a script feeds in place of a gateway.

/** What one question and its answer add to the log: send and recv, of both ends. */
const EVENTS_PER_TURN = 4;
const TURN_MICROSECONDS = 800;
const FEED_INTERVAL = 20;

const record = new LiveSocket({
  id: 1,
  ordinal: 1,
  kind: 'tcp',
  target: { host: '127.0.0.1', port: 8009 },
  receiveSize: 1_024,
});
const handler = record.handler();
const encoder = new TextEncoder();
let at = 1_000_000;
let turns = 0;

handler.onOpened?.({
  called: at,
  at,
  local: { host: '127.0.0.1', port: 55_378 },
  remote: { host: '127.0.0.1', port: 8_009 },
  lab: 'Timestamp echo',
});

function addTurn(): void {
  const common = { argument: 1_024, text: '', error: undefined } as const;
  const question = encoder.encode(`message ${turns}`);
  const answer = encoder.encode(`[Thu Sep 15 22:29:12 2016] b'message ${turns}'`);
  record.sent.append(question);
  handler.onSent?.([{ at, count: question.length }]);
  handler.onEvent?.({ ...common, at: at + 100, call: 'recv', count: question.length });
  handler.onEvent?.({ ...common, at: at + 200, call: 'send', count: answer.length });
  handler.onData?.(at + 300, answer);
  at += TURN_MICROSECONDS;
  turns += 1;
}

const VIEWS = { ladder: Ladder, table: EventTable, stream: StreamView };
const playground = new Playground({
  dial: () => ({ send: () => true, close: () => {} }) as never,
  clock: { now: () => performance.now(), after: () => () => {} },
  random: Math.random,
  schedule: queueMicrotask,
});
const messages = await loadMessages('en');
let show: (view: PageBenchView | undefined) => void = () => {};

function Page() {
  const [view, setView] = useState<PageBenchView>();
  const [selected, onSelect] = useState<number>();
  const dropped = useSyncExternalStore(record.subscribe, () => record.log.dropped);
  show = setView;
  const of = { record, playground, selected, onSelect };
  const style = { height: '100vh', display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 372px' };
  const shown = view && [
    createElement(VIEWS[view], { key: `${view} ${dropped}`, ...of }),
    createElement(Inspector, { key: `inspector ${dropped}`, ...of }),
  ];
  return createElement('main', { style }, shown);
}
const root = document.getElementById('root') as HTMLElement;
createRoot(root).render(createElement(MessagesContext, { value: { messages, language: 'en' } }, createElement(Page)));

/** Lets the page breathe: a script that fills a log at one go measures itself. */
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

const nextFrame = (): Promise<number> => new Promise(requestAnimationFrame);

let file: Blob | undefined;
function createFileWorker(): Worker {
  return new Worker(new URL('../../web/features/save/file-worker.ts', import.meta.url), { type: 'module' });
}

const bench: PageBench = {
  async fill(events) {
    while (record.log.dropped === 0 && record.log.length() < events) {
      for (let turn = 0; turn < 2_000; turn += 1) addTurn();
      await breathe();
    }
    return bench.held();
  },
  held: () => ({
    events: record.log.length(),
    dropped: record.log.dropped,
    bytes: record.sent.length + record.received.length,
  }),
  show: (view) => show(view),
  feed(eventsPerSecond, milliseconds) {
    const started = performance.now();
    let fed = 0;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const passed = performance.now() - started;
        const due = Math.floor((passed * eventsPerSecond) / 1_000 / EVENTS_PER_TURN);
        for (; fed < due; fed += 1) addTurn();
        if (passed < milliseconds) return;
        clearInterval(timer);
        resolve(fed * EVENTS_PER_TURN);
      }, FEED_INTERVAL);
    });
  },
  async filter(text, rows) {
    const box = document.querySelector<HTMLInputElement>('input[type="text"], input[type="search"], input:not([type])');
    if (!box) throw new Error('the table is not open');
    const started = performance.now();
    // React hears of a value only where the element's own setter was used.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(box, text);
    box.dispatchEvent(new InputEvent('input', { bubbles: true }));
    const headed = String(rows + 1);
    while (document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') !== headed) await nextFrame();
    return performance.now() - started;
  },
  async save(format) {
    file = await writeFile(createFileWorker(), format, [record]).done;
    return file?.size ?? 0;
  },
  async open() {
    const records = file && (await readFile(createFileWorker(), file, playground).done);
    return records?.[0]?.log.length() ?? 0;
  },
};
Object.assign(window, { bench });
