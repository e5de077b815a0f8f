import { type ChangeEvent, type ComponentProps, useRef } from 'react';
import { Button } from '../Button.tsx';

type FileButtonProps = Pick<ComponentProps<typeof Button>, 'look' | 'className' | 'title'> & {
  /** The accessible name of the choice. */
  readonly label: string;
  /** What the button says; the label, unless given. It is the button's name too. */
  readonly text?: string;
  /** As of an input element: endings and media types. */
  readonly accept?: string;
  /** Whether several files may be chosen at once. */
  readonly isMultiple?: boolean;
  /** Once for each file; where it returns a promise, the next one waits for it. */
  readonly onFile: (file: File) => unknown;
};

/** Opens the system's choice of a file. The same one may be chosen again. */
export function FileButton({ label, text = label, accept, isMultiple = false, onFile, ...button }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  async function choose({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const files = [...(target.files ?? [])];
    target.value = '';
    for (const file of files) await onFile(file);
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={isMultiple}
        hidden
        aria-label={label}
        onChange={(event) => void choose(event)}
      />
      <Button {...button} onClick={() => input.current?.click()}>
        {text}
      </Button>
    </>
  );
}
