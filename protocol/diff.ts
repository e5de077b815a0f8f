import { type EchoAnswer, type EchoForm, readEchoAnswers, type Span } from './echo-answer.ts';
import { type Edit, editScript } from './edit-script.ts';

/** Bytes that were sent, beside those that came back for them, each where it stands in its own stream. */
export type AlignedSegment = {
  readonly kind: Edit['kind'];
  readonly sent: Span;
  /** As received: an escape of the answer's repr counts all of its characters. Never over an answer's border. */
  readonly received: Span;
};
export type Alignment = {
  readonly form: EchoForm;
  readonly answers: readonly EchoAnswer[];
  /** In order; together they cover all that was sent, and of what was received all but stamps and quotes. */
  readonly segments: readonly AlignedSegment[];
};

/**
 * Sets what came back against what was sent: the stamp of an echo server's answers is skipped and Python's repr undone,
 * so that only what truly differs is told apart. Pure and bounded (see `editScript`), for streams of any length.
 */
export function alignReply(sent: Uint8Array, received: Uint8Array): Alignment {
  const { form, answers, echoed, origins } = readEchoAnswers(received);
  const cutter = new AnswerCutter(answers, origins, received.length);
  const segments = editScript(sent, echoed).flatMap((edit) => cutter.cut(edit));
  return { form, answers, segments };
}

/** Turns runs of echoed bytes into runs of received ones. Edits must come in order: the answers are walked once. */
class AnswerCutter {
  readonly #answers: readonly EchoAnswer[];
  readonly #origins: Int32Array;
  readonly #end: number;
  #answer = 0;

  constructor(answers: readonly EchoAnswer[], origins: Int32Array, end: number) {
    this.#answers = answers;
    this.#origins = origins;
    this.#end = end;
  }

  cut({ kind, before, after }: Edit): AlignedSegment[] {
    if (after.count === 0)
      return [{ kind, sent: before, received: { offset: this.#originOf(after.offset), count: 0 } }];
    const segments: AlignedSegment[] = [];
    let done = 0;
    while (done < after.count) {
      const from = after.offset + done;
      const size = Math.min(after.count - done, this.#leftInAnswer(from));
      const isLast = done + size === after.count;
      // Equal runs are cut on both sides alike; of a change, the sent side goes with its last part.
      const count = kind === 'equal' ? size : isLast ? before.count : 0;
      const offset = kind === 'equal' ? before.offset + done : before.offset;
      const start = this.#originOf(from);
      const part = kind === 'changed' && count === 0 ? 'inserted' : kind;
      segments.push({
        kind: part,
        sent: { offset, count },
        received: { offset: start, count: this.#endOf(from + size - 1) - start },
      });
      done += size;
    }
    return segments;
  }

  #originOf(index: number): number {
    return this.#origins[index] ?? this.#end;
  }

  /** How many echoed bytes from `index` on belong to one answer. */
  #leftInAnswer(index: number): number {
    const end = this.#answerEnd(index);
    let low = index + 1;
    let high = this.#origins.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#origins[middle] as number) < end) low = middle + 1;
      else high = middle;
    }
    return low - index;
  }
  #endOf(index: number): number {
    return Math.min(this.#answerEnd(index), this.#originOf(index + 1));
  }
  #answerEnd(index: number): number {
    const origin = this.#originOf(index);
    let answer = this.#answers[this.#answer];
    while (answer && answer.body.offset + answer.body.count <= origin) {
      this.#answer += 1;
      answer = this.#answers[this.#answer];
    }
    return answer ? answer.body.offset + answer.body.count : this.#end;
  }
}
