import { useId } from 'react';
import styles from './Slider.module.css';

type SliderProps = {
  readonly label: string;
  /** What each place says, from the left. */
  readonly places: readonly string[];
  readonly place: number;
  readonly onChange: (place: number) => void;
  readonly title?: string;
};

/** A slider over named places; what is said aloud is the name, not the number of the place. */
export function Slider({ label, places, place, onChange, title }: SliderProps) {
  const id = useId();
  return (
    <div className={styles.slider} title={title}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      <span aria-hidden="true" className={place === 0 ? styles.off : styles.value}>
        {places[place]}
      </span>
      <input
        id={id}
        type="range"
        min={0}
        max={places.length - 1}
        step={1}
        value={place}
        aria-valuetext={places[place]}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  );
}
