import { attack, attackShort } from './attack/program.ts';
import { liveClass } from './class/class.ts';
import { classTab } from './class/class-tab.ts';
import { descriptors } from './descriptors.ts';
import { flood } from './flood.ts';
import { fuzz } from './fuzz.ts';
import { halfRequests } from './half-requests.ts';
import { herd } from './herd.ts';
import { orphans } from './orphans.ts';
import { outage } from './outage.ts';
import type { SoakProgram } from './program.ts';
import { resume } from './resume.ts';
import { slowReaders } from './slow-readers.ts';
import { stalledBrowser, stalledPeer } from './stalled.ts';

/** By the names that `npm run soak -- NAME` takes. */
export const PROGRAMS = {
  resume,
  herd,
  outage,
  'stalled-browser': stalledBrowser,
  'stalled-peer': stalledPeer,
  flood,
  'half-requests': halfRequests,
  orphans,
  fuzz,
  descriptors,
  'slow-readers': slowReaders,
  attack,
  'attack-short': attackShort,
  class: liveClass,
  'class-tab': classTab,
} satisfies Readonly<Record<string, SoakProgram>>;
