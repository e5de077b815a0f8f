import type { Messages } from '../../i18n/en.ts';

type Key = { readonly caps: readonly string[]; readonly does: keyof Messages['help']['keys'] };
type KeyGroup = { readonly group: keyof Messages['help']['groups']; readonly keys: readonly Key[] };

/** What `?` lists. The keys are drawn as they stand on the keyboard; what they do is the catalogue's. */
export const KEY_GROUPS: readonly KeyGroup[] = [
  {
    group: 'anywhere',
    keys: [
      { caps: ['?'], does: 'help' },
      { caps: ['/'], does: 'toComposer' },
      { caps: ['t'], does: 'toTarget' },
      { caps: ['['], does: 'previousSocket' },
      { caps: [']'], does: 'nextSocket' },
      { caps: ['1', '2', '3', '4', '5', '6', '7'], does: 'view' },
    ],
  },
  {
    group: 'learn',
    keys: [
      { caps: ['l'], does: 'toLesson' },
      { caps: ['w'], does: 'toWorkplace' },
      { caps: ['F6'], does: 'otherPane' },
      { caps: ['h'], does: 'nextHint' },
      { caps: ['p'], does: 'previousLesson' },
      { caps: ['n'], does: 'nextLesson' },
    ],
  },
  {
    group: 'teach',
    keys: [
      { caps: ['.'], does: 'nextAsking' },
      { caps: [','], does: 'nextStuck' },
      { caps: ['h'], does: 'toHint' },
      { caps: ['s'], does: 'shareSeat' },
      { caps: ['d'], does: 'helpDone' },
      { caps: ['P'], does: 'hideNames' },
      { caps: ['Esc'], does: 'leaveSeat' },
    ],
  },
  { group: 'target', keys: [{ caps: ['Enter'], does: 'connect' }] },
  {
    group: 'composer',
    keys: [
      { caps: ['Enter'], does: 'send' },
      { caps: ['Shift Enter'], does: 'newLine' },
      { caps: ['↑'], does: 'recall' },
      { caps: ['↓'], does: 'forget' },
    ],
  },
  {
    group: 'views',
    keys: [
      { caps: ['↑', '↓', '←', '→'], does: 'move' },
      { caps: ['PageUp', 'PageDown'], does: 'page' },
      { caps: ['Home', 'End'], does: 'ends' },
      { caps: ['Shift ↑', 'Shift ↓'], does: 'measure' },
      { caps: ['Tab'], does: 'leave' },
    ],
  },
  {
    group: 'panes',
    keys: [
      { caps: ['←', '→'], does: 'tabs' },
      { caps: ['←', '→', 'Home', 'End'], does: 'panes' },
      { caps: ['Enter'], does: 'paneReset' },
    ],
  },
];
