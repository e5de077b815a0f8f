import { useClassWords } from '../../i18n/class-words.ts';
import type { WatchedPage } from '../../store/classroom/watched-page.ts';
import styles from './WatchedPageView.module.css';

/** The programs of somebody else's page: their text, and the last of what they have printed. */
export function WatchedPrograms({ programs }: Pick<WatchedPage, 'programs'>) {
  const { live } = useClassWords().teach.seat;
  return programs.map(({ file, text, isRunning, lines }) => (
    <section key={file} aria-label={file} className={styles.program}>
      <h3>
        <code>{file}</code> {isRunning ? live.runs : null}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard */}
      <pre tabIndex={0} className={styles.text}>
        {text}
      </pre>
      {lines.length > 0 ? (
        <section aria-label={live.printed}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: likewise */}
          <pre tabIndex={0} className={styles.text}>
            {lines.join('\n')}
          </pre>
        </section>
      ) : null}
    </section>
  ));
}
