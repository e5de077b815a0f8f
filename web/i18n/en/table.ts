import { plural } from '../format.ts';

/** What the word after each key of the filter may be. */
const filterKeys = {
  dir: 'dir: takes sent or received',
  end: 'end: takes local or peer',
  call: 'call: takes the name of a call, such as recv',
  is: 'is: takes error',
  len: 'len> takes a number of bytes',
};

export const table = {
  label: 'Events',
  filter: 'Filter',
  filterPlaceholder: 'text, dir:sent, len>100',
  filterHint:
    'Text matches calls and bytes. dir:sent, dir:received, end:local, end:peer, call:recv, is:error, len>100 ' +
    '(also <, =, >=, <=). All words must match; - before a word leaves out what matches it; quotes keep words together.',
  filterKeys,
  clear: 'Clear the filter',
  shown: (shown: number, all: number) => `${shown} of ${plural(all, 'event', 'events')}`,
  all: (count: number) => plural(count, 'event', 'events'),
  time: 'time',
  delta: 'Δ',
  deltaHint: 'since the row above, while the rows stand by time',
  sortHint: 'Sorts the rows: ascending, descending, then by time again',
  measure: 'Measure from here',
  measureHint:
    'The time between two rows: choose one, press “Measure from here”, and choose the other. Or hold Shift as you choose the second.',
  between: (span: string) => `${span} between the two rows`,
  chooseSecond: 'Choose a second row',
  stopMeasuring: 'Stop measuring',
  end: 'end',
  call: 'call',
  direction: 'direction',
  length: 'length',
  preview: 'preview',
  sent: 'sent',
  received: 'received',
  newRows: (count: number) => `${count} new`,
  empty: 'Nothing has happened yet.',
  emptyFilter: 'No event matches.',
};
