import { useState } from 'react';
import { PlaygroundError } from '../../../protocol/errors.ts';
import type { SocketTrace } from '../../../trace/socket-trace.ts';
import { useT } from '../../i18n/t.ts';
import type { Playground } from '../../store/playground.ts';
import { FileButton } from '../../ui/form/FileButton.tsx';
import { MenuButton } from '../../ui/MenuButton.tsx';
import { FileProgress } from './FileProgress.tsx';
import type { FileFormat } from './file-messages.ts';
import { ReplayStatus } from './ReplayStatus.tsx';
import styles from './SaveBar.module.css';
import { useFileJob } from './use-file-job.ts';
import { canReplay, useReplay } from './use-replay.ts';

type SaveBarProps = {
  readonly playground: Playground;
  readonly record: SocketTrace | undefined;
  /** What a file of all sockets holds: those of the page, where nothing else is said. */
  readonly records?: () => readonly SocketTrace[];
  /** A socket came by a replay, or the first of those that were read back: it wants to be looked at. */
  readonly onOpened?: (record: SocketTrace) => void;
};
type Problem = { readonly title: string; readonly detail: string };

/** Taking what happened along: as a capture, a recording, a program; reading it back, and sending it again. */
export function SaveBar({
  playground,
  record,
  records = playground.sockets,
  onOpened = () => undefined,
}: SaveBarProps) {
  const { save: t } = useT();
  const [problem, setProblem] = useState<Problem>();
  const [openedCount, setOpenedCount] = useState<number>();
  const { running, replay } = useReplay(playground, onOpened);
  const { job, save, open } = useFileJob(playground);
  const replayed = canReplay(record) ? record : undefined;
  const isProgram = record !== undefined && record.kind !== 'listen';

  /** Runs what a person asked for; where it fails, that is told in place of what was told before. */
  async function attempt(title: string, action: () => Promise<void>): Promise<void> {
    setProblem(undefined);
    setOpenedCount(undefined);
    try {
      await action();
    } catch (error) {
      setProblem({ title, detail: detailOf(error) });
    }
  }
  function take(format: FileFormat, records: readonly SocketTrace[]): void {
    void attempt(t.saveFailed, () => save(format, records));
  }
  function onFile(file: File): void {
    void attempt(t.openFailed(file.name), async () => {
      const records = await open(file);
      if (!records) return;
      setOpenedCount(records.length);
      if (records[0]) onOpened(records[0]);
    });
  }
  function replaying(mode: 'reply' | 'timing'): () => void {
    return () => replayed && void attempt(t.replay, () => replay(replayed, mode));
  }

  return (
    <div className={styles.bar}>
      <div className={styles.buttons}>
        <MenuButton
          title={t.saveHint}
          items={[
            { label: t.pcapng, hint: t.pcapngHint, onChoose: () => take('pcapng', records()) },
            { label: t.json, hint: t.jsonHint, onChoose: () => take('json', records()) },
            { label: t.text, hint: t.textHint, onChoose: () => take('text', records()) },
            {
              label: t.python,
              hint: t.pythonHint,
              isDisabled: !isProgram,
              onChoose: () => record && take('python', [record]),
            },
          ]}
        >
          {t.save}
        </MenuButton>
        <FileButton
          label={t.openHint}
          text={t.open}
          title={t.openHint}
          accept=".json,application/json"
          onFile={onFile}
        />
        <MenuButton
          title={t.replayHint}
          isDisabled={!replayed}
          items={[
            { label: t.waitForReplies, hint: t.waitForRepliesHint, onChoose: replaying('reply') },
            { label: t.originalTiming, hint: t.originalTimingHint, onChoose: replaying('timing') },
          ]}
        >
          {t.replay}
        </MenuButton>
      </div>
      <div role="status" className={styles.status}>
        {running ? <ReplayStatus {...running} /> : null}
        {openedCount === undefined ? null : <span>{t.opened(openedCount)}</span>}
      </div>
      {job ? <FileProgress job={job} /> : null}
      {problem ? (
        <p role="alert" className={styles.problem}>
          <strong>{problem.title}</strong> <code>{problem.detail}</code>
        </p>
      ) : null}
    </div>
  );
}

/** What the program itself says of it: which place of the file, which limit. */
function detailOf(error: unknown): string {
  if (error instanceof PlaygroundError) return `${error.code}: ${error.message}`;
  return String(error);
}
