import { type KeyboardEvent, type MouseEvent, type ReactNode, useRef } from 'react';
import { nextTab } from './next-tab.ts';
import styles from './Tabs.module.css';

type Tab<Id extends string> = { readonly id: Id; readonly label: string };
type TabListProps<Id extends string> = {
  /** The accessible name of the tablist. */
  readonly label: string;
  /** Unique in the page: the ids of tabs and panels are made of it. */
  readonly name: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** `headed`: at the head of what they show. */
  readonly look?: 'segmented' | 'underlined' | 'headed';
};

/** One tab stop; arrows, Home and End move and select at once (WAI-ARIA APG, Tabs). */
export function TabList<Id extends string>({
  label,
  name,
  tabs,
  selected,
  onSelect,
  look = 'segmented',
}: TabListProps<Id>) {
  const list = useRef<HTMLDivElement>(null);
  function onKeyDown(event: KeyboardEvent): void {
    const current = tabs.findIndex(({ id }) => id === selected);
    const next = tabs[nextTab(current, event.key, tabs.length)];
    if (next === undefined || next.id === selected) return;
    event.preventDefault();
    onSelect(next.id);
    list.current?.querySelector<HTMLElement>(`#${name}-tab-${next.id}`)?.focus();
  }
  return (
    <div ref={list} role="tablist" aria-label={label} className={styles[look]} onKeyDown={onKeyDown}>
      {tabs.map(({ id, label: text }) => (
        <button
          key={id}
          id={`${name}-tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === selected}
          aria-controls={id === selected ? `${name}-panel-${id}` : undefined}
          tabIndex={id === selected ? 0 : -1}
          className={styles.tab}
          onClick={() => onSelect(id)}
        >
          {text}
        </button>
      ))}
    </div>
  );
}

type TabPanelProps = {
  readonly name: string;
  readonly tab: string;
  readonly className?: string | undefined;
  /** It may scroll, and nothing in it takes the focus. */
  readonly isFocusable?: boolean;
  /** A convenience of the pointer: the keyboard needs another way. */
  readonly onClick?: (event: MouseEvent<HTMLDivElement>) => void;
  readonly children: ReactNode;
};

/** The panel of the tab that is selected: the others are not in the page. */
export function TabPanel({ name, tab, className, isFocusable = false, onClick, children }: TabPanelProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: see onClick.
    <div
      role="tabpanel"
      id={`${name}-panel-${tab}`}
      aria-labelledby={`${name}-tab-${tab}`}
      className={className}
      tabIndex={isFocusable ? 0 : undefined}
      onClick={onClick}
    >
      {children}
    </div>
  );
}
