/** A chapter: how a script stands, and what is wrong with one. */
export const scripts = {
  label: 'Script',
  stop: 'Stop',
  running: {
    round: (round: number, times: number) => `round ${round} of ${times}`,
    answers: (count: number) => `${count} answered`,
    waits: (step: string) => `waits in ${step}`,
  },
  ended: {
    done: 'All done.',
    stopped: 'Stopped.',
    cut: 'The connection ended before the script did.',
    late: 'The time limit of a step was over (within).',
    differs: 'The bytes that came are not those of expectBytes.',
  },
  problem: (line: number, what: string) => `Line ${line}: ${what}`,
  problems: {
    word: 'no such step, or something extra after it.',
    bytes: 'bytes go in quotes, as in send "hi\\n" or hex"01 ff".',
    number: 'a whole number is missing, or it is too large.',
    order: 'steps come before the first rule (on …).',
    length: 'the script is longer than 20,000 characters.',
  },
};
export type ScriptWords = typeof scripts;
