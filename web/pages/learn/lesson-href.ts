/** Where a lesson stands within the page, without one the list: the address bar's fragment. */
export function hrefOf(lesson?: string): string {
  return lesson === undefined ? '#' : `#lesson=${lesson}`;
}
