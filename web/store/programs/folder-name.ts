/** A name as file systems take it; one of dots alone would be a folder above. */
export function folderName(name: string): string {
  return (
    name
      .replaceAll(/[/\\:*?"<>|\p{Cc}]/gu, '-')
      .replace(/^\.+/, '-')
      .trim() || '-'
  );
}
