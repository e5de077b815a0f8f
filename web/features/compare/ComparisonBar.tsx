import { useState } from 'react';
import { encodeUtf8 } from '../../../protocol/utf8.ts';
import { useT } from '../../i18n/t.ts';
import type { LabStats } from '../../store/playground.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import { QueueSquares } from '../../ui/marks/QueueSquares.tsx';
import { StatusPill } from '../../ui/marks/StatusPill.tsx';
import toolbar from '../../ui/Toolbar.module.css';
import styles from './CompareView.module.css';
import { type Comparison, PAIR, SERVERS } from './comparison.ts';

type ComparisonBarProps = {
  readonly comparison: Comparison;
  readonly queue: LabStats | undefined;
  readonly isEmulated: boolean;
};

/** Which server, what is said, who joins and leaves, and how long the queue is. */
export function ComparisonBar({ comparison, queue, isEmulated }: ComparisonBarProps) {
  const { compare: t, labs } = useT();
  const [text, setText] = useState('hello python');
  const bytes = encodeUtf8(text);
  const isReady = comparison.address !== undefined;
  const canSay = text !== '' && PAIR.some((name) => comparison.client(name)?.record.canSend);
  return (
    <div className={toolbar.bar}>
      <RadioGroup
        label={t.server}
        caption={t.server}
        options={SERVERS.map((value) => ({ value, label: t.servers[value] }))}
        value={comparison.server}
        onChange={(server) => comparison.choose(server)}
      />
      <div className={styles.queue}>
        {queue ? (
          <>
            <QueueSquares filled={queue.waiting} places={queue.max} label={t.queue(queue.waiting, queue.max)} />
            <span>
              {t.queue(queue.waiting, queue.max)}
              {queue.waiting > queue.max ? ` · ${labs.oneMore(queue.max)}` : null}
            </span>
          </>
        ) : null}
        {isEmulated ? (
          <span title={labs.emulatedHint}>
            <StatusPill tone="wait">{labs.emulated}</StatusPill>
          </span>
        ) : null}
      </div>
      <div className={styles.script}>
        <label className={styles.text}>
          <span>{t.text}</span>
          <input
            className={`${field.input} ${field.mono}`}
            value={text}
            spellCheck={false}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        <Button
          look="primary"
          title={t.playHint}
          isDisabled={!isReady || text === ''}
          onClick={() => comparison.play(bytes)}
        >
          {t.play}
        </Button>
        <Button isDisabled={!canSay} onClick={() => comparison.say(bytes)}>
          {t.say}
        </Button>
        <Button
          title={t.fillHint}
          isDisabled={!isReady || !queue}
          onClick={() => {
            if (queue) comparison.fill(queue);
          }}
        >
          {t.fill}
        </Button>
        {comparison.waitingClients.length > 0 ? (
          <Button onClick={() => comparison.removeWaiting()}>{t.dismiss}</Button>
        ) : null}
      </div>
    </div>
  );
}
