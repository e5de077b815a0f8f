import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';

type DialogProps = {
  readonly title: string;
  readonly onClose: () => void;
  /** The word on the button that closes it. */
  readonly done: string;
  /** Something else in it is what one has come for. */
  readonly isSecond?: boolean;
  readonly children: ReactNode;
};

/** A modal dialog while it is in the page. Escape and a press beside it close it; the browser gives the focus back. */
export function Dialog({ title, onClose, done, isSecond = false, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the press beside it is a convenience; the keyboard has Escape and the button.
    <dialog
      ref={dialog}
      className={styles.dialog}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
    >
      <div className={styles.content}>
        <h2 id={titleId} className={styles.title}>
          {title}
        </h2>
        {children}
        <Button look={isSecond ? 'plain' : 'primary'} className={styles.done} onClick={onClose}>
          {done}
        </Button>
      </div>
    </dialog>
  );
}
