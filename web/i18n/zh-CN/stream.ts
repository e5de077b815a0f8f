import type { stream as english } from '../en/stream.ts';

export const stream: typeof english = {
  label: '字节流',
  lines: '对话',
  showAs: '显示为',
  formats: { text: '文本', hex: '十六进制' },
  sent: '发送',
  received: '接收',
  copyScope: '要复制的字节',
  scopes: { both: '双方', sent: '发送的', received: '接收的' },
  copyAs: '复制为',
  copyFormats: {
    text: '文本',
    hexdump: '十六进制转储',
    base64: 'Base64',
    python: 'Python 字节串',
    c: 'C 数组',
    json: 'JSON',
  },
  copy: '复制',
  copied: (size) => `已复制 ${size}`,
  copyFailed: '浏览器不允许复制。',
  copyTooMuch: (size) => `${size} 超过了剪贴板的容量。`,
  newLines: (count) => `${count} 条新的`,
  empty: '还没有发送或接收任何字节。',
};
