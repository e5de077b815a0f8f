import { pythonBytesRepr } from '../../../protocol/python-repr.ts';
import { formatByteCount } from '../../i18n/format.ts';
import { useT } from '../../i18n/t.ts';
import styles from './BetweenCalls.module.css';
import type { Channel, ClientTimeline, StoodSocket } from './buffers.ts';

/** One connection: the bytes that are on their way, each way, and in whose buffer they lie. */
export function ChannelView({ channel }: { readonly channel: Channel }) {
  const t = useT().program.steps;
  const { near, far, there, back } = channel;
  return (
    <article className={styles.channel} aria-label={t.channel(nameOf(near), nameOf(far))}>
      <header className={styles.ends}>
        <span>{nameOf(near)}</span>
        <span>{nameOf(far)}</span>
      </header>
      <LaneView lane={there} way="right" to={far.program} />
      <LaneView lane={back} way="left" to={near.program} />
    </article>
  );
}

type LaneViewProps = { readonly lane: ClientTimeline; readonly way: 'right' | 'left'; readonly to: string };

function LaneView({ lane, way, to }: LaneViewProps) {
  const t = useT().program.steps;
  const { count, bytes, sendBuffer, receiveBuffer, inProxy } = lane;
  const parts = [
    { key: 'send', count: sendBuffer, text: t.sendBuffer(formatByteCount(sendBuffer)) },
    ...(inProxy === undefined ? [] : [{ key: 'proxy', count: inProxy, text: t.inProxy(formatByteCount(inProxy)) }]),
    { key: 'receive', count: receiveBuffer, text: t.receiveBuffer(formatByteCount(receiveBuffer)) },
  ];
  return (
    <div className={`${styles.lane} ${styles[way]}`}>
      <div className={styles.pipe}>
        {(way === 'right' ? parts : parts.toReversed()).map((part) => (
          <span key={part.key} className={styles[part.key]} data-empty={part.count === 0 || undefined}>
            {part.text}
          </span>
        ))}
      </div>
      <p className={styles.bytes}>
        {way === 'left' ? '◀ ' : ''}
        {count === 0 ? t.nothingUnread(to) : t.unread(to)}{' '}
        {count === 0 ? null : (
          <code>
            {pythonBytesRepr(bytes)}
            {count > bytes.length ? '…' : ''}
          </code>
        )}
        {way === 'right' ? ' ▶' : ''}
      </p>
    </div>
  );
}

function nameOf({ program, fd }: StoodSocket): string {
  return `${program} fd ${fd}`;
}
