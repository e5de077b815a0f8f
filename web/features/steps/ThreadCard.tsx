import { useT } from '../../i18n/t.ts';
import type { LookedThread } from '../../python/process-look.ts';
import type { Program } from '../../store/programs/program.ts';
import { StatusPill } from '../../ui/marks/StatusPill.tsx';
import styles from './BetweenCalls.module.css';
import { ThreadConsole } from './ThreadConsole.tsx';

type ThreadCardProps = { readonly program: Program; readonly thread: LookedThread; readonly lines: readonly string[] };

/** One thread: which call it stands before or waits in, the line, who called it, and its variables. */
export function ThreadCard({ program, thread, lines }: ThreadCardProps) {
  const t = useT();
  const { steps } = t.program;
  const { ident, name, doing, call, frames, variables } = thread;
  const [innermost, ...callers] = frames;
  const shown = Object.entries(variables);
  return (
    <article className={styles.thread}>
      <p className={styles.doing}>
        <StatusPill tone={doing === 'stands' ? 'accent' : 'wait'}>
          {doing === 'stands' ? steps.stands(call) : steps.waits(call)}
        </StatusPill>
        {name ? <span className={styles.muted}>{name}</span> : null}
        {innermost ? <span className={styles.muted}>{t.ladder.line(innermost.line)}</span> : null}
        {callers.length > 0 ? (
          <span className={styles.muted}>
            {[innermost, ...callers].map((frame) => frame?.name || steps.module).join(' ← ')}
          </span>
        ) : null}
      </p>
      {innermost ? <code className={styles.code}>{lines[innermost.line - 1]?.trim()}</code> : null}
      {shown.length > 0 ? (
        <table className={styles.variables}>
          <caption>{steps.variables}</caption>
          <tbody>
            {shown.map(([variable, value]) => (
              <tr key={variable}>
                <th scope="row">{variable}</th>
                <td>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      {innermost ? <ThreadConsole program={program} ident={ident} name={name || steps.mainThread} /> : null}
    </article>
  );
}
