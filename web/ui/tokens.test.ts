import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const tokens = new Map(
  [...css.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name, light, dark]) => [name, { light, dark }] as const,
  ),
);

/** WCAG 2.2, relative luminance. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}
function colour(name: string, theme: 'light' | 'dark'): string {
  const value = tokens.get(name)?.[theme];
  if (value === undefined) throw new Error(`no token --color-${name}`);
  return value;
}

const SURFACES = ['paper', 'panel', 'sunken'];
const TINTS = ['accent-soft', 'sent-soft', 'received-soft', 'server-soft', 'good-soft', 'wait-soft', 'bad-soft'];
const TEXTS = [
  'ink',
  'muted',
  'faint',
  'accent',
  'accent-strong',
  'sent',
  'received',
  'server',
  'keyword',
  'good',
  'wait',
  'bad',
];
/** Filled with a text colour, written on in the colour of a surface: a selected bead, a chosen tab, a primary button. */
const FILLED = [
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['panel', 'sent'],
  ['panel', 'received'],
  ['panel', 'muted'],
  ['panel', 'ink'],
  ['panel', 'bad'],
] as const;

describe.each(['light', 'dark'] as const)('%s theme', (theme) => {
  test.each(TEXTS)('%s is readable on every surface and tint', (text) => {
    const poor = [...SURFACES, ...TINTS].filter((on) => contrast(colour(text, theme), colour(on, theme)) < 4.5);
    expect(poor).toEqual([]);
  });
  test.each(FILLED)('%s is readable on a fill of %s', (text, fill) => {
    expect(contrast(colour(text, theme), colour(fill, theme))).toBeGreaterThanOrEqual(4.5);
  });
  test('lines of controls stand out from every surface', () => {
    const poor = SURFACES.filter((on) => contrast(colour('control-line', theme), colour(on, theme)) < 3);
    expect(poor).toEqual([]);
  });
});
