import { Chapter, useChapter } from '../../i18n/chapter.ts';
import type { Experiments } from '../../i18n/en/experiments.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './TryStrip.module.css';

const EXPERIMENTS = new Chapter<Experiments>({
  en: async () => (await import('../../i18n/en/experiments.ts')).experiments,
  'zh-CN': async () => (await import('../../i18n/zh-CN/experiments.ts')).experiments,
});

type ExperimentCardProps = {
  readonly name: keyof Experiments['questions'];
  readonly phase: 'asked' | 'ready' | 'waiting' | 'done';
  readonly onAct: () => void;
  readonly onClose: () => void;
};

/** A question before, one press, a sentence after. */
export function ExperimentCard({ name, phase, onAct, onClose }: ExperimentCardProps) {
  const words = useChapter(EXPERIMENTS);
  const { question, act, after } = words.questions[name];
  const isActed = phase === 'waiting' || phase === 'done';
  return (
    <section aria-label={words.label} className={styles.card}>
      <p>
        <strong>{question}</strong>
      </p>
      {isActed ? (
        <span />
      ) : (
        <Button isDisabled={phase !== 'ready'} onClick={onAct}>
          {act}
        </Button>
      )}
      <Button look="quiet" className={styles.close} aria-label={words.close} onClick={onClose}>
        ×
      </Button>
      <div role="status" className={phase === 'done' ? styles.after : styles.waiting}>
        {phase === 'done' ? after : phase === 'ready' ? '' : words.waiting}
      </div>
    </section>
  );
}
