import { type ReactNode, useMemo } from 'react';
import type { TraceEvent } from '../../../trace/event.ts';
import { eventBytes } from '../../../trace/event-bytes.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { callText } from '../../../trace/text/call-text.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import { useStored } from '../../platform/stored.ts';
import type { Playground } from '../../store/playground.ts';
import { TabList, TabPanel } from '../../ui/Tabs.tsx';
import { useLive } from '../../ui/use-live.ts';
import { BytesToFile } from './BytesToFile.tsx';
import { BytesTab } from './bytes/BytesTab.tsx';
import styles from './Inspector.module.css';
import { inspectedIndex, sinceSend } from './inspected.ts';
import { Resend } from './Resend.tsx';

type InspectorProps = {
  readonly record: SocketTrace;
  readonly playground: Playground;
  /** Index into the record's log; while none is chosen, the newest bytes are shown. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};
const CallTab = deferred(async () => (await import('./CallTab.tsx')).CallTab);
const TextTab = deferred(async () => (await import('./TextTab.tsx')).TextTab);
const KernelTab = deferred(async () => (await import('./KernelTab.tsx')).KernelTab);
const CodeTab = deferred(async () => (await import('./CodeTab.tsx')).CodeTab);

const TABS = ['call', 'bytes', 'text', 'kernel', 'code'] as const;
type Tab = (typeof TABS)[number];

/** One call looked into: what it was, when, and its bytes. */
export function Inspector({ record, playground, selected, onSelect }: InspectorProps) {
  const t = useT();
  useLive(record.log);
  // As it was left on another socket: who watches the kernel goes on watching.
  const [chosen, setTab] = useStored('tab', 'inspector.tab', parseTab);
  const index = inspectedIndex(record.log, selected);
  const event = index === undefined ? undefined : record.log.at(index);
  // Of a call that moved no bytes there is its card to see.
  const isBare = event !== undefined && (event.count === 0 || event.direction === undefined);
  const tab = chosen ?? (isBare ? 'call' : 'bytes');
  return (
    <section aria-label={t.inspector.label} className={styles.inspector}>
      {index === undefined || event === undefined ? (
        <p className={styles.nothing}>{t.inspector.nothing}</p>
      ) : (
        <Head record={record} index={index} event={event}>
          {selected === undefined ? (
            <em className={styles.newest}>{t.inspector.newest}</em>
          ) : (
            <button type="button" className={styles.follow} onClick={() => onSelect(undefined)}>
              {t.inspector.follow}
            </button>
          )}
        </Head>
      )}
      <TabList
        label={t.inspector.tabs}
        name="inspector"
        look="underlined"
        tabs={TABS.map((id) => ({ id, label: t.inspector.tab[id] }))}
        selected={tab}
        onSelect={setTab}
      />
      <TabPanel name="inspector" tab={tab} className={styles.panel}>
        {tab === 'kernel' && <KernelTab key={record.id} record={record} playground={playground} />}
        {tab === 'code' && <CodeTab key={record.id} record={record} />}
        {tab === 'call' && index !== undefined && event !== undefined && (
          <CallTab record={record} index={index} event={event} onSelect={onSelect} />
        )}
        {(tab === 'bytes' || tab === 'text') && index !== undefined && event !== undefined && (
          <EventPanel tab={tab} record={record} index={index} event={event} subject={selected ?? 'newest'} />
        )}
      </TabPanel>
    </section>
  );
}

/** Undefined while nobody has chosen one. */
function parseTab(stored: unknown): Tab | undefined {
  return TABS.find((tab) => tab === stored);
}

type HeadProps = {
  readonly record: SocketTrace;
  readonly index: number;
  readonly event: TraceEvent;
  readonly children: ReactNode;
};

function Head({ record, index, event, children }: HeadProps) {
  const t = useT();
  const { took, direction, offset, count, end, call } = event;
  const isDatagram = record.kind === 'udp';
  const since = end === 'local' && call.startsWith('recv') ? sinceSend(record.log, index) : undefined;
  const about = [
    formatClockTime(record.wallClock(event.at)),
    since !== undefined && t.inspector.afterSend(formatSpan(since)),
    took !== undefined && t.inspector.took(formatSpan(took)),
    direction !== undefined && count > 0 && !isDatagram && t.inspector.range(offset, offset + count - 1),
  ];
  return (
    <header className={styles.head}>
      <h2>
        <Arrow event={event} /> <Title event={event} />
      </h2>
      <p>{about.filter(Boolean).join(' · ')}</p>
      {direction !== undefined && count > 0 ? (
        <div className={styles.tools}>
          <Resend key={index} record={record} event={event} />
          <BytesToFile record={record} event={event} />
        </div>
      ) : null}
      {children}
    </header>
  );
}

type EventPanelProps = {
  readonly tab: 'bytes' | 'text';
  readonly record: SocketTrace;
  readonly index: number;
  readonly event: TraceEvent;
  /** Of what is shown: the cursor stays where it is while the newest bytes are, and begins anew in a call that is chosen. */
  readonly subject: number | 'newest';
};

function EventPanel({ tab, record, index, event, subject }: EventPanelProps) {
  const t = useT();
  // Of a call of the other end, bytes may be told of that have not arrived here.
  const arrived = event.direction === undefined ? 0 : record[event.direction].length;
  const count = Math.max(0, Math.min(event.count, arrived - event.offset));
  const bytes = useMemo(() => eventBytes(record, event, count), [record, event, count]);
  if (bytes === undefined || bytes.length === 0) return <p className={styles.nothing}>{t.inspector.noBytes}</p>;
  if (tab === 'text') return <TextTab record={record} index={index} event={event} />;
  const { direction, offset } = event;
  const place = direction === undefined || record.kind === 'udp' ? undefined : { direction, offset };
  return <BytesTab key={`${record.id} ${subject}`} bytes={bytes} place={place} />;
}

function Arrow({ event: { direction } }: { readonly event: TraceEvent }) {
  if (direction === undefined) return null;
  return (
    <span aria-hidden="true" className={direction === 'sent' ? styles.sent : styles.received}>
      {direction === 'sent' ? '▶' : '◀'}
    </span>
  );
}

/** The call with all of its bytes counted: `recv(1024) → 41 bytes`. */
function Title({ event }: { readonly event: TraceEvent }) {
  const t = useT();
  const { name, args, result } = callText(event);
  const isCounted = event.error === undefined && event.count > 0 && event.direction !== undefined;
  const outcome = isCounted ? t.inspector.bytes(event.count) : result;
  return <code>{`${name}${args}${outcome && ` → ${outcome}`}`}</code>;
}
