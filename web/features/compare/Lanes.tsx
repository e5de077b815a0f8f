import type { Microseconds, Milliseconds } from '../../../protocol/units.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import type { LabStats } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './CompareView.module.css';
import { type Client, type Comparison, isOfPair, PAIR } from './comparison.ts';
import { LaneState } from './LaneState.tsx';
import { placesOf, type Segment, waitsOf } from './segments.ts';

type LanesProps = {
  readonly comparison: Comparison;
  readonly queue: LabStats | undefined;
  /** The page's clock. */
  readonly now: Milliseconds;
};
/** What the width of the lanes stands for. */
type Span = { readonly from: Microseconds; readonly to: Microseconds };

/** The shortest time that the whole width stands for. */
const SPAN_MIN: Microseconds = 1_000;

/** A lane for each client, all on one clock. What the bars show, each lane also says. */
export function Lanes({ comparison, queue, now: pageNow }: LanesProps) {
  const { compare: t } = useT();
  const now = comparison.time.at(pageNow);
  const clients = comparison.clients();
  const span = spanOf(comparison, clients, now);
  const isFull = queue !== undefined && queue.waiting > queue.max;
  const names = [...PAIR, ...clients.map(({ name }) => name).filter((name) => !isOfPair(name))];
  return (
    <div className={styles.lanes}>
      <p className={styles.scale} aria-hidden="true">
        <span>0</span>
        <span>{clients.length > 0 ? formatSpan(span.to - span.from) : t.clock}</span>
      </p>
      <ul aria-label={t.clients}>
        {names.map((name) => {
          const client = comparison.client(name);
          return (
            <li key={name} className={isOfPair(name) ? styles.lane : `${styles.lane} ${styles.small}`}>
              <strong className={styles.name}>{t.client(name)}</strong>
              <div className={styles.track} aria-hidden="true">
                {client ? <Track client={client} comparison={comparison} span={span} now={now} /> : null}
              </div>
              <p className={styles.state}>
                <LaneState
                  client={client}
                  asked={client ? comparison.time.at(client.asked) : 0}
                  now={now}
                  isFull={isFull}
                />
              </p>
              {isOfPair(name) ? <JoinOrLeave comparison={comparison} name={name} /> : null}
            </li>
          );
        })}
      </ul>
      <p className={styles.key} aria-hidden="true">
        {(['connecting', 'queued', 'served', 'unanswered'] as const).map((kind) => (
          <span key={kind}>
            <i className={styles[kind]} /> {t.kinds[kind]}
          </span>
        ))}
      </p>
    </div>
  );
}

function JoinOrLeave({ comparison, name }: { readonly comparison: Comparison; readonly name: string }) {
  const { compare: t } = useT();
  const isThere = comparison.client(name)?.record.isOver === false;
  // One button: the keyboard stays where it is when what it does changes.
  return (
    <Button
      isDisabled={comparison.address === undefined}
      onClick={() => (isThere ? comparison.leave(name) : comparison.join(name))}
    >
      {isThere ? t.leave(name) : t.join(name)}
    </Button>
  );
}

type TrackProps = {
  readonly client: Client;
  readonly comparison: Comparison;
  readonly span: Span;
  readonly now: Microseconds;
};

function Track({ client: { lane, asked }, comparison, span, now }: TrackProps) {
  return (
    <>
      {placesOf(lane, comparison.time.at(asked), now).map((segment) => (
        <i key={segment.kind} className={styles[segment.kind]} style={placeOf(segment, span)} />
      ))}
      {waitsOf(lane, now).map((segment) => (
        <i key={segment.from} className={styles.unanswered} style={placeOf(segment, span)} />
      ))}
    </>
  );
}

function placeOf({ from, to }: Segment, span: Span) {
  const whole = span.to - span.from;
  return { left: `${(100 * (from - span.from)) / whole}%`, width: `${(100 * (to - from)) / whole}%` };
}

function spanOf(comparison: Comparison, clients: readonly Client[], now: Microseconds): Span {
  const begins = clients.map(({ lane, asked }) => lane.called ?? comparison.time.at(asked));
  const ends = clients.map(({ lane }) => lane.ended ?? now);
  const from = Math.min(...begins);
  return clients.length === 0 ? { from: 0, to: SPAN_MIN } : { from, to: Math.max(from + SPAN_MIN, ...ends) };
}
