import type { MessageToolsWords } from '../en/message-tools.ts';
import { checksums } from './checksums.ts';

export const messageTools: MessageToolsWords = {
  label: '消息工具',
  checksum: '校验码',
  checksumHint: '附在全部内容（包括行尾）之后。CRC-16/MODBUS 和 CRC-32 低字节在前',
  checksums: { none: '无', ...checksums },
  copyLink: '复制链接',
  linkHint: '打开链接的人会看到目标、视图和消息已经填好；按下“发送”之前什么都不会发出',
  copied: '链接已复制。',
  copyFailed: '浏览器不允许复制。链接如下：',
  linkTooLong: '消息超过 2000 个字符，放不进链接。',

  withChecksum: {
    sum8: '附 8 位累加和',
    xor8: '附异或校验',
    'crc16-modbus': '附 CRC-16/MODBUS',
    'crc16-ccitt-false': '附 CRC-16/CCITT-FALSE',
    crc32: '附 CRC-32',
  },
  link: {
    linked: '内容由链接填入，看过之后再发送。',
    'too-long': '链接中的消息超过 2000 个字符，没有填入。',
  },

  repeat: '重复发送',
  times: '次数',
  every: '间隔（毫秒）',
  timesInvalid: (max) => `请输入 1 到 ${max} 的整数。`,
  everyInvalid: (min, max) => `请输入 ${min} 到 ${max} 的整数。`,
  start: '重复发送消息',
  repeatHint: '消息中的 {n} 会换成轮次；十六进制中占一个字节',

  sequence: '序列',
  sequenceHint:
    '每行一步：send "…"、readUntil "…"、expectBytes "…"、read 4、pause 200、expectEnd、end、reset、close。字节写法同“转义”，或写成 hex"01 ff"；send 后面可以跟校验码，如 crc32；等待的步骤后面可以写最多等多少毫秒：readUntil "…" within 500',
  sequenceExample: 'send "EHLO me\\r\\n"\nreadUntil "\\r\\n"\nsend "QUIT\\r\\n"',
  run: '运行序列',
  noSocket: '请先选择一个连接。',
  notBytes: '消息还不是完整的字节。',
  emptySequence: '序列里没有步骤。',

  saved: '已保存',
  name: '名称',
  saveMessage: '保存消息',
  saveSequence: '保存序列',
  notSaved: '需要一个不超过 60 个字符的名称，并且要有空位：最多保存 100 条，每条不超过 20000 个字符。',
  none: '还没有。',
  use: (name) => `使用 ${name}`,
  remove: (name) => `移除 ${name}`,
  kinds: { message: '消息', sequence: '序列' },
  toFile: '保存到文件',
  fromFile: '打开文件',
  notAFile: '这不是保存消息的文件。',
  opened: (count) => `从文件读入 ${count} 条。`,
};
