import { useEffect, useMemo } from 'react';
import type { KernelState } from '../../../protocol/messages/stats.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { type PathStep, StatePath } from '../../../trace/state-path.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import hidden from '../../ui/hidden.module.css';
import { useLive } from '../../ui/use-live.ts';
import shared from './Inspector.module.css';
import styles from './KernelTab.module.css';

/** What Linux holds where no threshold has been found yet (TCP_INFINITE_SSTHRESH). */
const NO_THRESHOLD = 0x7fff_ffff;

type KernelTabProps = { readonly record: SocketTrace; readonly playground: Playground };

/** What the kernel of the server's machine knows of this socket, asked anew while somebody looks. */
export function KernelTab({ record, playground }: KernelTabProps) {
  const t = useT();
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
      {kernel ? <Facts kernel={kernel} isOver={record.isOver} /> : <p>{t.inspector.kernel.untold}</p>}
    </section>
  );
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

function Facts({ kernel, isOver }: { readonly kernel: KernelState; readonly isOver: boolean }) {
  const t = useT();
  const { facts } = t.inspector.kernel;
  const segments = (count: number) => t.inspector.kernel.segments(count);
  const threshold =
    kernel.slowStartThreshold >= NO_THRESHOLD ? t.inspector.kernel.none : segments(kernel.slowStartThreshold);
  const rows: readonly (readonly [keyof typeof facts, string])[] = [
    // The last word is not how it stands now: the path above says that.
    ...(isOver ? [] : ([['state', kernel.state]] as const)),
    ['receiveQueue', wholeBytes(kernel.receiveQueue)],
    ['sendQueue', wholeBytes(kernel.sendQueue)],
    ['rtt', formatSpan(kernel.rtt)],
    ['rttVariance', formatSpan(kernel.rttVariance)],
    ['retransmitTimeout', formatSpan(kernel.retransmitTimeout)],
    ['congestionWindow', segments(kernel.congestionWindow)],
    ['slowStartThreshold', threshold],
    ['retransmits', t.inspector.kernel.ofAll(kernel.retransmits, kernel.totalRetransmits)],
    ['maxSegment', wholeBytes(kernel.maxSegment)],
    ...(kernel.sendWindow === undefined ? [] : ([['sendWindow', wholeBytes(kernel.sendWindow)]] as const)),
    ...(kernel.timer === undefined ? [] : ([['timer', formatSpan(kernel.timer * 1_000)]] as const)),
  ];
  return (
    <>
      {isOver && <p className={styles.stale}>{t.inspector.kernel.stale}</p>}
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
    </>
  );
}

/** To the byte: an MSS of 32,741 is not one of 32.7 kB. */
function wholeBytes(count: number): string {
  return `${count.toLocaleString('en')} B`;
}
