import { useT } from '../../i18n/t.ts';
import type { Learning } from '../../store/lessons/learning.ts';
import { useLive } from '../../ui/use-live.ts';
import styles from './LessonList.module.css';
import { LessonLine } from './LessonMarkdown.tsx';

type LessonListProps = {
  readonly learning: Learning;
  readonly current: string | undefined;
  readonly hrefOf: (lesson: string) => string;
};

/** All lessons, part by part, with what is done of them. */
export function LessonList({ learning, current, hrefOf }: LessonListProps) {
  const { learn } = useT();
  useLive(learning);
  const { pack } = learning;
  if (!pack) return null;
  return (
    <nav aria-label={learn.lessons} className={styles.list}>
      {pack.head.parts.map(({ id }) => (
        <section key={id}>
          <h2 className={styles.part}>{learning.titleOf(id)}</h2>
          <ol>
            {pack.lessons
              .filter(({ part }) => part === id)
              .map((content) => {
                const { lesson } = content;
                const number = pack.lessons.indexOf(content) + 1;
                const mark = learning.markOf(content);
                const text = learning.textOf(content);
                const entry = learn.entry(number, text.title);
                const isClosed = learning.isClosed(lesson.id);
                return (
                  <li key={lesson.id} className={styles.item} data-mark={mark} data-closed={isClosed || undefined}>
                    {isClosed ? (
                      <span className={styles.closed}>{entry}</span>
                    ) : (
                      <a
                        href={hrefOf(lesson.id)}
                        aria-label={mark ? `${entry}, ${learn.marks[mark]}` : entry}
                        aria-current={lesson.id === current ? 'page' : undefined}
                      >
                        {entry}
                      </a>
                    )}
                    <span aria-hidden={!isClosed} className={styles.mark}>
                      {isClosed ? learn.closed : mark ? learn.marks[mark] : learn.minutes(lesson.minutes)}
                    </span>
                    <p className={styles.goal}>
                      <LessonLine text={text.goal} hrefOf={hrefOf} />
                    </p>
                  </li>
                );
              })}
          </ol>
        </section>
      ))}
    </nav>
  );
}
