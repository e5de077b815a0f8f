import { useClassWords } from '../../../i18n/class-words.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import type { Playground } from '../../../store/playground.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { CheckBox } from '../../../ui/form/CheckBox.tsx';
import { usePress } from '../../../ui/page/use-press.ts';
import { useLive } from '../../../ui/use-live.ts';
import styles from './Classroom.module.css';

type SeenDialogProps = { readonly classRoom: ClassRoom; readonly playground: Playground; readonly onClose: () => void };

/** What the server tells the instructor of this page, as it stands now; and whether one's name may be shown to all. */
export function SeenDialog({ classRoom, playground, onClose }: SeenDialogProps) {
  const { room } = useClassWords();
  const { seen } = room;
  const press = usePress();
  useLive(playground);
  useLive(classRoom);
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
        <li>{policy?.spotlight === 'ask' ? seen.shown : seen.shownWithoutName}</li>
      </ul>
      {policy?.spotlight === 'ask' && own.state === 'in' ? (
        <CheckBox
          label={seen.agree}
          isChecked={classRoom.choices.agrees}
          onChange={(agrees) => press(() => classRoom.choices.setAgrees(agrees))}
        />
      ) : null}
      <p className={styles.note}>{seen.after}</p>
    </Dialog>
  );
}
