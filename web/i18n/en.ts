import { announcements } from './en/announcements.ts';
import { app } from './en/app.ts';
import { boundaries } from './en/boundaries.ts';
import { compare } from './en/compare.ts';
import { composer } from './en/composer.ts';
import { ends } from './en/ends.ts';
import { errors } from './en/errors.ts';
import { families } from './en/families.ts';
import { gateway } from './en/gateway.ts';
import { help } from './en/help.ts';
import { inspector } from './en/inspector.ts';
import { labs } from './en/labs.ts';
import { ladder } from './en/ladder.ts';
import { learn } from './en/learn.ts';
import { options } from './en/options.ts';
import { program } from './en/program.ts';
import { save } from './en/save.ts';
import { session } from './en/session.ts';
import { sockets } from './en/sockets.ts';
import { stream } from './en/stream.ts';
import { table } from './en/table.ts';
import { target } from './en/target.ts';
import { trouble } from './en/trouble.ts';
import { typed } from './en/typed.ts';

export const en = {
  app,
  boundaries,
  compare,
  composer,
  ends,
  errors,
  families,
  gateway,
  help,
  inspector,
  labs,
  ladder,
  learn,
  announcements,
  options,
  program,
  save,
  session,
  sockets,
  stream,
  table,
  target,
  trouble,
  typed,
};
/** What every catalogue has to have: a message that is missing in one of them does not compile. */
export type Messages = typeof en;
