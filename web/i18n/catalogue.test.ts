import { describe, expect, test } from 'vitest';
import { answers as englishAnswers } from './en/answers.ts';
import { callCards as englishCards } from './en/call-cards.ts';
import { experiments as englishExperiments } from './en/experiments.ts';
import { leftBehind as englishLeft } from './en/left-behind.ts';
import { messageTools as englishMessageTools } from './en/message-tools.ts';
import { scripts as englishScripts } from './en/scripts.ts';
import { serverViews as englishViews } from './en/server-views.ts';
import { stations as englishStations } from './en/stations.ts';
import { tools as englishTools } from './en/tools.ts';
import { en as first } from './en.ts';
import { answers as chineseAnswers } from './zh-CN/answers.ts';
import { callCards as chineseCards } from './zh-CN/call-cards.ts';
import { experiments as chineseExperiments } from './zh-CN/experiments.ts';
import { leftBehind as chineseLeft } from './zh-CN/left-behind.ts';
import { messageTools as chineseMessageTools } from './zh-CN/message-tools.ts';
import { scripts as chineseScripts } from './zh-CN/scripts.ts';
import { serverViews as chineseViews } from './zh-CN/server-views.ts';
import { stations as chineseStations } from './zh-CN/stations.ts';
import { tools as chineseTools } from './zh-CN/tools.ts';
import { zhCN as chineseFirst } from './zh-CN.ts';

/** With the chapters that come with what shows them. */
const en = {
  ...first,
  callCards: englishCards,
  experiments: englishExperiments,
  leftBehind: englishLeft,
  serverViews: englishViews,
  stations: englishStations,
  tools: englishTools,
  answers: englishAnswers,
  messageTools: englishMessageTools,
  scripts: englishScripts,
};
const zhCN = {
  ...chineseFirst,
  callCards: chineseCards,
  experiments: chineseExperiments,
  leftBehind: chineseLeft,
  serverViews: chineseViews,
  stations: chineseStations,
  tools: chineseTools,
  answers: chineseAnswers,
  messageTools: chineseMessageTools,
  scripts: chineseScripts,
};

/** Every message with its path; functions are called with numbers, so that their sentences are seen too. */
function leaves(value: unknown, path: string): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function')
    return [1, 2].flatMap((sample) => leaves(callWith(value, sample), `${path}(${sample})`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, `${path}.${key}`));
}
/** Parameters are numbers, or an object of numbers. */
function callWith(message: unknown, sample: number): unknown {
  if (typeof message !== 'function') return undefined;
  const call = (parameter: unknown): unknown => message(...Array.from({ length: message.length }, () => parameter));
  const text = call(sample);
  return String(text).includes('undefined') ? call(new Proxy({}, { get: () => sample })) : text;
}
function keys(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, inner]) => keys(inner, `${path}.${key}`));
}

describe.each([
  ['English', en],
  ['Chinese', zhCN],
])('%s', (_, catalogue) => {
  test('has no empty message, none with a hole in it, none that a space frays', () => {
    const poor = leaves(catalogue, '').filter(
      ([, text]) => text === '' || text !== text.trim() || /undefined|NaN|\[object/.test(text),
    );
    expect(poor).toEqual([]);
  });
});

test('both languages have the same messages', () => {
  // As sets: to look each of thousands up in a list takes seconds.
  expect(new Set(keys(zhCN, ''))).toEqual(new Set(keys(en, '')));
});

test('no sentence was left in English', () => {
  const chinese = new Map(leaves(zhCN, ''));
  const left = leaves(en, '').filter(([path, text]) => {
    const isSentence =
      /[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(text) &&
      !path.startsWith('.errors.') &&
      !path.includes('.code') &&
      !path.endsWith('.raises');
    return isSentence && chinese.get(path) === text;
  });
  expect(left).toEqual([]);
});
