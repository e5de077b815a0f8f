import { type ReactNode, useMemo, useState } from 'react';
import type { Milliseconds } from '../../../protocol/units.ts';
import { Editor } from '../../features/editor/Editor.tsx';
import type { LineMark } from '../../features/editor/line-marks.ts';
import { ErrorCard } from '../../features/programs/ErrorCard.tsx';
import { StepButtons } from '../../features/steps/StepButtons.tsx';
import { Terminal } from '../../features/terminal/Terminal.tsx';
import { useT } from '../../i18n/t.ts';
import type { Program } from '../../store/programs/program.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import { StatusPill } from '../../ui/marks/StatusPill.tsx';
import { useLive } from '../../ui/use-live.ts';
import { FileButtons } from './files/FileButtons.tsx';
import styles from './ProgramPane.module.css';
import type { Place } from './place.ts';
import { statusOf } from './program-status.ts';

type ProgramPaneProps = {
  readonly program: Program;
  /** False where another program has the one place there is. */
  readonly isShown: boolean;
  /** Between text and terminal. */
  readonly terminalHandle: ReactNode;
  readonly onEdit: (source: string) => void;
  readonly onArgs: (args: string) => void;
  readonly onRemove: (() => void) | undefined;
  readonly place: Place | undefined;
  readonly onPlace: (place: Place | undefined) => void;
};

/** One program: its head with Run or Stop, its text, its terminal. */
export function ProgramPane(props: ProgramPaneProps) {
  const { program, isShown, terminalHandle, onEdit, onArgs, onRemove, place, onPlace } = props;
  const t = useT().program;
  useLive(program);
  const { file, isRunning } = program;
  const { tone, text } = statusOf(program, t);
  const marks = useMarks(program, place);
  const [takesFocus, setTakesFocus] = useState(false);

  function run(): void {
    setTakesFocus(true);
    program.run();
  }
  return (
    <section className={styles.pane} aria-label={file} hidden={!isShown}>
      <header className={styles.head}>
        <span role="status" aria-label={t.status.label(file)}>
          <StatusPill tone={tone}>{text}</StatusPill>
        </span>
        <b className={styles.file}>{file}</b>
        <input
          className={`${field.input} ${field.mono} ${styles.args}`}
          aria-label={t.args(file)}
          placeholder={t.argsCaption}
          title={t.argsHint}
          value={program.args}
          maxLength={400}
          onChange={({ target }) => onArgs(target.value)}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
        />
        <FileButtons file={file} source={program.source} onOpen={onEdit} />
        <span className={styles.run}>
          {isRunning ? (
            <StepButtons
              file={file}
              isStepping={program.steps.isOn}
              canStep={program.steps.canStep}
              onPace={(pace) => program.setPace(pace)}
            />
          ) : null}
          {onRemove ? (
            <Button look="quiet" aria-label={t.remove(file)} onClick={onRemove}>
              ✕
            </Button>
          ) : null}
          {isRunning ? (
            <Button look="danger" onClick={() => program.stop()}>
              {t.stop}
            </Button>
          ) : (
            <Button look="primary" onClick={run}>
              {t.run}
            </Button>
          )}
        </span>
      </header>
      <div className={styles.program}>
        <Editor
          source={program.source}
          label={t.editor(file)}
          marks={marks}
          onChange={onEdit}
          onLine={(line) => onPlace({ file, line })}
          onRun={run}
        />
        <ErrorCard program={program} onFix={onEdit} />
      </div>
      {terminalHandle}
      <div id={`terminal-${file}`} className={styles.terminal}>
        <Terminal
          file={file}
          model={program.terminal}
          isOpen={isRunning}
          takesFocus={takesFocus}
          filledIn={program.blocked.some(({ call }) => call === 'input') ? program.keyboard.next : undefined}
          filledCount={program.keyboard.left}
          onLine={(line) => program.typeLine(line)}
          onEnd={() => program.endInput()}
          onInterrupt={() => program.interrupt()}
        />
      </div>
    </section>
  );
}

function useMarks(program: Program, place: Place | undefined): readonly LineMark[] {
  const t = useT().program;
  const { file, source, blocked, outcome, steps, phase } = program;
  const { look } = steps;
  const fault = outcome.faultIn(source);
  const isAsRun = outcome.isOf(source);
  return useMemo(() => {
    const marks: LineMark[] = [];
    if (isAsRun && phase !== 'idle') {
      for (const { line, call, since, thread } of blocked.filter(
        ({ line }, index) => line > 0 && firstOfLine(blocked, index),
      )) {
        const name = thread === undefined ? call : `${thread}: ${call}`;
        const tell = (took: Milliseconds) => t.blocked.since(name, took);
        marks.push({ line, kind: 'blocked', text: call === 'input' ? t.blocked.input : { since, tell } });
      }
    }
    for (const { doing, call, frames } of look?.threads ?? []) {
      const line = frames[0]?.line ?? 0;
      if (isAsRun && doing === 'stands' && line > 0) marks.push({ line, kind: 'blocked', text: t.steps.stands(call) });
    }
    if (fault && fault.line > 0) {
      const text = fault.message === '' ? fault.type : `${fault.type}: ${fault.message}`;
      marks.push({ line: fault.line, kind: 'error', text });
    }
    if (place?.file === file) marks.push({ line: place.line, kind: 'chosen', text: '' });
    return marks;
  }, [blocked, fault, isAsRun, look, phase, place, file, t]);
}

function firstOfLine(blocked: Program['blocked'], index: number): boolean {
  return blocked.findIndex(({ line }) => line === blocked[index]?.line) === index;
}
