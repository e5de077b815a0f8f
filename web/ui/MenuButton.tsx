import { type KeyboardEvent, type ReactNode, type ToggleEvent, useId, useRef, useState } from 'react';
import { Button } from './Button.tsx';
import styles from './MenuButton.module.css';
import { type MenuPlace, nextItem, placeMenu } from './menu-place.ts';

export type MenuItem = {
  readonly label: string;
  readonly hint?: string;
  readonly isDisabled?: boolean;
  readonly onChoose: () => void;
};
type MenuButtonProps = {
  readonly items: readonly MenuItem[];
  readonly isDisabled?: boolean;
  readonly title?: string;
  readonly children: ReactNode;
};

/**
 * A button that opens a menu (WAI-ARIA APG, menu button). The menu is a popover: it lies over everything, and the browser
 * closes it on Escape or a press elsewhere and gives the focus back.
 */
export function MenuButton({ items, isDisabled = false, title, children }: MenuButtonProps) {
  const id = useId();
  const button = useRef<HTMLSpanElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [place, setPlace] = useState<MenuPlace>({});

  function itemButtons(): HTMLElement[] {
    return Array.from(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? []);
  }
  function onBeforeToggle({ newState }: ToggleEvent): void {
    const around = button.current?.getBoundingClientRect();
    if (newState === 'open' && around) setPlace(placeMenu(around, window.innerWidth, window.innerHeight));
  }
  function onToggle({ newState }: ToggleEvent): void {
    setOpen(newState === 'open');
    if (newState === 'open') itemButtons()[0]?.focus();
  }
  function onButtonKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' || isDisabled) return;
    event.preventDefault();
    menu.current?.showPopover();
  }
  function onMenuKey(event: KeyboardEvent): void {
    if (event.key === 'Tab') menu.current?.hidePopover();
    const all = itemButtons();
    const next = nextItem(event.key, all.indexOf(event.target as HTMLElement), all.length);
    if (next === undefined) return;
    event.preventDefault();
    all[next]?.focus();
  }
  function choose({ isDisabled: isOff = false, onChoose }: MenuItem): void {
    if (isOff) return;
    menu.current?.hidePopover();
    onChoose();
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys are the button's; the box only measures it. */}
      <span ref={button} className={styles.around} onKeyDown={onButtonKey}>
        <Button
          title={title}
          isDisabled={isDisabled}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          aria-controls={id}
          popoverTarget={id}
        >
          {children} <span aria-hidden="true">▾</span>
        </Button>
      </span>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={typeof children === 'string' ? children : undefined}
        className={styles.menu}
        style={place}
        onBeforeToggle={onBeforeToggle}
        onToggle={onToggle}
        onKeyDown={onMenuKey}
      >
        {items.map((item) => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={styles.item}
            aria-disabled={item.isDisabled || undefined}
            onClick={() => choose(item)}
          >
            {item.label}
            {item.hint === undefined ? null : <span className={styles.hint}> {item.hint}</span>}
          </button>
        ))}
      </div>
    </>
  );
}
