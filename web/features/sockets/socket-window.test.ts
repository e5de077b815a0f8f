import { expect, test } from 'vitest';
import { SOCKETS_SHOWN, socketWindow } from './socket-window.ts';

test.each([
  ['none', 0, -1, undefined, 0, 0],
  ['all of a session’s', SOCKETS_SHOWN, 3, undefined, 0, SOCKETS_SHOWN],
  ['the latest', 20_000, -1, undefined, 19_500, 20_000],
  ['those around the selected one', 20_000, 9_000, undefined, 8_750, 9_250],
  ['the first ones, where it is one of them', 20_000, 0, undefined, 0, 500],
  ['the last ones, where it is one of them', 20_000, 19_999, undefined, 19_500, 20_000],
  ['those that a person went to', 20_000, 0, 12_000, 12_000, 12_500],
  ['no more than there are, after some were removed', 700, 0, 12_000, 200, 700],
])('of the list is drawn: %s', (_, count, selected, chosen, first, end) => {
  expect(socketWindow(count, selected, chosen)).toEqual({ first, end });
});
