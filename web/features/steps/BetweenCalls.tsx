import { useT } from '../../i18n/t.ts';
import type { Program } from '../../store/programs/program.ts';
import styles from './BetweenCalls.module.css';
import { channels, type StoodSocket, stoodSockets } from './buffers.ts';
import { ChannelView } from './ChannelView.tsx';
import { SocketTable } from './SocketTable.tsx';
import { ThreadCard } from './ThreadCard.tsx';

type BetweenCallsProps = { readonly programs: readonly Program[] };

/** Two programs between two calls: what each has in hand, and what lies in the kernels’ buffers between them. */
export function BetweenCalls({ programs }: BetweenCallsProps) {
  const t = useT().program.steps;
  const [server, ...clients] = programs;
  const sockets = programs.flatMap((program) =>
    stoodSockets(program.file, program.steps.look, (socket) => program.traceOf(socket)),
  );
  const between = channels(sockets);
  if (!programs.some(({ steps }) => steps.isOn)) return <p className={styles.empty}>{t.empty}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it has to be reachable by keyboard
    <section className={styles.picture} aria-label={t.label} tabIndex={0}>
      <div className={styles.side}>{server ? <ProgramState program={server} sockets={sockets} /> : null}</div>
      <div className={styles.middle}>
        <h2>{t.buffers}</h2>
        {between.length === 0 ? <p className={styles.none}>{t.noChannel}</p> : null}
        {between.map((channel) => (
          <ChannelView key={`${channel.near.program} ${channel.near.fd}`} channel={channel} />
        ))}
      </div>
      <div className={styles.side}>
        {clients.map((program) => (
          <ProgramState key={program.file} program={program} sockets={sockets} />
        ))}
      </div>
    </section>
  );
}

type ProgramStateProps = { readonly program: Program; readonly sockets: readonly StoodSocket[] };

function ProgramState({ program, sockets }: ProgramStateProps) {
  const t = useT().program.steps;
  const { file, steps, isRunning, source } = program;
  const { look } = steps;
  const threads = look?.threads ?? [];
  return (
    <section aria-label={t.ofProgram(file)} className={styles.program}>
      <h2>
        <code>{file}</code>
      </h2>
      {threads.length === 0 ? (
        <p className={styles.none}>{!isRunning ? t.notRunning : steps.isOn ? t.computing : t.goesOn}</p>
      ) : null}
      {threads.map((thread) => (
        <ThreadCard key={thread.ident} program={program} thread={thread} lines={source.split('\n')} />
      ))}
      {look ? (
        <SocketTable
          label={t.table(file)}
          sockets={sockets.filter((socket) => socket.program === file)}
          threads={threads}
        />
      ) : null}
    </section>
  );
}
