import { useClassWords } from '../../../i18n/class-words.ts';
import styles from './Classroom.module.css';

/** Stands above the page while the class is paused. */
export function EyesUp() {
  const { room } = useClassWords();
  return (
    <div role="alert" className={styles.eyesUp}>
      <strong>{room.eyesUp}</strong>
      <span>{room.eyesUpText}</span>
    </div>
  );
}
