import { type FormEvent, useState } from 'react';
import { Editor } from '../../../features/editor/Editor.tsx';
import { formatByteCount } from '../../../i18n/format.ts';
import { useT } from '../../../i18n/t.ts';
import { download } from '../../../platform/download.ts';
import type { Workbench } from '../../../store/programs/workbench.ts';
import { Button } from '../../../ui/Button.tsx';
import { FileButton } from '../../../ui/form/FileButton.tsx';
import field from '../../../ui/form/Input.module.css';
import { useLive } from '../../../ui/use-live.ts';
import styles from './FilesPanel.module.css';
import { editableText } from './file-text.ts';

type FilesPanelProps = { readonly workbench: Workbench };

/** The folder of the programs: what they write and read, and modules beside them. */
export function FilesPanel({ workbench }: FilesPanelProps) {
  const t = useT().program.files;
  const { folder } = workbench;
  useLive(folder);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string>();
  const files = folder.files();

  async function bring(file: File): Promise<void> {
    workbench.changeFile({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) });
  }
  function create(event: FormEvent): void {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '') return;
    if (folder.get(wanted) === undefined) workbench.changeFile({ name: wanted, bytes: new Uint8Array() });
    setChosen(wanted);
    setName('');
  }
  return (
    <div className={styles.panel}>
      <section className={styles.side} aria-label={t.label}>
        <div className={styles.tools}>
          <form className={styles.create} onSubmit={create}>
            <input
              className={`${field.input} ${field.mono}`}
              aria-label={t.name}
              placeholder={t.placeholder}
              value={name}
              onChange={({ target }) => setName(target.value)}
              autoCapitalize="off"
              autoComplete="off"
              spellCheck={false}
            />
            <Button type="submit">{t.create}</Button>
          </form>
          <FileButton label={t.upload} isMultiple onFile={bring} />
        </div>
        {folder.refused === undefined ? null : (
          <p role="alert" className={styles.refused}>
            {t.refused(folder.refused)}
          </p>
        )}
        {files.length === 0 ? (
          <p className={styles.about}>{t.empty}</p>
        ) : (
          <ul className={styles.list} aria-label={t.label}>
            {files.map((file) => (
              <li key={file.name} className={styles.file}>
                <button
                  type="button"
                  className={styles.name}
                  aria-pressed={file.name === chosen}
                  onClick={() => setChosen(file.name)}
                >
                  {file.name}
                </button>
                <span className={styles.size}>{formatByteCount(file.bytes.length)}</span>
                <Button
                  look="quiet"
                  aria-label={t.downloadHint(file.name)}
                  onClick={() => download(file.name.split('/').at(-1) ?? file.name, new Blob([file.bytes]))}
                >
                  {t.download}
                </Button>
                <Button
                  look="quiet"
                  aria-label={t.deleteHint(file.name)}
                  onClick={() => workbench.changeFile({ name: file.name, bytes: undefined })}
                >
                  {t.delete}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </section>
      <FileText key={chosen} workbench={workbench} name={chosen} />
    </div>
  );
}

/** A file's text, to read and to change. */
function FileText({ workbench, name }: FilesPanelProps & { readonly name: string | undefined }) {
  const t = useT().program.files;
  const bytes = name === undefined ? undefined : workbench.folder.get(name);
  if (name === undefined || bytes === undefined) return <p className={styles.about}>{t.about}</p>;
  const text = editableText(bytes);
  if (text === undefined) return <p className={styles.about}>{t.noText(name)}</p>;
  return (
    <div className={styles.text}>
      <Editor
        source={text}
        label={t.text(name)}
        marks={[]}
        onChange={(source) => {
          if (source !== text) workbench.changeFile({ name, bytes: new TextEncoder().encode(source) });
        }}
        onLine={() => undefined}
        onRun={() => undefined}
      />
    </div>
  );
}
