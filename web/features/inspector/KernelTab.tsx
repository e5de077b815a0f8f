import { useEffect, useMemo } from 'react';
import type { KernelState } from '../../../protocol/messages/stats.ts';
import type { Fact } from '../../../trace/fact-list.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { type PathStep, StatePath } from '../../../trace/state-path.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import type { Messages } from '../../i18n/en.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { useToolWords } from '../../i18n/tool-words.ts';
import type { Playground } from '../../store/playground.ts';
import { Meanings } from '../../ui/form/Meanings.tsx';
import hidden from '../../ui/hidden.module.css';
import { useLive } from '../../ui/use-live.ts';
import { Charts } from './Charts.tsx';
import shared from './Inspector.module.css';
import styles from './KernelTab.module.css';

/** What Linux holds where no threshold has been found yet (TCP_INFINITE_SSTHRESH). */
const NO_THRESHOLD = 0x7fff_ffff;

type KernelTabProps = { readonly record: SocketTrace; readonly playground: Playground };

/** What the kernel of the server's machine knows of this socket, asked anew while somebody looks. */
export function KernelTab({ record, playground }: KernelTabProps) {
  const t = useT();
  const words = useToolWords();
  useLive(record);
  useEffect(() => playground.watch(record), [playground, record]);
  const path = useMemo(() => new StatePath(record.log), [record]);
  const { kernel } = record;
  const steps = path.update();
  if (kernel) path.observe(kernel.state);

  if (record.kind === 'udp') return <p className={shared.nothing}>{t.inspector.kernel.noTcp}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard
    <section className={styles.kernel} tabIndex={0} aria-label={t.inspector.tab.kernel}>
      {record.kind !== 'unix' && <StateStrip steps={steps} />}
      {kernel ? (
        <Facts record={record} kernel={kernel} />
      ) : (
        <p>{isAsked(record) ? t.inspector.kernel.untold : t.inspector.kernel.unknown}</p>
      )}
      {kernel ? <Meanings summary={words.meanings} items={meaningsOf(t)} /> : null}
      {record.kind === 'unix' ? null : <Charts record={record} />}
    </section>
  );
}

/** An answer can come: it is a TCP socket that is open. */
function isAsked({ kind, isOpened, isOver }: SocketTrace): boolean {
  return kind !== 'unix' && isOpened && !isOver;
}

function StateStrip({ steps }: { readonly steps: readonly PathStep[] }) {
  const t = useT();
  return (
    <ol className={styles.path} aria-label={t.inspector.kernel.path}>
      {steps.map(({ state, isObserved }, index) => (
        // A state may be passed twice: CLOSED is the first and the last.
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added at the end
        <li key={index} className={isObserved ? styles.observed : styles.inferred}>
          {state}
          <small>{isObserved ? t.inspector.kernel.observed : t.inspector.kernel.inferred}</small>
        </li>
      ))}
    </ol>
  );
}

/** What the kernel says now, and of what it measures no more the last word, with its time. */
function Facts({ record, kernel }: { readonly record: SocketTrace; readonly kernel: KernelState }) {
  const t = useT();
  const last = kernel.retransmitTimeout === undefined ? lastMeasured(record) : undefined;
  const before = last && measuredRows(last.value, t);
  return (
    <>
      {record.isOver && <p className={styles.stale}>{keptText(kernel, t)}</p>}
      <Rows rows={[...standingRows(kernel), ...measuredRows(kernel, t)]} />
      {last && before && (
        <section className={styles.before} aria-label={t.inspector.kernel.before}>
          <p className={styles.stale}>{t.inspector.kernel.measuredAt(formatClockTime(record.wallClock(last.at)))}</p>
          <Rows rows={before} />
        </section>
      )}
    </>
  );
}

function meaningsOf(t: Messages) {
  return Object.values(t.inspector.kernel.facts).map(({ name, hint }) => ({ term: name, text: hint }));
}

type FactRow = readonly [name: keyof Messages['inspector']['kernel']['facts'], value: string];
function Rows({ rows }: { readonly rows: readonly FactRow[] }) {
  const { facts } = useT().inspector.kernel;
  return (
    <dl className={shared.facts}>
      {rows.map(([name, value]) => (
        <div key={name} className={shared.fact} title={facts[name].hint}>
          <dt>
            {facts[name].name}
            <span className={hidden.hidden}>. {facts[name].hint}</span>
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** How it stands: told of a connection that nobody holds any more, too. */
function standingRows(kernel: KernelState): readonly FactRow[] {
  const { state, receiveQueue, sendQueue, timer } = kernel;
  if (state === 'CLOSED') return [['state', state]];
  return [
    ['state', state],
    ['receiveQueue', wholeBytes(receiveQueue)],
    ['sendQueue', wholeBytes(sendQueue)],
    ...optional('timer', timer, (span) => formatSpan(span * 1_000)),
  ];
}
/** What the kernel measures of a connection while a process holds it: what it does not tell is left out. */
function measuredRows(kernel: KernelState, t: Messages): readonly FactRow[] {
  const segments = (count: number) => t.inspector.kernel.segments(count);
  const threshold = (count: number) => (count >= NO_THRESHOLD ? t.inspector.kernel.none : segments(count));
  const { totalRetransmits = 0 } = kernel;
  return [
    ...optional('rtt', kernel.rtt, formatSpan),
    ...optional('rttVariance', kernel.rttVariance, formatSpan),
    ...optional('retransmitTimeout', kernel.retransmitTimeout, formatSpan),
    ...optional('congestionWindow', kernel.congestionWindow, segments),
    ...optional('slowStartThreshold', kernel.slowStartThreshold, threshold),
    ...optional('retransmits', kernel.retransmits, (now) => t.inspector.kernel.ofAll(now, totalRetransmits)),
    ...optional('maxSegment', kernel.maxSegment, wholeBytes),
    ...optional('sendWindow', kernel.sendWindow, wholeBytes),
  ];
}
function optional(name: FactRow[0], value: number | undefined, write: (value: number) => string): readonly FactRow[] {
  return value === undefined ? [] : [[name, write(value)]];
}
function lastMeasured({ kernelFacts }: SocketTrace): Fact<KernelState> | undefined {
  for (let index = kernelFacts.length - 1; index >= 0; index -= 1) {
    const fact = kernelFacts.at(index);
    if (fact?.value.retransmitTimeout !== undefined) return fact;
  }
  return undefined;
}
function keptText({ state }: KernelState, t: Messages): string {
  return state === 'CLOSED' ? t.inspector.kernel.forgotten : t.inspector.kernel.kept;
}

/** To the byte: an MSS of 32,741 is not one of 32.7 kB. */
function wholeBytes(count: number): string {
  return `${count.toLocaleString('en')} B`;
}
