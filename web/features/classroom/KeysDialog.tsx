import { useClassWords } from '../../i18n/class-words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './Teach.module.css';

/** Links with the keys of a room. */
export type RoomKeys = { readonly room?: string; readonly helper: string };

/** The keys are told once: the server stores their hashes only. */
export function KeysDialog({ keys, onClose }: { readonly keys: RoomKeys; readonly onClose: () => void }) {
  const { teach } = useClassWords();
  return (
    <Dialog title={teach.keys.title} done={teach.keys.done} onClose={onClose}>
      <div className={styles.form}>
        <p>{teach.keys.about}</p>
        {keys.room === undefined ? null : (
          <p>
            {teach.keys.room}: <a href={keys.room}>{keys.room}</a>
          </p>
        )}
        <p>
          {teach.keys.helper}: <a href={keys.helper}>{keys.helper}</a>
        </p>
      </div>
    </Dialog>
  );
}
