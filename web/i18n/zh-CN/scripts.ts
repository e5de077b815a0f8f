import type { ScriptWords } from '../en/scripts.ts';

export const scripts: ScriptWords = {
  label: '脚本',
  stop: '停止',
  running: {
    round: (round, times) => `第 ${round} 轮，共 ${times} 轮`,
    answers: (count) => `已应答 ${count} 次`,
    waits: (step) => `正在等待 ${step}`,
  },
  ended: {
    done: '全部完成。',
    stopped: '已停止。',
    cut: '脚本还没有做完，连接就结束了。',
    late: '有一步等待超时（within）。',
    differs: '收到的字节与 expectBytes 所写的不同。',
  },
  problem: (line, what) => `第 ${line} 行：${what}`,
  problems: {
    word: '没有这样的步骤，或者后面有多余的内容。',
    bytes: '字节要写在引号里，例如 send "hi\\n" 或 hex"01 ff"。',
    number: '缺少整数，或者数值太大。',
    order: '步骤要写在第一条规则（on …）之前。',
    length: '脚本超过 20000 个字符。',
  },
};
