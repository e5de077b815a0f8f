import { useClassWords } from '../../i18n/class-words.ts';
import type { ClassRoom } from '../../store/classroom/class-room.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './Classroom.module.css';

/** What the server tells the instructor of this page, as it stands now. */
export function SeenDialog({ classRoom, onClose }: { readonly classRoom: ClassRoom; readonly onClose: () => void }) {
  const { room } = useClassWords();
  const { seen } = room;
  const { own, policy } = classRoom.model;
  if (!own) return null;
  const { place, sockets, steps } = classRoom.seen;
  return (
    <Dialog title={seen.open} done={seen.close} onClose={onClose}>
      <p>{seen.about}</p>
      <ul className={styles.seen}>
        <li>{seen.name(own.as, own.seat)}</li>
        <li>{seen.here}</li>
        <li>{seen.sockets(sockets)}</li>
        <li>{seen.call}</li>
        <li>{seen.place(place ?? seen.nowhere)}</li>
        <li>{seen.steps(steps)}</li>
        <li>{seen.hand}</li>
        <li>{policy?.watch ? seen.watch : seen.noWatch}</li>
      </ul>
      <p className={styles.note}>{seen.after}</p>
    </Dialog>
  );
}
