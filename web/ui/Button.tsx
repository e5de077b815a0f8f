import type { ComponentProps, MouseEvent } from 'react';
import styles from './Button.module.css';

type ButtonProps = Omit<ComponentProps<'button'>, 'disabled' | 'type'> & {
  readonly look?: 'plain' | 'primary' | 'danger' | 'quiet';
  readonly type?: 'button' | 'submit';
  readonly isDisabled?: boolean;
};

/**
 * A disabled button keeps its place in the tab order (`aria-disabled`): one that is disabled by being pressed would else
 * throw the keyboard back to the top of the page.
 */
export function Button({
  look = 'plain',
  type = 'button',
  isDisabled = false,
  onClick,
  className,
  ...rest
}: ButtonProps) {
  function press(event: MouseEvent<HTMLButtonElement>): void {
    if (isDisabled) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      {...rest}
      type={type}
      className={[styles.button, look === 'plain' ? undefined : styles[look], className].filter(Boolean).join(' ')}
      aria-disabled={isDisabled || undefined}
      onClick={press}
    />
  );
}
