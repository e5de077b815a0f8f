import type { ReactNode } from 'react';
import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import { TabList } from '../../ui/Tabs.tsx';
import styles from './ViewTabs.module.css';

type ViewTabsProps<View extends string> = {
  readonly tabs: readonly { readonly id: View; readonly label: string }[];
  readonly view: View;
  readonly onView: (view: View) => void;
  /** Opens the inspector, where it is a drawer. */
  readonly onInspect: (() => void) | undefined;
  /** What belongs to the view that is chosen. */
  readonly children?: ReactNode;
};

/** What the view is chosen with, at its head. Its panel is a TabPanel of the name `view`. */
export function ViewTabs<View extends string>({ tabs, view, onView, onInspect, children }: ViewTabsProps<View>) {
  const t = useT();
  return (
    <div className={styles.head}>
      <TabList label={t.session.view} name="view" look="headed" tabs={tabs} selected={view} onSelect={onView} />
      <span className={styles.tools}>
        {children}
        {onInspect ? (
          <Button className={styles.inspect} onClick={onInspect}>
            {t.app.play.showInspector}
          </Button>
        ) : null}
      </span>
    </div>
  );
}

/** A cell of a row was pressed: where the inspector is a drawer, the row opens up at once; the keyboard has its button. */
export function isRowPress({ target }: { readonly target: EventTarget }): boolean {
  return target instanceof Element && target.closest('[role="gridcell"]') !== null;
}
