import { useT } from '../../i18n/t.ts';
import { EXAMPLES } from '../../store/programs/examples.ts';
import type { Workbench } from '../../store/programs/workbench.ts';
import { Button } from '../../ui/Button.tsx';
import field from '../../ui/form/Input.module.css';
import { Select } from '../../ui/form/Select.tsx';
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
      <Select
        label={t.example}
        options={[
          ...(own || example ? [] : [{ value: '', label: workbench.isShared ? t.fromLink : t.ownPrograms }]),
          ...(saved.length > 0
            ? [{ label: t.ownPrograms, options: saved.map(({ id, name }) => ({ value: OWN + id, label: name })) }]
            : []),
          { label: t.examplesGroup, options: EXAMPLES.map((id) => ({ value: id, label: t.examples[id] })) },
        ]}
        value={own ? OWN + own.id : (example ?? '')}
        onChange={choose}
      />
      {own ? (
        <>
          <input
            key={own.id}
            className={`${field.input} ${styles.name}`}
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
