/** `socket-playground-2016-09-15T22-29-12.pcapng`, in local time: what a file system takes and sorts. */
export function fileName(date: Date, extension: string): string {
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return `socket-playground-${local.toISOString().slice(0, 19).replaceAll(':', '-')}.${extension}`;
}
