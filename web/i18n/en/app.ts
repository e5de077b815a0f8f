import { formatByteCount, plural } from '../format.ts';
import type { Language } from '../language.ts';

const pages = { play: 'Play', program: 'Program', learn: 'Learn', teach: 'Teach' };

export const app = {
  brand: 'Socket Playground',
  skip: 'Skip to the page',
  pagesLabel: 'Pages',
  joinRoom: 'Join a room',
  pages,
  title: (page: string) => `${page} · Socket Playground`,
  missing: {
    title: 'There is no such page',
    body: 'This playground has no page at this address.',
    back: 'Go to Play',
  },
  loading: 'Loading…',
  /** Shown in its own language: it is for those who do not read this one. */
  otherLanguage: { tag: 'zh-CN' as Language, name: '中文' },
  theme: { system: 'Theme: as the system', light: 'Theme: light', dark: 'Theme: dark' },
  crash: {
    title: 'This part of the page has crashed',
    body: 'Your sockets are still open, and what you typed is kept. Try again and go on.',
    retry: 'Try again',
    reload: 'Reload the page',
  },
  footer: {
    sockets: (sockets: number, listeners: number) =>
      `${plural(sockets, 'socket', 'sockets')}${listeners > 0 ? ` · ${plural(listeners, 'listener', 'listeners')}` : ''}`,
    sent: (bytes: number) => `${formatByteCount(bytes)} sent`,
    received: (bytes: number) => `${formatByteCount(bytes)} received`,
    shortcuts: 'shortcuts',
  },
  tryOut: {
    label: 'Try',
    names: {
      hello: 'Say hello',
      cut: 'Cut it',
      halfClose: 'Half-close',
      oneAtATime: 'One at a time',
      beServer: 'Be the server',
      twoLetters: 'Two letters',
      wrong: 'Do it wrong',
    },
  },
  play: {
    sidebar: 'Servers and sockets',
    sidebarWidth: 'Width of the servers and sockets',
    inspectorWidth: 'Width of the inspector',
    inspectorHint: 'Choose a call to see its bytes, its text and the kernel’s state of the connection.',
    timesLabel: 'Times',
    times: { since: 'time since the first call', clock: 'clock time' },
    setup: 'Servers, target, and closing',
    armed: 'something is set',
    showInspector: 'Inspect',
    hideInspector: 'Back to the view',
    emptyTitle: 'Connect, then type and press Enter.',
    emptyBody: 'A real server is waiting at the other end. You will see every byte and every call of both ends.',
    sayHello: 'Say hello',
    dropped: (count: number, kept: number) =>
      `The ${count.toLocaleString('en')} oldest events were dropped: the log keeps only the latest ${kept.toLocaleString('en')}. Nothing else is lost.`,
    tooLongDatagrams: (count: number) =>
      `${plural(count, 'datagram was', 'datagrams were')} dropped here: longer than the 65,507 bytes that the playground carries. UDP over IPv6 takes 65,527.`,
    droppedDatagrams: (count: number) =>
      `${plural(count, 'datagram was', 'datagrams were')} dropped here: the page could not take them in time.`,
    omitted: (bytes: number) =>
      `${formatByteCount(bytes)} came after the first 256 KiB in a direction: they are counted, but not kept here.`,
    noEvents: 'Nothing has happened on this socket yet.',
  },
};
