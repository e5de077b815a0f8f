import { Fragment } from 'react';
import { useT } from '../../i18n/t.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import styles from './HelpDialog.module.css';
import { KEY_GROUPS } from './keys.ts';

type HelpDialogProps = {
  readonly hasSingleKeys: boolean;
  readonly onSingleKeys: (hasSingleKeys: boolean) => void;
  readonly onClose: () => void;
};

/** Every key of the page. Keys of one letter can be switched off (WCAG 2.2, 2.1.4): speech input would press them. */
export function HelpDialog({ hasSingleKeys, onSingleKeys, onClose }: HelpDialogProps) {
  const t = useT();
  return (
    <Dialog title={t.help.title} done={t.help.done} onClose={onClose}>
      {KEY_GROUPS.map(({ group, keys }) => (
        <section key={group}>
          <h3 className={styles.group}>{t.help.groups[group]}</h3>
          <dl className={styles.keys}>
            {keys.map(({ caps, does }) => (
              <div key={does} className={styles.key}>
                <dt>
                  {caps.map((cap, index) => (
                    <Fragment key={cap}>
                      {index > 0 ? ' ' : null}
                      <kbd>{cap}</kbd>
                    </Fragment>
                  ))}
                </dt>
                <dd>{t.help.keys[does]}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <label className={styles.toggle}>
        <input type="checkbox" checked={hasSingleKeys} onChange={(event) => onSingleKeys(event.target.checked)} />
        {t.help.singleKeys}
      </label>
    </Dialog>
  );
}
