import { useEffect, useState } from 'react';
import { Button } from '../../ui/Button.tsx';

type SureButtonProps = { readonly text: string; readonly sure: string; readonly onSure: () => void };
/** ms after which the question is over. */
const ASKED = 5_000;

/** What cannot be taken back asks once: the first press turns the button into the question. */
export function SureButton({ text, sure, onSure }: SureButtonProps) {
  const [isAsked, setAsked] = useState(false);
  useEffect(() => {
    if (!isAsked) return;
    const timer = setTimeout(() => setAsked(false), ASKED);
    return () => clearTimeout(timer);
  }, [isAsked]);
  function press(): void {
    if (isAsked) onSure();
    setAsked(!isAsked);
  }
  return (
    <Button look="danger" onClick={press}>
      {isAsked ? sure : text}
    </Button>
  );
}
