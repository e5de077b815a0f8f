import { useState } from 'react';
import { PeerFailureText } from '../../../features/lessons/peers/PeerFailureText.tsx';
import { PeerScript } from '../../../features/lessons/peers/PeerScript.tsx';
import { useT } from '../../../i18n/t.ts';
import { browserClock } from '../../../platform/browser-gateway.ts';

import type { Playground } from '../../../store/playground.ts';
import type { Workbench } from '../../../store/programs/workbench.ts';
import { scriptSocketOf } from '../../../store/script-socket.ts';
import type { Task } from '../../../store/tasks/task.ts';
import { type PeerResult, TaskRun } from '../../../store/tasks/task-run.ts';
import { Button } from '../../../ui/Button.tsx';
import { useLive } from '../../../ui/use-live.ts';
import { TaskEditor } from './TaskEditor.tsx';
import styles from './TaskPane.module.css';

type TaskPaneProps = {
  readonly playground: Playground;
  readonly workbench: Workbench;
  readonly task: Task;
  /** False where a program has the one place there is. */
  readonly isShown: boolean;
};

const LOOPBACK = '127.0.0.1';
/** What became of a task's clients stays while another page is looked at. */
const runs = new WeakMap<Task, TaskRun>();
function runOf(task: Task, playground: Playground): TaskRun {
  const connect = (port: number) => scriptSocketOf(playground.connect('tcp', LOOPBACK, port));
  const run = runs.get(task) ?? new TaskRun(task, connect, browserClock);
  runs.set(task, run);
  return run;
}

/** What is to be written, and the clients that connect to the server and say what passed. */
export function TaskPane({ playground, workbench, task, isShown }: TaskPaneProps) {
  const t = useT().program.task;
  const run = runOf(task, playground);
  useLive(run);
  const [isEditing, setEditing] = useState(task.text === '');
  const { passed } = run;
  const count = task.peers.length;
  return (
    <section className={styles.pane} aria-label={t.label} hidden={!isShown}>
      <header className={styles.head}>
        <b>{t.label}</b>
        <span
          role="status"
          aria-label={t.result}
          className={styles.summary}
          data-passed={passed === count || undefined}
        >
          {passed === undefined ? '' : t.passed(passed, count)}
        </span>
        <span className={styles.tools}>
          <Button look="quiet" onClick={() => setEditing(!isEditing)}>
            {isEditing ? t.done : t.change}
          </Button>
          <Button look="primary" isDisabled={run.isRunning} onClick={() => void run.run()}>
            {t.check}
          </Button>
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard */}
      <section className={styles.body} tabIndex={0} aria-label={t.body}>
        {isEditing ? (
          <TaskEditor task={task} onTask={(next) => workbench.setTask(next)} />
        ) : (
          <p className={styles.text}>{task.text}</p>
        )}
        <ol className={styles.peers}>
          {task.peers.map(({ id, port, script }, nth) => (
            <li key={id}>
              <h2>{t.client(nth + 1, port)}</h2>
              <PeerScript script={script} result={run.resultOf(id)} />
              <Outcome result={run.resultOf(id)} port={port} />
            </li>
          ))}
        </ol>
      </section>
    </section>
  );
}

function Outcome({ result, port }: { readonly result: PeerResult | undefined; readonly port: number }) {
  const { peer } = useT().learn;
  if (result === undefined || result === 'waiting') return null;
  if (result === 'trying') return <p className={styles.outcome}>{peer.trying}</p>;
  return (
    <div className={styles.outcome}>
      {result.kind === 'passed' ? <p>{peer.passed}</p> : <PeerFailureText outcome={result} port={port} />}
    </div>
  );
}
