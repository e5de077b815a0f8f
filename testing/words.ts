/** Words of the glossary's column "never" that are right for something else: a packet of IP, the server's log, a proxy. */
const RIGHT_ELSEWHERE =
  'packet, packets, message, payload, connection, channel, proxy, log, hook, drop, timeout, user'.split(', ');
/** Words that make a sentence slow to read, or give a socket, a server or a kernel a mind. */
const NOT_PLAIN = [
  'anew',
  'to be had',
  'hears',
  'heard',
  'dear',
  'polite',
  'nobody listens',
  'nobody listened',
  'nobody answers',
  'somebody listens',
  'kernel thinks',
  'kernel knows',
  'server knows',
  'socket knows',
  'program knows',
  'server wants',
  'socket wants',
];

/** The Chinese word for a thing, and second words for it. */
const CHINESE: readonly (readonly [say: string, never: readonly string[]])[] = [
  ['时序图', ['梯形图']],
  ['accept 队列', ['监听队列', '接受队列', '挂起队列']],
  ['复位', ['重置']],
  ['对端', ['对方', '另一端', '另一方']],
  ['报文段', ['个段', '数据段', '最大段']],
  ['应答', ['回答']],
  ['口令', ['钥匙', '令牌']],
  ['票据', ['凭票']],
  ['课堂', ['房间']],
  ['代码', ['房间码']],
  ['教师', ['老师']],
  ['故障服务器', ['捣乱']],
  ['拆分', ['切开', '拆开']],
  ['网络', ['线路']],
  ['连接', ['前往', '呼叫', '接待']],
  ['EOF', ['文件结束']],
  ['窗口扩大因子', ['窗口缩放']],
  ['慢开始', ['慢启动']],
  ['没有程序在监听', ['没有人在监听', '没有人监听', '没人监听', '无人监听']],
  ['回环', ['环回']],
  ['没有应答', ['一言不发']],
];

/** What the English texts do not say: the glossary's column "never", and words that are not plain. */
export function refusedEnglish(glossary: string): readonly string[] {
  const rows = glossary.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| say '));
  const never = rows.flatMap((row) => (row.split('|').at(-2) ?? '').replace(/\(.*?\)/g, '').split(','));
  const words = never.map((word) => word.trim()).filter((word) => word !== '' && !RIGHT_ELSEWHERE.includes(word));
  return [...words, ...NOT_PLAIN];
}

/** Every refused English word in a text without its code, each with its line. */
export function foundEnglish(text: string, refused: readonly string[]): readonly string[] {
  const pattern = new RegExp(`\\b(?:${refused.join('|')})s?\\b`, 'i');
  return found(prose(text), (line) => pattern.exec(line)?.[0]);
}

/** Every Chinese word in a text that is not the one for its thing, each with its line. */
export function foundChinese(text: string): readonly string[] {
  return found(text, (line) =>
    CHINESE.flatMap(([say, never]) => never.map((word) => (line.includes(word) ? `${word} (${say})` : ''))).find(
      (word) => word !== '',
    ),
  );
}

/** Code in fences and backquotes is no prose; its lines stay, so that lines keep their numbers. */
function prose(text: string): string {
  return text.replace(/^```[\s\S]*?^```/gm, (block) => block.replace(/.+/g, '')).replace(/`[^`\n]*`/g, '``');
}
function found(text: string, look: (line: string) => string | undefined): string[] {
  return text.split('\n').flatMap((line, index) => {
    const word = look(line);
    return word === undefined ? [] : [`${index + 1}: ${word}: ${line.trim().slice(0, 100)}`];
  });
}
