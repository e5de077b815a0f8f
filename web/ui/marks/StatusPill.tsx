import type { ReactNode } from 'react';
import styles from './StatusPill.module.css';
import tones from './tones.module.css';

export type Tone = 'good' | 'wait' | 'bad' | 'plain' | 'accent';

/** A state in monospace capitals. The colour repeats what the text says. */
export function StatusPill({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`${styles.pill} ${tones[tone]}`}>{children}</span>;
}
