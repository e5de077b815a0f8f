import type { Messages } from './en.ts';
import { announcements } from './zh-CN/announcements.ts';
import { app } from './zh-CN/app.ts';
import { boundaries } from './zh-CN/boundaries.ts';
import { compare } from './zh-CN/compare.ts';
import { composer } from './zh-CN/composer.ts';
import { ends } from './zh-CN/ends.ts';
import { errors } from './zh-CN/errors.ts';
import { families } from './zh-CN/families.ts';
import { gateway } from './zh-CN/gateway.ts';
import { help } from './zh-CN/help.ts';
import { inspector } from './zh-CN/inspector.ts';
import { labs } from './zh-CN/labs.ts';
import { ladder } from './zh-CN/ladder.ts';
import { learn } from './zh-CN/learn.ts';
import { options } from './zh-CN/options.ts';
import { program } from './zh-CN/program.ts';
import { save } from './zh-CN/save.ts';
import { session } from './zh-CN/session.ts';
import { sockets } from './zh-CN/sockets.ts';
import { stream } from './zh-CN/stream.ts';
import { table } from './zh-CN/table.ts';
import { target } from './zh-CN/target.ts';
import { trouble } from './zh-CN/trouble.ts';
import { typed } from './zh-CN/typed.ts';

export const zhCN: Messages = {
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
