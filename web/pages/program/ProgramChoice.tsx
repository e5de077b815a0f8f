import { useT } from '../../i18n/t.ts';
import { EXAMPLES } from '../../store/programs/examples.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import styles from './ProgramPage.module.css';

/** An option of the list: an example by its id, a set of the person's own by OWN and its id. */
const OWN = 'own:';

/** Which programs are shown: an example, or some of the person's own, which have a name and stay until they are deleted. */
export function ProgramChoice({ workbench }: { readonly workbench: Workbench }) {
  const t = useT().program;
  const { own, example } = workbench;
  const saved = workbench.saved();
  function choose(value: string): void {
    const chosen = EXAMPLES.find((id) => id === value);
    if (chosen) workbench.choose(chosen);
    else workbench.openSaved(value.slice(OWN.length));
  }
  return (
    <>
      <label className={styles.example}>
        <span className={styles.hidden}>{t.example}</span>
        <select value={own ? OWN + own.id : (example ?? '')} onChange={({ target }) => choose(target.value)}>
          {own || example ? null : <option value="">{workbench.isShared ? t.fromLink : t.ownPrograms}</option>}
          {saved.length > 0 ? (
            <optgroup label={t.ownPrograms}>
              {saved.map(({ id, name }) => (
                <option key={id} value={OWN + id}>
                  {name}
                </option>
              ))}
            </optgroup>
          ) : null}
          <optgroup label={t.examplesGroup}>
            {EXAMPLES.map((id) => (
              <option key={id} value={id}>
                {t.examples[id]}
              </option>
            ))}
          </optgroup>
        </select>
      </label>
      {own ? (
        <>
          <input
            key={own.id}
            className={styles.name}
            aria-label={t.name}
            defaultValue={own.name}
            maxLength={60}
            onBlur={({ target }) => workbench.renameOwn(target.value)}
            onKeyDown={({ key, currentTarget }) => {
              if (key === 'Enter') currentTarget.blur();
            }}
          />
          <Button look="quiet" aria-label={t.forgetHint(own.name)} onClick={() => workbench.removeOwn()}>
            {t.forget}
          </Button>
        </>
      ) : null}
    </>
  );
}
