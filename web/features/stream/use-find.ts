import { useMemo, useState } from 'react';
import { unlessRefused } from '../../../protocol/errors.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useStored } from '../../platform/stored.ts';
import { useGrowing } from '../../ui/use-growing.ts';
import type { StreamLines } from './stream-lines.ts';
import { type Match, needleOf, StreamMatches } from './stream-matches.ts';

export type Find = {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly isInvalid: boolean;
  readonly matches: StreamMatches;
  /** The match that one stands at; undefined where there is none. */
  readonly current: Match | undefined;
  readonly at: number;
  readonly step: (by: 1 | -1) => void;
  /** Another object whenever a line is to be brought into view. */
  readonly show: { readonly line: number } | undefined;
};

const NOTHING = new Uint8Array();
const grow = (matches: StreamMatches, isLate: () => boolean): boolean => matches.update(isLate);

/** What is looked for in a conversation, kept while the tab is there; matches come as the log grows. */
export function useFind(record: SocketTrace, lines: StreamLines, kind: 'text' | 'hex'): Find {
  const [text, setStored] = useStored('tab', 'stream.find', (stored) => (typeof stored === 'string' ? stored : ''));
  const [chosen, setChosen] = useState<{ readonly at: number }>();
  // Undefined while the text is not bytes yet.
  const needle = useMemo(() => unlessRefused(() => needleOf(text, kind)), [text, kind]);
  const matches = useMemo(() => new StreamMatches(lines, record, needle ?? NOTHING), [lines, record, needle]);
  useGrowing(record.log, matches, grow);
  const { count } = matches;
  const at = count === 0 ? 0 : Math.min(chosen?.at ?? 0, count - 1);
  const current = count === 0 ? undefined : matches.at(at);
  const line = current?.line;
  const show = useMemo(() => (chosen && line !== undefined ? { line } : undefined), [chosen, line]);
  return {
    text,
    setText: (next) => {
      setStored(next);
      setChosen({ at: 0 });
    },
    isInvalid: needle === undefined,
    matches,
    current,
    at,
    step: (by) => setChosen({ at: count === 0 ? 0 : (at + by + count) % count }),
    show,
  };
}
