/** A line of a program. */
export type Place = { readonly file: string; readonly line: number };
