import { type FormEvent, type Ref, useId, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { DATA_BYTES_MAX } from '../../../protocol/frame.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { deferred } from '../../platform/deferred.tsx';
import { liveOf } from '../../store/live-socket.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import styles from './Composer.module.css';
import { ComposerAlert } from './ComposerAlert.tsx';
import { countDraft, LINE_ENDINGS, SEND_AS } from './draft.ts';
import { hasCarriageReturn, shownText } from './line-breaks.ts';
import { useComposer } from './use-composer.ts';

const MessageNotes = deferred(async () => (await import('./MessageNotes.tsx')).MessageNotes);
const MessageTools = deferred(async () => (await import('./MessageTools.tsx')).MessageTools);
const ScriptStatus = deferred(async () => (await import('./ScriptStatus.tsx')).ScriptStatus);

type ComposerProps = {
  readonly record: SocketTrace | undefined;
  /** Where a connection would go to; undefined while the target is none. */
  readonly dialTarget: string | undefined;
  /** Opens a connection and sends the bytes on it. */
  readonly onDial: (bytes: Uint8Array) => void;
  readonly boxRef: Ref<{ focus(): void }>;
  /** The address of this target and view, with these parameters of the message behind it. */
  readonly linkOf: (message: string) => string;
};

/** What leaves: typed as text, escapes or hex. Enter sends. */
export function Composer({ record, dialTarget, onDial, boxRef, linkOf }: ComposerProps) {
  const t = useT();
  const { draft, origin, problem, box, change, readBoxAs, edit, onPaste, send, sendBy, onKeyDown } = useComposer(
    record,
    boxRef,
  );
  const [areToolsOpen, setToolsOpen] = useState(false);
  const toolsButton = useRef<HTMLButtonElement>(null);
  const toolsId = useId();
  const count = useMemo(() => countDraft(draft), [draft]);

  // A datagram is one whole; of a stream one send() is one frame of the gateway's.
  const sends = record?.kind === 'udp' ? 1 : Math.ceil((count ?? 0) / DATA_BYTES_MAX);
  const isPlain = (draft.checksum ?? 'none') === 'none' && origin === undefined;
  const keepsBreaks = draft.lineEnding === 'none' && draft.sendAs !== 'hex' && hasCarriageReturn(draft.text);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    send();
  }
  const live = liveOf(record);
  const driver = useSyncExternalStore(live?.subscribe ?? subscribeToNothing, () => live?.driver);
  function closeTools(): void {
    setToolsOpen(false);
    toolsButton.current?.focus();
  }
  return (
    <>
      {areToolsOpen ? (
        <MessageTools id={toolsId} draft={draft} onChange={change} linkOf={linkOf} live={live} onClose={closeTools} />
      ) : null}
      {live && driver ? <ScriptStatus live={live} /> : null}
      <form className={styles.composer} aria-label={t.composer.form} onSubmit={onSubmit}>
        {problem === undefined ? null : (
          <ComposerAlert problem={problem} dialTarget={dialTarget} onDial={() => sendBy(onDial)} />
        )}
        <div className={styles.box}>
          <textarea
            ref={box}
            aria-label={t.composer.data}
            className={styles.data}
            placeholder={t.composer.placeholder[draft.sendAs]}
            rows={2}
            value={shownText(draft.text)}
            aria-invalid={problem?.kind === 'error' || undefined}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            onChange={(event) => edit(event.target.value)}
            onPaste={onPaste}
            onKeyDown={onKeyDown}
          />
          <Button type="submit" look="primary" className={styles.send}>
            {t.composer.send}
          </Button>
        </div>
        <div className={styles.options}>
          <RadioGroup
            label={t.composer.sendAs}
            value={draft.sendAs}
            options={SEND_AS.map((value) => ({ value, label: t.composer.sendAsOptions[value] }))}
            onChange={readBoxAs}
          />
          <RadioGroup
            label={t.composer.lineEnding}
            caption={t.composer.lineEndingCaption}
            hint={t.composer.lineEndingHint}
            value={draft.lineEnding}
            options={LINE_ENDINGS.map((value) => ({ value, label: t.composer.lineEndingOptions[value] }))}
            onChange={(lineEnding) => change({ lineEnding })}
          />
          <span className={count === undefined ? styles.unready : undefined}>
            {count === undefined ? t.composer.notYetBytes : t.composer.bytes(count)}
          </span>
          {sends > 1 ? <span>{t.composer.inSends(sends, DATA_BYTES_MAX)}</span> : null}
          {keepsBreaks ? <span>{t.composer.pastedBreaks}</span> : null}
          {isPlain ? null : <MessageNotes checksum={draft.checksum} origin={origin} />}
          <Button
            ref={toolsButton}
            look="quiet"
            aria-expanded={areToolsOpen}
            aria-controls={areToolsOpen ? toolsId : undefined}
            onClick={() => setToolsOpen(!areToolsOpen)}
          >
            {t.composer.tools}
          </Button>
          <span className={styles.keys}>
            <kbd>Enter</kbd> {t.composer.keySend} · <kbd>Shift Enter</kbd> {t.composer.keyNewLine} · <kbd>↑</kbd>{' '}
            {t.composer.keyRecall}
          </span>
        </div>
      </form>
    </>
  );
}

function subscribeToNothing(): () => void {
  return () => undefined;
}
