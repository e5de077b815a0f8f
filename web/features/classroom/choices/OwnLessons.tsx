import { useState } from 'react';
import { parsePackFile } from '../../../../lesson/pack/pack.ts';
import { PlaygroundError } from '../../../../protocol/errors.ts';
import { useClassWords } from '../../../i18n/class-words.ts';
import { useLanguage } from '../../../i18n/t.ts';
import type { ClassRoom } from '../../../store/classroom/class-room.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileButton } from '../../../ui/form/FileButton.tsx';
import styles from '../Teach.module.css';

/** Lessons of the instructor's own for the whole class, judged before they go out by the validator that the built-in ones pass. */
export function OwnLessons({ classRoom }: { readonly classRoom: ClassRoom }) {
  const { bar } = useClassWords().teach;
  const language = useLanguage();
  const [refusal, setRefusal] = useState<string>();
  const { pack, client } = classRoom;
  const [first = 'en'] = pack?.head.languages ?? [];
  const title = (pack?.head.titles[language] ?? pack?.head.titles[first])?.['pack'];

  async function open(file: File): Promise<void> {
    try {
      const text = await file.text();
      const { id, version } = parsePackFile(text, file.name).head;
      setRefusal(undefined);
      await classRoom.attempt(() => client.givePack({ id, version }, text));
    } catch (error) {
      setRefusal(PlaygroundError.from(error).message);
    }
  }
  return (
    <>
      <FileButton label={bar.ownLessons} accept=".json,application/json" onFile={open} />
      {pack ? (
        <Button look="quiet" onClick={() => void classRoom.attempt(() => client.ask('pack', {}))}>
          {bar.leaveLessons}
        </Button>
      ) : null}
      <span role="status" className={styles.note}>
        {title === undefined ? null : bar.lessonsTaken(title)}
      </span>
      {refusal === undefined ? null : <p role="alert">{bar.refusedLessons(refusal)}</p>}
    </>
  );
}
