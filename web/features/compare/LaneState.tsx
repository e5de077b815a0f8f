import type { Microseconds } from '../../../protocol/units.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import styles from './CompareView.module.css';
import type { ClientTimeline } from './client-timeline.ts';
import type { Client } from './comparison.ts';

type LaneStateProps = {
  readonly client: Client | undefined;
  readonly asked: Microseconds;
  readonly now: Microseconds;
  readonly isFull: boolean;
};

/** Until then nobody hangs: the answer is on its way. */
const HANG_AFTER: Microseconds = 500_000;

/** How a client stands, in two phrases: where it is, and whether it was answered. */
export function LaneState({ client, asked, now, isFull }: LaneStateProps) {
  const t = useT();
  if (client === undefined) return <span className={styles.absent}>{t.compare.absent}</span>;
  const { lane, record } = client;
  const said = answerText(t, lane, now);
  return (
    <>
      <span className={lane.accepted === undefined && !record.isOver ? styles.waiting : undefined}>{place()}</span>
      {said === undefined ? null : <span className={styles.answer}> · {said}</span>}
    </>
  );

  function place(): string {
    const { compare, errors } = t;
    const since = lane.called ?? asked;
    if (lane.error !== undefined) return `${lane.error}: ${errors[lane.error].what}`;
    if (record.isOver) return compare.left;
    if (lane.connected === undefined) {
      const span = formatSpan(Math.max(0, now - since));
      return isFull && now - since > HANG_AFTER ? compare.hangs(span) : compare.connecting(span);
    }
    if (lane.accepted === undefined) return compare.queued(formatSpan(Math.max(0, now - lane.connected)));
    return compare.served(formatSpan(Math.max(0, lane.accepted - lane.connected)));
  }
}

function answerText({ compare }: ReturnType<typeof useT>, lane: ClientTimeline, now: Microseconds): string | undefined {
  const { latest, unanswered } = lane;
  if (latest === undefined) return undefined;
  if (latest.answered !== undefined) return compare.answered(formatSpan(latest.answered - latest.sent));
  if (lane.ended !== undefined || unanswered === undefined) return compare.neverAnswered;
  return compare.unanswered(formatSpan(Math.max(0, now - unanswered.sent)));
}
