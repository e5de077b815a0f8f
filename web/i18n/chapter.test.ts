import { expect, test } from 'vitest';
import { Chapter } from './chapter.ts';

test('each language is fetched once, and again after it could not be had', async () => {
  const asked: string[] = [];
  let isDown = true;
  const chapter = new Chapter({
    en: async () => {
      asked.push('en');
      if (isDown) throw new Error('down');
      return 'hello';
    },
    'zh-CN': async () => {
      asked.push('zh-CN');
      return '你好';
    },
  });
  await expect(chapter.words('en')).rejects.toThrow('down');
  isDown = false;
  await expect(chapter.words('en')).resolves.toBe('hello');
  expect(chapter.words('en')).toBe(chapter.words('en'));
  await expect(chapter.words('zh-CN')).resolves.toBe('你好');
  expect(asked).toEqual(['en', 'en', 'zh-CN']);
});
