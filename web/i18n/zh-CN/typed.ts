import type { typed as english } from '../en/typed.ts';

export const typed: typeof english = {
  escapeUnknown: (written) => `${written} 不是转义。`,
  escapeShort: '转义不完整。',
  escapeEnds: '内容以单个反斜杠结尾。',
  escapeTooLarge: '这个转义超过了一个字节。',
  escapeNoCharacter: '这个转义不对应任何字符。',
  escapeStands: "没有异常：b'…' 没有这个转义，保留其中的字符或低 8 位，并给出 SyntaxWarning",
  portTaken: '没有异常：Python 把它读作数字',
  hostTaken: (host) =>
    host === '' ? "没有异常：'' 表示本机" : `没有异常：Python 的解析器把 ${host} 读作旧写法的 IPv4 地址`,
};
