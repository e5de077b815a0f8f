import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import styles from '../../ui/panes/Message.module.css';

/** The first visit: what to do, in two lines, and one press that does it. */
export function EmptyView({ onHello }: { readonly onHello: (() => void) | undefined }) {
  const { play } = useT().app;
  return (
    <div className={styles.message}>
      <h2>{play.emptyTitle}</h2>
      <p>{play.emptyBody}</p>
      {onHello ? (
        <div className={styles.actions}>
          <Button look="primary" onClick={onHello}>
            {play.sayHello}
          </Button>
        </div>
      ) : null}
    </div>
  );
}
