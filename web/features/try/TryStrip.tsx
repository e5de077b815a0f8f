import { type KeyboardEvent, useRef, useState } from 'react';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import { nextTab } from '../../ui/next-tab.ts';
import styles from './TryStrip.module.css';

type TryStripProps<Name extends string> = {
  /** `hello` first. */
  readonly names: readonly Name[];
  readonly label: (name: Name) => string;
  readonly current: Name | undefined;
  readonly onTry: (name: Name) => void;
};

/** What to try first, one press each. One tab stop: the arrows move along it (WAI-ARIA APG, Toolbar). */
export function TryStrip<Name extends string>({ names, label, current, onTry }: TryStripProps<Name>) {
  const t = useT();
  const [at, setAt] = useState(0);
  const bar = useRef<HTMLDivElement>(null);
  function onKeyDown(event: KeyboardEvent): void {
    const next = nextTab(at, event.key, names.length);
    if (next === at) return;
    event.preventDefault();
    setAt(next);
    bar.current?.querySelectorAll('button')[next]?.focus();
  }
  return (
    <div ref={bar} role="toolbar" aria-label={t.app.tryOut.label} className={styles.bar} onKeyDown={onKeyDown}>
      <b aria-hidden="true">{t.app.tryOut.label}</b>
      {names.map((name, nth) => (
        <Button
          key={name}
          className={styles.try}
          tabIndex={nth === at ? 0 : -1}
          aria-pressed={name === current}
          onFocus={() => setAt(nth)}
          onClick={() => onTry(name)}
        >
          {label(name)}
        </Button>
      ))}
    </div>
  );
}
