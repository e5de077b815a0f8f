export type PageBenchView = 'ladder' | 'table' | 'stream';

/** What the page under measurement lets a script do. */
export type PageBench = {
  /** Adds turns until there are so many events. */
  readonly fill: (events: number) => Promise<{ readonly events: number; readonly bytes: number }>;
  readonly show: (view: PageBenchView | undefined) => void;
  /** Adds events at a steady rate; returns how many. */
  readonly feed: (eventsPerSecond: number, milliseconds: number) => Promise<number>;
};
