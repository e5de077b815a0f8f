import { describe, expect, test } from 'vitest';
import { Judge } from '../../../lesson/judge/judge.ts';
import type { Wanted } from '../../../lesson/judge/wanted.ts';
import { parsePack } from '../../../lesson/pack/pack.ts';
import { FakeFacts } from '../../../lesson/testing/fake-facts.ts';
import { LESSONS_FOLDER, readPackFolder } from '../../../lesson/testing/pack-folder.ts';
import { en } from '../../i18n/en.ts';
import { zhCN } from '../../i18n/zh-CN.ts';
import { waitingText } from './waiting-text.ts';

test.each<[Wanted, string, string]>([
  [{ check: { seen: { call: 'recv', end: 'peer', argument: 5 } } }, 'recv(5) by the other end', '对端的 recv(5)'],
  [
    { check: { seen: { call: 'connect', error: 'ECONNREFUSED' } } },
    'connect → ECONNREFUSED by your socket',
    '你的套接字的 connect → ECONNREFUSED',
  ],
  [
    {
      check: { order: [{ call: 'close' }, { call: 'recv' }] },
      progress: { have: 1, want: 2, next: { call: 'recv', count: 0 } },
    },
    "recv → b'' by your socket (1 of 2)",
    "你的套接字的 recv → b''（1 / 2）",
  ],
  [
    { check: { run: ['server.py', { blocked: 'recv', for: 2_000 }] } },
    'server.py to wait in recv for 2 s',
    'server.py 在 recv 中等待 2 秒',
  ],
  [
    { check: { printed: ['a.py', { has: "[{ctime}] b'x'" }] } },
    "a.py to print a line with “[…] b'x'”",
    "a.py 打印含有 “[…] b'x'” 的一行",
  ],
  [
    { check: { any: [{ seen: { call: 'send', from: 'a.py' } }, { seen: { call: 'recv', from: 'a.py' } }] } },
    'send by a.py or recv by a.py',
    'a.py的 send，或者a.py的 recv',
  ],
  [{ check: { none: { call: 'reset' } } }, '', ''],
])('%j', (wanted, english, chinese) => {
  expect(waitingText(en, wanted)).toBe(english);
  expect(waitingText(zhCN, wanted)).toBe(chinese);
});

describe('the lessons', () => {
  const { lessons } = parsePack(readPackFolder(LESSONS_FOLDER));
  test.each(lessons.flatMap(({ lesson }) => lesson.steps.map((step) => [lesson.id, step.id, lesson] as const)))(
    '%s %s says what it waits for, in both languages, and never what the answer is',
    (_, id, lesson) => {
      const before = lesson.steps.slice(
        0,
        lesson.steps.findIndex((step) => step.id === id),
      );
      const judge = new Judge(lesson, new FakeFacts(), new Set(before.map((step) => step.id)));
      judge.update();
      for (const words of [en, zhCN]) {
        const texts = judge.missing.map((wanted) => waitingText(words, wanted)).filter((text) => text !== '');
        expect(texts.length).toBeGreaterThan(0);
        for (const text of texts) expect(text).not.toMatch(/undefined|NaN|\$|\[object/);
      }
    },
  );
});
