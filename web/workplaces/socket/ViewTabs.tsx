import { useT } from '../../i18n/t.ts';
import { Button } from '../../ui/Button.tsx';
import { TabList } from '../../ui/Tabs.tsx';

type ViewTabsProps<View extends string> = {
  readonly tabs: readonly { readonly id: View; readonly label: string }[];
  readonly view: View;
  readonly onView: (view: View) => void;
  /** Opens the inspector, where it is a drawer. */
  readonly onInspect: (() => void) | undefined;
};

/** What the view is chosen with. Its panel is a TabPanel of the name `view`. */
export function ViewTabs<View extends string>({ tabs, view, onView, onInspect }: ViewTabsProps<View>) {
  const t = useT();
  return (
    <>
      <TabList label={t.session.view} name="view" tabs={tabs} selected={view} onSelect={onView} />
      {onInspect ? <Button onClick={onInspect}>{t.app.play.showInspector}</Button> : null}
    </>
  );
}

/** A cell of a row was pressed: where the inspector is a drawer, the row opens up at once; the keyboard has its button. */
export function isRowPress({ target }: { readonly target: EventTarget }): boolean {
  return target instanceof Element && target.closest('[role="gridcell"]') !== null;
}
