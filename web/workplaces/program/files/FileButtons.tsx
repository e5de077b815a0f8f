import { type ChangeEvent, useRef } from 'react';
import { useT } from '../../../i18n/t.ts';
import { download } from '../../../platform/download.ts';
import { Button } from '../../../ui/Button.tsx';
import styles from '../ProgramPane.module.css';

type FileButtonsProps = {
  readonly file: string;
  readonly source: string;
  readonly onOpen: (source: string) => void;
};

/** A program from a file, and into one. */
export function FileButtons({ file, source, onOpen }: FileButtonsProps) {
  const t = useT().program;
  const input = useRef<HTMLInputElement>(null);

  async function read(event: ChangeEvent<HTMLInputElement>): Promise<void> {
    const [chosen] = event.target.files ?? [];
    event.target.value = '';
    if (chosen) onOpen((await chosen.text()).replaceAll('\r\n', '\n'));
  }
  function save(): void {
    download(file, new Blob([source], { type: 'text/x-python' }));
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept=".py,text/x-python,text/plain"
        hidden
        aria-label={t.openLabel(file)}
        onChange={(event) => void read(event)}
      />
      <Button
        look="quiet"
        className={styles.small}
        aria-label={t.openLabel(file)}
        onClick={() => input.current?.click()}
      >
        {t.open}
      </Button>
      <Button look="quiet" className={styles.small} aria-label={t.downloadLabel(file)} onClick={save}>
        {t.download}
      </Button>
    </>
  );
}
