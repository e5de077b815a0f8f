import type { LeftBehindWords } from '../en/left-behind.ts';

export const leftBehind: LeftBehindWords = {
  label: '重新加载之前的套接字',
  kept: (recovered, open) =>
    open === 0
      ? `重新加载之前的 ${recovered} 个套接字作为录制保留在列表中。`
      : `页面已重新加载：${open} 个打开的套接字随之关闭。${recovered} 个套接字的经过作为录制保留在列表中。`,
  lost: (open) => `重新加载页面时有 ${open} 个套接字还开着，它们随页面一起关闭了。`,
  omitted: (count) => `另有 ${count} 个较早的套接字，日志太长，没有保留。`,
};
