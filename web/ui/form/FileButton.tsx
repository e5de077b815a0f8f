import { type ChangeEvent, useRef } from 'react';
import { Button } from '../Button.tsx';

type FileButtonProps = {
  readonly label: string;
  /** As of an input element: endings and media types. */
  readonly accept: string;
  readonly onFile: (file: File) => void;
};

/** Opens the system's choice of a file. The same one may be chosen again. */
export function FileButton({ label, accept, onFile }: FileButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  function choose({ target }: ChangeEvent<HTMLInputElement>): void {
    const [file] = target.files ?? [];
    target.value = '';
    if (file) onFile(file);
  }
  return (
    <>
      <input ref={input} type="file" accept={accept} hidden aria-label={label} onChange={choose} />
      <Button onClick={() => input.current?.click()}>{label}</Button>
    </>
  );
}
