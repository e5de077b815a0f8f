import { useT } from '../../i18n/t.ts';
import type { Pace } from '../../python/worker-messages.ts';
import { Button } from '../../ui/Button.tsx';

type StepButtonsProps = {
  /** Whom they are for; empty: for all programs. */
  readonly file: string;
  readonly isStepping: boolean;
  readonly canStep: boolean;
  readonly className?: string;
  readonly onPace: (pace: Pace) => void;
};

/** Stand before each socket call; make the next one; go on. */
export function StepButtons({ file, isStepping, canStep, className, onPace }: StepButtonsProps) {
  const t = useT().program.steps;
  const label = (name: string) => (file === '' ? undefined : `${name}: ${file}`);
  const props = className === undefined ? {} : { className };
  if (!isStepping) {
    return (
      <Button {...props} aria-label={label(t.pause)} title={t.pauseHint} onClick={() => onPace('pause')}>
        {t.pause}
      </Button>
    );
  }
  return (
    <>
      <Button
        {...props}
        look="primary"
        aria-label={label(t.next)}
        title={t.nextHint}
        isDisabled={!canStep}
        onClick={() => onPace('next')}
      >
        {t.next}
      </Button>
      <Button {...props} aria-label={label(t.resume)} title={t.resumeHint} onClick={() => onPace('resume')}>
        {t.resume}
      </Button>
    </>
  );
}
