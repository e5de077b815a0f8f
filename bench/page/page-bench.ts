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
  /** Writes the log as a file; returns its length. */
  readonly save: (format: 'json' | 'pcapng') => Promise<number>;
  /** Reads back the file that was written last; returns how many events that gave. */
  readonly open: () => Promise<number>;
};
type Held = { readonly events: number; readonly dropped: number; readonly bytes: number };
