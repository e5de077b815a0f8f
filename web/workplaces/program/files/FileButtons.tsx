import { useT } from '../../../i18n/t.ts';
import { download } from '../../../platform/download.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileButton } from '../../../ui/form/FileButton.tsx';
import styles from '../ProgramPane.module.css';

type FileButtonsProps = {
  readonly file: string;
  readonly source: string;
  readonly onOpen: (source: string) => void;
};

/** A program from a file, and into one. */
export function FileButtons({ file, source, onOpen }: FileButtonsProps) {
  const t = useT().program;

  async function read(chosen: File): Promise<void> {
    onOpen((await chosen.text()).replaceAll('\r\n', '\n'));
  }
  function save(): void {
    download(file, new Blob([source], { type: 'text/x-python' }));
  }
  return (
    <>
      <FileButton
        label={t.openLabel(file)}
        text={t.open}
        accept=".py,text/x-python,text/plain"
        look="quiet"
        className={styles.small}
        onFile={read}
      />
      <Button look="quiet" className={styles.small} aria-label={t.downloadLabel(file)} onClick={save}>
        {t.download}
      </Button>
    </>
  );
}
