import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useClassWords } from '../../i18n/class-words.ts';
import type { SeatRow } from '../../store/classroom/seat-rows.ts';
import { LiveRegion } from '../../ui/LiveRegion.tsx';
import { seatStatus, whoIs } from './seats/seat-text.ts';

/** ms: no more than one sentence in so long. */
const SENTENCE_EACH = 1_000;

/** Says who has begun to ask, and who is stuck. */
export function ClassAnnouncer({ rows, isHiding }: { readonly rows: readonly SeatRow[]; readonly isHiding: boolean }) {
  const { teach } = useClassWords();
  const [text, setText] = useState('');
  const said = useRef(new Map<number, string>());
  const waiting = useRef<string[]>([]);

  useEffect(() => {
    for (const row of rows) {
      const status = row.hasHand ? 'hand' : (row.stuck ?? '');
      const before = said.current.get(row.seat);
      said.current.set(row.seat, status);
      // What stood there when the page came is no news.
      if (before === undefined || before === status || status === '') continue;
      const who = whoIs(teach, row, isHiding);
      waiting.current.push(
        row.hasHand ? teach.announce.asks(who) : teach.announce.stuck(who, seatStatus(teach, row) ?? ''),
      );
    }
  }, [rows, isHiding, teach]);
  const say = useEffectEvent(() => {
    const next = waiting.current.shift();
    if (next !== undefined) setText(next);
  });
  useEffect(() => {
    const timer = setInterval(say, SENTENCE_EACH);
    return () => clearInterval(timer);
  }, []);
  return <LiveRegion text={text} />;
}
