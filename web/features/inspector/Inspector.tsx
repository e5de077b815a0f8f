import { useState } from 'react';
import { callText } from '../../../protocol/call-text.ts';
import type { TraceEvent } from '../../../protocol/trace.ts';
import { formatClockTime } from '../../i18n/clock-time.ts';
import { formatSpan } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import { eventBytes } from '../../store/event-bytes.ts';
import type { Playground } from '../../store/playground.ts';
import type { SocketRecord } from '../../store/socket-record.ts';
import { TabList, TabPanel } from '../../ui/Tabs.tsx';
import { useLive } from '../../ui/use-live.ts';
import { BytesTab } from './BytesTab.tsx';
import styles from './Inspector.module.css';
import { inspectedIndex, sinceSend } from './inspected.ts';
import { TextTab } from './TextTab.tsx';

type InspectorProps = {
  readonly record: SocketRecord;
  readonly playground: Playground;
  /** Index into the record's log; while none is chosen, the newest bytes are shown. */
  readonly selected: number | undefined;
  readonly onSelect: (index: number | undefined) => void;
};
const TABS = ['bytes', 'text'] as const;
type Tab = (typeof TABS)[number];

/** One call looked into: what it was, when, and its bytes. */
export function Inspector({ record, playground, selected, onSelect }: InspectorProps) {
  const t = useT();
  useLive(record.log);
  const [tab, setTab] = useState<Tab>('bytes');
  const index = inspectedIndex(record.log, selected);
  const event = index === undefined ? undefined : record.log.at(index);
  if (index === undefined || event === undefined) {
    return (
      <section aria-label={t.inspector.label} className={styles.inspector}>
        <p className={styles.nothing}>{t.inspector.nothing}</p>
      </section>
    );
  }
  const bytes = eventBytes(record, event, event.count);
  return (
    <section aria-label={t.inspector.label} className={styles.inspector}>
      <header className={styles.head}>
        <h2>
          <Arrow event={event} /> <Title event={event} />
        </h2>
        <p>
          {[formatClockTime(playground.wallClock(event.at)), ...Array.from(about())].join(' · ')}
          {selected === undefined && <em className={styles.newest}>{t.inspector.newest}</em>}
        </p>
        {selected !== undefined && (
          <button type="button" className={styles.follow} onClick={() => onSelect(undefined)}>
            {t.inspector.follow}
          </button>
        )}
      </header>
      <TabList
        label={t.inspector.tabs}
        name="inspector"
        look="underlined"
        tabs={TABS.map((id) => ({ id, label: t.inspector.tab[id] }))}
        selected={tab}
        onSelect={setTab}
      />
      <TabPanel name="inspector" tab={tab} className={styles.panel}>
        {bytes === undefined || bytes.length === 0 ? (
          <p className={styles.nothing}>{t.inspector.noBytes}</p>
        ) : tab === 'bytes' ? (
          <BytesTab key={`${record.id} ${index}`} bytes={bytes} />
        ) : (
          <TextTab record={record} event={event} />
        )}
      </TabPanel>
    </section>
  );

  function* about(): Generator<string> {
    const { took, direction, offset, count, end, call } = event as TraceEvent;
    const since = end === 'local' && call.startsWith('recv') ? sinceSend(record.log, index as number) : undefined;
    if (since !== undefined) yield t.inspector.afterSend(formatSpan(since));
    if (took !== undefined) yield t.inspector.took(formatSpan(took));
    if (direction !== undefined && count > 0) yield t.inspector.range(offset, offset + count - 1);
  }
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
