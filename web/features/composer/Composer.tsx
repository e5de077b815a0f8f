import { type FormEvent, type Ref, useMemo } from 'react';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import { RadioGroup } from '../../ui/form/RadioGroup.tsx';
import styles from './Composer.module.css';
import { ComposerAlert } from './ComposerAlert.tsx';
import { countDraft, LINE_ENDINGS, SEND_AS } from './draft.ts';
import { hasCarriageReturn, shownText } from './line-breaks.ts';
import { useComposer } from './use-composer.ts';

type ComposerProps = {
  readonly record: SocketTrace | undefined;
  /** Where a connection would go to; undefined while the target is none. */
  readonly dialTarget: string | undefined;
  /** Opens a connection and sends the bytes on it. */
  readonly onDial: (bytes: Uint8Array) => void;
  readonly boxRef: Ref<{ focus(): void }>;
  /** What stands in the box of a tab where nothing has been typed yet. */
  readonly firstText?: string;
};

/** What leaves: typed as text, escapes or hex. Enter sends. */
export function Composer({ record, dialTarget, onDial, boxRef, firstText = '' }: ComposerProps) {
  const t = useT();
  const { draft, problem, box, change, edit, onPaste, send, sendBy, onKeyDown } = useComposer(
    record,
    boxRef,
    firstText,
  );
  const count = useMemo(() => countDraft(draft), [draft]);

  const keepsBreaks = draft.lineEnding === 'none' && draft.sendAs !== 'hex' && hasCarriageReturn(draft.text);

  function onSubmit(event: FormEvent): void {
    event.preventDefault();
    send();
  }
  return (
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
          onChange={(sendAs) => change({ sendAs })}
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
        {keepsBreaks ? <span>{t.composer.pastedBreaks}</span> : null}
        <span className={styles.keys}>
          <kbd>Enter</kbd> {t.composer.keySend} · <kbd>Shift Enter</kbd> {t.composer.keyNewLine} · <kbd>↑</kbd>{' '}
          {t.composer.keyRecall}
        </span>
      </div>
    </form>
  );
}
