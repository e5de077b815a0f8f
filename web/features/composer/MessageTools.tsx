import { useState } from 'react';
import { CHECKSUMS } from '../../../trace/bytes/checksum.ts';
import type { MessageToolsWords } from '../../i18n/en/message-tools.ts';
import { copyText } from '../../platform/copy-text.ts';
import { useStored } from '../../platform/stored.ts';
import type { LiveSocket } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { Panel } from '../../ui/panes/Panel.tsx';
import type { Draft } from './draft.ts';
import styles from './MessageTools.module.css';
import { messageParams } from './message-params.ts';
import { useMessageToolsWords } from './message-tools-words.ts';
import { RepeatFields } from './RepeatFields.tsx';
import { SavedMessages } from './SavedMessages.tsx';
import { SequenceFields } from './SequenceFields.tsx';

type MessageToolsProps = {
  readonly id: string;
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly linkOf: (message: string) => string;
  /** What scripts are played on. */
  readonly live: LiveSocket | undefined;
  readonly onClose: () => void;
};

const parseText = (stored: unknown): string => (typeof stored === 'string' ? stored : '');

/** What can be done with the message in the box beside sending it. */
export function MessageTools({ id, draft, onChange, linkOf, live, onClose }: MessageToolsProps) {
  const t = useMessageToolsWords();
  const [sequence, setSequence] = useStored('tab', 'composer.sequence', parseText);
  return (
    <Panel id={id} label={t.label} onClose={onClose}>
      <div className={styles.row}>
        <label className={styles.field}>
          {t.checksum}{' '}
          <select
            value={draft.checksum ?? 'none'}
            title={t.checksumHint}
            onChange={({ target }) => onChange({ checksum: CHECKSUMS.find((name) => name === target.value) ?? 'none' })}
          >
            {(['none', ...CHECKSUMS] as const).map((name) => (
              <option key={name} value={name}>
                {t.checksums[name]}
              </option>
            ))}
          </select>
        </label>
        <LinkButton draft={draft} linkOf={linkOf} t={t} />
      </div>
      <p className={styles.about}>
        {t.checksumHint}. {t.linkHint}.
      </p>
      <RepeatFields draft={draft} live={live} t={t} />
      <SequenceFields text={sequence} onChange={setSequence} live={live} t={t} />
      <SavedMessages
        draft={draft}
        sequence={sequence}
        onUse={(item) => {
          if (item.kind === 'message') onChange({ checksum: 'none', ...item.draft });
          else setSequence(item.script);
        }}
        t={t}
      />
    </Panel>
  );
}

type LinkButtonProps = Pick<MessageToolsProps, 'draft' | 'linkOf'> & { readonly t: MessageToolsWords };

function LinkButton({ draft, linkOf, t }: LinkButtonProps) {
  const [outcome, setOutcome] = useState<{ readonly text: string; readonly link?: string }>();
  const message = messageParams(draft);
  async function copy(): Promise<void> {
    if (message === undefined) {
      setOutcome({ text: t.linkTooLong });
      return;
    }
    const link = linkOf(message);
    setOutcome((await copyText(link)) ? { text: t.copied } : { text: t.copyFailed, link });
  }
  return (
    <>
      <Button title={t.linkHint} onClick={() => void copy()}>
        {t.copyLink}
      </Button>
      <span role="status" className={styles.outcome}>
        {outcome?.text} {outcome?.link === undefined ? null : <code>{outcome.link}</code>}
      </span>
    </>
  );
}
