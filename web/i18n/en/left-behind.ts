import { plural } from '../format.ts';

const sockets = (count: number) => plural(count, 'socket', 'sockets');

export const leftBehind = {
  label: 'Sockets from before the reload',
  kept: (recovered: number, open: number) =>
    open === 0
      ? `${sockets(recovered)} from before the reload are in the list, as recordings.`
      : `The page was reloaded: ${plural(open, 'open socket', 'open sockets')} ended with it. What happened on ${sockets(recovered)} is in the list, as recordings.`,
  lost: (open: number) =>
    `${plural(open, 'socket was', 'sockets were')} open when the page was reloaded, and ended then.`,
  omitted: (count: number) => `The logs of ${plural(count, 'older socket', 'older sockets')} were too long to be kept.`,
};
export type LeftBehindWords = typeof leftBehind;
