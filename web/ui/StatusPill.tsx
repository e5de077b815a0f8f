import type { ReactNode } from 'react';
import styles from './StatusPill.module.css';
import tones from './tones.module.css';

export type Tone = 'good' | 'wait' | 'bad' | 'plain' | 'accent';

/** A word about how things stand, in capitals of a machine. The word says it all; the colour repeats it. */
export function StatusPill({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  return <span className={`${styles.pill} ${tones[tone]}`}>{children}</span>;
}
