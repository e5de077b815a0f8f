/** A word of the page's own catalogue, as `session.close`; the key itself where it names none. */
export function wordAt(catalogue: unknown, key: string): string {
  let at: unknown = catalogue;
  for (const part of key.split('.')) {
    at =
      typeof at === 'object' && at !== null && Object.hasOwn(at, part)
        ? (at as Record<string, unknown>)[part]
        : undefined;
  }
  return typeof at === 'string' ? at : key;
}
