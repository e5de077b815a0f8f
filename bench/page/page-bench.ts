export type PageBenchView = 'ladder' | 'table' | 'stream';

/** What the page under measurement lets a script do. */
export type PageBench = {
  /** Adds turns until there are so many events. */
  readonly fill: (events: number) => Promise<Held>;
  readonly held: () => Held;
  readonly show: (view: PageBenchView | undefined) => void;
  /** Adds events at a steady rate; returns how many. */
  readonly feed: (eventsPerSecond: number, milliseconds: number) => Promise<number>;
  /** Types into the table's filter; returns the ms until so many rows are left. */
  readonly filter: (text: string, rows: number) => Promise<number>;
};
type Held = { readonly events: number; readonly dropped: number; readonly bytes: number };
