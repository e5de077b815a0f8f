import { useMemo, useState } from 'react';
import { Chapter, useChapter } from '../../../i18n/chapter.ts';
import type { OutsideWords } from '../../../i18n/en/outside.ts';
import { useT } from '../../../i18n/t.ts';
import { copyText } from '../../../platform/copy-text.ts';
import { folderName } from '../../../store/programs/folder-name.ts';
import type { Workbench } from '../../../store/programs/workbench.ts';
import { Button } from '../../../ui/Button.tsx';
import { useLive } from '../../../ui/use-live.ts';
import { allSockets } from '../sockets/program-sockets.ts';
import styles from './OutsidePanel.module.css';
import { filesCommand, gatewayCommand, netcatCommand, reachedFrom, runCommand } from './outside-commands.ts';

const OUTSIDE = new Chapter<OutsideWords>({
  en: async () => (await import('../../../i18n/en/outside.ts')).outside,
  'zh-CN': async () => (await import('../../../i18n/zh-CN/outside.ts')).outside,
});

type OutsidePanelProps = { readonly workbench: Workbench; readonly onClose: () => void };
type Command = { readonly label: string; readonly text: string };

/** Commands for a terminal: the programs there, and what connects from there to a program here. */
export function OutsidePanel({ workbench, onClose }: OutsidePanelProps) {
  const t = useT().program;
  const words = useChapter(OUTSIDE);
  const [outcome, setOutcome] = useState('');
  useLive(workbench);
  const programs = workbench.programs();
  useLive(useMemo(() => allSockets(programs), [programs]));

  const folder = folderName(workbench.own?.name ?? t.examples[workbench.example ?? 'timestamp']);
  const written = filesCommand(folder, workbench.list.allFiles());
  const own: readonly Command[] = [
    ...(written === undefined ? [] : [{ label: words.files(folder), text: written }]),
    ...programs.map((program) => ({ label: words.run(program.file), text: runCommand(program) })),
  ];
  const reaching = programs.flatMap(({ file, sockets }) =>
    reachedFrom(sockets.traces()).flatMap((reached): readonly Command[] => {
      const { isDatagram, at } = reached;
      const through = gatewayCommand(reached, new URL('.', document.baseURI).href);
      return [
        { label: (isDatagram ? words.send : words.connect)(file, at.port), text: netcatCommand(reached) },
        ...(through === undefined ? [] : [{ label: words.throughGateway(file, at.port), text: through }]),
      ];
    }),
  );
  async function copy(text: string): Promise<void> {
    setOutcome((await copyText(text)) ? words.copied : words.copyFailed);
  }
  return (
    <section aria-label={words.label} className={styles.outside}>
      <p className={styles.about}>
        {words.about} <span role="status">{outcome}</span>
        <Button className={styles.close} onClick={onClose}>
          {words.close}
        </Button>
      </p>
      {written === undefined ? <p className={styles.about}>{words.filesTooMuch}</p> : null}
      <Commands commands={own} words={words} onCopy={copy} />
      <Commands commands={reaching} words={words} onCopy={copy} />
      <p className={styles.about}>{reaching.length > 0 ? words.token : words.nobodyListens}</p>
    </section>
  );
}

type CommandsProps = {
  readonly commands: readonly Command[];
  readonly words: OutsideWords;
  readonly onCopy: (text: string) => Promise<void>;
};

/** Each with its first line to be seen, and all of it to be copied. */
function Commands({ commands, words, onCopy }: CommandsProps) {
  if (commands.length === 0) return null;
  return (
    <ul className={styles.commands}>
      {commands.map(({ label, text }) => (
        <li key={label}>
          <span>{label}</span>
          <code title={text}>{text.split('\n', 1)[0]}</code>
          <Button aria-label={words.copyOf(label)} onClick={() => void onCopy(text)}>
            {words.copy}
          </Button>
        </li>
      ))}
    </ul>
  );
}
