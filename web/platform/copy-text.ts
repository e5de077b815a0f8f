/**
 * Puts text on the clipboard; returns whether it is there. `navigator.clipboard` exists only in secure contexts, which a
 * page served over plain HTTP to a classroom is not: there the old command does it, within the click that asked for it.
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Not allowed here, or the page has lost the focus: the old command may still do.
    }
  }
  const onCopy = (event: ClipboardEvent): void => {
    event.preventDefault();
    event.clipboardData?.setData('text/plain', text);
  };
  document.addEventListener('copy', onCopy);
  try {
    return document.execCommand('copy');
  } finally {
    document.removeEventListener('copy', onCopy);
  }
}
