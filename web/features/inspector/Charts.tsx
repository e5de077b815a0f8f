import type { Microseconds } from '../../../protocol/units.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import type { ToolWords } from '../../i18n/en/tools.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import styles from './Charts.module.css';
import { type Chart, chartOf, type Point, pointsOf } from './chart.ts';

const WIDTH = 240;
const HEIGHT = 36;

type Series = {
  readonly name: keyof ToolWords['charts']['names'];
  readonly points: readonly Point[];
  readonly write: (value: number) => string;
};

/** How what the kernel told has changed while somebody looked: rtt, cwnd and queues; of a listener its accept queue. */
export function Charts({ record }: { readonly record: SocketTrace }) {
  const { charts } = useToolWords();
  const until = lastToldAt(record);
  const drawn = seriesOf(record, charts).flatMap(({ name, points, write }) => {
    const chart = chartOf(points, until, WIDTH, HEIGHT);
    return chart ? [{ name, chart, write }] : [];
  });
  return (
    <section aria-label={charts.label} className={styles.charts}>
      <h3>{charts.label}</h3>
      {drawn.length === 0 ? <p>{charts.few}</p> : null}
      {drawn.map(({ name, chart, write }) => (
        <Line key={name} name={charts.names[name]} chart={chart} write={write} />
      ))}
      {drawn.length > 0 ? <p>{charts.about}</p> : null}
    </section>
  );
}

type LineProps = { readonly name: string; readonly chart: Chart; readonly write: (value: number) => string };
function Line({ name, chart: { points, now, least, most, span }, write }: LineProps) {
  const { charts } = useToolWords();
  return (
    <figure className={styles.chart}>
      <figcaption>
        <b>{name}</b> {write(now)} <small>{charts.range(write(least), write(most))}</small>
      </figcaption>
      <svg
        role="img"
        aria-label={charts.says(name, write(now), write(least), write(most), span)}
        viewBox={`-1 -2 ${WIDTH + 2} ${HEIGHT + 4}`}
        preserveAspectRatio="none"
      >
        <polyline points={points} vectorEffect="non-scaling-stroke" />
      </svg>
    </figure>
  );
}

function seriesOf({ kernelFacts, queueFacts, kind }: SocketTrace, words: ToolWords['charts']): readonly Series[] {
  const bytes = (count: number): string => `${count.toLocaleString('en')} B`;
  if (kind === 'listen') {
    return [{ name: 'waiting', points: pointsOf(queueFacts, ({ waiting }) => waiting), write: words.clients }];
  }
  return [
    { name: 'rtt', points: pointsOf(kernelFacts, ({ rtt }) => rtt), write: formatSpan },
    { name: 'cwnd', points: pointsOf(kernelFacts, ({ congestionWindow }) => congestionWindow), write: words.segments },
    { name: 'send', points: pointsOf(kernelFacts, ({ sendQueue }) => sendQueue), write: bytes },
    { name: 'receive', points: pointsOf(kernelFacts, ({ receiveQueue }) => receiveQueue), write: bytes },
  ];
}
/** The newest word of all: up to then each value held. */
function lastToldAt({ kernelFacts, queueFacts }: SocketTrace): Microseconds {
  return Math.max(kernelFacts.at(-1)?.at ?? 0, queueFacts.at(-1)?.at ?? 0);
}
