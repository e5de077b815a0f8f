import hidden from './hidden.module.css';

/** What is read out when it changes, without interrupting. It has to be in the page before its first news. */
export function LiveRegion({ text }: { readonly text: string }) {
  return (
    <div aria-live="polite" aria-atomic="true" className={hidden.hidden}>
      {text}
    </div>
  );
}
