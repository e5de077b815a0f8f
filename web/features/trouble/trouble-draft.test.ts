import { expect, test } from 'vitest';
import { decodeMessage, encodeMessage } from '../../../protocol/messages/codec.ts';
import { Trouble } from '../../../protocol/messages/options.ts';
import { parseTrouble } from '../../../server/lab/servers/trouble-command.ts';
import { NO_TROUBLE, PLACES, SLIDERS, troubleLine, troubleOf } from './trouble-draft.ts';

test('what is off is not asked for', () => {
  expect(troubleOf(NO_TROUBLE)).toEqual({ direction: 'down' });
  expect(troubleLine(NO_TROUBLE)).toBeUndefined();
});

test('every place of every slider is what the gateway takes', () => {
  for (const name of SLIDERS) {
    PLACES[name].forEach((value, place) => {
      const trouble = troubleOf({ ...NO_TROUBLE, [name]: place, direction: 'both' });
      expect(decodeMessage(Trouble, encodeMessage(trouble))).toEqual(
        value === 0 ? { direction: 'both' } : { [name]: value, direction: 'both' },
      );
    });
  }
});

test('every line is what the trouble server takes', () => {
  for (const name of SLIDERS) {
    PLACES[name].forEach((_, place) => {
      const line = troubleLine({ ...NO_TROUBLE, [name]: place });
      expect(line === undefined).toBe(place === 0);
      if (line !== undefined) expect(parseTrouble(line)).toMatchObject({ ok: true });
    });
  }
  expect(troubleLine({ ...NO_TROUBLE, latency: 5, slice: 3, bandwidth: 7 })).toBe('delay 200, slice 3, bandwidth 100');
});
