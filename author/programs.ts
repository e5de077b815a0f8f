import type { GatewayClient } from '../client/gateway-client.ts';
import { Observable } from '../trace/observable.ts';
import type { TimeLine } from '../trace/time-line.ts';
import { PYTHON_PACKAGE } from '../web/python/testing/python-node.ts';
import type { LessonPrograms } from '../web/store/lessons/page-facts.ts';
import { Program } from '../web/store/programs/program.ts';
import type { SharedPrograms } from '../web/store/programs/shared-programs.ts';

type ProgramsOptions = {
  readonly client: GatewayClient;
  readonly line: TimeLine;
  /** The page's. */
  readonly url: string;
  readonly sources: SharedPrograms['programs'];
};

/** The programs of one lesson, as the workbench of the page has them, without what it stores. */
export class Programs extends Observable implements LessonPrograms {
  readonly #programs: readonly Program[];

  constructor({ client, line, url, sources }: ProgramsOptions) {
    super();
    const urls = { index: PYTHON_PACKAGE, snapshot: 'snapshot', gateway: `${url.replace(/^http/, 'ws')}gateway` };
    this.#programs = sources.map(({ file, source }) => new Program({ file, source, client, line, urls }));
    for (const program of this.#programs) program.subscribe(() => this.changed());
  }
  readonly programs = (): readonly Program[] => this.#programs;
  edit(program: Program, source: string): void {
    program.setSource(source);
  }
  close(): void {
    for (const program of this.#programs) program.dispose();
  }
}
